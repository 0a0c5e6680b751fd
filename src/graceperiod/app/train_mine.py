"""Trains a model of the user's own: the corpus and, weighted in, the features of what they annotated."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graceperiod.app.out_of_fold import FOLDS, Lesson, TrainedModel, Trainer, fit, out_of_fold
from graceperiod.app.train import corpus_sha256
from graceperiod.core.annotation import Annotation, Statement
from graceperiod.core.calibration import best_temperature, probabilities
from graceperiod.core.category import REJECTIONS, Category
from graceperiod.core.comparison import Figures, as_good_as, worse
from graceperiod.core.evaluation import Judged, chosen_thresholds
from graceperiod.core.features import FEATURE_VERSION, features
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail
from graceperiod.core.manifest import Manifest
from graceperiod.core.split import split
from graceperiod.core.verdict import Thresholds
from graceperiod.errors import UserError
from graceperiod.ports import Progress

OWN_WEIGHT = 3
"""How many letters of the corpus one annotated mail counts for. The least with which words that only this
mail has are learned, since the trainer leaves out rarer ones. Measured: 5, 8 and 12 are not kept more often.
"""

_LARGEST_SHARE = 4
"""One part in so many of what is learned from may be the user's own. Chosen: the corpus holds the model."""

MOST_OWN = 2000
"""Annotations learned from, the newest. Chosen: more than anybody makes, and a bound on time and memory."""

_STEPS = 2 * FOLDS + 2
_CATEGORIES = tuple(Category)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedMine:
    """What came of it.

    Args:
        manifest, weights: of the new model.
        old, new: figures on the corpus, out of fold: of the shipped recipe, and with the user's mails.
        own: annotated mails learned from.
        weight: what each of them counted.
        own_right_before, own_right_after: how many of them are judged as the user says, by the shipped
            model, which has not seen them, and by the new one, which has.
        worse: what got worse; the model is to be kept only where nothing did.
    """

    manifest: Manifest
    weights: bytes
    old: Figures
    new: Figures
    own: int
    weight: int
    own_right_before: int
    own_right_after: int
    worse: tuple[str, ...]


class KnownModel(Protocol):
    """The model that ships with the program."""

    @property
    def thresholds(self) -> Thresholds:
        """When it acts."""
        ...

    def likely(self, features: Iterable[str]) -> Mapping[Category, float]:
        """How likely each category is for a mail of these features."""
        ...


def train_mine(
    letters: Sequence[Letter],
    annotations: Sequence[Annotation],
    *,
    name: str,
    as_mail: Callable[[Letter], Mail],
    trainer: Trainer,
    shipped: KnownModel,
    progress: Progress,
) -> TrainedMine:
    """A model of letters and annotated mails, compared with one of the letters alone.

    Args:
        annotations: those without features, or with those of another version, are left out.
        as_mail: reads a letter the way a mail with these fields is read.
        progress: called after each of the steps that take time.

    Raises:
        UserError: there are no annotated mails to learn from, or too few letters.
    """
    own = _own(annotations)
    if not own:
        raise UserError(
            "there is nothing of yours to learn from yet: change a mark in your mail client, or use "
            "`graceperiod annotate`; `graceperiod run` then reads those mails with its next look"
        )
    bench = _Bench(letters, as_mail, trainer, progress)
    judged, _ = bench.judged(())
    old = Figures.of(judged, chosen_thresholds(judged))
    weight = _weight(len(letters), len(own))
    return _tried(bench, own, weight, old, name, shipped)


