"""The installed command as a process: signals, one instance per store, and what only the user can mend."""

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon_process import run, running, settings
from dovecot import PASSWORD, Dovecot
from graceperiod.demo.person import Person

pytestmark = pytest.mark.server


def test_sigterm_and_ctrl_c_end_it_cleanly(dovecot: Dovecot, tmp_path: Path) -> None:
    config = settings(tmp_path, dovecot, "good-term")
    for number in (signal.SIGTERM, signal.SIGINT):
        with running(config) as process:
            process.says("event=swept")
            process.signal(number)
            assert process.ends() == 0
            assert "event=ended" in process.says("event=ended")


def test_one_instance_per_store_and_readers_beside_it(dovecot: Dovecot, tmp_path: Path) -> None:
    config = settings(tmp_path, dovecot, "good-lock")
    with running(config) as process:
        process.says("event=swept")
        second = run("--config", str(config), "run", "--once")
        assert second.returncode == 1
        assert "another" in second.stderr.lower()
        listed = run("--config", str(config), "holds")
        assert (listed.returncode, listed.stderr) == (0, "")
        process.signal(signal.SIGTERM)
        assert process.ends() == 0


def test_sighup_takes_new_settings_and_keeps_the_old_ones_if_they_are_broken(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    config = settings(tmp_path, dovecot, "good-one")
    with running(config) as process:
        process.says("event=swept", "account=good-one")
        settings(tmp_path, dovecot, "good-one", "good-two")
        process.signal(signal.SIGHUP)
        process.says("event=swept", "account=good-two")
        config.write_text("[acounts.work]\n")
        process.signal(signal.SIGHUP)
        process.says("event=settings_not_reloaded")
        process.signal(signal.SIGTERM)
        assert process.ends() == 0


def test_an_account_that_cannot_log_in_stops_alone_and_the_log_holds_no_secret(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    config = settings(tmp_path, dovecot, "bad-password", "good-account")
    with running(config) as process:
        process.says("event=account_stopped", "account=bad-password")
        log = process.says("event=swept", "account=good-account")
        process.signal(signal.SIGTERM)
        assert process.ends() == 0
    assert "wrong" not in log
    assert "robin@postbox.example" not in log


def test_with_every_account_stopped_it_ends_with_the_users_exit_status(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    config = settings(tmp_path, dovecot, "bad-only")
    with running(config) as process:
        assert process.ends() == 2
    once = run("--config", str(config), "run", "--once")
    assert once.returncode == 2
    assert "accounts.bad-only.user" in once.stderr


def test_once_looks_once_and_says_what_it_did(dovecot: Dovecot, tmp_path: Path) -> None:
    config = settings(tmp_path, dovecot, "good-once")
    with Person(
        host="127.0.0.1", port=dovecot.port, user="good-once", password=PASSWORD, address="r@postbox.example"
    ) as person:
        raw = b"Message-ID: <l@x.example>\r\nFrom: Jo <jo@x.example>\r\nSubject: Lunch\r\n\r\nFriday?\r\n"
        person.deliver(raw, "INBOX", datetime.now(UTC))
    done = run("--config", str(config), "run", "--once")
    assert done.returncode == 0
    assert done.stdout == "good-once: 1 read, 0 marked, 0 steps for holds\n"
    store = tmp_path / "store" / "ledger.sqlite3"
    assert store.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[accounts.work\n", "config.toml:1:"),
        ('[accounts.work]\nadress = "a@b.example"\nhost = "x"\n', 'did you mean "address"'),
        ("", "no account"),
    ],
)
def test_broken_settings_are_told_with_what_to_edit(tmp_path: Path, text: str, said: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text)
    done = run("--config", str(config), "run", "--once")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_settings_name_the_command_that_writes_them(tmp_path: Path) -> None:
    done = run("--config", str(tmp_path / "none.toml"), "run")
    assert done.returncode == 2
    assert "graceperiod init" in done.stderr
