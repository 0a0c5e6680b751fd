"""One mail as the program knows it: parsed, bounded, with its defects (RFC 5322, RFC 3834)."""

from dataclasses import dataclass
from datetime import datetime

from graceperiod.core.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    r"""A received or sent mail, read once; nothing in it is raw any more.

    Args:
        message_id: with its angle brackets; None if missing or not of the form of RFC 5322 section 3.6.4.
        in_reply_to, references: message ids with angle brackets, in the order of the header, bounded.
        senders: From. Usually one; several or none are kept as they are.
        reply_to, to, cc: addresses, bounded.
        subject: decoded, one line, at most 998 characters.
        date_header: aware UTC; None if missing or unreadable.
        arrived_at: aware UTC, what the server or the file says of its arrival (INTERNALDATE on IMAP).
        text: all readable text, bounded, line ends as `\n`.
        said: the part of `text` that the sender says now: no quoted thread, no forwarded mail, no
            signature boilerplate. Never empty where `text` is not.
        language: ISO 639-1 of `said`, None where it cannot be told.
        auto_submitted: RFC 3834 keyword in lower case; empty if the header is absent.
        precedence: lower case; empty if absent.
        is_list: List-Id, List-Post or List-Unsubscribe is present (RFC 2919, RFC 2369).
        has_null_sender: Return-Path is `<>` (RFC 3834 section 2).
        calendar: the text of `text/calendar` parts, bounded.
        size_bytes: of the whole message on the server or in the file.
        defects: what was wrong with it, in a few words each; no text of the mail.
    """

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    senders: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date_header: datetime | None
    arrived_at: datetime
    text: str
    said: str
    language: str | None
    auto_submitted: str
    precedence: str
    is_list: bool
    has_null_sender: bool
    calendar: tuple[str, ...]
    size_bytes: int
    defects: tuple[str, ...]

    @property
    def thread(self) -> tuple[str, ...]:
        """The ids of this mail's ancestors, oldest first, each once."""
        return tuple(dict.fromkeys((*self.references, *self.in_reply_to)))
