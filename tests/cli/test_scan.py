"""`graceperiod scan`: one line a mail, in date order, each as at its own arrival; nothing is changed."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dovecot import PASSWORD
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer
from stage import rejection

FIELDS = [
    "message_id", "date", "from", "subject", "category", "probability", "acts", "language", "employer", "role",
    "application", "tier", "tier_evidence", "hold", "reason", "rules", "name",
]  # fmt: skip
COMMAND = [str(Path(sys.executable).with_name("graceperiod"))]

LETTER = (
    "Dear Robin,\r\n\r\nThank you for taking the time to interview for the position of Night Baker. After careful "
    "consideration, we regret to inform you that we have decided not to move forward with your application. "
    "Unfortunately, other candidates were a closer match for the role.\r\n\r\nWe wish you every success in your "
    "job search.\r\n\r\nKind regards,\r\nAda Quill\r\n"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(list(line) == FIELDS for line in found)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mails = tmp_path / "mails"
    mails.mkdir()
    (mails / "b.eml").write_bytes(rejection(text=LETTER))
    reply = (
        b"Message-ID: <s@postbox.example>\r\nFrom: Robin <robin@postbox.example>\r\nTo: ada@quillworks.example\r\n"
        b"Subject: Re: x\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nReferences: <p1@quillworks.example>\r\n\r\nHi\r\n"
    )
    (mails / "a.eml").write_bytes(reply)
    (mails / "c.eml").write_bytes(b"")
    again = rejection("<p2@quillworks.example>", text=LETTER, extra="References: <p1@quillworks.example>\r\n")
    (mails / "d.eml").write_bytes(again.replace(b"Mon, 23 Nov", b"Wed, 25 Nov"))
    return mails


def test_every_mail_has_a_line_in_date_order_also_one_that_cannot_be_read(folder: Path) -> None:
    found = lines(run("scan", str(folder), "--json", "--me", "robin@postbox.example"))
    by_id = {str(line["message_id"]): line for line in found}
    dated = [str(line["date"]) for line in found if line["date"]]
    assert len(found) == 4
    assert dated == sorted(dated)
    unreadable = by_id["None"]
    assert "could not be read" in str(unreadable["reason"])
    assert by_id["<s@postbox.example>"]["reason"] == "the user wrote it"
    assert by_id["<p1@quillworks.example>"]["category"] == "rejection"


def test_fields_that_come_later_are_there_and_null(folder: Path) -> None:
    for line in lines(run("scan", str(folder), "--json")):
        assert (line["employer"], line["role"], line["tier"], line["tier_evidence"]) == (None,) * 4


def test_a_mail_of_a_thread_knows_its_application_and_only_what_came_before(folder: Path) -> None:
    found = {str(x["message_id"]): x for x in lines(run("scan", str(folder), "--json"))}
    first, second = found["<p1@quillworks.example>"], found["<p2@quillworks.example>"]
    assert first["application"] == second["application"]
    assert first["application"] is not None


def test_mbox_and_maildir_say_the_same_as_single_files(folder: Path, tmp_path: Path) -> None:
    mbox, maildir = tmp_path / "all.mbox", tmp_path / "Maildir"
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    raws = [folder.joinpath(f"{n}.eml").read_bytes() for n in "abd"]
    mbox.write_bytes(
        b"".join(b"From x@y Mon Nov 23 10:00:00 2026\n" + r.replace(b"\r", b"") + b"\n" for r in raws)
    )
    for number, raw in enumerate(raws):
        (maildir / "new" / f"{number}.host").write_bytes(raw)

    def said(source: Path) -> list[tuple[object, ...]]:
        keys = ("message_id", "category", "probability", "acts", "hold", "reason")
        found = lines(run("scan", str(source), "--json", "--me", "robin@postbox.example"))
        return [tuple(str(x[k]) for k in keys) for x in found if x["message_id"]]

    assert said(mbox) == said(maildir) == said(folder)


def test_an_account_is_scanned_over_inbox_and_sent_and_stays_as_it_is(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with DemoServer({"robin": PASSWORD}) as server:
        address = "robin@postbox.example"
        with Person(host=HOST, port=server.port, user="robin", password=PASSWORD, address=address) as person:
            person.deliver(rejection(text=LETTER), "INBOX", now - timedelta(days=3))
            person.deliver(rejection("<old@x.example>"), "INBOX", now - timedelta(days=60))
            person.write_reply(rejection(text=LETTER), "Thank you.\n")
            names = ("INBOX", "Drafts", "Sent")
            _ = [person.stored(name) for name in names]  # the first look takes \\Recent away
            before = [person.stored(name) for name in names]
            config = tmp_path / "config.toml"
            config.write_text(
                f'[accounts.work]\naddress = "{address}"\nhost = "{HOST}"\nport = {server.port}\ntls = "none"\n'
                f'user = "robin"\npassword = {{ command = ["echo", "{PASSWORD}"] }}\n[store]\npath = "store"\n'
            )
            found = lines(run("--config", str(config), "scan", "work", "--json"))
            assert [x["message_id"] == "<p1@quillworks.example>" for x in found] == [True, False]
            assert (
                lines(run("--config", str(config), "scan", "work", "--days", "90", "--json"))[0]["message_id"]
                == "<old@x.example>"
            )
            assert [person.stored(name) for name in names] == before
    assert not (tmp_path / "store").exists()


def test_the_table_names_what_was_found_and_counts_the_rest(folder: Path) -> None:
    done = run("scan", str(folder))
    assert done.returncode == 0
    assert "4 mails read" in done.stdout
    assert "1 unreadable" in done.stdout


@pytest.mark.parametrize("source", ["nowhere.mbox", "/does/not/exist", "unknown-account"])
def test_a_source_that_is_not_there_is_told_in_one_line(source: str) -> None:
    done = run("scan", source)
    assert done.returncode == 2
    assert source in done.stderr
    assert "Traceback" not in done.stderr


def test_whose_mailbox_it_is_must_be_an_address(folder: Path) -> None:
    done = run("scan", str(folder), "--me", "not an address")
    assert done.returncode == 2
    assert "--me" in done.stderr
