"""A share of counted things, with the interval that so few of them allow (Wilson 1927)."""

import math
from dataclasses import dataclass

_Z = 1.959964
"""The standard normal's two-sided 95 % point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many of so many.

    Args:
        part, whole: counts; `part` is at most `whole`.
    """

    part: int
    whole: int

    @property
    def share(self) -> float:
        """0 where there is nothing to count."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson score interval of the share, 95 %; all of 0 to 1 where nothing was counted."""
        if not self.whole:
            return 0.0, 1.0
        square = _Z * _Z / self.whole
        middle = (self.share + square / 2) / (1 + square)
        half = _Z * math.sqrt(self.share * (1 - self.share) / self.whole + square / (4 * self.whole))
        half /= 1 + square
        # Where all or none are right the bound is exact; only rounding would say otherwise.
        low = 0.0 if self.part == 0 else max(0.0, middle - half)
        high = 1.0 if self.part == self.whole else min(1.0, middle + half)
        return low, high
