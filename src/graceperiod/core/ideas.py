"""Ideas: what different words of several languages have in common, so that few letters teach many.

An idea is a feature like any other: the model weighs it, nothing is decided here. `idea_words`
lists the words.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from graceperiod.core.idea_words import IDEA_WORDS

_MOST_TOLD = 20_000
"""Words that are remembered. Chosen: twice what a person's mail commonly uses; some 3 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """The words after a phrase's first one, and what it says."""

    rest: tuple[str, ...]
    is_beginning: bool
    idea: str


def ideas(words: list[str]) -> dict[str, tuple[str, ...]]:
    """The ideas that a sentence touches, in a fixed order, each with the first words that say so."""
    found: dict[str, tuple[str, ...]] = {}
    for at, told in enumerate(map(_tells, words), start=1):
        if told is None:
            continue
        word = words[at - 1]
        alone, seconds, others = told
        for idea in alone:
            found.setdefault(idea, (word,))
        if at < len(words):
            for phrase in seconds.get(words[at], others):
                if phrase.idea not in found and _stands(phrase, words, at):
                    found[phrase.idea] = (word, *words[at : at + len(phrase.rest)])
    return dict(sorted(found.items())) if len(found) > 1 else found


def _stands(phrase: _Phrase, words: list[str], at: int) -> bool:
    end = at + len(phrase.rest)
    if not phrase.is_beginning:
        return tuple(words[at:end]) == phrase.rest
    return (
        len(words) >= end
        and tuple(words[at : end - 1]) == phrase.rest[:-1]
        and words[end - 1].startswith(phrase.rest[-1])
    )


class _Told(dict[str, "_Tells | None"]):
    """What a word tells; None, as for most words, where that is nothing.

    Found once a word: a cache that is a dictionary costs half of what `lru_cache` does for a word it knows.
    """

    def __missing__(self, word: str) -> "_Tells | None":
        word = word[: _LONGEST + 1]
        sizes = range(_SHORTEST, len(word) + 1)
        begun = (idea for size in sizes for idea in _BEGINNINGS.get(word[:size], ()))
        alone = tuple(dict.fromkeys((*_SINGLE.get(word, ()), *begun)))
        phrases = _PHRASES.get(word, {})
        others = phrases.get(_ANY, [])
        seconds = {second: [*listed, *others] for second, listed in phrases.items() if second != _ANY}
        if len(self) >= _MOST_TOLD:
            self.clear()
        self[word] = tells = (alone, seconds, others) if alone or phrases else None
        return tells


_ANY = ""
"""Stands for the second word of a phrase where only its beginning counts."""

_Table = dict[str, list[str]]
_PhraseTable = dict[str, dict[str, list[_Phrase]]]
"""The phrases by their first word and their second."""
_Tells = tuple[tuple[str, ...], dict[str, list[_Phrase]], list[_Phrase]]
"""The ideas of a word alone, the phrases that it begins by their second word, those before any other word."""


def _tables() -> tuple[_Table, _Table, _PhraseTable]:
    single: _Table = {}
    beginnings: _Table = {}
    phrases: _PhraseTable = {}
    for idea, entry in dict.fromkeys(_listed()):
        first, *rest = entry.removesuffix("*").split("_")
        is_beginning = entry.endswith("*")
        if rest:
            phrase = _Phrase(rest=tuple(rest), is_beginning=is_beginning, idea=idea)
            second = _ANY if is_beginning and len(rest) == 1 else rest[0]
            phrases.setdefault(first, {}).setdefault(second, []).append(phrase)
        else:
            (beginnings if is_beginning else single).setdefault(first, []).append(idea)
    return single, beginnings, phrases


def _listed() -> Iterator[tuple[str, str]]:
    """Each idea with each entry of every language, as it is spelt and without its accents."""
    for listed in IDEA_WORDS.values():
        for idea, entries in listed.items():
            for entry in entries.split():
                yield idea, entry
                yield idea, _without_accents(entry)


def _without_accents(entry: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", entry) if not unicodedata.combining(c))


_SINGLE, _BEGINNINGS, _PHRASES = _tables()
_SHORTEST = min(map(len, _BEGINNINGS))
_LONGEST = max(map(len, (*_SINGLE, *_BEGINNINGS, *_PHRASES)))
"""Letters of the longest word that is listed: what a longer one goes on with tells nothing."""

_tells = _Told().__getitem__
