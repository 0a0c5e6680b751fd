"""The time by which holds end: our clock's, unless it was set forward (decision 0008)."""

from datetime import datetime

from graceperiod.app.desk import Desk
from graceperiod.core.trusted_time import TrustedTime


def hold_time(desk: Desk) -> datetime:
    """The present instant, aware UTC, without what the clock was set forward by."""
    trusted = _read(desk, desk.ledger.trusted_time(desk.account.name))
    return trusted.hold_time(desk.clock.now())


def witness(desk: Desk, arrived_at: datetime) -> None:
    """Take note of when the server says that a mail arrived: it is no earlier than that."""
    known = desk.ledger.trusted_time(desk.account.name)
    if known is None or known.at >= arrived_at:
        return
    trusted = _read(desk, known)
    seen = trusted.witnessed(arrived_at, desk.clock.now())
    if seen is not trusted:
        desk.ledger.save_trusted_time(desk.account.name, seen)


def _read(desk: Desk, known: TrustedTime | None) -> TrustedTime:
    now, uptime = desk.clock.now(), desk.clock.uptime()
    if known is None:
        trusted = TrustedTime.first(now, uptime)
        desk.ledger.save_trusted_time(desk.account.name, trusted)
        return trusted
    trusted = known.read(now, uptime)
    if trusted.is_worth_saving(known):
        desk.ledger.save_trusted_time(desk.account.name, trusted)
        if trusted.ahead > known.ahead:
            ahead_s = int(trusted.ahead.total_seconds())
            desk.log.warning("clock_was_set_forward", account=desk.account.name, ahead_s=ahead_s)
    return trusted
