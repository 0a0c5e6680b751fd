"""Trains a model in steps: features, honest split, calibration, thresholds, weights, card, reference."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from graceperiod.app.out_of_fold import FOLDS, Lesson, TrainedModel, Trainer, fit, out_of_fold
from graceperiod.core.calibration import best_temperature, probabilities
from graceperiod.core.category import Category
from graceperiod.core.cross_fit import cross_fitted
from graceperiod.core.evaluated import Evaluated
from graceperiod.core.evaluation import Judged, chosen_thresholds
from graceperiod.core.evaluation_report import evaluation_report
from graceperiod.core.features import FEATURE_VERSION, features
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail
from graceperiod.core.manifest import CARD_FILE, MANIFEST_FILE, REFERENCE_FILE, WEIGHTS_FILE, Manifest
from graceperiod.core.model_card import model_card
from graceperiod.core.phrase_list import has_phrase
from graceperiod.core.plots import plots
from graceperiod.core.split import split
from graceperiod.ports import Progress

_REFERENCES = 80
"""Letters whose probabilities are kept. Chosen: eight a category."""
_CATEGORIES = tuple(Category)
_STEPS = FOLDS + 2
"""Of progress: the letters are read, a model a fold, and the model of them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model that is ready to be written.

    Args:
        files: name and content of each file of the model folder.
        judged: every letter, out of fold.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    judged: tuple[Judged, ...]


def train(
    letters: Sequence[Letter],
    *,
    name: str,
    as_mail: Callable[[Letter], Mail],
    trainer: Trainer,
    progress: Progress,
) -> Trained:
    """The model of these letters; the same letters give the same bytes.

    Args:
        name: with its version, such as `jobmail-v1`.
        as_mail: reads a letter the way a mail with these fields is read.
        progress: called after each of the steps that take time.

    Raises:
        UserError: there are too few letters to learn from.
    """
    examples, folds, scores = _scored(letters, as_mail, trainer, progress)
    temperature = best_temperature(scores, [e.lesson[1] for e in examples])
    judged = tuple(Judged.of(e.letter, s, temperature) for e, s in zip(examples, scores, strict=True))
    model = fit(trainer, [e.lesson for e in examples])
    weights = model.exported()
    progress(_STEPS, _STEPS)
    manifest = Manifest(
        name=name,
        feature_version=FEATURE_VERSION,
        temperature=temperature,
        thresholds=chosen_thresholds(judged),
        weights_sha256=hashlib.sha256(weights).hexdigest(),
        corpus_sha256=corpus_sha256(letters),
        letters=len(letters),
        features=model.feature_count,
    )
    phrases = [e.has_phrase for e in examples]
    report = evaluation_report(cross_fitted(letters, scores, folds, phrases))
    files = {
        WEIGHTS_FILE: weights,
        MANIFEST_FILE: manifest.toml().encode(),
        CARD_FILE: model_card(manifest, judged, report).encode(),
        REFERENCE_FILE: _reference(examples, model, temperature).encode(),
        **{name: svg.encode() for name, svg in plots(report, judged, manifest.thresholds).items()},
    }
    return Trained(manifest=manifest, files=files, judged=judged)


def cross_validated(
    letters: Sequence[Letter],
    *,
    as_mail: Callable[[Letter], Mail],
    trainer: Trainer,
    progress: Progress,
) -> tuple[Evaluated, ...]:
    """The letters, each judged by a model that has not seen its group; see `cross_fitted` for the thresholds.

    Args:
        as_mail: reads a letter the way a mail with these fields is read.
        progress: called after each of the steps that take time.

    Raises:
        UserError: there are too few letters to learn from.
    """
    examples, folds, scores = _scored(letters, as_mail, trainer, progress)
    evaluated = cross_fitted(letters, scores, folds, [e.has_phrase for e in examples])
    progress(_STEPS, _STEPS)
    return evaluated


def corpus_sha256(letters: Sequence[Letter]) -> str:
    """The hex digest of the letters, wherever they stand."""
    digest = hashlib.sha256()
    for letter in sorted(letters, key=lambda letter: letter.id):
        row = asdict(replace(letter, where="", headers=dict(letter.headers)))
        digest.update(json.dumps(row, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Example:
    letter: Letter
    lesson: Lesson
    has_phrase: bool


def _scored(
    letters: Sequence[Letter], as_mail: Callable[[Letter], Mail], trainer: Trainer, progress: Progress
) -> tuple[list[_Example], Sequence[int], list[Sequence[float]]]:
    """The letters, the fold of each, and its scores by a model that has not seen its fold."""
    examples = [_example(letter, as_mail) for letter in letters]
    progress(1, _STEPS)
    folds = split(letters, FOLDS)
    lessons = [e.lesson for e in examples]
    return examples, folds, out_of_fold(lessons, folds, trainer, lambda n: progress(n + 1, _STEPS))


def _example(letter: Letter, as_mail: Callable[[Letter], Mail]) -> _Example:
    mail = as_mail(letter)
    return _Example(
        letter=letter,
        lesson=(features(mail), _CATEGORIES.index(letter.category)),
        has_phrase=has_phrase(mail),
    )


def _reference(examples: Sequence[_Example], model: TrainedModel, temperature: float) -> str:
    """The probabilities of letters from every part of the corpus, one object a line."""
    step = max(len(examples) // _REFERENCES, 1)
    chosen = examples[::step]
    lines = []
    for example, scores in zip(chosen, model.scores([e.lesson[0] for e in chosen]), strict=True):
        likely = probabilities(scores, temperature)
        shown = {str(c): round(p, 6) for c, p in zip(_CATEGORIES, likely, strict=True)}
        lines.append(json.dumps({"id": example.letter.id, "probabilities": shown}) + "\n")
    return "".join(lines)
