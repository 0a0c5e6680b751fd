"""The demo's story, played in process: with a judge that knows the truth, with the shipped model, and with faults."""

import json
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from graceperiod.app.told import Told
from graceperiod.bootstrap import Workshop
from graceperiod.core.category import Category
from graceperiod.core.draft import DraftHead, split
from graceperiod.core.hold import Hold, HoldState
from graceperiod.core.mail import Mail
from graceperiod.core.record import Event
from graceperiod.core.verdict import Evidence, Thresholds, Verdict
from graceperiod.demo import diary, keep_up
from graceperiod.demo.backstage import Backstage, backstage
from graceperiod.demo.check import checks
from graceperiod.demo.diary import Diary
from graceperiod.demo.lines import lines
from graceperiod.demo.part import CAST, Part, body, choose
from graceperiod.demo.person import StoredMail
from graceperiod.demo.play import Look, Played, play
from graceperiod.demo.show import kept, opening, progress, show, what_next
from graceperiod.demo.story import STORY_START, story
from graceperiod.errors import CredentialError, Unreachable
from graceperiod.settings import Settings

STORY = {mail.id: mail for mail in story()}
NEEDS_HOLDS = {"marked", "sealed", "answered_early", "deleted", "edit_kept", "released", "sent"}


class TruthJudge:
    """Says of every letter what its author says, and is sure of it for the named rejections, or for all."""

    model = "truth-v1"

    def __init__(self, *sure_of: str, is_shy: bool = False) -> None:
        reader = Workshop(settings=Settings()).reader
        self._truth: dict[str, Category] = {}
        self._sure_of = {parent(name) for name in sure_of}
        self._is_shy = is_shy
        for mail in story():
            if mail.truth_category is not None:
                read = reader.read(mail.raw, arrived_at=STORY_START)
                self._truth[read.message_id or read.subject] = mail.truth_category

    def judge(self, mail: Mail) -> Verdict:
        truth = self._truth[mail.message_id or mail.subject]
        is_shy = self._is_shy or (self._sure_of and mail.message_id not in self._sure_of)
        acting = {} if is_shy else {Category.REJECTION: 0.9, Category.SOFT_REJECTION: 0.9}
        return Thresholds(acting=acting, unsure=0.5).verdict(
            dict.fromkeys(Category, 0.0) | {truth: 1.0},
            language=mail.language,
            evidence=(Evidence(text="[the truth]", weight=9.0),),
            model=self.model,
        )


@pytest.fixture(scope="module")
def played() -> Played:
    """The story as it goes when every rejection is recognised."""
    with backstage(judge=TruthJudge()) as stage:
        return play(stage)


@pytest.fixture
def stage() -> Iterator[Backstage]:
    with backstage(judge=TruthJudge()) as stage:
        yield stage


def parent(name: str) -> str:
    return DraftHead.parse(split(STORY[name].raw)[0]).message_id or ""


def mail_of(played: Played, name: str) -> Told:
    message_id = parent(name)
    return next(mail for mail in played.mails if mail.message.message_id == message_id)


def hold_of(played: Played, name: str) -> Hold:
    hold = mail_of(played, name).hold
    assert hold is not None
    return hold


def broken(played: Played) -> set[str]:
    return {check.name for check in checks(played) if not check.is_kept}


def test_everything_that_the_demo_promises_happens(played: Played) -> None:
    assert [(c.name, c.found) for c in checks(played) if not c.is_kept] == []


def test_each_part_is_done_to_the_letter_that_is_meant_and_seen_by_the_daemon(played: Played) -> None:
    meant = {deed.part: deed.hold for deed in played.deeds}
    assert meant == {part: hold_of(played, name).id for part, name in CAST.items()}
    states = {name: hold_of(played, name).state for name in CAST.values()}
    assert states == {
        "pennywhistle-rejection": HoldState.ANSWERED_ELSEWHERE,
        "quayside-rejection": HoldState.DISCARDED,
        "hollowbrook-rejection": HoldState.RELEASED,
        "nordwerk-absage": HoldState.SENT,
    }


