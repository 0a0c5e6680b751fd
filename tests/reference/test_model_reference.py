"""The model that is shipped is the one that its corpus makes, and it says what its reference says."""

import json
from pathlib import Path

import pytest

from graceperiod.adapters.corpus_jsonl import read_corpus
from graceperiod.adapters.model_npz import NpzJudge, default_model
from graceperiod.cli import invoke
from graceperiod.cli.corpus import as_mail
from graceperiod.core.category import Category
from graceperiod.core.manifest import PLOTS

CORPUS = default_model().parent / "corpus"
FILES = ("README.md", "model.toml", "reference.jsonl", "weights.npz", *PLOTS)


def test_the_model_says_what_its_reference_says() -> None:
    judge = NpzJudge.load()
    letters = {letter.id: letter for letter in read_corpus(CORPUS).letters}
    lines = (default_model() / "reference.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 60
    for row in map(json.loads, lines):
        likely = judge.probabilities(as_mail(letters[row["id"]]))
        expected = [row["probabilities"][category] for category in Category]
        assert list(likely.values()) == pytest.approx(expected, abs=2e-6), row["id"]


@pytest.mark.slow
def test_training_again_gives_the_shipped_model_byte_for_byte(tmp_path: Path) -> None:
    out = tmp_path / "jobmail-v1"
    assert invoke(["model", "train", "--out", str(out)]) == 0
    for name in FILES:
        is_same = (out / name).read_bytes() == (default_model() / name).read_bytes()
        assert is_same, f"{name}: rebuild it with: graceperiod model train"
