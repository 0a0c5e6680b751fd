"""Subjects of replies and of held drafts (RFC 5322 section 3.6.5)."""

import re

from graceperiod.core.address import one_line

_REPLY_PREFIX = re.compile(
    r"^(?:\s*(?:re|aw|antw|sv|vs|rif|r|odp)\s*(?:\[\d{1,3}\])?\s*[:：]\s*)+", re.IGNORECASE
)
"""`Re:` and what clients of other languages write for it, once or often."""

_HELD_PREFIX = re.compile(r"^\s*\[held until [^\]]{1,60}\]\s*")

_MOST_CHARACTERS = 400
"""Chosen: a subject that is longer is no subject; a draft's stays well within one header."""


def reply_subject(parent: str) -> str:
    """`Re: ` and the parent's subject, whose own reply prefixes are not piled up."""
    base = _REPLY_PREFIX.sub("", one_line(parent))[:_MOST_CHARACTERS].strip()
    return f"Re: {base}" if base else "Re:"


def held_subject(subject: str, shown_until: str) -> str:
    """The subject while the draft is held: `[held until Tue 24 Nov 09:00] Re: ...`."""
    return f"[held until {shown_until}] {subject}"


def is_held(subject: str) -> bool:
    """Whether the hold prefix still stands."""
    return bool(_HELD_PREFIX.match(subject))


def without_hold(subject: str) -> str:
    """The subject without the hold prefix; what the user made of the rest stays."""
    return _HELD_PREFIX.sub("", subject, count=1)
