"""What a fold is counted with was chosen without it."""

from dataclasses import replace

from graceperiod.core.calibration import best_temperature, probabilities
from graceperiod.core.category import Category
from graceperiod.core.cross_fit import cross_fitted
from graceperiod.core.evaluation import Judged, chosen_thresholds
from graceperiod.core.letter import Letter
from letters import letters

LETTERS = letters(10)
COLUMNS = tuple(Category)
FOLDS = [n % 5 for n in range(len(LETTERS))]
NO_PHRASES = [False] * len(LETTERS)


def right(letter: Letter, n: int) -> list[float]:
    return [3.0 + n % 3 if category is letter.category else n % 2 / 2 for category in COLUMNS]


SCORES = [right(letter, n) for n, letter in enumerate(LETTERS)]


def test_letters_keep_their_order_and_what_they_are() -> None:
    found = cross_fitted(LETTERS, SCORES, FOLDS, NO_PHRASES)
    assert [e.judged.id for e in found] == [letter.id for letter in LETTERS]
    assert [e.judged.truth for e in found] == [letter.category for letter in LETTERS]


def test_a_fold_that_is_wrong_about_everything_lowers_nothing_for_itself() -> None:
    """The truths of a fold are turned around: what is chosen for it must stay as it was."""
    turned = [
        replace(letter, category=COLUMNS[(COLUMNS.index(letter.category) + 3) % 10]) if fold == 2 else letter
        for letter, fold in zip(LETTERS, FOLDS, strict=True)
    ]
    before = cross_fitted(LETTERS, SCORES, FOLDS, NO_PHRASES)
    after = cross_fitted(turned, SCORES, FOLDS, NO_PHRASES)
    for n, fold in enumerate(FOLDS):
        if fold == 2:
            assert after[n].judged.likely == before[n].judged.likely
            assert after[n].acted_on == before[n].acted_on
            assert after[n].is_unsure == before[n].is_unsure
    assert any(after[n].judged.likely != before[n].judged.likely for n, fold in enumerate(FOLDS) if fold != 2)


def test_a_fold_is_acted_on_by_the_thresholds_of_the_others() -> None:
    others = [n for n, fold in enumerate(FOLDS) if fold != 0]
    truths = [COLUMNS.index(LETTERS[n].category) for n in others]
    temperature = best_temperature([SCORES[n] for n in others], truths)
    chosen = chosen_thresholds(
        [
            Judged(
                id=LETTERS[n].id,
                language="en",
                truth=LETTERS[n].category,
                likely=probabilities(SCORES[n], temperature),
            )
            for n in others
        ]
    )
    found = cross_fitted(LETTERS, SCORES, FOLDS, NO_PHRASES)
    for n, fold in enumerate(FOLDS):
        if fold == 0:
            assert found[n].acted_on is found[n].judged.acted_on(chosen)


def test_a_corpus_of_one_fold_is_judged_all_the_same() -> None:
    assert len(cross_fitted(LETTERS, SCORES, [0] * len(LETTERS), NO_PHRASES)) == len(LETTERS)
