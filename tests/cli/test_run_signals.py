"""Signals that come while the daemon's main thread waits for them, or has just been woken by one."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from graceperiod.cli.run import _Signals

NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@pytest.fixture
def signals() -> Iterator[_Signals]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    yield _Signals()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_no_signal_finds_the_main_thread_where_it_would_wait_for_itself(signals: _Signals) -> None:
    """An Event that a handler sets has moments in which it does: a few in a thousand signals."""
    me, done = os.getpid(), threading.Event()

    def send() -> None:
        for _ in range(5000):
            os.kill(me, signal.SIGHUP)
        done.set()

    sender = threading.Thread(target=send)
    sender.start()
    woken = 0
    while not done.is_set():
        signals.set()
        signals.wait()
        woken += 1
    sender.join()
    assert woken
    assert signals.is_reload_wanted
    assert not signals.is_stopped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_asks_for_the_end_ends_the_wait(signals: _Signals, number: int) -> None:
    threading.Timer(0.05, os.kill, (os.getpid(), number)).start()
    signals.wait()
    assert signals.is_stopped
