"""What a model says of letters whose category is known, and the thresholds that follow from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graceperiod.core.calibration import least_probability, probabilities
from graceperiod.core.category import GOOD_NEWS, REJECTIONS, Category
from graceperiod.core.letter import Letter
from graceperiod.core.scores import Score, scores
from graceperiod.core.verdict import Thresholds

AIMS = {Category.REJECTION: 0.99, Category.SOFT_REJECTION: 0.9}
"""Share of the mails acted on that must be right, per category that is acted on (the bars of the project)."""

_MARGINS = {Category.REJECTION: 0.01, Category.SOFT_REJECTION: 0.15}
"""Put on top of the thresholds found. Chosen: they are the luckiest of many, on few letters."""

_ORDINARY_WEIGHT, _NEIGHBOUR_WEIGHT = 0.05, 0.25
"""What a letter that is something else counts when the threshold for a rejection is chosen: `other`, and all
else but good news, which counts in full. Chosen: a third of the corpus was written to be taken for a
rejection, and it has a soft no for every second one; of a mailbox's mail little is of that kind, and of its
noes one in ten is soft. For a soft no every letter counts in full: what is taken for one is office mail."""

_LISTED = 0.95
"""Share of rejections of either kind that should at least be listed. Chosen: a missed one costs the user
more than a line to skip."""
_UNSURE_AT_LEAST, _UNSURE_AT_MOST = 0.2, 0.5

_CATEGORIES = tuple(Category)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One letter or mail, its category and what a model that had not seen it says."""

    id: str
    language: str
    truth: Category
    likely: tuple[float, ...]

    @classmethod
    def of(cls, letter: Letter, scores: Sequence[float], temperature: float) -> "Judged":
        """A letter with the scores that a model gives its categories."""
        return cls(
            id=letter.id,
            language=letter.language,
            truth=letter.category,
            likely=probabilities(scores, temperature),
        )

    @property
    def said(self) -> Category:
        """The likeliest category."""
        return _CATEGORIES[self.likely.index(max(self.likely))]

    @property
    def probability(self) -> float:
        """Of the likeliest category."""
        return max(self.likely)

    def acted_on(self, thresholds: Thresholds) -> Category | None:
        """The category it would be acted on as; None for not at all."""
        least = thresholds.acting.get(self.said)
        return self.said if least is not None and self.probability >= least else None


def chosen_thresholds(judged: Sequence[Judged]) -> Thresholds:
    """The lowest thresholds that keep the aims on these letters, and the one for listing as unsure."""
    acting = {
        category: least_probability(
            [(j.probability, j.truth is category, _weight(j)) for j in judged if j.said is category],
            precision=aim,
            margin=_MARGINS[category],
        )
        for category, aim in AIMS.items()
    }
    return Thresholds(acting=acting, unsure=_unsure(judged))


def at_argmax(judged: Sequence[Judged]) -> Mapping[Category, Score]:
    """Scores where the likeliest category counts, however likely it is."""
    return scores([j.truth for j in judged], [j.said for j in judged])


def at_acting(judged: Sequence[Judged], thresholds: Thresholds) -> Mapping[Category, Score]:
    """Scores of what would be acted on."""
    return scores([j.truth for j in judged], [j.acted_on(thresholds) for j in judged])


def _weight(judged: Judged) -> float:
    is_right = judged.truth is judged.said
    if is_right or judged.said is not Category.REJECTION or judged.truth in GOOD_NEWS:
        return 1.0
    return _ORDINARY_WEIGHT if judged.truth is Category.OTHER else _NEIGHBOUR_WEIGHT


def _unsure(judged: Sequence[Judged]) -> float:
    columns = [_CATEGORIES.index(c) for c in sorted(REJECTIONS)]
    sums = sorted((sum(j.likely[c] for c in columns) for j in judged if j.truth in REJECTIONS), reverse=True)
    if not sums:
        return _UNSURE_AT_MOST
    reached = sums[min(int(len(sums) * _LISTED), len(sums) - 1)]
    # Two digits, downwards, so that the same corpus gives the same threshold everywhere.
    return min(max(int(reached * 100) / 100, _UNSURE_AT_LEAST), _UNSURE_AT_MOST)
