"""What every clock keeps, and what the one that is set by hand adds."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from graceperiod.adapters.clock import SetClock, SystemClock
from graceperiod.ports import Clock

T0 = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(params=[SystemClock, lambda: SetClock(T0)], ids=["system", "set"])
def clock(request: pytest.FixtureRequest) -> Clock:
    made: Clock = request.param()
    return made


def test_now_is_aware_and_in_utc(clock: Clock) -> None:
    assert clock.now().tzinfo is UTC


def test_the_uptime_never_runs_backwards_within_one_start_of_the_computer(clock: Clock) -> None:
    readings = [clock.uptime() for _ in range(100)]
    assert [r.elapsed for r in readings] == sorted(r.elapsed for r in readings)
    assert len({r.boot for r in readings}) == 1


def test_the_systems_uptime_is_the_kernels_also_in_another_process() -> None:
    code = "from graceperiod.adapters.clock import SystemClock as C; u = C().uptime(); print(u.boot, u.elapsed.total_seconds())"
    before = SystemClock().uptime()
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    after = SystemClock().uptime()
    if sys.platform in {"linux", "darwin"}:
        assert other[0] == before.boot == after.boot
        assert before.elapsed.total_seconds() <= float(other[1]) <= after.elapsed.total_seconds()
    else:
        assert other[0] != before.boot


def test_setting_the_time_of_day_does_not_change_the_systems_uptime() -> None:
    before = SystemClock().uptime()
    with time_machine.travel(T0 + timedelta(days=365), tick=False):
        assert SystemClock().uptime().elapsed - before.elapsed < timedelta(minutes=1)


def test_the_systems_clock_tells_the_systems_time() -> None:
    with time_machine.travel(T0, tick=False):
        assert SystemClock().now() == T0


def test_a_set_clock_stands_still_until_time_passes() -> None:
    clock = SetClock(T0)
    assert clock.now() == clock.now() == T0
    began = clock.uptime()
    clock.advance(timedelta(hours=48, microseconds=1))
    assert clock.now() == T0 + timedelta(hours=48, microseconds=1)
    assert clock.uptime().elapsed - began.elapsed == timedelta(hours=48, microseconds=1)


def test_setting_the_clock_back_takes_no_time() -> None:
    clock = SetClock(T0)
    clock.advance(timedelta(minutes=1))
    before = clock.uptime()
    clock.set(datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == T0 - timedelta(hours=1)
    assert clock.now().tzinfo is UTC
    assert clock.uptime() == before


def test_two_set_clocks_are_clocks_of_one_computer() -> None:
    first, second = SetClock(T0).uptime(), SetClock(T0 + timedelta(days=2)).uptime()
    assert (first.boot, second.elapsed - first.elapsed) == (second.boot, timedelta(days=2))


def test_a_restart_takes_the_time_for_which_the_computer_is_off() -> None:
    clock = SetClock(T0)
    before = clock.uptime()
    clock.restart(timedelta(hours=8), timedelta(minutes=3))
    assert clock.now() == T0 + timedelta(hours=8, minutes=3)
    assert clock.uptime().elapsed == timedelta(minutes=3)
    assert clock.uptime().boot != before.boot


def test_time_cannot_be_advanced_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        SetClock(T0).advance(timedelta(seconds=-1))


def test_a_clock_is_not_set_to_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SetClock(T0.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        SetClock(T0).set(T0.replace(tzinfo=None))


def test_no_advance_is_lost_among_threads() -> None:
    clock = SetClock(T0)

    def advance() -> None:
        for _ in range(1000):
            clock.advance(timedelta(seconds=1))

    threads = [threading.Thread(target=advance) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert clock.now() == T0 + timedelta(seconds=4000)
