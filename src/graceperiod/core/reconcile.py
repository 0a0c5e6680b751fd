"""The truth table of a hold: ledger and look together decide the next step (DESIGN, "The hold")."""

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
)

TWO_LOOKS_APART = timedelta(minutes=10)
"""neomutt expunges a draft the moment it is opened: one look proves nothing (SERVERS, finding 5)."""

NUDGE_AT_LEAST = timedelta(hours=24)
"""Chosen: a hold that ended late, after a weekend, is not nudged in the same minute."""


def reconcile(hold: Hold, seen: Observation, now: datetime, *, nudge_after: timedelta) -> Step:
    """The one step to take now; `Nothing` when ledger and server agree.

    Args:
        seen: a look at Drafts and Sent taken just now.
        now: aware UTC.
        nudge_after: from the planning of the hold (RULES T2).
    """
    match hold.state:
        case HoldState.PLANNED:
            return _planned(hold, seen)
        case HoldState.SEALED | HoldState.TAKEN_OVER:
            return _held(hold, seen, now)
        case HoldState.RELEASED:
            return _released(hold, seen, now, nudge_after)
        case HoldState.SENT | HoldState.DISCARDED | HoldState.ANSWERED_ELSEWHERE:
            return Nothing()
        case _ as unreachable:
            assert_never(unreachable)


def _planned(hold: Hold, seen: Observation) -> Step:
    ours = _find(hold.sealed, seen)
    if ours is not None:
        # We crashed after APPEND, or never got its answer: it is there.
        return RecordSealed(uid=ours.uid)
    if seen.replies:
        return End(state=HoldState.ANSWERED_ELSEWHERE, reason="you answered it before a draft was made")
    for draft in seen.drafts:
        if draft.is_held and not draft.has_recipient:
            # The ledger was lost, or a second machine was faster: one rejection, one draft (RULES A7).
            return Adopt(uid=draft.uid, message_id=draft.message_id, state=HoldState.SEALED)
    if seen.drafts:
        # The user has a draft of their own (RULES A8).
        return End(state=HoldState.ANSWERED_ELSEWHERE, reason="there is a draft of your own for it")
    return AppendSealed()


def _held(hold: Hold, seen: Observation, now: datetime) -> Step:
    """SEALED, and TAKEN_OVER, where the draft is the user's and only its prefix is still our business."""
    current = _find(hold.sealed, seen)
    released = _find(hold.released, seen)
    newer = _successor(hold, seen)
    if seen.replies:
        return _answered_while_held(hold, current, released, now)
    if newer is not None:
        # The user saved a version of their own: it counts, ours is never written over it. Where a client
        # left our old copy beside it (aerc), or our addressed copy came too late, ours goes.
        return Adopt(
            uid=newer.uid,
            message_id=newer.message_id,
            state=_state_of(hold, newer),
            remove=_untouched(hold, released or current),
        )
    if released is not None:
        # Both present, or the source gone already: compare, then remove the source.
        return ReplaceSource(released_uid=released.uid, source_uid=current.uid if current else None)
    if current is None:
        return _gone(hold, now)
    if hold.missing_since is not None:
        return NoteFound()
    if hold.sealed is not None and _has_moved(hold.sealed, current, seen):
        return Rebind(uid=current.uid)
    if now < hold.release_at:
        # Not due, whatever else is true: never early (RULES T3).
        return Nothing()
    return _due(hold, current)


def _due(hold: Hold, current: DraftSeen) -> Step:
    if hold.state is HoldState.TAKEN_OVER and not current.is_held:
        # Theirs, and nothing of ours is left on it.
        return Nothing()
    if not hold.is_sealed:
        return ReleaseUnsealed()
    return AppendReleased(source_uid=current.uid)


def _answered_while_held(
    hold: Hold, current: DraftSeen | None, released: DraftSeen | None, now: datetime
) -> Step:
    if current is None and released is None:
        reason = "you sent it" if now >= hold.release_at else "you sent it before the cooldown was over"
        return End(state=HoldState.SENT, reason=reason)
    # Answered by another mail: our untouched copy would be one too many; theirs is left alone.
    return End(
        state=HoldState.ANSWERED_ELSEWHERE,
        reason="you answered it with another mail",
        remove=None if hold.is_edited else _untouched(hold, released or current),
    )


