"""A check says what a corpus lacks, in numbers, and what must be put right before training."""

from dataclasses import replace

import pytest

from graceperiod.core.category import Category
from graceperiod.core.corpus_report import LANGUAGES, corpus_report
from graceperiod.core.hard_negative import is_hard_negative
from graceperiod.core.letter import Letter
from letters import letters


def letter(body: str, category: Category = Category.OTHER, language: str = "en") -> Letter:
    return Letter(id="x", category=category, language=language, subject="", sender="a@b.example", body=body)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Unfortunately the slot at three is gone."),
        ("en", "Your claim was declined."),
        ("de", "Leider ist der Termin schon weg."),
        ("de", "Wir bedauern die Verspätung."),
        ("fr", "Malheureusement le colis est en retard."),
        ("es", "Lamentamos el retraso."),
        ("nl", "Helaas is het artikel uitverkocht."),
        ("pt", "Infelizmente a loja fecha hoje."),
        ("it", "Purtroppo il negozio è chiuso."),
    ],
)
def test_a_letter_that_speaks_like_a_rejection_and_is_none_is_a_hard_negative(
    language: str, body: str
) -> None:
    assert is_hard_negative(letter(body, language=language))
    assert is_hard_negative(letter(body, Category.INTERVIEW, language))
    assert not is_hard_negative(letter(body, Category.REJECTION, language))
    assert not is_hard_negative(letter(body, Category.SOFT_REJECTION, language))


@pytest.mark.parametrize(
    "body",
    [
        "How did you find our application process?",
        "I withdraw my application.",
        "Wir haben neue Stellen für Sie.",
    ],
)
def test_other_mail_about_applying_is_a_hard_negative_and_so_is_every_alert(body: str) -> None:
    assert is_hard_negative(letter(body))
    assert is_hard_negative(letter("Dinner is at eight.", Category.JOB_ALERT))
    assert is_hard_negative(letter("Dinner is at eight.", Category.OUTREACH))
    assert not is_hard_negative(letter("Dinner is at eight.", Category.INTERVIEW))


def test_a_plain_letter_is_none() -> None:
    assert not is_hard_negative(letter("Dinner is at eight."))
    assert not is_hard_negative(letter("Dinner is at eight.", language="xx"))


def test_hard_negatives_are_a_rate_and_nothing_is_refused_for_them() -> None:
    report = corpus_report(letters(), ())
    assert report.hard_negatives.whole == len(letters())
    assert report.hard_negatives.share < 1 / 3
    assert report.is_clean


def test_every_target_that_is_missed_is_told_in_a_sentence() -> None:
    report = corpus_report([one for one in letters() if one.category is not Category.OFFER], ())
    assert report.shortfalls[:3] == (
        "63 letters of at least 6,000",
        "7 soft rejections of at least 700",
        "in en none of offer",
    )
    assert report.shortfalls[3:] == tuple(f"no letters in {language}" for language in LANGUAGES[1:])
    assert report.is_clean
    assert not report.is_complete


def test_a_copy_must_be_put_right_before_training() -> None:
    first = letters()[0]
    report = corpus_report([*letters(), replace(first, id="en-assessment-copy")], ())
    assert not report.is_clean
    assert not report.is_complete
