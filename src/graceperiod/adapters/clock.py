"""The system's clock, and one that is set by hand."""

import subprocess
import sys
import threading
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from graceperiod.core.uptime import Uptime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SystemClock:
    """The clock of this machine. Implements `ports.Clock`."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)

    def uptime(self) -> Uptime:
        """Since the computer was started, sleep included.

        QUIRK: `time.monotonic` stands still while Linux sleeps, CLOCK_BOOTTIME does not. On macOS
        CLOCK_MONOTONIC counts sleep. Elsewhere sleep may not count: holds end late, until a mail arrives.
        """
        clock_id = getattr(time, "CLOCK_BOOTTIME", None) or getattr(time, "CLOCK_MONOTONIC", None)
        seconds = time.monotonic() if clock_id is None else time.clock_gettime(clock_id)
        return Uptime(boot=_boot(), elapsed=timedelta(seconds=seconds))


@cache
def _boot() -> str:
    """The kernel's name for this start of the computer; where it has none, this process counts as one."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    if sys.platform == "darwin":
        with suppress(OSError, subprocess.SubprocessError):
            command = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
            asked = subprocess.run(command, capture_output=True, check=True, text=True, timeout=10)
            return asked.stdout.strip()
    return uuid.uuid4().hex


class SetClock:
    """A clock that stands still until it is told to go on, for the demo and tests. Implements `ports.Clock`.

    Safe to use from several threads. Two of them are clocks of one computer: the second, set to a later time,
    has been on for as much longer.

    Args:
        at: aware; where the clock starts.

    Raises:
        ValueError: an instant without a time zone.
    """

    def __init__(self, at: datetime) -> None:
        self._lock = threading.Lock()
        self._now = _aware(at)
        self._boot = 0
        self._elapsed = self._now - _EPOCH

    def now(self) -> datetime:
        """The instant that was set, aware UTC."""
        with self._lock:
            return self._now

    def uptime(self) -> Uptime:
        """What the clock was advanced by, on top of some years of being on."""
        with self._lock:
            return Uptime(boot=f"set-{self._boot}", elapsed=self._elapsed)

    def advance(self, by: timedelta) -> None:
        """Let time pass.

        Raises:
            ValueError: `by` is negative.
        """
        if by < timedelta():
            msg = "time does not run backwards; `set` the clock instead"
            raise ValueError(msg)
        with self._lock:
            self._now += by
            self._elapsed += by

    def set(self, at: datetime) -> None:
        """Set the time of day, also back, as a user or NTP does: no time passes by it.

        Raises:
            ValueError: an instant without a time zone.
        """
        at = _aware(at)
        with self._lock:
            self._now = at

    def restart(self, off: timedelta, on: timedelta) -> None:
        """The computer is off for a while, its time of day runs on; then it has been on for a while."""
        with self._lock:
            self._boot += 1
            self._now += off + on
            self._elapsed = on


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        msg = "an instant without a time zone"
        raise ValueError(msg)
    return at.astimezone(UTC)
