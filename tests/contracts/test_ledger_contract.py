"""What every ledger keeps, whatever it is made of."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.core.address import Address
from graceperiod.core.annotation import Annotation, AnnotationSource, Statement
from graceperiod.core.application import Application, Outcome
from graceperiod.core.category import Category
from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.mailbox import HighWater, MarkMethod
from graceperiod.core.marking import Marking
from graceperiod.core.record import Direction, Effect, EffectKind, Event, MessageRecord
from graceperiod.core.trusted_time import TrustedTime
from graceperiod.core.verdict import Verdict, VerdictReason
from graceperiod.errors import LedgerError
from graceperiod.ports import Ledger

Fresh = Callable[[], AbstractContextManager[Ledger]]

T0 = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@contextmanager
def _memory() -> Iterator[Ledger]:
    ledger = MemoryLedger()
    yield ledger
    ledger.close()


@contextmanager
def _sqlite() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder) / "store.sqlite", exclusive=True)
        yield ledger
        ledger.close()


@pytest.fixture(scope="module", params=[_memory, _sqlite], ids=["memory", "sqlite"])
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """Makes an empty ledger; of the module's scope so that each of Hypothesis' examples can have its own."""
    make: Fresh = request.param
    return make


@pytest.fixture
def ledger(fresh: Fresh) -> Iterator[Ledger]:
    with fresh() as made:
        yield made


def message(uid: int, **changes: object) -> MessageRecord:
    record = MessageRecord(
        id=None,
        account="home",
        mailbox="INBOX",
        uid_validity=7,
        uid=uid,
        direction=Direction.RECEIVED,
        message_id=f"<{uid}@acme.example>",
        in_reply_to=(),
        references=(),
        sender=Address(display_name="Ida Lark", addr_spec="ida.lark@acme.example"),
        subject="Your application",
        arrived_at=T0 + uid * HOUR,
        seen_at=T0 + uid * HOUR,
        size_bytes=2000,
    )
    return replace(record, **changes)  # type: ignore[arg-type]


def application(**changes: object) -> Application:
    value = Application(
        id=None,
        account="home",
        employer="Acme",
        role=None,
        stage=None,
        tier=None,
        outcome=Outcome.LIVE,
        opened_at=T0,
        last_mail_at=T0,
    )
    return replace(value, **changes)  # type: ignore[arg-type]


def hold(about: MessageRecord, **changes: object) -> Hold:
    assert about.id is not None
    value = Hold(
        id=None,
        account=about.account,
        message=about.id,
        application=None,
        parent_id=about.message_id or "",
        parent_references=(),
        subject="Re: Your application",
        recipient=Address(display_name="Ida Lark", addr_spec="ida.lark@acme.example"),
        reply_from=Address(display_name="", addr_spec="me@home.example"),
        template="tier2",
        language="en",
        body="Thank you.\n",
        drafts="Drafts",
        planned_at=T0,
        release_at=T0 + 48 * HOUR,
    )
    return replace(value, **changes)  # type: ignore[arg-type]


def effect(**changes: object) -> Effect:
    value = Effect(id=None, account="home", kind=EffectKind.MARK, intended_at=T0)
    return replace(value, **changes)  # type: ignore[arg-type]


def event(kind: str, **changes: object) -> Event:
    value = Event(account="home", kind=kind, happened_at=T0, reason="It was so.")
    return replace(value, **changes)  # type: ignore[arg-type]


def annotation(about: int, said: str = "not-rejection", **changes: object) -> Annotation:
    value = Annotation(
        id=None,
        message=about,
        statement=Statement.parse(said),
        source=AnnotationSource.COMMAND,
        annotated_at=T0,
    )
    return replace(value, **changes)  # type: ignore[arg-type]


def verdict(**changes: object) -> Verdict:
    value = Verdict(
        category=Category.REJECTION,
        probability=0.97,
        acts=True,
        is_unsure=False,
        reason=VerdictReason.OVER_THRESHOLD,
        language="en",
        evidence=(),
        model="jobmail-v1",
    )
    return replace(value, **changes)  # type: ignore[arg-type]


def number(value: MessageRecord | Application | Hold | Effect) -> int:
    assert value.id is not None
    return value.id


# Every value comes back as it went in


@settings(max_examples=40, deadline=None)
@given(record=strategies.message_records, owner=st.none() | strategies.applications)
def test_a_message_comes_back_as_it_was_written(
    fresh: Fresh, record: MessageRecord, owner: Application | None
) -> None:
    with fresh() as ledger:
        if owner is not None:
            record = replace(record, application=ledger.add_application(owner).id)
        added = ledger.add_message(record)
        assert added == replace(record, id=added.id)
        assert ledger.message(number(added)) == added
        assert ledger.messages() == (added,)


@settings(max_examples=40, deadline=None)
@given(first=strategies.holds, later=strategies.holds, parent=strategies.message_records)
def test_a_hold_with_both_copies_comes_back_as_it_was_written(
    fresh: Fresh, first: Hold, later: Hold, parent: MessageRecord
) -> None:
    with fresh() as ledger:
        about = ledger.add_message(parent)
        added = ledger.add_hold(replace(first, message=number(about)))
        assert ledger.hold(number(added)) == added == replace(first, id=added.id, message=number(about))
        changed = replace(later, id=added.id, message=number(about))
        ledger.save_hold(changed)
        assert ledger.holds() == (changed,)


@settings(max_examples=25, deadline=None)
@given(value=strategies.verdicts, at=strategies.instants)
def test_a_verdict_comes_back_with_all_its_evidence(fresh: Fresh, value: Verdict, at: datetime) -> None:
    with fresh() as ledger:
        about = number(ledger.add_message(message(1)))
        assert ledger.verdict(about) is None
        ledger.add_verdict(about, value, at=at)
        assert ledger.verdict(about) == value


@settings(max_examples=25, deadline=None)
@given(first=strategies.annotations, later=strategies.annotations)
def test_an_annotation_comes_back_as_it_was_written(
    fresh: Fresh, first: Annotation, later: Annotation
) -> None:
    with fresh() as ledger:
        ledger.add_message(message(1))
        assert ledger.annotation(1) is None
        added = ledger.add_annotation(first)
        assert ledger.annotation(1) == added == replace(first, id=added.id)
        ledger.save_annotation(replace(later, id=added.id))
        assert ledger.annotations() == (replace(later, id=added.id),)


@settings(max_examples=25, deadline=None)
@given(first=strategies.applications, later=strategies.applications)
def test_an_application_comes_back_as_it_was_written(
    fresh: Fresh, first: Application, later: Application
) -> None:
    with fresh() as ledger:
        added = ledger.add_application(first)
        assert ledger.application(number(added)) == added == replace(first, id=added.id)
        ledger.save_application(replace(later, id=added.id))
        assert ledger.applications() == (replace(later, id=added.id),)


@settings(max_examples=25, deadline=None)
@given(first=strategies.high_waters, later=strategies.high_waters)
def test_a_high_water_mark_comes_back_and_is_replaced(
    fresh: Fresh, first: HighWater, later: HighWater
) -> None:
    with fresh() as ledger:
        ledger.save_high_water("home", first)
        assert ledger.high_water("home", first.mailbox) == first
        ledger.save_high_water("home", replace(later, mailbox=first.mailbox))
        assert ledger.high_water("home", first.mailbox) == replace(later, mailbox=first.mailbox)
        assert ledger.high_water("work", first.mailbox) is None


@settings(max_examples=25, deadline=None)
@given(value=strategies.effects)
def test_an_effect_comes_back_as_it_was_written(fresh: Fresh, value: Effect) -> None:
    with fresh() as ledger:
        added = ledger.add_effect(value)
        assert added == replace(value, id=added.id)
        assert ledger.pending_effects(value.account) == (added,)


@settings(max_examples=25, deadline=None)
@given(first=strategies.trusted_times, second=strategies.trusted_times)
def test_a_reading_of_the_clocks_comes_back_and_is_replaced(
    fresh: Fresh, first: TrustedTime, second: TrustedTime
) -> None:
    with fresh() as ledger:
        assert ledger.trusted_time("home") is None
        for reading in (first, second):
            ledger.save_trusted_time("home", reading)
            assert ledger.trusted_time("home") == reading
        assert ledger.trusted_time("work") is None


@given(values=st.lists(strategies.events, max_size=5))
def test_events_come_back_in_the_order_in_which_they_were_written(fresh: Fresh, values: list[Event]) -> None:
    with fresh() as ledger:
        for value in values:
            ledger.log(value)
        assert ledger.events() == tuple(values)


def test_an_instant_of_another_zone_comes_back_in_utc(ledger: Ledger) -> None:
    cet = timezone(timedelta(hours=1))
    added = ledger.add_message(message(1, arrived_at=datetime(2026, 11, 20, 10, 0, 0, 1, tzinfo=cet)))
    found = ledger.message(number(added))
    assert found is not None
    assert found.arrived_at.isoformat() == "2026-11-20T09:00:00.000001+00:00"


def test_an_instant_without_a_zone_is_a_bug_and_writes_nothing(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        ledger.add_message(message(1, seen_at=T0.replace(tzinfo=None)))
    assert ledger.messages() == ()


def test_what_is_not_there_is_none_or_empty(ledger: Ledger) -> None:
    assert ledger.high_water("home", "INBOX") is None
    assert ledger.message(1) is None
    assert ledger.verdict(1) is None
    assert ledger.application(1) is None
    assert ledger.hold(1) is None
    assert ledger.find_messages("home", "<1@acme.example>") == ()
    assert ledger.replies_to("home", "<1@acme.example>") == ()
    assert ledger.application_of("home", ["<1@acme.example>"]) is None
    assert ledger.application_of("home", []) is None
    assert not (*ledger.messages(), *ledger.applications(), *ledger.holds(), *ledger.events())
    assert ledger.pending_effects("home") == ()


def test_the_callers_mapping_may_change_afterwards(ledger: Ledger) -> None:
    detail: dict[str, str | int | float] = {"uid": 1}
    ledger.log(event("marked", detail=detail))
    detail["uid"] = 2
    assert ledger.events()[0].detail == {"uid": 1}


# Messages


def test_a_uid_that_is_known_gives_the_record_that_is_there(ledger: Ledger) -> None:
    first = ledger.add_message(message(1, references=("<0@acme.example>",)))
    assert ledger.add_message(message(1, subject="Another")) == first
    assert len(ledger.messages()) == 1


@pytest.mark.parametrize(
    "change", [{"account": "work"}, {"mailbox": "Jobs"}, {"uid_validity": 8}, {"uid": 2}]
)
def test_a_message_is_another_one_in_another_place(ledger: Ledger, change: dict[str, object]) -> None:
    first = message(1)
    assert ledger.add_message(replace(first, **change)).id != ledger.add_message(first).id  # type: ignore[arg-type]


def test_messages_are_the_newest_first_and_at_most_the_limit(ledger: Ledger) -> None:
    for uid in (2, 4, 1, 3):
        ledger.add_message(message(uid))
    ledger.add_message(message(5, account="work"))
    assert [m.uid for m in ledger.messages()] == [5, 4, 3, 2, 1]
    assert [m.uid for m in ledger.messages("home", limit=2)] == [4, 3]
    assert ledger.messages(limit=0) == ()
    assert ledger.messages("nobody") == ()


def test_messages_of_one_instant_are_in_the_order_of_their_numbers(ledger: Ledger) -> None:
    for uid in (3, 1, 2):
        ledger.add_message(message(uid, arrived_at=T0, message_id="<same@acme.example>"))
    assert [m.uid for m in ledger.messages()] == [2, 1, 3]
    assert [m.uid for m in ledger.find_messages("home", "<same@acme.example>")] == [3, 1, 2]


def test_messages_are_found_by_their_message_id_oldest_first(ledger: Ledger) -> None:
    ledger.add_message(message(2, message_id="<same@acme.example>"))
    ledger.add_message(message(1, message_id="<same@acme.example>", mailbox="Jobs"))
    ledger.add_message(message(3, message_id=None))
    ledger.add_message(message(4, message_id="<same@acme.example>", account="work"))
    assert [m.uid for m in ledger.find_messages("home", "<same@acme.example>")] == [1, 2]


def test_only_what_the_user_sent_is_a_reply(ledger: Ledger) -> None:
    parent = "<1@acme.example>"
    ledger.add_message(message(5, direction=Direction.SENT, references=("<0@acme.example>", parent)))
    ledger.add_message(
        message(4, direction=Direction.SENT, in_reply_to=(parent,), references=(parent, parent))
    )
    ledger.add_message(message(3, references=(parent,)))
    ledger.add_message(message(2, direction=Direction.SENT, references=("<2@acme.example>",)))
    ledger.add_message(message(6, direction=Direction.SENT, references=(parent,), account="work"))
    assert [m.uid for m in ledger.replies_to("home", parent)] == [4, 5]


def test_more_messages_than_one_statement_can_bind_come_back(ledger: Ledger) -> None:
    with ledger.transaction():
        for uid in range(1, 1203):
            ledger.add_message(message(uid, references=(f"<{uid - 1}@acme.example>",)))
    found = ledger.messages(limit=5000)
    assert len(found) == 1202
    assert all(m.references == (f"<{m.uid - 1}@acme.example>",) for m in found)


def test_the_last_verdict_counts_even_if_the_clock_was_set_back(ledger: Ledger) -> None:
    about = number(ledger.add_message(message(1)))
    ledger.add_verdict(about, verdict(), at=T0)
    ledger.add_verdict(about, verdict(category=Category.OTHER), at=T0 - HOUR)
    found = ledger.verdict(about)
    assert found is not None
    assert found.category is Category.OTHER


# Annotations

BY_KEYWORD = AnnotationSource.KEYWORD


def test_of_two_sources_the_one_written_last_counts_even_if_the_clock_was_set_back(ledger: Ledger) -> None:
    about = number(ledger.add_message(message(1)))
    ledger.add_annotation(annotation(about, "offer"))
    by_mark = ledger.add_annotation(annotation(about, source=BY_KEYWORD, annotated_at=T0 - HOUR))
    assert ledger.annotation(about) == by_mark
    assert ledger.annotations() == (by_mark,)
    again = ledger.add_annotation(annotation(about, "interview", annotated_at=T0 - HOUR))
    assert ledger.annotation(about) == again


def test_a_source_has_one_word_about_a_mail(ledger: Ledger) -> None:
    about = number(ledger.add_message(message(1)))
    ledger.add_annotation(annotation(about, "offer"))
    second = ledger.add_annotation(annotation(about, "interview"))
    ledger.remove_annotation(about, AnnotationSource.KEYWORD)
    assert ledger.annotations() == (second,)
    ledger.remove_annotation(about, AnnotationSource.COMMAND)
    assert ledger.annotations() == ()
    ledger.remove_annotation(about, AnnotationSource.COMMAND)


def test_what_was_said_before_counts_again_when_the_last_word_is_taken_back(ledger: Ledger) -> None:
    about = number(ledger.add_message(message(1)))
    first = ledger.add_annotation(annotation(about, "offer"))
    ledger.add_annotation(annotation(about, source=BY_KEYWORD))
    ledger.remove_annotation(about, BY_KEYWORD)
    assert ledger.annotation(about) == first


def test_features_that_come_later_do_not_change_what_counts(ledger: Ledger) -> None:
    about = number(ledger.add_message(message(1)))
    early = ledger.add_annotation(annotation(about, "offer"))
    late = ledger.add_annotation(annotation(about, source=BY_KEYWORD))
    ledger.save_annotation(replace(early, features=("w:hello",), feature_version=1))
    assert ledger.annotation(about) == late


def test_annotations_of_an_account_are_in_the_order_in_which_they_were_written(ledger: Ledger) -> None:
    numbers = [number(ledger.add_message(message(uid))) for uid in (1, 2)]
    other = number(ledger.add_message(message(3, account="work")))
    for about in (numbers[1], other, numbers[0]):
        ledger.add_annotation(annotation(about))
    assert [a.message for a in ledger.annotations("home")] == [numbers[1], numbers[0]]
    assert [a.message for a in ledger.annotations()] == [numbers[1], other, numbers[0]]


def test_annotations_are_unread_until_they_have_features_of_that_version(ledger: Ledger) -> None:
    numbers = [number(ledger.add_message(message(uid))) for uid in (1, 2, 3)]
    ledger.add_annotation(annotation(numbers[0]))
    ledger.add_annotation(annotation(numbers[1], features=("w:hello",), feature_version=1))
    read = ledger.add_annotation(annotation(numbers[2], features=("w:hello",), feature_version=2))
    unread = ledger.unread_annotations("home", feature_version=2)
    assert [a.message for a in unread] == numbers[:2]
    assert ledger.unread_annotations("home", feature_version=2, limit=1) == unread[:1]
    assert ledger.unread_annotations("work", feature_version=2) == ()
    ledger.add_annotation(replace(read, source=BY_KEYWORD))
    assert ledger.unread_annotations("home", feature_version=2) == unread


def test_what_does_not_count_is_not_unread(ledger: Ledger) -> None:
    about = number(ledger.add_message(message(1)))
    ledger.add_annotation(annotation(about, "offer"))
    ledger.add_annotation(annotation(about, source=BY_KEYWORD, features=("w:hello",), feature_version=1))
    assert ledger.unread_annotations("home", feature_version=1) == ()


def test_markings_tell_of_judged_mail_which_marks_are_ours_and_what_was_said(ledger: Ledger) -> None:
    numbers = [number(ledger.add_message(message(uid))) for uid in (1, 2, 3)]
    for about in numbers[:2]:
        ledger.add_verdict(about, verdict(), at=T0)
    mark = ledger.add_effect(effect(message=numbers[0], detail={"keyword": "gp-rejection"}))
    ledger.finish_effect(number(mark), at=T0, result="set as keyword")
    ledger.add_effect(effect(message=numbers[0], kind=EffectKind.REMOVE))
    ledger.add_annotation(annotation(numbers[0], source=BY_KEYWORD))
    ledger.add_annotation(annotation(numbers[0], "offer"))
    ledger.add_annotation(annotation(numbers[1], "offer"))
    done = replace(mark, finished_at=T0, result="set as keyword")
    said = Statement.parse("not-rejection")
    assert ledger.markings("home", "INBOX", uid_validity=7, since=T0, limit=10) == (
        Marking(message=numbers[1], uid=2, effects=(), said=None),
        Marking(message=numbers[0], uid=1, effects=(done,), said=said),
    )


def test_markings_are_of_one_mailbox_as_it_is_now_and_bounded(ledger: Ledger) -> None:
    elsewhere: dict[int, dict[str, object]] = {
        2: {"account": "work"},
        3: {"mailbox": "Jobs"},
        4: {"uid_validity": 8},
    }
    for uid in range(1, 7):
        about = number(ledger.add_message(message(uid, **elsewhere.get(uid, {}))))
        ledger.add_verdict(about, verdict(), at=T0)

    def uids(*, since: datetime = T0, limit: int = 10) -> list[int]:
        return [m.uid for m in ledger.markings("home", "INBOX", uid_validity=7, since=since, limit=limit)]

    assert uids() == [6, 5, 1]
    assert uids(limit=2) == [6, 5]
    assert uids(since=T0 + 5 * HOUR) == [6, 5]
    assert uids(limit=0) == []


def test_markings_of_more_messages_than_one_statement_can_bind_come_back(ledger: Ledger) -> None:
    with ledger.transaction():
        for uid in range(1, 1103):
            about = number(ledger.add_message(message(uid)))
            ledger.add_verdict(about, verdict(), at=T0)
            ledger.add_effect(effect(message=about, detail={"keyword": f"k{uid}"}))
    found = ledger.markings("home", "INBOX", uid_validity=7, since=T0, limit=5000)
    assert len(found) == 1102
    assert all(m.ours == {f"k{m.uid}"} for m in found)


# Applications


def test_applications_with_the_newest_mail_come_first(ledger: Ledger) -> None:
    old = ledger.add_application(application(last_mail_at=T0))
    new = ledger.add_application(application(last_mail_at=T0 + HOUR))
    other = ledger.add_application(application(account="work", last_mail_at=T0 - HOUR))
    assert ledger.applications() == (new, old, other)
    assert ledger.applications("work") == (other,)


def test_the_application_of_a_thread_is_that_with_the_newest_mail(ledger: Ledger) -> None:
    new = ledger.add_application(application(last_mail_at=T0 + HOUR))
    old = ledger.add_application(application(last_mail_at=T0))
    for uid, owner in ((1, old), (2, new), (3, None)):
        added = ledger.add_message(message(uid))
        if owner is not None:
            ledger.assign(number(added), number(owner))
    ids = [f"<{uid}@acme.example>" for uid in (1, 2, 3)]
    assert ledger.application_of("home", iter(ids)) == new
    assert ledger.application_of("home", ids[:1]) == old
    assert ledger.application_of("home", ids[2:]) is None
    assert ledger.application_of("work", ids) is None
    assert ledger.application_of("home", [*(f"<x{n}@acme.example>" for n in range(1200)), *ids]) == new


def test_an_assigned_message_says_so(ledger: Ledger) -> None:
    about = number(ledger.add_message(message(1)))
    owner = number(ledger.add_application(application()))
    ledger.assign(about, owner)
    found = ledger.message(about)
    assert found is not None
    assert found.application == owner


# Holds


def test_one_account_has_one_hold_for_one_parent(ledger: Ledger) -> None:
    about = ledger.add_message(message(1))
    first = ledger.add_hold(hold(about))
    with pytest.raises(LedgerError, match=f"hold {first.id} already"):
        ledger.add_hold(hold(about, state=HoldState.DISCARDED))
    assert ledger.holds() == (first,)
    ledger.add_hold(hold(about, account="work"))
    assert len(ledger.holds()) == 2


def test_a_hold_cannot_be_moved_onto_the_parent_of_another(ledger: Ledger) -> None:
    first = ledger.add_hold(hold(ledger.add_message(message(1))))
    second = ledger.add_hold(hold(ledger.add_message(message(2))))
    with pytest.raises(LedgerError):
        ledger.save_hold(replace(second, parent_id=first.parent_id))
    assert ledger.hold(number(second)) == second


def test_a_refused_hold_leaves_the_rest_of_its_transaction(ledger: Ledger) -> None:
    about = ledger.add_message(message(1))
    ledger.add_hold(hold(about))
    with ledger.transaction():
        ledger.log(event("before"))
        with suppress(LedgerError):
            ledger.add_hold(hold(about))
        ledger.log(event("after"))
    assert [e.kind for e in ledger.events()] == ["before", "after"]
    assert len(ledger.holds()) == 1


def test_holds_are_in_the_order_of_their_release(ledger: Ledger) -> None:
    for uid, hours in ((1, 50), (2, 48), (3, 49)):
        ledger.add_hold(hold(ledger.add_message(message(uid)), release_at=T0 + hours * HOUR))
    assert [h.message for h in ledger.holds()] == [2, 3, 1]


@pytest.mark.parametrize("state", HoldState)
def test_a_hold_is_open_until_it_has_ended(ledger: Ledger, state: HoldState) -> None:
    added = ledger.add_hold(hold(ledger.add_message(message(1)), state=state))
    assert ledger.holds(is_open=True) == (() if state.is_end else (added,))
    assert ledger.holds("home", is_open=False) == ((added,) if state.is_end else ())
    assert ledger.holds("home") == (added,)
    assert ledger.holds("work") == ()


def test_a_copy_can_be_taken_off_a_hold_again(ledger: Ledger) -> None:
    copy = Copy(message_id="<token@home.example>", uid_validity=1, uid_next=5)
    added = ledger.add_hold(hold(ledger.add_message(message(1)), sealed=copy))
    ledger.save_hold(replace(added, sealed=None, released=copy))
    assert ledger.hold(number(added)) == replace(added, sealed=None, released=copy)


# Effects and events


def test_an_effect_is_pending_until_it_is_finished(ledger: Ledger) -> None:
    first = ledger.add_effect(effect(intended_at=T0 + HOUR))
    second = ledger.add_effect(effect(kind=EffectKind.REMOVE))
    ledger.add_effect(effect(account="work"))
    assert ledger.pending_effects("home") == (first, second)
    ledger.finish_effect(number(first), at=T0, result="seen to be there")
    assert ledger.pending_effects("home") == (second,)


def test_events_are_found_by_message_or_hold_or_either(ledger: Ledger) -> None:
    about = ledger.add_message(message(1))
    held = ledger.add_hold(hold(about))
    ledger.log(event("one", message=about.id))
    ledger.log(event("two", hold=held.id, happened_at=T0 - HOUR))
    ledger.log(event("three"))
    ledger.log(event("four", message=about.id, hold=held.id))

    def kinds(*, message: int | None = None, hold: int | None = None, limit: int = 1000) -> list[str]:
        return [e.kind for e in ledger.events(message=message, hold=hold, limit=limit)]

    assert kinds(message=about.id) == ["one", "four"]
    assert kinds(hold=held.id) == ["two", "four"]
    assert kinds(message=about.id, hold=held.id) == ["one", "two", "four"]
    assert kinds(message=about.id, hold=99) == ["one", "four"]
    assert kinds() == ["one", "two", "three", "four"]
    assert kinds(limit=2) == ["three", "four"]
    assert kinds(limit=0) == []


def test_two_equal_events_are_two_events(ledger: Ledger) -> None:
    ledger.log(event("looked"))
    ledger.log(event("looked"))
    assert len(ledger.events()) == 2


# What does not fit is refused, and nothing of it is kept

WRONG: list[tuple[str, Callable[[Ledger], object]]] = [
    ("a verdict on no message", lambda ledger: ledger.add_verdict(9, verdict(), at=T0)),
    ("an annotation of no message", lambda ledger: ledger.add_annotation(annotation(9))),
    ("an annotation never added", lambda ledger: ledger.save_annotation(annotation(1, id=9))),
    ("an annotation without number", lambda ledger: ledger.save_annotation(annotation(1))),
    ("a message of no application", lambda ledger: ledger.add_message(message(9, application=9))),
    ("no message assigned", lambda ledger: ledger.assign(9, 1)),
    ("assigned to no application", lambda ledger: ledger.assign(1, 9)),
    ("an application never added", lambda ledger: ledger.save_application(application(id=9))),
    ("an application without number", lambda ledger: ledger.save_application(application())),
    ("a hold never added", lambda ledger: ledger.save_hold(hold(message(2, id=1), id=9))),
    ("a hold without number", lambda ledger: ledger.save_hold(hold(message(2, id=1)))),
    ("a hold for no message", lambda ledger: ledger.add_hold(hold(message(2, id=9)))),
    ("a hold for no application", lambda ledger: ledger.add_hold(hold(message(2, id=1), application=9))),
    ("an effect on no hold", lambda ledger: ledger.add_effect(effect(hold=9))),
    ("an effect never added", lambda ledger: ledger.finish_effect(9, at=T0, result="done")),
    ("an event about no message", lambda ledger: ledger.log(event("odd", message=9))),
    ("an event about no application", lambda ledger: ledger.log(event("odd", application=9))),
]


@pytest.mark.parametrize("step", [step for _, step in WRONG], ids=[name for name, _ in WRONG])
def test_a_number_that_is_not_there_is_refused(ledger: Ledger, step: Callable[[Ledger], object]) -> None:
    about = ledger.add_message(message(1))
    ledger.add_application(application())
    with pytest.raises(LedgerError):
        step(ledger)
    assert ledger.messages() == (about,)
    assert len(ledger.applications()) == 1
    assert ledger.holds() == ()
    assert ledger.events() == ()
    assert ledger.pending_effects("home") == ()
    assert ledger.annotations() == ()


# Transactions and threads


def fill(ledger: Ledger) -> None:
    """One write of each kind, over what may be there already."""
    owner = ledger.add_application(application())
    about = ledger.add_message(message(2, direction=Direction.SENT, references=("<1@acme.example>",)))
    ledger.assign(number(about), number(owner))
    ledger.add_verdict(number(about), verdict(category=Category.OFFER), at=T0)
    ledger.remove_annotation(number(about), BY_KEYWORD)
    ledger.save_annotation(
        replace(ledger.add_annotation(annotation(number(about))), features=("w:hello",), feature_version=1)
    )
    ledger.add_annotation(annotation(number(about), source=BY_KEYWORD))
    ledger.save_high_water("home", HighWater(mailbox="INBOX", uid_validity=7, last_uid=2))
    held = ledger.add_hold(hold(about))
    ledger.save_hold(replace(held, state=HoldState.SEALED))
    ledger.finish_effect(number(ledger.add_effect(effect())), at=T0, result="done")
    ledger.add_effect(effect(kind=EffectKind.APPEND_SEALED))
    ledger.log(event("filled"))


def seen(ledger: Ledger) -> tuple[object, ...]:
    """All that the port shows."""
    return (
        ledger.messages(),
        ledger.find_messages("home", "<2@acme.example>"),
        ledger.replies_to("home", "<1@acme.example>"),
        ledger.application_of("home", ["<2@acme.example>"]),
        [ledger.verdict(n) for n in (1, 2)],
        [ledger.annotation(n) for n in (1, 2)],
        ledger.annotations(),
        ledger.markings("home", "INBOX", uid_validity=7, since=T0, limit=10),
        ledger.high_water("home", "INBOX"),
        ledger.applications(),
        ledger.holds(),
        ledger.pending_effects("home"),
        ledger.events(),
    )


class Crash(BaseException):
    """Like a Ctrl-C: not an `Exception`."""


@pytest.mark.parametrize("error", [ValueError, Crash])
def test_an_exception_undoes_the_whole_transaction(ledger: Ledger, error: type[BaseException]) -> None:
    about = number(ledger.add_message(message(1)))
    ledger.add_verdict(about, verdict(), at=T0)
    ledger.save_high_water(
        "home", HighWater(mailbox="INBOX", uid_validity=7, last_uid=1, mark_method=MarkMethod.KEYWORD)
    )
    pending = ledger.add_effect(effect())
    before = seen(ledger)

    def work() -> None:
        with ledger.transaction():
            fill(ledger)
            ledger.add_verdict(about, verdict(category=Category.OTHER), at=T0)
            ledger.finish_effect(number(pending), at=T0, result="done")
            assert seen(ledger) != before
            raise error

    with pytest.raises(error):
        work()
    assert seen(ledger) == before
    fill(ledger)
    assert len(ledger.holds()) == 1


def test_a_transaction_keeps_all_of_its_writes(fresh: Fresh) -> None:
    with fresh() as one, fresh() as other:
        fill(one)
        with other.transaction():
            fill(other)
        assert seen(one) == seen(other)


def test_a_transaction_does_not_nest(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.log(event("outer"))
        with pytest.raises(RuntimeError, match="nest"), ledger.transaction():
            pass
        ledger.log(event("outer still"))
    assert len(ledger.events()) == 2


def test_another_thread_sees_a_transaction_only_when_it_is_done(ledger: Ledger) -> None:
    asked = threading.Event()
    found: list[int] = []

    def read() -> None:
        asked.set()
        found.append(len(ledger.events()))

    reader = threading.Thread(target=read)
    with ledger.transaction():
        ledger.log(event("one"))
        reader.start()
        assert asked.wait(10)
        ledger.log(event("two"))
    reader.join(10)
    assert found == [2]


def test_threads_lose_and_double_nothing(ledger: Ledger) -> None:
    failures: list[BaseException] = []

    def work(account: str) -> None:
        try:
            for uid in range(1, 26):
                with ledger.transaction():
                    about = ledger.add_message(message(uid, account=account))
                    ledger.log(event("seen", account=account, message=about.id))
                ledger.add_message(message(uid, account="shared"))
                ledger.messages(account)
        except BaseException as error:  # shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"account-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert [len(ledger.messages(f"account-{n}")) for n in range(4)] == [25] * 4
    assert len(ledger.messages("shared")) == 25
    assert len({m.id for m in ledger.messages()}) == 125
    assert all(e.message is not None for e in ledger.events())


def test_a_closed_ledger_refuses_and_may_be_closed_again(fresh: Fresh) -> None:
    with fresh() as ledger:
        ledger.close()
        ledger.close()
        with pytest.raises(LedgerError, match="closed"):
            ledger.log(event("late"))
        with pytest.raises(LedgerError, match="closed"):
            ledger.messages()
        with pytest.raises(LedgerError, match="closed"), ledger.transaction():
            pass


def test_closing_inside_a_transaction_is_told(ledger: Ledger) -> None:
    def work() -> None:
        with ledger.transaction():
            ledger.log(event("lost"))
            ledger.close()

    with pytest.raises(LedgerError, match="closed"):
        work()
