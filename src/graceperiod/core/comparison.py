"""Whether a model is as good as another on the same letters, neither of which had seen them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graceperiod.core.category import GOOD_NEWS, Category
from graceperiod.core.evaluation import Judged, at_acting
from graceperiod.core.scores import Score
from graceperiod.core.verdict import Thresholds

_LOWEST = 0.5
"""A threshold below would act on what is likelier something else."""
_HIGHEST = 0.995
"""And one above would act on next to nothing that is not in the corpus."""
_FINEST = 10_000
"""Thresholds are written down in so many parts of 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What must not get worse.

    Args:
        acting: the score of each category that is acted on.
        ordinary: letters of the category `other` that would be acted on.
        good_news: offers, interviews and assessments that would be acted on.
    """

    acting: Mapping[Category, Score]
    ordinary: int
    good_news: int

    @classmethod
    def of(cls, judged: Sequence[Judged], thresholds: Thresholds) -> "Figures":
        """Of these letters, each judged by a model that had not seen it."""
        found = at_acting(judged, thresholds)
        acted = [j.truth for j in judged if j.acted_on(thresholds) is not None]
        return cls(
            acting={category: found[category] for category in thresholds.acting},
            ordinary=acted.count(Category.OTHER),
            good_news=sum(truth in GOOD_NEWS for truth in acted),
        )


def worse(old: Figures, new: Figures) -> tuple[str, ...]:
    """What got worse, one sentence each; by nothing at all may it have."""
    found: list[str] = []
    for category, before in old.acting.items():
        after = new.acting[category]
        for name, was, now in (
            ("precision", before.precision, after.precision),
            ("recall", before.recall, after.recall),
        ):
            if now < was:
                spoken = category.value.replace("_", " ")
                found.append(f"{name} at acting on {spoken}: {was:.4f}, now {now:.4f}")
    if new.ordinary > old.ordinary:
        found.append(f"ordinary letters acted on: {old.ordinary}, now {new.ordinary}")
    if new.good_news > old.good_news:
        found.append(f"offers, interviews and assessments acted on: {old.good_news}, now {new.good_news}")
    return tuple(found)


def as_good_as(old: Figures, judged: Sequence[Judged], chosen: Thresholds) -> Thresholds:
    """The highest thresholds that find as much as before: the most careful that cost no recall.

    Two models seldom find the same letters at the same threshold, so a fair comparison lets the new one have
    its own. A lower one may err less on these letters, by luck, and more in a mailbox. Where none finds as
    much, the one that was chosen stays.
    """
    found = {c: _highest(c, old.acting[c].right, judged) for c in chosen.acting}
    acting = {c: chosen.acting[c] if highest is None else highest for c, highest in found.items()}
    return Thresholds(acting=acting, unsure=chosen.unsure)


def _highest(category: Category, found_before: int, judged: Sequence[Judged]) -> float | None:
    """The highest threshold that finds as many; None if there is none."""
    own = (j for j in judged if j.truth is category and j.said is category)
    right = sorted((j.probability for j in own), reverse=True)
    if not 0 < found_before <= len(right):
        return None
    # Downwards, so that the letter it was taken from is over it when the threshold is read again.
    candidate = math.floor(right[found_before - 1] * _FINEST) / _FINEST
    return min(candidate, _HIGHEST) if candidate >= _LOWEST else None
