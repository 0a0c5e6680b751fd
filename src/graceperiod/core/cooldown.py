"""When a hold may end (RULES T1-T4)."""

from datetime import UTC, datetime, time, timedelta

from graceperiod.core.policy import WorkingHours

_LOOK_AHEAD_DAYS = 60
"""Chosen: longer than any run of holidays; a calendar without working days must not hold for ever."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def release_at(arrived_at: datetime, *, hold_length: timedelta, hours: WorkingHours) -> datetime:
    """The end of a hold: aware UTC, a whole minute, in a civil hour of a working day.

    Never before `arrived_at + hold_length` (absolute time, so also across DST), and never on the local
    calendar day of `arrived_at`, whatever `hold_length` says (RULES T1).
    """
    arrived_at = arrived_at.astimezone(UTC)  # within a zone, adding a length would be wall-clock time
    earliest = _whole_minute(max(arrived_at + hold_length, _next_local_day(arrived_at, hours)))
    first_day = earliest.astimezone(hours.zone).date()
    for offset in range(_LOOK_AHEAD_DAYS):
        day = first_day + timedelta(days=offset)
        if day.weekday() not in hours.days or hours.is_holiday(day):
            continue
        opens = datetime.combine(day, hours.opens, hours.zone).astimezone(UTC)
        closes = datetime.combine(day, hours.closes, hours.zone).astimezone(UTC)
        starts = max(earliest, opens)
        # A zone that moves over the date line skips a day: its hours would be those of the next one.
        if earliest < closes and starts.astimezone(hours.zone).date() == day:
            return starts
    return earliest


def shown(instant: datetime, hours: WorkingHours) -> str:
    """The instant in the user's zone, as in the subject of a held draft: `Tue 24 Nov 09:00`.

    English whatever the process's locale is, and ASCII, so that it can be found again in a header.
    """
    local = instant.astimezone(hours.zone)
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local:%H:%M}"


def _next_local_day(instant: datetime, hours: WorkingHours) -> datetime:
    tomorrow = instant.astimezone(hours.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, hours.zone).astimezone(UTC)


def _whole_minute(instant: datetime) -> datetime:
    """Rounded up: what is shown as 09:17 must not end at 09:16:30."""
    floor = instant.astimezone(UTC).replace(second=0, microsecond=0)
    return floor if floor == instant else floor + timedelta(minutes=1)
