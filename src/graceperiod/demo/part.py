"""What the user does in the demo's story, each thing once, to a held draft of their choice."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from graceperiod.core.draft import split
from graceperiod.core.hold import Hold, HoldState
from graceperiod.demo.person import Person, answers


class Part(StrEnum):
    """The things that a user may do to a held draft, in the order of the story."""

    ANSWER_EARLY = "answer_early"
    """Answer the mail from the phone, while the draft is held."""
    DELETE = "delete"
    EDIT = "edit"
    SEND = "send"
    """Send a draft after its release."""


WHEN: Mapping[Part, timedelta] = {
    Part.ANSWER_EARLY: timedelta(hours=10, minutes=30),
    Part.DELETE: timedelta(days=1, hours=10, minutes=30),
    Part.EDIT: timedelta(days=1, hours=11),
    Part.SEND: timedelta(days=2, hours=9),
}
"""From the start of the story: the first evening, the second, and the third afternoon."""

CAST: Mapping[Part, str] = {
    Part.ANSWER_EARLY: "pennywhistle-rejection",
    Part.DELETE: "quayside-rejection",
    Part.EDIT: "hollowbrook-rejection",
    Part.SEND: "nordwerk-absage",
}
"""The letter of the story whose draft is meant, if there is one; else another one has to serve."""

_STATE = {Part.SEND: HoldState.RELEASED}
_OWN_WORDS = {
    "en": "I learned a good deal from our talks — more than I expected to,\nand I mean to use it.  \n\n",
    "de": "Ich habe aus unseren Gesprächen viel gelernt — mehr, als ich\nerwartet hatte.  \n\n",
}
"""With a dash and with spaces at the end of a line, as people write: nothing of it may change."""

_FROM_THE_PHONE = {
    "en": "Thank you for telling me yourself. All the best to you.\n\nRobin\n\nSent from my phone\n",
    "de": "Danke, dass Sie mir selbst geschrieben haben. Alles Gute!\n\nRobin\n\nVom Handy gesendet\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What the user has done.

    Args:
        at: aware UTC.
        hold: number of the hold; None where there was no draft to do it to.
        raw: the draft as the user left it; None if it is no draft any more.
    """

    part: Part
    at: datetime
    hold: int | None
    raw: bytes | None = None


def choose(
    part: Part, holds: Iterable[Hold], meant: Mapping[Part, str], used: Container[int | None]
) -> Hold | None:
    """The hold to do it to: the one that is meant, else one that is meant for nothing, else any, or None.

    Args:
        meant: Message-IDs of the letters that each part is meant for.
        used: numbers of the holds that something was done to.
    """
    state = _STATE.get(part, HoldState.SEALED)
    found = [hold for hold in holds if hold.state is state]
    fresh = [hold for hold in found if hold.id not in used] or (found if part is Part.SEND else [])
    others = set(meant.values()) - {meant[part]}
    return min(fresh, key=lambda h: (h.parent_id != meant[part], h.parent_id in others), default=None)


def do(part: Part, hold: Hold, person: Person) -> bytes | None:
    """Do it; the draft as it stands in Drafts afterwards, None if there is none any more."""
    own = answers(hold.parent_id)
    match part:
        case Part.ANSWER_EARLY:
            parent = next(m for m in person.stored("INBOX") if m.head.message_id == hold.parent_id)
            person.write_reply(parent.raw, _FROM_THE_PHONE[hold.language])
        case Part.DELETE:
            person.delete_draft(own)
        case Part.SEND:
            person.send_draft(own)
        case Part.EDIT:
            message_id = person.edit_draft(own, lambda text: _in_own_words(text, hold.language))
            return next(d.raw for d in person.drafts() if d.head.message_id == message_id)
    return None


def body(raw: bytes) -> bytes:
    """What follows the header, to the byte."""
    return split(raw)[2]


def _in_own_words(text: str, language: str) -> str:
    """The text with a paragraph of the user's own after the greeting."""
    greeting, gap, rest = text.partition("\n\n")
    return greeting + gap + _OWN_WORDS[language] + rest
