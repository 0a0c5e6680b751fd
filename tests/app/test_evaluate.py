"""Mails of known category are judged by the model and the phrase list; what cannot be read is told."""

from collections.abc import Mapping

from graceperiod.app.evaluate import UNKNOWN, evaluate
from graceperiod.core.category import Category
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail
from graceperiod.errors import MessageError
from judged import THRESHOLDS
from mails import mail


def letter(name: str, body: str, language: str = "") -> Letter:
    return Letter(
        id=name,
        category=Category.REJECTION,
        language=language,
        subject="",
        sender="a@b.example",
        body=body,
        where=f"line {name[-1]}",
    )


def read(one: Letter) -> Mail:
    if not one.body:
        raise MessageError("it is empty")
    return mail(text=one.body, language="nl" if "helaas" in one.body else None)


def certain(found: Mail) -> Mapping[Category, float]:
    said = Category.REJECTION if "regret" in found.text else Category.OTHER
    return {category: float(category is said) for category in Category}


def test_each_mail_is_judged_by_both_and_one_that_cannot_be_read_is_told() -> None:
    seen: list[tuple[int, int | None]] = []
    found, problems = evaluate(
        [
            letter("a-1", "We regret it", "en"),
            letter("a-2", ""),
            letter("a-3", "helaas"),
            letter("a-4", "Hello there"),
        ],
        as_mail=read,
        probabilities=certain,
        thresholds=THRESHOLDS,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert problems == ("line 2: it is empty",)
    assert [(e.judged.language, e.acted_on, e.has_phrase) for e in found] == [
        ("en", Category.REJECTION, True),
        ("nl", None, False),
        (UNKNOWN, None, False),
    ]
    assert seen[-1] == (4, 4)
