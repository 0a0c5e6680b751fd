"""How late it is at least, whatever somebody has set the clock to (decision 0008).

A hold ends by the earlier of the time of day and this one. So a clock that is set forward ends nothing early.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from graceperiod.core.uptime import Uptime

_SETTLED = timedelta(minutes=10)
"""Chosen: by then the network has set the clock of a computer that started with a wrong one."""

_SAVED_EVERY = timedelta(hours=1)
"""Chosen: what is lost if the computer is switched off before the next; a write an hour costs nothing."""

_NOTABLE = timedelta(seconds=5)
"""Chosen: far over what a time service puts right in passing. Less is not written down, so allowed for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedTime:
    """A reading of the clocks, and what time it was then.

    Args:
        at: the time that is sure to have come, aware UTC.
        shown_at: what the time of day said, aware UTC.
        uptime: what the clock that nobody sets said.
    """

    at: datetime
    shown_at: datetime
    uptime: Uptime

    @classmethod
    def first(cls, shown_at: datetime, uptime: Uptime) -> Self:
        """The first reading of all, when there is nothing but the time of day to go by."""
        return cls(at=shown_at, shown_at=shown_at, uptime=uptime)

    @property
    def ahead(self) -> timedelta:
        """By how much the time of day was set forward; zero where it was right or behind."""
        return max(self.shown_at - self.at, timedelta())

    def read(self, shown_at: datetime, uptime: Uptime) -> "TrustedTime":
        """The same of a later reading; `at` never runs backwards.

        While the computer is on, what the uptime says has passed has passed, asleep or awake, whether we ran
        or not; what the time of day says beyond that was set. Over a restart there is only the time of day to
        go by: it is taken to be as far ahead as it was when last saved, and 5 s more, once the computer has
        been on for 10 minutes.
        """
        if uptime.boot == self.uptime.boot and uptime.elapsed >= self.uptime.elapsed:
            at = self.at + (uptime.elapsed - self.uptime.elapsed)
            return TrustedTime(at=at, shown_at=shown_at, uptime=uptime)
        if uptime.elapsed < _SETTLED:
            return self
        at = max(self.at, shown_at - self.ahead - _NOTABLE)
        return TrustedTime(at=at, shown_at=shown_at, uptime=uptime)

    def witnessed(self, arrived_at: datetime, now: datetime) -> "TrustedTime":
        """The same, knowing of a mail's arrival by the server's clock (RFC 9051 section 2.3.3).

        A date beyond the time of day says nothing: it is made up, or our clock is behind and counts anyway.
        """
        if not self.at < arrived_at <= now:
            return self
        later = arrived_at - self.at  # `ahead` stays: what the next reading says of it is not known here
        return replace(self, at=arrived_at, shown_at=self.shown_at + later)

    def is_worth_saving(self, saved: "TrustedTime") -> bool:
        """Whether a restart of the computer, or a clock set by somebody, would make this one missed."""
        return (
            self.uptime.boot != saved.uptime.boot
            or self.uptime.elapsed - saved.uptime.elapsed >= _SAVED_EVERY
            or abs(self.ahead - saved.ahead) > _NOTABLE
        )

    def hold_time(self, now: datetime) -> datetime:
        """The time by which holds end: never later than what is sure, nor than the time of day."""
        return min(self.at, now)
