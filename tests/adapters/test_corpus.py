"""Every problem of the corpus is told with its file and line; one bad line stops no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from graceperiod.adapters.corpus_jsonl import read_corpus
from graceperiod.adapters.model_npz import default_model
from graceperiod.core.category import Category
from graceperiod.core.corpus_report import corpus_report
from graceperiod.errors import SourceError
from letters import letters, write_corpus

GOOD = {"id": "en-offer-001", "subject": "Yes", "from": "Ada <ada@quill.example>", "body": "Welcome."}


def put(path: Path, *rows: Any, name: str = "en/offer.jsonl") -> Path:
    file = path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), encoding="utf-8")
    return path


def test_a_corpus_is_read_in_the_order_of_its_ids(tmp_path: Path) -> None:
    write_corpus(tmp_path, tuple(reversed(letters(2))))
    corpus = read_corpus(tmp_path)
    assert not corpus.problems
    assert [letter.id for letter in corpus.letters] == [letter.id for letter in letters(2)]
    assert corpus.letters[0].where.startswith("en/assessment.jsonl:")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ([1], "not an object"),
        ({**GOOD, "body": 7}, "body: missing or not text"),
        ({"id": "en-offer-002"}, "subject, from, body: missing"),
        ({**GOOD, "id": "de-offer-001"}, "does not begin with en-offer-"),
        ({**GOOD, "mood": "glad"}, "unknown: mood"),
        ({**GOOD, "headers": {"List-Id": 1}}, "headers"),
        ({**GOOD, "body": "see https://real-employer.com/jobs"}, "not under .example: real-employer.com"),
        ({**GOOD, "from": "ada@real.org"}, "not under .example: real.org"),
        ({**GOOD, "subject": " ", "body": ""}, "it says nothing"),
        ({**GOOD, "body": "x" * 70_000}, "longer than"),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_are_kept(tmp_path: Path, row: Any, said: str) -> None:
    corpus = read_corpus(put(tmp_path, {**GOOD, "id": "en-offer-009"}, "", row))
    assert [letter.id for letter in corpus.letters] == ["en-offer-009"]
    assert len(corpus.problems) == 1
    assert corpus.problems[0].startswith("en/offer.jsonl:3: ")
    assert said in corpus.problems[0]


def test_an_id_that_is_taken_is_named_with_both_places(tmp_path: Path) -> None:
    corpus = read_corpus(put(tmp_path, GOOD, GOOD))
    assert corpus.problems == ("en/offer.jsonl:2: the id en-offer-001 is taken by en/offer.jsonl:1",)


@pytest.mark.parametrize("name", ["en/offers.jsonl", "english/offer.jsonl"])
def test_a_file_in_no_right_place_is_named(tmp_path: Path, name: str) -> None:
    assert read_corpus(put(tmp_path, GOOD, name=name)).problems[0].startswith(f"{name}: ")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    (tmp_path / "en" / "other.jsonl").write_bytes(b"\xff\xfe\x00")
    assert read_corpus(tmp_path).problems[0].startswith("en/other.jsonl: cannot be read")


def test_a_place_without_a_corpus_is_the_users_to_put_right(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no corpus"):
        read_corpus(tmp_path)


def test_the_corpus_of_the_project_is_clean_and_has_every_category_in_every_language() -> None:
    corpus = read_corpus(default_model().parent / "corpus")
    report = corpus_report(corpus.letters, corpus.problems)
    assert report.is_clean
    assert not report.repeated
    assert report.is_complete
    assert report.hard_negatives.share >= 0.33
    assert len(corpus.letters) >= 6000
    for language in ("en", "de", "fr", "es", "nl", "pt", "it"):
        assert all(report.counts[language, category] >= 12 for category in Category)
