"""Counts first, shares from them; wrong acts are named."""

from graceperiod.core.category import Category
from graceperiod.core.evaluation import Judged, at_acting, at_argmax, chosen_thresholds
from graceperiod.core.scores import confusion
from graceperiod.core.verdict import Thresholds

THRESHOLDS = Thresholds(acting={Category.REJECTION: 0.9}, unsure=0.3)


def judged(name: str, truth: Category, said: Category, probability: float) -> Judged:
    rest = (1 - probability) / (len(Category) - 1)
    likely = tuple(probability if category is said else rest for category in Category)
    return Judged(id=name, language="en", truth=truth, likely=likely)


FOUR = [
    judged("a", Category.REJECTION, Category.REJECTION, 0.95),
    judged("b", Category.REJECTION, Category.REJECTION, 0.6),
    judged("c", Category.OFFER, Category.REJECTION, 0.92),
    judged("d", Category.REJECTION, Category.OTHER, 0.5),
]


def test_the_likeliest_category_counts_however_likely_it_is() -> None:
    score = at_argmax(FOUR)[Category.REJECTION]
    assert (score.right, score.wrong, score.missed) == (2, 1, 1)
    assert score.precision == score.recall == 2 / 3
    assert at_argmax(FOUR)[Category.OFFER].recall == 0
    confused = confusion([j.truth for j in FOUR], [j.said for j in FOUR])
    assert confused[Category.OFFER, Category.REJECTION] == 1


def test_acting_counts_only_what_is_over_the_threshold() -> None:
    score = at_acting(FOUR, THRESHOLDS)[Category.REJECTION]
    assert (score.right, score.wrong, score.missed) == (1, 1, 2)
    assert [j.id for j in FOUR if j.acted_on(THRESHOLDS) not in {None, j.truth}] == ["c"]


def test_a_category_without_mails_scores_nothing() -> None:
    score = at_argmax([])[Category.FEEDBACK]
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


def test_an_offer_taken_for_a_rejection_counts_in_full_when_the_threshold_is_chosen() -> None:
    right = [judged(f"r{n}", Category.REJECTION, Category.REJECTION, 0.7 + n / 1000) for n in range(50)]
    offer = judged("o", Category.OFFER, Category.REJECTION, 0.73)
    ordinary = judged("x", Category.OTHER, Category.REJECTION, 0.73)
    careful = chosen_thresholds([*right, offer]).acting[Category.REJECTION]
    assert careful > chosen_thresholds([*right, ordinary]).acting[Category.REJECTION]
    assert careful > 0.73


def test_rejections_that_are_hard_to_see_are_still_listed() -> None:
    sure = [judged(f"s{n}", Category.REJECTION, Category.REJECTION, 0.9) for n in range(9)]
    hidden = judged("h", Category.REJECTION, Category.OTHER, 0.7)
    assert chosen_thresholds([*sure, hidden]).unsure == 0.2
    assert chosen_thresholds(sure).unsure == 0.5
