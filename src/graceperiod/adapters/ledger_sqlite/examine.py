"""A thorough look at the file of the store, also while the daemon has it; changes nothing in it."""

import stat
from contextlib import closing
from pathlib import Path

from graceperiod.adapters.ledger_sqlite.migrate import inspect, shipped_migrations
from graceperiod.adapters.ledger_sqlite.opening import check_is_whole, connect, reading_mode
from graceperiod.adapters.ledger_sqlite.told import damaged, told
from graceperiod.core.store_report import StoreReport
from graceperiod.errors import LedgerError


def examine(path: Path) -> StoreReport | None:
    """What is to be said of a sound store; None where there is none yet.

    It takes longer than opening one, which does not compare the indexes with the tables.

    Raises:
        LedgerDamaged: its content cannot be trusted.
        LedgerError: it cannot be read, is not ours, or of a newer version.
    """
    newest = len(shipped_migrations())
    try:
        path = path.resolve()
        check_is_whole(path)
        if not path.exists():
            return None
        with told(path), closing(connect(path, mode=reading_mode(path))) as connection:
            version = inspect(connection, path, newest=newest)
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok":
                raise damaged(path, found)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise damaged(path, f"a row of {broken[0]} points at one of {broken[2]} that is not there")
        wal = Path(f"{path}-wal")
        return StoreReport(
            version=version,
            newest=newest,
            size_bytes=path.stat().st_size + (wal.stat().st_size if wal.exists() else 0),
            mode=stat.S_IMODE(path.stat().st_mode),
        )
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL, no access
        msg = f"{path} cannot be read ({error})"
        raise LedgerError(msg) from error
