"""Opening a store: locked, private, checked before anything is written, brought up to date."""

import os
import sqlite3
import stat
from contextlib import ExitStack, closing
from pathlib import Path

from graceperiod.adapters.ledger_sqlite.ledger import SqliteLedger
from graceperiod.adapters.ledger_sqlite.lock import StoreLock
from graceperiod.adapters.ledger_sqlite.migrate import inspect, migrate, shipped_migrations
from graceperiod.adapters.ledger_sqlite.store import Store
from graceperiod.adapters.ledger_sqlite.told import told
from graceperiod.errors import LedgerError

_OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables came with it (sqlite.org/stricttables.html)."""

_BUSY_S = 5.0
"""How long to wait for another program that has the file. Chosen: longer than a checkpoint takes."""

_WRITTEN_BY_ANNOTATING = frozenset({"accounts", "annotations", "events"})
"""`accounts` only because every event names one, which is added where it is new."""
_READING = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
    }
)


def open_ledger(path: Path, *, exclusive: bool, may_annotate: bool = False) -> SqliteLedger:
    """The ledger in that file.

    Args:
        path: of the store; a symbolic link is followed first.
        exclusive: True for the one process that writes: takes the lock, creates a store that is missing
            (folder 0700, file 0600), takes other users' access away, migrates. False for a command that
            only reads, also while another process writes.
        may_annotate: for a command that otherwise only reads: see `open_for_annotating`.

    Raises:
        LedgerBusy: another process writes to it.
        LedgerError: it cannot be opened, is damaged, not ours, or of another version; it stays as it is.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        msg = f"Python's SQLite is {sqlite3.sqlite_version}, and Graceperiod needs 3.37 or newer"
        raise LedgerError(msg)
    try:
        path = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL
        msg = f"{path} is not a path that can be opened ({error})"
        raise LedgerError(msg) from error
    try:
        return _open_for_writing(path) if exclusive else _open_for_reading(path, may_annotate=may_annotate)
    except OSError as error:
        msg = f"{error.filename or path} cannot be opened or written ({error.strerror})"
        raise LedgerError(msg) from error


def open_for_annotating(path: Path) -> SqliteLedger:
    """The ledger for a command that adds a word of the user's, also while the daemon has the store.

    SQLite itself keeps the two apart, for the milliseconds of one transaction; that this one changes nothing
    but annotations and events, SQLite sees to as well (docs/decisions/0007).

    Raises:
        LedgerError: it cannot be opened, is damaged, not ours, or of another version; it stays as it is.
    """
    return open_ledger(path, exclusive=False, may_annotate=True)


def connect(path: Path, *, mode: str) -> sqlite3.Connection:
    """A connection with our settings. Any thread may use it, one at a time.

    Args:
        mode: `mode=rw`, `mode=ro` or `immutable=1` (sqlite.org/uri.html). Never creates the file.
    """
    connection = sqlite3.connect(
        f"{path.as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_S
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk when it returns, WAL or not
        connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone does not reach the disk
    except BaseException:
        connection.close()
        raise
    return connection


def _open_for_writing(path: Path) -> SqliteLedger:
    migrations = shipped_migrations()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_is_file(path)
    with ExitStack() as undo:
        lock = StoreLock.take(path)
        undo.callback(lock.release)
        _create(path)
        notices = _make_private(path)
        with told(path):
            # Looked at first, without a trace: switching to WAL would already change the file.
            with closing(connect(path, mode=_looking_mode(path))) as look:
                inspect(look, path, newest=len(migrations))
            connection = connect(path, mode="mode=rw")
            undo.callback(connection.close)
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection, path, migrations)
        undo.pop_all()
    return SqliteLedger(Store(connection, path), lock=lock, notices=notices)


def _open_for_reading(path: Path, *, may_annotate: bool) -> SqliteLedger:
    newest = len(shipped_migrations())
    if not path.exists():
        msg = f"there is no store at {path} yet. `graceperiod run` makes it"
        raise LedgerError(msg)
    _check_is_file(path)
    # On a read-only disk SQLite cannot make the -shm file that reading a WAL store takes, but nobody writes.
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else _looking_mode(path)
    if may_annotate:
        mode = "mode=rw"
    with told(path), ExitStack() as undo:
        connection = connect(path, mode=mode)
        undo.callback(connection.close)
        version = inspect(connection, path, newest=newest)
        if version < newest:
            msg = (
                f"{path} is of version {version}, and this Graceperiod reads version {newest}. "
                "`graceperiod run` brings it up to date (restart it if it is running)"
            )
            raise LedgerError(msg)
        if may_annotate:
            connection.set_authorizer(_annotates_only)
        undo.pop_all()
    return SqliteLedger(Store(connection, path))


def _annotates_only(
    action: int, subject: str | None, _detail: str | None, _database: str | None, _trigger: str | None
) -> int:
    """SQLite asks before it prepares a statement (sqlite.org/c3ref/set_authorizer.html)."""
    if action in {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}:
        is_allowed = subject in _WRITTEN_BY_ANNOTATING
    else:
        is_allowed = action in _READING
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def _check_is_file(path: Path) -> None:
    if path.exists() and not path.is_file():
        msg = f"{path} is not a file. Set the path of the store to a file"
        raise LedgerError(msg)


def _create(path: Path) -> None:
    """Create an empty private file where there is none, and put its name on the disk."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _make_private(path: Path) -> tuple[str, ...]:
    """Take other users' access away from the store's files; a sentence for each that had some."""
    notices = []
    for file in (path, *(Path(f"{path}-{suffix}") for suffix in ("wal", "shm", "journal"))):
        if not file.exists():
            continue
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            file.chmod(mode & ~0o077)
            notices.append(f"{file} was open to other users (mode {mode:04o}); now only you can read it")
    return tuple(notices)


def _looking_mode(path: Path) -> str:
    """The mode that sees all that was committed and leaves the file alone; only where nobody writes."""
    if _has_content(Path(f"{path}-journal")):
        return "mode=rw"  # a step that a crash cut short, before WAL was on: SQLite has to take it back first
    return "mode=ro" if _has_content(Path(f"{path}-wal")) else "immutable=1"


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
