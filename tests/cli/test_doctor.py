"""`graceperiod doctor` on a real Dovecot: what it finds, what it says to do, and that it changes nothing."""

import imaplib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from dovecot import PASSWORD, Dovecot
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.cli import invoke
from graceperiod.core.mailbox import HighWater, MarkMethod
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST
from scripted import login, say, serve_inbox, serving
from stage import rejection

Found = dict[str, str | None]
Capture = pytest.CaptureFixture[str]


@dataclass
class Patient:
    """A settings file, its store and one account on the server."""

    folder: Path
    port: int
    user: str = field(default_factory=lambda: f"doctor-{uuid.uuid4().hex[:10]}")
    password: str = PASSWORD
    more: str = ""
    """Further lines of the account."""

    @property
    def store(self) -> Path:
        return self.folder / "store" / "ledger.sqlite3"

    def write(self, text: str | None = None) -> Path:
        file = self.folder / "config.toml"
        file.write_text(
            text
            if text is not None
            else f"""[accounts.work]
address = "robin@postbox.example"
host = "127.0.0.1"
port = {self.port}
tls = "none"
user = "{self.user}"
password = {{ command = ["echo", "{self.password}"] }}
{self.more}
[store]
path = "store"
"""
        )
        return file

    def make_store(self) -> None:
        open_ledger(self.store, exclusive=True).close()

    def examine(self, capsys: Capture, text: str | None = None) -> tuple[int, list[Found]]:
        """The exit status and what was found."""
        status = invoke(["--config", str(self.write(text)), "doctor", "--json"])
        said = capsys.readouterr()
        assert said.err == ""
        return status, [json.loads(line) for line in said.out.splitlines()]

    def create(self, mailbox: str) -> None:
        """Make a mailbox, its name in modified UTF-7."""
        with imaplib.IMAP4(HOST, self.port) as client:
            client.login(self.user, PASSWORD)
            assert client.create(mailbox)[0] == "OK"

    @contextmanager
    def person(self) -> Iterator[Person]:
        with Person(
            host=HOST, port=self.port, user=self.user, password=PASSWORD, address="robin@postbox.example"
        ) as someone:
            yield someone


@pytest.fixture
def patient(dovecot: Dovecot, tmp_path: Path) -> Patient:
    return Patient(tmp_path, dovecot.port)


@pytest.fixture
def unreachable(tmp_path: Path) -> Patient:
    """For what is found before any server is asked: nobody listens at its port."""
    with closing(socket.create_server((HOST, 0))) as listener:
        port = int(listener.getsockname()[1])
    return Patient(tmp_path, port)


def only(found: list[Found], level: str, about: str = "") -> list[Found]:
    return [f for f in found if f["level"] == level and (not about or f["about"] == about)]


def text_of(found: list[Found]) -> str:
    return "\n".join(f"{f['level']} {f['about']}: {f['found']} -> {f['advice']}" for f in found)


# A sound account


@pytest.mark.server
def test_a_sound_account_is_told_line_by_line_without_a_problem(patient: Patient, capsys: Capture) -> None:
    patient.make_store()
    status, found = patient.examine(capsys)
    assert status == 0
    assert [set(f) for f in found] == [{"level", "about", "found", "advice"}] * len(found)
    assert only(found, "problem") == []
    said = text_of(found)
    for words in (
        "ok settings: ",
        "with 1 account ->",
        f"ok store: {patient.store} is sound, of version ",
        "ok model: jobmail-v1 is whole",
        f"note accounts.work: logged in to 127.0.0.1:{patient.port} without encryption",
        "ok accounts.work: IDLE",
        "ok accounts.work: UIDPLUS",
        "ok accounts.work: SPECIAL-USE",
        "ok accounts.work: INBOX is watched, with 0 mails; marks will be keywords, not tried yet",
        "ok accounts.work: drafts go to Drafts, which has 0",
        "ok accounts.work: sent mail is seen in Sent",
        "ok accounts.work: what is deleted goes to Trash",
    ):
        assert words in said, said


