"""What the marks of a mail say: only the user's doing, never ours, never the server's."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.action import Keyword
from graceperiod.core.mailbox import MarkMethod
from graceperiod.core.marking import FOUND, Marking, are_lost, set_as
from graceperiod.core.record import Effect, EffectKind

SET = set_as(MarkMethod.KEYWORD)
DROPPED = "not set: the server dropped the keyword"
NONE: frozenset[str] = frozenset()


def marking(**results: str) -> Marking:
    """A mail with an effect for each keyword (underscores for hyphens) and its result."""
    effects = tuple(
        Effect(
            id=number,
            account="work",
            kind=EffectKind.MARK,
            intended_at=datetime(2026, 11, 23, tzinfo=UTC),
            detail={"keyword": keyword.replace("_", "-")},
            result=result,
        )
        for number, (keyword, result) in enumerate(results.items(), start=1)
    )
    return Marking(message=1, uid=1, effects=effects, said=None)


@pytest.mark.parametrize(
    ("ours", "there", "says"),
    [
        ({"gp_rejection": SET}, {"gp-rejection"}, None),
        ({"gp_rejection": SET}, NONE, "not_rejection"),
        ({"gp_rejection": DROPPED}, NONE, None),
        ({"gp_rejection": ""}, NONE, None),
        ({"gp_rejection": ""}, {"gp-rejection"}, None),
        ({"gp_rejection": FOUND}, {"gp-rejection"}, None),
        ({"gp_rejection": FOUND}, NONE, None),
        ({"gp_rejection": set_as(MarkMethod.GMAIL_LABEL)}, NONE, None),
        ({"gp_rejection": SET}, {"gp-soft-rejection"}, "soft_rejection"),
        ({"gp_rejection": SET}, {"gp-rejection", "gp-not-rejection"}, "not_rejection"),
        ({"gp_soft_rejection": SET}, NONE, "not_soft_rejection"),
        ({"gp_soft_rejection": SET}, {"gp-rejection"}, "rejection"),
        ({"gp_unsure": SET}, NONE, None),
        ({"gp_unsure": SET}, {"gp-rejection"}, "rejection"),
        ({}, {"\\seen", "work", "gp-unsure", "gp-rejections"}, None),
    ],
)
def test_marks_say_what_the_user_changed(ours: dict[str, str], there: set[str], says: str | None) -> None:
    said = marking(**ours).says(frozenset(there))
    assert (str(said) if said else None) == says


keywords = st.frozensets(st.sampled_from([k.value for k in Keyword if k is not Keyword.NOT_REJECTION]))


@given(keywords, st.sampled_from([SET, DROPPED, FOUND, ""]))
def test_what_stands_as_we_left_it_says_nothing(ours: frozenset[str], result: str) -> None:
    about = marking(**{keyword.replace("-", "_"): result for keyword in ours})
    assert about.says(ours) is None


def test_all_marks_gone_at_once_are_lost_but_a_few_or_some_were_taken_off() -> None:
    ours = marking(gp_rejection=SET)
    assert are_lost([(ours, NONE)] * 5)
    assert not are_lost([(ours, NONE)] * 4)
    assert not are_lost([(ours, NONE)] * 9 + [(ours, frozenset({"gp-rejection"}))])
    assert not are_lost([(marking(gp_rejection=DROPPED), NONE)] * 9)
