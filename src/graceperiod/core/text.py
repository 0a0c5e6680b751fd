"""Text made comparable: one form for quotes, spaces and invisible characters (UAX 15), cut into words."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0]"
)
"""What nobody sees: soft hyphens, zero-width spaces and joiners, bidi marks, fillers; and the private use
area, which stands for figures below."""

_TYPOGRAPHY = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2028\u2029\t\v\f", " "),
}
_SPELLING = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
"""The way these are typed where a keyboard lacks them, so that both spellings are one word."""

_TYPOGRAPHIC = re.compile(f"[{''.join(_TYPOGRAPHY)}]")
_SPELT = re.compile(f"[{''.join(_SPELLING)}]")

_LINK, _ADDRESS, _MONEY, _TIME, _NUMBER = "\ue000\ue001\ue002\ue003\ue004"
FIGURES = {
    _LINK: "(a link)",
    _ADDRESS: "(an address)",
    _MONEY: "(a sum of money)",
    _TIME: "(a time of day)",
    _NUMBER: "(a number)",
}
"""What stands for links, addresses and figures in a text of words, and how a user reads it."""

_LINKS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_ADDRESSES = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_SUMS = re.compile(r"[$€£₹¥]\s?\d[\d.,]*k?|\d[\d.,]*\s?(?:[$€£₹¥]|(?:eur|euro|usd|gbp|chf)\b)", re.IGNORECASE)
_TIMES = re.compile(r"\b\d{1,2}(?:[:.h]\d{2}\s?(?:uhr|[ap]\.?m\b)|:\d{2}|\s?(?:uhr|[ap]m)\b)", re.IGNORECASE)
_NUMBERS = re.compile(r"\d(?:[\w.,:/%-]*\w)?%?")

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[\ue000-\ue004]")
_STOP = re.compile(r"[.!?;:…•·|]|\n\s*\n|[*_=~-]{2,}")


def folded(text: str) -> str:
    """The text with compatibility forms, quotes, dashes and spaces unified and invisible characters gone."""
    if text.isascii():
        return text.replace("`", "'")
    unified = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    # Not str.translate: on text that is not ASCII it costs more than all the rest.
    return _TYPOGRAPHIC.sub(lambda found: _TYPOGRAPHY[found.group()], unified)


def worded(text: str) -> str:
    """A folded text in which every link, address and figure is one of `FIGURES`."""
    if "www." in text or "://" in text:
        text = _LINKS.sub(_LINK, text)
    if "@" in text:
        text = _ADDRESSES.sub(_ADDRESS, text)
    text = _SUMS.sub(_MONEY, text)
    text = _TIMES.sub(_TIME, text)
    return _NUMBERS.sub(_NUMBER, text)


def sentences(text: str) -> list[list[str]]:
    """The words of a worded text as `key_of` has them, cut at full stops, bullets and blank lines."""
    return [_WORD.findall(stretch) for stretch in _STOP.split(key_of(text))]


def key_of(text: str) -> str:
    """What words are compared by: lower case, with `ä` and `ae` one spelling."""
    lowered = text.lower()
    return lowered if lowered.isascii() else _SPELT.sub(lambda found: _SPELLING[found.group()], lowered)


def spellings(text: str) -> dict[str, str]:
    """For words that `key_of` spells in another way how a worded text spells them, in lower case."""
    if text.isascii():
        return {}
    accented = " ".join(stretch for stretch in text.lower().split() if not stretch.isascii())
    return {key_of(word): word for word in _WORD.findall(accented)}


def readable(text: str) -> str:
    """A stretch of worded text on one line, its figures as a user reads them."""
    for figure, shown in FIGURES.items():
        text = text.replace(figure, shown)
    return " ".join(text.split())
