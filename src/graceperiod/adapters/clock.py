"""The system's clock, and one that is set by hand."""

import threading
import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The clock of this machine. Implements `ports.Clock`."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Seconds that never run backwards, from an unknown start."""
        return time.monotonic()


class SetClock:
    """A clock that stands still until it is told to go on, for the demo and tests. Implements `ports.Clock`.

    Safe to use from several threads.

    Args:
        at: aware; where the clock starts.

    Raises:
        ValueError: an instant without a time zone.
    """

    def __init__(self, at: datetime) -> None:
        self._lock = threading.Lock()
        self._now = _aware(at)
        self._monotonic = timedelta()

    def now(self) -> datetime:
        """The instant that was set, aware UTC."""
        with self._lock:
            return self._now

    def monotonic_s(self) -> float:
        """Seconds by which the clock was advanced."""
        with self._lock:
            return self._monotonic.total_seconds()

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
            self._monotonic += by

    def set(self, at: datetime) -> None:
        """Set the time of day, also back, as a user or NTP does: no time passes by it.

        Raises:
            ValueError: an instant without a time zone.
        """
        at = _aware(at)
        with self._lock:
            self._now = at


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        msg = "an instant without a time zone"
        raise ValueError(msg)
    return at.astimezone(UTC)
