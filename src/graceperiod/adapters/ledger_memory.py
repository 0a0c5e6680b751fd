"""A ledger that forgets everything at the end: for `scan`, which changes nothing, and for tests."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from graceperiod.core.annotation import Annotation, AnnotationSource
from graceperiod.core.application import Application
from graceperiod.core.hold import Hold
from graceperiod.core.mailbox import HighWater
from graceperiod.core.marking import Marking
from graceperiod.core.record import Direction, Effect, EffectKind, Event, MessageRecord
from graceperiod.core.trusted_time import TrustedTime
from graceperiod.core.verdict import Verdict
from graceperiod.errors import LedgerError

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")
_Uid = tuple[str, str, int, int]
_Undo = Callable[[], object]


class MemoryLedger:
    """The ledger in memory. Implements `ports.Ledger`, its checks and its transactions included."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._undo: list[_Undo] | None = None
        self._is_closed = False
        self._marks: dict[tuple[str, str], HighWater] = {}
        self._messages: dict[int, MessageRecord] = {}
        self._numbers_by_uid: dict[_Uid, int] = {}
        self._numbers_by_message_id: dict[tuple[str, str], tuple[int, ...]] = {}
        self._replies: dict[tuple[str, str], tuple[int, ...]] = {}
        self._verdicts: dict[int, Verdict] = {}
        self._annotations: dict[int, Annotation] = {}
        self._applications: dict[int, Application] = {}
        self._holds: dict[int, Hold] = {}
        self._effects: dict[int, Effect] = {}
        self._events: dict[int, Event] = {}
        self._trusted_times: dict[str, TrustedTime] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Writes inside happen together; an exception undoes them all. Other threads wait."""
        with self._lock:
            self._check_is_open()
            if self._undo is not None:
                msg = "a transaction of the ledger does not nest"
                raise RuntimeError(msg)
            self._undo = []
            try:
                yield
                self._check_is_open()
            except BaseException:
                for undo in reversed(self._undo):
                    undo()
                raise
            finally:
                self._undo = None

    def high_water(self, account: str, mailbox: str) -> HighWater | None:
        """The mark up to which a mailbox was read; None if never."""
        with self._open():
            return self._marks.get((account, mailbox))

    def save_high_water(self, account: str, mark: HighWater) -> None:
        """Write the mark, replacing an older one."""
        with self._open():
            self._put(self._marks, (account, mark.mailbox), mark)

    def add_message(self, message: MessageRecord) -> MessageRecord:
        """The record with its number; the one already there if the same uid of that mailbox is known."""
        with self._open():
            uid = (message.account, message.mailbox, message.uid_validity, message.uid)
            if uid in self._numbers_by_uid:
                return self._messages[self._numbers_by_uid[uid]]
            self._check_exist(application=message.application)
            record = self._add(self._messages, message)
            assert record.id is not None  # noqa: S101 - _add gave it
            self._put(self._numbers_by_uid, uid, record.id)
            if message.message_id is not None:
                self._file(self._numbers_by_message_id, (message.account, message.message_id), record.id)
            if message.direction is Direction.SENT:
                for ref in {*message.references, *message.in_reply_to}:
                    self._file(self._replies, (message.account, ref), record.id)
            return record

    def message(self, number: int) -> MessageRecord | None:
        """One record by its number."""
        with self._open():
            return self._messages.get(number)

    def find_messages(self, account: str, message_id: str) -> tuple[MessageRecord, ...]:
        """All records with that Message-ID, oldest arrival first."""
        with self._open():
            return self._by_arrival(self._numbers_by_message_id.get((account, message_id), ()))

    def replies_to(self, account: str, message_id: str) -> tuple[MessageRecord, ...]:
        """Sent messages whose References or In-Reply-To name that Message-ID, oldest arrival first."""
        with self._open():
            return self._by_arrival(self._replies.get((account, message_id), ()))

    def messages(self, account: str | None = None, *, limit: int = 1000) -> tuple[MessageRecord, ...]:
        """The newest records by arrival, newest first."""
        with self._open():
            found = self._by_arrival(n for n, m in self._messages.items() if account in {None, m.account})
            return found[::-1][: max(limit, 0)]

    def add_verdict(self, message: int, verdict: Verdict, *, at: datetime) -> None:
        """Keep a verdict; the last one written counts, whatever the clock said."""
        with self._open():
            _aware(at)
            self._check_exist(message=message)
            self._put(self._verdicts, message, verdict)

    def verdict(self, message: int) -> Verdict | None:
        """The newest verdict of a message."""
        with self._open():
            return self._verdicts.get(message)

    def add_annotation(self, annotation: Annotation) -> Annotation:
        """The annotation with a new number, in the place of that mail's earlier one from the same source."""
        with self._open():
            self._check_exist(message=annotation.message)
            number = max(self._annotations, default=0) + 1
            kept: Annotation = replace(_kept(annotation), id=number)
            self._drop_annotation(annotation.message, annotation.source)
            self._put(self._annotations, number, kept)
            return kept

    def save_annotation(self, annotation: Annotation) -> None:
        """Write an annotation that has a number; `LedgerError` if there is none of that number."""
        with self._open():
            _need(annotation.id, self._annotations, "annotations")
            self._put(self._annotations, annotation.id, _kept(annotation))

    def remove_annotation(self, message: int, source: AnnotationSource) -> None:
        """Take back what that source said of a mail; harmless if it said nothing."""
        with self._open():
            self._drop_annotation(message, source)

    def annotation(self, message: int) -> Annotation | None:
        """What counts of what was said of a mail: what was written last, whatever the clock said."""
        with self._open():
            return self._counting().get(message)

    def annotations(self, account: str | None = None) -> tuple[Annotation, ...]:
        """What counts of every mail that something was said of, in the order in which it was written."""
        with self._open():
            found = self._counting().values()
            counting = [a for a in found if account in {None, self._messages[a.message].account}]
            return tuple(sorted(counting, key=lambda annotation: annotation.id or 0))

    def unread_annotations(
        self, account: str, *, feature_version: int, limit: int = 50
    ) -> tuple[Annotation, ...]:
        """Those of `annotations` whose features are missing or of another version, as many as asked for."""
        unread = [a for a in self.annotations(account) if a.feature_version != feature_version]
        return tuple(unread[: max(limit, 0)])

    def markings(
        self, account: str, mailbox: str, *, uid_validity: int, since: datetime, limit: int
    ) -> tuple[Marking, ...]:
        """The newest judged mails of a mailbox that arrived at `since` or later, newest first."""
        with self._open():
            place = (account, mailbox, uid_validity)
            judged = [
                number
                for number in self._verdicts
                if _place(self._messages[number]) == place and self._messages[number].arrived_at >= since
            ]
            newest = self._by_arrival(judged)[::-1][: max(limit, 0)]
            return tuple(self._marking(message) for message in newest)

    def add_application(self, application: Application) -> Application:
        """The application with its number."""
        with self._open():
            return self._add(self._applications, application)

    def save_application(self, application: Application) -> None:
        """Write an application that has a number; `LedgerError` if there is none of that number."""
        with self._open():
            _need(application.id, self._applications, "applications")
            self._put(self._applications, application.id, _kept(application))

    def application(self, number: int) -> Application | None:
        """One application by its number."""
        with self._open():
            return self._applications.get(number)

    def applications(self, account: str | None = None) -> tuple[Application, ...]:
        """All applications, the one with the newest mail first."""
        with self._open():
            found = [a for a in self._applications.values() if account in {None, a.account}]
            return tuple(sorted(found, key=_by_newest_mail, reverse=True))

    def assign(self, message: int, application: int) -> None:
        """Say that a message belongs to an application; `LedgerError` if either is unknown."""
        with self._open():
            _need(message, self._messages, "messages")
            _need(application, self._applications, "applications")
            self._put(self._messages, message, replace(self._messages[message], application=application))

    def application_of(self, account: str, message_ids: Iterable[str]) -> Application | None:
        """The application of a mail with one of these Message-IDs; of several that with the newest mail."""
        with self._open():
            numbers = {
                self._messages[number].application
                for message_id in message_ids
                for number in self._numbers_by_message_id.get((account, message_id), ())
            }
            found = [self._applications[number] for number in numbers if number is not None]
            return max(found, key=_by_newest_mail, default=None)

    def add_hold(self, hold: Hold) -> Hold:
        """The hold with its number.

        Raises:
            LedgerError: that account has a hold for that parent already (RULES A7).
        """
        with self._open():
            self._check_is_only(hold, None)
            self._check_exist(message=hold.message, application=hold.application)
            return self._add(self._holds, hold)

    def save_hold(self, hold: Hold) -> None:
        """Write a hold that has a number; `LedgerError` if there is none of that number."""
        with self._open():
            self._check_is_only(hold, hold.id)
            _need(hold.id, self._holds, "holds")
            self._check_exist(message=hold.message, application=hold.application)
            self._put(self._holds, hold.id, _kept(hold))

    def hold(self, number: int) -> Hold | None:
        """One hold by its number."""
        with self._open():
            return self._holds.get(number)

    def holds(self, account: str | None = None, *, is_open: bool | None = None) -> tuple[Hold, ...]:
        """Holds by the time of their release; `is_open` keeps those that have not ended (or have)."""
        with self._open():
            found = [
                hold
                for hold in self._holds.values()
                if account in {None, hold.account} and is_open in {None, not hold.state.is_end}
            ]
            return tuple(sorted(found, key=lambda hold: (hold.release_at, hold.id)))

    def add_effect(self, effect: Effect) -> Effect:
        """The effect with its number, written before it is carried out."""
        with self._open():
            self._check_exist(message=effect.message, hold=effect.hold)
            return self._add(self._effects, effect)

    def finish_effect(self, number: int, *, at: datetime, result: str) -> None:
        """Say what came of an effect; the last word counts. `LedgerError` if it is unknown."""
        with self._open():
            _need(number, self._effects, "effects")
            finished = replace(self._effects[number], finished_at=_aware(at), result=result)
            self._put(self._effects, number, finished)

    def pending_effects(self, account: str) -> tuple[Effect, ...]:
        """Effects that were intended and not finished, in the order in which they were written."""
        with self._open():
            return tuple(e for e in self._effects.values() if e.account == account and e.finished_at is None)

    def log(self, event: Event) -> None:
        """Append an event; nothing here changes or removes one."""
        with self._open():
            self._check_exist(message=event.message, hold=event.hold, application=event.application)
            self._put(self._events, len(self._events) + 1, _kept(event))

    def events(
        self, *, message: int | None = None, hold: int | None = None, limit: int = 1000
    ) -> tuple[Event, ...]:
        """The newest events about that message or that hold, of either if both are named, else any.

        In the order in which they were written, whatever the clock said.
        """
        with self._open():
            is_any = message is None and hold is None
            found = [
                event
                for event in self._events.values()
                if is_any
                or (message is not None and event.message == message)
                or (hold is not None and event.hold == hold)
            ]
            return tuple(found[-limit:] if limit > 0 else ())

    def trusted_time(self, account: str) -> TrustedTime | None:
        """The last reading of the clocks that was saved for the account; None if there was none."""
        with self._open():
            return self._trusted_times.get(account)

    def save_trusted_time(self, account: str, trusted: TrustedTime) -> None:
        """Write a reading of the clocks in the place of the last one."""
        with self._open():
            at, shown_at = _aware(trusted.at), _aware(trusted.shown_at)
            self._put(self._trusted_times, account, replace(trusted, at=at, shown_at=shown_at))

    def close(self) -> None:
        """Refuse all further use; never raises."""
        with self._lock:
            self._is_closed = True

    @contextmanager
    def _open(self) -> Iterator[None]:
        """The turn of one thread. Methods check all before they write, so each is whole or nothing."""
        with self._lock:
            self._check_is_open()
            yield

    def _check_is_open(self) -> None:
        if self._is_closed:
            msg = "the ledger was closed already"
            raise LedgerError(msg)

    def _put(self, table: dict[_Key, _Value], key: Any, value: _Value) -> None:
        if self._undo is not None:
            if key in table:
                old = table[key]
                self._undo.append(lambda: table.__setitem__(key, old))
            else:
                self._undo.append(lambda: table.__delitem__(key))
        table[key] = value

    def _add(self, table: dict[int, _Value], value: Any) -> _Value:
        number = len(table) + 1
        self._put(table, number, replace(_kept(value), id=number))
        return table[number]

    def _drop_annotation(self, message: int, source: AnnotationSource) -> None:
        place = (message, source)
        number = next((n for n, a in self._annotations.items() if (a.message, a.source) == place), None)
        if number is not None:
            found = self._annotations.pop(number)
            if self._undo is not None:
                self._undo.append(lambda: self._annotations.__setitem__(number, found))

    def _counting(self) -> dict[int, Annotation]:
        """By message what was written last."""
        return {found.message: found for _, found in sorted(self._annotations.items())}

    def _marking(self, message: MessageRecord) -> Marking:
        assert message.id is not None  # noqa: S101 - it is in the ledger
        marks = (e for e in self._effects.values() if e.kind is EffectKind.MARK)
        said = (a for a in self._annotations.values() if a.source is AnnotationSource.KEYWORD)
        return Marking(
            message=message.id,
            uid=message.uid,
            effects=tuple(e for e in marks if e.message == message.id),
            said=next((a.statement for a in said if a.message == message.id), None),
        )

    def _file(self, index: dict[_Key, tuple[int, ...]], key: Any, number: int) -> None:
        self._put(index, key, (*index.get(key, ()), number))

    def _by_arrival(self, numbers: Iterable[int]) -> tuple[MessageRecord, ...]:
        found = [self._messages[number] for number in numbers]
        return tuple(sorted(found, key=lambda m: (m.arrived_at, m.id)))

    def _check_is_only(self, hold: Hold, own: int | None) -> None:
        for other in self._holds.values():
            if (other.account, other.parent_id) == (hold.account, hold.parent_id) and other.id != own:
                msg = f"that mail has hold {other.id} already: one rejection, one draft (RULES A7)"
                raise LedgerError(msg)

    def _check_exist(
        self, *, message: int | None = None, application: int | None = None, hold: int | None = None
    ) -> None:
        """Raise `LedgerError` if one of these, where it is not None, is not in the ledger."""
        if message is not None:
            _need(message, self._messages, "messages")
        if application is not None:
            _need(application, self._applications, "applications")
        if hold is not None:
            _need(hold, self._holds, "holds")


def _need(number: int | None, table: Mapping[int, object], name: str) -> None:
    if number not in table:
        msg = f"the ledger's {name} have no number {number}"
        raise LedgerError(msg)


def _place(message: MessageRecord) -> tuple[str, str, int]:
    return message.account, message.mailbox, message.uid_validity


def _by_newest_mail(application: Application) -> tuple[datetime, int]:
    return application.last_mail_at, application.id or 0


def _kept(value: Any) -> Any:
    """The value with its instants in UTC and its mapping, if any, out of the caller's reach."""
    changed: dict[str, Any] = {}
    for field in fields(value):
        content = getattr(value, field.name)
        if isinstance(content, datetime):
            changed[field.name] = _aware(content)
        elif isinstance(content, dict):
            changed[field.name] = dict(content)
    return replace(value, **changed)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        msg = "an instant without a time zone"
        raise ValueError(msg)
    return at.astimezone(UTC)
