"""The truth table from verdict and circumstances to actions (RULES 1, 2, 8)."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.action import Keyword, Mark, NoDraft, PlanHold
from graceperiod.core.application import Application, Outcome, Tier
from graceperiod.core.category import Category
from graceperiod.core.plan import Circumstances, plan
from graceperiod.core.policy import Formality, Policy, Reply, TierOne, WorkingHours
from mails import ARRIVED, mail, verdict

PLAIN = Circumstances(own=frozenset({"robin@postbox.example"}))


def reply(hours: int, template: str) -> Reply:
    return Reply(hold_length=timedelta(hours=hours), template=template, elements=("thanks",))


POLICY = Policy(
    seal=True,
    tier1=TierOne.NONE,
    formality=Formality.FORMAL,
    replies={
        Tier.NO_INTERVIEW: reply(24, "tier1"),
        Tier.FIRST_ROUND: reply(48, "tier2"),
        Tier.FINALIST: reply(48, "tier3"),
        None: reply(48, "tier2"),
    },
    nudge_after=timedelta(hours=72),
    hours=WorkingHours(
        zone=ZoneInfo("Europe/Berlin"),
        opens=time(9),
        closes=time(17),
        days=frozenset(range(5)),
        is_holiday=lambda _: False,
    ),
    languages=("en", "de"),
)


def application(tier: Tier | None) -> Application:
    return Application(
        id=1, account="work", employer=None, role=None, stage=None, tier=tier, outcome=Outcome.LIVE,
        opened_at=ARRIVED, last_mail_at=ARRIVED,
    )  # fmt: skip


def test_a_rejection_by_a_person_is_marked_and_its_answer_held_for_48_hours() -> None:
    mark, hold = plan(mail(), verdict(), None, PLAIN, POLICY, ARRIVED)
    assert mark == Mark(keyword=Keyword.REJECTION)
    assert isinstance(hold, PlanHold)
    assert hold.recipient.addr_spec == "ada@quillworks.example"
    assert hold.subject == "Re: Your application"
    assert hold.template == "tier2"
    assert hold.release_at == ARRIVED + timedelta(hours=48)
    assert "A5" in hold.rules


@pytest.mark.parametrize(
    ("tier", "template"), [(Tier.FIRST_ROUND, "tier2"), (Tier.FINALIST, "tier3"), (None, "tier2")]
)
def test_the_tier_chooses_the_reply(tier: Tier | None, template: str) -> None:
    hold = plan(mail(), verdict(), application(tier), PLAIN, POLICY, ARRIVED)[1]
    assert isinstance(hold, PlanHold)
    assert hold.template == template


def test_without_an_interview_nothing_is_drafted_unless_the_user_wants_a_line() -> None:
    screened_out = application(Tier.NO_INTERVIEW)
    refused = plan(mail(), verdict(), screened_out, PLAIN, POLICY, ARRIVED)[1]
    assert isinstance(refused, NoDraft)
    assert refused.rules == ("A1",)
    wanted = replace(POLICY, tier1=TierOne.ONE_LINE)
    line = plan(mail(), verdict(), screened_out, PLAIN, wanted, ARRIVED)[1]
    assert isinstance(line, PlanHold)
    assert line.template == "tier1"


@pytest.mark.parametrize(
    ("circumstances", "said", "rules"),
    [
        ({"is_junk": True}, "Junk", ()),
        ({"is_answered": True}, "answered already", ("A8",)),
        ({"has_reply": True}, "answered already", ("A8",)),
        ({"has_hold": True}, "held already", ("A7",)),
    ],
)
def test_a_rejection_that_needs_no_answer_is_marked_all_the_same(
    circumstances: dict[str, bool], said: str, rules: tuple[str, ...]
) -> None:
    there = replace(PLAIN, **circumstances)  # type: ignore[arg-type]
    mark, refused = plan(mail(), verdict(), None, there, POLICY, ARRIVED)
    assert mark == Mark(keyword=Keyword.REJECTION)
    assert isinstance(refused, NoDraft)
    assert said in refused.reason
    assert refused.rules == rules


def test_a_machine_is_not_answered() -> None:
    refused = plan(mail(sender="no-reply@ats.example"), verdict(), None, PLAIN, POLICY, ARRIVED)[1]
    assert isinstance(refused, NoDraft)
    assert refused.rules == ("A6",)


def test_a_mail_without_an_id_is_not_answered() -> None:
    refused = plan(mail(message_id=None), verdict(), None, PLAIN, POLICY, ARRIVED)[1]
    assert isinstance(refused, NoDraft)
    assert "Message-ID" in refused.reason


def test_a_rejection_older_than_its_cooldown_is_not_answered_but_a_sealed_draft_of_it_is_taken_up() -> None:
    late = ARRIVED + timedelta(hours=48)
    refused = plan(mail(), verdict(), None, PLAIN, POLICY, late)[1]
    assert isinstance(refused, NoDraft)
    assert "cooldown" in refused.reason
    orphan = replace(PLAIN, has_sealed_draft=True)
    assert isinstance(plan(mail(), verdict(), None, orphan, POLICY, late)[1], PlanHold)


def test_a_soft_no_gets_its_own_mark_and_no_reply() -> None:
    mark, refused = plan(mail(), verdict(Category.SOFT_REJECTION), None, PLAIN, POLICY, ARRIVED)
    assert mark == Mark(keyword=Keyword.SOFT_REJECTION)
    assert isinstance(refused, NoDraft)
    assert refused.rules == ("S1",)


def test_not_sure_means_marked_for_the_user_and_nothing_drafted() -> None:
    unsure = verdict(acts=False, is_unsure=True, probability=0.6)
    mark, refused = plan(mail(), unsure, None, PLAIN, POLICY, ARRIVED)
    assert mark == Mark(keyword=Keyword.UNSURE)
    assert isinstance(refused, NoDraft)


def test_the_reply_is_in_the_language_of_the_rejection_where_there_are_templates() -> None:
    languages = {}
    for language in ("de", "fr", None):
        hold = plan(mail(language=language), verdict(), None, PLAIN, POLICY, ARRIVED)[1]
        assert isinstance(hold, PlanHold)
        languages[language] = hold.language
    assert languages == {"de": "de", "fr": "en", None: "en"}


@given(
    category=st.sampled_from(Category),
    acts=st.booleans(),
    is_unsure=st.booleans(),
    tier=st.none() | st.sampled_from(Tier),
    flags=st.tuples(*[st.booleans()] * 5),
    age=st.timedeltas(timedelta(0), timedelta(days=9)),
    sender=st.sampled_from(
        ["Ada Quill <ada@quillworks.example>", "no-reply@ats.example", "robin@postbox.example", ""]
    ),
)
def test_a_draft_is_planned_only_for_an_acted_on_rejection_and_never_for_the_same_day(
    category: Category,
    acts: bool,
    is_unsure: bool,
    tier: Tier | None,
    flags: tuple[bool, ...],
    age: timedelta,
    sender: str,
) -> None:
    names = ("is_junk", "is_answered", "has_reply", "has_hold", "has_sealed_draft")
    there = replace(PLAIN, **dict(zip(names, flags, strict=True)))  # type: ignore[arg-type]
    judged = verdict(category, acts=acts, is_unsure=is_unsure and not acts)
    actions = plan(mail(sender=sender), judged, application(tier), there, POLICY, ARRIVED + age)
    holds = [a for a in actions if isinstance(a, PlanHold)]
    assert len(holds) <= 1
    if holds:
        assert category is Category.REJECTION
        assert acts
        assert holds[0].recipient.addr_spec == "ada@quillworks.example"
        zone = POLICY.hours.zone
        assert holds[0].release_at.astimezone(zone).date() > ARRIVED.astimezone(zone).date()
    if category not in {Category.REJECTION, Category.SOFT_REJECTION} and not is_unsure:
        assert actions == ()
