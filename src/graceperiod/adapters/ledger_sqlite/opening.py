"""Opening a store: locked, private, checked before anything is written, brought up to date."""

import os
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from graceperiod.adapters.ledger_sqlite.ledger import SqliteLedger
from graceperiod.adapters.ledger_sqlite.lock import StoreLock
from graceperiod.adapters.ledger_sqlite.migrate import inspect, migrate, shipped_migrations
from graceperiod.adapters.ledger_sqlite.store import Store
from graceperiod.adapters.ledger_sqlite.told import damaged, told
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
        exclusive: True for the one process that writes: takes the lock, makes a store that is missing
            (folder 0700, file 0600), whole or not at all, takes other users' access away, migrates. False
            for a command that only reads, also while another process writes.
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
    check_is_whole(path)  # before there is a lock beside what is no store
    with ExitStack() as undo:
        lock = StoreLock.take(path)
        undo.callback(lock.release)
        check_is_whole(path)
        if not path.exists():
            _make(path, migrations)
        _check_may_be_written(path)
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
    check_is_whole(path)
    if not path.exists():
        msg = f"there is no store at {path} yet. `graceperiod run` makes it"
        raise LedgerError(msg)
    if may_annotate:
        _check_may_be_written(path)
    with told(path), ExitStack() as undo:
        connection = connect(path, mode="mode=rw" if may_annotate else reading_mode(path))
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


def check_is_whole(path: Path) -> None:
    """Refuse what SQLite would take for a new store: it removes what belongs to it without a word.

    Raises:
        LedgerDamaged: an empty file, which a store of ours never is.
        LedgerError: not a file, or one that went without its companions.
    """
    if path.exists():
        if not path.is_file():
            msg = f"{path} is not a file. Set the path of the store to a file"
            raise LedgerError(msg)
        if path.stat().st_size == 0:
            raise damaged(path, "it is empty, which a store never is")
        return
    left = next((file for file in _companions(path) if _has_content(file)), None)
    if left is not None:
        msg = (
            f"{path} is gone, but {left} is there, which belongs to it. It was left as it is: put the store "
            "back beside it, or move it away as well to start with an empty store"
        )
        raise LedgerError(msg)


def _make(path: Path, migrations: Sequence[str]) -> None:
    """Make a new, private store under another name and give it its own at once, whole.

    So an empty or half-made file is never one that we left, and need not be taken for a new store.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        _remove(new)  # what a crash or a full disk left; nothing was ever kept in it
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        with told(path), closing(connect(new, mode="mode=rw")) as connection:
            # Until it has its name nothing of it need survive a crash, so the disk is waited for only once.
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
            migrate(connection, path, migrations)
        _sync(new)
        new.rename(path)
    except BaseException:
        with suppress(OSError):
            _remove(new)
        raise
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(new: Path) -> None:
    for file in (new, *_companions(new)):
        file.unlink(missing_ok=True)


def _check_may_be_written(path: Path) -> None:
    """SQLite opens a file that it may not write all the same, and fails at the first step."""
    if not os.access(path, os.W_OK):
        msg = f"{path} cannot be written: it is read-only for you. Look at its owner and its permissions"
        raise LedgerError(msg)


def _make_private(path: Path) -> tuple[str, ...]:
    """Take other users' access away from the store's files; a sentence for each that had some."""
    notices = []
    for file in (path, *_companions(path)):
        if not file.exists():
            continue
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            file.chmod(mode & ~0o077)
            notices.append(f"{file} was open to other users (mode {mode:04o}); now only you can read it")
    return tuple(notices)


def reading_mode(path: Path) -> str:
    """The mode for reading, also while another process writes.

    On a read-only disk SQLite cannot make the -shm file that reading a WAL store takes, but nobody writes.
    """
    return "mode=ro" if os.access(path.parent, os.W_OK) else _looking_mode(path)


def _looking_mode(path: Path) -> str:
    """The mode that sees all that was committed and leaves the file alone; only where nobody writes."""
    if _has_content(Path(f"{path}-journal")):
        return "mode=rw"  # a step that a crash cut short, before WAL was on: SQLite has to take it back first
    return "mode=ro" if _has_content(Path(f"{path}-wal")) else "immutable=1"


def _companions(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a store (sqlite.org/tempfiles.html)."""
    return tuple(Path(f"{path}-{suffix}") for suffix in ("wal", "shm", "journal"))


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