def test_the_edited_text_is_on_the_server_to_the_byte_after_its_release(played: Played) -> None:
    hold = hold_of(played, "hollowbrook-rejection")
    draft = next(d for d in played.drafts if d.head.parents[-1:] == (hold.parent_id,))
    edit = next(deed.raw for deed in played.deeds if deed.part is Part.EDIT)
    assert edit is not None
    assert b"\xe2\x80\x94" in body(edit)
    assert b"use it.  \r\n" in body(edit)
    assert body(draft.raw) == body(edit)
    assert draft.raw != edit


def test_no_hold_ends_before_its_time_and_some_end_on_the_minute(played: Played) -> None:
    ends = [(m.hold.release_at, m.hold.released_at) for m in played.held if m.hold and m.hold.released_at]
    assert len(ends) >= 3
    assert all(due == at for due, at in ends)


def test_mail_is_noticed_because_the_server_tells_of_it(played: Played) -> None:
    assert played.arrivals == sum(not m.is_history and m.mailbox == "INBOX" for m in STORY.values())
    assert played.announced >= played.arrivals - 1


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("orrery-rejection", ("A6",)),
        ("hollowbrook-second-notice", ("A7",)),
        ("bramble-rejection", ("A8",)),
        ("marlowe-on-hold", ("S1",)),
    ],
)
def test_what_gets_no_draft_says_by_which_rule(played: Played, name: str, rules: tuple[str, ...]) -> None:
    assert [e.rules for e in mail_of(played, name).events if e.kind == "no_draft"] == [rules]


def test_the_story_is_played_the_same_way_with_the_shipped_model() -> None:
    with backstage() as stage:
        played = play(stage)
    assert broken(played) <= NEEDS_HOLDS
    assert len({mail.verdict.model for mail in played.mails if mail.verdict}) == 1
    assert all(mail.verdict.evidence for mail in played.mails if mail.verdict)


@pytest.mark.parametrize(
    "sure_of",
    [
        ("hollowbrook-rejection", "quayside-rejection", "nordwerk-absage"),
        ("quayside-rejection", "pennywhistle-rejection", "halden-rejection"),
        ("hollowbrook-second-notice", "nordwerk-absage", "dunmore-cancelled"),
        ("hollowbrook-second-notice", "quayside-rejection", "pennywhistle-rejection", "dunmore-cancelled"),
    ],
)
def test_three_recognised_rejections_are_enough_for_the_whole_show(sure_of: tuple[str, ...]) -> None:
    with backstage(judge=TruthJudge(*sure_of)) as stage:
        played = play(stage)
    assert [(c.name, c.found) for c in checks(played) if not c.is_kept] == []
    assert {deed.hold for deed in played.deeds} == {m.hold.id for m in played.held if m.hold}
    assert rendered(played, 80)


def test_a_model_that_is_never_sure_breaks_the_promises_and_the_show_goes_on() -> None:
    with backstage(judge=TruthJudge(is_shy=True)) as stage:
        played = play(stage)
    assert broken(played) == NEEDS_HOLDS
    assert played.held == ()
    text = rendered(played, 80)
    assert "none: of no rejection" in text
    assert "7 of 11 things did not happen as promised." in text


# -- the checks find what is wrong ------------------------------------------------------------------


def with_drafts(played: Played, change: Callable[[Look], tuple[StoredMail, ...]]) -> Played:
    return replace(played, looks=tuple(replace(look, drafts=change(look)) for look in played.looks))


def with_hold(played: Played, name: str, **changes: object) -> Played:
    wanted = hold_of(played, name).id
    mails = tuple(
        replace(m, hold=replace(m.hold, **changes)) if m.hold and m.hold.id == wanted else m  # type: ignore[arg-type]
        for m in played.mails
    )
    return replace(played, mails=mails)


def changed(draft: StoredMail, old: bytes, new: bytes) -> StoredMail:
    return replace(draft, raw=draft.raw.replace(old, new))


def test_a_release_that_changed_one_byte_of_an_edit_is_found(played: Played) -> None:
    bad = with_drafts(
        played,
        lambda look: tuple(
            changed(d, b"use it.  ", b"use it. ") if d.head.has_recipient else d for d in look.drafts
        ),
    )
    assert broken(bad) == {"edit_kept"}


