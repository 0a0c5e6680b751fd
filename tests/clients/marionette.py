"""Mozilla's remote control, as far as these tests need it: commands as JSON over a connection of its own."""

import base64
import json
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_SCRIPT_S = 60
"""Longer than any script here may run; the socket waits a little longer still."""


class MarionetteError(Exception):
    """The program refused the command, or the script threw: its words."""


class Marionette:
    """A session in the chrome context: scripts may touch all of the program (`--remote-allow-system-access`)."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_SCRIPT_S + 30)
        self._answers = self._socket.makefile("rb")
        self._number = 0
        self._read()  # a greeting
        self.command("WebDriver:NewSession", capabilities={})
        self.command("Marionette:SetContext", value="chrome")
        self.command("WebDriver:SetTimeouts", script=_SCRIPT_S * 1000)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answers.close()
        self._socket.close()

    def command(self, name: str, **parameters: object) -> Any:
        """The result of a command."""
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error is not None:
            msg = f"{name}: {error['error']}: {error['message']}"
            raise MarionetteError(msg)
        return result

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of an asynchronous function returns; `args` are its arguments."""
        wrapped = (
            "const done = arguments[arguments.length - 1], args = arguments;"
            f"(async () => {{ {script} }})().then(v => done({{value: v}}), e => done({{error: `${{e}} ${{e?.stack}}`}}));"
        )
        answer = self.command(
            "WebDriver:ExecuteAsyncScript",
            script=wrapped,
            args=list(arguments),
            newSandbox=True,
            sandbox="system",
        )["value"]
        if "error" in answer:
            raise MarionetteError(answer["error"])
        return answer.get("value")

    def keep_picture(self, target: Path) -> None:
        """Write what the current window shows, as PNG."""
        shown = self.command("WebDriver:TakeScreenshot", full=False, hash=False)
        target.write_bytes(base64.b64decode(shown["value"]))

    def _read(self) -> Any:
        length = bytearray()
        while (octet := self._answers.read(1)) != b":":
            if not octet or len(length) > 9:
                msg = "the program hung up"
                raise MarionetteError(msg)
            length += octet
        return json.loads(self._answers.read(int(length)))
