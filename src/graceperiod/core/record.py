"""What the ledger keeps of mail, effects and events: facts, never bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from graceperiod.core.address import Address


class Direction(StrEnum):
    """Whether the user got a mail or wrote it."""

    RECEIVED = "received"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecord:
    """A mail as the ledger knows it; one per (account, mailbox, uid_validity, uid).

    Args:
        id: the ledger's number; None before it is written.
        sender: None where no From could be read.
        arrived_at: aware UTC.
        seen_at: aware UTC, when the program read it.
        defects: what was wrong with it; a mail that could not be read at all has only these.
    """

    id: int | None
    account: str
    mailbox: str
    uid_validity: int
    uid: int
    direction: Direction
    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Address | None
    subject: str
    arrived_at: datetime
    seen_at: datetime
    size_bytes: int
    application: int | None = None
    defects: tuple[str, ...] = ()


class EffectKind(StrEnum):
    """What is done to a mailbox; an effect is written before it is carried out."""

    MARK = "mark"
    APPEND_SEALED = "append_sealed"
    APPEND_RELEASED = "append_released"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An intended change on the server and what came of it.

    Args:
        id: the ledger's number; None before it is written.
        message, hold: the ledger's numbers it is about; None where it is not about one.
        detail: few short facts, such as `{"keyword": "gp-rejection"}`.
        finished_at: aware UTC; None while it is still to be done.
        result: in a few words what came of it; empty while it is still to be done.
    """

    id: int | None
    account: str
    kind: EffectKind
    intended_at: datetime
    message: int | None = None
    hold: int | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)
    finished_at: datetime | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, for `why` and the journal; never changed once written.

    Args:
        kind: a short name such as `hold_sealed` or `no_draft`.
        reason: a sentence for the user; no body, no secret.
        rules: rule numbers of RULES.md that decided.
    """

    account: str
    kind: str
    happened_at: datetime
    reason: str
    rules: tuple[str, ...] = ()
    message: int | None = None
    hold: int | None = None
    application: int | None = None
    detail: Mapping[str, str | int | float] = field(default_factory=dict)
