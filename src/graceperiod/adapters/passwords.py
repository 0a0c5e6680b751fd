"""Passwords from the keyring, from a command or from systemd; this is the only file that knows the keyring.

A keyring can wait for ever for somebody to unlock it, so that it is asked in a child process with a limit.
Nothing that is raised here holds a password, a user name or an address.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import IO, assert_never

from graceperiod.core.address import one_line
from graceperiod.errors import CredentialError
from graceperiod.settings import Account, PasswordCommand, PasswordCredential

_SERVICE = "graceperiod"
_KEYRING_TIMEOUT_S = 20.0
"""Chosen: D-Bus and backend start in under 2 s, an unlock prompt waits for a person who may be away."""

_COMMAND_TIMEOUT_S = 60.0
"""Chosen: long enough to touch a hardware key or to type a passphrase."""

_LARGEST_BYTES = 64 * 1024
"""Of what a command prints and of a credential (systemd allows 1 MB). Chosen: far over any password."""

_LONGEST_COMPLAINT = 200
"""Characters of a failed command's standard error that are repeated."""

_CHILD = "import sys; from graceperiod.adapters.passwords import _answer; _answer(sys.stdin, sys.stdout)"


class _Outcome(StrEnum):
    DONE = "done"
    ABSENT = "absent"
    LOCKED = "locked"
    NO_KEYRING = "no_keyring"
    FAILED = "failed"
    TIMEOUT = "timeout"


class AccountPasswords:
    """Implements `ports.Passwords` for the accounts of the settings.

    Args:
        accounts: by name.
        environment: of this process; only `CREDENTIALS_DIRECTORY` is looked at.
    """

    def __init__(
        self,
        accounts: Mapping[str, Account],
        *,
        environment: Mapping[str, str] = os.environ,
        keyring_timeout_s: float = _KEYRING_TIMEOUT_S,
        command_timeout_s: float = _COMMAND_TIMEOUT_S,
    ) -> None:
        self._accounts = accounts
        self._environment = environment
        self._keyring_timeout_s = keyring_timeout_s
        self._command_timeout_s = command_timeout_s

    def password(self, account: str) -> str:
        """The password, never empty.

        Raises:
            CredentialError: there is none, it is locked away, or its command failed; says what to do.
        """
        source = self._accounts[account].password
        match source:
            case "keyring":
                return self._ask("get", account)
            case PasswordCommand():
                return _from_command(source.command, account, timeout_s=self._command_timeout_s)
            case PasswordCredential():
                return _from_credential(source.credential, account, self._environment)
            case _:
                assert_never(source)

    def store(self, account: str, secret: str) -> None:
        """Put the password into the keyring and read it back.

        Raises:
            CredentialError: it is not there afterwards; says what to do.
        """
        self._ask("set", account, secret)
        if self._ask("get", account) != secret:
            msg = f"accounts.{account}: the keyring gives back another password than was stored in it"
            raise CredentialError(msg)

    def _ask(self, action: str, account: str, secret: str = "") -> str:
        settings = self._accounts[account]
        question = {
            "action": action,
            "service": _SERVICE,
            "username": f"{settings.user}@{settings.host}",
            "secret": secret,
        }
        outcome, found = _in_child(question, timeout_s=self._keyring_timeout_s)
        if outcome is not _Outcome.DONE:
            msg = f"accounts.{account}: {_advice(outcome, account)}"
            raise CredentialError(msg)
        return found


_ELSEWHERE = 'or set `password` to { command = [...] } or { credential = "name" } in the settings'
_ADVICE = {
    _Outcome.LOCKED: f"the keyring is locked; unlock it (log in to your desktop), {_ELSEWHERE}",
    _Outcome.NO_KEYRING: f"there is no keyring in this session; install or start one, {_ELSEWHERE}",
    _Outcome.TIMEOUT: f"the keyring did not answer in time and may be waiting to be unlocked; unlock it, "
    f"{_ELSEWHERE}",
    _Outcome.FAILED: f"the keyring failed; look at it with your desktop's password program, {_ELSEWHERE}",
}


def _advice(outcome: _Outcome, account: str) -> str:
    """What happened and what to do about it; a locked keyring is not an empty one."""
    if outcome is _Outcome.ABSENT:
        return f"the keyring has no password for it; store one: graceperiod init --password-of {account}"
    return _ADVICE[outcome]


def _in_child(question: Mapping[str, str], *, timeout_s: float) -> tuple[_Outcome, str]:
    """Ask the keyring in another process; the secret travels through pipes, never through arguments."""
    ran = _run((sys.executable, "-P", "-c", _CHILD), given=json.dumps(question).encode(), timeout_s=timeout_s)
    if ran is None:
        return _Outcome.TIMEOUT, ""
    try:
        reply = json.loads(ran.printed.decode().splitlines()[-1])
        return _Outcome(reply["outcome"]), str(reply["secret"])
    except (ValueError, KeyError, IndexError, TypeError):
        return _Outcome.FAILED, ""


