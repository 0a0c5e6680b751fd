"""Zones, clock changes, holidays and working hours: RULES T1-T4 wherever the user lives or travels."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.cooldown import release_at, shown
from graceperiod.core.policy import WorkingHours
from graceperiod.core.subject import held_subject, is_held, without_hold

ZONES = sorted(available_timezones())
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

zones = st.sampled_from(ZONES).map(ZoneInfo)
arrivals = st.datetimes(
    min_value=datetime(1972, 1, 1),  # noqa: DTZ001 - Hypothesis wants the bounds without a zone
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
lengths = st.timedeltas(timedelta(), timedelta(days=14))


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    """Any zone, any weekdays, any hours of the day that last an hour or more, and any holidays."""
    opens = draw(st.integers(0, 22 * 60))
    closes = draw(st.integers(opens + 60, 23 * 60 + 59))
    every = draw(st.sampled_from([2, 3, 5, 11, 40]))  # no multiple of 7: some of each weekday are left
    return WorkingHours(
        zone=draw(zones),
        opens=time(*divmod(opens, 60)),
        closes=time(*divmod(closes, 60)),
        days=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        is_holiday=lambda day: day.toordinal() % every == 0,
    )


def hours(zone: str, *, days: str = "01234", holidays: frozenset[date] = frozenset()) -> WorkingHours:
    return WorkingHours(
        zone=ZoneInfo(zone),
        opens=time(9),
        closes=time(17),
        days=frozenset(map(int, days)),
        is_holiday=holidays.__contains__,
    )


@given(arrived=arrivals, length=lengths, where=working_hours())
def test_in_every_zone_a_hold_lasts_its_length_and_past_the_users_own_day(
    arrived: datetime, length: timedelta, where: WorkingHours
) -> None:
    ends = release_at(arrived, hold_length=length, hours=where)
    assert ends >= arrived + length
    assert ends.astimezone(where.zone).date() > arrived.astimezone(where.zone).date()
    assert ends.second == ends.microsecond == 0
    assert ends.tzinfo is UTC


@given(arrived=arrivals, length=lengths, where=working_hours())
def test_in_every_zone_a_hold_ends_on_a_working_day_within_working_hours(
    arrived: datetime, length: timedelta, where: WorkingHours
) -> None:
    ends = release_at(arrived, hold_length=length, hours=where)
    if ends - arrived - length > 45 * DAY:
        return  # so many holidays that the calendar was given up
    local = ends.astimezone(where.zone)
    assert local.weekday() in where.days
    assert not where.is_holiday(local.date())
    wall = (local.replace(tzinfo=None)) if _is_ordinary(local) else None
    assert wall is None or where.opens <= wall.time() < where.closes


def _is_ordinary(local: datetime) -> bool:
    """Whether no clock is changed on that day: opening hours may lie in an hour that does not exist."""
    midnight = local.replace(hour=0, minute=0, fold=0)
    return midnight.utcoffset() == (midnight + DAY).utcoffset() == (midnight - DAY).utcoffset()


@given(arrived=arrivals, length=lengths, where=working_hours(), later=st.timedeltas(timedelta(), DAY))
def test_a_later_arrival_never_ends_earlier(
    arrived: datetime, length: timedelta, where: WorkingHours, later: timedelta
) -> None:
    first = release_at(arrived, hold_length=length, hours=where)
    assert release_at(arrived + later, hold_length=length, hours=where) >= first


@given(arrived=arrivals, zone=zones, where=working_hours())
def test_the_end_does_not_depend_on_the_zone_in_which_the_arrival_is_told(
    arrived: datetime, zone: ZoneInfo, where: WorkingHours
) -> None:
    told = release_at(arrived.astimezone(zone), hold_length=48 * HOUR, hours=where)
    assert told == release_at(arrived, hold_length=48 * HOUR, hours=where)


@given(instant=arrivals, zone=zones)
def test_the_end_is_shown_as_the_clock_on_the_users_wall_and_taken_off_the_subject_again(
    instant: datetime, zone: ZoneInfo
) -> None:
    until = shown(instant, hours(zone.key))
    local = instant.astimezone(zone)
    assert until.split()[1] == str(local.day)
    assert until.endswith(local.strftime("%H:%M"))
    subject = held_subject("Re: Your application", until)
    assert is_held(subject)
    assert without_hold(subject) == "Re: Your application"


@pytest.mark.parametrize(
    ("zone", "arrived", "ends"),
    [
        # Berlin: 2026-03-29 has no 02:00-03:00, 2026-10-25 has it twice.
        ("Europe/Berlin", "2026-03-27T09:30+01:00", "2026-03-29T10:30+02:00"),
        ("Europe/Berlin", "2026-10-23T16:30+02:00", "2026-10-25T15:30+01:00"),
        # New York: 2026-03-08 and 2026-11-01.
        ("America/New_York", "2026-03-06T10:00-05:00", "2026-03-08T11:00-04:00"),
        ("America/New_York", "2026-10-30T10:00-04:00", "2026-11-01T09:00-05:00"),
        # Lord Howe changes by half an hour: 2026-04-05 and 2026-10-04.
        ("Australia/Lord_Howe", "2026-04-03T10:00+11:00", "2026-04-05T09:30+10:30"),
        ("Australia/Lord_Howe", "2026-10-02T10:00+10:30", "2026-10-04T10:30+11:00"),
    ],
)
def test_forty_eight_hours_are_forty_eight_hours_also_when_clocks_change(
    zone: str, arrived: str, ends: str
) -> None:
    every_day = hours(zone, days="0123456")
    end = release_at(datetime.fromisoformat(arrived), hold_length=48 * HOUR, hours=every_day)
    assert end == datetime.fromisoformat(ends)
    assert end - datetime.fromisoformat(arrived) == 48 * HOUR


def test_a_working_day_that_a_zone_has_skipped_is_none() -> None:
    """Samoa had no Friday 2011-12-30: its nine o'clock would be that of Saturday."""
    apia = hours("Pacific/Apia")
    arrived = datetime(2011, 12, 28, 18, 0, tzinfo=ZoneInfo("Pacific/Apia"))
    end = release_at(arrived, hold_length=24 * HOUR, hours=apia).astimezone(apia.zone)
    assert f"{end:%a %Y-%m-%d %H:%M}" == "Mon 2012-01-02 09:00"


def test_an_end_within_the_hour_that_comes_twice_is_the_later_one_only_if_the_length_says_so() -> None:
    night = WorkingHours(
        zone=ZoneInfo("Europe/Berlin"),
        opens=time(0),
        closes=time(23, 59),
        days=frozenset(range(7)),
        is_holiday=lambda _: False,
    )
    first = datetime(2026, 10, 24, 0, 30, tzinfo=UTC)  # 02:30 of the day before
    assert release_at(first, hold_length=24 * HOUR, hours=night) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert release_at(first, hold_length=25 * HOUR, hours=night) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_holidays_and_weekends_in_a_row_are_all_waited_for() -> None:
    christmas = hours(
        "Europe/Berlin", holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
    )
    arrived = datetime(2026, 12, 23, 18, 0, tzinfo=UTC)
    end = release_at(arrived, hold_length=48 * HOUR, hours=christmas)
    assert shown(end, christmas) == "Tue 29 Dec 09:00"
