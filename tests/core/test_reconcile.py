"""The truth table of a hold (DESIGN, "The hold"), row by row, and what holds for every row."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.observation import DraftSeen, Observation
from graceperiod.core.reconcile import reconcile
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
from planned_hold import DUE, PLANNED, PLANNED_AT

EARLY = PLANNED_AT + timedelta(hours=5)
LATE = DUE + timedelta(hours=1)
VALIDITY = 7
SEALED_ID, RELEASED_ID, THEIR_ID = "<sealed@x.example>", "<released@x.example>", "<theirs@x.example>"


def copy(message_id: str, uid: int | None, *, ours: bool = True) -> Copy:
    sha256 = "0" * 64 if ours and uid else None
    return Copy(message_id=message_id, uid_validity=VALIDITY, uid_next=uid or 10, uid=uid, sha256=sha256)


SEALED = replace(PLANNED, state=HoldState.SEALED, sealed=copy(SEALED_ID, 10), body=None)
RELEASING = replace(SEALED, released=copy(RELEASED_ID, None))
RELEASED = replace(SEALED, state=HoldState.RELEASED, released=copy(RELEASED_ID, 12), released_at=DUE)
EDITED = replace(SEALED, sealed=copy(THEIR_ID, 11, ours=False), is_edited=True)
TAKEN = replace(EDITED, state=HoldState.TAKEN_OVER)

OURS = DraftSeen(uid=10, message_id=SEALED_ID, has_recipient=False, is_held=True, body_sha256="a")
THEIRS = DraftSeen(uid=11, message_id=THEIR_ID, has_recipient=False, is_held=True, body_sha256="b")
ADDRESSED = DraftSeen(uid=12, message_id=RELEASED_ID, has_recipient=True, is_held=False, body_sha256="a")


def look(*drafts: DraftSeen, sent: bool = False, uid_validity: int = VALIDITY) -> Observation:
    return Observation(
        uid_validity=uid_validity, drafts=drafts, replies=("<s@postbox.example>",) if sent else ()
    )


def decide(hold: Hold, seen: Observation, now: datetime = EARLY) -> Step:
    return reconcile(hold, seen, now, nudge_after=timedelta(hours=72))


def end(step: Step) -> tuple[HoldState, int | None]:
    assert isinstance(step, End)
    return step.state, step.remove


def test_planned_and_nothing_of_ours_there_is_appended() -> None:
    assert decide(PLANNED, look()) == AppendSealed()


def test_planned_and_our_token_there_is_recorded_because_we_crashed_after_append() -> None:
    intended = replace(PLANNED, sealed=copy(SEALED_ID, None))
    assert decide(intended, look(OURS)) == RecordSealed(uid=10)
    assert decide(intended, look()) == AppendSealed()


def test_planned_and_answered_meanwhile_drafts_nothing() -> None:
    assert end(decide(PLANNED, look(sent=True))) == (HoldState.ANSWERED_ELSEWHERE, None)


def test_planned_and_a_draft_of_the_users_own_drafts_nothing() -> None:
    own = replace(THEIRS, is_held=False, has_recipient=True)
    assert end(decide(PLANNED, look(own))) == (HoldState.ANSWERED_ELSEWHERE, None)


def test_a_sealed_draft_of_a_lost_ledger_is_taken_up_and_not_doubled() -> None:
    assert decide(PLANNED, look(OURS)) == Adopt(uid=10, message_id=SEALED_ID, state=HoldState.SEALED)


def test_sealed_untouched_and_not_due_is_left_alone() -> None:
    assert decide(SEALED, look(OURS)) == Nothing()


def test_an_edit_is_noted_and_never_overwritten() -> None:
    assert decide(SEALED, look(THEIRS)) == Adopt(uid=11, message_id=THEIR_ID, state=HoldState.SEALED)
    assert decide(EDITED, look(THEIRS)) == Nothing()


def test_an_old_copy_that_a_client_leaves_beside_the_edit_goes() -> None:
    step = decide(SEALED, look(OURS, replace(THEIRS, message_id=SEALED_ID)))
    assert step == Adopt(uid=11, message_id=SEALED_ID, state=HoldState.SEALED, remove=10)


def test_of_two_versions_of_the_users_the_older_one_is_not_ours_to_remove() -> None:
    newer = replace(THEIRS, uid=15, message_id="<again@x.example>")
    step = decide(EDITED, look(THEIRS, newer))
    assert step == Adopt(uid=15, message_id="<again@x.example>", state=HoldState.SEALED, remove=None)


def test_a_draft_that_the_user_addressed_is_theirs() -> None:
    step = decide(SEALED, look(replace(THEIRS, has_recipient=True)))
    assert step == Adopt(uid=11, message_id=THEIR_ID, state=HoldState.TAKEN_OVER)


def test_gone_and_a_reply_in_sent_is_sent_also_when_early() -> None:
    step = decide(SEALED, look(sent=True), EARLY)
    assert end(step) == (HoldState.SENT, None)
    assert isinstance(step, End)
    assert "before" in step.reason
    assert end(decide(SEALED, look(sent=True), LATE)) == (HoldState.SENT, None)


def test_another_reply_in_sent_removes_our_untouched_copy_but_not_the_users() -> None:
    assert end(decide(SEALED, look(OURS, sent=True))) == (HoldState.ANSWERED_ELSEWHERE, 10)
    assert end(decide(EDITED, look(THEIRS, sent=True))) == (HoldState.ANSWERED_ELSEWHERE, None)


def test_gone_needs_two_looks_ten_minutes_apart() -> None:
    assert decide(SEALED, look()) == NoteMissing()
    missing = replace(SEALED, missing_since=EARLY)
    assert decide(missing, look(), EARLY + timedelta(minutes=9, seconds=59)) == Nothing()
    assert end(decide(missing, look(), EARLY + timedelta(minutes=10))) == (HoldState.DISCARDED, None)
    assert decide(missing, look(OURS), EARLY + timedelta(minutes=30)) == NoteFound()


def test_due_is_released_untouched_or_edited() -> None:
    assert decide(SEALED, look(OURS), DUE) == AppendReleased(source_uid=10)
    assert decide(EDITED, look(THEIRS), DUE) == AppendReleased(source_uid=11)


def test_a_released_copy_is_compared_before_its_source_goes() -> None:
    assert decide(RELEASING, look(OURS, ADDRESSED), LATE) == ReplaceSource(released_uid=12, source_uid=10)
    assert decide(RELEASING, look(ADDRESSED), LATE) == ReplaceSource(released_uid=12, source_uid=None)


def test_a_release_that_never_arrived_is_tried_again_after_a_look() -> None:
    assert decide(RELEASING, look(OURS), LATE) == AppendReleased(source_uid=10)


def test_a_release_whose_source_was_opened_meanwhile_is_forgotten() -> None:
    assert decide(RELEASING, look(), LATE) == ForgetIntent()


def test_an_edit_saved_while_the_release_was_under_way_counts_and_ours_goes() -> None:
    for uid in (11, 13):  # before our copy and after it
        saved = replace(THEIRS, uid=uid)
        assert decide(RELEASING, look(OURS, saved, ADDRESSED), LATE) == Withdraw(released_uid=12)
        assert decide(RELEASING, look(saved, ADDRESSED), LATE) == Withdraw(released_uid=12)
        withdrawn = decide(SEALED, look(OURS, saved), LATE)
        assert withdrawn == Adopt(uid=uid, message_id=THEIR_ID, state=HoldState.SEALED, remove=10)


def test_a_release_that_was_under_way_when_the_user_sent_theirs_leaves_no_copy() -> None:
    assert decide(RELEASING, look(ADDRESSED, sent=True), LATE) == Withdraw(released_uid=12)
    assert decide(RELEASING, look(OURS, ADDRESSED, sent=True), LATE) == Withdraw(released_uid=12)


def test_released_and_gone_with_a_reply_in_sent_is_sent() -> None:
    assert end(decide(RELEASED, look(sent=True), LATE)) == (HoldState.SENT, None)


def test_released_and_a_reply_in_sent_leaves_no_second_copy_to_send_by_mistake() -> None:
    assert end(decide(RELEASED, look(ADDRESSED, sent=True), LATE)) == (HoldState.SENT, 12)
    edited = replace(RELEASED, is_edited=True)
    assert end(decide(edited, look(ADDRESSED, sent=True), LATE)) == (HoldState.SENT, None)


def test_a_sealed_version_saved_after_the_release_replaces_ours_and_is_released_anew() -> None:
    step = decide(RELEASED, look(ADDRESSED, replace(THEIRS, uid=13)), LATE)
    assert step == Adopt(uid=13, message_id=THEIR_ID, state=HoldState.SEALED, remove=12)


def test_an_edit_after_the_release_is_followed() -> None:
    theirs = replace(THEIRS, uid=13, has_recipient=True, is_held=False)
    assert decide(RELEASED, look(theirs), LATE) == Adopt(
        uid=13, message_id=THEIR_ID, state=HoldState.RELEASED
    )


TWIN = replace(ADDRESSED, uid=13, message_id="<other@x.example>", sha256_but_id="t")
FIRST = replace(ADDRESSED, sha256_but_id="t")
SECOND = replace(RELEASED, released=copy("<other@x.example>", 13))


def test_two_machines_that_release_the_same_draft_keep_the_earlier_copy() -> None:
    assert decide(RELEASED, look(FIRST, TWIN), LATE) == Nothing()
    assert decide(SECOND, look(FIRST, TWIN), LATE) == Adopt(
        uid=12, message_id=RELEASED_ID, state=HoldState.RELEASED, remove=13
    )


def test_the_second_of_two_machines_records_its_copy_before_it_makes_way() -> None:
    releasing = replace(SEALED, released=copy("<other@x.example>", None))
    assert decide(releasing, look(OURS, FIRST, TWIN), LATE) == ReplaceSource(released_uid=13, source_uid=10)
    assert decide(releasing, look(FIRST, TWIN), LATE) == ReplaceSource(released_uid=13, source_uid=None)


def test_a_version_of_the_users_with_the_same_words_is_no_second_machines() -> None:
    saved = replace(TWIN, sha256_but_id="as a client writes it")
    step = decide(RELEASED, look(FIRST, saved), LATE)
    assert step == Adopt(uid=13, message_id="<other@x.example>", state=HoldState.RELEASED, remove=12)


def test_our_copy_of_the_users_words_goes_only_where_a_newer_version_says_the_same() -> None:
    edited = replace(RELEASED, is_edited=True)
    other = replace(THEIRS, uid=13, body_sha256="other words")
    assert decide(edited, look(ADDRESSED, other), LATE) == Adopt(
        uid=13, message_id=THEIR_ID, state=HoldState.SEALED, remove=None
    )
    same = replace(other, body_sha256=ADDRESSED.body_sha256)
    assert decide(edited, look(ADDRESSED, same), LATE) == Adopt(
        uid=13, message_id=THEIR_ID, state=HoldState.SEALED, remove=12
    )


def test_an_older_version_that_is_left_when_the_newest_is_gone_counts() -> None:
    newest = replace(EDITED, sealed=copy("<newest@x.example>", 15, ours=False))
    step = decide(newest, look(THEIRS))
    assert step == Adopt(uid=11, message_id=THEIR_ID, state=HoldState.SEALED)


DISCARDED = replace(SEALED, state=HoldState.DISCARDED, ended_at=EARLY)


def test_a_held_draft_that_comes_back_is_held_again() -> None:
    assert decide(DISCARDED, look(OURS), LATE) == Adopt(uid=10, message_id=SEALED_ID, state=HoldState.SEALED)
    addressed = replace(THEIRS, has_recipient=True)
    assert decide(DISCARDED, look(addressed), LATE) == Adopt(
        uid=11, message_id=THEIR_ID, state=HoldState.TAKEN_OVER
    )


def test_nothing_is_drafted_again_for_what_was_discarded() -> None:
    assert decide(DISCARDED, look(), LATE) == Nothing()
    assert decide(DISCARDED, look(ADDRESSED), LATE) == Nothing()
    assert decide(DISCARDED, look(OURS, sent=True), LATE) == Nothing()


def test_released_and_deleted_is_discarded_after_two_looks() -> None:
    assert decide(RELEASED, look(), LATE) == NoteMissing()
    missing = replace(RELEASED, missing_since=LATE)
    assert end(decide(missing, look(), LATE + timedelta(minutes=10))) == (HoldState.DISCARDED, None)


def test_unsent_at_72_hours_is_nudged_once() -> None:
    assert decide(RELEASED, look(ADDRESSED), PLANNED_AT + timedelta(hours=71)) == Nothing()
    assert decide(RELEASED, look(ADDRESSED), PLANNED_AT + timedelta(hours=72)) == Nudge()
    nudged = replace(RELEASED, nudged_at=LATE)
    assert decide(nudged, look(ADDRESSED), PLANNED_AT + timedelta(days=30)) == Nothing()


def test_a_draft_taken_over_only_loses_its_prefix_at_the_end() -> None:
    prefixed = replace(THEIRS, has_recipient=True)
    assert decide(TAKEN, look(prefixed), EARLY) == Nothing()
    assert decide(TAKEN, look(prefixed), DUE) == AppendReleased(source_uid=11)
    assert decide(TAKEN, look(replace(prefixed, is_held=False)), LATE) == Nothing()


def test_an_unsealed_draft_is_released_by_the_ledger_alone() -> None:
    unsealed = replace(SEALED, is_sealed=False)
    there = replace(OURS, has_recipient=True, is_held=False)
    assert decide(unsealed, look(there), EARLY) == Nothing()
    assert decide(unsealed, look(there), DUE) == ReleaseUnsealed()


def test_after_a_change_of_uidvalidity_our_copy_is_found_by_its_token() -> None:
    assert decide(SEALED, look(replace(OURS, uid=3), uid_validity=8)) == Rebind(uid=3)
    assert decide(RELEASED, look(replace(ADDRESSED, uid=4), uid_validity=8), LATE) == Rebind(uid=4)


def test_after_a_change_of_uidvalidity_a_copy_is_read_back_before_anything_is_removed_by_its_uid() -> None:
    newer = replace(THEIRS, uid=13)
    assert decide(SEALED, look(OURS, newer, uid_validity=8)) == Rebind(uid=10)
    assert decide(SEALED, look(OURS, sent=True, uid_validity=8)) == Rebind(uid=10)
    assert decide(RELEASED, look(ADDRESSED, sent=True, uid_validity=8), LATE) == Rebind(uid=12)
    found = replace(RELEASING, released=copy(RELEASED_ID, 12))
    step = decide(replace(found, sealed=copy(THEIR_ID, 3, ours=False)), look(ADDRESSED, uid_validity=8), LATE)
    assert step == ReplaceSource(released_uid=12, source_uid=None)


@pytest.mark.parametrize("state", [HoldState.SENT, HoldState.ANSWERED_ELSEWHERE])
def test_nothing_is_done_for_a_hold_that_has_ended(state: HoldState) -> None:
    assert decide(replace(RELEASED, state=state), look(OURS, THEIRS, ADDRESSED), LATE) == Nothing()


drafts = st.builds(
    DraftSeen,
    uid=st.integers(1, 20),
    message_id=st.sampled_from([SEALED_ID, RELEASED_ID, THEIR_ID, None]),
    has_recipient=st.booleans(),
    is_held=st.booleans(),
    body_sha256=st.sampled_from(["a", "b"]),
    sha256_but_id=st.sampled_from([None, "a", "b"]),
)
looks = st.builds(
    Observation,
    uid_validity=st.sampled_from([VALIDITY, 8]),
    drafts=st.lists(drafts, max_size=4, unique_by=lambda d: d.uid).map(
        lambda found: tuple(sorted(found, key=lambda d: d.uid))
    ),
    replies=st.sampled_from([(), ("<s@postbox.example>",)]),
)
holds = st.sampled_from([PLANNED, SEALED, RELEASING, RELEASED, EDITED, TAKEN, DISCARDED]).flatmap(
    lambda hold: st.builds(
        lambda missing, sealed: replace(hold, missing_since=missing, is_sealed=sealed),
        st.sampled_from([None, EARLY]),
        st.booleans(),
    )
)


@given(hold=holds, seen=looks, early=st.timedeltas(timedelta(0), timedelta(hours=47, minutes=59)))
def test_nothing_is_ever_released_before_its_time(hold: Hold, seen: Observation, early: timedelta) -> None:
    step = decide(hold, seen, PLANNED_AT + early)
    assert not isinstance(step, AppendReleased | ReleaseUnsealed)


@given(hold=holds, seen=looks, later=st.timedeltas(timedelta(0), timedelta(days=9)))
def test_only_a_copy_that_we_made_is_ever_removed(hold: Hold, seen: Observation, later: timedelta) -> None:
    step = decide(hold, seen, PLANNED_AT + later)
    removed = step.remove if isinstance(step, Adopt | End) else None
    if removed is not None:
        ours = [
            c
            for c in (hold.sealed, hold.released)
            if c is not None and c.uid == removed and c.uid_validity == seen.uid_validity
        ]
        assert any(c.sha256 is not None for c in ours)
