"""Training in steps, with a trainer that only counts: the split is honest and everything is written."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from graceperiod.app.train import Trained, corpus_sha256, cross_validated, train
from graceperiod.core.category import Category
from graceperiod.core.letter import Letter
from graceperiod.core.manifest import PLOTS
from letters import as_mail, letters

LETTERS = letters()


class CountingModel:
    """Says of every letter the commonest category of the features it was fitted on, if it knows one."""

    def __init__(self, known: dict[str, int]) -> None:
        self._known = known

    @property
    def feature_count(self) -> int:
        return len(self._known)

    def scores(self, features: Sequence[Sequence[str]]) -> list[list[float]]:
        votes = [[self._known[f] for f in found if f in self._known] for found in features]
        return [[float(vote.count(c)) for c in range(len(Category))] for vote in votes]

    def exported(self) -> bytes:
        return json.dumps(sorted(self._known.items())).encode()


class CountingTrainer:
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.fitted: list[list[frozenset[str]]] = []

    def fit(self, features: Sequence[Sequence[str]], categories: Sequence[int]) -> CountingModel:
        self.fitted.append([frozenset(found) for found in features])
        seen: dict[str, int] = {}
        for found, category in zip(features, categories, strict=True):
            seen.update(dict.fromkeys(found, category))
        return CountingModel(seen)


def trained(found: Sequence[Letter], trainer: CountingTrainer | None = None) -> Trained:
    return train(
        found,
        name="small-v1",
        as_mail=as_mail,
        trainer=trainer or CountingTrainer(),
        progress=lambda done, total: None,
    )


def test_every_letter_is_judged_by_a_model_that_has_not_seen_it() -> None:
    trainer = CountingTrainer()
    strange = replace(LETTERS[3], body=LETTERS[3].body + "\n\nxylophone")
    found = (*LETTERS[:3], strange, *LETTERS[4:])
    trained(found, trainer)
    *folds, whole = trainer.fitted
    assert len(whole) == len(found)
    without = [fold for fold in folds if not any("w:xylophone" in features for features in fold)]
    assert len(without) == 1
    assert sum(len(whole) - len(fold) for fold in folds) == len(found)


def test_letters_of_one_sender_are_never_on_both_sides() -> None:
    trainer = CountingTrainer()
    marked = [
        replace(letter, sender="Ada <ada@quill.example>", body=letter.body + "\n\nxylophone")
        if letter.category is Category.OFFER
        else letter
        for letter in LETTERS
    ]
    trained(marked, trainer)
    for fold in trainer.fitted[:-1]:
        assert sum("w:xylophone" in features for features in fold) in {0, 7}


def test_the_order_in_which_letters_are_read_changes_neither_split_nor_digest() -> None:
    assert corpus_sha256(LETTERS) == corpus_sha256(tuple(reversed(LETTERS)))
    assert corpus_sha256(LETTERS) != corpus_sha256(LETTERS[1:])
    moved = [replace(letter, where="elsewhere:1") for letter in LETTERS]
    assert corpus_sha256(LETTERS) == corpus_sha256(moved)


def test_the_same_letters_give_the_same_files() -> None:
    assert trained(LETTERS).files == trained(LETTERS).files


def test_a_model_has_weights_manifest_card_plots_and_reference() -> None:
    found = trained(LETTERS)
    assert set(found.files) == {"weights.npz", "model.toml", "README.md", "reference.jsonl", *PLOTS}
    assert found.manifest.letters == len(LETTERS)
    card = found.files["README.md"].decode()
    assert "# small-v1" in card
    assert "What it is not" in card
    rows = [json.loads(line) for line in found.files["reference.jsonl"].decode().splitlines()]
    assert len(rows) >= 60
    for row in rows:
        assert sum(row["probabilities"].values()) == pytest.approx(1, abs=1e-5)


def test_progress_reaches_its_end_and_never_runs_back() -> None:
    seen: list[tuple[int, int | None]] = []
    train(
        LETTERS,
        name="small-v1",
        as_mail=as_mail,
        trainer=CountingTrainer(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == sorted(seen)
    assert seen[-1] == (7, 7)


def test_the_card_shows_every_plot_and_the_phrase_list_beside_the_model() -> None:
    card = trained(LETTERS).files["README.md"].decode()
    assert all(f"]({name})" in card for name in PLOTS)
    assert "| phrase list | 7 | 7 | 0 | 0 |" in card
    assert "| this model, acting | 7 |" in card


def test_cross_validation_judges_every_letter_once_by_a_model_that_has_not_seen_it() -> None:
    trainer = CountingTrainer()
    seen: list[tuple[int, int | None]] = []
    found = cross_validated(
        LETTERS,
        as_mail=as_mail,
        trainer=trainer,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [one.judged.id for one in found] == [letter.id for letter in LETTERS]
    assert [one.has_phrase for one in found] == [one.judged.truth is Category.REJECTION for one in found]
    assert sum(len(LETTERS) - len(fold) for fold in trainer.fitted) == len(LETTERS)
    assert seen == sorted(seen)
    assert seen[-1] == (7, 7)
