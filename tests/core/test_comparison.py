"""A model that is to be kept may not be worse in anything, and gets thresholds as careful as that allows."""

import math

from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.category import Category
from graceperiod.core.comparison import Figures, as_good_as, worse
from graceperiod.core.evaluation import Judged
from graceperiod.core.verdict import Thresholds

CATEGORIES = tuple(Category)
THRESHOLDS = Thresholds(acting={Category.REJECTION: 0.8, Category.SOFT_REJECTION: 0.7}, unsure=0.3)


def judged(truth: Category, said: Category, probability: float) -> Judged:
    rest = (1 - probability) / (len(CATEGORIES) - 1)
    likely = tuple(probability if c is said else rest for c in CATEGORIES)
    return Judged(id="x", language="en", truth=truth, likely=likely)


letters = st.builds(
    judged,
    st.sampled_from([Category.REJECTION, Category.SOFT_REJECTION, Category.OFFER, Category.OTHER]),
    st.sampled_from([Category.REJECTION, Category.SOFT_REJECTION, Category.OTHER]),
    st.floats(min_value=0.2, max_value=1),
)


@given(st.lists(letters, min_size=1, max_size=30))
def test_nothing_is_worse_than_itself(found: list[Judged]) -> None:
    figures = Figures.of(found, THRESHOLDS)
    assert worse(figures, figures) == ()


@given(st.lists(letters, min_size=1, max_size=30))
def test_the_same_model_gets_thresholds_under_which_it_is_not_worse(found: list[Judged]) -> None:
    old = Figures.of(found, THRESHOLDS)
    fitted = as_good_as(old, found, THRESHOLDS)
    new = Figures.of(found, fitted)
    assert worse(old, new) == ()
    for category, least in fitted.acting.items():
        if old.acting[category].right:
            # As much is found, at a threshold that is lower by the rounding at the very most.
            assert new.acting[category].right >= old.acting[category].right
            assert least >= math.floor(THRESHOLDS.acting[category] * 10_000) / 10_000


def test_each_kind_of_harm_is_told() -> None:
    right = [judged(Category.REJECTION, Category.REJECTION, 0.9)] * 3
    old = Figures.of(right, THRESHOLDS)
    missed = Figures.of([*right[1:], judged(Category.REJECTION, Category.REJECTION, 0.6)], THRESHOLDS)
    assert [w.partition(":")[0] for w in worse(old, missed)] == ["recall at acting on rejection"]
    lunch = Figures.of([*right, judged(Category.OTHER, Category.REJECTION, 0.9)], THRESHOLDS)
    assert [w.partition(":")[0] for w in worse(old, lunch)] == [
        "precision at acting on rejection",
        "ordinary letters acted on",
    ]
    offer = Figures.of([*right, judged(Category.OFFER, Category.SOFT_REJECTION, 0.9)], THRESHOLDS)
    assert [w.partition(":")[0] for w in worse(old, offer)] == ["offers, interviews and assessments acted on"]


def test_where_none_finds_as_much_the_chosen_threshold_stays() -> None:
    old = Figures.of([judged(Category.REJECTION, Category.REJECTION, 0.9)] * 2, THRESHOLDS)
    poor = [
        judged(Category.REJECTION, Category.REJECTION, 0.9),
        judged(Category.REJECTION, Category.OTHER, 0.9),
    ]
    assert as_good_as(old, poor, THRESHOLDS) == THRESHOLDS
