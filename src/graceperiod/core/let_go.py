"""Ends a hold whose mail is no rejection after all, where nothing of the user's would be lost."""

from graceperiod.core.hold import Hold, HoldState
from graceperiod.core.observation import Observation
from graceperiod.core.step import AppendReleased, AppendSealed, End, Nothing, Nudge, ReleaseUnsealed, Step

_WHY = "you said that the mail is not a rejection"


def let_go(hold: Hold, seen: Observation, step: Step) -> Step:
    """The step that ends the hold, else the one given.

    What somebody changed stays theirs (promise 3), and what is still to be settled is settled first, so only
    a copy goes that we appended, read back and see now (promise 4).

    Args:
        seen: a look at Drafts and Sent taken just now.
        step: what `reconcile` says to do.
    """
    if hold.is_edited or hold.state is HoldState.TAKEN_OVER:
        return step
    match step:
        case AppendSealed():
            return End(state=HoldState.DISCARDED, reason=f"{_WHY}: no draft was made")
        case Nothing() | AppendReleased() | ReleaseUnsealed() | Nudge():
            uid = _untouched(hold, seen)
            if uid is None:
                return step
            return End(state=HoldState.DISCARDED, reason=f"{_WHY}: the draft was removed", remove=uid)
        case _:
            return step


def _untouched(hold: Hold, seen: Observation) -> int | None:
    """The uid of our copy, if it is there, is as we appended it, and is the only draft for that mail."""
    copy = hold.released if hold.state is HoldState.RELEASED else hold.sealed
    if copy is None or copy.sha256 is None or copy.uid_validity != seen.uid_validity:
        return None
    return copy.uid if [draft.uid for draft in seen.drafts] == [copy.uid] else None
