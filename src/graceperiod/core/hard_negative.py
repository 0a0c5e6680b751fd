"""Letters that are no rejections but may be taken for one: stands in for what no field of the corpus says."""

import re

from graceperiod.core.category import REJECTIONS, Category
from graceperiod.core.ideas import ideas
from graceperiod.core.letter import Letter
from graceperiod.core.phrase_list import speaks
from graceperiod.core.text import folded, key_of, sentences, worded

_BEGINNINGS = {
    "en": "declin regret reject sorry unable unfortunat unsuccessful",
    "de": "abgelehnt ablehn absag abgesagt bedauer leider",
    "fr": "décliné déclin désol malheureusement refus regret rejet",
    "es": "denegad desafortunadamente descart desgraciadamente lament rechaz",
    "nl": "afgewezen afwijz helaas jammer spijt",
    "pt": "infelizmente lament lastim recus rejeit",
    "it": "purtroppo rammaric respint rifiut scart spiac",
}
"""Beginnings of words of regret and refusal in the languages of the corpus."""

_REGRET = {
    language: re.compile(r"\b(?:" + "|".join(key_of(b) for b in beginnings.split()) + ")")
    for language, beginnings in _BEGINNINGS.items()
}

_ABOUT_JOBS = frozenset({Category.JOB_ALERT, Category.OUTREACH})
"""They speak of jobs, posts and candidates throughout, and answer no application."""
_APPLYING = frozenset({"application", "post", "hiring", "withdrawal"})
"""Ideas of which a letter of the category `other` has one if it is about jobs: a survey, a newsletter about
layoffs, a withdrawal that the user wrote."""
_REFUSING = frozenset({"refusal", "condition"})
"""Ideas of which a letter has one that says what may be said of an applicant: "if you are not selected"."""


def is_hard_negative(letter: Letter) -> bool:
    """Whether a letter that is no rejection of either kind has words that one would have, or is about jobs.

    It counts words, not traps: traps without one of them are missed, a kind "sorry for the delay" counts.
    """
    if letter.category in REJECTIONS:
        return False
    text = f"{letter.subject}\n{letter.body}"
    regret = _REGRET.get(letter.language)
    return (
        letter.category in _ABOUT_JOBS
        or speaks(text)
        or bool(regret and regret.search(key_of(folded(text))))
        or _has(text, _REFUSING | _APPLYING if letter.category is Category.OTHER else _REFUSING)
    )


def _has(text: str, wanted: frozenset[str]) -> bool:
    return any(not wanted.isdisjoint(ideas(words)) for words in sentences(worded(folded(text))))
