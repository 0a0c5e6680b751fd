"""Reads the training corpus: `<language>/<category>.jsonl`, one letter a line, each problem with its line."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from graceperiod.core.category import Category
from graceperiod.core.letter import Letter
from graceperiod.errors import SourceError

_FIELDS = ("id", "subject", "from", "body")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_ID = re.compile(r"[a-z]{2}-[a-z_]+-[a-z0-9-]{1,40}\Z")
_MOST_CHARACTERS = 60_000
_LARGEST_FILE = 64 * 1024 * 1024
_HOST = re.compile(r"(?:[\w.+-]+@|https?://|\bwww\.)([\w-]+(?:\.[\w-]+)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What was read.

    Args:
        letters: in the order of their ids.
        problems: one sentence each, with file and line; a letter with a problem is left out.
    """

    letters: tuple[Letter, ...]
    problems: tuple[str, ...]


def read_corpus(path: Path) -> Corpus:
    """All letters of a corpus.

    Raises:
        SourceError: there is no corpus in that place at all.
    """
    files = sorted(path.glob("*/*.jsonl"))
    if not files:
        raise SourceError(f"{path} holds no corpus: expected files such as en/rejection.jsonl in it")
    letters: dict[str, Letter] = {}
    problems: list[str] = []
    for file in files:
        for found in _letters_of(file):
            if isinstance(found, str):
                problems.append(found)
            elif found.id in letters:
                problems.append(f"{found.where}: the id {found.id} is taken by {letters[found.id].where}")
            else:
                letters[found.id] = found
    return Corpus(letters=tuple(letters[i] for i in sorted(letters)), problems=tuple(problems))


def _letters_of(file: Path) -> "list[Letter | str]":
    place = f"{file.parent.name}/{file.name}"
    try:
        category = Category(file.stem)
    except ValueError:
        return [f"{place}: {file.stem} is no category; those are {', '.join(Category)}"]
    if not _LANGUAGE.match(file.parent.name):
        return [f"{place}: {file.parent.name} is no language of two letters"]
    try:
        if file.stat().st_size > _LARGEST_FILE:
            return [f"{place}: the file is too large"]
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        return [f"{place}: cannot be read: {error}"]
    return [
        _letter(line, f"{place}:{number}", category, file.parent.name)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def _letter(line: str, where: str, category: Category, language: str) -> Letter | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"{where}: not JSON: {error}"
    problem = _problem(row, f"{language}-{category}-")
    if problem:
        return f"{where}: {problem}"
    return Letter(
        id=row["id"],
        category=category,
        language=language,
        subject=row["subject"],
        sender=row["from"],
        body=row["body"],
        headers=row.get("headers", {}),
        where=where,
    )


def _problem(row: object, prefix: str) -> str:
    """What is wrong with a row; empty if nothing is."""
    if not isinstance(row, dict):
        return "not an object"
    headers = row.get("headers", {})
    wrong = [name for name in _FIELDS if not isinstance(row.get(name), str)]
    if wrong:
        return f"{', '.join(wrong)}: missing or not text"
    if unknown := sorted(set(row) - {*_FIELDS, "headers"}):
        return f"unknown: {', '.join(unknown)}"
    if not _ID.match(row["id"]) or not row["id"].startswith(prefix):
        return f"the id {row['id']!r} does not begin with {prefix}"
    if not isinstance(headers, dict) or not all(isinstance(v, str) for v in headers.values()):
        return "headers: not an object of texts"
    text = f"{row['from']} {row['subject']} {row['body']}"
    if len(text) > _MOST_CHARACTERS:
        return f"longer than {_MOST_CHARACTERS} characters"
    if not row["subject"].strip() and not row["body"].strip():
        return "it says nothing"
    hosts = (host.lower() for host in _HOST.findall(text))
    real = sorted({host for host in hosts if not host.endswith(".example")})
    return f"a host that is not under .example: {', '.join(real)}" if real else ""
