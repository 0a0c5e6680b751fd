"""Mails with a known category are read line by line; a broken one is told with its number and stops no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from graceperiod.adapters.known_mail_jsonl import read_known_mail
from graceperiod.core.category import Category
from graceperiod.errors import SourceError

GOOD = {
    "id": "club-1",
    "lang": "de",
    "subject": "Ja",
    "from": "a@b.example",
    "body": "Gern.",
    "category": "offer",
}


def put(path: Path, *lines: Any) -> Path:
    file = path / "known.jsonl"
    rows = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    file.write_bytes(b"\n".join(rows))
    return file


def test_a_line_is_a_mail_with_its_category(tmp_path: Path) -> None:
    (letter,) = read_known_mail(put(tmp_path, GOOD | {"real": "yes"})).letters
    assert (letter.id, letter.language, letter.category) == ("club-1", "de", Category.OFFER)
    assert (letter.subject, letter.sender, letter.body) == ("Ja", "a@b.example", "Gern.")
    assert letter.where == "line 1"


def test_language_may_have_its_long_name_and_be_absent(tmp_path: Path) -> None:
    first = {**GOOD, "language": "fr"}
    bare = {"id": 7, "category": "other", "subject": None}
    found = read_known_mail(put(tmp_path, first, bare)).letters
    assert [(letter.id, letter.language) for letter in found] == [("club-1", "fr"), ("7", "")]


def test_unsure_mails_are_left_out_and_counted(tmp_path: Path) -> None:
    found = read_known_mail(put(tmp_path, GOOD, {**GOOD, "id": "club-2", "category": "unsure"}))
    assert len(found.letters) == 1
    assert found.unsure == 1
    assert not found.problems


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "not JSON"),
        (b"[" * 200_000, "nested too deep"),
        (b"[1]", "not an object"),
        (b"\xff\xfe{}", "not UTF-8"),
        ({**GOOD, "id": None}, "id: missing"),
        ({**GOOD, "id": True}, "id: missing"),
        ({**GOOD, "id": ""}, "id: missing"),
        ({**GOOD, "id": "x" * 300}, "id: missing"),
        ({**GOOD, "id": "club-9", "body": 7}, "body: not text"),
        ({**GOOD, "id": "club-9", "category": "spam"}, "category: 'spam' is none of rejection,"),
        ({**GOOD, "id": "club-9", "category": None}, "category: None"),
        ({**GOOD, "id": "club-9", "category": ["x"] * 999}, "category: "),
        ({**GOOD, "id": "club-9", "headers": {"X": 1}}, "headers: not an object of texts"),
        ({**GOOD, "id": "club-9", "lang": "x" * 300}, "language: too long"),
        (GOOD, "the id 'club-1' is taken by line 1"),
    ],
)
def test_a_broken_line_is_told_with_its_number_and_the_others_are_read(
    tmp_path: Path, line: Any, said: str
) -> None:
    found = read_known_mail(put(tmp_path, GOOD, b"", line, {**GOOD, "id": "club-3"}))
    assert [letter.id for letter in found.letters] == ["club-1", "club-3"]
    (problem,) = found.problems
    assert problem.startswith("line 3: ")
    assert said in problem
    assert len(problem) < 300


def test_a_line_longer_than_any_mail_is_one_broken_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graceperiod.adapters.known_mail_jsonl._LARGEST_LINE", 200)
    found = read_known_mail(put(tmp_path, GOOD, {**GOOD, "body": "x" * 2_000}, {**GOOD, "id": "club-3"}))
    assert [letter.id for letter in found.letters] == ["club-1", "club-3"]
    assert found.problems == ("line 2: longer than any mail",)


def test_a_lone_surrogate_is_read_as_it_is(tmp_path: Path) -> None:
    (letter,) = read_known_mail(
        put(tmp_path, b'{"id": "a-\\ud800", "category": "other", "body": "\\udc00"}')
    ).letters
    assert letter.body == "\udc00"


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_the_users_to_put_right(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_known_mail(tmp_path / name)
