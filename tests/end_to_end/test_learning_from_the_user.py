"""The user takes a mark off, the program learns from it, and judges such a mail otherwise; and back again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.bootstrap import Workshop, load_settings
from graceperiod.cli import invoke
from letters import write_corpus
from marked_mailbox import MarkedMailbox, marked_mailbox
from short_letters import short_letters
from stage import rejection

SETTINGS = """[accounts.work]
address = "robin@postbox.example"
host = "imap.postbox.example"
[store]
path = "store"
"""
TEXT = (
    "Dear Robin,\r\n\r\nThank you for your application and for the time you took. Unfortunately we have decided "
    "to move forward with other candidates for this position. We wish you all the best in your job search."
    "\r\n\r\nKind regards\r\nAda\r\n"
)


def form_letter(message_id: str) -> bytes:
    return rejection(message_id, text=TEXT)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "corpus", short_letters())
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS)
    return file


@pytest.fixture
def box(config: Path) -> Iterator[MarkedMailbox]:
    """A daemon with the judge that it has in life, and its store open all the time."""
    with marked_mailbox() as box:
        box.judge = Workshop(settings=load_settings(str(config))).judge
        box.ledger = open_ledger(config.parent / "store" / "ledger.sqlite3", exclusive=True)
        yield box
        box.ledger.close()


def say(config: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status of a command and the object that it says."""
    capsys.readouterr()
    status = invoke(["--config", str(config), "model", *arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_what_the_user_corrects_is_judged_otherwise_after_the_training(
    config: Path, box: MarkedMailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    uid = box.deliver(form_letter("<first@x.example>"))
    box.sweep()
    assert box.flags(uid) == {"gp-rejection"}

    box.person.unflag("INBOX", uid, "gp-rejection")
    box.sweep()
    assert box.said() == "not_rejection"
    assert box.person.drafts() == ()

    status, told = say(config, capsys, "train", "--mine", "--corpus", str(config.parent / "corpus"))
    assert told["worse"] == []
    assert (status, told["kept"], told["own"]) == (0, True, 1)
    assert (told["own_right_before"], told["own_right_after"]) == (0, 1)

    second = box.deliver(form_letter("<second@x.example>"))  # no restart: the daemon follows
    box.sweep()
    assert box.flags(second) == set()
    verdict = box.ledger.verdict(2)
    assert verdict is not None
    assert (verdict.model, verdict.acts) == ("mine-1", False)

    status, told = say(config, capsys, "show")
    assert (told["model"], told["is_own"], told["problem"]) == ("mine-1", True, None)
    assert told["figures"]["own"] == 1

    status, told = say(config, capsys, "back")
    assert (status, told["is_own"]) == (0, False)
    third = box.deliver(form_letter("<third@x.example>"))
    box.sweep()
    assert box.flags(third) == {"gp-rejection"}
