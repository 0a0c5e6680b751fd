"""Probabilities that mean what they say, and thresholds that keep their aim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.calibration import best_temperature, least_probability, probabilities

SCORES = st.lists(st.floats(-500, 500), min_size=2, max_size=10)


@given(SCORES, st.floats(0.2, 3))
def test_probabilities_add_up_to_one_and_keep_the_order_of_the_scores(
    scores: list[float], heat: float
) -> None:
    found = probabilities(scores, heat)
    assert sum(found) == pytest.approx(1)
    assert found[scores.index(max(scores))] == max(found)


def test_a_model_that_is_too_sure_is_cooled_down_and_one_that_doubts_is_heated_up() -> None:
    boastful = [[6.0, 0.0]] * 10
    assert best_temperature(boastful, [0] * 7 + [1] * 3) == 3.0
    shy = [[0.5, 0.0]] * 10
    assert best_temperature(shy, [0] * 10) == 0.2


def test_the_threshold_is_the_lowest_that_keeps_the_aim() -> None:
    judged = [(0.9, True, 1.0), (0.8, True, 1.0), (0.7, False, 1.0), (0.6, True, 1.0)]
    assert least_probability(judged, precision=0.99) == 0.8
    assert least_probability(judged, precision=0.75) == 0.6
    assert least_probability(judged, precision=0.99, margin=0.05) == 0.85


def test_what_counts_less_lowers_the_threshold() -> None:
    judged = [(0.9, True, 1.0), (0.8, False, 0.1), (0.7, True, 1.0)]
    assert least_probability(judged, precision=0.95) == 0.7


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.just(1.0))))
def test_a_threshold_is_never_below_its_floor_nor_certain(judged: list[tuple[float, bool, float]]) -> None:
    assert 0.5 <= least_probability(judged, precision=0.99) <= 0.995


def test_where_no_threshold_keeps_the_aim_next_to_nothing_is_acted_on() -> None:
    assert least_probability([(0.99, False, 1.0), (0.6, True, 1.0)], precision=0.99) == 0.995
    assert least_probability([], precision=0.9) == 0.995
