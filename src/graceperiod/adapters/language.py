"""The language of a text by CLD3, where it is sure; cld3's one file."""

import re
import threading
from functools import cache

import gcld3

_LEAST_LETTERS = 30
"""Letters under which no language is told. Chosen: CLD3 guesses wildly on a salutation."""

_MOST_BYTES = 2_000
"""Bytes that CLD3 looks at. Chosen: more changes no verdict on a letter and takes longer."""

_LEAST_PROBABILITY = 0.7
"""CLD3's own threshold for a reliable result."""

_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[\d_#*=|<>]+")
_LETTER = re.compile(r"[^\W\d_]")
_BASE = re.compile(r"[a-z]{2}(?=-|$)")
_OTHER_NAMES = {"iw": "he", "fil": "tl"}
"""CLD3's names that are not ISO 639-1."""


class _Detectors(threading.local):
    """One detector a thread: CLD3 gives up the interpreter lock while it works on its own state."""

    def __init__(self) -> None:
        self.detector = gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=_MOST_BYTES)


@cache
def _detectors() -> _Detectors:
    return _Detectors()


def detect(text: str) -> str | None:
    """ISO 639-1 of the text, None where it is short, mixed or unclear. Safe to call from several threads."""
    words = _NOISE.sub(" ", text[: 2 * _MOST_BYTES].encode("utf-8", "replace").decode())
    if len(_LETTER.findall(words)) < _LEAST_LETTERS:
        return None
    result = _detectors().detector.FindLanguage(text=words)
    if not result.is_reliable or result.probability < _LEAST_PROBABILITY:
        return None
    code = _OTHER_NAMES.get(result.language, result.language)
    match = _BASE.match(code)
    return match[0] if match else None
