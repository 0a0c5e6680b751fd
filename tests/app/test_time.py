"""A hold and the clock: set forward or back, asleep, switched off, in another zone. Never early."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dovecot import PASSWORD
from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.imap import Login, open_store
from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.waker import Waker
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.app.keep_holds import next_due
from graceperiod.app.watch import sweep_once
from graceperiod.core.address import Address
from graceperiod.core.cooldown import shown
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.core.hold import Hold, HoldState
from graceperiod.core.policy import WorkingHours
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer
from stage import MONDAY, SilentLog, WordJudge, policy, rejection

USER = "robin"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
YEAR = timedelta(days=365)


class Room:
    """An account with one sealed draft, due 48 h after it came, and a clock that the test sets."""

    def __init__(self, server: DemoServer, person: Person) -> None:
        self.clock = SetClock(MONDAY)
        self.log = SilentLog()
        self.person = person
        login = Login(account="work", endpoint=Endpoint(host=HOST, port=server.port, tls=Tls.NONE), user=USER)
        self.desk = Desk(
            account=WatchedAccount(
                name="work", address=Address(display_name="Robin Vale", addr_spec="robin@postbox.example")
            ),
            ledger=MemoryLedger(),
            reader=MimeReader(),
            judge=WordJudge(),
            templates=JinjaTemplates(),
            clock=self.clock,
            policy=policy(),
            log=self.log,
            new_token=iter(f"token{n}" for n in range(1000)).__next__,
            new_wake=Waker,
            open_store=lambda: open_store(login, PASSWORD),
        )

    def sweep(self) -> Hold:
        """One sweep, and the oldest hold after it."""
        sweep_once(self.desk)
        return min(self.desk.ledger.holds(), key=lambda hold: hold.id or 0)

    def deliver(self, number: int = 1, *, at: datetime | None = None, text: str = "") -> None:
        raw = rejection(f"<p{number}@x{number}.example>", sender=f"Ada <ada@x{number}.example>")
        if text:
            raw = rejection(f"<p{number}@x{number}.example>", text=text)
        self.person.deliver(raw, "INBOX", at or self.clock.now())

    def says(self, event: str) -> bool:
        return any(line == event for line, _ in self.log.lines)


@pytest.fixture
def room() -> Iterator[Room]:
    address = "robin@postbox.example"
    with (
        DemoServer({USER: PASSWORD}) as server,
        Person(host=HOST, port=server.port, user=USER, password=PASSWORD, address=address) as person,
    ):
        room = Room(server, person)
        room.deliver()
        assert room.sweep().state is HoldState.SEALED
        yield room


def zoned(room: Room, name: str) -> Desk:
    """The desk after the user has set another zone."""
    hours = replace(room.desk.policy.hours, zone=ZoneInfo(name))
    return replace(room.desk, policy=replace(room.desk.policy, hours=hours))


def due(room: Room) -> datetime:
    (hold,) = room.desk.ledger.holds()
    return hold.release_at


def test_a_hold_ends_at_its_minute_and_not_a_second_before(room: Room) -> None:
    room.clock.advance(due(room) - room.clock.now() - timedelta(seconds=1))
    assert room.sweep().state is HoldState.SEALED
    room.clock.advance(timedelta(seconds=1))
    assert room.sweep().state is HoldState.RELEASED


@pytest.mark.parametrize("forward", [DAY, 2 * DAY, YEAR])
def test_a_clock_set_forward_while_it_runs_ends_nothing_early(room: Room, forward: timedelta) -> None:
    end = due(room)
    room.clock.set(MONDAY + forward)
    assert room.sweep().state is HoldState.SEALED
    assert room.says("clock_was_set_forward")
    room.clock.advance(48 * HOUR - timedelta(seconds=1))
    assert room.sweep().state is HoldState.SEALED
    room.clock.advance(end - MONDAY - 48 * HOUR + timedelta(seconds=1))
    assert room.sweep().state is HoldState.RELEASED


def test_a_clock_set_forward_while_it_does_not_run_ends_nothing_early(room: Room) -> None:
    room.clock.advance(HOUR)
    room.clock.set(MONDAY + 3 * DAY)
    stopped_and_started = replace(room.desk, log=SilentLog())
    sweep_once(stopped_and_started)
    assert room.desk.ledger.holds()[0].state is HoldState.SEALED


def test_a_clock_set_back_a_year_ends_nothing_early_and_nothing_late_once_it_is_right(room: Room) -> None:
    end = due(room)
    room.clock.set(MONDAY - YEAR)
    room.clock.advance(HOUR)
    assert room.sweep().state is HoldState.SEALED
    room.clock.advance(47 * HOUR)
    assert room.sweep().state is HoldState.SEALED
    room.clock.set(end)
    assert room.sweep().state is HoldState.RELEASED


def test_a_clock_that_jumps_to_and_fro_ends_a_hold_only_when_its_time_has_passed(room: Room) -> None:
    end, passed = due(room), timedelta()
    for number in range(60):
        room.clock.advance(HOUR)
        passed += HOUR
        jump = (DAY, -YEAR, 40 * YEAR, timedelta(), 3 * DAY)[number % 5]
        room.clock.set(MONDAY + passed + jump)
        state = room.sweep().state
        assert state is HoldState.SEALED or MONDAY + passed >= end
    room.clock.set(MONDAY + passed)
    assert room.sweep().state is HoldState.RELEASED


def test_a_computer_that_slept_over_the_end_releases_when_it_wakes(room: Room) -> None:
    """The uptime counts sleep, so this is time that has passed."""
    room.clock.advance(3 * DAY)
    assert room.sweep().state is HoldState.RELEASED


def test_sleep_that_no_clock_has_counted_is_made_up_for_by_the_next_mail(room: Room) -> None:
    """A virtual machine that was stopped: the time of day jumps, the uptime does not."""
    room.clock.set(MONDAY + 3 * DAY)
    assert room.sweep().state is HoldState.SEALED
    room.deliver(2, text="Lunch on Friday?\r\n")
    assert room.sweep().state is HoldState.RELEASED


def test_a_mail_that_came_before_the_end_proves_nothing_of_it(room: Room) -> None:
    room.clock.set(MONDAY + 3 * DAY)
    room.deliver(2, text="Lunch on Friday?\r\n", at=due(room) - MINUTE)
    assert room.sweep().state is HoldState.SEALED
    room.clock.advance(MINUTE)
    assert room.sweep().state is HoldState.RELEASED


def test_uptime_that_runs_while_the_time_of_day_stands_still_ends_nothing_early(room: Room) -> None:
    room.clock.advance(3 * DAY)
    room.clock.set(MONDAY)
    assert room.sweep().state is HoldState.SEALED


def test_a_computer_that_was_off_over_the_end_releases_once_its_clock_has_settled(room: Room) -> None:
    room.clock.restart(3 * DAY, 2 * MINUTE)
    assert room.sweep().state is HoldState.SEALED
    room.clock.advance(8 * MINUTE)
    assert room.sweep().state is HoldState.RELEASED


def test_a_clock_that_was_set_forward_is_not_believed_after_a_restart_either(room: Room) -> None:
    room.clock.set(MONDAY + 2 * DAY)
    assert room.sweep().state is HoldState.SEALED
    room.clock.restart(MINUTE, HOUR)
    assert room.sweep().state is HoldState.SEALED


def test_the_next_look_is_planned_by_the_time_that_has_passed_not_by_what_the_clock_says(room: Room) -> None:
    end = due(room)
    assert next_due(room.desk) == end
    room.clock.set(end + DAY)
    assert next_due(room.desk) == end
    room.sweep()
    assert next_due(room.desk) == end


def test_a_rejection_that_comes_while_the_clock_is_ahead_is_held_as_any_other(room: Room) -> None:
    """Not taken for one whose cooldown was over before it was seen."""
    room.clock.set(MONDAY + 30 * DAY)
    room.deliver(2, at=MONDAY + MINUTE)
    room.sweep()
    assert [hold.state for hold in room.desk.ledger.holds()] == [HoldState.SEALED, HoldState.SEALED]
    room.clock.advance(47 * HOUR)
    room.sweep()
    assert [hold.state for hold in room.desk.ledger.holds()] == [HoldState.SEALED, HoldState.SEALED]


def test_a_draft_that_is_missing_is_not_given_up_because_the_clock_was_set_forward(room: Room) -> None:
    """A client may have it open: two looks ten minutes apart are ten minutes apart."""
    (draft,) = room.person.drafts()
    room.person.flag("Drafts", draft.uid, r"\Deleted")
    assert room.sweep().missing_since == MONDAY
    room.clock.set(MONDAY + DAY)
    assert room.sweep().state is HoldState.SEALED
    room.clock.advance(10 * MINUTE)
    assert room.sweep().state is HoldState.DISCARDED


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_zone_changed_while_a_draft_is_held_moves_neither_its_end_nor_its_release(
    room: Room, zone: str
) -> None:
    end = due(room)
    (draft,) = room.person.drafts()
    assert draft.head.subject.startswith(f"[held until {shown(end, room.desk.policy.hours)}] ")
    room.desk = zoned(room, zone)
    room.clock.advance(end - MONDAY - timedelta(seconds=1))
    assert room.sweep().state is HoldState.SEALED
    assert due(room) == end
    room.clock.advance(timedelta(seconds=1))
    assert room.sweep().state is HoldState.RELEASED
    (draft,) = room.person.drafts()
    assert draft.head.subject == "Re: Your application as Night Baker"


def test_working_hours_changed_while_a_draft_is_held_do_not_move_its_end(room: Room) -> None:
    end = due(room)
    hours = WorkingHours(
        zone=ZoneInfo("Europe/Berlin"),
        opens=time(0),
        closes=time(0, 30),
        days=frozenset({6}),
        is_holiday=lambda _: True,
    )
    room.desk = replace(room.desk, policy=replace(room.desk.policy, hours=hours))
    room.clock.advance(end - MONDAY)
    assert room.sweep().state is HoldState.RELEASED
