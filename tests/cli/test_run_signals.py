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
    found = _Signals()
    yield found
    found.close()
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


def test_a_signal_that_another_thread_is_given_is_not_lost(signals: _Signals) -> None:
    """The kernel may give it to any thread; Python's handler runs in the main one, which must wake for it."""

    def take_it() -> None:
        signal.pthread_kill(threading.get_ident(), signal.SIGHUP)

    threading.Timer(0.05, take_it).start()
    signals.wait()
    assert signals.is_reload_wanted
