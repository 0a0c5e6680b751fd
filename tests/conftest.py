"""Booby traps: no network beyond loopback, no home folder, no keyring, whatever a test does."""

import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dovecot import Dovecot, is_installed, running

_real_connect = socket.socket.connect


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6}:
        host = address[0]
        try:
            is_loopback = ipaddress.ip_address(host).is_loopback
        except ValueError:
            is_loopback = host == "localhost"
        if not is_loopback:
            msg = f"a test tried to reach {host}"
            raise AssertionError(msg)
    _real_connect(self, address)


@pytest.fixture(autouse=True)
def no_world(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder of the test's own, no keyring backend, and no host but this one."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setattr(socket.socket, "connect", _guarded_connect)
    for name in [n for n in os.environ if n.startswith(("XDG_", "GRACEPERIOD_", "CREDENTIALS_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("NO_COLOR", "1")
    return home


def needs(what: str, *, present: bool) -> None:
    """Skip in one line where this machine lacks something; in CI a lack is a failure."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI must not skip")
    pytest.skip(f"{what} is not on this machine")


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One Dovecot for the whole run; each test adds accounts of its own.

    Not below pytest's own folder: a second run of pytest would tidy that away under the server.
    """
    needs("Dovecot", present=is_installed())
    with tempfile.TemporaryDirectory(prefix="graceperiod-") as folder, running(Path(folder)) as server:
        yield server
