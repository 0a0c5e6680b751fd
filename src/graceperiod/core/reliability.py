"""Whether probabilities mean what they say: letters in bins, expected against found."""

from collections.abc import Iterable
from dataclasses import dataclass

from graceperiod.core.rate import Rate

BINS = 10
"""Chosen: as usual, and as many as a thousand letters fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The letters whose probability lies in a range.

    Args:
        low, high: of the range; it includes `low`, and the last one its `high`.
        mean: of their probabilities; what is expected to be right.
        right: how many of how many were.
    """

    low: float
    high: float
    mean: float
    right: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The bins that have letters, in order."""

    bins: tuple[Bin, ...]

    @property
    def error(self) -> float:
        """The expected calibration error: the mean gap between expected and found, by letter."""
        total = sum(b.right.whole for b in self.bins)
        return sum(b.right.whole * abs(b.mean - b.right.share) for b in self.bins) / max(total, 1)


def reliability(said: Iterable[tuple[float, bool]], bins: int = BINS) -> Reliability:
    """The reliability of probabilities, each with whether what it was given to turned out true."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for probability, is_right in said:
        held[min(int(probability * bins), bins - 1)].append((probability, is_right))
    return Reliability(
        bins=tuple(
            Bin(
                low=number / bins,
                high=(number + 1) / bins,
                mean=sum(p for p, _ in ones) / len(ones),
                right=Rate(part=sum(right for _, right in ones), whole=len(ones)),
            )
            for number, ones in enumerate(held)
            if ones
        )
    )
