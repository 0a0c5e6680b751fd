"""What a life has come to: what two runs are compared by."""

import re
from dataclasses import dataclass

from crash.world import World
from graceperiod.adapters.ledger_sqlite import SqliteLedger
from graceperiod.core.hold import Hold
from graceperiod.core.record import MessageRecord
from graceperiod.demo.person import StoredMail

_RANDOM = re.compile(rb"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
"""Message-IDs are random in every run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Mailboxes byte for byte but for random ids, and what the ledger means, without its numbers."""

    drafts: tuple[tuple[bytes, frozenset[str]], ...]
    sent: tuple[bytes, ...]
    inbox: tuple[tuple[bytes, frozenset[str]], ...]
    trash: tuple[bytes, ...]
    holds: tuple[object, ...]
    messages: tuple[object, ...]
    events: tuple[object, ...]
    pending: int


def outcome(world: World) -> Outcome:
    """Of the world as it is now."""
    person = world.person
    holds, messages, events, pending = world.read_ledger(_told)
    return Outcome(
        drafts=tuple(sorted(map(_kept, person.drafts()), key=lambda kept: kept[0])),
        sent=tuple(sorted(_kept(mail)[0] for mail in person.stored("Sent"))),
        inbox=tuple(sorted(map(_kept, person.stored("INBOX")), key=lambda kept: kept[0])),
        trash=tuple(sorted(_kept(mail)[0] for mail in person.stored("Trash"))),
        holds=holds,
        messages=messages,
        events=events,
        pending=pending,
    )


def uids(world: World) -> tuple[int, ...]:
    """Of all drafts: a second resume must not even replace one by its like."""
    return tuple(mail.uid for mail in world.person.drafts())


def _kept(mail: StoredMail) -> tuple[bytes, frozenset[str]]:
    return _RANDOM.sub(b"RANDOM", mail.raw), mail.flags - {"\\recent"}


_Told = tuple[tuple[object, ...], tuple[object, ...], tuple[object, ...], int]


def _told(ledger: SqliteLedger) -> _Told:
    holds = tuple(map(_hold, ledger.holds()))
    messages = tuple(
        (m.message_id or "", m.mailbox, _verdict(ledger, m), m.subject) for m in ledger.messages()
    )
    events = tuple(sorted((e.kind, e.reason, e.rules) for e in ledger.events()))
    return holds, _without_random(messages), events, len(ledger.pending_effects("work"))


def _verdict(ledger: SqliteLedger, message: MessageRecord) -> str:
    found = ledger.verdict(message.id) if message.id is not None else None
    return found.category.value if found else ""


def _without_random(messages: tuple[tuple[str, ...], ...]) -> tuple[object, ...]:
    return tuple(
        sorted(tuple(_RANDOM.sub(b"RANDOM", text.encode()).decode() for text in row) for row in messages)
    )


def _hold(hold: Hold) -> object:
    return (
        hold.parent_id,
        hold.state,
        hold.is_edited,
        hold.is_sealed,
        hold.recipient.addr_spec,
        hold.planned_at,
        hold.release_at,
        hold.released_at,
        hold.nudged_at,
        hold.ended_at,
        hold.missing_since,
        hold.body,
    )
