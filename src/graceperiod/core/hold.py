"""A hold: one reply kept in Drafts, unsendable, until its cooldown is over (DESIGN, "The hold")."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graceperiod.core.address import Address


class HoldState(StrEnum):
    """Where a hold stands; `sent`, `discarded` and `answered_elsewhere` are ends."""

    PLANNED = "planned"
    SEALED = "sealed"
    RELEASED = "released"
    TAKEN_OVER = "taken_over"
    """The user filled in a recipient: the draft is theirs."""
    SENT = "sent"
    DISCARDED = "discarded"
    ANSWERED_ELSEWHERE = "answered_elsewhere"

    @property
    def is_end(self) -> bool:
        """Nothing more is ever done for the hold."""
        return self in {HoldState.SENT, HoldState.DISCARDED, HoldState.ANSWERED_ELSEWHERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of a draft on the server, from the intent to append it until it was read back.

    Args:
        message_id: fresh and random, with angle brackets: the token that finds the copy after a crash.
        uid_validity: of Drafts when the intent was written.
        uid_next: of Drafts when the intent was written; the copy's uid is this or greater.
        uid: None until the copy was found on the server.
        sha256: hex digest of the bytes as read back (servers recode); None until then.
    """

    message_id: str
    uid_validity: int
    uid_next: int
    uid: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One reply to one rejection.

    Args:
        id: the ledger's number; None before it is written.
        account: the account's name in the settings.
        message: the ledger's number of the rejection.
        application: the ledger's number of the application; None where none is known.
        parent_id: Message-ID of the rejection.
        parent_references: its ancestors, oldest first.
        subject: of the reply, `Re: ...`.
        recipient: whom the reply goes to when it is released.
        reply_from: the user's own address.
        template, language: what it was written with.
        body: the text as it was planned; None once the sealed copy was read back (nothing is kept twice).
        drafts: name of the mailbox that the copies live in.
        release_at: aware UTC; the hold never ends before it (RULES T1-T4).
        is_sealed: False with the setting `seal = false`: the draft carries its recipient from the start.
        sealed: the sealed copy, or the user's successor of it; None before the intent was written.
        released: the addressed copy; None before its intent was written.
        is_edited: the user changed the draft; its body is theirs.
        missing_since: when the copy was first found gone; None while it is there.
        released_at, nudged_at, ended_at: aware UTC; None until it happens.
    """

    id: int | None
    account: str
    message: int
    application: int | None
    parent_id: str
    parent_references: tuple[str, ...]
    subject: str
    recipient: Address
    reply_from: Address
    template: str
    language: str
    body: str | None
    drafts: str
    planned_at: datetime
    release_at: datetime
    state: HoldState = HoldState.PLANNED
    is_sealed: bool = True
    sealed: Copy | None = None
    released: Copy | None = None
    is_edited: bool = False
    missing_since: datetime | None = None
    released_at: datetime | None = None
    nudged_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """What the reply's References header holds: the chain and, last, the parent (RFC 5322 3.6.4)."""
        return (*(r for r in self.parent_references if r != self.parent_id), self.parent_id)
