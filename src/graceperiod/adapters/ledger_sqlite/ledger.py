"""The `Ledger` port over one SQLite store."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from graceperiod.adapters.ledger_sqlite import rows
from graceperiod.adapters.ledger_sqlite.lock import StoreLock
from graceperiod.adapters.ledger_sqlite.store import Parameters, SqlValue, Store
from graceperiod.core.annotation import Annotation, AnnotationSource
from graceperiod.core.application import Application
from graceperiod.core.hold import Hold, HoldState
from graceperiod.core.mailbox import HighWater
from graceperiod.core.marking import Marking
from graceperiod.core.record import Direction, Effect, EffectKind, Event, MessageRecord
from graceperiod.core.trusted_time import TrustedTime
from graceperiod.core.verdict import Verdict
from graceperiod.errors import LedgerError

_Value = TypeVar("_Value")

_ENDS = ", ".join(f"'{state}'" for state in HoldState if state.is_end)

_COUNTS = "NOT EXISTS (SELECT 1 FROM annotations AS b WHERE b.message = a.message AND b.id > a.id)"
"""Of what several sources say of one mail, what was written last."""

_BATCH = 500
"""Values bound to one statement. Chosen: under the 999 that every build of SQLite allows."""


class SqliteLedger:
    """The ledger in a SQLite file; made by `open_ledger`. Implements `ports.Ledger`.

    Args:
        lock: released when the ledger is closed; None where it was opened for reading.
        notices: what was put right while opening, in sentences for the user.
    """

    def __init__(self, store: Store, *, lock: StoreLock | None = None, notices: tuple[str, ...] = ()) -> None:
        self._store = store
        self._lock = lock
        self.notices = notices

    def transaction(self) -> AbstractContextManager[None]:
        """Writes inside become durable together; an exception undoes them all. Other threads wait."""
        return self._store.transaction()

    def high_water(self, account: str, mailbox: str) -> HighWater | None:
        """The mark up to which a mailbox was read; None if never."""
        found = self._store.rows("SELECT * FROM mailboxes WHERE account = ? AND name = ?", (account, mailbox))
        return _first(rows.parsed(found, rows.high_water_of))

    def save_high_water(self, account: str, mark: HighWater) -> None:
        """Write the mark, replacing an older one."""
        with self._store.step():
            self._know(account)
            self._insert("INSERT OR REPLACE INTO mailboxes", rows.high_water_row(account, mark))

    def add_message(self, message: MessageRecord) -> MessageRecord:
        """The record with its number; the one already there if the same uid of that mailbox is known."""
        with self._store.step():
            known = self._messages(
                "WHERE account = ? AND mailbox = ? AND uid_validity = ? AND uid = ?",
                (message.account, message.mailbox, message.uid_validity, message.uid),
            )
            if known:
                return known[0]
            self._know(message.account)
            number = self._insert("INSERT INTO messages", rows.message_row(message))
            self._refer(number, "in-reply-to", message.in_reply_to)
            self._refer(number, "references", message.references)
        return replace(message, id=number)

    def message(self, number: int) -> MessageRecord | None:
        """One record by its number."""
        return _first(self._messages("WHERE id = ?", (number,)))

    def find_messages(self, account: str, message_id: str) -> tuple[MessageRecord, ...]:
        """All records with that Message-ID, oldest arrival first."""
        return self._messages(
            "WHERE account = ? AND message_id = ? ORDER BY +arrived_at, id", (account, message_id)
        )

    def replies_to(self, account: str, message_id: str) -> tuple[MessageRecord, ...]:
        """Sent messages whose References or In-Reply-To name that Message-ID, oldest arrival first."""
        # The + keeps SQLite from walking all mail of the account instead of the few that name the id.
        return self._messages(
            "WHERE id IN (SELECT message FROM message_references WHERE ref = ?)"
            " AND +account = ? AND direction = ? ORDER BY +arrived_at, id",
            (message_id, account, Direction.SENT),
        )

    def messages(self, account: str | None = None, *, limit: int = 1000) -> tuple[MessageRecord, ...]:
        """The newest records by arrival, newest first."""
        where, parameters = _of_account(account)
        return self._messages(
            f"{where} ORDER BY arrived_at DESC, id DESC LIMIT ?", (*parameters, max(limit, 0))
        )

    def add_verdict(self, message: int, verdict: Verdict, *, at: datetime) -> None:
        """Keep a verdict; the last one written counts, whatever the clock said."""
        with self._store.step():
            self._insert("INSERT INTO verdicts", rows.verdict_row(message, verdict, at))

    def verdict(self, message: int) -> Verdict | None:
        """The newest verdict of a message."""
        found = self._store.rows(
            "SELECT * FROM verdicts WHERE message = ? ORDER BY id DESC LIMIT 1", (message,)
        )
        return _first(rows.parsed(found, rows.verdict_of))

    def add_annotation(self, annotation: Annotation) -> Annotation:
        """The annotation with a new number, in the place of that mail's earlier one from the same source."""
        with self._store.step():
            number = self._insert("INSERT OR REPLACE INTO annotations", rows.annotation_row(annotation))
        return replace(annotation, id=number)

    def save_annotation(self, annotation: Annotation) -> None:
        """Write an annotation that has a number; `LedgerError` if there is none of that number."""
        with self._store.step():
            self._update("annotations", annotation.id, rows.annotation_row(annotation))

    def remove_annotation(self, message: int, source: AnnotationSource) -> None:
        """Take back what that source said of a mail; harmless if it said nothing."""
        with self._store.step():
            self._store.run("DELETE FROM annotations WHERE message = ? AND source = ?", (message, source))

    def annotation(self, message: int) -> Annotation | None:
        """What counts of what was said of a mail: what was written last, whatever the clock said."""
        found = self._store.rows(
            "SELECT * FROM annotations WHERE message = ? ORDER BY id DESC LIMIT 1", (message,)
        )
        return _first(rows.parsed(found, rows.annotation_of))

    def annotations(self, account: str | None = None) -> tuple[Annotation, ...]:
        """What counts of every mail that something was said of, in the order in which it was written."""
        where, parameters = _of_account(account)
        return self._annotations(
            f"WHERE message IN (SELECT id FROM messages {where}) AND {_COUNTS} ORDER BY id",  # noqa: S608
            parameters,
        )

    def unread_annotations(
        self, account: str, *, feature_version: int, limit: int = 50
    ) -> tuple[Annotation, ...]:
        """Those of `annotations` whose features are missing or of another version, as many as asked for."""
        return self._annotations(
            "WHERE message IN (SELECT id FROM messages WHERE account = ?)"  # noqa: S608 - our own words
            f" AND feature_version IS NOT ? AND {_COUNTS} ORDER BY id LIMIT ?",
            (account, feature_version, max(limit, 0)),
        )

    def markings(
        self, account: str, mailbox: str, *, uid_validity: int, since: datetime, limit: int
    ) -> tuple[Marking, ...]:
        """The newest judged mails of a mailbox that arrived at `since` or later, newest first."""
        found = self._store.rows(
            "SELECT id, uid FROM messages AS m WHERE account = ? AND arrived_at >= ? AND mailbox = ?"
            " AND uid_validity = ? AND EXISTS (SELECT 1 FROM verdicts WHERE message = m.id)"
            " ORDER BY arrived_at DESC, id DESC LIMIT ?",
            (account, rows.micros(since), mailbox, uid_validity, max(limit, 0)),
        )
        numbers = [row["id"] for row in found]
        effects: dict[int | None, list[Effect]] = defaultdict(list)
        for effect in rows.parsed(
            self._of_messages("effects", f"kind = '{EffectKind.MARK}'", numbers), rows.effect_of
        ):
            effects[effect.message].append(effect)
        said = {
            row["message"]: row
            for row in self._of_messages("annotations", f"source = '{AnnotationSource.KEYWORD}'", numbers)
        }

        def parse(row: sqlite3.Row) -> Marking:
            word = said.get(row["id"])
            return Marking(
                message=row["id"],
                uid=row["uid"],
                effects=tuple(effects[row["id"]]),
                said=None if word is None else rows.statement_of(word),
            )

        return rows.parsed(found, parse)

    def add_application(self, application: Application) -> Application:
        """The application with its number."""
        with self._store.step():
            self._know(application.account)
            number = self._insert("INSERT INTO applications", rows.application_row(application))
        return replace(application, id=number)

    def save_application(self, application: Application) -> None:
        """Write an application that has a number; `LedgerError` if there is none of that number."""
        with self._store.step():
            self._know(application.account)
            self._update("applications", application.id, rows.application_row(application))

    def application(self, number: int) -> Application | None:
        """One application by its number."""
        return _first(self._applications("WHERE id = ?", (number,)))

    def applications(self, account: str | None = None) -> tuple[Application, ...]:
        """All applications, the one with the newest mail first."""
        where, parameters = _of_account(account)
        return self._applications(f"{where} ORDER BY last_mail_at DESC, id DESC", parameters)

    def assign(self, message: int, application: int) -> None:
        """Say that a message belongs to an application; `LedgerError` if either is unknown."""
        with self._store.step():
            self._update("messages", message, {"application": application})

    def application_of(self, account: str, message_ids: Iterable[str]) -> Application | None:
        """The application of a mail with one of these Message-IDs; of several that with the newest mail."""
        found: list[Application] = []
        for batch in _batches(tuple(dict.fromkeys(message_ids))):
            found += self._applications(
                "WHERE id IN (SELECT application FROM messages"  # noqa: S608 - our own words
                f" WHERE message_id IN ({_marks(batch)}) AND account = ?)",
                (*batch, account),
            )
        return max(found, key=lambda a: (a.last_mail_at, a.id), default=None)

    def add_hold(self, hold: Hold) -> Hold:
        """The hold with its number.

        Raises:
            LedgerError: that account has a hold for that parent already (RULES A7).
        """
        with self._store.step():
            self._check_is_only(hold, None)
            self._know(hold.account)
            number = self._insert("INSERT INTO holds", rows.hold_row(hold))
        return replace(hold, id=number)

    def save_hold(self, hold: Hold) -> None:
        """Write a hold that has a number; `LedgerError` if there is none of that number."""
        with self._store.step():
            self._check_is_only(hold, hold.id)
            self._know(hold.account)
            self._update("holds", hold.id, rows.hold_row(hold))

    def hold(self, number: int) -> Hold | None:
        """One hold by its number."""
        return _first(self._holds("WHERE id = ?", (number,)))

    def holds(self, account: str | None = None, *, is_open: bool | None = None) -> tuple[Hold, ...]:
        """Holds by the time of their release; `is_open` keeps those that have not ended (or have)."""
        where, parameters = _of_account(account)
        if is_open is not None:
            where += f" AND state {'NOT ' if is_open else ''}IN ({_ENDS})"
        return self._holds(f"{where} ORDER BY release_at, id", parameters)

    def add_effect(self, effect: Effect) -> Effect:
        """The effect with its number, written before it is carried out."""
        with self._store.step():
            self._know(effect.account)
            number = self._insert("INSERT INTO effects", rows.effect_row(effect))
        return replace(effect, id=number)

    def finish_effect(self, number: int, *, at: datetime, result: str) -> None:
        """Say what came of an effect; the last word counts. `LedgerError` if it is unknown."""
        with self._store.step():
            self._update("effects", number, {"finished_at": rows.micros(at), "result": result})

    def pending_effects(self, account: str) -> tuple[Effect, ...]:
        """Effects that were intended and not finished, in the order in which they were written."""
        found = self._store.rows(
            "SELECT * FROM effects WHERE account = ? AND finished_at IS NULL ORDER BY id", (account,)
        )
        return rows.parsed(found, rows.effect_of)

    def log(self, event: Event) -> None:
        """Append an event; events are never changed or removed, the store's triggers see to it."""
        with self._store.step():
            self._know(event.account)
            self._insert("INSERT INTO events", rows.event_row(event))

    def events(
        self, *, message: int | None = None, hold: int | None = None, limit: int = 1000
    ) -> tuple[Event, ...]:
        """The newest events about that message or that hold, of either if both are named, else any.

        In the order in which they were written, whatever the clock said.
        """
        about: dict[str, SqlValue] = {"message": message, "hold": hold}
        named = [f"{column} = :{column}" for column, number in about.items() if number is not None]
        where = f"WHERE {' OR '.join(named)}" if named else ""
        found = self._store.rows(
            f"SELECT * FROM events {where} ORDER BY id DESC LIMIT :limit",  # noqa: S608 - our own words
            {**about, "limit": max(limit, 0)},
        )
        return rows.parsed(reversed(found), rows.event_of)

    def trusted_time(self, account: str) -> TrustedTime | None:
        """The last reading of the clocks that was saved for the account; None if there was none."""
        found = self._store.rows("SELECT * FROM trusted_times WHERE account = ?", (account,))
        return _first(rows.parsed(found, rows.trusted_time_of))

    def save_trusted_time(self, account: str, trusted: TrustedTime) -> None:
        """Write a reading of the clocks in the place of the last one."""
        with self._store.step():
            self._know(account)
            self._insert("INSERT OR REPLACE INTO trusted_times", rows.trusted_time_row(account, trusted))

    def close(self) -> None:
        """Close the store and let the next process have it; never raises."""
        self._store.close()
        if self._lock is not None:
            self._lock.release()

    def _know(self, account: str) -> None:
        self._store.run("INSERT OR IGNORE INTO accounts (name) VALUES (?)", (account,))

    def _insert(self, verb: str, row: rows.Row) -> int:
        """Insert a row and return its number. Column names are ours, from `rows`."""
        cursor = self._store.run(f"{verb} ({', '.join(row)}) VALUES (:{', :'.join(row)})", row)
        return cursor.lastrowid or 0

    def _update(self, table: str, number: int | None, row: rows.Row) -> None:
        changes = ", ".join(f"{column} = :{column}" for column in row)
        cursor = self._store.run(
            f"UPDATE {table} SET {changes} WHERE id = :id",  # noqa: S608 - our own words
            {**row, "id": number},
        )
        if cursor.rowcount != 1:
            msg = f"the ledger's {table} have no number {number}"
            raise LedgerError(msg)

    def _refer(self, message: int, header: str, references: tuple[str, ...]) -> None:
        for position, ref in enumerate(references):
            row: rows.Row = {"message": message, "header": header, "position": position, "ref": ref}
            self._insert("INSERT INTO message_references", row)

    def _check_is_only(self, hold: Hold, own: int | None) -> None:
        other = self._holds("WHERE account = ? AND parent_id = ?", (hold.account, hold.parent_id))
        if other and other[0].id != own:
            msg = f"that mail has hold {other[0].id} already: one rejection, one draft (RULES A7)"
            raise LedgerError(msg)

    def _annotations(self, where: str, parameters: Parameters) -> tuple[Annotation, ...]:
        found = self._store.rows(f"SELECT * FROM annotations AS a {where}", parameters)  # noqa: S608
        return rows.parsed(found, rows.annotation_of)

    def _of_messages(self, table: str, where: str, messages: Sequence[int]) -> Iterator[sqlite3.Row]:
        """The rows of a table that are about these messages, by number."""
        for batch in _batches(messages):
            yield from self._store.rows(
                f"SELECT * FROM {table} WHERE {where} AND message IN ({_marks(batch)})"  # noqa: S608
                " ORDER BY id",
                batch,
            )

    def _applications(self, where: str, parameters: Parameters) -> tuple[Application, ...]:
        found = self._store.rows(f"SELECT * FROM applications {where}", parameters)  # noqa: S608
        return rows.parsed(found, rows.application_of)

    def _holds(self, where: str, parameters: Parameters) -> tuple[Hold, ...]:
        return rows.parsed(self._store.rows(f"SELECT * FROM holds {where}", parameters), rows.hold_of)  # noqa: S608

    def _messages(self, where: str, parameters: Parameters) -> tuple[MessageRecord, ...]:
        # A message and its references are written together and never changed: two queries see the same.
        found = self._store.rows(f"SELECT * FROM messages {where}", parameters)  # noqa: S608
        references = self._references([row["id"] for row in found])

        def parse(row: sqlite3.Row) -> MessageRecord:
            return rows.message_of(
                row,
                in_reply_to=tuple(references[row["id"], "in-reply-to"]),
                references=tuple(references[row["id"], "references"]),
            )

        return rows.parsed(found, parse)

    def _references(self, messages: Sequence[int]) -> dict[tuple[int, str], list[str]]:
        """The references of these messages, in order, by number and header."""
        references: dict[tuple[int, str], list[str]] = defaultdict(list)
        for batch in _batches(messages):
            for row in self._store.rows(
                f"SELECT * FROM message_references WHERE message IN ({_marks(batch)})"  # noqa: S608
                " ORDER BY message, header, position",
                batch,
            ):
                references[row["message"], row["header"]].append(row["ref"])
        return references


def _of_account(account: str | None) -> tuple[str, tuple[str, ...]]:
    return ("WHERE true", ()) if account is None else ("WHERE account = ?", (account,))


def _first(values: tuple[_Value, ...]) -> _Value | None:
    return values[0] if values else None


def _batches(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
