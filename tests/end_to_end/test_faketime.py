"""The installed command under libfaketime: a clock that is set while the daemon runs, and while it does not.

The monotonic clocks stay real, as they do when a user or NTP sets the time of day. The server is never under it.
"""

import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import needs
from daemon_process import Process, run, running, settings
from dovecot import PASSWORD, Dovecot
from graceperiod.core.draft import split
from graceperiod.demo.person import Person, answers

pytestmark = pytest.mark.server

LIBRARIES = (
    *Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"),
    Path("/usr/lib/faketime/libfaketimeMT.so.1"),
)
USER = "good-faketime"
BEGIN = datetime.now(UTC) - timedelta(days=30)
"""Where the story begins: Dovecot does not believe in arrivals that are yet to come."""

PARENT = "<f1@quillworks.example>"
LETTER = (
    f"Message-ID: {PARENT}\nFrom: Ada Quill <ada@quillworks.example>\nTo: robin@postbox.example\n"
    "Subject: Your application as Night Baker\nContent-Type: text/plain; charset=utf-8\n\n"
    "Dear Robin,\n\nThank you for taking the time to interview with us for the position of Night Baker. "
    "We have now completed our interviews, and after careful consideration we have decided not to move forward "
    "with your application. Unfortunately, another candidate was a closer match for the role.\n\n"
    "We wish you every success in your job search.\n\nKind regards,\nAda Quill\n"
).replace("\n", "\r\n").encode()  # fmt: skip
LUNCH = b"Message-ID: <l@x.example>\r\nFrom: Jo <jo@x.example>\r\nSubject: Lunch\r\n\r\nFriday?\r\n"


class FakeClock:
    """The time of day of processes that run with its variables; they look at the file at every reading."""

    def __init__(self, folder: Path) -> None:
        library = next((path for path in LIBRARIES if path.exists()), None)
        needs("libfaketime", present=library is not None)
        self._file = folder / "faketime"
        self.set("-30d")
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, offset: str) -> None:
        """By how much the clock is ahead or behind; the file is whole at every moment."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{offset}\n")
        fresh.replace(self._file)


class Sweeps:
    """Sweeps that are asked for by SIGHUP and waited for in the log."""

    def __init__(self, daemon: Process) -> None:
        self._daemon = daemon
        self._seen = 0
        self.next(ask=False)

    def next(self, *, ask: bool = True) -> None:
        if ask:
            self._seen = self._daemon.says("event=swept").count("event=swept")
            self._daemon.signal(signal.SIGHUP)
        self._daemon.says("event=swept", times=self._seen + 1)


def test_no_clock_that_is_set_ends_a_hold_early_and_the_servers_mail_ends_it_in_time(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    clock = FakeClock(tmp_path)
    config = settings(tmp_path, dovecot, USER, more='[hours]\nzone = "Europe/Berlin"\n')
    environment = clock.environment | without_a_child(config, tmp_path / "credentials")
    address = "Robin Vale <robin@postbox.example>"
    with Person(host="127.0.0.1", port=dovecot.port, user=USER, password=PASSWORD, address=address) as person:
        person.deliver(LETTER, "INBOX", BEGIN)
        with running(config, environment) as daemon:
            sweeps = Sweeps(daemon)
            (sealed,) = person.drafts()
            assert sealed.head.is_held

            for offset in ("-29d", "-0d", "-400d", "-27d"):
                clock.set(offset)
                sweeps.next()
                assert person.drafts() == (sealed,)
            assert "event=clock_was_set_forward" in daemon.says("event=clock_was_set_forward")

        clock.set("-0d")  # while nothing runs, after a SIGKILL
        with running(config, environment) as daemon:
            sweeps = Sweeps(daemon)
            assert person.drafts() == (sealed,)

            end = until(config)
            person.deliver(LUNCH, "INBOX", end)  # by the server's clock that time has come
            daemon.says("event=hold_released")
            sweeps.next()
            (released,) = person.drafts()
    assert answers(PARENT)(released)
    assert released.head.has_recipient
    assert released.head.subject == "Re: Your application as Night Baker"
    assert split(released.raw)[2] == split(sealed.raw)[2]


def without_a_child(config: Path, folder: Path) -> dict[str, str]:
    """The password as a credential: waiting for a program means `time.sleep`, which libfaketime breaks."""
    folder.mkdir()
    folder.joinpath("mail").write_text(PASSWORD)
    command = f'{{ command = ["echo", "{PASSWORD}"] }}'
    config.write_text(config.read_text().replace(command, '{ credential = "mail" }'))
    return {"CREDENTIALS_DIRECTORY": str(folder)}


def until(config: Path) -> datetime:
    """When the one hold ends; also: it is shown in the zone that the settings name now."""
    (line,) = run("--config", str(config), "holds", "--json").stdout.splitlines()
    end = datetime.fromisoformat(json.loads(line)["release_at"])
    assert timedelta(hours=48) <= end - BEGIN < timedelta(days=8)
    at_home = config.read_text()
    for zone in ("Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"):
        config.write_text(at_home.replace("Europe/Berlin", zone))
        local = end.astimezone(ZoneInfo(zone))
        assert f"{local:%H:%M}" in run("--config", str(config), "holds").stdout
    config.write_text(at_home)
    return end