def _released(hold: Hold, seen: Observation, now: datetime, nudge_after: timedelta) -> Step:
    current = _find(hold.released, seen)
    newer = _successor(hold, seen)
    if seen.replies:
        # Sent; a client that had the sealed draft open while it was replaced leaves ours behind.
        # What holds words of theirs is left alone.
        one_too_many = None if hold.is_edited else _untouched(hold, current)
        return End(state=HoldState.SENT, reason="you sent it", remove=one_too_many)
    if newer is not None:
        return Adopt(
            uid=newer.uid,
            message_id=newer.message_id,
            state=_state_of(hold, newer),
            remove=_untouched(hold, current),
        )
    twin = _earlier_twin(current, seen)
    if current is not None and twin is not None:
        # A second machine released the same draft before us: the earlier one stays on both.
        return Adopt(uid=twin.uid, message_id=twin.message_id, state=HoldState.RELEASED, remove=current.uid)
    if current is None:
        return _gone(hold, now)
    if hold.missing_since is not None:
        return NoteFound()
    if hold.released is not None and _has_moved(hold.released, current, seen):
        return Rebind(uid=current.uid)
    return Nudge() if _is_forgotten(hold, now, nudge_after) else Nothing()


def _is_forgotten(hold: Hold, now: datetime, nudge_after: timedelta) -> bool:
    """Unsent at 72 h (RULES T2), but not before the user has had it for a day."""
    if hold.nudged_at is not None or hold.released_at is None:
        return False
    return now >= max(hold.planned_at + nudge_after, hold.released_at + NUDGE_AT_LEAST)


def _gone(hold: Hold, now: datetime) -> Step:
    if hold.state is not HoldState.RELEASED and hold.released is not None:
        return ForgetIntent()
    if hold.missing_since is None:
        return NoteMissing()
    if now - hold.missing_since >= TWO_LOOKS_APART:
        # Two looks agree: the user threw it away; it is never drafted again.
        return End(state=HoldState.DISCARDED, reason="you deleted the draft")
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


def _has_moved(copy: Copy, found: DraftSeen, seen: Observation) -> bool:
    return copy.uid_validity != seen.uid_validity or copy.uid != found.uid


def _successor(hold: Hold, seen: Observation) -> DraftSeen | None:
    """The newest version that somebody else saved after the copy that counts now."""
    counts = hold.released if hold.state is HoldState.RELEASED else hold.sealed
    current = _find(counts, seen)
    released = _find(hold.released, seen)
    floor = _floor(counts, current, seen)
    others = [d for d in seen.drafts if d.uid > floor and d not in (current, released)]
    if released is not None:
        # A second machine's later twin of our released copy is no person's version: that machine removes it.
        others = [d for d in others if not (d.uid > released.uid and _is_twin(d, released))]
    return max(others, key=lambda d: d.uid, default=None)


def _floor(copy: Copy | None, current: DraftSeen | None, seen: Observation) -> int:
    if current is not None:
        return current.uid
    if copy is None or copy.uid_validity != seen.uid_validity:
        return 0
    return copy.uid if copy.uid is not None else copy.uid_next - 1


def _is_twin(draft: DraftSeen, ours: DraftSeen) -> bool:
    """Says the same and is addressed, but with another id: aerc's second copy has ours."""
    return (
        draft.body_sha256 == ours.body_sha256
        and draft.message_id != ours.message_id
        and draft.has_recipient
        and not draft.is_held
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


def _untouched(hold: Hold, draft: DraftSeen | None) -> int | None:
    """The uid of a copy that we appended and read back; None for a version that somebody else saved."""
    if draft is None:
        return None
    ours = (c for c in (hold.sealed, hold.released) if c is not None and c.uid == draft.uid)
    return draft.uid if any(c.sha256 is not None for c in ours) else None
