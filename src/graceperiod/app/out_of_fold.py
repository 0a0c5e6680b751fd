"""Models that are asked only of what they have not learned: one for each fold, by whatever learns."""

from collections.abc import Callable, Sequence
from typing import Protocol

FOLDS = 5

Lesson = tuple[tuple[str, ...], int]
"""The features of a letter and the number of its category."""


def out_of_fold(
    lessons: Sequence[Lesson],
    folds: Sequence[int],
    trainer: "Trainer",
    done: Callable[[int], None],
    *,
    more: Sequence[Lesson] = (),
) -> list[Sequence[float]]:
    """The scores of each lesson, by a model that has learned none of its fold.

    Args:
        folds: of each lesson the number.
        done: called after each fold, with how many are done.
        more: what every model learns besides.
    """
    scores: dict[int, Sequence[float]] = {}
    for fold in range(FOLDS):
        kept = [lesson for lesson, f in zip(lessons, folds, strict=True) if f != fold]
        held_out = [n for n, f in enumerate(folds) if f == fold]
        if held_out:
            found = fit(trainer, [*kept, *more]).scores([lessons[n][0] for n in held_out])
            scores.update(zip(held_out, found, strict=True))
        done(fold + 1)
    return [scores[n] for n in range(len(lessons))]


def fit(trainer: "Trainer", lessons: Sequence[Lesson]) -> "TrainedModel":
    """The model of these lessons; raises as the trainer does."""
    return trainer.fit([seen for seen, _ in lessons], [category for _, category in lessons])


class TrainedModel(Protocol):
    """A fitted model."""

    @property
    def feature_count(self) -> int:
        """How many features it weighs."""
        ...

    def scores(self, features: Sequence[Sequence[str]]) -> Sequence[Sequence[float]]:
        """For each letter a score per category, in the order of `Category`."""
        ...

    def exported(self) -> bytes:
        """The weights file, byte for byte the same for the same weights."""
        ...


class Trainer(Protocol):
    """What learns from letters."""

    def fit(self, features: Sequence[Sequence[str]], categories: Sequence[int]) -> TrainedModel:
        """A model of letters with these features and categories.

        Raises:
            UserError: there is too little to learn from.
        """
        ...
