"""The truth table of a hold: ledger and look together decide the next step (DESIGN, "The hold").

One comment a row, and each row is tried by `tests/core/test_reconcile.py`; that they hold together, whatever
happens in whatever order, by `tests/app/test_hold_machine.py`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import assert_never

from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.observation import DraftSeen, Observation
from graceperiod.core.step import (
    Adopt,
    AppendReleased,
    AppendSealed,
    End,
    ForgetIntent,
    NoteFound,
    NoteMissing,
    Nothing,
    Nudge,
    Rebind,
    RecordSealed,
    ReleaseUnsealed,
    ReplaceSource,
    Step,
    Withdraw,
)

TWO_LOOKS_APART = timedelta(minutes=10)
"""neomutt expunges a draft the moment it is opened: one look proves nothing (SERVERS, finding 5)."""

NUDGE_AT_LEAST = timedelta(hours=24)
"""Chosen: a hold that ended late, after a weekend, is not nudged in the same minute."""


def reconcile(hold: Hold, seen: Observation, now: datetime, *, nudge_after: timedelta) -> Step:
    """The one step to take now; `Nothing` when ledger and server agree.

    Args:
        seen: a look at Drafts and Sent taken just now.
        now: aware UTC, never ahead of the time that has passed (decision 0008).
        nudge_after: from the planning of the hold (RULES T2).
    """
    match hold.state:
        case HoldState.PLANNED:
            return _planned(hold, seen)
        case HoldState.SEALED | HoldState.TAKEN_OVER:
            return _held(hold, seen, now)
        case HoldState.RELEASED:
            return _released(hold, seen, now, nudge_after)
        case HoldState.DISCARDED:
            return _discarded(seen)
        case HoldState.SENT | HoldState.ANSWERED_ELSEWHERE:
            # Over: whatever the user does with drafts from then on is their business.
            return Nothing()
        case _ as unreachable:
            assert_never(unreachable)


def _planned(hold: Hold, seen: Observation) -> Step:
    ours = _find(hold.sealed, seen)
    if ours is not None:
        # planned | our token among uids >= UIDNEXT: record it (we crashed, or the answer was lost).
        return RecordSealed(uid=ours.uid)
    if seen.replies:
        # planned | a reply in Sent: nothing is drafted (RULES A8).
        return End(state=HoldState.ANSWERED_ELSEWHERE, reason="you answered it before a draft was made")
    for draft in seen.drafts:
        if draft.is_held and not draft.has_recipient:
            # planned | a sealed draft under another token: take it up. The ledger was lost, a second machine
            # was faster, or the user changed ours before we saw it: one rejection, one draft (RULES A7).
            return Adopt(uid=draft.uid, message_id=draft.message_id, state=HoldState.SEALED)
    if seen.drafts:
        # planned | a draft of the user's own: nothing is drafted (RULES A8).
        return End(state=HoldState.ANSWERED_ELSEWHERE, reason="there is a draft of your own for it")
    # planned | nothing of ours: append the sealed draft; again where it was refused and is not there.
    return AppendSealed()


def _held(hold: Hold, seen: Observation, now: datetime) -> Step:
    """SEALED, and TAKEN_OVER, where the draft is the user's and only its prefix is still our business."""
    current = _find(hold.sealed, seen)
    released = _find(hold.released, seen)
    moved = _moved(hold.sealed, current, seen)
    if moved is not None:
        # sealed | the same under another UIDVALIDITY: read it back before anything is done by its uid.
        return Rebind(uid=moved)
    newer = _successor(current, released, seen)
    if released is not None and (seen.replies or newer is not None):
        # sealed + released | sent, answered or changed by the user meanwhile: ours came too late and goes.
        return Withdraw(released_uid=released.uid)
    if seen.replies:
        return _answered_while_held(hold, current, seen, now)
    if newer is not None:
        # sealed | changed by the user: their version counts, ours is never written over it. Where a client
        # left our old copy beside it (aerc), ours goes.
        return Adopt(
            uid=newer.uid,
            message_id=newer.message_id,
            state=_state_of(hold, newer),
            remove=_superseded(hold, current, newer, seen),
        )
    if released is not None:
        # sealed + released | both present, or the source gone already: compare, then remove the source.
        return ReplaceSource(released_uid=released.uid, source_uid=current.uid if current else None)
    if current is None:
        return _gone(hold, now)
    if hold.missing_since is not None:
        # sealed | gone at the last look, there now: only away (neomutt had it open and put it back).
        return NoteFound()
    if now < hold.release_at:
        # sealed | untouched or edited, not due: nothing, whatever else is true. Never early (RULES T3).
        return Nothing()
    return _due(hold, current)


