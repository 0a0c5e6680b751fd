"""What the steps need from the world, as protocols; each has one contract suite in `tests/contracts`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from graceperiod.core.annotation import Annotation, AnnotationSource
from graceperiod.core.application import Application
from graceperiod.core.hold import Hold
from graceperiod.core.mail import Mail
from graceperiod.core.mailbox import HighWater, Mailbox, MailboxStatus, MarkMethod
from graceperiod.core.marking import Marking
from graceperiod.core.record import Effect, Event, MessageRecord
from graceperiod.core.trusted_time import TrustedTime
from graceperiod.core.uptime import Uptime
from graceperiod.core.verdict import Verdict


class Clock(Protocol):
    """The only source of the time of day, so that it can be compressed in the demo and set in tests."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...

    def uptime(self) -> Uptime:
        """How long the computer has been on, sleep included; setting the time of day does not change it."""
        ...


class Wake(Protocol):
    """A flag that ends a wait: something is to be looked at, or the end has come."""

    def fileno(self) -> int:
        """A file descriptor that is readable while the flag is up, to be waited for beside a connection."""
        ...

    def set(self) -> None:
        """Raise the flag; from any thread."""
        ...

    def clear(self) -> None:
        """Take the flag down."""
        ...

    def is_set(self) -> bool:
        """Whether the flag is up."""
        ...

    def wait(self, timeout_s: float) -> bool:
        """True as soon as the flag is up, False after `timeout_s` seconds."""
        ...

    def close(self) -> None:
        """Give back what it holds; it is of no use afterwards."""
        ...


class Log(Protocol):
    """Where the daemon says what it does: facts as keywords; no body, address or secret. structlog fits."""

    def debug(self, event: str, **facts: object) -> object:
        """For finding faults."""
        ...

    def info(self, event: str, **facts: object) -> object:
        """What was done."""
        ...

    def warning(self, event: str, **facts: object) -> object:
        """What went wrong and is tried again."""
        ...

    def error(self, event: str, **facts: object) -> object:
        """What went wrong and needs somebody."""
        ...


class MailReader(Protocol):
    """Turns raw mail into values; bounded in time and memory whatever the mail is."""

    def read(self, raw: bytes, *, arrived_at: datetime, size_bytes: int | None = None) -> Mail:
        """The mail, with its defects.

        Args:
            raw: the message, or the header and text parts of it (RFC 5322).
            arrived_at: aware UTC.
            size_bytes: of the whole message, where `raw` is only a part of it.

        Raises:
            MessageError: it cannot be read at all.
        """
        ...


class Judge(Protocol):
    """The classifier: a mail in, a verdict out; no clock, no network, no state."""

    @property
    def model(self) -> str:
        """Name and version of the model, such as `jobmail-v1`."""
        ...

    def judge(self, mail: Mail) -> Verdict:
        """The verdict with its evidence. Never raises, however odd the mail is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A message as fetched: header and text parts only, reassembled, never an attachment.

    Args:
        raw: None where the server announced the message but would not give it.
        internal_date: aware UTC (RFC 9051 section 2.3.3).
        flags: system flags and keywords, in lower case.
        size_bytes: RFC822.SIZE.
    """

    uid: int
    raw: bytes | None
    internal_date: datetime
    flags: frozenset[str]
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedHead:
    """The few header fields that tell drafts and replies apart.

    Args:
        header: the raw fields Message-ID, In-Reply-To, References, From, To, Cc, Bcc, Subject, Date.
        internal_date: aware UTC.
    """

    uid: int
    header: bytes
    internal_date: datetime
    flags: frozenset[str]
    size_bytes: int


