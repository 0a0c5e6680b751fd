"""Mailboxes and the mark up to which one has been read (RFC 9051 section 2.3.1, RFC 6154, RFC 7162)."""

from dataclasses import dataclass
from enum import StrEnum


class SpecialUse(StrEnum):
    r"""Special-use attributes that we look for; compared without case (RFC 6154; Cyrus sends `\drafts`)."""

    DRAFTS = "\\drafts"
    SENT = "\\sent"
    TRASH = "\\trash"
    JUNK = "\\junk"
    ALL = "\\all"
    ARCHIVE = "\\archive"


class MarkMethod(StrEnum):
    """How a mark reaches the user on this mailbox; what worked is remembered."""

    KEYWORD = "keyword"
    GMAIL_LABEL = "gmail_label"
    COPY = "copy"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    r"""A mailbox as the server lists it.

    Args:
        name: decoded, as the user sees it.
        special_uses: attributes of RFC 6154 that we know.
        is_selectable: neither `\Noselect` nor `\NonExistent`.
    """

    name: str
    special_uses: frozenset[SpecialUse]
    is_selectable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxStatus:
    r"""What SELECT told of a mailbox.

    Args:
        uid_validity: uids mean nothing under another value.
        uid_next: no message that is appended from now on gets a smaller uid.
        highest_modseq: None where CONDSTORE is missing.
        exists: number of messages.
        accepts_keywords: PERMANENTFLAGS has `\*`.
        is_read_only: opened by EXAMINE, or the server said READ-ONLY.
    """

    uid_validity: int
    uid_next: int
    highest_modseq: int | None
    exists: int
    accepts_keywords: bool
    is_read_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HighWater:
    """The mark up to which a mailbox has been read.

    Args:
        mailbox: its name.
        uid_validity: of the mailbox when `last_uid` was written.
        last_uid: every message with this uid or a smaller one is in the ledger or older than the look-back.
        highest_modseq: as last seen; None where CONDSTORE is missing.
        mark_method: what worked for marks here; None until tried.
        marks_modseq: HIGHESTMODSEQ when all marks were last looked at; None if never, or without CONDSTORE.
    """

    mailbox: str
    uid_validity: int
    last_uid: int
    highest_modseq: int | None = None
    mark_method: MarkMethod | None = None
    marks_modseq: int | None = None
