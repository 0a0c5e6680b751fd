"""Which model is in use changes as a whole or not at all, whatever happens meanwhile."""

import errno
import json
import os
import stat
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from graceperiod.adapters.model_shelf import ModelShelf
from graceperiod.core.model_use import ModelUse
from graceperiod.errors import ModelError

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(tmp_path / "models")


def trained(shelf: ModelShelf, *, at: datetime = AT) -> str:
    """A new model, in use."""
    with shelf.training() as name:
        shelf.path(name).mkdir()
        shelf.take(name, at=at)
    return name


def names(shelf: ModelShelf) -> set[str]:
    return {entry.name for entry in shelf.path("x").parent.iterdir() if entry.is_dir()}


def test_before_any_training_the_shipped_model_is_in_use_and_nothing_is_made(shelf: ModelShelf) -> None:
    assert shelf.use() == ModelUse()
    assert shelf.sign() is None
    assert not shelf.path("x").parent.exists()


def test_a_model_that_was_taken_is_in_use_and_the_one_before_comes_back(shelf: ModelShelf) -> None:
    assert [trained(shelf), trained(shelf)] == ["mine-1", "mine-2"]
    assert shelf.use() == ModelUse(name="mine-2", since=AT, before=("mine-1",))
    later = AT + timedelta(days=1)
    assert shelf.back(at=later, to_shipped=False) == ModelUse(name="mine-1", since=later)
    assert shelf.back(at=later, to_shipped=False) == shelf.use() == ModelUse(since=later)
    with pytest.raises(ModelError, match="none before it"):
        shelf.back(at=later, to_shipped=False)


def test_the_name_of_a_model_that_was_left_is_never_given_again(shelf: ModelShelf) -> None:
    trained(shelf)
    trained(shelf)
    shelf.back(at=AT, to_shipped=True)
    assert trained(shelf) == "mine-3"
    assert shelf.use().before == ()


def test_the_sign_changes_with_every_change(shelf: ModelShelf) -> None:
    signs = [shelf.sign()]
    for _ in range(3):
        trained(shelf)
        signs.append(shelf.sign())
    shelf.back(at=AT, to_shipped=False)
    signs.append(shelf.sign())
    assert all(a != b for a, b in pairwise(signs))


def test_models_that_nobody_can_go_back_to_are_removed(shelf: ModelShelf) -> None:
    for _ in range(8):
        trained(shelf)
    assert names(shelf) == {f"mine-{n}" for n in range(4, 9)}


def test_what_a_killed_training_left_is_cleared_away_and_changes_nothing(shelf: ModelShelf) -> None:
    trained(shelf)
    folder = shelf.path("x").parent
    (folder / ".mine-2-abc").mkdir()
    (folder / ".mine-2-abc" / "weights.npz").write_bytes(b"half")
    (folder / ".in-use.json-abc").write_text("{")
    with shelf.training() as name:
        assert name == "mine-2"
    assert names(shelf) == {"mine-1"}
    assert shelf.use().name == "mine-1"
    assert not (folder / ".in-use.json-abc").exists()


def test_a_disk_that_is_full_leaves_the_old_model_in_use(
    shelf: ModelShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained(shelf)
    before = shelf.sign()
    with shelf.training() as name:
        shelf.path(name).mkdir()

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ModelError, match=r"No space left.*stays the same"):
            shelf.take(name, at=AT)
    assert shelf.use().name == "mine-1"
    assert shelf.sign() == before
    assert [e.name for e in shelf.path("x").parent.iterdir() if e.name.startswith(".in-use")] == []


def test_two_trainings_do_not_run_at_once(shelf: ModelShelf) -> None:
    with shelf.training(), pytest.raises(ModelError, match="another training"), shelf.training():
        pass
    with shelf.training():
        pass


def test_the_models_are_the_users_alone(shelf: ModelShelf) -> None:
    trained(shelf)
    folder = shelf.path("x").parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "in-use.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"model": "mine-1"}',
        '{"model": "../../etc", "since": null, "before": []}',
        '{"model": "mine-1", "since": "yesterday", "before": []}',
        '{"model": "mine-1", "since": "2026-11-23T10:00:00", "before": []}',
        '{"model": "mine-1", "since": null, "before": 7}',
        '{"model": "mine-1", "since": null, "before": ["x"]}',
        "[" * 50_000,
    ],
)
def test_a_file_that_makes_no_sense_is_told_and_can_be_mended(shelf: ModelShelf, text: str) -> None:
    trained(shelf)
    (shelf.path("x").parent / "in-use.json").write_text(text)
    with pytest.raises(ModelError, match="back --shipped"):
        shelf.use()
    with pytest.raises(ModelError):
        shelf.back(at=AT, to_shipped=False)
    assert shelf.back(at=AT, to_shipped=True) == shelf.use() == ModelUse(since=AT)


def test_what_is_written_is_short_and_readable(shelf: ModelShelf) -> None:
    trained(shelf)
    row = json.loads((shelf.path("x").parent / "in-use.json").read_text())
    assert row == {"model": "mine-1", "since": AT.isoformat(), "before": []}


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(ModelError, match="cannot be written"), ModelShelf(tmp_path / "models").training():
        pass
