"""Evaluates a model on mails whose category is known, beside the phrase list."""

from collections.abc import Callable, Mapping, Sequence

from graceperiod.core.category import Category
from graceperiod.core.evaluated import Evaluated
from graceperiod.core.evaluation import Judged
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail
from graceperiod.core.phrase_list import has_phrase
from graceperiod.core.verdict import Thresholds
from graceperiod.errors import MessageError
from graceperiod.ports import Progress

UNKNOWN = "?"
"""The language of a mail of which nobody says it and none can be told."""

_EVERY = 50


def evaluate(
    letters: Sequence[Letter],
    *,
    as_mail: Callable[[Letter], Mail],
    probabilities: Callable[[Mail], Mapping[Category, float]],
    thresholds: Thresholds,
    progress: Progress,
) -> tuple[tuple[Evaluated, ...], tuple[str, ...]]:
    """The mails in their order, and one sentence for each that could not be read, with its place.

    Args:
        as_mail: reads a letter the way a mail with these fields is read.
        probabilities: what the model says.
        thresholds: those of the model.
        progress: called now and then, with how many are done.
    """
    found: list[Evaluated] = []
    problems: list[str] = []
    for done, letter in enumerate(letters, start=1):
        try:
            mail = as_mail(letter)
        except MessageError as error:
            problems.append(f"{letter.where}: {error}")
            continue
        likely = probabilities(mail)
        judged = Judged(
            id=letter.id,
            language=letter.language or mail.language or UNKNOWN,
            truth=letter.category,
            likely=tuple(likely[category] for category in Category),
        )
        found.append(Evaluated.of(judged, thresholds, has_phrase=has_phrase(mail)))
        if done % _EVERY == 0:
            progress(done, len(letters))
    progress(len(letters), len(letters))
    return tuple(found), tuple(problems)
