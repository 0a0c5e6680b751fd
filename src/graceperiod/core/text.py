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

_LOCAL_PART = re.compile(r"[\w.+-]++\Z")
_LONGEST_LOCAL_PART = 64
"""RFC 5321 section 4.5.3.1.1."""
_DOMAIN = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")

# These and _STOP begin with all characters that a match may begin with, and look back for which one it was:
# then the engine skips from one of them to the next, where it tries \b and alternatives everywhere.
# A sum before its currency has at most 31 digits: without a bound, 6,000 digits took 1.2 s.
_LINKS = re.compile(r"[hHwW](?<!\w.)(?:(?<=[hH])[tT][tT][pP][sS]?://|(?<=[wW])[wW][wW]\.)[^\s<>\"')\]]+")
_SUMS = re.compile(
    r"[$€£₹¥\d](?:(?<=\d)[\d.,]{0,30}+\s?+(?:[$€£₹¥]|(?:eur|euro|usd|gbp|chf)\b)|(?<!\d)\s?\d[\d.,]*k?)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\d(?<!\w\d)\d?(?:[:.h]\d{2}\s?(?:uhr|[ap]\.?m\b)|:\d{2}|\s?(?:uhr|[ap]m)\b)", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"\d(?:[\w.,:/%-]*\w)?%?")

_WORD = re.compile(r"[^\W\d_]++(?:'[^\W\d_]++)*+|[\ue000-\ue004]")
_STOP = re.compile(r"[.!?;:…•·|\n*_=~-](?:(?<=\n)\s*\n|(?<=[*_=~-])[*_=~-]+|(?<![\n*_=~-]))")


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
        text = _addresses_folded(text)
    if not _DIGIT.search(text):  # as in many letters
        return text
    text = _SUMS.sub(_MONEY, text)
    text = _TIMES.sub(_TIME, text)
    return _NUMBERS.sub(_NUMBER, text)


def _addresses_folded(text: str) -> str:
    """Addresses are looked for from their `@` on: a pattern would try every word for one."""
    pieces: list[str] = []
    end = 0
    at = text.find("@")
    while at >= 0:
        local_part = _LOCAL_PART.search(text, max(end, at - _LONGEST_LOCAL_PART), at)
        domain = _DOMAIN.match(text, at)
        if local_part and domain:
            pieces += (text[end : local_part.start()], _ADDRESS)
            end = domain.end()
        at = text.find("@", max(end, at + 1))
    return "".join([*pieces, text[end:]])


def sentences(text: str) -> list[list[str]]:
    """The words of a worded text as `key_of` has them, cut at full stops, bullets and blank lines."""
    return [_words(stretch) for stretch in _STOP.split(key_of(text))]


def _words(stretch: str) -> list[str]:
    """What `_WORD` finds; most of it is letters between spaces, for which no pattern is needed."""
    parts = stretch.replace(",", " ").split()
    if "".join(parts).isalpha():
        return parts
    words: list[str] = []
    for part in parts:
        if part.isalpha():
            words.append(part)
        else:
            words += _WORD.findall(part)
    return words


def key_of(text: str) -> str:
    """What words are compared by: lower case, with `ä` and `ae` one spelling."""
    return _spelt(text.lower())


def _spelt(lowered: str) -> str:
    return lowered if lowered.isascii() else _SPELT.sub(lambda found: _SPELLING[found.group()], lowered)


def spellings(text: str) -> dict[str, str]:
    """For words that `key_of` spells in another way how a worded text spells them, in lower case."""
    if text.isascii():
        return {}
    accented = " ".join([stretch for stretch in text.lower().split() if not stretch.isascii()])
    # A letter is spelt with letters, so that the words of both are the same ones.
    return dict(zip(_WORD.findall(_spelt(accented)), _WORD.findall(accented), strict=True))


def readable(text: str) -> str:
    """A stretch of worded text on one line, its figures as a user reads them."""
    for figure, shown in FIGURES.items():
        text = text.replace(figure, shown)
    return " ".join(text.split())
