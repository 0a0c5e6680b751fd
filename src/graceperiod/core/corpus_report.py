"""The state of a corpus: how many letters of what, which are alike, what is said too often."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graceperiod.core.category import Category
from graceperiod.core.letter import Letter
from graceperiod.core.likeness import NEAR_DUPLICATE, Likeness, alike, repeated_sentences

_MOST_REPEATS = 3
"""Letters that may share a sentence of some length. Chosen: more is a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusReport:
    """What a check of the corpus found.

    Args:
        counts: letters per language and category; pairs without letters are left out.
        problems: one sentence each, with file and line.
        duplicates: pairs of letters that are nearly one.
        repeated: sentences in more letters than is good, with their number.
    """

    counts: Mapping[tuple[str, Category], int]
    problems: tuple[str, ...]
    duplicates: tuple[Likeness, ...]
    repeated: tuple[tuple[str, int], ...]

    @property
    def is_clean(self) -> bool:
        """Nothing must be put right before training."""
        return not self.problems and not self.duplicates


def corpus_report(letters: Sequence[Letter], problems: Sequence[str]) -> CorpusReport:
    """The report on these letters and on what could not be read."""
    return CorpusReport(
        counts=Counter((letter.language, letter.category) for letter in letters),
        problems=tuple(problems),
        duplicates=alike(letters, NEAR_DUPLICATE),
        repeated=repeated_sentences(letters, _MOST_REPEATS),
    )
