"""`annotate` keeps the user's word, also beside a running daemon, which then does what follows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.cli import cli
from graceperiod.cli import invoke as main
from graceperiod.core.hold import HoldState
from graceperiod.errors import LedgerError, SourceError
from marked_mailbox import MarkedMailbox, marked_mailbox
from stage import rejection

SETTINGS = """[accounts.work]
address = "robin@postbox.example"
host = "imap.postbox.example"
[store]
path = "store"
"""
LUNCH = rejection("<l@x.example>", text="Shall we say no to lunch on Friday?\r\n")
UNSURE = rejection("<u@x.example>", text="Perhaps.\r\n")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS)
    return file


@pytest.fixture
def box(config: Path) -> Iterator[MarkedMailbox]:
    """A daemon that has its store open, and has seen a rejection, a lunch and an unsure mail."""
    with marked_mailbox() as box:
        box.ledger = open_ledger(config.parent / "store" / "ledger.sqlite3", exclusive=True)
        for raw in (rejection(), LUNCH, UNSURE):
            box.deliver(raw)
        box.sweep()
        yield box
        box.ledger.close()


def run(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        cli, ["--config", str(config), *arguments], catch_exceptions=False, standalone_mode=False
    )


def answer(config: Path, *arguments: str) -> dict[str, Any]:
    (line,) = run(config, *arguments, "--json").stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_word_is_kept_beside_the_daemon_and_the_daemon_reads_the_mail_for_it(
    config: Path, box: MarkedMailbox
) -> None:
    said = answer(config, "annotate", "1", "offer")
    assert (said["message"], said["message_id"], said["changed"]) == (1, "<p1@quillworks.example>", True)
    kept = said["annotation"]
    assert (kept["category"], kept["not_category"], kept["source"]) == ("offer", None, "command")
    assert kept["is_read"] is False
    box.sweep()
    told = answer(config, "why", "1")
    assert told["annotation"] == kept | {"is_read": True}
    assert told["category"] == "rejection"  # what the model said stays to be seen
    assert box.hold().state is HoldState.DISCARDED
    assert box.person.drafts() == ()
    shown = run(config, "why", "1").stdout
    assert "You said that it is an offer" in shown
    assert "kept for the next training" in shown


def test_a_mail_that_is_called_a_rejection_is_marked_and_answered(config: Path, box: MarkedMailbox) -> None:
    run(config, "annotate", "<l@x.example>", "rejection")
    box.sweep()
    assert len(box.person.drafts()) == 2
    assert [hold.message for hold in box.ledger.holds()] == [1, 2]
    assert "gp-rejection" in box.flags(box.uid(2))
    box.sweep()
    assert box.said(2) == "rejection"  # the mark that follows from the word is not a word of its own


def test_a_mark_taken_off_after_the_word_does_not_say_less_than_the_word(
    config: Path, box: MarkedMailbox
) -> None:
    run(config, "annotate", "1", "offer")
    box.sweep()
    box.person.unflag("INBOX", box.uid(1), "gp-rejection")
    box.sweep()
    assert box.said(1) == "offer"
    assert box.annotation(1).features
    run(config, "annotate", "1", "rejection")
    box.sweep()
    assert box.said(1) == "rejection"


def test_a_mark_that_contradicts_an_earlier_word_is_the_newer_word(config: Path, box: MarkedMailbox) -> None:
    run(config, "annotate", "2", "rejection")
    box.sweep()
    box.person.unflag("INBOX", box.uid(2), "gp-rejection")
    box.sweep()
    assert box.said(2) == "not_rejection"


@pytest.mark.parametrize("word", ["soft-rejection", "soft_rejection", "Soft-Rejection"])
def test_words_are_taken_as_people_and_scripts_write_them(
    config: Path, box: MarkedMailbox, word: str
) -> None:
    assert answer(config, "annotate", "1", word)["annotation"]["category"] == "soft_rejection"
    box.sweep()
    assert box.hold().state is HoldState.DISCARDED
    assert "gp-soft-rejection" in box.flags(box.uid(1))


def test_what_was_said_can_be_taken_back_before_and_after_it_was_acted_on(
    config: Path, box: MarkedMailbox
) -> None:
    run(config, "annotate", "1", "not-rejection")
    assert answer(config, "annotate", "1", "nothing")["annotation"] is None
    box.sweep()
    assert box.hold().state is HoldState.SEALED
    assert answer(config, "annotate", "1", "nothing")["changed"] is False


def test_taking_back_leaves_what_a_mark_says(config: Path, box: MarkedMailbox) -> None:
    box.person.unflag("INBOX", box.uid(1), "gp-rejection")
    box.sweep()
    run(config, "annotate", "1", "offer")
    shown = run(config, "annotate", "1", "nothing").stdout
    assert "your mark in the mail client says that it is not a rejection" in shown


def test_saying_the_same_again_changes_nothing(config: Path, box: MarkedMailbox) -> None:
    run(config, "annotate", "1", "offer")
    box.sweep()
    before = (box.ledger.annotations(), box.ledger.events())
    assert answer(config, "annotate", "1", "offer")["changed"] is False
    assert (box.ledger.annotations(), box.ledger.events()) == before


def test_a_mail_that_was_decided_does_not_wait_for_the_user_any_more(
    config: Path, box: MarkedMailbox
) -> None:
    def waiting() -> list[object]:
        rows = [json.loads(line) for line in run(config, "holds", "--json").stdout.splitlines()]
        return [row["message"] for row in rows if row["kind"] == "undecided"]

    assert waiting() == [3]
    run(config, "annotate", "3", "other")
    assert waiting() == []


def test_without_a_daemon_the_word_is_written_as_well(config: Path, box: MarkedMailbox) -> None:
    box.ledger.close()
    run(config, "annotate", "1", "interview")
    box.ledger = open_ledger(config.parent / "store" / "ledger.sqlite3", exclusive=True)
    assert box.said(1) == "interview"


def test_what_cannot_be_annotated_is_said_to_be(config: Path, box: MarkedMailbox) -> None:
    with pytest.raises(SourceError, match="no mail '99'"):
        run(config, "annotate", "99", "offer")
    box.person.write_reply(rejection(), "Thanks.\n")
    box.deliver(b"\r\n\r\n")
    box.sweep()
    sent, unreadable = (m.id for m in reversed(box.ledger.messages()) if (m.id or 0) > 3)
    with pytest.raises(SourceError, match="wrote that mail yourself"):
        run(config, "annotate", str(sent), "offer")
    with pytest.raises(SourceError, match="could not be read"):
        run(config, "annotate", str(unreadable), "offer")


def test_a_word_that_is_none_is_refused_with_the_words_there_are(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--config", str(config), "annotate", "1", "rejected"]) == 2
    assert "soft-rejection" in capsys.readouterr().err


def test_without_a_store_the_user_is_told_to_run_first(config: Path) -> None:
    with pytest.raises(LedgerError, match="graceperiod run"):
        run(config, "annotate", "1", "offer")
    assert not (config.parent / "store").exists()