@pytest.mark.server
def test_people_get_lines_to_read_and_scripts_the_same_as_objects(patient: Patient, capsys: Capture) -> None:
    config = patient.write()
    assert invoke(["--config", str(config), "doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    _, found = patient.examine(capsys)
    for finding in found:
        assert f"{finding['level']:<8} {finding['about']}: {finding['found']}" in lines
        assert not finding["advice"] or any(finding["advice"] in line for line in lines)
    assert any(line.startswith("note     store: there is no store at") for line in lines)
    assert not patient.store.parent.exists()


@pytest.mark.server
def test_nothing_is_changed_and_no_mailbox_is_opened_for_writing(
    dovecot: Dovecot, patient: Patient, capsys: Capture
) -> None:
    patient.make_store()
    with patient.person() as someone:
        someone.deliver(rejection(), "INBOX", datetime.now(UTC))
        patient.create("Jobs")
        someone.deliver(rejection("<p2@moss.example>"), "Jobs", datetime.now(UTC))
        someone.stored("INBOX"), someone.stored("Jobs")  # so that nothing is recent any more
        before = [someone.stored(name) for name in ("INBOX", "Jobs", "Drafts", "Sent")]
        stored = patient.store.read_bytes()
        dovecot.log(patient.user)
        status, _ = patient.examine(capsys)
        assert status == 0
        assert [someone.stored(name) for name in ("INBOX", "Jobs", "Drafts", "Sent")] == before
    assert patient.store.read_bytes() == stored
    said = dovecot.transcripts(patient.user).upper()
    assert " EXAMINE " in said
    assert " STATUS " in said
    for verb in (" SELECT", " STORE", " APPEND", " FETCH", " EXPUNGE", " MOVE", " CREATE", " COPY"):
        assert verb not in said


@pytest.mark.server
def test_the_way_of_marking_that_worked_is_told(patient: Patient, capsys: Capture) -> None:
    for method, words in (
        (MarkMethod.KEYWORD, "marks are keywords, which worked here"),
        (MarkMethod.NONE, "it takes no marks"),
        (MarkMethod.GMAIL_LABEL, "labels of Gmail"),
    ):
        with closing(open_ledger(patient.store, exclusive=True)) as ledger:
            mark = HighWater(mailbox="INBOX", uid_validity=1, last_uid=1, mark_method=method)
            ledger.save_high_water("work", mark)
        _, found = patient.examine(capsys)
        assert words in text_of(found)


# Mailboxes


@pytest.mark.server
def test_unread_mail_outside_the_watched_mailboxes_is_counted(patient: Patient, capsys: Capture) -> None:
    patient.more = 'watch = ["INBOX", "Seen"]'
    with patient.person() as someone:
        for mailbox, flags in (("Jobs/M&APw-nchen", ()), ("Quiet", ("\\Seen",)), ("Seen", ()), ("Junk", ())):
            if mailbox != "Junk":
                patient.create(mailbox)
            for number in (1, 2):
                raw = rejection(f"<{number}@moss.example>")
                someone.deliver(raw, mailbox, datetime.now(UTC), flags)
        for mailbox in ("Drafts", "Sent", "Trash", "INBOX"):
            someone.deliver(rejection(), mailbox, datetime.now(UTC))
    status, found = patient.examine(capsys)
    assert status == 0
    unread = {f["found"]: f["advice"] for f in found if "not watched" in (f["found"] or "")}
    assert set(unread) == {
        "Jobs/München has 2 unread and is not watched",
        "Junk has 2 unread and is not watched",
    }
    told = unread["Jobs/München has 2 unread and is not watched"] or ""
    assert 'under [accounts.work]: watch = ["INBOX", "Seen", "Jobs/München"]' in told
    assert "junk = true" in (unread["Junk has 2 unread and is not watched"] or "")


@pytest.mark.server
def test_a_mailbox_that_the_settings_name_and_the_server_has_not_is_a_problem(
    patient: Patient, capsys: Capture
) -> None:
    patient.more = 'drafts = "Entwürfe"'
    status, found = patient.examine(capsys)
    assert status == 1
    (problem,) = only(found, "problem")
    assert "accounts.work.drafts" in (problem["found"] or "")
    assert "Drafts" in (problem["found"] or "")


# What no Dovecot does is said by a scripted server


PLAIN = r'(\HasNoChildren) "/" '


@contextmanager
def poor_server(*listed: str) -> Iterator[int]:
    """The port of a server with these mailboxes, as its LIST says them, and next to no capabilities."""

    def list_them(stream: BinaryIO, tag: str) -> bool:
        for line in listed:
            say(stream, f"* LIST {line}")
        say(stream, f"{tag} OK done")
        return True

    def count(stream: BinaryIO, tag: str) -> bool:
        say(stream, '* STATUS "it" (UNSEEN 3)')
        say(stream, f"{tag} OK done")
        return True

    def no_capabilities(stream: BinaryIO, tag: str) -> bool:
        say(stream, "* CAPABILITY IMAP4rev1")
        say(stream, f"{tag} OK done")
        return True

    def play(stream: BinaryIO) -> None:
        login(stream, capabilities="IMAP4rev1")
        serve_inbox(stream, {"LIST": list_them, "STATUS": count, "CAPABILITY": no_capabilities})

    with serving(play) as port:
        yield port


def at_poor_server(patient: Patient, capsys: Capture, *listed: str) -> tuple[int, list[Found]]:
    """What is found there."""
    with poor_server(*listed) as port:
        patient.port = port
        return patient.examine(capsys)


def test_without_a_mailbox_for_drafts_it_says_how_to_name_one(unreachable: Patient, capsys: Capture) -> None:
    status, found = at_poor_server(
        unreachable, capsys, f"{PLAIN}INBOX", f"{PLAIN}Entw&APw-rfe", f"{PLAIN}Sent"
    )
    assert status == 1
    (problem,) = only(found, "problem")
    assert "nothing can be held" in (problem["found"] or "")
    assert "under [accounts.work]" in (problem["advice"] or "")
    assert "Entwürfe" in (problem["advice"] or "")


def test_two_mailboxes_for_drafts_are_for_the_user_to_choose_from(
    unreachable: Patient, capsys: Capture
) -> None:
    two = (r'(\Drafts) "/" Drafts', r'(\drafts) "/" "Old drafts"')
    status, found = at_poor_server(unreachable, capsys, f"{PLAIN}INBOX", *two)
    assert status == 1
    (problem,) = only(found, "problem")
    assert "several mailboxes are for drafts, Drafts, Old drafts" in (problem["found"] or "")
    assert 'drafts = "Drafts", or Old drafts' in (problem["advice"] or "")
    unreachable.more = 'drafts = "Old drafts"'
    status, found = at_poor_server(unreachable, capsys, f"{PLAIN}INBOX", *two)
    assert (status, only(found, "problem")) == (0, [])
    assert "drafts go to Old drafts" in text_of(found)


def test_what_a_poor_server_cannot_do_is_told_as_notes(unreachable: Patient, capsys: Capture) -> None:
    status, found = at_poor_server(unreachable, capsys, f"{PLAIN}INBOX", f"{PLAIN}Drafts")
    assert status == 0
    notes = text_of(only(found, "note"))
    for words in (
        "no IDLE: new mail is looked for every 5 min -> daemon.poll_minutes",
        r"neither UIDPLUS nor MOVE: a draft that was replaced is only flagged \Deleted",
        "no SPECIAL-USE",
        "no mailbox for sent mail was found",
        "no Trash is marked as such",
    ):
        assert words in notes


def test_a_name_from_the_server_cannot_move_the_cursor(unreachable: Patient, capsys: Capture) -> None:
    with poor_server(f"{PLAIN}INBOX", f"{PLAIN}Drafts", f'{PLAIN}"a\x1b[2Jb"') as port:
        unreachable.port = port
        invoke(["--config", str(unreachable.write()), "doctor"])
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "a\N{REPLACEMENT CHARACTER}[2Jb has 3 unread" in said


# Settings, login, model


def test_every_problem_of_the_settings_is_told(unreachable: Patient, capsys: Capture) -> None:
    status, found = unreachable.examine(capsys, '[accounts.work]\nadress = "a@b.example"\nhost = 5\n')
    assert status == 1
    assert {(f["level"], f["about"]) for f in found} == {("problem", "settings")}
    assert len(found) > 1
    assert 'did you mean "address"' in text_of(found)


def test_without_settings_the_command_that_writes_them_is_named(tmp_path: Path, capsys: Capture) -> None:
    assert invoke(["--config", str(tmp_path / "none.toml"), "doctor"]) == 1
    assert "graceperiod init" in capsys.readouterr().out


def test_a_language_without_replies_is_a_problem_of_the_settings(
    unreachable: Patient, capsys: Capture
) -> None:
    unreachable.more = '[reply]\nlanguages = ["tlh"]'
    status, found = unreachable.examine(capsys)
    assert status == 1
    assert only(found, "problem", "settings")


@pytest.mark.server
def test_a_wrong_password_is_a_problem_and_the_other_account_is_looked_at(
    patient: Patient, capsys: Capture
) -> None:
    patient.password = "hunter2"
    work = patient.write().read_text()
    home = work.partition("[store]")[0].replace("accounts.work", "accounts.home")
    text = work + home.replace("hunter2", PASSWORD).replace(patient.user, f"{patient.user}-home")
    status, found = patient.examine(capsys, text)
    assert status == 1
    (problem,) = only(found, "problem")
    assert problem["about"] == "accounts.work"
    assert "accounts.work.user" in (problem["found"] or "")
    assert "hunter2" not in text_of(found)
    assert "drafts go to Drafts" in text_of(only(found, "ok", "accounts.home"))


def test_a_server_that_cannot_be_reached_is_a_problem(unreachable: Patient, capsys: Capture) -> None:
    status, found = unreachable.examine(capsys)
    assert status == 1
    (problem,) = only(found, "problem")
    assert problem["about"] == "accounts.work"
    assert "accounts.work.port" in (problem["advice"] or "")


@pytest.mark.server
def test_a_certificate_that_cannot_be_trusted_is_a_problem(
    dovecot: Dovecot, patient: Patient, capsys: Capture
) -> None:
    text = patient.write().read_text().replace('tls = "none"', 'tls = "implicit"')
    text = text.replace(str(patient.port), str(dovecot.tls_port)).replace("127.0.0.1", "localhost")
    status, found = patient.examine(capsys, text)
    assert status == 1
    assert "certificate" in text_of(only(found, "problem", "accounts.work"))
    trusted = text.replace("[store]", f'ca_file = "{dovecot.certificate}"\n[store]')
    status, found = patient.examine(capsys, trusted)
    assert status == 0
    assert "by TLS; its certificate can be trusted" in text_of(found)


def test_a_model_that_is_damaged_is_a_problem(unreachable: Patient, capsys: Capture) -> None:
    from graceperiod.adapters.model_npz import default_model

    model = unreachable.folder / "model"
    model.mkdir()
    for file in default_model().iterdir():
        if file.name in {"weights.npz", "model.toml"}:
            (model / file.name).write_bytes(file.read_bytes())
    raw = bytearray((model / "weights.npz").read_bytes())
    raw[len(raw) // 2] ^= 1
    (model / "weights.npz").write_bytes(raw)
    status, found = unreachable.examine(capsys, f'{unreachable.write().read_text()}[model]\npath = "model"\n')
    assert status == 1
    (problem,) = only(found, "problem", "model")
    assert "weights.npz is not the file that" in (problem["found"] or "")


def test_a_model_of_the_users_own_that_cannot_be_used_is_told_beside_the_one_that_judges(
    unreachable: Patient, capsys: Capture
) -> None:
    shelf = unreachable.folder / "store" / "models"
    shelf.mkdir(parents=True)
    (shelf / "in-use.json").write_text("{")
    _, found = unreachable.examine(capsys)
    assert "jobmail-v1 is whole" in text_of(only(found, "ok", "model"))
    assert "graceperiod model back --shipped" in text_of(only(found, "note", "model"))


# The store


def test_a_damaged_store_is_kept_and_it_is_said_what_to_do(unreachable: Patient, capsys: Capture) -> None:
    unreachable.make_store()
    content = bytearray(unreachable.store.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    for damage in (bytes(content), b"Dear diary,\n" * 500, b""):
        unreachable.store.write_bytes(damage)
        status, found = unreachable.examine(capsys)
        assert status == 1
        (problem,) = only(found, "problem", "store")
        advice = problem["advice"] or ""
        assert "stop Graceperiod" in advice
        assert f"mv {unreachable.store} " in advice
        assert "put back a copy" in advice
        assert "no draft is doubled" in advice
        assert unreachable.store.read_bytes() == damage
        assert only(found, "ok", "model")  # and the rest is looked at


def test_a_row_that_points_at_nothing_is_found(unreachable: Patient, capsys: Capture) -> None:
    """Opening the store does not look so closely, since that would take too long at every start."""
    unreachable.make_store()
    with closing(sqlite3.connect(unreachable.store, isolation_level=None)) as connection:
        connection.execute("INSERT INTO accounts VALUES ('home')")
        connection.execute("INSERT INTO mailboxes VALUES ('home', 'INBOX', 7, 12, 99, 'keyword', NULL)")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM accounts")
    status, found = unreachable.examine(capsys)
    assert status == 1
    assert "points at one of accounts that is not there" in text_of(only(found, "problem", "store"))


def test_a_store_of_another_version_is_told(unreachable: Patient, capsys: Capture) -> None:
    unreachable.make_store()
    with closing(sqlite3.connect(unreachable.store, isolation_level=None)) as connection:
        newest = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {newest + 1}")
    _, found = unreachable.examine(capsys)
    assert "install the newer Graceperiod" in text_of(only(found, "problem", "store"))
    with closing(sqlite3.connect(unreachable.store, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {newest - 1}")
    _, found = unreachable.examine(capsys)
    assert only(found, "problem", "store") == []
    assert "brings it up to date" in text_of(only(found, "note", "store"))


def test_a_store_that_others_can_read_is_a_problem_and_is_not_changed(
    unreachable: Patient, capsys: Capture
) -> None:
    unreachable.make_store()
    unreachable.store.chmod(0o644)
    _, found = unreachable.examine(capsys)
    assert f"mode 0644) -> chmod 600 {unreachable.store}" in text_of(only(found, "problem", "store"))
    assert unreachable.store.stat().st_mode & 0o777 == 0o644


@pytest.mark.server
def test_it_works_while_the_daemon_runs(patient: Patient, capsys: Capture) -> None:
    command = [str(Path(sys.executable).with_name("graceperiod")), "--config", str(patient.write()), "run"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as daemon:
        try:
            assert daemon.stderr is not None
            assert "event=started" in daemon.stderr.readline()
            assert "event=connected" in daemon.stderr.readline()
            status, found = patient.examine(capsys)
            assert daemon.poll() is None
        finally:
            daemon.terminate()
            daemon.communicate(timeout=30)
    assert (status, only(found, "problem")) == (0, [])
    assert only(found, "ok", "store")
    assert daemon.returncode == 0


def test_its_help_has_an_example(capsys: Capture) -> None:
    assert invoke(["doctor", "--help"]) == 0
    assert "Example:   graceperiod doctor" in capsys.readouterr().out
