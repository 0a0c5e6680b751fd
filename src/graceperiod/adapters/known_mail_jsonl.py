"""Reads mails whose category is known, one object a line, for measuring; each broken line with its number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graceperiod.core.category import Category
from graceperiod.core.letter import Letter
from graceperiod.errors import SourceError

UNSURE = "unsure"
"""The category of a mail that even its reader could not place: it counts for nothing."""

_FIELDS = ("subject", "from", "body")
_LARGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line. Chosen: twice what servers let through."""
_LONGEST_NAME = 200
"""Characters of an id or a language. Chosen: a file that is larger is another kind of file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMail:
    """What was read.

    Args:
        letters: in the order of the file; the language is empty where the file does not say.
        unsure: lines left out because nobody knows what they are.
        problems: one sentence each, with its line number; those lines are left out.
    """

    letters: tuple[Letter, ...]
    unsure: int
    problems: tuple[str, ...]


def read_known_mail(path: Path) -> KnownMail:
    """All mails of the file.

    Raises:
        SourceError: the file cannot be read at all.
    """
    letters: dict[str, Letter] = {}
    problems: list[str] = []
    unsure = 0
    try:
        for number, raw in _lines(path):
            try:
                letter = _letter(raw, f"line {number}")
            except ValueError as error:
                problems.append(f"line {number}: {error}")
                continue
            if letter is None:
                unsure += 1
            elif letter.id in letters:
                problems.append(f"line {number}: the id {letter.id!r} is taken by {letters[letter.id].where}")
            else:
                letters[letter.id] = letter
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}") from error
    return KnownMail(letters=tuple(letters.values()), unsure=unsure, problems=tuple(problems))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that say something, with their numbers; of a longer one only its beginning."""
    number = 0
    is_rest = False
    with path.open("rb") as file:
        while raw := file.readline(_LARGEST_LINE + 1):
            was_rest, is_rest = is_rest, not raw.endswith(b"\n") and len(raw) > _LARGEST_LINE
            if was_rest:
                continue
            number += 1
            if raw.strip():
                yield number, raw


def _letter(raw: bytes, where: str) -> Letter | None:
    """The mail of a line; None if it is unsure. ValueError says what is wrong with it."""
    row = _row(raw)
    name = row.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME:
        raise ValueError(f"id: missing, or not a text of at most {_LONGEST_NAME} characters")
    texts = {field: _text(row, field) for field in _FIELDS}
    language = _text(row, "language") or _text(row, "lang")
    headers = row.get("headers") or {}
    if not isinstance(headers, dict) or not all(isinstance(v, str) for v in headers.values()):
        raise ValueError("headers: not an object of texts")
    if len(language) > _LONGEST_NAME:
        raise ValueError("language: too long")
    if row.get("category") == UNSURE:
        return None
    return Letter(
        id=name,
        category=_category(row.get("category")),
        language=language,
        subject=texts["subject"],
        sender=texts["from"],
        body=texts["body"],
        headers=headers,
        where=where,
    )


def _row(raw: bytes) -> dict[str, Any]:
    if len(raw) > _LARGEST_LINE:
        raise ValueError("longer than any mail")
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8") from error
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise ValueError("not an object")
    return row


def _text(row: dict[str, Any], field: str) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{field}: not text")
    return value


def _category(value: object) -> Category:
    try:
        return Category(str(value))
    except ValueError as error:
        shown = repr(value)[:60]
        raise ValueError(f"category: {shown} is none of {', '.join(Category)}, {UNSURE}") from error
