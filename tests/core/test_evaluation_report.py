"""Everything is counted once, by language and source, and the worst errors stand first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.category import Category
from graceperiod.core.evaluated import Evaluated
from graceperiod.core.evaluation_report import At, Harm, evaluation_report
from judged import THRESHOLDS, evaluated

REJECTION, SOFT, OFFER, OTHER = (
    Category.REJECTION,
    Category.SOFT_REJECTION,
    Category.OFFER,
    Category.OTHER,
)
SOME = [
    evaluated("club-1", REJECTION, REJECTION, 0.95, has_phrase=True),
    evaluated("club-2", REJECTION, REJECTION, 0.6),
    evaluated("club-3", REJECTION, OTHER, 0.97, language="de"),
    evaluated("bank-a-1", OFFER, REJECTION, 0.92),
    evaluated("bank-a-2", OTHER, SOFT, 0.85, has_phrase=True),
    evaluated("bank-a-3", OTHER, OTHER, 0.99),
    evaluated("bank-a-4", SOFT, REJECTION, 0.99, language="de"),
    evaluated("bank-a-5", SOFT, OTHER, 0.99),
    evaluated("bank-a-6", OTHER, OFFER, 0.4),
]
REPORT = evaluation_report(SOME)


def test_what_is_said_counts_at_each_threshold_on_its_own() -> None:
    at = {at: REPORT.whole.scores[at][REJECTION] for at in At}
    assert [(s.right, s.wrong, s.missed) for s in at.values()] == [(2, 2, 1), (2, 2, 1), (1, 2, 2), (1, 1, 2)]
    weak = evaluation_report([evaluated("a-1", REJECTION, REJECTION, 0.4)]).whole.scores
    assert weak[At.LIKELIEST][REJECTION].right == 1
    assert weak[At.HALF][REJECTION].right == 0


def test_the_phrase_list_knows_rejections_only() -> None:
    phrases = REPORT.whole.scores[At.PHRASES]
    assert sum(s.right + s.wrong for c, s in phrases.items() if c is not REJECTION) == 0


def test_a_source_is_the_id_without_what_stands_after_the_last_dash() -> None:
    assert list(REPORT.sources) == ["bank-a", "club"]
    assert REPORT.sources["club"].letters == 3
    assert evaluated("nodash", OTHER, OTHER, 0.9).source == "nodash"
    assert evaluated("-1", OTHER, OTHER, 0.9).source == "-1"


def test_good_news_acted_on_is_counted_by_its_kind() -> None:
    assert (REPORT.feared[OFFER].part, REPORT.feared[OFFER].whole) == (1, 1)
    assert REPORT.feared[Category.INTERVIEW].whole == 0
    assert REJECTION not in REPORT.feared


def test_ordinary_mail_taken_for_a_rejection_of_either_kind_is_a_rate() -> None:
    ordinary = REPORT.whole.ordinary
    assert {at: (r.part, r.whole) for at, r in ordinary.items()} == {
        At.LIKELIEST: (1, 3),
        At.HALF: (1, 3),
        At.ACTING: (1, 3),
        At.PHRASES: (1, 3),
    }


def test_mistakes_stand_in_the_order_of_what_they_do_to_the_user() -> None:
    assert [(m.harm, m.evaluated.judged.id) for m in REPORT.mistakes] == [
        (Harm.GOOD_NEWS, "bank-a-1"),
        (Harm.ORDINARY, "bank-a-2"),
        (Harm.ACTED, "bank-a-4"),
        (Harm.MISSED, "club-3"),
        (Harm.MISSED_SOFT, "bank-a-5"),
        (Harm.MISTAKEN, "bank-a-6"),
    ]


def test_a_rejection_that_is_listed_for_the_user_is_not_missed() -> None:
    listed = evaluated("a-1", REJECTION, SOFT, 0.5)
    assert listed.is_unsure
    assert [m.harm for m in evaluation_report([listed]).mistakes] == [Harm.MISTAKEN]


def test_an_empty_report_counts_nothing() -> None:
    report = evaluation_report([])
    assert report.whole.letters == 0
    assert not report.mistakes
    assert report.likeliest.error == 0


ANY = st.lists(
    st.tuples(
        st.sampled_from(Category), st.sampled_from(Category), st.floats(0.2, 1.0), st.sampled_from("ab")
    ),
    max_size=50,
).map(lambda rows: [evaluated(f"{s}-{n}", t, said, p, language=s) for n, (t, said, p, s) in enumerate(rows)])


@given(ANY)
def test_languages_and_sources_add_up_to_the_whole(found: list[Evaluated]) -> None:
    report = evaluation_report(found)
    for parts in (report.languages, report.sources):
        for at in At:
            for category in Category:
                whole = report.whole.scores[at][category]
                scores = [part.scores[at][category] for part in parts.values()]
                assert whole.right == sum(s.right for s in scores)
                assert whole.wrong == sum(s.wrong for s in scores)
                assert whole.missed == sum(s.missed for s in scores)
    assert sum(report.confused.values()) == len(found)


@given(ANY)
def test_what_is_acted_on_is_what_the_thresholds_say(found: list[Evaluated]) -> None:
    for one in found:
        assert one.acted_on is one.judged.acted_on(THRESHOLDS)
        assert not (one.acted_on and one.is_unsure)


@pytest.mark.parametrize("harm", Harm)
def test_every_harm_can_be_said_to_a_person(harm: Harm) -> None:
    assert " " in harm.value
