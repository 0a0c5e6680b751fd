"""Which letters of a corpus are alike: near-duplicates, sentences used again, groups for an honest split."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graceperiod.core.letter import Letter
from graceperiod.core.skeleton import skeletons
from graceperiod.core.text import folded, sentences, worded

NEAR_DUPLICATE = 0.5
"""Share of common word runs from which two letters are one letter. Chosen: half of what is said."""
RELATED = 0.15
"""Share from which they must not stand on both sides of a split. Chosen: a form letter's common frame."""

_RUN = 4
_COMMON_RUN = 1_000
"""A run of words in more letters than this is not looked up pair by pair (a bound on the work)."""
_SHORT_SENTENCE = 6
"""Words below which a sentence may be used again: `Thank you for your time`."""
_LONGEST_GREETING = 8
"""Words of what a letter begins with that may be used again: `Dear Sir or Madam`, in any language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two letters and the share of their word runs that both have, 0 to 1."""

    first: str
    second: str
    share: float


def alike(letters: Sequence[Letter], at_least: float) -> tuple[Likeness, ...]:
    """The pairs of letters that share so much, most alike first."""
    runs = [_runs(letter) for letter in letters]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        for run in own:
            holders[run].append(number)
    frequent = frozenset(run for run, numbers in holders.items() if len(numbers) > _COMMON_RUN)
    shared: Counter[tuple[int, int]] = Counter()
    for run, numbers in holders.items():
        if run not in frequent:
            shared.update(combinations(numbers, 2))
    for pair in _only_by_frequent(runs, holders, frequent, at_least):
        shared.setdefault(pair, 0)
    own_frequent = [own & frequent for own in runs]
    found = []
    for (a, b), n in shared.items():
        # What both can have in common at most; the frequent ones are only counted where that might do.
        most = n + min(len(own_frequent[a]), len(own_frequent[b]))
        if _share(most, runs[a], runs[b]) >= at_least:
            share = _share(n + len(own_frequent[a] & own_frequent[b]), runs[a], runs[b])
            found.append(Likeness(first=letters[a].id, second=letters[b].id, share=share))
    return tuple(
        sorted((x for x in found if x.share >= at_least), key=lambda x: (-x.share, x.first, x.second))
    )


def _only_by_frequent(
    runs: Sequence[frozenset[str]],
    holders: Mapping[str, Sequence[int]],
    frequent: frozenset[str],
    at_least: float,
) -> Iterator[tuple[int, int]]:
    """Pairs that may be alike by frequent runs alone: both are short, for there are few such runs."""
    longest = len(frequent) / at_least
    for run in frequent:
        yield from combinations([n for n in holders[run] if len(runs[n]) <= longest], 2)


def _share(common: int, one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one) + len(other) - common
    return common / whole if whole else 0.0


def repeated_sentences(letters: Iterable[Letter], more_than: int) -> tuple[tuple[str, int], ...]:
    """Sentences of some length that stand in more letters than that, with their number; greetings aside."""
    counts: Counter[str] = Counter()
    for letter in letters:
        greeting, *said = sentences(worded(folded(letter.body)))
        if len(greeting) > _LONGEST_GREETING:
            said.append(greeting)
        counts.update({" ".join(words) for words in said if len(words) >= _SHORT_SENTENCE})
    return tuple((s, n) for s, n in counts.most_common() if n > more_than)


def groups(letters: Sequence[Letter]) -> tuple[str, ...]:
    """For each letter the id of its group, which is that of one of its letters.

    Letters that are related, of one skeleton or of one invented sender share a group, and so do those that
    are linked by others.
    """
    parent = {letter.id: letter.id for letter in letters}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def join(a: str, b: str) -> None:
        low, high = sorted((root(a), root(b)))
        parent[high] = low

    first_of: dict[str, str] = {}
    for letter in letters:
        if house := sender_house(letter):
            join(letter.id, first_of.setdefault(house, letter.id))
    for pair in alike(letters, RELATED):
        join(pair.first, pair.second)
    for skeleton in skeletons(letters):
        for other in skeleton.ids[1:]:
            join(skeleton.ids[0], other)
    return tuple(root(letter.id) for letter in letters)


def sender_house(letter: Letter) -> str:
    """The invented sender: its domain without the host, so that `mail.` and `jobs.` of a firm are one firm.

    Empty where the letter has no sender: those have none in common.
    """
    return ".".join(letter.sender_domain.split(".")[-2:])


def _runs(letter: Letter) -> frozenset[str]:
    words = [w for sentence in sentences(worded(folded(letter.body))) for w in sentence]
    if len(words) < _RUN:
        return frozenset({" ".join(words)}) if words else frozenset()
    return frozenset(" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
