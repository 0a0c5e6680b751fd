"""Shares come with the interval that so few counts allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.rate import Rate
from graceperiod.core.scores import Score

COUNTS = st.integers(0, 5_000)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Worked by hand from Wilson's formula.
    [(0, 10, 0.0, 0.27753), (10, 10, 0.72247, 1.0), (5, 10, 0.23659, 0.76341), (1, 100, 0.00177, 0.05449)],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert Rate(part=part, whole=whole).interval == pytest.approx((low, high), abs=2e-5)


@given(COUNTS, COUNTS)
def test_the_share_lies_within_its_interval_and_that_within_nought_and_one(part: int, rest: int) -> None:
    rate = Rate(part=part, whole=part + rest)
    low, high = rate.interval
    assert 0 <= low <= high <= 1
    if rate.whole:
        assert low <= rate.share <= high


def test_nothing_counted_is_nothing_known() -> None:
    assert Rate(part=0, whole=0).share == 0
    assert Rate(part=0, whole=0).interval == (0, 1)


@given(COUNTS, COUNTS, COUNTS)
def test_every_score_lies_within_its_interval(right: int, wrong: int, missed: int) -> None:
    score = Score(right=right, wrong=wrong, missed=missed)
    for share, whole, (low, high) in (
        (score.precision, right + wrong, score.precision_interval),
        (score.recall, right + missed, score.recall_interval),
        (score.f1, right + wrong + missed, score.f1_interval),
    ):
        assert not whole or low - 1e-12 <= share <= high + 1e-12


def test_more_letters_make_a_narrower_interval() -> None:
    few, many = Rate(part=9, whole=10).interval, Rate(part=900, whole=1000).interval
    assert many[1] - many[0] < few[1] - few[0]
