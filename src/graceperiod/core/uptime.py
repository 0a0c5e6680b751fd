"""How long the computer has been on: the one clock that nobody sets."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """A reading of the clock that runs from one start of the computer to the next.

    Args:
        boot: names that start; never the same for two of them.
        elapsed: since then, sleep included; setting the time of day does not change it.
    """

    boot: str
    elapsed: timedelta
