"""`classify` and `model`: one answer a mail, broken ones told in their place, names stable for scripts."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graceperiod.cli import cli
from letters import letters, write_corpus

REJECTION = (
    "Dear Robin,\n\nThank you for your application. Unfortunately we have decided to move forward with other "
    "candidates for this position. We wish you all the best in your job search.\n\nKind regards\n"
)
LETTER = f"""From: Hiring <jobs@quillworks.example>
To: robin@postbox.example
Subject: Your application
Date: Mon, 23 Nov 2026 11:00:00 +0100
Message-ID: <1@quillworks.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{REJECTION}"""
KEYS = ["id", "category", "probability", "acts", "language", "evidence"]


def invoke(*arguments: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=given, catch_exceptions=False, standalone_mode=False)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def status(result: Result) -> int:
    """What `run` would exit with: the command's own value."""
    value = result.return_value
    return value if isinstance(value, int) else result.exit_code


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.eml"
    path.write_text(LETTER, encoding="utf-8")
    return path


def line(**fields: Any) -> str:
    return json.dumps({"id": "a", "subject": "Your application", "from": "Jobs <jobs@q.example>"} | fields)


def test_a_line_of_fields_is_answered_with_a_line() -> None:
    (answer,) = objects(invoke("classify", "--jsonl", given=line(body=REJECTION) + "\n"))
    assert list(answer) == KEYS
    assert answer["id"] == "a"
    assert answer["category"] == "rejection"
    assert answer["acts"] is True
    assert answer["language"] == "en"
    assert {"text", "weight"} == set(answer["evidence"][0])


def test_a_file_and_its_fields_get_the_same_verdict(letter: Path) -> None:
    fields = line(**{"from": "Hiring <jobs@quillworks.example>", "body": REJECTION})
    (of_fields,) = objects(invoke("classify", "--jsonl", given=fields))
    (of_file,) = objects(invoke("classify", "--json", str(letter)))
    assert of_file | {"id": ""} == of_fields | {"id": ""}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"id": "x", "body": 7}', "body: not text"),
        ('{"id": "x"}', "none of subject, from, body"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_broken_line_is_told_in_its_place_and_the_others_are_answered(broken: str, said: str) -> None:
    given = "\n".join([line(id=1, body="hello"), broken, "", line(id=3, body=REJECTION)])
    result = invoke("classify", "--jsonl", given=given)
    first, second, third = objects(result)
    assert (first["id"], third["id"]) == (1, 3)
    assert said in second["error"]
    assert "line 2" in second["error"]
    assert status(result) == 1


def test_lines_without_an_id_are_numbered_and_bytes_that_are_no_text_are_read_over() -> None:
    given = b'{"body": "caf\xe9 is closed"}\n{"id": null, "body": "\\ud800 hello"}\n'
    first, second = objects(invoke("classify", "--jsonl", given=given))
    assert first["id"] == 1
    assert second["id"] == 2
    assert "error" not in first | second


def test_nothing_in_is_nothing_out() -> None:
    result = invoke("classify", "--jsonl")
    assert result.stdout == ""
    assert status(result) == 0


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_answered(letter: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.eml"
    empty.touch()
    result = invoke("classify", "--json", str(tmp_path / "none.eml"), str(empty), str(letter))
    missing, hollow, read = objects(result)
    assert missing["error"] == "No such file or directory"
    assert "empty" in hollow["error"]
    assert read["category"] == "rejection"
    assert status(result) == 1


def test_people_get_a_table(letter: Path) -> None:
    result = invoke("classify", str(letter))
    assert "rejection" in result.output
    assert "yes" in result.output
    assert status(result) == 0


def test_a_mail_can_come_on_standard_input() -> None:
    (answer,) = objects(invoke("classify", "--json", "-", given=LETTER))
    assert answer["category"] == "rejection"


@pytest.mark.parametrize("arguments", [[], ["--jsonl", "letter.eml"]])
def test_neither_files_nor_lines_and_both_are_refused(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, ["classify", *arguments])
    assert result.exit_code == 2
    assert "--jsonl" in result.output


def test_check_counts_a_clean_corpus(tmp_path: Path) -> None:
    write_corpus(tmp_path, letters(2)[::2])
    result = invoke("model", "check", "--corpus", str(tmp_path))
    assert "Problems: none" in result.output
    assert status(result) == 0


def test_check_tells_problems_duplicates_and_counts_to_scripts(tmp_path: Path) -> None:
    write_corpus(tmp_path, letters(5))
    write_corpus(tmp_path, (replace(letters(1)[0], id="en-assessment-copy"),))
    with (tmp_path / "en" / "offer.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    result = invoke("model", "check", "--json", "--corpus", str(tmp_path))
    kinds = {answer["kind"] for answer in objects(result)}
    assert {"count", "problem", "duplicate", "repeated"} <= kinds
    assert status(result) == 1


def test_training_refuses_a_corpus_with_problems(tmp_path: Path) -> None:
    write_corpus(tmp_path, letters(2))
    (tmp_path / "en" / "offer.jsonl").write_text("{}\n")
    result = CliRunner().invoke(
        cli, ["model", "train", "--corpus", str(tmp_path), "--out", str(tmp_path / "out")]
    )
    assert "en/offer.jsonl:1: id, subject, from, body: missing or not text" in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_a_small_corpus_makes_a_model_that_classifies(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", letters())
    out = tmp_path / "small-v1"
    (told,) = objects(
        invoke("model", "train", "--json", "--corpus", str(tmp_path / "corpus"), "--out", str(out))
    )
    assert told["model"] == "small-v1"
    assert told["letters"] == 70
    given = line(body="The position is on hold and you are on the waiting list.")
    (answer,) = objects(invoke("classify", "--jsonl", "--model", str(out), given=given))
    assert answer["category"] == "soft_rejection"