def _answer(question: IO[str], reply: IO[str]) -> None:
    """What the child does: one question about the keyring, one line in reply."""
    asked = json.load(question)
    sys.stdout = sys.stderr  # whatever a backend prints is not the reply
    outcome, secret = _keyring(asked["action"], asked["service"], asked["username"], asked["secret"])
    print(json.dumps({"outcome": outcome, "secret": secret}), file=reply)


def _keyring(action: str, service: str, username: str, secret: str) -> tuple[_Outcome, str]:
    import keyring
    import keyring.errors

    try:
        if action == "set":
            keyring.set_password(service, username, secret)
            return _Outcome.DONE, ""
        found = keyring.get_password(service, username)
    except keyring.errors.NoKeyringError:
        return _Outcome.NO_KEYRING, ""
    except (keyring.errors.KeyringLocked, keyring.errors.InitError):  # InitError: the unlock was dismissed
        return _Outcome.LOCKED, ""
    except Exception:
        return _Outcome.FAILED, ""
    return (_Outcome.DONE, found) if found else (_Outcome.ABSENT, "")


def _from_command(command: tuple[str, ...], account: str, *, timeout_s: float) -> str:
    key = f"accounts.{account}.password.command"
    try:
        ran = _run(command, given=b"", timeout_s=timeout_s)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no command"
        msg = f"{key}: the program cannot be started: {reason}"
        raise CredentialError(msg) from None
    if ran is None:
        msg = f"{key}: the program did not end in {timeout_s:g} s; try it in a terminal"
        raise CredentialError(msg)
    if ran.status:
        said = one_line(ran.complaint.decode(errors="replace"))[:_LONGEST_COMPLAINT]
        msg = f"{key}: the program failed with status {ran.status}" + (f": {said}" if said else "")
        raise CredentialError(msg)
    return _first_line(ran.printed, key)


def _from_credential(name: str, account: str, environment: Mapping[str, str]) -> str:
    key = f"accounts.{account}.password.credential"
    folder = environment.get("CREDENTIALS_DIRECTORY")
    if not folder:
        msg = f"{key}: $CREDENTIALS_DIRECTORY is not set; credentials exist in a systemd service only"
        raise CredentialError(msg)
    try:
        with Path(folder, name).open("rb") as file:  # the settings have checked the name
            raw = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        msg = f"{key}: {name} cannot be read ({error.strerror}): the service needs LoadCredential={name}:PATH"
        raise CredentialError(msg) from None
    return _first_line(raw, key)


def _first_line(raw: bytes, key: str) -> str:
    """The first line without its end, blanks kept: they may be part of a password."""
    line = raw.partition(b"\n")[0].removesuffix(b"\r")
    if not line or len(line) >= _LARGEST_BYTES:
        msg = f"{key}: its first line is {'far too long' if line else 'empty'}; that is no password"
        raise CredentialError(msg)
    try:
        return line.decode()
    except UnicodeDecodeError:
        msg = f"{key}: its first line is not UTF-8"
        raise CredentialError(msg) from None


class _Ran:
    """A program that has ended, with the beginning of what it wrote."""

    def __init__(self, status: int, printed: bytes, complaint: bytes) -> None:
        self.status = status
        self.printed = printed
        self.complaint = complaint


def _run(command: tuple[str, ...], *, given: bytes, timeout_s: float) -> _Ran | None:
    """Run a program in a session of its own; None where it had to be ended after `timeout_s`.

    What it leaves running, such as an agent, is left alone.

    Raises:
        OSError, ValueError: it cannot be started.
    """
    program = subprocess.Popen(
        command,
        bufsize=0,
        stdin=subprocess.PIPE if given else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    printed, complaint = _Reading(program.stdout), _Reading(program.stderr)
    try:
        if program.stdin is not None:
            _give(program.stdin, given)
        status = program.wait(timeout_s)
    except subprocess.TimeoutExpired:
        _end(program)
        return None
    except BaseException:  # Ctrl-C does not reach another session
        _end(program)
        raise
    return _Ran(status, printed.result(), complaint.result())


def _give(pipe: IO[bytes], given: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), pipe:  # it ended without listening; its status says so
        pipe.write(given)


def _end(program: subprocess.Popen[bytes]) -> None:
    """End the program, which has not been waited for, with all that runs in its session's first group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(program.pid, signal.SIGKILL)
        else:
            program.kill()
    program.wait()


class _Reading:
    """Reads a pipe to its end in a thread and keeps the first 64 KiB, so that memory is bounded.

    The thread closes the pipe, which something that the program left running may hold open.
    """

    def __init__(self, pipe: IO[bytes] | None) -> None:
        assert pipe is not None  # noqa: S101 - both were asked for
        self._pipe = pipe
        self._kept = b""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._pipe:
            while chunk := self._pipe.read(_LARGEST_BYTES):
                self._kept += chunk[: _LARGEST_BYTES - len(self._kept)]

    def result(self) -> bytes:
        self._thread.join(timeout=1)
        return self._kept
