"""The language of a text, where CLD3 is sure."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.adapters.language import detect

TEXTS = {
    "en": "Thank you for your interest in the position. We have chosen another candidate.",
    "de": "Vielen Dank für Ihre Bewerbung. Leider haben wir uns für eine andere Kandidatin entschieden.",
    "fr": "Nous vous remercions de votre candidature, mais nous avons retenu une autre personne.",
    "es": "Gracias por su interés en el puesto. Lamentamos informarle de que hemos elegido a otra persona.",
    "nl": "Bedankt voor je sollicitatie. Helaas hebben we voor een andere kandidaat gekozen.",
    "pt": "Agradecemos o seu interesse na vaga. Infelizmente, decidimos avançar com outra candidatura.",
    "it": "La ringraziamo per la candidatura. Purtroppo abbiamo deciso di proseguire con un'altra persona.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_or_two_are_enough(language: str) -> None:
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text", ["", "Hi Robin,", "OK", "1234567890 " * 20, "https://x.example/danke " * 9, "=" * 99]
)
def test_of_too_few_words_nothing_is_told(text: str) -> None:
    assert detect(text) is None


def test_codes_are_those_of_the_standard() -> None:
    hebrew = "תודה רבה על הפנייה שלך, אך לצערנו החלטנו להמשיך עם מועמד אחר לתפקיד הזה"
    assert detect(hebrew) == "he"


@given(st.text(max_size=200))
def test_any_text_has_a_code_of_two_letters_or_none(text: str) -> None:
    code = detect(text)
    assert code is None or (len(code) == 2 and code.isalpha() and code.islower())


def test_threads_do_not_disturb_each_other() -> None:
    asked = list(TEXTS.items()) * 40
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda item: detect(item[1]), asked))
    assert told == [language for language, _ in asked]
