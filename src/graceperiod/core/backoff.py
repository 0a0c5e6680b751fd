"""How long to wait before the next attempt to reach a server."""

from datetime import timedelta

_FIRST = timedelta(seconds=8)
_LONGEST = timedelta(minutes=60)


def backoff(failures: int) -> timedelta:
    """8 s after the first failure in a row, doubled with each further one, at most 60 min.

    Args:
        failures: in a row, 1 or more; a success starts the count afresh.
    """
    return min(_FIRST * (1 << min(failures - 1, 16)), _LONGEST)