def _due(hold: Hold, current: DraftSeen) -> Step:
    if hold.state is HoldState.TAKEN_OVER and not current.is_held:
        # taken over | due, no prefix left: theirs, nothing is done to it, ever.
        return Nothing()
    if not hold.is_sealed:
        # sealed by the ledger alone | due: it had its recipient all along.
        return ReleaseUnsealed()
    # sealed | due, untouched or edited: append it with recipient and subject (taken over: the subject only).
    return AppendReleased(source_uid=current.uid)


def _answered_while_held(hold: Hold, current: DraftSeen | None, seen: Observation, now: datetime) -> Step:
    if current is None:
        # sealed | gone, a reply in Sent: sent (early: say so, kindly).
        reason = "you sent it" if now >= hold.release_at else "you sent it before the cooldown was over"
        return End(state=HoldState.SENT, reason=reason)
    # sealed | there, a reply in Sent: answered by another mail. Our untouched copy would be one too many;
    # what holds words of theirs is left alone.
    return End(
        state=HoldState.ANSWERED_ELSEWHERE,
        reason="you answered it with another mail",
        remove=None if hold.is_edited else _untouched(hold, current, seen),
    )


def _released(hold: Hold, seen: Observation, now: datetime, nudge_after: timedelta) -> Step:
    current = _find(hold.released, seen)
    moved = _moved(hold.released, current, seen)
    if moved is not None:
        # released | the same under another UIDVALIDITY: as for sealed.
        return Rebind(uid=moved)
    if seen.replies:
        # released | a reply in Sent: sent. A client that had the sealed draft open while it was replaced
        # leaves ours behind: no second copy to send by mistake. What holds words of theirs is left alone.
        one_too_many = None if hold.is_edited else _untouched(hold, current, seen)
        return End(state=HoldState.SENT, reason="you sent it", remove=one_too_many)
    newer = _successor(current, current, seen)
    if newer is not None:
        # released | the user's own version in Drafts: it counts, and ours goes. A sealed one, from a client
        # that had it open, is released anew.
        return Adopt(
            uid=newer.uid,
            message_id=newer.message_id,
            state=_state_of(hold, newer),
            remove=_superseded(hold, current, newer, seen),
        )
    twin = _earlier_twin(current, seen)
    if current is not None and twin is not None:
        # released | another machine's copy of the same before ours: the earlier one stays on both.
        return Adopt(uid=twin.uid, message_id=twin.message_id, state=HoldState.RELEASED, remove=current.uid)
    if current is None:
        return _gone(hold, now)
    if hold.missing_since is not None:
        # released | gone at the last look, there now: only away.
        return NoteFound()
    if _is_forgotten(hold, now, nudge_after):
        # released | still there at 72 h: nudge once (RULES T2).
        return Nudge()
    # released | there: the rest is the user's.
    return Nothing()


def _is_forgotten(hold: Hold, now: datetime, nudge_after: timedelta) -> bool:
    """Unsent at 72 h (RULES T2), but not before the user has had it for a day."""
    if hold.nudged_at is not None or hold.released_at is None:
        return False
    return now >= max(hold.planned_at + nudge_after, hold.released_at + NUDGE_AT_LEAST)


def _gone(hold: Hold, now: datetime) -> Step:
    if hold.state is not HoldState.RELEASED and hold.released is not None:
        # sealed, release intended | neither there: the user was faster, so there is nothing to release.
        return ForgetIntent()
    if hold.missing_since is None:
        # sealed or released | gone at one look: that proves nothing.
        return NoteMissing()
    if now - hold.missing_since >= TWO_LOOKS_APART:
        # sealed or released | gone at two looks: the user threw it away; it is never drafted again.
        return End(state=HoldState.DISCARDED, reason="you deleted the draft")
    # sealed or released | gone, the looks too close together: wait.
    return Nothing()


