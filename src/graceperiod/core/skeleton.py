"""Skeletons of letters: what is left of the wording when names, figures, roles and firms are folded away.

Letters that were filled into one template have one skeleton, whatever was filled in.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graceperiod.core.letter import Letter
from graceperiod.core.text import FIGURES, folded, sentences, worded

SAME = 0.5
"""Share of common word runs from which two skeletons are one. Chosen: every third sentence may differ."""

_SLOT = "_"
_RARE = 200
"""A word that fewer than one letter in so many of its language has fills a slot. Chosen: in a corpus of
thousands, names, firms and roles are rarer than that, and the wording of letters is not."""
_LEAST = 2
"""Letters that must have a word before it is wording, however small the corpus."""
_RUN = 3
_SHORTEST = 8
"""Words of wording below which a letter has no skeleton: too little to be a template. Nor has one most of
whose words are its own: a frame around something new is no template that was filled in."""
_SKETCH = 12
_SHARED = 2
"""Two skeletons are compared if they share so many of the smallest hashes of their runs (bottom-k sketches,
Broder 1997): of skeletons as alike as `SAME`, next to none are passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """A skeleton and who has it.

    Args:
        wording: of the first letter, slots as `_`, bounded.
        ids: of the letters.
    """

    wording: str
    ids: tuple[str, ...]


def skeletons(letters: Sequence[Letter]) -> tuple[Skeleton, ...]:
    """The skeletons that more than one letter has, commonest first."""
    words = [_wording(letter, having) for letter, having in zip(letters, _having(letters), strict=True)]
    leaders: list[_Leader] = []
    having: defaultdict[int, list[int]] = defaultdict(list)
    for n, own in enumerate(words):
        if not own:
            continue
        runs = _runs(own)
        sketch = sorted(runs)[:_SKETCH]
        shared = Counter(number for run in sketch for number in having[run])
        same = (leaders[number] for number, times in shared.items() if times >= min(_SHARED, len(sketch)))
        leader = next((one for one in same if _share(one.runs, runs) >= SAME), None)
        if leader is None:
            for run in sketch:
                having[run].append(len(leaders))
            leaders.append(_Leader(first=n, runs=runs, ids=[letters[n].id]))
        else:
            leader.ids.append(letters[n].id)
    found = (
        Skeleton(wording=" ".join(words[leader.first])[:200], ids=tuple(leader.ids))
        for leader in leaders
        if len(leader.ids) > 1
    )
    return tuple(sorted(found, key=lambda s: (-len(s.ids), s.ids)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leader:
    """The first letter with a skeleton; the others are compared with it alone."""

    first: int
    runs: frozenset[int]
    ids: list[str]


def _having(letters: Sequence[Letter]) -> list[frozenset[str]]:
    """For each letter the words that are wording in its language."""
    having: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for letter in letters:
        having[letter.language].update(set(_words(letter)) - FIGURES.keys())
    sizes = Counter(letter.language for letter in letters)
    wording = {
        language: frozenset(w for w, n in counts.items() if n >= max(sizes[language] // _RARE, _LEAST))
        for language, counts in having.items()
    }
    return [wording[letter.language] for letter in letters]


def _words(letter: Letter) -> list[str]:
    return [word for sentence in sentences(worded(folded(letter.body))) for word in sentence]


def _wording(letter: Letter, having: frozenset[str]) -> list[str]:
    """The words of a letter, those that fill slots as one `_` a slot; none if it has no skeleton."""
    words = _words(letter)
    wording = sum(word in having for word in words)
    return _slotted(words, having) if wording >= max(_SHORTEST, len(words) / 2) else []


def _slotted(words: Sequence[str], having: frozenset[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if word in having:
            found.append(word)
        elif not found or found[-1] != _SLOT:
            found.append(_SLOT)
    return found


def _runs(words: Sequence[str]) -> frozenset[int]:
    # CRC-32 and not hash(): the same corpus gives the same skeletons in every process.
    return frozenset(
        zlib.crc32(" ".join(words[n : n + _RUN]).encode("utf-8", "replace"))
        for n in range(max(len(words) - _RUN + 1, 1))
    )


def _share(a: frozenset[int], b: frozenset[int]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both)
