"""What the user changes in their mail client is their word; what the program or the server did never is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.app.annotate import annotate
from graceperiod.app.watch import sweep_once
from graceperiod.core.annotation import AnnotationSource, Statement
from graceperiod.core.application import Outcome
from graceperiod.core.category import Category
from graceperiod.core.features import FEATURE_VERSION
from graceperiod.core.hold import HoldState
from graceperiod.core.mail import Mail
from graceperiod.core.record import EffectKind
from graceperiod.core.verdict import Verdict
from graceperiod.demo.person import answers
from graceperiod.demo.server import Keywords
from graceperiod.ports import MailStore
from mails import verdict
from marked_mailbox import MarkedMailbox, marked_mailbox
from stage import PARENT, rejection

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)

LUNCH = rejection("<l@x.example>", text="Shall we say no to lunch on Friday?\r\n")
SOFT = rejection("<s@x.example>", text="The role is on hold.\r\n")
UNSURE = rejection("<u@x.example>", text="Perhaps.\r\n")


@pytest.fixture
def box() -> Iterator[MarkedMailbox]:
    with marked_mailbox() as box:
        yield box


# What is said


def test_taking_our_mark_off_says_that_it_is_no_rejection(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    assert box.said() is None
    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep(after=5 * MINUTES)
    annotation = box.annotation()
    assert str(annotation.statement) == "not_rejection"
    assert annotation.source is AnnotationSource.KEYWORD
    assert annotation.annotated_at == box.clock.now()
    assert "annotated" in box.kinds()
    assert box.flags(uid) == set()  # and it is not set again


@pytest.mark.parametrize(
    ("raw", "added", "said"),
    [
        (rejection(), "gp-not-rejection", "not_rejection"),
        (rejection(), "gp-soft-rejection", "soft_rejection"),
        (SOFT, "gp-rejection", "rejection"),
        (SOFT, "gp-not-rejection", "not_rejection"),
        (UNSURE, "gp-rejection", "rejection"),
        (UNSURE, "gp-not-rejection", "not_rejection"),
        (LUNCH, "gp-rejection", "rejection"),
        (LUNCH, "gp-soft-rejection", "soft_rejection"),
        (LUNCH, "Gp-Rejection", "rejection"),
    ],
)
def test_a_mark_that_is_added_by_hand_says_what_it_says(
    box: MarkedMailbox, raw: bytes, added: str, said: str
) -> None:
    uid = box.deliver(raw)
    box.sweep()
    box.person.flag("INBOX", uid, added)
    box.sweep()
    assert box.said() == said


def test_the_careful_reading_wins_where_marks_contradict_each_other(box: MarkedMailbox) -> None:
    uid = box.deliver(LUNCH)
    box.sweep()
    for mark in ("gp-rejection", "gp-soft-rejection"):
        box.person.flag("INBOX", uid, mark)
    box.sweep()
    assert box.said() == "soft_rejection"
    box.person.flag("INBOX", uid, "gp-not-rejection")
    box.sweep()
    assert box.said() == "not_rejection"


def test_marks_that_are_changed_back_take_the_word_back(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep()
    box.person.flag("INBOX", uid, "gp-rejection")
    box.sweep()
    assert box.said() is None
    assert box.kinds()[-1] == "annotation_withdrawn"


def test_taking_off_the_mark_for_unsure_says_nothing(box: MarkedMailbox) -> None:
    uid = box.deliver(UNSURE)
    box.sweep()
    box.person.unflag("INBOX", uid, "gp-unsure")
    box.sweep()
    assert box.said() is None


def test_a_word_is_noted_once(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep()
    before = (box.ledger.annotations(), box.ledger.events())
    for _ in range(3):
        box.sweep(after=MINUTES)
    assert (box.ledger.annotations(), box.ledger.events()) == before


# What is not said


def test_our_own_marks_are_never_taken_for_the_users(box: MarkedMailbox) -> None:
    for raw in (rejection(), SOFT, UNSURE, LUNCH):
        box.deliver(raw)
    for _ in range(3):
        box.sweep(after=MINUTES)
    assert box.ledger.annotations() == ()


def test_a_mark_that_was_set_before_a_crash_could_be_noted_is_ours(box: MarkedMailbox) -> None:
    uid = box.deliver()
    ledger = box.ledger
    finish = ledger.finish_effect

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    ledger.finish_effect = crash  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        box.sweep()
    assert box.flags(uid) == {"gp-rejection"}
    ledger.finish_effect = finish  # type: ignore[method-assign]
    box.sweep()
    assert box.said() is None


@pytest.mark.parametrize("keywords", [Keywords.DROP, Keywords.REFUSE])
def test_a_keyword_that_never_arrived_was_not_removed(keywords: Keywords) -> None:
    with marked_mailbox(keywords=keywords) as box:
        box.deliver()
        box.sweep()
        box.sweep(after=MINUTES)
        assert box.said() is None
        assert box.hold().state is HoldState.SEALED


def test_what_a_lost_ledger_had_marked_is_not_the_users_word(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    fresh = replace(box, ledger=MemoryLedger(), judge=LunchJudge())
    fresh.sweep()
    fresh.sweep()
    assert fresh.ledger.annotations() == ()
    fresh.person.flag("INBOX", uid, "gp-not-rejection")
    fresh.sweep()
    assert fresh.said() == "not_rejection"


class LunchJudge:
    """Thinks of everything that it is lunch: a model unlike the one that set the marks."""

    model = "lunch-v1"

    def judge(self, mail: Mail) -> Verdict:
        return verdict(Category.OTHER, acts=False)


def test_a_mail_that_says_for_itself_that_it_is_no_rejection_when_it_comes_is_believed(
    box: MarkedMailbox,
) -> None:
    box.deliver(flags=("gp-not-rejection",))
    box.sweep()
    assert box.said() == "not_rejection"
    assert box.person.drafts() == ()


def test_a_server_that_lost_all_marks_has_not_spoken_for_the_user(box: MarkedMailbox) -> None:
    uids = [box.deliver(rejection(f"<{n}@x.example>")) for n in range(6)]
    box.sweep()
    for uid in uids:
        box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep()
    assert box.ledger.annotations() == ()
    assert [event for event, _ in box.log.lines].count("marks_lost") == 1
    new = box.deliver(rejection("<new@x.example>"))
    box.sweep()
    box.sweep()
    assert box.ledger.annotations() == ()
    box.person.unflag("INBOX", new, "gp-rejection")
    box.sweep()
    assert [a.message for a in box.ledger.annotations()] == [7]


def test_a_mail_that_was_moved_away_says_nothing(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    box.person.flag("INBOX", uid, r"\Deleted")
    box.person.expunge("INBOX", uid)
    box.sweep()
    assert box.said() is None


def test_marks_of_mail_from_long_ago_are_not_looked_at(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep(after=timedelta(days=91))
    assert box.said() is None


def test_nothing_is_asked_of_the_server_while_the_mod_sequence_stands_still(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    asked: list[str] = []
    modseq = 7
    connect = box.desk.open_store

    def open_counted() -> MailStore:
        store = connect()
        status, marks = store.status, store.marks

        def counted(mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Mapping[int, frozenset[str]]:
            asked.append(mailbox)
            return marks(mailbox, uids, uid_validity=uid_validity)

        store.status = lambda mailbox: replace(status(mailbox), highest_modseq=modseq)  # type: ignore[method-assign]
        store.marks = counted  # type: ignore[method-assign]
        return store

    for _ in range(3):
        sweep_once(replace(box.desk, open_store=open_counted))
    assert asked.count("INBOX") == 1
    box.person.unflag("INBOX", uid, "gp-rejection")
    modseq = 8
    sweep_once(replace(box.desk, open_store=open_counted))
    assert box.said() == "not_rejection"


# What follows


def test_a_sealed_draft_that_nobody_touched_goes_when_the_mail_is_no_rejection(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    assert box.hold().state is HoldState.SEALED
    box.person.flag("INBOX", uid, "gp-not-rejection")
    box.sweep()
    assert box.person.drafts() == ()
    assert box.hold().state is HoldState.DISCARDED
    (reason,) = [e.reason for e in box.ledger.events(hold=box.hold().id) if e.kind == "hold_discarded"]
    assert "not a rejection" in reason
    box.sweep(after=72 * HOURS)
    assert box.person.drafts() == ()


def test_a_draft_that_the_user_changed_stays_though_the_mail_is_no_rejection(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    box.person.edit_draft(answers(PARENT), "My own words.\n")
    box.person.flag("INBOX", uid, "gp-not-rejection")
    box.sweep()
    (draft,) = box.person.drafts()
    assert draft.body == "My own words.\n"
    assert box.hold().state is HoldState.SEALED
    assert box.hold().is_edited


def test_the_application_is_live_again_when_its_rejection_was_none(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    assert [a.outcome for a in box.ledger.applications()] == [Outcome.REJECTED]
    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep()
    assert [a.outcome for a in box.ledger.applications()] == [Outcome.LIVE]


@pytest.mark.parametrize("raw", [LUNCH, SOFT, UNSURE])
def test_an_answer_is_held_for_a_mail_that_the_user_calls_a_rejection(box: MarkedMailbox, raw: bytes) -> None:
    uid = box.deliver(raw)
    box.sweep()
    assert box.ledger.holds() == ()
    box.person.flag("INBOX", uid, "gp-rejection")
    box.sweep(after=HOURS)
    assert box.hold().state is HoldState.SEALED
    assert box.hold().message == 1
    (draft,) = box.person.drafts()
    assert draft.head.is_held
    assert not draft.head.has_recipient
    assert [a.outcome for a in box.ledger.applications()] == [Outcome.REJECTED]
    marks = [e for e in box.ledger.pending_effects("work") if e.kind is EffectKind.MARK]
    assert marks == []
    box.sweep(after=MINUTES)
    assert len(box.person.drafts()) == 1


def test_no_answer_is_held_when_the_cooldown_was_over_before_it_was_said(box: MarkedMailbox) -> None:
    uid = box.deliver(LUNCH)
    box.sweep()
    box.person.flag("INBOX", uid, "gp-rejection")
    box.sweep(after=72 * HOURS)
    assert box.ledger.holds() == ()
    assert "cooldown" in box.ledger.events(message=1)[-1].reason


def test_a_mark_that_agrees_with_the_verdict_changes_nothing(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    before = (box.person.drafts(), box.ledger.holds(), box.ledger.events())
    box.person.flag("INBOX", uid, "gp-rejection")
    box.sweep()
    assert (box.person.drafts(), box.ledger.holds(), box.ledger.events()) == before


def test_a_mail_that_is_moved_after_it_was_corrected_is_not_marked_again(box: MarkedMailbox) -> None:
    box.account = replace(box.account, watch=("INBOX", "Archive"))
    uid = box.deliver()
    box.sweep()
    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep()
    moved = box.deliver(mailbox="Archive")
    box.sweep()
    assert box.flags(moved, "Archive") == set()
    assert box.person.drafts() == ()


# What is kept


def test_features_are_kept_and_the_text_is_not(box: MarkedMailbox) -> None:
    uid = box.deliver()
    box.sweep()
    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep()
    annotation = box.annotation()
    assert annotation.feature_version == FEATURE_VERSION
    assert "w:unfortunately" in annotation.features
    assert list(annotation.features) == sorted(annotation.features)
    assert "unfortunately we have chosen somebody else" not in " ".join(annotation.features)


def test_a_mail_that_went_before_it_was_read_again_keeps_the_word_without_features(
    box: MarkedMailbox,
) -> None:
    uid = box.deliver()
    box.sweep()
    annotate(box.ledger, "1", Statement.parse("offer"), now=box.clock.now())
    box.person.flag("INBOX", uid, r"\Deleted")
    box.person.expunge("INBOX", uid)
    box.sweep()
    assert box.said() == "offer"
    assert box.annotation().features == ()
    before = box.ledger.events()
    box.sweep()
    assert box.ledger.events() == before
    assert "annotation_unread" in box.kinds()


def test_features_of_an_older_program_are_made_anew_and_nothing_else_happens(box: MarkedMailbox) -> None:
    uid = box.deliver(LUNCH)
    box.sweep()
    box.person.flag("INBOX", uid, "gp-rejection")
    box.sweep()
    box.person.delete_draft(answers("<l@x.example>"))
    box.sweep()
    box.sweep(after=11 * MINUTES)
    assert box.hold().state is HoldState.DISCARDED
    box.ledger.save_annotation(replace(box.annotation(), features=("old:1",), feature_version=0))
    before = box.ledger.events()
    box.sweep()
    assert box.annotation().feature_version == FEATURE_VERSION
    assert "old:1" not in box.annotation().features
    assert box.ledger.events() == before
    assert box.person.drafts() == ()
