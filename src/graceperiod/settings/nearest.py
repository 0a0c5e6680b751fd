"""Suggests what a misspelt name was meant to be."""

import difflib
from collections.abc import Iterable


def nearest(written: str, valid: Iterable[str]) -> str:
    """` (did you mean "x"?)` for the valid name that looks most alike, else an empty text."""
    by_lower = {name.lower(): name for name in valid}
    close = difflib.get_close_matches(written[:_LONGEST].lower(), by_lower, n=1, cutoff=_CUTOFF)
    return f' (did you mean "{by_lower[close[0]]}"?)' if close else ""


_CUTOFF = 0.6
"""The library's own default: one or two slips in a short word."""

_LONGEST = 60
"""Characters compared; no valid name is longer."""