def test_a_held_draft_with_a_recipient_is_found(played: Played) -> None:
    bad = with_drafts(
        played,
        lambda look: tuple(
            changed(d, b"In-Reply-To:", b"To: a@x.example\r\nIn-Reply-To:") if d.head.is_held else d
            for d in look.drafts
        ),
    )
    assert "sealed" in broken(bad)


def test_a_release_without_its_thread_is_found(played: Played) -> None:
    bad = with_drafts(
        played, lambda look: tuple(changed(d, b"In-Reply-To:", b"X-Reply-To:") for d in look.drafts)
    )
    assert {"released", "edit_kept"} <= broken(bad)


def test_a_release_before_its_time_is_found(played: Played) -> None:
    hold = hold_of(played, "nordwerk-absage")
    bad = with_hold(played, "nordwerk-absage", released_at=hold.release_at - timedelta(minutes=1))
    assert broken(bad) == {"released"}


def test_a_second_draft_for_the_same_mail_is_found(played: Played) -> None:
    bad = with_drafts(played, lambda look: (*look.drafts, *look.drafts[:1]))
    assert broken(bad) == {"not_doubled"}


def test_a_draft_that_came_back_after_an_answer_or_a_deletion_is_found(played: Played) -> None:
    first = {name: next_draft(played, name) for name in ("pennywhistle-rejection", "quayside-rejection")}
    bad = replace(played, looks=(*played.looks, Look(at=played.ended_at, drafts=tuple(first.values()))))
    assert {"answered_early", "deleted", "not_doubled"} <= broken(bad)


def next_draft(played: Played, name: str) -> StoredMail:
    message_id = parent(name)
    return next(d for look in played.looks for d in look.drafts if d.head.parents[-1:] == (message_id,))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"sent": ()}, "never_sent"),
        ({"troubles": ("connection lost",)}, "steady"),
        ({"announced": 0}, "noticed"),
        ({"inbox": ()}, "marked"),
        ({"deeds": ()}, "edit_kept"),
    ],
)
def test_what_did_not_happen_is_found(played: Played, changes: Mapping[str, object], name: str) -> None:
    assert name in broken(replace(played, **changes))  # type: ignore[arg-type]


# -- the user's choice ------------------------------------------------------------------------------


def held(played: Played, *names: str) -> list[Hold]:
    return [replace(hold_of(played, name), state=HoldState.SEALED) for name in names]


MEANT = {part: parent(name) for part, name in CAST.items()}


def test_the_draft_that_is_meant_is_chosen_whatever_else_is_there(played: Played) -> None:
    holds = held(played, *CAST.values())
    chosen = choose(Part.EDIT, holds, MEANT, set())
    assert chosen is not None
    assert chosen.parent_id == MEANT[Part.EDIT]


def test_without_it_one_is_chosen_that_nobody_else_needs(played: Played) -> None:
    holds = held(played, "quayside-rejection", "halden-rejection")
    chosen = choose(Part.EDIT, holds, MEANT, set())
    assert chosen is not None
    assert chosen.parent_id == parent("halden-rejection")


def test_a_draft_is_not_used_twice_but_an_edited_one_may_be_sent(played: Played) -> None:
    (hold,) = held(played, "hollowbrook-rejection")
    assert choose(Part.DELETE, [hold], MEANT, {hold.id}) is None
    released = replace(hold, state=HoldState.RELEASED)
    assert choose(Part.SEND, [released], MEANT, {hold.id}) == released


# -- what is said -----------------------------------------------------------------------------------


def rendered(played: Played, width: int, *, is_terminal: bool = False, encoding: str = "utf-8") -> str:
    file = StringIO()
    out = Console(file=file, width=width, highlight=False, force_terminal=is_terminal)
    found = checks(played)
    opening(out)
    with progress(out) as tell:
        tell(1, 2, STORY_START)
    show(out, played, found)
    what_next(out, found)
    return file.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_longer_than_the_terminal_and_nothing_is_lost(played: Played, width: int) -> None:
    text = rendered(played, width)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    for word in (
        "Imogen Tarrant",
        "In-Reply-To: <",
        "gp-soft-rejection",
        "A7",
        "[the truth]",
        "graceperiod init",
    ):
        assert word in text
    assert "your words" in text
    assert "still held" in text


