"""Training: the numpy scores are scikit-learn's, and the same letters give the same bytes."""

import io
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from graceperiod.adapters.model_folder import write_model
from graceperiod.adapters.model_npz import NpzJudge
from graceperiod.adapters.training import SklearnTrainer
from graceperiod.app.train import train
from graceperiod.core.category import Category
from graceperiod.core.features import features
from graceperiod.errors import ModelError, UserError
from letters import as_mail, letters

LETTERS = letters()
FEATURES = [features(as_mail(letter)) for letter in LETTERS]
CATEGORIES = [list(Category).index(letter.category) for letter in LETTERS]


def test_numpy_says_what_scikit_learn_says(tmp_path: Path) -> None:
    trained = train(
        LETTERS, name="small-v1", as_mail=as_mail, trainer=SklearnTrainer(), progress=lambda done, total: None
    )
    write_model(tmp_path / "small-v1", trained.files)
    judge = NpzJudge.load(tmp_path / "small-v1")
    theirs = SklearnTrainer().fit(FEATURES, CATEGORIES).probabilities(FEATURES, trained.manifest.temperature)
    ours = np.array([list(judge.probabilities(as_mail(letter)).values()) for letter in LETTERS])
    assert np.abs(ours - theirs).max() < 1e-6
    assert judge.model == "small-v1"


def test_a_second_training_gives_the_same_bytes_whatever_the_order_of_the_features() -> None:
    first = SklearnTrainer().fit(FEATURES, CATEGORIES).exported()
    backwards = [tuple(reversed(found)) for found in FEATURES]
    assert SklearnTrainer().fit(backwards, CATEGORIES).exported() == first


def test_the_archive_has_no_dates_and_nothing_compressed() -> None:
    raw = SklearnTrainer().fit(FEATURES, CATEGORIES).exported()
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        for entry in file.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == zipfile.ZIP_STORED


def test_the_vocabulary_is_sorted_and_knows_no_word_of_one_letter_only() -> None:
    raw = SklearnTrainer().fit([*FEATURES[:-1], (*FEATURES[-1], "w:hapax")], CATEGORIES).exported()
    with np.load(io.BytesIO(raw)) as file:
        words = file["vocabulary"].tobytes().decode().split("\n")
    assert words == sorted(words)
    assert "w:hapax" not in words


def test_a_corpus_without_a_category_is_refused() -> None:
    kept = [n for n, category in enumerate(CATEGORIES) if category]
    with pytest.raises(UserError, match="every category"):
        SklearnTrainer().fit([FEATURES[n] for n in kept], [CATEGORIES[n] for n in kept])


def test_letters_that_share_nothing_are_too_little_to_learn_from() -> None:
    with pytest.raises(UserError, match="too small"):
        SklearnTrainer().fit([(f"w:{n}",) for n in range(10)], list(range(10)))


def test_without_scikit_learn_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(UserError, match=r"graceperiod\[train\]"):
        SklearnTrainer()


def test_a_folder_with_other_things_in_it_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ModelError, match=r"thesis\.txt"):
        write_model(tmp_path, {"weights.npz": b""})
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_model_is_replaced_as_a_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "m"
    write_model(target, {"weights.npz": b"old", "reference.jsonl": b"old"})
    write_model(target, {"weights.npz": b"new"})
    assert [entry.name for entry in tmp_path.iterdir()] == ["m"]
    assert {entry.name: entry.read_bytes() for entry in target.iterdir()} == {"weights.npz": b"new"}
