"""Watches one account: sweep, wait for a sign, sweep again; reconnects when the connection breaks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from graceperiod.app.carry_out import carry_out_marks
from graceperiod.app.catch_up import catch_up
from graceperiod.app.desk import Desk
from graceperiod.app.drafts_view import DraftsView
from graceperiod.app.hold_time import hold_time
from graceperiod.app.keep_holds import keep_holds, next_due
from graceperiod.app.look_at_marks import look_at_marks
from graceperiod.app.read_annotated import read_annotated
from graceperiod.app.resolve import Mailboxes, resolve
from graceperiod.app.sent import note_sent
from graceperiod.core.backoff import backoff
from graceperiod.core.mailbox import HighWater, MailboxStatus
from graceperiod.errors import MailStoreError, Resync, UserError
from graceperiod.ports import MailStore, Wake

_LONGEST_WAIT = timedelta(minutes=5)
"""IDLE is a hint only: whatever a server leaves unsaid is seen within this time (DESIGN, "notice")."""

_SHORTEST_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Signals:
    """How other threads reach a watcher: `wake` ends a wait, with `stop` set it ends the watching."""

    wake: Wake
    stop: Event = field(default_factory=Event)

    def end(self) -> None:
        """Ask for the end of the watching."""
        self.stop.set()
        self.wake.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What one sweep did."""

    read: int
    marked: int
    steps: int


def sweep(desk: Desk, store: MailStore, views: dict[str, DraftsView] | None = None) -> Sweep:
    """One look at everything: what the user wrote, what came, what is due. Safe to repeat at any time.

    Args:
        views: what earlier sweeps over this connection know of Drafts, by mailbox; spares reading it again.
    """
    boxes = resolve(desk.account, store.mailboxes())
    if boxes.sent:
        note_sent(desk, store, boxes.sent)
    drafts = _look_at(store, boxes.drafts, {} if views is None else views) if boxes.drafts else None
    read = sum(catch_up(desk, store, name, is_junk=False, drafts=drafts) for name in boxes.watched)
    if boxes.junk:
        read += catch_up(desk, store, boxes.junk, is_junk=True, drafts=drafts)
    for name in boxes.watched_and_junk:
        look_at_marks(desk, store, name)
    read_annotated(desk, store, boxes, drafts)
    marked = carry_out_marks(desk, store)
    steps = 0
    if drafts is not None:
        drafts.look()
        steps = keep_holds(desk, store, drafts)
    return Sweep(read=read, marked=marked, steps=steps)


def _look_at(store: MailStore, mailbox: str, views: dict[str, DraftsView]) -> DraftsView:
    known = views.get(mailbox)
    if known is None:
        views[mailbox] = known = DraftsView.open(store, mailbox)
    else:
        known.look()
    return known


def sweep_once(desk: Desk) -> Sweep:
    """Connect, sweep, and log out."""
    store = desk.open_store()
    try:
        return sweep(desk, store)
    finally:
        store.close()


def watch(desk: Desk, signals: Signals) -> UserError | None:
    """Watch until asked to stop; returns the error that only the user can put right, if that ended it.

    A lost connection is tried again after 8 s, doubled up to 60 min, afresh after a success.
    """
    failures = 0
    name = desk.account.name
    while not signals.stop.is_set():
        try:
            store = desk.open_store()
            try:
                desk.log.info("connected", account=name)
                for _ in _sweeps(desk, store, signals):
                    failures = 0
            finally:
                store.close()
        except UserError as error:
            desk.log.error("account_stopped", account=name, reason=str(error))
            return error
        except MailStoreError as error:
            failures += 1
            pause = timedelta(0) if isinstance(error, Resync) and failures == 1 else backoff(failures)
            seconds = pause.total_seconds()
            desk.log.warning("connection_lost", account=name, reason=str(error), retry_in_s=seconds)
            signals.stop.wait(seconds)
    return None


def _sweeps(desk: Desk, store: MailStore, signals: Signals) -> Iterator[Sweep]:
    boxes = resolve(desk.account, store.mailboxes())
    views: dict[str, DraftsView] = {}
    has_waited = True
    while not signals.stop.is_set():
        yield sweep(desk, store, views)
        desk.log.debug("swept", account=desk.account.name, at=desk.clock.now())
        has_waited = _wait(desk, store, boxes, signals.wake, may_skip=has_waited)
        signals.wake.clear()


def _wait(desk: Desk, store: MailStore, boxes: Mailboxes, wake: Wake, *, may_skip: bool) -> bool:
    """Until something may have happened in the first watched mailbox, or something is due.

    Args:
        may_skip: not to wait because of changed marks; not twice in a row: some servers count for nothing.

    Returns:
        Whether it waited.
    """
    timeout = min(desk.account.poll, _LONGEST_WAIT)
    due = next_due(desk)
    if due is not None:
        timeout = min(timeout, max(due - hold_time(desk), _SHORTEST_WAIT))
    mailbox = boxes.watched[0]
    status = store.status(mailbox)
    mark = desk.ledger.high_water(desk.account.name, mailbox)
    if mark is not None and _has_new_mail(mark, status):
        return False  # it came between the sweep and now, so IDLE would not tell of it
    if mark is not None and may_skip and _has_changed_marks(mark, status):
        return False
    store.wait(mailbox, uid_validity=status.uid_validity, timeout=timeout, wake=wake)
    return True


def _has_new_mail(mark: HighWater, status: MailboxStatus) -> bool:
    return mark.uid_validity == status.uid_validity and mark.last_uid + 1 < status.uid_next


def _has_changed_marks(mark: HighWater, status: MailboxStatus) -> bool:
    """Whether flags were changed since they were looked at (RFC 7162): by us, or meanwhile by the user."""
    is_same = mark.uid_validity != status.uid_validity or mark.marks_modseq is None
    return not is_same and status.highest_modseq not in {None, mark.marks_modseq}
