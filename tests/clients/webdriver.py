"""A Chromium without a screen, driven over the W3C's WebDriver protocol, which is HTTP and JSON."""

import base64
import http.client
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clients.own_process import own_process
from clients.patience import wait_for

ENTER = "\ue007"
_WITHIN_S = 90.0
_STARTED = re.compile(r"started successfully on port (\d+)")
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name of a reference to an element (W3C WebDriver, section 12)."""


def is_installed() -> bool:
    return all(shutil.which(command) for command in ("chromedriver", "chromium"))


class WebDriverError(Exception):
    """The browser refused the command: its words."""


@contextmanager
def running_chromium(folder: Path) -> Iterator["Browser"]:
    """A browser that reaches loopback only, with its profile in the folder; ended with all its processes."""
    log = folder / "chromedriver.log"
    home = {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    with own_process(["chromedriver", "--port=0"], log=log, environment=home):
        started = wait_for(lambda: _STARTED.search(log.read_text()), "chromedriver's start")
        yield Browser(int(started[1]), _wishes(folder))


def _wishes(folder: Path) -> dict[str, object]:
    arguments = [
        "--headless=new",
        "--no-sandbox",  # it refuses to run as root with one, and sees nothing but our own pages
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--window-size=1300,850",
        f"--user-data-dir={folder}/chromium",
    ]
    return {"browserName": "chrome", "goog:chromeOptions": {"args": arguments}}


class Browser:
    """One session with one window."""

    def __init__(self, port: int, wishes: dict[str, object]) -> None:
        self._port = port
        session = self._ask("POST", "/session", capabilities={"alwaysMatch": wishes})
        self._path = f"/session/{session['sessionId']}"

    def open(self, address: str) -> None:
        """Go to a page and wait until it is loaded."""
        self._tell("url", url=address)

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of a function returns, run in the page; `arguments` are its arguments."""
        return self._tell("execute/sync", script=script, args=list(arguments))

    def wait(self, condition: str) -> None:
        """Until the JavaScript expression is true of the page, whichever page is there by then."""

        def holds() -> bool:
            try:
                return bool(self.run(f"return Boolean({condition})"))
            except WebDriverError:  # between two pages
                return False

        wait_for(holds, condition)

    def click(self, selector: str, *, times: int = 1) -> None:
        """Press the mouse on an element that can be seen, once or twice."""
        origin = {_ELEMENT: self._find(selector)}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}] * times
        move = {"type": "pointerMove", "duration": 0, "origin": origin, "x": 0, "y": 0}
        self._tell("actions", actions=[{"type": "pointer", "id": "mouse", "actions": [move, *press]}])

    def type(self, selector: str, text: str) -> None:
        """Type into a field behind what is there."""
        self._tell(f"element/{self._find(selector)}/value", text=text)

    def clear(self, selector: str) -> None:
        """Empty a field."""
        self._tell(f"element/{self._find(selector)}/clear")

    def keep_picture(self, target: Path) -> None:
        """Write what the window shows, as PNG."""
        target.write_bytes(base64.b64decode(self._ask("GET", f"{self._path}/screenshot")))

    def _find(self, selector: str) -> str:
        found = self._tell("element", using="css selector", value=selector)
        return str(found[_ELEMENT])

    def _tell(self, command: str, **parameters: object) -> Any:
        return self._ask("POST", f"{self._path}/{command}", **parameters)

    def _ask(self, method: str, path: str, **parameters: object) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_WITHIN_S)
        try:
            connection.request(method, path, json.dumps(parameters) if method == "POST" else None)
            response = connection.getresponse()
            value = json.load(response)["value"]
        finally:
            connection.close()
        if response.status != 200:
            msg = f"{path.rpartition('/')[2]}: {value['error']}: {value['message']}"
            raise WebDriverError(msg)
        return value
