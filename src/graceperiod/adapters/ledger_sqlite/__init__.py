"""The ledger in one SQLite file: private, durable, one writer, never recreated (DESIGN, "The hold")."""

from graceperiod.adapters.ledger_sqlite.examine import examine
from graceperiod.adapters.ledger_sqlite.ledger import SqliteLedger
from graceperiod.adapters.ledger_sqlite.opening import open_for_annotating, open_ledger

__all__ = ["SqliteLedger", "examine", "open_for_annotating", "open_ledger"]
