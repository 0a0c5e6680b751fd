"""A letter whose category is known, what would be done with it, and what a list of phrases would do."""

from collections.abc import Mapping
from dataclasses import dataclass

from graceperiod.core.category import Category
from graceperiod.core.evaluation import Judged
from graceperiod.core.verdict import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """One letter or mail after thresholds.

    Args:
        acted_on: the category it would be acted on as; None for not at all.
        is_unsure: it would be listed for the user to decide.
        has_phrase: the phrase list would call it a rejection.
    """

    judged: Judged
    acted_on: Category | None
    is_unsure: bool
    has_phrase: bool

    @classmethod
    def of(cls, judged: Judged, thresholds: Thresholds, *, has_phrase: bool) -> "Evaluated":
        """What the program does under these thresholds."""
        likely: Mapping[Category, float] = dict(zip(Category, judged.likely, strict=True))
        verdict = thresholds.verdict(likely, language=None, evidence=(), model="")
        return cls(
            judged=judged,
            acted_on=verdict.category if verdict.acts else None,
            is_unsure=verdict.is_unsure,
            has_phrase=has_phrase,
        )

    @property
    def source(self) -> str:
        """Where the letter is from: its id without what stands after the last `-`."""
        return self.judged.id.rpartition("-")[0] or self.judged.id