def _discarded(seen: Observation) -> Step:
    held = [draft for draft in seen.drafts if draft.is_held]
    if held and not seen.replies:
        # discarded | a held version stands in Drafts again (open in neomutt for longer than two looks, moved
        # back, undeleted): it would wait there for ever, so it is held as before.
        state = HoldState.TAKEN_OVER if held[-1].has_recipient else HoldState.SEALED
        return Adopt(uid=held[-1].uid, message_id=held[-1].message_id, state=state)
    # discarded | nothing there, or nothing with our prefix: never drafted again.
    return Nothing()


def _find(copy: Copy | None, seen: Observation) -> DraftSeen | None:
    """Our copy: by uid while the uids mean the same, else by its Message-ID."""
    if copy is None:
        return None
    if copy.uid_validity != seen.uid_validity:
        return _first(d for d in seen.drafts if d.message_id == copy.message_id)
    if copy.uid is not None:
        return _first(d for d in seen.drafts if d.uid == copy.uid)
    found = (d for d in seen.drafts if d.uid >= copy.uid_next and d.message_id == copy.message_id)
    return _first(found)


def _first(drafts: Iterable[DraftSeen]) -> DraftSeen | None:
    return next(iter(drafts), None)


def _moved(copy: Copy | None, found: DraftSeen | None, seen: Observation) -> int | None:
    """The uid that our copy has now, if it is there and its uid as we know it means nothing any more."""
    if copy is None or found is None or copy.uid_validity == seen.uid_validity:
        return None
    return found.uid


def _successor(current: DraftSeen | None, released: DraftSeen | None, seen: Observation) -> DraftSeen | None:
    """The newest version that somebody else saved: after the copy that counts now, or any if that is gone."""
    others = [draft for draft in seen.drafts if draft not in (current, released)]
    if current is not None:
        others = [draft for draft in others if draft.uid > current.uid]
    if released is not None:
        # A second machine's copy of the same is no person's version; see the row of the earlier one.
        others = [draft for draft in others if not _is_twin(draft, released)]
    return max(others, key=lambda draft: draft.uid, default=None)


def _is_twin(draft: DraftSeen, ours: DraftSeen) -> bool:
    """Whether it differs from our addressed copy in nothing but the id: another machine addressed the same.

    No client stores a message so; aerc's second copy has our id.
    """
    return (
        ours.sha256_but_id is not None
        and draft.sha256_but_id == ours.sha256_but_id
        and draft.message_id != ours.message_id
    )


def _earlier_twin(current: DraftSeen | None, seen: Observation) -> DraftSeen | None:
    if current is None:
        return None
    return _first(d for d in seen.drafts if d.uid < current.uid and _is_twin(d, current))


def _state_of(hold: Hold, draft: DraftSeen) -> HoldState:
    """What a version that somebody saved makes of the hold."""
    if hold.state is HoldState.TAKEN_OVER:
        return HoldState.TAKEN_OVER
    if not hold.is_sealed:
        return hold.state
    if not draft.has_recipient:
        # Also after the release: they had the sealed draft open and saved it again; it is released anew.
        return HoldState.SEALED
    return HoldState.RELEASED if hold.state is HoldState.RELEASED else HoldState.TAKEN_OVER


def _superseded(hold: Hold, ours: DraftSeen | None, newer: DraftSeen, seen: Observation) -> int | None:
    """The uid of our copy that a newer version makes one too many; None if words of theirs are only there."""
    if ours is None or (hold.is_edited and ours.body_sha256 != newer.body_sha256):
        return None
    return _untouched(hold, ours, seen)


def _untouched(hold: Hold, draft: DraftSeen | None, seen: Observation) -> int | None:
    """The uid of a copy that we appended and read back; None for a version that somebody else saved."""
    if draft is None:
        return None
    ours = (
        copy
        for copy in (hold.sealed, hold.released)
        if copy is not None and copy.uid_validity == seen.uid_validity and copy.uid == draft.uid
    )
    return draft.uid if any(copy.sha256 is not None for copy in ours) else None
