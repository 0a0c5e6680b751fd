"""The state of a corpus: how many letters of what, which are alike, what is said too often, what it lacks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graceperiod.core.category import Category
from graceperiod.core.hard_negative import is_hard_negative
from graceperiod.core.letter import Letter
from graceperiod.core.likeness import NEAR_DUPLICATE, Likeness, alike, repeated_sentences
from graceperiod.core.rate import Rate
from graceperiod.core.skeleton import Skeleton, skeletons

LANGUAGES = ("en", "de", "fr", "es", "nl", "pt", "it")
"""Every category is wanted in each of them (a bar of the project)."""
LEAST_LETTERS = 6_000
LEAST_SOFT = 700
"""Letters in all, and soft rejections of all kinds (bars of the project)."""
HARD_NEGATIVES = 1 / 3
"""Share of the letters that should be hard negatives (a bar of the project)."""
MOST_OF_A_SKELETON = 0.002
"""Share of the letters that may have one skeleton (a bar of the project)."""

_MOST_REPEATS = 3
_MOST_REPEATS_SHARE = 0.001
"""Letters that may share a sentence of some length, in a small and in a large corpus. Chosen: half of what
may have one skeleton; footers say the same in life, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusReport:
    """What a check of the corpus found.

    Args:
        counts: letters per language and category; pairs without letters are left out.
        problems: one sentence each, with file and line.
        duplicates: pairs of letters that are nearly one.
        repeated: sentences in more letters than is good, with their number.
        skeletons: those of more than one letter, commonest first.
        templates: the skeletons that more letters have than may.
        hard_negatives: letters that can be taken for a rejection and are none, of all letters. Counted by
            their words, for there is no field that says so: told, and nothing is refused for it.
        shortfalls: which targets are not reached, one sentence each.
    """

    counts: Mapping[tuple[str, Category], int]
    problems: tuple[str, ...]
    duplicates: tuple[Likeness, ...]
    repeated: tuple[tuple[str, int], ...]
    skeletons: tuple[Skeleton, ...]
    templates: tuple[Skeleton, ...]
    hard_negatives: Rate
    shortfalls: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Nothing must be put right before training; it may still be too little."""
        return not self.problems and not self.duplicates and not self.templates

    @property
    def is_complete(self) -> bool:
        """Clean, and every target is reached."""
        return self.is_clean and not self.shortfalls


def corpus_report(letters: Sequence[Letter], problems: Sequence[str]) -> CorpusReport:
    """The report on these letters and on what could not be read."""
    counts = Counter((letter.language, letter.category) for letter in letters)
    found = skeletons(letters)
    # In a corpus of a few letters two of a kind would be over any share.
    most = max(int(len(letters) * MOST_OF_A_SKELETON), 2)
    return CorpusReport(
        counts=counts,
        problems=tuple(problems),
        duplicates=alike(letters, NEAR_DUPLICATE),
        repeated=repeated_sentences(letters, max(_MOST_REPEATS, int(len(letters) * _MOST_REPEATS_SHARE))),
        skeletons=found,
        templates=tuple(skeleton for skeleton in found if len(skeleton.ids) > most),
        hard_negatives=Rate(part=sum(map(is_hard_negative, letters)), whole=len(letters)),
        shortfalls=_shortfalls(counts),
    )


def _shortfalls(counts: Mapping[tuple[str, Category], int]) -> tuple[str, ...]:
    total = sum(counts.values())
    soft = sum(n for (_, category), n in counts.items() if category is Category.SOFT_REJECTION)
    found = []
    if total < LEAST_LETTERS:
        found.append(f"{total:,} letters of at least {LEAST_LETTERS:,}")
    if soft < LEAST_SOFT:
        found.append(f"{soft:,} soft rejections of at least {LEAST_SOFT:,}")
    for language in LANGUAGES:
        lacking = [category.value for category in Category if not counts.get((language, category))]
        if len(lacking) == len(Category):
            found.append(f"no letters in {language}")
        elif lacking:
            found.append(f"in {language} none of {', '.join(lacking)}")
    return tuple(found)
