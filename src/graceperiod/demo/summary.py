"""What was played, ordered for those who read it: people and scripts are told the same."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graceperiod.app.told import Told
from graceperiod.core.category import Category
from graceperiod.core.draft import split
from graceperiod.core.hold import Hold, HoldState
from graceperiod.core.record import Event
from graceperiod.demo.part import Part
from graceperiod.demo.person import StoredMail
from graceperiod.demo.play import Played

_OUTCOMES: Mapping[HoldState, str] = {
    HoldState.PLANNED: "not in Drafts yet",
    HoldState.SEALED: "still held",
    HoldState.RELEASED: "ready to send",
    HoldState.TAKEN_OVER: "yours",
    HoldState.SENT: "sent by you",
    HoldState.DISCARDED: "deleted by you",
    HoldState.ANSWERED_ELSEWHERE: "answered early",
}
_STEPS: Mapping[str, str] = {
    "hold_sealed": "held",
    "edited": "you edited it",
    "taken_over": "you addressed it",
    "hold_released": "released",
    "release_unverified": "released, look at it",
    "nudge": "still unsent",
    "hold_sent": "you sent it",
    "hold_discarded": "you deleted it",
    "hold_answered_elsewhere": "you answered",
}
"""What events are called where there is little room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undrafted:
    """A mail that was marked but got no draft.

    Args:
        reason: a sentence, the same for mails of one kind.
        detail: what is particular to this mail; may be empty.
    """

    mail: Told
    reason: str
    detail: str
    rules: tuple[str, ...]


def outcome(hold: Hold) -> str:
    """How it ended, or where it stands."""
    words = _OUTCOMES[hold.state]
    return f"{words}, your words kept" if hold.state is HoldState.RELEASED and hold.is_edited else words


def steps(mail: Told) -> tuple[tuple[Event, str], ...]:
    """What happened to the reply, each with a few words."""
    return tuple((event, _STEPS[event.kind]) for event in mail.events if event.kind in _STEPS)


def sender(mail: Told) -> str:
    """The name of whoever wrote it, else the address."""
    address = mail.message.sender
    return (address.display_name or address.addr_spec) if address else "nobody"


def marks(played: Played) -> Iterator[tuple[str, Told]]:
    """The marks that stand on the server, each with its mail, by mark and arrival."""
    mails = {mail.message.uid: mail for mail in played.mails}
    found = (
        (keyword, mails[stored.uid])
        for stored in played.inbox
        for keyword in stored.flags
        if keyword.startswith("gp-") and stored.uid in mails
    )
    yield from sorted(found, key=lambda pair: (pair[0], pair[1].message.arrived_at))


def undrafted(played: Played) -> Iterator[Undrafted]:
    """The mails that got no draft, by arrival."""
    for mail in played.mails:
        for event in mail.events:
            if event.kind in {"no_draft", "unreadable"}:
                # The reason of an unsure mail ends in figures of its own, which would be a group of its own.
                is_unsure = mail.verdict is not None and mail.verdict.is_unsure
                reason, _, detail = event.reason.partition(" (") if is_unsure else (event.reason, "", "")
                yield Undrafted(mail=mail, reason=reason, detail=detail.rstrip(")"), rules=event.rules)


def left_alone(played: Played) -> Counter[Category]:
    """Mails that were read and neither marked nor answered, by what they were taken for."""
    verdicts = (mail.verdict for mail in played.mails if not mail.events)
    return Counter(verdict.category for verdict in verdicts if verdict is not None)


def example(played: Played) -> tuple[Told, StoredMail | None] | None:
    """The reply to look at closely, with its draft once it was released: the edited one, if there is one."""
    released = [m for m in played.held if m.hold is not None and m.hold.released is not None]
    edited = played.deed(Part.EDIT)
    if edited is not None and edited[1] in released:
        return edited[1], _released_draft(played, edited[1])
    for mail in released:
        return mail, _released_draft(played, mail)
    acted = [mail for mail in played.mails if mail.verdict is not None and mail.verdict.evidence]
    best = max(acted, key=lambda m: (m.hold is not None, m.verdict.acts if m.verdict else 0), default=None)
    return (best, None) if best else None


def draft_text(draft: StoredMail) -> tuple[tuple[tuple[str, str], ...], str]:
    """The header fields that matter in a reply, decoded, and the body."""
    from email.parser import BytesHeaderParser
    from email.policy import default

    fields = BytesHeaderParser(policy=default).parsebytes(split(draft.raw)[0])
    names = ("From", "To", "Subject", "In-Reply-To")
    return tuple((name, str(fields[name])) for name in names if fields[name]), draft.body


def _released_draft(played: Played, mail: Told) -> StoredMail | None:
    token = mail.hold.released.message_id if mail.hold and mail.hold.released else None
    found = (d for look in reversed(played.looks) for d in look.drafts if d.head.message_id == token)
    return next(found, None)
