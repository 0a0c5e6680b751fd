"""Out-of-fold scores into probabilities and acts, nothing chosen on the letters it is counted on."""

from collections.abc import Sequence

from graceperiod.core.calibration import best_temperature
from graceperiod.core.category import Category
from graceperiod.core.evaluated import Evaluated
from graceperiod.core.evaluation import Judged, chosen_thresholds
from graceperiod.core.letter import Letter

_CATEGORIES = tuple(Category)


def cross_fitted(
    letters: Sequence[Letter],
    scores: Sequence[Sequence[float]],
    folds: Sequence[int],
    has_phrase: Sequence[bool],
) -> tuple[Evaluated, ...]:
    """The letters in their order; temperature and thresholds of a fold were chosen on the other folds alone.

    What is left of flattery: the models that judged those other folds had learned from this one, and the
    number of folds, the margins and the features were chosen by people who knew the corpus.

    Args:
        scores: of each letter, by a model that had not seen its fold.
        folds: of each letter the number.
        has_phrase: whether the phrase list calls it a rejection.
    """
    truths = [_CATEGORIES.index(letter.category) for letter in letters]
    found: dict[int, Evaluated] = {}
    for fold in sorted(set(folds)):
        own = [n for n, f in enumerate(folds) if f == fold]
        # A corpus of a single group has no other side to choose on.
        others = [n for n, f in enumerate(folds) if f != fold] or own
        temperature = best_temperature([scores[n] for n in others], [truths[n] for n in others])
        chosen = chosen_thresholds([Judged.of(letters[n], scores[n], temperature) for n in others])
        for n in own:
            judged = Judged.of(letters[n], scores[n], temperature)
            found[n] = Evaluated.of(judged, chosen, has_phrase=has_phrase[n])
    return tuple(found[n] for n in range(len(letters)))
