"""The promise of the card, proved on the corpus itself and by other means than the split is made with."""

from collections import defaultdict
from itertools import combinations

from graceperiod.adapters.corpus_jsonl import read_corpus
from graceperiod.adapters.model_npz import default_model
from graceperiod.app.out_of_fold import FOLDS
from graceperiod.core.likeness import RELATED, groups
from graceperiod.core.skeleton import skeletons
from graceperiod.core.split import split
from graceperiod.core.text import folded, sentences, worded

LETTERS = read_corpus(default_model().parent / "corpus").letters
SIDES = split(LETTERS, FOLDS)


def test_no_two_letters_of_a_group_are_on_two_sides() -> None:
    sides = defaultdict(set)
    for name, side in zip(groups(LETTERS), SIDES, strict=True):
        sides[name].add(side)
    assert all(len(on) == 1 for on in sides.values())


def test_no_two_letters_of_one_sender_domain_are_on_two_sides() -> None:
    sides = defaultdict(set)
    for letter, side in zip(LETTERS, SIDES, strict=True):
        sides[letter.sender.rpartition("@")[2].strip("<> ").lower()].add(side)
    assert [domain for domain, on in sides.items() if domain and len(on) > 1] == []


def test_no_two_letters_that_share_a_skeleton_are_on_two_sides() -> None:
    side_of = dict(zip((letter.id for letter in LETTERS), SIDES, strict=True))
    assert all(len({side_of[name] for name in skeleton.ids}) == 1 for skeleton in skeletons(LETTERS))


def test_no_two_letters_with_so_many_common_words_are_on_two_sides() -> None:
    """Counted over every pair that has a run of four words in common, with no bound and no shortcut."""
    runs = []
    for letter in LETTERS:
        words = [word for sentence in sentences(worded(folded(letter.body))) for word in sentence]
        runs.append({tuple(words[n : n + 4]) for n in range(max(len(words) - 3, 1))} - {()})
    holders = defaultdict(list)
    for number, own in enumerate(runs):
        for run in own:
            holders[run].append(number)
    pairs = {pair for numbers in holders.values() for pair in combinations(numbers, 2)}
    parted = [(a, b) for a, b in pairs if SIDES[a] != SIDES[b]]
    shares = (len(runs[a] & runs[b]) / len(runs[a] | runs[b]) for a, b in parted)
    assert max(shares, default=0) < RELATED


def test_every_side_has_a_fair_share() -> None:
    for side in range(FOLDS):
        assert SIDES.count(side) > len(LETTERS) / FOLDS / 2
