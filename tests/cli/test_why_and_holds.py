"""Promise 6: `holds` and `why` tell what is held and why, from the store alone, also while the daemon runs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dovecot import PASSWORD
from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.imap import Login, open_store
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.waker import Waker
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.app.watch import sweep_once
from graceperiod.cli import cli
from graceperiod.core.address import Address
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer
from stage import MONDAY, SilentLog, WordJudge, policy, rejection

SETTINGS = """[accounts.work]
address = "robin@postbox.example"
host = "imap.postbox.example"
[hours]
zone = "Europe/Berlin"
[store]
path = "store"
"""


def run(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--config", str(config), *arguments], catch_exceptions=False)


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    """Settings whose store has seen a rejection, a machine's rejection, an unsure mail and a lunch."""
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS)
    ledger = open_ledger(tmp_path / "store" / "ledger.sqlite3", exclusive=True)
    with DemoServer({"robin": PASSWORD}) as server:
        address = "robin@postbox.example"
        with Person(host=HOST, port=server.port, user="robin", password=PASSWORD, address=address) as person:
            person.deliver(rejection(subject="[bold]Night Baker[/bold]"), "INBOX", MONDAY)
            person.deliver(rejection("<m@ats.example>", sender="no-reply@ats.example"), "INBOX", MONDAY)
            person.deliver(rejection("<u@x.example>", text="Perhaps.\r\n"), "INBOX", MONDAY)
            person.deliver(rejection("<l@x.example>", text="Lunch?\r\n"), "INBOX", MONDAY)
        endpoint = Endpoint(host=HOST, port=server.port, tls=Tls.NONE)
        login = Login(account="work", endpoint=endpoint, user="robin")
        account = WatchedAccount(
            name="work", address=Address(display_name="Robin Vale", addr_spec="robin@postbox.example")
        )
        sweep_once(
            Desk(
                account=account,
                ledger=ledger,
                reader=MimeReader(),
                judge=WordJudge(),
                templates=JinjaTemplates(),
                clock=SetClock(MONDAY),
                policy=policy(),
                log=SilentLog(),
                new_token=iter(f"t{n}" for n in range(99)).__next__,
                new_wake=Waker,
                open_store=lambda: open_store(login, PASSWORD),
            )
        )
    yield file
    ledger.close()


def test_holds_lists_what_is_held_and_what_waits_for_the_users_word(config: Path) -> None:
    shown = run(config, "holds")
    assert shown.exit_code == 0
    assert "Ada Quill" in shown.stdout
    assert "Wed 25 Nov 11:00" in shown.stdout
    assert "[bold]Night" in shown.stdout  # a subject is text, never markup
    assert "For you to decide" in shown.stdout
    hold, question = objects(run(config, "holds", "--json"))
    assert (hold["kind"], hold["state"], hold["to"]) == ("hold", "sealed", "ada@quillworks.example")
    assert hold["release_at"] == "2026-11-25T10:00:00+00:00"
    assert (question["kind"], question["category"]) == ("undecided", "rejection")


def test_why_tells_the_words_the_rules_and_what_happened(config: Path) -> None:
    (told,) = objects(run(config, "why", "1", "--json"))
    assert told["evidence"] == [{"text": "unfortunately", "weight": 2.0}]
    kinds = [event["kind"] for event in told["events"]]  # type: ignore[attr-defined]
    assert kinds == ["hold_planned", "hold_sealed"]
    assert told["state"] == "sealed"
    shown = run(config, "why", "p1@quillworks.example").stdout
    for words in ("rejection", "100.0% sure, acted on", "unfortunately", "rules A5", "hold sealed"):
        assert words in shown


def test_why_tells_why_nothing_was_drafted(config: Path) -> None:
    machine = run(config, "why", "2").stdout
    assert "no one to answer" in machine
    assert "A6" in machine
    lunch = run(config, "why", "4").stdout
    assert "not acted on" in lunch
    assert "no reason to act" in lunch


@pytest.mark.parametrize("wanted", ["99", "<nobody@x.example>", "9" * 40, "../../etc", ""])
def test_an_unknown_mail_is_said_to_be_unknown(config: Path, wanted: str) -> None:
    from graceperiod.errors import SourceError

    with pytest.raises(SourceError, match="no mail"):
        run(config, "why", wanted)


def test_without_a_store_the_user_is_told_to_run_first(tmp_path: Path) -> None:
    from graceperiod.cli import invoke as main

    config = tmp_path / "config.toml"
    config.write_text(SETTINGS)
    assert main(["--config", str(config), "holds"]) == 1
