"""RULES T1-T4: when a hold may end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.cooldown import release_at, shown
from graceperiod.core.policy import WorkingHours

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(n) for n in ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
]


def hours(
    zone: ZoneInfo = BERLIN, *, holidays: frozenset[date] = frozenset(), days: str = "01234"
) -> WorkingHours:
    return WorkingHours(
        zone=zone,
        opens=time(9),
        closes=time(17),
        days=frozenset(int(d) for d in days),
        is_holiday=holidays.__contains__,
    )


def end(arrived: str, length_h: int = 48, policy: WorkingHours | None = None) -> str:
    at = datetime.fromisoformat(arrived).replace(tzinfo=BERLIN)
    ends = release_at(at, hold_length=timedelta(hours=length_h), hours=policy or hours())
    return ends.astimezone(BERLIN).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("arrived", "length_h", "expected"),
    [
        (
            "2026-11-23T10:17:30",
            48,
            "Wed 2026-11-25 10:18",
        ),  # in working hours: to the minute, rounded up
        ("2026-11-23T20:00:00", 48, "Thu 2026-11-26 09:00"),  # the evening waits for the morning
        ("2026-11-23T03:00:00", 48, "Wed 2026-11-25 09:00"),  # the small hours too
        ("2026-11-26T12:00:00", 48, "Mon 2026-11-30 09:00"),  # a Saturday waits for Monday
        ("2026-11-23T00:05:00", 0, "Tue 2026-11-24 09:00"),  # T1: never on the day of the rejection
        ("2026-11-23T23:59:00", 0, "Tue 2026-11-24 09:00"),
    ],
)
def test_a_hold_ends_in_a_working_hour_after_its_length(arrived: str, length_h: int, expected: str) -> None:
    assert end(arrived, length_h) == expected


def test_a_public_holiday_is_no_working_day() -> None:
    christmas = hours(holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
    assert end("2026-12-23T10:00:00", 48, christmas) == "Tue 2026-12-29 09:00"


def test_forty_eight_hours_are_absolute_time_across_a_clock_change() -> None:
    # Clocks in Berlin go back on 2026-10-25 at 03:00: 48 h after Friday 16:30 is Sunday 15:30.
    every_day = hours(days="0123456")
    assert end("2026-10-23T16:30:00", 48, every_day) == "Sun 2026-10-25 15:30"
    assert end("2026-03-27T09:30:00", 48, every_day) == "Sun 2026-03-29 10:30"


def test_a_calendar_without_a_working_day_does_not_hold_for_ever() -> None:
    never = WorkingHours(
        zone=BERLIN, opens=time(9), closes=time(17), days=frozenset({0}), is_holiday=lambda _: True
    )
    assert end("2026-11-23T10:00:00", 48, never) == "Wed 2026-11-25 10:00"


@given(
    arrived=st.integers(0, 3_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
    length=st.timedeltas(timedelta(0), timedelta(days=14)),
    zone=st.sampled_from(ZONES),
    days=st.sets(st.sampled_from("0123456"), min_size=1).map("".join),
)
def test_a_hold_is_never_released_before_its_cooldown_ends_nor_on_the_same_day(
    arrived: datetime, length: timedelta, zone: ZoneInfo, days: str
) -> None:
    policy = hours(zone, days=days)
    ends = release_at(arrived, hold_length=length, hours=policy)
    local = ends.astimezone(zone)
    assert ends >= arrived + length
    assert local.date() > arrived.astimezone(zone).date()
    assert local.weekday() in policy.days
    assert time(9) <= local.time() < time(17)
    assert ends.second == ends.microsecond == 0


def test_the_end_is_shown_in_the_users_zone_and_in_ascii() -> None:
    instant = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert shown(instant, hours()) == "Tue 24 Nov 09:00"
    assert shown(instant, hours()).isascii()
