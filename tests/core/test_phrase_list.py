"""The baseline is what such lists look like: any phrase, anywhere, and nothing else."""

from dataclasses import replace

import pytest

from graceperiod.core.phrase_list import PHRASES, has_phrase, speaks
from mails import mail


def test_the_list_is_of_the_usual_size_and_each_phrase_stands_once_in_lower_case() -> None:
    assert 30 <= len(PHRASES) <= 60
    assert len(set(PHRASES)) == len(PHRASES)
    assert all(phrase == " ".join(phrase.lower().split()) for phrase in PHRASES)


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_is_found_whatever_its_case_and_wrapping(phrase: str) -> None:
    assert speaks(f"Well, {phrase.upper().replace(' ', chr(10))}.")


@pytest.mark.parametrize("text", ["", "Welcome aboard.", "The leiderman account", "We selected you."])
def test_what_has_no_phrase_is_passed_over(text: str) -> None:
    assert not speaks(text)


def test_umlauts_and_their_spelling_are_one() -> None:
    assert speaks("Wir konnten Sie nicht beruecksichtigen")


def test_it_reads_the_subject_and_quoted_mail_and_has_no_sense_of_context() -> None:
    plain = mail(text="See you on Monday.", subject="Lunch")
    assert not has_phrase(plain)
    assert has_phrase(replace(plain, subject="Unfortunately"))
    assert has_phrase(replace(plain, text="See you on Monday.\n> unfortunately not"))
    assert has_phrase(mail(text="Unfortunately the 3pm slot is gone, can you come at 4?"))
