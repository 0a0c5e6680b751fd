"""Watches every account, each in its own thread, until it is asked to stop or all have stopped."""

import threading
from collections.abc import Iterable
from typing import Protocol

from graceperiod.app.desk import Desk
from graceperiod.app.watch import Signals, watch
from graceperiod.errors import UserError


class Flag(Protocol):
    """What is raised when something has happened; `threading.Event` is one."""

    def set(self) -> None:
        """Raise it; from any thread."""
        ...


class Daemon:
    """The watchers of all accounts.

    Args:
        desks: one for each account.
        ended: set when the last watcher has ended, or one has failed.
    """

    def __init__(self, desks: Iterable[Desk], ended: Flag) -> None:
        self._ended = ended
        self._signals: list[Signals] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._stopped_accounts: dict[str, UserError] = {}
        self._failure: BaseException | None = None
        for desk in desks:
            signals = Signals(desk.new_wake())
            thread = threading.Thread(
                target=self._watch, args=(desk, signals), name=f"account-{desk.account.name}", daemon=True
            )
            self._signals.append(signals)
            self._threads.append(thread)
        self._running = len(self._threads)

    def start(self) -> None:
        """Start watching."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Have every account look again now."""
        for signals in self._signals:
            signals.wake.set()

    def stop(self) -> None:
        """Ask every watcher to end, and wait until each has finished the step it is at."""
        for signals in self._signals:
            signals.end()
        for thread in self._threads:
            thread.join()
        for signals in self._signals:
            signals.wake.close()
        self._signals.clear()

    @property
    def is_over(self) -> bool:
        """Whether every watcher has ended, or one has failed."""
        with self._lock:
            return self._running == 0 or self._failure is not None

    def stopped_accounts(self) -> dict[str, UserError]:
        """The accounts that only the user can bring back, each with its reason.

        Raises:
            LedgerError: the store failed; everything has to stop.
            Exception: a watcher met a bug of ours.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            return dict(self._stopped_accounts)

    def _watch(self, desk: Desk, signals: Signals) -> None:
        try:
            error = watch(desk, signals)
            with self._lock:
                if error is not None:
                    self._stopped_accounts[desk.account.name] = error
        except BaseException as failure:
            with self._lock:
                self._failure = self._failure or failure
            self._ended.set()
        finally:
            with self._lock:
                self._running -= 1
                is_last = self._running == 0
            if is_last:
                self._ended.set()
