"""Over the threshold, what is acted on only grows less."""

from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.category import Category
from graceperiod.core.evaluation import at_acting
from graceperiod.core.trade_off import trade_off
from graceperiod.core.verdict import Thresholds
from judged import judged

LETTERS = st.lists(
    st.tuples(st.sampled_from(Category), st.sampled_from(Category), st.floats(0.2, 1.0)), max_size=60
).map(lambda rows: [judged(f"l-{n}", *row) for n, row in enumerate(rows)])


@given(LETTERS, st.integers(0, 100))
def test_a_point_counts_what_acting_from_there_on_would(found: list, step: int) -> None:  # type: ignore[type-arg]
    points = trade_off(found, Category.REJECTION)
    at = next((p for p in points if p.threshold == step / 100), None)
    acting = at_acting(found, Thresholds(acting={Category.REJECTION: step / 100}, unsure=0.5))
    score = acting[Category.REJECTION]
    if at is None:
        assert score.right + score.wrong == 0
    else:
        assert at.score == score


@given(LETTERS)
def test_recall_never_grows_with_the_threshold(found: list) -> None:  # type: ignore[type-arg]
    recalls = [p.score.recall for p in trade_off(found, Category.SOFT_REJECTION)]
    assert recalls == sorted(recalls, reverse=True)


def test_without_letters_there_are_no_points() -> None:
    assert trade_off([], Category.REJECTION) == ()