def test_a_terminal_may_be_as_narrow_as_a_telephone(played: Played) -> None:
    assert rendered(played, 40)


def test_on_a_terminal_the_time_passes_before_the_users_eyes(played: Played) -> None:
    assert "Tue 08:00" in rendered(played, 80, is_terminal=True)


def test_scripts_are_told_the_same_one_object_a_line(played: Played) -> None:
    objects = [json.loads(json.dumps(line, default=str)) for line in lines(played, checks(played))]
    kinds = [each["kind"] for each in objects]
    assert set(kinds) == {"hold", "mark", "no_draft", "left_alone", "why", "draft", "check", "summary"}
    summary = objects[-1]
    assert summary["kind"] == "summary"
    assert summary["kept"] is True
    assert (summary["holds"], summary["marks"]) == (kinds.count("hold"), kinds.count("mark"))
    assert summary["no_drafts"] == kinds.count("no_draft")
    draft = next(each for each in objects if each["kind"] == "draft")
    assert draft["headers"]["To"] == "Imogen Tarrant <imogen.tarrant@hollowbrook.example>"


# -- behind the stage -------------------------------------------------------------------------------


def test_at_the_end_no_thread_no_file_and_no_server_is_left(
    tmp_path: Path, no_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with backstage(judge=TruthJudge()) as stage:
        stage.start()
        assert list(tmp_path.iterdir()) != []
    assert list(tmp_path.iterdir()) == []
    assert list(no_world.iterdir()) == []
    assert {t.name for t in threading.enumerate()}.isdisjoint({"account-demo", "demo-imap"})


def test_a_port_that_is_taken_is_passed_over_where_another_may_serve(stage: Backstage) -> None:
    with backstage(ports=(stage.server.port, 0), judge=TruthJudge()) as second:
        assert second.server.port not in {0, stage.server.port}


def test_what_ends_the_daemon_ends_the_play(stage: Backstage) -> None:
    def refuse() -> None:
        msg = "wrong password"
        raise CredentialError(msg)

    stage.desk = replace(stage.desk, open_store=refuse)  # type: ignore[arg-type]
    with pytest.raises(CredentialError, match="wrong password"):
        play(stage)


def test_a_daemon_that_does_not_come_round_is_a_broken_promise(
    stage: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        msg = "no route"
        raise Unreachable(msg)

    monkeypatch.setattr(diary, "_LIMIT_S", 0.2)
    stage.desk = replace(stage.desk, open_store=fail)  # type: ignore[arg-type]
    played = play(stage)
    assert played.troubles[0].startswith("the daemon did not come round")
    assert "connection lost: no route" in played.troubles
    assert "steady" in broken(played)
    assert rendered(played, 80)


def test_a_round_counts_only_if_it_began_after_the_question() -> None:
    watcher = Diary()
    watcher.wait_began()
    is_over = watcher.next_whole_round()
    assert not is_over()
    watcher.wait_ended(is_sign=True)
    is_over_later = watcher.next_whole_round()
    watcher.wait_began()
    assert is_over()
    assert not is_over_later()
    watcher.wait_ended(is_sign=False)
    watcher.wait_began()
    assert is_over_later()
    assert watcher.signs == 1


def test_afterwards_the_clock_runs_and_the_daemon_releases_what_is_due(
    stage: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep_up, "_BEAT_S", 0.01)
    stage.start()
    stage.arrive(STORY["hollowbrook-rejection"].raw, ())
    (hold,) = stage.ledger.holds()
    stage.pass_time(hold.release_at - timedelta(minutes=2))
    file = StringIO()
    kept(Console(file=file, width=80), stage)
    assert "still held, for 2 seconds: Re: Technical Writer, final round" in file.getvalue()
    stop, heard = threading.Event(), list[Event]()

    def tell(event: Event) -> None:
        heard.append(event)
        if event.kind == "hold_released":
            stop.set()

    keep_up.keep_up(stage, stop, tell)
    assert [event.kind for event in heard] == ["hold_released"]
    assert heard[0].happened_at >= hold.release_at
    assert all(a.happened_at <= b.happened_at for a, b in pairwise(stage.ledger.events()))
