"""Waiting for what a mail client does in its own time: looked for again and again, never for ever."""

from collections.abc import Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")

WITHIN_S = 90.0
"""Far over what any client takes here (Thunderbird's start: 10 s); one that takes longer is stuck."""


def wait_for(look: Callable[[], T | None], what: str, *, within_s: float = WITHIN_S) -> T:
    """What `look` finds, as soon as that is true."""
    for _ in range(int(within_s / 0.05)):
        if found := look():
            return found
        Event().wait(0.05)
    msg = f"waited {within_s:.0f} s for {what}"
    raise AssertionError(msg)
