"""Text made comparable: the fast patterns find what the plain ones that they stand for would find."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graceperiod.core import ideas as ideas_module
from graceperiod.core.features import features
from graceperiod.core.ideas import ideas
from graceperiod.core.text import FIGURES, folded, key_of, sentences, spellings, worded
from mails import mail

LINKS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
ADDRESSES = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
SUMS = re.compile(
    r"[$€£₹¥]\s?\d[\d.,]*k?|\d[\d.,]{0,30}\s?(?:[$€£₹¥]|(?:eur|euro|usd|gbp|chf)\b)", re.IGNORECASE
)
TIMES = re.compile(r"\b\d{1,2}(?:[:.h]\d{2}\s?(?:uhr|[ap]\.?m\b)|:\d{2}|\s?(?:uhr|[ap]m)\b)", re.IGNORECASE)
NUMBERS = re.compile(r"\d(?:[\w.,:/%-]*\w)?%?")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[\ue000-\ue004]")
STOP = re.compile(r"[.!?;:…•·|]|\n\s*\n|[*_=~-]{2,}")
SHOUTS = re.compile(r"!{3,}|[!?]{4,}")

LINK, ADDRESS, MONEY, TIME, NUMBER = FIGURES
TOKENS = st.sampled_from((
    "10:30", "9.15 Uhr", "5 pm", "x5pm", "$5k", "€ 3.000,50", "12 EUR", "7 euros", "³", "٣", "½", "\n\n", "\n,\n",
    "\n \n", "--", "- -", "__", "_a", "a_", "'", "l'été", "they'll", "Größe,", "STRASSE", "ß", "İ", "ı", "\u212a", "ſ",
    "!!", "?!", "•", "…", "we", "regret", "(", ")", " ", "\u00a0", "\t", ",", ".", MONEY, NUMBER,
))  # fmt: skip
TEXT = st.lists(TOKENS | st.text(st.characters(codec="utf-8"), max_size=3), max_size=40).map("".join)


HOSTS = st.lists(
    st.sampled_from(["@", ".", "-", "+", "a", "b.c", "é", " ", "x" * 40, "(", "_", "www.", "WWW.", "https://", "Http://", "é"])
    | st.text(st.characters(codec="utf-8"), max_size=2),
    max_size=30,
).map("".join)  # fmt: skip


@given(TEXT)
def test_sums_times_and_numbers_are_what_the_plain_patterns_say(text: str) -> None:
    expected = NUMBERS.sub(NUMBER, TIMES.sub(TIME, SUMS.sub(MONEY, text)))
    assert "@" in text or "://" in text or "www." in text or worded(text) == expected


@given(HOSTS)
@example("a@b.c.d.e.f.g.h.i.j.k.l@m.n")
@example("x" * 70 + "@a.b@c.d@e")
def test_links_and_addresses_are_what_the_plain_patterns_say(text: str) -> None:
    text = folded(text)
    linked = LINKS.sub(LINK, text) if "www." in text or "://" in text else text
    expected = NUMBERS.sub(NUMBER, TIMES.sub(TIME, SUMS.sub(MONEY, ADDRESSES.sub(ADDRESS, linked))))
    assert worded(text) == expected


@given(TEXT)
@example("well\n,\nthen")
@example("a\n\x1f\nb")
def test_words_and_sentences_are_what_the_plain_patterns_say(text: str) -> None:
    assert sentences(text) == [WORD.findall(stretch) for stretch in STOP.split(key_of(text))]


@given(TEXT)
def test_spellings_are_those_of_each_word_by_itself(text: str) -> None:
    accented = " ".join(stretch for stretch in text.lower().split() if not stretch.isascii())
    assert spellings(text) == {key_of(word): word for word in WORD.findall(accented)}


@given(st.text(alphabet="!? a", max_size=12))
def test_shouts_are_what_the_plain_pattern_says(text: str) -> None:
    assert ("fact:shouts" in features(mail(text=text))) == bool(SHOUTS.search(text))


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_word_longer_than_any_that_is_listed_has_the_ideas_of_its_beginning() -> None:
    assert ideas(["bedauer" + "x" * 5_000]) == {"regret": ("bedauer" + "x" * 5_000,)}
    assert ideas(["leider" + "x" * 5_000]) == {}


def test_words_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    told = ideas_module._Told()
    monkeypatch.setattr(ideas_module, "_MOST_TOLD", 10)
    monkeypatch.setattr(ideas_module, "_tells", told.__getitem__)
    for number in range(100):
        word = "a" * number
        assert ideas([word, "unfortunately"]) == {"regret": ("unfortunately",)}
    assert len(told) <= 10
    assert max(map(len, told)) < 60
