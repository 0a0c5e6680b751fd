"""What each acting threshold would cost and bring: precision and recall over it."""

from collections.abc import Sequence
from dataclasses import dataclass

from graceperiod.core.category import Category
from graceperiod.core.evaluation import Judged
from graceperiod.core.scores import Score

_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A threshold and the score of a category that counts only from it on."""

    threshold: float
    score: Score


def trade_off(judged: Sequence[Judged], category: Category) -> tuple[Point, ...]:
    """One point a hundredth from 0 to 1, as far as there are letters that were put into the category."""
    said = sorted((j.probability, j.truth is category) for j in judged if j.said is category)
    true = sum(j.truth is category for j in judged)
    points: list[Point] = []
    passed, right = 0, sum(is_right for _, is_right in said)
    for step in range(_STEPS + 1):
        threshold = step / _STEPS
        while passed < len(said) and said[passed][0] < threshold:
            right -= said[passed][1]
            passed += 1
        if passed == len(said):
            break
        wrong = len(said) - passed - right
        points.append(Point(threshold=threshold, score=Score(right=right, wrong=wrong, missed=true - right)))
    return tuple(points)
