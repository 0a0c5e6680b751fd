"""On a real Dovecot, with IDLE: deliver, mark, sealed draft, release, sent; and a restart between any two."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from dovecot import Dovecot
from graceperiod.core.draft import split
from graceperiod.core.hold import HoldState
from graceperiod.demo.person import StoredMail, answers
from stage import MONDAY, PARENT, Stage, rejection

pytestmark = pytest.mark.server

HOURS = timedelta(hours=1)


@pytest.fixture
def stage(dovecot: Dovecot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(dovecot, tmp_path)
    yield stage
    stage.close()


def deliver(stage: Stage, raw: bytes | None = None) -> None:
    stage.person.deliver(raw or rejection(), "INBOX", stage.clock.now())


def has_mark(stage: Stage, keyword: str = "gp-rejection") -> bool:
    return any(keyword in mail.flags for mail in stage.inbox())


def sealed(stage: Stage) -> StoredMail | None:
    drafts = [d for d in stage.person.drafts() if d.head.is_held and not d.head.has_recipient]
    return drafts[0] if drafts and stage.state() is HoldState.SEALED else None


def released(stage: Stage) -> StoredMail | None:
    drafts = stage.person.drafts()
    is_done = len(drafts) == 1 and stage.state() is HoldState.RELEASED
    return drafts[0] if is_done else None


def check_addressed(draft: StoredMail) -> None:
    message = message_from_bytes(draft.raw, policy=default)
    assert message["to"].addresses[0].addr_spec == "ada@quillworks.example"
    assert message["subject"] == "Re: Your application as Night Baker"
    assert message["in-reply-to"] == PARENT
    assert draft.head.parents[-1] == PARENT
    assert "\\draft" in draft.flags


@pytest.mark.parametrize("restart_after", range(5))
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_rejection_is_marked_held_released_and_seen_to_be_sent(
    stage: Stage, restart_after: int, is_edited: bool
) -> None:
    def step(number: int) -> None:
        if number == restart_after:
            stage.restart()

    stage.start()
    stage.until(lambda: ("connected", {"account": "work"}) in stage.log.lines)
    deliver(stage)
    step(0)
    stage.until(lambda: has_mark(stage))
    draft = stage.until(lambda: sealed(stage))
    assert {"to", "cc", "bcc"}.isdisjoint(name.lower() for name in message_from_bytes(draft.raw))
    assert draft.head.subject == "[held until Wed 25 Nov 11:00] Re: Your application as Night Baker"
    assert {"\\draft", "\\seen"} <= draft.flags
    step(1)
    body = split(draft.raw)[2]
    if is_edited:
        stage.pass_time(5 * HOURS)
        stage.person.edit_draft(answers(PARENT), "My own words — with trailing space \nand more.\n")
        stage.pass_time(timedelta(minutes=5))
        stage.until(lambda: stage.hold().is_edited)
        (mine,) = stage.person.drafts()
        body = split(mine.raw)[2]
    step(2)
    stage.pass_time(MONDAY + 48 * HOURS - timedelta(minutes=1) - stage.clock.now())
    stage.until(lambda: ("swept", stage.clock.now()) in sweeps(stage))
    assert stage.hold().state is HoldState.SEALED
    stage.pass_time(timedelta(minutes=1))
    ready = stage.until(lambda: released(stage))
    check_addressed(ready)
    assert split(ready.raw)[2] == body
    step(3)
    stage.person.send_draft(answers(PARENT))
    step(4)
    stage.pass_time(timedelta(minutes=5))
    stage.until(lambda: stage.hold().state is HoldState.SENT)
    assert stage.person.drafts() == ()
    assert len(stage.sent()) == 1
    assert [m.flags & {"gp-rejection"} for m in stage.inbox()] == [{"gp-rejection"}]
    assert stage.ledger.pending_effects("work") == ()


def sweeps(stage: Stage) -> list[tuple[str, object]]:
    return [(event, facts.get("at")) for event, facts in stage.log.lines if event == "swept"]


def test_a_draft_sent_early_under_a_recipient_of_the_users_is_sent_and_said_kindly(stage: Stage) -> None:
    stage.start()
    deliver(stage)
    stage.until(lambda: sealed(stage))
    stage.person.send_draft(answers(PARENT), recipient="ada@quillworks.example", subject="Thanks")
    stage.pass_time(timedelta(minutes=5))
    stage.until(lambda: stage.hold().state is HoldState.SENT)
    reasons = [e.reason for e in stage.ledger.events(hold=stage.hold().id) if e.kind == "hold_sent"]
    assert reasons == ["you sent it before the cooldown was over"]


def test_a_deleted_draft_is_never_drafted_again(stage: Stage) -> None:
    stage.start()
    deliver(stage)
    stage.until(lambda: sealed(stage))
    stage.person.delete_draft(answers(PARENT))
    stage.pass_time(timedelta(minutes=1))
    stage.until(lambda: stage.hold().missing_since is not None)
    stage.pass_time(timedelta(minutes=10))
    stage.until(lambda: stage.hold().state is HoldState.DISCARDED)
    deliver(stage)
    stage.restart()
    stage.until(lambda: len([m for m in stage.inbox() if "gp-rejection" in m.flags]) == 2)
    assert stage.person.drafts() == ()


def test_an_answer_from_elsewhere_removes_the_sealed_draft(stage: Stage) -> None:
    stage.start()
    deliver(stage)
    stage.until(lambda: sealed(stage))
    stage.person.write_reply(rejection(), "Thank you, Ada.\n")
    stage.pass_time(timedelta(minutes=1))
    stage.until(lambda: stage.hold().state is HoldState.ANSWERED_ELSEWHERE)
    assert stage.person.drafts() == ()


def test_a_lost_store_does_not_double_a_draft(stage: Stage) -> None:
    stage.start()
    deliver(stage)
    stage.until(lambda: sealed(stage))
    stage.stop()
    stage.ledger.close()
    for file in stage.folder.glob("ledger.sqlite3*"):
        file.unlink()
    stage.restart()
    stage.until(lambda: sealed(stage))
    assert len(stage.person.drafts()) == 1
    stage.pass_time(48 * HOURS)
    check_addressed(stage.until(lambda: released(stage)))


def test_two_rejections_in_one_sweep_get_a_draft_each_in_their_own_thread(stage: Stage) -> None:
    deliver(stage)
    other = rejection("<p2@moss.example>", sender="Jo Moss <jo@moss.example>", subject="Gardener")
    deliver(stage, other)
    stage.start()
    stage.until(lambda: len(stage.person.drafts()) == 2)
    assert {d.head.parents for d in stage.person.drafts()} == {(PARENT,), ("<p2@moss.example>",)}


def test_old_rejections_are_marked_and_logged_but_not_answered(stage: Stage) -> None:
    stage.person.deliver(rejection(), "INBOX", MONDAY - timedelta(days=20))
    beyond = rejection("<old@x.example>")
    stage.person.deliver(beyond, "INBOX", MONDAY - timedelta(days=40))
    stage.start()
    stage.until(lambda: has_mark(stage))
    flags = [bool(m.flags & {"gp-rejection"}) for m in stage.inbox()]
    assert flags == [True, False]
    assert stage.ledger.holds() == ()
    (event,) = stage.ledger.events()
    assert "cooldown" in event.reason


def test_ordinary_unsure_and_soft_mail_is_not_answered(stage: Stage) -> None:
    deliver(stage, rejection("<a@x.example>", text="Lunch on Friday?\r\n"))
    deliver(stage, rejection("<b@x.example>", text="Perhaps.\r\n"))
    deliver(stage, rejection("<c@x.example>", text="The role is on hold.\r\n"))
    stage.start()
    stage.until(lambda: has_mark(stage, "gp-soft-rejection") and has_mark(stage, "gp-unsure"))
    assert stage.ledger.holds() == ()
    assert stage.person.drafts() == ()


def test_a_mail_that_cannot_be_read_is_recorded_and_the_next_one_is_answered(stage: Stage) -> None:
    deliver(stage, b"\r\n\r\n")
    deliver(stage)
    stage.start()
    stage.until(lambda: sealed(stage))
    unreadable = [m for m in stage.ledger.messages() if m.defects]
    assert len(unreadable) == 1
    assert [e.kind for e in stage.ledger.events(message=unreadable[0].id)] == ["unreadable"]


def test_without_the_seal_the_draft_is_complete_and_only_the_ledger_holds_it(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    stage = Stage(dovecot, tmp_path, seal=False)
    try:
        stage.start()
        deliver(stage)
        stage.until(lambda: stage.state() is HoldState.SEALED)
        (before,) = stage.person.drafts()
        check_addressed(before)
        stage.pass_time(48 * HOURS)
        after = stage.until(lambda: released(stage))
        assert after == before
    finally:
        stage.close()