def _tried(
    bench: "_Bench",
    own: Sequence["_OwnMail"],
    weight: int,
    old: Figures,
    name: str,
    shipped: KnownModel,
) -> TrainedMine:
    """What comes of it if each of the user's mails counts so much."""
    lessons = tuple(_lesson(mail, shipped) for mail in own) * weight
    judged, temperature = bench.judged(lessons)
    thresholds = as_good_as(old, judged, chosen_thresholds(judged))
    new = Figures.of(judged, thresholds)
    model = bench.fit_all(lessons)
    before = sum(_is_right(mail.statement, shipped.likely(mail.features), shipped.thresholds) for mail in own)
    likely = _likely(model, [mail.features for mail in own], temperature)
    after = sum(_is_right(m.statement, found, thresholds) for m, found in zip(own, likely, strict=True))
    weights = model.exported()
    return TrainedMine(
        manifest=Manifest(
            name=name,
            feature_version=FEATURE_VERSION,
            temperature=temperature,
            thresholds=thresholds,
            weights_sha256=hashlib.sha256(weights).hexdigest(),
            corpus_sha256=corpus_sha256(bench.letters),
            letters=len(bench.letters),
            features=model.feature_count,
        ),
        weights=weights,
        old=old,
        new=new,
        own=len(own),
        weight=weight,
        own_right_before=before,
        own_right_after=after,
        worse=(*worse(old, new), *_own_worse(before, after)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnMail:
    features: tuple[str, ...]
    statement: Statement


class _Bench:
    """The corpus, read once, and models of it with and without the user's mails."""

    def __init__(
        self,
        letters: Sequence[Letter],
        as_mail: Callable[[Letter], Mail],
        trainer: Trainer,
        progress: Progress,
    ) -> None:
        self.letters = letters
        self._trainer = trainer
        self._progress = progress
        self._done = 0
        self._lessons = [
            (features(as_mail(letter)), _CATEGORIES.index(letter.category)) for letter in letters
        ]
        self._folds = split(letters, FOLDS)
        self._step()

    def judged(self, more: Sequence[Lesson]) -> tuple[tuple[Judged, ...], float]:
        """Every letter, out of fold, by models that have learned the other lessons too; the temperature."""
        scores = out_of_fold(self._lessons, self._folds, self._trainer, lambda _: self._step(), more=more)
        temperature = best_temperature(scores, [category for _, category in self._lessons])
        found = zip(self.letters, scores, strict=True)
        return tuple(Judged.of(letter, own, temperature) for letter, own in found), temperature

    def fit_all(self, more: Sequence[Lesson]) -> TrainedModel:
        """The model of everything."""
        model = fit(self._trainer, [*self._lessons, *more])
        self._step()
        return model

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done, _STEPS)


def _own(annotations: Sequence[Annotation]) -> tuple[_OwnMail, ...]:
    """The mails that can be learned from, each once, by the newest word about it."""
    usable = (a for a in annotations if a.feature_version == FEATURE_VERSION and a.features)
    found = {a.features: _OwnMail(features=a.features, statement=a.statement) for a in usable}
    return tuple(found.values())[-MOST_OWN:]


def _weight(letters: int, own: int) -> int:
    return max(1, min(OWN_WEIGHT, letters // (_LARGEST_SHARE * own)))


def _lesson(mail: _OwnMail, shipped: KnownModel) -> Lesson:
    """The mail with its category; where the user said only what it is not, the likeliest of the others.

    Of the others but neither kind of rejection: for a soft one there is a mark of its own.
    """
    category = mail.statement.category
    if category is None:
        likely = shipped.likely(mail.features)
        category = max((c for c in Category if c not in REJECTIONS), key=lambda c: likely[c])
    return mail.features, _CATEGORIES.index(category)


def _likely(
    model: TrainedModel, own: Sequence[Sequence[str]], temperature: float
) -> list[Mapping[Category, float]]:
    return [
        dict(zip(_CATEGORIES, probabilities(found, temperature), strict=True)) for found in model.scores(own)
    ]


def _is_right(statement: Statement, likely: Mapping[Category, float], thresholds: Thresholds) -> bool:
    """Whether the program would do as the user says: act on the one, leave the other alone."""
    verdict = thresholds.verdict(likely, language=None, evidence=(), model="")
    acted_on = verdict.category if verdict.acts else None
    if statement.category is None:
        return acted_on is not statement.not_category
    return verdict.category is statement.category and (verdict.acts or statement.category not in REJECTIONS)


def _own_worse(before: int, after: int) -> tuple[str, ...]:
    return (f"your own mails judged as you say: {before}, now {after}",) if after < before else ()
