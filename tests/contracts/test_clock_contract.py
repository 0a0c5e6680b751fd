"""What every clock keeps, and what the one that is set by hand adds."""

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


def test_the_seconds_never_run_backwards(clock: Clock) -> None:
    readings = [clock.monotonic_s() for _ in range(100)]
    assert readings == sorted(readings)


def test_the_systems_clock_tells_the_systems_time() -> None:
    with time_machine.travel(T0, tick=False):
        assert SystemClock().now() == T0


def test_a_set_clock_stands_still_until_time_passes() -> None:
    clock = SetClock(T0)
    assert clock.now() == clock.now() == T0
    clock.advance(timedelta(hours=48, microseconds=1))
    assert clock.now() == T0 + timedelta(hours=48, microseconds=1)
    assert clock.monotonic_s() == pytest.approx(172800.000001)


def test_setting_the_clock_back_takes_no_time() -> None:
    clock = SetClock(T0)
    clock.advance(timedelta(minutes=1))
    clock.set(datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == T0 - timedelta(hours=1)
    assert clock.now().tzinfo is UTC
    assert clock.monotonic_s() == 60


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
