"""Roundcube as Debian packages it, served by PHP itself and used in a browser."""

import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from clients import webdriver
from clients.mail_client import ADDRESS, NAME
from clients.own_process import own_process
from clients.patience import wait_for
from clients.screenshots import screenshot_path
from clients.webdriver import ENTER, Browser, running_chromium
from dovecot import PASSWORD

_CONFIGURATION = Path("/etc/roundcube")
_SCHEMA = Path("/usr/share/roundcube/SQL/sqlite.initial.sql")
_PAGES = Path("/var/lib/roundcube/public_html")

_SEND = "button.send"
_SAVE = "a.save.draft"
_TEXT = "#composebody"
_DIALOG = ".ui-dialog"
_IS_UNCHANGED = "return rcmail.cmp_hash == rcmail.compose_field_hash()"


def is_installed() -> bool:
    is_served = shutil.which("php") is not None and _PAGES.exists() and _SCHEMA.exists()
    return is_served and webdriver.is_installed()


@contextmanager
def running_roundcube(*, user: str, imap_port: int, smtp_port: int) -> Iterator["Roundcube"]:
    """A browser logged in to a Roundcube with this account; both are ended."""
    with tempfile.TemporaryDirectory(prefix="gp-roundcube-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _write(folder, user=user, imap_port=imap_port, smtp_port=smtp_port)
        port = _free_port()
        serve = ["php", "-S", f"127.0.0.1:{port}", "-t", str(_PAGES)]
        settings = {"ROUNDCUBE_CONFIG_DIR": str(folder), "PHP_CLI_SERVER_WORKERS": "3"}
        with (
            own_process(serve, log=folder / "php.log", environment=settings),
            running_chromium(folder) as browser,
        ):
            wait_for(lambda: _answers(port), "PHP's start")
            client = Roundcube(browser, f"http://127.0.0.1:{port}/")
            client.log_in(user)
            yield client


class Roundcube:
    """See `MailClient`."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address

    def log_in(self, user: str) -> None:
        self._browser.open(self._address)
        self._browser.type("#rcmloginuser", user)
        self._browser.type("#rcmloginpwd", PASSWORD + ENTER)
        self._browser.wait("rcmail.env.task == 'mail'")

    def drafts(self) -> str:
        self._browser.open(f"{self._address}?_task=mail&_mbox=Drafts")
        self._browser.wait("rcmail.message_list && !rcmail.busy")
        return str(self._browser.run("return document.querySelector('#messagelist').innerText"))

    def open_draft(self) -> None:
        self._browser.wait("document.querySelectorAll('#messagelist tbody tr').length == 1")
        self._browser.click("#messagelist tbody tr td.subject", times=2)
        self._browser.wait("rcmail.env.action == 'compose' && document.querySelector('#composebody').value")

    def write(self, words: str) -> None:
        self._browser.clear(_TEXT)
        self._browser.type(_TEXT, words)

    def address(self, recipient: str) -> None:
        self._browser.type("#compose_to .recipient-input input", recipient + ENTER)
        wait_for(lambda: recipient in self.recipients(), f"{recipient} in To")

    def recipients(self) -> str:
        return str(self._browser.run("return document.querySelector('#_to').value"))

    def try_to_send(self) -> str:
        self._browser.click(_SEND)
        self._browser.wait(f"document.querySelector('{_DIALOG}')")
        return str(self._browser.run(f"return document.querySelector('{_DIALOG}').innerText"))

    def save(self) -> None:
        self._browser.run(f"document.querySelector('{_DIALOG} button')?.click()")
        self._browser.wait(f"!document.querySelector('{_DIALOG}')")
        is_unchanged = self._browser.run(_IS_UNCHANGED)
        self._browser.click(_SAVE)
        if not is_unchanged:  # else Roundcube does nothing
            self._browser.wait("document.querySelector('#messagestack .confirmation')")
        self.drafts()

    def send(self) -> None:
        self._browser.click(_SEND)
        self._browser.wait("rcmail.env.action != 'compose' && rcmail.message_list")

    def keep(self, name: str) -> None:
        self._browser.keep_picture(screenshot_path(f"roundcube-{name}.png"))


def _write(folder: Path, *, user: str, imap_port: int, smtp_port: int) -> None:
    for name in ("defaults.inc.php", "mimetypes.php"):
        shutil.copy(_CONFIGURATION / name, folder)
    settings = {
        "db_dsnw": f"sqlite:///{folder}/roundcube.sqlite?mode=0640",
        "des_key": "24 letters for the tests",
        "imap_host": f"127.0.0.1:{imap_port}",
        "smtp_host": f"127.0.0.1:{smtp_port}",
        "smtp_user": "%u",
        "smtp_pass": "%p",
        "language": "en_US",
        "log_dir": str(folder),
        "temp_dir": str(folder),
        "mime_types": f"{folder}/mimetypes.php",
        **{f"{name.lower()}_mbox": name for name in ("Drafts", "Sent", "Trash", "Junk")},
    }
    lines = [f"$config['{name}'] = '{value}';" for name, value in settings.items()]
    plain = "$config['plugins'] = []; $config['draft_autosave'] = 0; $config['htmleditor'] = 0;"
    (folder / "config.inc.php").write_text("\n".join(["<?php", "$config = [];", *lines, plain, ""]))
    with closing(sqlite3.connect(folder / "roundcube.sqlite")) as database:
        database.executescript(_SCHEMA.read_text())
        database.execute(
            "INSERT INTO users (user_id, username, mail_host, language) VALUES (1, ?, '127.0.0.1', 'en_US')",
            (user,),
        )
        database.execute(
            "INSERT INTO identities (user_id, standard, name, email) VALUES (1, 1, ?, ?)", (NAME, ADDRESS)
        )
        database.commit()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
