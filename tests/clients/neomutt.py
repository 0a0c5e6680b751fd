"""neomutt in a terminal of tmux's, driven by its keys and read from its screen."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clients.mail_client import ADDRESS, NAME
from clients.patience import wait_for
from clients.screenshots import screenshot_path
from dovecot import PASSWORD

_COMPOSING = "-- Attachments"


def is_installed() -> bool:
    return all(shutil.which(command) for command in ("neomutt", "tmux"))


@contextmanager
def running_neomutt(*, user: str, imap_port: int, smtp_port: int) -> Iterator["Neomutt"]:
    """A neomutt with this account, in INBOX; ended with its terminal."""
    # A folder of its own: the path of a socket may be 107 octets long, pytest's folders are longer.
    with tempfile.TemporaryDirectory(prefix="gp-neomutt-") as name:
        folder = Path(name)
        _write(folder, user=user, imap_port=imap_port, smtp_port=smtp_port)
        client = Neomutt(folder)
        client.start()
        try:
            yield client
        finally:
            client.end()


@dataclass(frozen=True, slots=True)
class Neomutt:
    """See `MailClient`. Opening a draft expunges it from the server: here it lives in neomutt alone."""

    folder: Path

    def start(self) -> None:
        command = f"exec neomutt -n -F {self.folder}/neomuttrc"
        self._tmux("new-session", "-d", "-x", "150", "-y", "30", command)
        self._see("-NeoMutt: +INBOX [Msgs:")

    def end(self) -> None:
        pid = int(self._tmux("display-message", "-p", "#{pid}"))
        self._tmux("kill-server")
        wait_for(lambda: not Path(f"/proc/{pid}").exists(), "the end of tmux")

    def drafts(self) -> str:
        return self._go_to("Drafts")

    def open_draft(self) -> None:
        self._go_to("INBOX")
        self._press("R")
        self._see(_COMPOSING)

    def write(self, words: str) -> None:
        text = self.folder / "words"
        text.with_suffix(".new").write_text(words)
        text.with_suffix(".new").rename(text)
        self._press("e")
        wait_for(lambda: not text.exists(), "the editor")
        self._see(_COMPOSING)

    def address(self, recipient: str) -> None:
        self._press("t")
        self._type(recipient)
        wait_for(lambda: recipient in self.recipients(), f"{recipient} in To")

    def recipients(self) -> str:
        lines = [line for line in self._screen().splitlines() if line.strip().startswith("To:")]
        return lines[0].partition(":")[2].strip()  # a second one is the prompt below the form

    def try_to_send(self) -> str:
        self._press("y")
        return self._see("No recipients").splitlines()[-1].strip()

    def save(self) -> None:
        self._press("P")
        self._see("-NeoMutt: +INBOX [Msgs:")

    def send(self) -> None:
        self._press("y")
        self._see("-NeoMutt: +INBOX [Msgs:")

    def keep(self, name: str) -> None:
        screenshot_path(f"neomutt-{name}.txt").write_text(self._screen())

    def _go_to(self, mailbox: str) -> str:
        self._press("c")
        self._see("Open mailbox")
        self._press("C-u")
        self._type(f"={mailbox}")
        return self._see(f"-NeoMutt: +{mailbox} [Msgs:")

    def _see(self, text: str) -> str:
        """The screen, once it shows the text."""
        try:
            return wait_for(lambda: screen if text in (screen := self._screen()) else None, text)
        except AssertionError as error:
            error.add_note(self._screen())
            raise

    def _screen(self) -> str:
        return self._tmux("capture-pane", "-p").strip()

    def _press(self, key: str) -> None:
        self._tmux("send-keys", key)

    def _type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)
        self._press("Enter")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self.folder / "tmux"), "-f", "/dev/null", *arguments]
        # Not LINES and COLUMNS: what they say of the terminal that the tests run in, neomutt would believe.
        environment = {name: value for name, value in os.environ.items() if name not in {"LINES", "COLUMNS"}}
        environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        done = subprocess.run(
            command, check=True, env=environment, capture_output=True, text=True, timeout=30
        )
        return done.stdout


def _write(folder: Path, *, user: str, imap_port: int, smtp_port: int) -> None:
    editor = folder / "editor"
    # What the person at the editor leaves behind; nothing to leave, and they only had a look.
    editor.write_text(f'#!/bin/sh\n[ ! -e {folder}/words ] || mv {folder}/words "$1"\n')
    editor.chmod(0o700)
    (folder / "neomuttrc").write_text(
        f"""
set folder = "imap://{user}@127.0.0.1:{imap_port}/"
set imap_user = "{user}" imap_pass = "{PASSWORD}"
set spoolfile = "+INBOX" postponed = "+Drafts" record = "+Sent" trash = ""
set from = "{ADDRESS}" realname = "{NAME}"
set smtp_url = "smtp://{user}@127.0.0.1:{smtp_port}/" smtp_pass = "{PASSWORD}" smtp_authenticators = "plain"
set ssl_starttls = no ssl_force_tls = no
set editor = "{editor} %s"
set header_cache = "" message_cachedir = ""
set timeout = 1 mail_check = 1 sleep_time = 0 mark_old = no
set index_format = "%4C %Z %-20.20L %s"
"""
    )
