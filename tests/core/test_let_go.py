"""A hold for what was no rejection ends, and takes only a copy with it that is ours and as we left it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.let_go import let_go
from graceperiod.core.observation import DraftSeen, Observation
from graceperiod.core.reconcile import reconcile
from graceperiod.core.step import AppendSealed, End, Step
from planned_hold import DUE, PLANNED, PLANNED_AT

COPY = Copy(message_id="<t@x.example>", uid_validity=7, uid_next=10, uid=10, sha256="0" * 64)
SEALED = replace(PLANNED, state=HoldState.SEALED, sealed=COPY, body=None)
RELEASED = replace(SEALED, state=HoldState.RELEASED, released=COPY, released_at=DUE)
OURS = DraftSeen(uid=10, message_id="<t@x.example>", has_recipient=False, is_held=True, body_sha256="a")
THEIRS = replace(OURS, uid=11, message_id="<theirs@x.example>", body_sha256="b")
ADDRESSED = replace(OURS, has_recipient=True, is_held=False)


def look(*drafts: DraftSeen, uid_validity: int = 7, sent: bool = False) -> Observation:
    replies = ("<s@postbox.example>",) if sent else ()
    return Observation(uid_validity=uid_validity, drafts=drafts, replies=replies)


def decide(hold: Hold, seen: Observation, now: datetime = PLANNED_AT) -> Step:
    return let_go(hold, seen, reconcile(hold, seen, now, nudge_after=timedelta(hours=72)))


@pytest.mark.parametrize(
    ("hold", "seen", "remove"),
    [(PLANNED, look(), None), (SEALED, look(OURS), 10), (RELEASED, look(ADDRESSED), 10)],
)
@pytest.mark.parametrize("now", [PLANNED_AT, DUE + timedelta(hours=1)])
def test_an_untouched_hold_ends_also_when_it_is_due(
    hold: Hold, seen: Observation, remove: int | None, now: datetime
) -> None:
    step = decide(hold, seen, now)
    assert isinstance(step, End)
    assert (step.state, step.remove) == (HoldState.DISCARDED, remove)
    assert "not a rejection" in step.reason


@pytest.mark.parametrize(
    ("hold", "seen"),
    [
        (replace(SEALED, is_edited=True), look(OURS)),
        (replace(SEALED, state=HoldState.TAKEN_OVER), look(OURS)),
        (SEALED, look(OURS, THEIRS)),
        (SEALED, look(THEIRS)),
        (SEALED, look()),
        (SEALED, look(OURS, sent=True)),
        (SEALED, look(OURS, uid_validity=8)),
        (replace(SEALED, sealed=replace(COPY, sha256=None)), look(OURS)),
        (replace(PLANNED, sealed=replace(COPY, uid=None, sha256=None)), look(OURS)),
    ],
)
def test_what_somebody_touched_or_is_still_to_be_settled_is_left_to_the_table(
    hold: Hold, seen: Observation
) -> None:
    step = reconcile(hold, seen, PLANNED_AT, nudge_after=timedelta(hours=72))
    assert let_go(hold, seen, step) == step


def test_an_ordinary_step_is_only_replaced_by_an_end() -> None:
    assert not isinstance(decide(PLANNED, look()), AppendSealed)