class MailStore(Protocol):
    """One connection to one account. Used by one thread.

    Every method may raise `Unreachable` (the connection is gone; what was asked may have happened),
    `Refused` (the server said no) and, where it takes `uid_validity`, `Resync` (it is another one now).
    """

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server can do, in upper case, as it said after the login."""
        ...

    def mailboxes(self) -> tuple[Mailbox, ...]:
        """All mailboxes that the server lists."""
        ...

    def status(self, mailbox: str) -> MailboxStatus:
        """The mailbox as it is now, selected afresh."""
        ...

    def uids(self, mailbox: str, *, uid_validity: int, above: int, since: datetime | None) -> tuple[int, ...]:
        """Uids over `above`, ascending; with `since`, of messages that arrived on that day or later."""
        ...

    def fetch(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Iterator[FetchedMail]:
        """Header and text parts of each message that is still there, in the order of `uids`, in batches."""
        ...

    def heads(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> tuple[FetchedHead, ...]:
        """The few header fields of each message that is still there."""
        ...

    def whole(self, mailbox: str, uid: int, *, uid_validity: int) -> bytes | None:
        """The message byte for byte; None if it is not there. For drafts only."""
        ...

    def mark(self, mailbox: str, uid: int, keyword: str, *, uid_validity: int, method: MarkMethod) -> bool:
        """Set the mark and read it back: True only if it is seen to be there."""
        ...

    def marks(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Mapping[int, frozenset[str]]:
        """Flags and keywords, lower case, of each message that is still there."""
        ...

    def append(self, mailbox: str, raw: bytes, *, flags: tuple[str, ...], uid_validity: int) -> int | None:
        """Add a message and return its uid, None where the server did not say (RFC 4315).

        `Refused` does not prove that nothing was stored: look before trying again.
        """
        ...

    def remove(self, mailbox: str, uid: int, *, uid_validity: int) -> bool:
        r"""Remove one message by its uid: True if it was seen to be gone afterwards.

        Never expunges anything else (promise 4): without UIDPLUS the message is moved to Trash if the server
        can move, else only flagged `\Deleted`.
        """
        ...

    def wait(self, mailbox: str, *, uid_validity: int, timeout: timedelta, wake: Wake) -> bool:
        """Wait for a sign of change (IDLE, RFC 2177); True if there may be something new.

        A hint only. Returns at the latest after `timeout`, and soon after `wake` is set. Where the server
        has no IDLE it just waits.
        """
        ...

    def close(self) -> None:
        """Log out if possible; never raises."""
        ...


class Ledger(Protocol):
    """The local store. Safe to use from several threads; every write is durable when its method returns.

    Methods may raise `LedgerError`. Inside `transaction()` all writes become durable together, at its end,
    or not at all.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Writes inside become durable together; an exception undoes them all. Does not nest."""
        ...

    def high_water(self, account: str, mailbox: str) -> HighWater | None:
        """The mark up to which a mailbox was read; None if never."""
        ...

    def save_high_water(self, account: str, mark: HighWater) -> None:
        """Write the mark, replacing an older one."""
        ...

    def add_message(self, message: MessageRecord) -> MessageRecord:
        """The record with its number; the one already there if the same uid of that mailbox is known."""
        ...

    def message(self, number: int) -> MessageRecord | None:
        """One record by its number."""
        ...

    def find_messages(self, account: str, message_id: str) -> tuple[MessageRecord, ...]:
        """All records with that Message-ID, oldest first."""
        ...

    def replies_to(self, account: str, message_id: str) -> tuple[MessageRecord, ...]:
        """Sent messages whose References or In-Reply-To name that Message-ID, oldest first."""
        ...

    def messages(self, account: str | None = None, *, limit: int = 1000) -> tuple[MessageRecord, ...]:
        """The newest records by arrival, newest first."""
        ...

    def add_verdict(self, message: int, verdict: Verdict, *, at: datetime) -> None:
        """Keep a verdict; the newest one of a message counts."""
        ...

    def verdict(self, message: int) -> Verdict | None:
        """The newest verdict of a message."""
        ...

    def add_annotation(self, annotation: Annotation) -> Annotation:
        """The annotation with a new number, in the place of that mail's earlier one from the same source.

        Raises:
            LedgerError: there is no such mail.
        """
        ...

    def save_annotation(self, annotation: Annotation) -> None:
        """Write an annotation that has a number, such as with its features; what counts stays."""
        ...

    def remove_annotation(self, message: int, source: AnnotationSource) -> None:
        """Take back what that source said of a mail; harmless if it said nothing."""
        ...

    def annotation(self, message: int) -> Annotation | None:
        """What counts of what was said of a mail: what was written last, whatever the clock said."""
        ...

    def annotations(self, account: str | None = None) -> tuple[Annotation, ...]:
        """What counts of every mail that something was said of, in the order in which it was written."""
        ...

    def unread_annotations(
        self, account: str, *, feature_version: int, limit: int = 50
    ) -> tuple[Annotation, ...]:
        """Those of `annotations` whose features are missing or of another version, as many as asked for."""
        ...

    def markings(
        self, account: str, mailbox: str, *, uid_validity: int, since: datetime, limit: int
    ) -> tuple[Marking, ...]:
        """The newest judged mails of a mailbox that arrived at `since` or later, newest first."""
        ...

    def add_application(self, application: Application) -> Application:
        """The application with its number."""
        ...

    def save_application(self, application: Application) -> None:
        """Write an application that has a number."""
        ...

    def application(self, number: int) -> Application | None:
        """One application by its number."""
        ...

    def applications(self, account: str | None = None) -> tuple[Application, ...]:
        """All applications, the one with the newest mail first."""
        ...

    def assign(self, message: int, application: int) -> None:
        """Say that a message belongs to an application."""
        ...

    def application_of(self, account: str, message_ids: Iterable[str]) -> Application | None:
        """The application that a message with one of these Message-IDs belongs to; the newest of several."""
        ...

    def add_hold(self, hold: Hold) -> Hold:
        """The hold with its number.

        Raises:
            LedgerError: that account has a hold for that parent already (RULES A7).
        """
        ...

    def save_hold(self, hold: Hold) -> None:
        """Write a hold that has a number."""
        ...

    def hold(self, number: int) -> Hold | None:
        """One hold by its number."""
        ...

    def holds(self, account: str | None = None, *, is_open: bool | None = None) -> tuple[Hold, ...]:
        """Holds by the time of their release; `is_open` keeps those that have not ended (or have)."""
        ...

    def add_effect(self, effect: Effect) -> Effect:
        """The effect with its number, written before it is carried out."""
        ...

    def finish_effect(self, number: int, *, at: datetime, result: str) -> None:
        """Say what came of an effect."""
        ...

    def pending_effects(self, account: str) -> tuple[Effect, ...]:
        """Effects that were intended and not finished, oldest first."""
        ...

    def log(self, event: Event) -> None:
        """Append an event; events are never changed or removed."""
        ...

    def events(
        self, *, message: int | None = None, hold: int | None = None, limit: int = 1000
    ) -> tuple[Event, ...]:
        """The newest events about a message or a hold (or any), oldest first."""
        ...

    def trusted_time(self, account: str) -> TrustedTime | None:
        """The last reading of the clocks that was saved for the account; None if there was none."""
        ...

    def save_trusted_time(self, account: str, trusted: TrustedTime) -> None:
        """Write a reading of the clocks in the place of the last one."""
        ...

    def close(self) -> None:
        """Close the store; never raises."""
        ...


class Passwords(Protocol):
    """Where an account's password comes from."""

    def password(self, account: str) -> str:
        """The password.

        Raises:
            CredentialError: there is none, it is locked away, or its command failed.
        """
        ...


class Templates(Protocol):
    """The texts of replies."""

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 of the languages that every template exists in."""
        ...

    def render(self, template: str, *, language: str, slots: Mapping[str, str | None]) -> str:
        """The text of a reply, ends with a line end.

        Args:
            template: its name without language, such as `tier2`.
            slots: text only, never template source; None for what is not known.

        Raises:
            UserError: a template of the user's that cannot be rendered; says which line.
        """
        ...


Progress = Callable[[int, int | None], None]
"""Called with the number of things done and their total, None where that is not known."""
