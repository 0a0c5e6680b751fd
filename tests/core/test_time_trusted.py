"""What time it is at least, whatever the clock was set to (decision 0008)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.trusted_time import TrustedTime
from graceperiod.core.uptime import Uptime

T0 = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LOST = timedelta(seconds=5)
"""What a restart costs at most where the clock is right."""


@dataclass
class Computer:
    """A computer whose true time is known, with a program that looks at its clocks and may be killed."""

    true: datetime = T0
    ahead: timedelta = timedelta()
    boot: int = 1
    elapsed: timedelta = DAY
    saved: TrustedTime = field(init=False)

    def __post_init__(self) -> None:
        self.saved = TrustedTime.first(self.shown, self.uptime)

    @property
    def shown(self) -> datetime:
        return self.true + self.ahead

    @property
    def uptime(self) -> Uptime:
        return Uptime(boot=str(self.boot), elapsed=self.elapsed)

    def look(self) -> datetime:
        """The time by which holds end; only what is worth saving outlives the program."""
        trusted = self.saved.read(self.shown, self.uptime)
        if trusted.is_worth_saving(self.saved):
            self.saved = trusted
        return trusted.hold_time(self.shown)

    def pass_time(self, by: timedelta) -> None:
        """Awake or asleep, the program running or not."""
        self.true += by
        self.elapsed += by

    def set_clock(self, ahead: timedelta) -> None:
        self.ahead = ahead

    def arrive(self, before: timedelta) -> None:
        """A mail is read that arrived so long ago, or is to come says who moved it: a server's date."""
        trusted = self.saved.read(self.shown, self.uptime)
        self.saved = trusted.witnessed(self.true - before, self.shown)

    def restart(self, off: timedelta) -> None:
        """Orderly, so with a last look. The time of day runs on as it was set, and is not set before it is seen.

        That is what decision 0008 assumes: for a start of the computer there is nothing else to go by.
        """
        self.switch_off_and_on(off)
        self.pass_time(10 * MINUTE)
        self.look()

    def switch_off_and_on(self, off: timedelta) -> None:
        self.look()
        self.true += off
        self.boot += 1
        self.elapsed = timedelta()

    def restart_with_a_wrong_clock(self, off: timedelta, wrong: timedelta, within: timedelta) -> None:
        """As beside another system that keeps local time, until the network sets it right."""
        right = self.ahead
        self.switch_off_and_on(off)
        self.ahead = wrong
        self.look()
        self.pass_time(within)
        self.look()
        self.ahead = right
        self.pass_time(10 * MINUTE)
        self.look()


Move = Callable[[Computer], object]
lengths = st.timedeltas(timedelta(), 4 * DAY)
offsets = st.timedeltas(-400 * DAY, 400 * DAY) | st.sampled_from([-365 * DAY, DAY, HOUR, LOST, timedelta()])
passing = lengths.map(lambda by: lambda c: c.pass_time(by))
looking: st.SearchStrategy[Move] = st.just(lambda c: c.look())
setting = offsets.map(lambda by: lambda c: c.set_clock(by))
arriving = lengths.map(lambda before: lambda c: c.arrive(before))
restarting = lengths.map(lambda off: lambda c: c.restart(off))
confused = st.builds(
    lambda off, wrong, within: lambda c: c.restart_with_a_wrong_clock(off, wrong, within),
    lengths,
    offsets,
    st.timedeltas(timedelta(), timedelta(minutes=9)),
)


@given(st.lists(passing | looking | setting | arriving | restarting | confused, max_size=40))
def test_the_time_of_holds_is_never_ahead_of_the_true_time_whatever_the_clock_is_set_to(
    moves: list[Move],
) -> None:
    computer = Computer()
    for move in moves:
        move(computer)
        assert computer.look() <= computer.true


@given(st.lists(passing | looking | arriving | restarting, max_size=40))
def test_where_nobody_sets_the_clock_a_hold_is_late_by_seconds_a_restart_at_most(moves: list[Move]) -> None:
    computer = Computer()
    for move in moves:
        move(computer)
        computer.look()
    computer.pass_time(10 * MINUTE)
    assert computer.true - computer.look() <= LOST * (computer.boot - 1)


@given(st.lists(passing | setting | looking, max_size=40))
def test_a_clock_that_is_right_again_leaves_nothing_behind(moves: list[Move]) -> None:
    computer = Computer()
    for move in moves:
        move(computer)
    computer.set_clock(timedelta())
    assert computer.look() == computer.true


@given(st.lists(passing | looking | setting | arriving | restarting | confused, max_size=40))
def test_once_the_clock_is_right_a_new_mail_makes_up_for_all_that_is_not_sure(moves: list[Move]) -> None:
    computer = Computer()
    for move in moves:
        move(computer)
    computer.set_clock(timedelta())
    computer.arrive(timedelta())
    assert computer.look() == computer.true


@pytest.mark.parametrize("ahead", [DAY, -365 * DAY])
def test_a_clock_that_was_set_makes_nothing_earlier_also_over_a_restart(ahead: timedelta) -> None:
    computer = Computer()
    computer.set_clock(ahead)
    computer.pass_time(HOUR)
    assert computer.look() <= computer.true
    computer.restart(HOUR)
    computer.pass_time(HOUR)
    assert computer.look() <= computer.true


def test_sleep_is_time_that_has_passed_but_a_clock_set_forward_is_not() -> None:
    computer = Computer()
    computer.pass_time(8 * HOUR)
    assert computer.look() == T0 + 8 * HOUR
    computer.set_clock(8 * HOUR)
    assert computer.look() == T0 + 8 * HOUR


def test_a_computer_without_a_clock_of_its_own_is_late_until_the_network_tells_it() -> None:
    """It starts with the time at which it was switched off, or with 1970."""
    computer = Computer()
    computer.set_clock(-2 * DAY)
    computer.restart(2 * DAY)
    assert computer.look() <= T0 + 10 * MINUTE
    computer.set_clock(timedelta())
    computer.arrive(HOUR)
    assert computer.true - computer.look() <= HOUR


def test_a_mail_from_the_future_says_nothing() -> None:
    computer = Computer()
    computer.set_clock(DAY)
    computer.arrive(-2 * DAY)
    assert computer.look() == T0


def test_hardly_anything_is_written_while_nothing_happens() -> None:
    computer = Computer()
    writes = 0
    for _ in range(24 * 12):
        computer.pass_time(5 * MINUTE)
        before = computer.saved
        computer.look()
        writes += computer.saved is not before
    assert writes == 24
