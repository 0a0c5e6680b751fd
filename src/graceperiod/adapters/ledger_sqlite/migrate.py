"""The layout of the store, brought up to date in numbered steps, each whole or not at all."""

import re
import sqlite3
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from graceperiod.adapters.ledger_sqlite.told import damaged, told
from graceperiod.errors import LedgerError

APPLICATION_ID = 0x47504C47
"""`GPLG` in the file's header: tells our store from any other SQLite file (sqlite.org/fileformat.html)."""

_NAME = re.compile(r"([0-9]{4})_[a-z0-9_]+\.sql\Z")


def shipped_migrations() -> tuple[str, ...]:
    """The SQL of all migrations in order; the first one makes version 1."""
    folder = files("graceperiod.adapters").joinpath("migrations")
    found = sorted(entry.name for entry in folder.iterdir() if _NAME.match(entry.name))
    if [int(name[:4]) for name in found] != list(range(1, len(found) + 1)) or not found:
        msg = f"this installation is incomplete: its migrations are {found}. Install Graceperiod again"
        raise LedgerError(msg)
    return tuple(folder.joinpath(name).read_text(encoding="utf-8") for name in found)


def inspect(connection: sqlite3.Connection, path: Path, *, newest: int) -> int:
    """The version of a sound store of ours; changes nothing.

    Raises:
        LedgerError: not a database, empty, not ours, damaged, or of a newer version.
    """
    with told(path):
        version = _number(connection, "PRAGMA user_version")
        application_id = _number(connection, "PRAGMA application_id")
        if not _number(connection, "SELECT count(*) FROM sqlite_schema") and not version:
            raise damaged(path, "it is empty, which a store never is")
        if application_id != APPLICATION_ID:
            msg = f"{path} is a database of another program. It was left as it is: set another path"
            raise LedgerError(msg)
        if version > newest:
            msg = (
                f"{path} is of version {version}, and this Graceperiod knows versions up to {newest}. "
                "It was left as it is: install the newer Graceperiod that wrote it"
            )
            raise LedgerError(msg)
        damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise damaged(path, damage)
    return version


def migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    """Bring the store to the newest version; one transaction for each step.

    Foreign keys are off meanwhile, so that a step may rebuild a table, and checked before each step ends
    (sqlite.org/lang_altertable.html section 7).

    Raises:
        LedgerError: a step failed; the store has the version before it.
    """
    with told(path):
        version = _number(connection, "PRAGMA user_version")
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            for number, sql in enumerate(migrations[version:], start=version + 1):
                _step(connection, number, sql)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("PRAGMA foreign_keys = ON")


def _step(connection: sqlite3.Connection, number: int, sql: str) -> None:
    connection.executescript(f"BEGIN IMMEDIATE;\n{sql}")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise sqlite3.IntegrityError(f"migration {number} would break a reference")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")


def _number(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
