"""What SQLite reports, in sentences for the user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graceperiod.errors import LedgerBusy, LedgerDamaged, LedgerError

_SENTENCES = {
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full. Nothing of the last step was written: free some "
    "space and start Graceperiod again",
    sqlite3.SQLITE_READONLY: "cannot be written: the disk or the file is read-only, or this command only "
    "reads. Nothing was changed",
    sqlite3.SQLITE_IOERR: "could not be read or written by the system. Nothing of the last step was kept: "
    "look at the disk and its space, then start Graceperiod again",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Look at the owner and the permissions of the file and its "
    "folder, and at the space on the disk",
    sqlite3.SQLITE_NOTADB: "is not a store of Graceperiod's. It was left as it is: set another path, or move "
    "the file away",
}
"""By primary result code, after the name of the file (https://www.sqlite.org/rescode.html)."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite raises inside becomes a `LedgerError` that says what to do; values never appear in it."""
    try:
        yield
    except sqlite3.Error as error:
        raise _error(path, error) from error
    except OverflowError as error:
        msg = f"{path} cannot keep a number of more than 64 bits. Nothing was written"
        raise LedgerError(msg) from error


def damaged(path: Path, found: str) -> LedgerDamaged:
    """The error for a store whose content cannot be trusted."""
    return LedgerDamaged(
        f"{path} is damaged. It was left as it is: put back a copy, or move it away to start with an empty "
        f"store ({found})"
    )


def _error(path: Path, error: sqlite3.Error) -> LedgerError:
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return LedgerBusy(f"{path} is in use by another program. Close that program and try again")
    if primary == sqlite3.SQLITE_CORRUPT:
        return damaged(path, str(error))
    sentence = _SENTENCES.get(primary)
    if sentence is None:
        return LedgerError(f"{path} refused a step, which was undone: {error}")
    kind = LedgerDamaged if primary == sqlite3.SQLITE_NOTADB else LedgerError
    return kind(f"{path} {sentence} ({error})")
