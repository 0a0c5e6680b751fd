"""`model train --mine`, `back` and `show`: a model is in use as a whole, or the old one stays."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.model_npz import DEFAULT_NAME, NpzJudge
from graceperiod.adapters.model_shelf import ModelShelf
from graceperiod.bootstrap import Workshop, load_settings
from graceperiod.cli import invoke, model_mine
from graceperiod.core.annotation import Annotation, AnnotationSource, Statement
from graceperiod.core.category import Category
from graceperiod.core.features import FEATURE_VERSION, features
from graceperiod.core.record import Direction, MessageRecord
from graceperiod.ports import Judge
from letters import write_corpus
from mails import verdict
from short_letters import short_letters

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
SETTINGS = """[accounts.work]
address = "robin@postbox.example"
host = "imap.postbox.example"
[store]
path = "store"
"""
ALLOTMENT = MimeReader().from_fields(
    subject="Your allotment",
    sender="Maud <maud@allotments.example>",
    body="Unfortunately plot 14 went to other gardeners on the waiting list. Maud",
)


def set_up(folder: Path) -> Path:
    """Settings, a small corpus, and a store in which the user has said of a mail what it is."""
    write_corpus(folder / "corpus", short_letters())
    file = folder / "config.toml"
    file.write_text(SETTINGS)
    annotate(file, 1, "other")
    return file


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The settings before any training."""
    return set_up(tmp_path)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one training has taken place; it takes seconds, so tests copy it."""
    folder = tmp_path_factory.mktemp("once")
    assert run(set_up(folder), "train", "--mine") == 0
    return folder


@pytest.fixture
def trained(once: Path, tmp_path: Path) -> Path:
    """The settings beside a store where `mine-1` is in use."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "config.toml"


def annotate(config: Path, number: int, said: str, *, version: int | None = FEATURE_VERSION) -> None:
    """The mail of that number and the user's word about it."""
    ledger = open_ledger(config.parent / "store" / "ledger.sqlite3", exclusive=True)
    record = ledger.add_message(
        MessageRecord(
            id=None,
            account="work",
            mailbox="INBOX",
            uid_validity=1,
            uid=number,
            direction=Direction.RECEIVED,
            message_id=f"<{number}@x.example>",
            in_reply_to=(),
            references=(),
            sender=None,
            subject="Your allotment",
            arrived_at=AT,
            seen_at=AT,
            size_bytes=100,
        )
    )
    ledger.add_verdict(record.id or 0, verdict(), at=AT)
    ledger.add_annotation(
        Annotation(
            id=None,
            message=record.id or 0,
            statement=Statement.parse(said),
            source=AnnotationSource.COMMAND,
            annotated_at=AT,
            features=() if version is None else tuple(sorted((*features(ALLOTMENT), f"w:n{number}"))),
            feature_version=version,
        )
    )
    ledger.close()


def run(config: Path, *arguments: str) -> int:
    more = ["--corpus", str(config.parent / "corpus")] if "train" in arguments else []
    return invoke(["--config", str(config), "model", *arguments, *more])


