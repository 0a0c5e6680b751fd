"""Keeps every open hold in step with Drafts and Sent: look, decide, do, until nothing is left to do."""

from datetime import datetime

from graceperiod.app.desk import Desk
from graceperiod.app.drafts_view import DraftsView
from graceperiod.app.hold_steps import HoldSteps
from graceperiod.app.hold_time import hold_time
from graceperiod.core.category import Category
from graceperiod.core.hold import Hold, HoldState
from graceperiod.core.let_go import let_go
from graceperiod.core.reconcile import TWO_LOOKS_APART, reconcile
from graceperiod.core.record import Event
from graceperiod.core.step import AppendReleased, AppendSealed, Nothing, Step
from graceperiod.errors import Refused
from graceperiod.ports import MailStore

_MOST_STEPS = 12
"""A hold needs six at most in one go; more would be a quarrel with the server, left for the next sweep."""


def keep_holds(desk: Desk, store: MailStore, drafts: DraftsView) -> int:
    """Bring every open hold of the account up to date; returns the number of steps taken.

    What the server refuses is logged and left for the next sweep; the other holds go on.
    """
    taken = 0
    for hold in (*desk.ledger.holds(desk.account.name, is_open=True), *_back_again(desk, drafts)):
        try:
            taken += _keep(desk, store, drafts, hold)
        except Refused as error:
            _note_refusal(desk, hold, str(error))
    return taken


def _back_again(desk: Desk, drafts: DraftsView) -> list[Hold]:
    """Discarded holds whose draft stands in Drafts again; not those that the user ended by a word."""
    held = drafts.held()
    if not held:
        return []
    ended = desk.ledger.holds(desk.account.name, is_open=False)
    discarded = (hold for hold in ended if hold.state is HoldState.DISCARDED and hold.parent_id in held)
    return [hold for hold in discarded if not _is_denied(desk, hold)]


def _keep(desk: Desk, store: MailStore, drafts: DraftsView, hold: Hold) -> int:
    steps = HoldSteps(desk, store, drafts.mailbox)
    is_denied = _is_denied(desk, hold)
    appended: set[type[Step]] = set()
    for taken in range(_MOST_STEPS):
        now = hold_time(desk)
        seen = drafts.observe(desk, hold)
        step = steps.begun(hold) or reconcile(hold, seen, now, nudge_after=desk.policy.nudge_after)
        if is_denied:
            step = let_go(hold, seen, step)
        if isinstance(step, Nothing) or type(step) in appended:
            return taken
        if isinstance(step, AppendSealed | AppendReleased):
            # Once in a sweep: a server that shows late what it has stored would be given a dozen.
            appended.add(type(step))
        hold = steps.take(hold, step)
        drafts.look()
    desk.log.warning("unsettled", account=desk.account.name, hold=hold.id)
    return _MOST_STEPS


def _is_denied(desk: Desk, hold: Hold) -> bool:
    """Whether the user's last word about the mail is that it is no rejection."""
    records = desk.ledger.find_messages(hold.account, hold.parent_id)
    words = (desk.ledger.annotation(record.id) for record in records if record.id is not None)
    last = max((word for word in words if word is not None), key=lambda word: word.id or 0, default=None)
    return last is not None and last.statement.denies(Category.REJECTION)


def _note_refusal(desk: Desk, hold: Hold, said: str) -> None:
    """In the log each time, in the ledger once: it is tried again with every sweep."""
    desk.log.warning("refused", account=desk.account.name, hold=hold.id, said=said)
    reason = f"the server refused, and is asked again: {said}"
    events = desk.ledger.events(hold=hold.id)
    if not events or events[-1].reason != reason:
        desk.ledger.log(
            Event(
                account=desk.account.name,
                kind="refused",
                happened_at=desk.clock.now(),
                reason=reason,
                message=hold.message,
                hold=hold.id,
            )
        )


def next_due(desk: Desk) -> datetime | None:
    """When the next hold wants a look: its end, or the second look at a draft that is missing.

    What is past is not named: the sweep has done what could be done, and the next one comes soon enough.
    """
    now = hold_time(desk)
    times: list[datetime] = []
    for hold in desk.ledger.holds(desk.account.name, is_open=True):
        if hold.missing_since is not None:
            times.append(hold.missing_since + TWO_LOOKS_APART)
        elif hold.released_at is None:
            times.append(hold.release_at)
    return min((time for time in times if time > now), default=None)
