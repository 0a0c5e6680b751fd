"""How well verdicts agree with what is known: counts first, shares from them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graceperiod.core.category import Category
from graceperiod.core.rate import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One category.

    Args:
        right: said and true.
        wrong: said and not true.
        missed: true and not said.
    """

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was said that is true; 0 where nothing was said."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is true that was said; 0 where nothing is."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def precision_interval(self) -> tuple[float, float]:
        """Of 95 % (Wilson)."""
        return Rate(part=self.right, whole=self.right + self.wrong).interval

    @property
    def recall_interval(self) -> tuple[float, float]:
        """Of 95 % (Wilson)."""
        return Rate(part=self.right, whole=self.right + self.missed).interval

    @property
    def f1_interval(self) -> tuple[float, float]:
        """Of 95 %: F1 is 2s / (1 + s) of the share s = right / (right + wrong + missed)."""
        low, high = Rate(part=self.right, whole=self.right + self.wrong + self.missed).interval
        return 2 * low / (1 + low), 2 * high / (1 + high)


def scores(truths: Sequence[Category], said: Sequence[Category | None]) -> Mapping[Category, Score]:
    """The score of each category; None says nothing about a mail."""
    pairs = Counter(zip(truths, said, strict=True))
    return {category: _score(category, pairs) for category in Category}


def confusion(
    truths: Sequence[Category], said: Sequence[Category]
) -> Mapping[tuple[Category, Category], int]:
    """How often each true category was taken for each other; pairs that never occurred are left out."""
    return Counter(zip(truths, said, strict=True))


def _score(category: Category, pairs: Mapping[tuple[Category, Category | None], int]) -> Score:
    right = pairs.get((category, category), 0)
    wrong = sum(n for (true, said), n in pairs.items() if said is category and true is not category)
    missed = sum(n for (true, said), n in pairs.items() if true is category and said is not category)
    return Score(right=right, wrong=wrong, missed=missed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
