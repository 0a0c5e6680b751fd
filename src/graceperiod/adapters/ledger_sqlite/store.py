"""One connection, one lock, one transaction at a time."""

import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from graceperiod.adapters.ledger_sqlite.told import told
from graceperiod.errors import LedgerError

SqlValue = str | int | float | None
Parameters = Sequence[SqlValue] | Mapping[str, SqlValue]

_SURROGATES = re.compile("[\ud800-\udfff]")


class Store:
    """A SQLite connection that several threads may use, each in its turn.

    Args:
        connection: opened with `isolation_level=None` and `check_same_thread=False`; closed by `close`.
        path: for messages only.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.RLock()
        self._is_in_transaction = False
        self._is_closed = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Writes inside become durable together; any exception undoes them. Other threads wait.

        Raises:
            LedgerError: it could not begin or be made durable; then nothing of it is kept.
            RuntimeError: this thread is in a transaction already.
        """
        with self._lock:
            if self._is_in_transaction:
                msg = "a transaction of the ledger does not nest"
                raise RuntimeError(msg)
            self.run("BEGIN IMMEDIATE")
            self._is_in_transaction = True
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                self._undo("ROLLBACK")
                raise
            finally:
                self._is_in_transaction = False

    @contextmanager
    def step(self) -> Iterator[None]:
        """All writes inside or none, as one transaction or as one step of the thread's own."""
        with self._lock:
            if not self._is_in_transaction:
                with self.transaction():
                    yield
                return
            self.run("SAVEPOINT step")
            try:
                yield
            except BaseException:
                self._undo("ROLLBACK TO step")
                self._undo("RELEASE step")
                raise
            self.run("RELEASE step")

    def run(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """The cursor of one statement; inside `transaction` or `step` if it writes."""
        with self._lock, told(self._path):
            self._check()
            return self._connection.execute(sql, _well_formed(parameters))

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query, read before another thread may write."""
        with self._lock, told(self._path):
            self._check()
            return self._connection.execute(sql, _well_formed(parameters)).fetchall()

    def close(self) -> None:
        """Close the connection after the transaction of another thread; an own one is undone."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                with suppress(sqlite3.Error):
                    self._connection.close()

    def _check(self) -> None:
        if self._is_closed:
            msg = f"{self._path} was closed already"
            raise LedgerError(msg)
        if self._is_in_transaction and not self._connection.in_transaction:
            # SQLite undoes a whole transaction by itself when the disk fails; what came next would be kept.
            msg = f"{self._path}: the transaction was undone by an earlier failure"
            raise LedgerError(msg)

    def _undo(self, sql: str) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute(sql)


def _well_formed(parameters: Parameters) -> Parameters:
    """The parameters with lone surrogates, which have no UTF-8 and do come in mail, as U+FFFD."""
    if isinstance(parameters, Mapping):
        return {name: _text(value) for name, value in parameters.items()}
    return tuple(_text(value) for value in parameters)


def _text(value: SqlValue) -> SqlValue:
    if not isinstance(value, str) or value.isascii():
        return value
    return _SURROGATES.sub("\ufffd", value)
