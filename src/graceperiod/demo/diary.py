"""What the watcher is heard to do: its log, and when it waits; so the demo never has to guess a time."""

import threading
import time
from collections.abc import Callable

_LIMIT_S = 10.0
"""Chosen: a hundred times what a sweep takes on loopback; whoever takes longer is stuck."""

_LOOK_AGAIN_S = 0.25
"""For what is said by no event, such as a watcher that has ended."""


class Diary:
    """Implements `ports.Log`; safe to use from several threads.

    A round is one sweep, or several, from one wait for news to the next.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._changes = 0
        self._rounds = 0
        self._is_waiting = False
        self._signs = 0
        self._troubles: list[str] = []

    def debug(self, event: str, **facts: object) -> None:
        """Something happened; what, is asked of ledger and server."""
        self._note()

    def info(self, event: str, **facts: object) -> None:
        """Something was done; what, is asked of ledger and server."""
        self._note()

    def warning(self, event: str, **facts: object) -> None:
        """Something went wrong."""
        told = [event.replace("_", " "), *(str(facts[key]) for key in ("reason", "said") if key in facts)]
        with self._changed:
            self._troubles.append(": ".join(told))
        self._note()

    error = warning

    def wait_began(self) -> None:
        """The watcher has nothing left to do, and listens."""
        with self._changed:
            self._rounds += 1
            self._is_waiting = True
        self._note()

    def wait_ended(self, *, is_sign: bool) -> None:
        """The watcher does something again; `is_sign` if the server told it to."""
        with self._changed:
            self._is_waiting = False
            self._signs += is_sign
        self._note()

    @property
    def signs(self) -> int:
        """How often a wait was ended by the server (IDLE, RFC 2177)."""
        return self._signs

    @property
    def troubles(self) -> tuple[str, ...]:
        """Warnings and errors, in order."""
        with self._changed:
            return tuple(self._troubles)

    def is_waiting(self) -> bool:
        """Whether the watcher listens now."""
        return self._is_waiting

    def next_whole_round(self) -> Callable[[], bool]:
        """Tells whether a round that began after now is over."""
        with self._changed:
            wanted = self._rounds + (1 if self._is_waiting else 2)
        return lambda: self._is_waiting and self._rounds >= wanted

    def until(self, is_so: Callable[[], bool], *, meanwhile: Callable[[], object]) -> None:
        """Return as soon as `is_so`, which is asked whenever something was heard.

        Args:
            meanwhile: done while nothing is heard; what it raises ends the wait.

        Raises:
            TimeoutError: it is not so after ten seconds.
        """
        ends_at_s = time.monotonic() + _LIMIT_S
        while True:
            with self._changed:
                seen = self._changes
            if is_so():
                return
            if time.monotonic() > ends_at_s:
                raise TimeoutError
            with self._changed:
                is_heard = self._changes != seen or self._changed.wait(_LOOK_AGAIN_S)
            if not is_heard:
                meanwhile()

    def _note(self) -> None:
        with self._changed:
            self._changes += 1
            self._changed.notify_all()
