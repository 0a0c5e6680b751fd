"""Probabilities are held against what is found, bin by bin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.reliability import reliability

SAID = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200)


def test_a_bin_says_how_many_of_its_letters_were_right() -> None:
    found = reliability([(0.91, True), (0.99, True), (1.0, False), (0.05, False)])
    low, high = found.bins
    assert (low.low, low.high, low.right.part, low.right.whole) == (0.0, 0.1, 0, 1)
    assert (high.right.part, high.right.whole) == (2, 3)
    assert high.mean == pytest.approx((0.91 + 0.99 + 1.0) / 3)


def test_the_error_is_the_mean_gap_by_letter() -> None:
    found = reliability([(0.8, True), (0.8, True), (0.8, True), (0.8, False), (0.2, True)])
    assert found.error == pytest.approx((4 * abs(0.8 - 0.75) + abs(0.2 - 1)) / 5)
    assert reliability([]).error == 0


@given(SAID)
def test_every_letter_is_in_one_bin_and_the_error_is_a_share(said: list[tuple[float, bool]]) -> None:
    found = reliability(said)
    assert sum(b.right.whole for b in found.bins) == len(said)
    assert 0 <= found.error <= 1
    for one in found.bins:
        assert one.low - 1e-9 <= one.mean <= one.high + 1e-9
