"""`model evaluate`: counts beside the phrase list, on a file and out of fold; never text of mail."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graceperiod.adapters.model_npz import default_model
from graceperiod.cli import cli
from letters import letters, write_corpus

SECRET = "Quillworks Herringbone"
REJECTION = (
    f"Dear Robin,\n\nThank you for your application to {SECRET}. Unfortunately we have decided to move forward "
    "with other candidates for this position. We wish you all the best in your job search.\n\nKind regards\n"
)
ORDINARY = (
    "Hi all, the minutes of Tuesday are attached. Unfortunately the cake is gone. See you at eight, Mia"
)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def of_kind(found: list[dict[str, Any]], kind: str, **wanted: Any) -> list[dict[str, Any]]:
    return [o for o in found if o["kind"] == kind and all(o.get(k) == v for k, v in wanted.items())]


def row(name: str, category: str, body: str, language: str = "en") -> str:
    fields = {"id": name, "language": language, "subject": "", "from": "", "body": body, "category": category}
    return json.dumps(fields)


@pytest.fixture
def known(tmp_path: Path) -> Path:
    path = tmp_path / "known.jsonl"
    lines = [
        row("club-1", "rejection", REJECTION),
        row("club-2", "other", ORDINARY),
        row("bank-1", "rejection", REJECTION, "de"),
        row("bank-2", "unsure", "?"),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_file_is_measured_by_category_language_and_source_beside_the_phrase_list(known: Path) -> None:
    result = invoke("model", "evaluate", str(known), "--json")
    assert result.return_value == 0
    found = objects(result)
    (head,) = of_kind(found, "evaluation")
    assert (head["letters"], head["left_out"], head["broken"]) == (3, 1, 0)
    (model,) = of_kind(found, "score", by="all", at="acting", category="rejection")
    assert (model["right"], model["wrong"], model["missed"]) == (2, 0, 0)
    assert (model["precision"], model["recall_95"]) == (1.0, [0.3424, 1.0])
    (phrases,) = of_kind(found, "score", by="all", at="phrases")
    assert (phrases["right"], phrases["wrong"]) == (2, 1)
    assert {o["of"] for o in of_kind(found, "score", by="source")} == {"bank", "club"}
    assert {o["of"] for o in of_kind(found, "score", by="language")} == {"de", "en"}
    (ordinary,) = of_kind(found, "ordinary", by="all", at="phrases")
    assert (ordinary["letters"], ordinary["out_of"], ordinary["per_1000"]) == (1, 1, 1000.0)
    kinds = {"feared", "reliability", "calibration", "confusion", "unsure"}
    assert kinds <= {o["kind"] for o in found}


def test_a_person_gets_tables_and_no_text_of_any_mail(known: Path) -> None:
    result = invoke("model", "evaluate", str(known))
    for said in ("phrase list", "rejection by source", "rejection by language", "per 1,000", "Confusion"):
        assert said in result.stdout
    everything = result.stdout + invoke("model", "evaluate", str(known), "--json").stdout
    assert "Herringbone" not in everything
    assert "cake" not in everything


def test_a_broken_line_is_told_with_its_number_and_the_exit_status_says_so(known: Path) -> None:
    with known.open("a", encoding="utf-8") as file:
        file.write("\n{\n")
    result = invoke("model", "evaluate", str(known), "--json")
    assert result.return_value == 1
    (problem,) = of_kind(objects(result), "problem")
    assert problem["problem"].startswith("line 5: not JSON")
    assert "line 5" in invoke("model", "evaluate", str(known)).stdout


def test_a_mistake_is_told_by_its_id_with_what_it_does(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text(row("club-\x1b[31m1", "offer", REJECTION), encoding="utf-8")
    (mistake,) = of_kind(objects(invoke("model", "evaluate", str(path), "--json")), "mistake")
    assert mistake["harm"] == "an offer, interview or assessment acted on as a rejection"
    assert (mistake["truth"], mistake["acted_on"]) == ("offer", "rejection")
    shown = invoke("model", "evaluate", str(path)).stdout
    assert "\x1b" not in shown
    assert "offer, taken for rejection" in shown


def test_an_empty_file_measures_nothing(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text("")
    result = invoke("model", "evaluate", str(path))
    assert "0 letters" in result.stdout
    assert result.return_value == 0


def test_another_model_can_be_named_for_a_file_and_only_for_one(known: Path) -> None:
    named = invoke("model", "evaluate", str(known), "--json", "--model", str(default_model()))
    assert of_kind(objects(named), "evaluation")[0]["model"] == "jobmail-v1"
    refused = CliRunner().invoke(cli, ["model", "evaluate", "--model", str(default_model())])
    assert refused.exit_code == 2
    assert "FILE" in refused.output


def test_without_a_file_the_corpus_is_judged_out_of_fold(tmp_path: Path) -> None:
    write_corpus(tmp_path, letters())
    result = invoke("model", "evaluate", "--json", "--corpus", str(tmp_path))
    found = objects(result)
    (head,) = of_kind(found, "evaluation")
    assert head["letters"] == len(letters())
    assert head["model"] == "5 models out of fold"
    assert "other folds" in head["thresholds"]
    assert not of_kind(found, "score", by="source")
    (phrases,) = of_kind(found, "score", by="all", at="phrases")
    assert (phrases["right"], phrases["wrong"], phrases["missed"]) == (7, 0, 0)


def test_a_corpus_with_problems_is_refused_before_the_work(tmp_path: Path) -> None:
    write_corpus(tmp_path, letters(2))
    (tmp_path / "en" / "offer.jsonl").write_text("{}\n")
    result = CliRunner().invoke(cli, ["model", "evaluate", "--corpus", str(tmp_path)])
    assert "en/offer.jsonl:1" in str(result.exception)


def test_the_rule_for_sources_is_in_the_help() -> None:
    assert "what stands after the last `-`" in " ".join(invoke("model", "evaluate", "--help").stdout.split())


def test_a_check_tells_skeletons_targets_and_hard_negatives(tmp_path: Path) -> None:
    write_corpus(tmp_path, letters(3))
    found = objects(invoke("model", "check", "--json", "--corpus", str(tmp_path)))
    assert of_kind(found, "hard_negatives")[0]["of"] == 30
    assert of_kind(found, "shortfall")
    (result,) = of_kind(found, "result")
    assert (result["clean"], result["complete"]) == (True, False)
    shown = invoke("model", "check", "--corpus", str(tmp_path)).stdout
    for said in ("Skeletons in over 0.2% of the letters: none", "Short of the targets", "Hard negatives"):
        assert said in shown


def test_a_template_in_a_corpus_fails_the_check(tmp_path: Path) -> None:
    names = ("Ana", "Bo", "Cyril", "Dilys")
    rows = [
        {
            "id": f"en-other-t{n}",
            "subject": "",
            "from": f"x@firm-{n}.example",
            "body": f"Dear {name}, the lamp that you lent to {name[::-1]}{n} comes back by post and is not broken, thanks.",
        }
        for n, name in enumerate(names)
    ]
    write_corpus(tmp_path, letters(3))
    with (tmp_path / "en" / "other.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in rows)
    result = invoke("model", "check", "--json", "--corpus", str(tmp_path))
    assert result.return_value == 1
    (skeleton,) = of_kind(objects(result), "skeleton")
    assert (skeleton["letters"], skeleton["too_many"]) == (4, True)
