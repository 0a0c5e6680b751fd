import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import needs
from graceperiod.adapters.passwords import AccountPasswords
from graceperiod.errors import CredentialError
from graceperiod.settings import parse_account


def _passwords(password: Any = "keyring", **options: Any) -> AccountPasswords:
    table = {"address": "me@mail.example", "host": "imap.mail.example", "password": password}
    return AccountPasswords({"work": parse_account("work", table)}, **options)


def _printing(program: str, *arguments: str) -> dict[str, list[str]]:
    return {"command": [sys.executable, "-c", program, *arguments]}


def _complaint(passwords: AccountPasswords) -> str:
    with pytest.raises(CredentialError) as caught:
        passwords.password("work")
    assert "me@" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("printed", "password"),
    [("pässword\n", "pässword"), ("a b \r\nuser: x\n", "a b "), ("no line end", "no line end")],
)
def test_the_first_line_that_a_command_prints_is_the_password(printed: str, password: str) -> None:
    program = "import sys; sys.stdout.buffer.write(sys.argv[1].encode())"
    assert _passwords(_printing(program, printed)).password("work") == password


def test_a_command_is_a_list_of_words_and_no_shell_reads_it() -> None:
    program = "import sys; print(sys.argv[1])"
    assert _passwords(_printing(program, "$(id) *; x")).password("work") == "$(id) *; x"


def test_a_command_that_fails_says_a_little_of_its_complaint() -> None:
    program = "import sys; print('secret'); sys.stderr.write('no\\nsuch ' + 'x' * 500); sys.exit(7)"
    said = _complaint(_passwords(_printing(program)))
    assert "accounts.work.password.command: the program failed with status 7: no such xxx" in said
    assert said.count("x") < 210
    assert "secret" not in said


def test_a_command_that_waits_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    program = (
        "import os, subprocess, sys; p = subprocess.Popen(['sleep', '60']); "
        "open(sys.argv[1], 'w').write(str(p.pid)); p.wait()"
    )
    note = tmp_path / "pid"
    said = _complaint(_passwords(_printing(program, str(note)), command_timeout_s=1.5))
    assert "did not end in 1.5 s" in said
    if note.exists():
        assert not _is_running(int(note.read_text()))


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_command_that_leaves_an_agent_behind_is_not_waited_for(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); "
        "open(sys.argv[1], 'w').write(str(p.pid)); print('pw', flush=True)"
    )
    assert _passwords(_printing(program, str(note))).password("work") == "pw"
    os.kill(int(note.read_text()), signal.SIGKILL)  # raises if it has ended


def test_a_command_that_prints_without_end_takes_bounded_memory() -> None:
    program = "import sys\nfor _ in range(3000): sys.stdout.write('y' * 10000)"
    assert "its first line is far too long" in _complaint(_passwords(_printing(program)))


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ({"command": ["/no/such/program"]}, "cannot be started: No such file or directory"),
        ({"command": ["/"]}, "cannot be started: Permission denied"),
        (_printing("pass"), "its first line is empty"),
        (_printing("import sys; sys.stdout.buffer.write(b'\\xff')"), "its first line is not UTF-8"),
    ],
)
def test_a_command_that_gives_no_password_says_why(password: Any, said: str) -> None:
    assert said in _complaint(_passwords(password))


def test_a_credential_is_read_from_the_folder_of_the_service(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("pässword\n")
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert _passwords({"credential": "mail"}, environment=environment).password("work") == "pässword"


def test_a_credential_that_is_missing_says_what_the_service_needs(tmp_path: Path) -> None:
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    said = _complaint(_passwords({"credential": "mail"}, environment=environment))
    assert "LoadCredential=mail:PATH" in said
    assert "in a systemd service only" in _complaint(_passwords({"credential": "mail"}, environment={}))


def test_without_a_keyring_the_other_ways_are_named() -> None:
    said = _complaint(_passwords())  # the tests have the `fail` backend
    assert said.startswith("accounts.work: there is no keyring in this session")
    assert "command" in said
    with pytest.raises(CredentialError, match="there is no keyring in this session"):
        _passwords().store("work", "secret")


BACKEND = """
import sys, time
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, KeyringLocked, PasswordSetError

class Backend(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        print("chatter on standard output")
        {get}
    def set_password(self, service, username, password):
        {set}
"""


def _backend(folder: Path, monkeypatch: pytest.MonkeyPatch, *, get: str, put: str = "pass") -> None:
    (folder / "a_backend.py").write_text(BACKEND.format(get=get, set=put))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "a_backend.Backend")


@pytest.mark.parametrize(
    ("get", "said"),
    [
        ("return None", "has no password for it; store one: graceperiod init --password-of work"),
        ("return ''", "has no password for it"),
        ("raise KeyringLocked('x')", "the keyring is locked; unlock it"),
        ("raise InitError('x')", "the keyring is locked; unlock it"),
        ("raise KeyringError('me@mail.example')", "the keyring failed"),
        ("raise RuntimeError('me@mail.example')", "the keyring failed"),
        ("sys.exit(1)", "the keyring failed"),
    ],
)
def test_locked_absent_and_broken_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, get: str, said: str
) -> None:
    _backend(tmp_path, monkeypatch, get=get)
    assert said in _complaint(_passwords())


def test_a_keyring_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _backend(tmp_path, monkeypatch, get="time.sleep(60)")
    assert "did not answer in time" in _complaint(_passwords(keyring_timeout_s=0.2))


def test_a_password_is_stored_for_the_service_and_the_user_at_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note"
    _backend(
        tmp_path,
        monkeypatch,
        get=f"return Path({str(note)!r}).read_text().split('|')[2]",
        put=f"Path({str(note)!r}).write_text('|'.join((service, username, password)))",
    )
    _passwords().store("work", "geheim ü")
    assert note.read_text() == "graceperiod|me@mail.example@imap.mail.example|geheim ü"
    assert _passwords().password("work") == "geheim ü"


def test_a_keyring_that_does_not_keep_what_it_is_given_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _backend(tmp_path, monkeypatch, get="return 'another'")
    with pytest.raises(CredentialError, match="gives back another password"):
        _passwords().store("work", "mine")
    _backend(tmp_path, monkeypatch, get="return None")
    with pytest.raises(CredentialError, match="has no password for it"):
        _passwords().store("work", "mine")


REAL = """
import sys
import secretstorage
from graceperiod.adapters.passwords import AccountPasswords
from graceperiod.errors import CredentialError
from graceperiod.settings import parse_account

account = parse_account("work", {"address": "me@mail.example", "host": "imap.mail.example"})
passwords = AccountPasswords({"work": account})

def ask():
    try:
        return passwords.password("work")
    except CredentialError as error:
        return str(error)

print(ask())
passwords.store("work", "geheim")
print(ask())
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
print(ask())
"""


@pytest.mark.server
def test_a_real_keyring_is_asked_filled_and_locked(no_world: Path) -> None:
    present = all(shutil.which(name) for name in ("dbus-run-session", "gnome-keyring-daemon"))
    needs("gnome-keyring with D-Bus", present=present and sys.platform == "linux")
    runtime = no_world / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime)}
    environment.pop("PYTHON_KEYRING_BACKEND")
    unlock = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
    ran = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f'{unlock}; exec "$0" -c "$1"', sys.executable, REAL],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    empty, stored, locked = ran.stdout.splitlines()
    assert "has no password for it" in empty
    assert stored == "geheim"
    assert "the keyring is locked" in locked