def said(config: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    status = run(config, *arguments, "--json")
    return status, json.loads(capsys.readouterr().out)


def shelf(config: Path) -> ModelShelf:
    return ModelShelf(config.parent / "store" / "models")


def judge(config: Path) -> Judge:
    return Workshop(settings=load_settings(str(config))).judge


def test_a_training_puts_a_whole_model_into_use(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = said(config, capsys, "train", "--mine")
    assert (status, told["kept"], told["worse"]) == (0, True, [])
    assert (told["model"], told["own"], told["own_not_read_yet"], told["letters"]) == ("mine-1", 1, 0, 80)
    assert told["own_right_after"] == 1
    assert judge(config).model == "mine-1"
    found = judge(config).judge(ALLOTMENT)
    assert (found.category, found.acts) == (Category.OTHER, False)
    folder = shelf(config).path("mine-1")
    assert {f.name for f in folder.iterdir()} == {"weights.npz", "model.toml", "README.md", "figures.json"}
    assert "# mine-1" in (folder / "README.md").read_text()
    assert json.loads((folder / "figures.json").read_text()) == told


def test_before_any_training_the_shipped_model_is_shown(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = said(config, capsys, "show")
    assert (told["model"], told["is_own"], told["since"]) == (DEFAULT_NAME, False, None)


def test_show_and_back_tell_which_model_is_in_use(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = trained
    annotate(config, 2, "other")
    run(config, "train", "--mine")
    _, told = said(config, capsys, "show")
    assert (told["model"], told["is_own"], told["before"]) == ("mine-2", True, ["mine-1"])
    assert told["figures"]["own"] == 2
    assert datetime.fromisoformat(told["since"]).tzinfo is not None
    _, told = said(config, capsys, "back")
    assert told["model"] == "mine-1"
    assert judge(config).model == "mine-1"
    _, told = said(config, capsys, "back", "--shipped")
    assert (told["model"], told["is_own"]) == (DEFAULT_NAME, False)
    assert judge(config).model == DEFAULT_NAME
    assert run(config, "back") == 2
    assert "none before it" in capsys.readouterr().err


def test_people_are_told_in_sentences(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annotate(config, 2, "offer", version=None)
    assert run(config, "train", "--mine") == 0
    shown = capsys.readouterr().out
    assert "Nothing got worse: mine-1 is in use now" in shown
    assert "1 more of your mails" in shown
    assert "Of 1 mails of yours" in shown
    run(config, "show")
    shown = capsys.readouterr().out
    assert "mine-1 (trained on your mails too, in use since" in shown
    assert f"To go back to: {DEFAULT_NAME}" in shown
    run(config, "back")
    assert f"{DEFAULT_NAME} is in use now" in capsys.readouterr().out
    run(config, "show")
    assert "README.md" in capsys.readouterr().out


def test_a_model_that_got_worse_is_not_kept(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The user calls ordinary, over and over, what the corpus calls a rejection; nobody can learn both."""
    rejections = [letter.body for letter in short_letters() if letter.category is Category.REJECTION]
    for number in range(10, 40):
        body = rejections[number % len(rejections)]
        mail = MimeReader().from_fields(subject="Matter", sender="W <w@x.example>", body=body)
        annotate_features(config, number, (*features(mail), f"w:n{number}"))
    status, told = said(config, capsys, "train", "--mine")
    assert (status, told["kept"]) == (1, False)
    assert any("recall at acting on rejection" in sentence for sentence in told["worse"])
    assert shelf(config).use().name is None
    assert not shelf(config).path("mine-1").exists()
    assert run(config, "train", "--mine") == 1
    assert "was not kept" in capsys.readouterr().out


def annotate_features(config: Path, number: int, found: tuple[str, ...]) -> None:
    annotate(config, number, "other")
    ledger = open_ledger(config.parent / "store" / "ledger.sqlite3", exclusive=True)
    newest = ledger.annotations()[-1]
    ledger.save_annotation(replace(newest, features=tuple(sorted(found))))
    ledger.close()


CHILDREN = {
    "killed while it learns": (
        """import os, signal
print('{"done": 1, "of": 12}', flush=True)
os.kill(os.getpid(), signal.SIGKILL)""",
        1,
        "SIGKILL",
    ),
    "killed after it wrote the model": (
        """import os, signal
import graceperiod.cli.model_mine as m
write = m.write_model
def then_killed(path, files):
    write(path, files)
    os.kill(os.getpid(), signal.SIGKILL)
m.write_model = then_killed
from graceperiod.cli import main; main()""",
        1,
        "SIGKILL",
    ),
    "the disk is full": (
        """import errno, os
def full(descriptor):
    raise OSError(errno.ENOSPC, "No space left on device")
os.fsync = full
from graceperiod.cli import main; main()""",
        2,
        "No space left",
    ),
    "says nothing": ("print('hello')", 1, ""),
}


@pytest.mark.parametrize("fault", CHILDREN)
def test_a_child_that_fails_leaves_the_old_model_in_use(
    trained: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], fault: str
) -> None:
    config = trained
    code, status, told = CHILDREN[fault]
    monkeypatch.setattr(model_mine, "_ENTRY", code)
    capfd.readouterr()
    assert run(config, "train", "--mine") == status
    assert told in capfd.readouterr().err
    assert shelf(config).use().name == "mine-1"
    assert judge(config).model == "mine-1"
    with shelf(config).training():
        pass
    assert [f.name for f in shelf(config).path("x").parent.iterdir() if f.name.startswith(".mine")] == []


def test_a_model_that_cannot_be_read_back_is_not_taken_into_use(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        model_mine,
        "_ENTRY",
        """import graceperiod.cli.model_mine as m
write = m.write_model
m.write_model = lambda path, files: write(path, files | {"weights.npz": b"half"})
from graceperiod.cli import main; main()""",
    )
    assert run(config, "train", "--mine") == 2
    assert "weights.npz" in capsys.readouterr().err
    assert shelf(config).use().name is None


def test_what_is_missing_is_said(config: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--config", str(config), "model", "train", "--mine", "--corpus", "/nowhere"]) == 2
    told = capfd.readouterr().err
    assert "corpus is not at" in told
    assert "stays the same" in told
    config.write_text(SETTINGS + '[model]\npath = "elsewhere"\n')
    assert run(config, "train", "--mine") == 2
    assert "[model] path" in capfd.readouterr().err


def test_without_anything_of_the_users_there_is_nothing_to_learn(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_corpus(tmp_path / "corpus", short_letters())
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS)
    assert run(file, "train", "--mine") == 1
    assert "no store" in capfd.readouterr().err
    annotate(file, 1, "other", version=None)
    assert run(file, "train", "--mine") == 2
    assert "nothing of yours to learn from yet" in capfd.readouterr().err


def test_a_second_training_at_the_same_time_is_refused(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with shelf(config).training():
        assert run(config, "train", "--mine") == 2
    assert "another training" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["missing", "half", "older", "pointer"])
def test_an_own_model_that_cannot_be_used_is_passed_over_and_shown(
    trained: Path, capfd: pytest.CaptureFixture[str], damage: str
) -> None:
    config = trained
    folder = shelf(config).path("mine-1")
    match damage:
        case "missing":
            folder.rename(folder.with_name("gone"))
        case "half":
            (folder / "weights.npz").write_bytes((folder / "weights.npz").read_bytes()[:100])
        case "older":
            text = (folder / "model.toml").read_text()
            now, before = f"feature_version = {FEATURE_VERSION}", f"feature_version = {FEATURE_VERSION - 1}"
            (folder / "model.toml").write_text(text.replace(now, before))
        case _:
            (folder.parent / "in-use.json").write_text("?")
    capfd.readouterr()
    assert judge(config).model == DEFAULT_NAME
    assert "own_model_not_used" in capfd.readouterr().err
    run(config, "show", "--json")
    told = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert (told["model"], told["is_own"]) == (DEFAULT_NAME, False)
    assert told["problem"]


def test_a_model_of_the_settings_comes_before_the_users_own(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = trained
    folder = shelf(config).path("mine-1").rename(config.parent / "chosen")
    config.write_text(f'{SETTINGS}[model]\npath = "{folder}"\n')
    assert isinstance(judge(config), NpzJudge)
    _, told = said(config, capsys, "show")
    assert (told["path"], told["is_own"], told["since"]) == (str(folder), False, None)
