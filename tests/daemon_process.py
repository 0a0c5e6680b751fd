"""The installed command as a process: its settings, its log, its end."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from dovecot import PASSWORD, Dovecot

COMMAND = [str(Path(sys.executable).with_name("graceperiod"))]


def settings(folder: Path, dovecot: Dovecot, *users: str, password: str = PASSWORD, more: str = "") -> Path:
    accounts = "".join(
        f"""[accounts.{user}]
address = "robin@postbox.example"
name = "Robin Vale"
host = "127.0.0.1"
port = {dovecot.port}
tls = "none"
user = "{user}"
password = {{ command = ["echo", "{password if user.startswith("good") else "wrong"}"] }}
"""
        for user in users
    )
    file = folder / "config.toml"
    file.write_text(f'{accounts}[store]\npath = "store"\n[daemon]\nlog_level = "debug"\n{more}')
    return file


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False)


class Process:
    """A running daemon whose log can be waited for."""

    def __init__(self, config: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, "--config", str(config), "run"],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            with self._changed:
                self._lines.append(line)
                self._changed.notify_all()

    def says(self, *words: str, times: int = 1) -> str:
        """The log, once that many lines have all the words."""

        def found() -> bool:
            return sum(all(w in line for w in words) for line in self._lines) >= times

        with self._changed:
            assert self._changed.wait_for(found, timeout=30), "".join(self._lines)
            return "".join(self._lines)

    def signal(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def ends(self) -> int:
        status = self._process.wait(30)
        self._reader.join(5)
        return status

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
        self._reader.join(5)
        assert self._process.stderr is not None
        self._process.stderr.close()


@contextmanager
def running(config: Path, environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Process]:
    """The daemon with these settings, and these variables besides those of the test; killed at the end."""
    process = Process(config, environment)
    try:
        yield process
    finally:
        process.kill()
