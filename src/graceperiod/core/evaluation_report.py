"""How good a model is: counts with intervals, by language and source, beside the phrase list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graceperiod.core.category import GOOD_NEWS, REJECTIONS, Category
from graceperiod.core.evaluated import Evaluated
from graceperiod.core.rate import Rate
from graceperiod.core.reliability import Reliability, reliability
from graceperiod.core.scores import Score, confusion, scores

_FEARED = (Category.OFFER, Category.INTERVIEW, Category.ASSESSMENT)
"""`GOOD_NEWS` in the order in which it is told."""
_HALF = 0.5


class At(StrEnum):
    """When a verdict counts."""

    LIKELIEST = "likeliest"
    """The likeliest category, however likely."""
    HALF = "half"
    """The likeliest category from 0.5 on."""
    ACTING = "acting"
    """What would be acted on."""
    PHRASES = "phrases"
    """Not the model: any phrase of the list is a rejection."""


class Harm(StrEnum):
    """What an error does to the user, worst first."""

    GOOD_NEWS = "an offer, interview or assessment acted on as a rejection"
    ORDINARY = "ordinary mail acted on"
    ACTED = "acted on as something else than it is"
    MISSED = "a rejection neither acted on nor listed"
    MISSED_SOFT = "a soft rejection neither acted on nor listed"
    MISTAKEN = "put into another category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """An error, by the letter's id; never its text."""

    harm: Harm
    evaluated: Evaluated


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of the letters: all of them, those in a language or those from a source.

    Args:
        scores: of each category at each of `At`; the phrase list knows rejections only.
        unsure: listed for the user to decide.
        ordinary: at each of `At`, how many ordinary mails were taken for a rejection of either kind.
    """

    letters: int
    scores: Mapping[At, Mapping[Category, Score]]
    unsure: Rate
    ordinary: Mapping[At, Rate]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """Everything that is counted.

    Args:
        languages, sources: by name, in order.
        feared: of each kind of good news how many were acted on as a rejection of either kind.
        likeliest, rejection: how well the probability of the likeliest category, and that of a rejection,
            agrees with what is found.
        confused: how often each true category was taken for each other.
        mistakes: all of them, most harmful first, and within a harm the surest first.
    """

    whole: Part
    languages: Mapping[str, Part]
    sources: Mapping[str, Part]
    feared: Mapping[Category, Rate]
    likeliest: Reliability
    rejection: Reliability
    confused: Mapping[tuple[Category, Category], int]
    mistakes: tuple[Mistake, ...]


def evaluation_report(evaluated: Sequence[Evaluated]) -> EvaluationReport:
    """The report on these letters."""
    judged = [e.judged for e in evaluated]
    column = tuple(Category).index(Category.REJECTION)
    return EvaluationReport(
        whole=_part(evaluated),
        languages=_parts((e.judged.language, e) for e in evaluated),
        sources=_parts((e.source, e) for e in evaluated),
        feared={
            category: _rate(e.acted_on in REJECTIONS for e in evaluated if e.judged.truth is category)
            for category in _FEARED
        },
        likeliest=reliability((j.probability, j.said is j.truth) for j in judged),
        rejection=reliability((j.likely[column], j.truth is Category.REJECTION) for j in judged),
        confused=confusion([j.truth for j in judged], [j.said for j in judged]),
        mistakes=_mistakes(evaluated),
    )


def said_at(evaluated: Evaluated, at: At) -> Category | None:
    """The category that counts; None for none."""
    judged = evaluated.judged
    said: Mapping[At, Category | None] = {
        At.LIKELIEST: judged.said,
        At.HALF: judged.said if judged.probability >= _HALF else None,
        At.ACTING: evaluated.acted_on,
        At.PHRASES: Category.REJECTION if evaluated.has_phrase else None,
    }
    return said[at]


def _parts(named: Iterable[tuple[str, Evaluated]]) -> Mapping[str, Part]:
    held: dict[str, list[Evaluated]] = {}
    for name, one in named:
        held.setdefault(name, []).append(one)
    return {name: _part(held[name]) for name in sorted(held)}


def _part(evaluated: Sequence[Evaluated]) -> Part:
    truths = [e.judged.truth for e in evaluated]
    ordinary = [e for e in evaluated if e.judged.truth is Category.OTHER]
    return Part(
        letters=len(evaluated),
        scores={at: scores(truths, [said_at(e, at) for e in evaluated]) for at in At},
        unsure=_rate(e.is_unsure for e in evaluated),
        ordinary={at: _rate(said_at(e, at) in REJECTIONS for e in ordinary) for at in At},
    )


def _rate(found: Iterable[bool]) -> Rate:
    listed = list(found)
    return Rate(part=sum(listed), whole=len(listed))


def _mistakes(evaluated: Sequence[Evaluated]) -> tuple[Mistake, ...]:
    found = [Mistake(harm=harm, evaluated=e) for e in evaluated if (harm := _harm(e)) is not None]
    order = tuple(Harm)
    return tuple(
        sorted(
            found,
            key=lambda m: (order.index(m.harm), -m.evaluated.judged.probability, m.evaluated.judged.id),
        )
    )


def _harm(evaluated: Evaluated) -> Harm | None:
    truth, acted_on = evaluated.judged.truth, evaluated.acted_on
    if acted_on is not None and acted_on is not truth:
        if truth in GOOD_NEWS and acted_on in REJECTIONS:
            return Harm.GOOD_NEWS
        return Harm.ORDINARY if truth is Category.OTHER else Harm.ACTED
    if truth in REJECTIONS and acted_on is None and not evaluated.is_unsure:
        return Harm.MISSED if truth is Category.REJECTION else Harm.MISSED_SOFT
    return None if evaluated.judged.said is truth else Harm.MISTAKEN
