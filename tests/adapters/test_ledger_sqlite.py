"""The store as a file: private, durable, one writer, refused rather than repaired."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graceperiod.adapters.ledger_sqlite import SqliteLedger, open_for_annotating, open_ledger
from graceperiod.adapters.ledger_sqlite.migrate import APPLICATION_ID, inspect, migrate, shipped_migrations
from graceperiod.adapters.ledger_sqlite.opening import connect
from graceperiod.adapters.ledger_sqlite.store import Store
from graceperiod.core.annotation import Annotation, AnnotationSource, Statement
from graceperiod.core.mailbox import HighWater, MarkMethod
from graceperiod.core.record import Direction, Event, MessageRecord
from graceperiod.errors import LedgerBusy, LedgerError

T0 = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may come to be; neither the file nor its folder is there yet."""
    return tmp_path / "state" / "graceperiod" / "store.sqlite"


@contextmanager
def opened(path: Path, *, exclusive: bool = True) -> Iterator[SqliteLedger]:
    ledger = open_ledger(path, exclusive=exclusive)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def annotating(path: Path) -> Iterator[SqliteLedger]:
    with closing(open_for_annotating(path)) as ledger:
        yield ledger


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program sees it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def message(uid: int, subject: str = "Your application") -> MessageRecord:
    return MessageRecord(
        id=None,
        account="home",
        mailbox="INBOX",
        uid_validity=7,
        uid=uid,
        direction=Direction.SENT,
        message_id=f"<{uid}@acme.example>",
        in_reply_to=(f"<{uid - 1}@acme.example>",),
        references=(),
        sender=None,
        subject=subject,
        arrived_at=T0 + timedelta(minutes=uid),
        seen_at=T0,
        size_bytes=2000,
    )


def event(kind: str) -> Event:
    return Event(account="home", kind=kind, happened_at=T0, reason="It was so.")


def annotation(about: int) -> Annotation:
    return Annotation(
        id=None,
        message=about,
        statement=Statement.parse("offer"),
        source=AnnotationSource.COMMAND,
        annotated_at=T0,
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def beside(path: Path, suffix: str) -> Path:
    return Path(f"{path}{suffix}")


class Child:
    """Another Python process that runs a few lines of ours and says when it has come to a point."""

    HEAD = """
import sys
from pathlib import Path
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.core.record import Event
from graceperiod.errors import LedgerError
from datetime import UTC, datetime

def event(kind, reason="It was so."):
    return Event(account="home", kind=kind, happened_at=datetime(2026, 11, 20, tzinfo=UTC), reason=reason)

def wait():
    print("ready", flush=True)
    sys.stdin.readline()

path = Path(sys.argv[1])
"""

    def __init__(self, path: Path, code: str, *, before: tuple[str, ...] = ()) -> None:
        self._process = subprocess.Popen(
            [*before, sys.executable, "-c", self.HEAD + code, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def until_ready(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()

    def output(self) -> str:
        out, _ = self._process.communicate(timeout=60)
        assert self._process.returncode == 0
        return out


# Private


@pytest.fixture
def umask_022() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask_022")
def test_only_the_user_can_read_what_is_made(path: Path) -> None:
    with opened(path) as ledger:
        ledger.add_message(message(1))
        assert mode(path.parent) == 0o700
        for suffix in ("", "-wal", "-shm", ".lock"):
            assert mode(beside(path, suffix)) == 0o600, suffix
        assert ledger.notices == ()


@pytest.mark.usefixtures("umask_022")
def test_a_store_that_others_could_read_is_made_private_and_it_is_said(path: Path) -> None:
    with opened(path):
        pass
    path.chmod(0o644)
    with opened(path) as ledger:
        assert mode(path) == mode(beside(path, "-wal")) == 0o600
        (notice,) = ledger.notices
        assert "0644" in notice
        assert str(path) in notice


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with opened(tmp_path / "store.sqlite"):
        assert mode(tmp_path) == 0o755


def test_a_name_with_odd_characters_is_a_name_only(tmp_path: Path) -> None:
    odd = tmp_path / "a store?mode=memory#50%.sqlite"
    with opened(odd) as ledger:
        ledger.log(event("kept"))
    with opened(odd) as ledger:
        assert len(ledger.events()) == 1


# One writer, many readers


def test_a_second_writer_is_told_who_has_the_store(path: Path) -> None:
    with opened(path), pytest.raises(LedgerBusy, match=f"process {os.getpid()}"):
        open_ledger(path, exclusive=True)
    with opened(path) as ledger:
        ledger.log(event("free again"))


def test_a_writer_in_another_process_is_named_and_its_death_frees_the_store(path: Path) -> None:
    child = Child(path, "ledger = open_ledger(path, exclusive=True); wait()")
    try:
        child.until_ready()
        with pytest.raises(LedgerBusy, match=f"process {child.pid}"):
            open_ledger(path, exclusive=True)
    finally:
        child.kill()
    with opened(path) as ledger:
        assert ledger.events() == ()


def test_a_link_to_the_store_is_the_same_store(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.sqlite"
    link.symlink_to(path)
    with opened(path), pytest.raises(LedgerBusy):
        open_ledger(link, exclusive=True)


def test_a_reader_sees_what_is_committed_while_another_writes(path: Path) -> None:
    with opened(path) as writer:
        writer.log(event("one"))
        with opened(path, exclusive=False) as reader:
            with writer.transaction():
                writer.log(event("two"))
                assert [e.kind for e in reader.events()] == ["one"]
            assert [e.kind for e in reader.events()] == ["one", "two"]


def test_a_reader_cannot_write(path: Path) -> None:
    with opened(path):
        pass
    with opened(path, exclusive=False) as reader, pytest.raises(LedgerError, match="only reads"):
        reader.log(event("no"))


def test_an_annotating_command_writes_beside_the_daemon_and_neither_loses_anything(path: Path) -> None:
    with opened(path) as daemon:
        about = daemon.add_message(message(1)).id or 0
        with annotating(path) as command:
            with command.transaction():
                added = command.add_annotation(annotation(about))
                command.log(event("annotated"))
                assert daemon.annotation(about) is None
            assert daemon.annotation(about) == added
            daemon.save_annotation(replace(added, features=("w:hello",), feature_version=1))
            assert command.annotations()[0].features == ("w:hello",)
            daemon.log(event("after"))
    with opened(path) as ledger:
        assert [e.kind for e in ledger.events()] == ["annotated", "after"]


def test_an_annotating_command_waits_for_the_daemon_to_finish_its_transaction(path: Path) -> None:
    with opened(path) as daemon:
        about = daemon.add_message(message(1)).id or 0
        done = threading.Event()

        def write() -> None:
            with annotating(path) as command:
                command.add_annotation(annotation(about))
            done.set()

        writer = threading.Thread(target=write)
        with daemon.transaction():
            daemon.log(event("one"))
            writer.start()
            assert not done.wait(0.2)
        assert done.wait(10)
        writer.join(10)
        assert len(daemon.annotations()) == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda ledger: ledger.add_message(message(2)),
        lambda ledger: ledger.assign(1, 1),
        lambda ledger: ledger.finish_effect(1, at=T0, result="done"),
        lambda ledger: ledger._store.run("PRAGMA user_version = 99"),
        lambda ledger: ledger._store.run("DROP TABLE annotations"),
        lambda ledger: ledger._store.run("ATTACH ':memory:' AS other"),
    ],
)
def test_an_annotating_command_can_write_nothing_else(
    path: Path, write: Callable[[SqliteLedger], object]
) -> None:
    with opened(path) as ledger:
        ledger.add_message(message(1))
    with annotating(path) as command, pytest.raises(LedgerError, match="refused"):
        write(command)
    with opened(path) as ledger:
        assert len(ledger.messages()) == 1


def test_an_annotating_command_neither_makes_nor_migrates_a_store(path: Path) -> None:
    with pytest.raises(LedgerError, match="no store at"):
        open_for_annotating(path)
    assert not path.parent.exists()
    path.parent.mkdir(parents=True)
    with raw(path) as connection:
        migrate(connection, path, shipped_migrations()[:1])
    with pytest.raises(LedgerError, match="brings it up to date"):
        open_for_annotating(path)


def test_an_annotating_command_that_is_killed_in_its_transaction_leaves_nothing_and_no_lock(
    path: Path,
) -> None:
    with opened(path) as daemon:
        about = daemon.add_message(message(1)).id or 0
        child = Child(
            path,
            "from graceperiod.adapters.ledger_sqlite import open_for_annotating\n"
            "ledger = open_for_annotating(path)\n"
            "with ledger.transaction():\n    ledger.log(event('half')); wait()\n",
        )
        child.until_ready()
        child.kill()
        daemon.add_annotation(annotation(about))
        assert daemon.events() == ()


def test_a_store_of_the_first_version_keeps_all_it_has_and_takes_annotations(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with raw(path) as connection:
        migrate(connection, path, shipped_migrations()[:1])
        connection.execute("INSERT INTO accounts VALUES ('home')")
        connection.execute("INSERT INTO mailboxes VALUES ('home', 'INBOX', 7, 12, 99, 'keyword')")
    with opened(path) as ledger:
        mark = HighWater(
            mailbox="INBOX", uid_validity=7, last_uid=12, highest_modseq=99, mark_method=MarkMethod.KEYWORD
        )
        assert ledger.high_water("home", "INBOX") == mark
        ledger.add_annotation(annotation(ledger.add_message(message(1)).id or 0))


def test_a_reader_does_not_make_a_store(path: Path) -> None:
    with pytest.raises(LedgerError, match="no store at"):
        open_ledger(path, exclusive=False)
    assert not path.parent.exists()


def test_a_reader_takes_no_lock(path: Path) -> None:
    with opened(path):
        pass
    with opened(path, exclusive=False), opened(path) as writer:
        writer.log(event("meanwhile"))


# Refused, and left as it is


def files_of(path: Path) -> dict[str, bytes]:
    """All that is in the folder but the lock."""
    return {f.name: f.read_bytes() for f in path.parent.iterdir() if not f.name.endswith(".lock")}


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_store_of_a_newer_version_is_refused_untouched(path: Path, *, exclusive: bool) -> None:
    with opened(path) as ledger:
        ledger.log(event("kept"))
    newer = len(shipped_migrations()) + 1
    with raw(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA user_version = {newer}")
    before = files_of(path)
    with pytest.raises(LedgerError, match=rf"version {newer}.*install the newer"):
        open_ledger(path, exclusive=exclusive)
    assert files_of(path) == before


def not_a_database(path: Path) -> None:
    path.write_bytes(b"Dear diary,\n" * 500)


def of_another_program(path: Path) -> None:
    path.unlink()
    with raw(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    path.write_bytes(content)


@pytest.mark.parametrize("exclusive", [True, False])
@pytest.mark.parametrize("damage", [not_a_database, of_another_program, cut_short, overwritten])
def test_a_file_that_cannot_be_trusted_is_refused_and_kept(
    path: Path, damage: Callable[[Path], None], *, exclusive: bool
) -> None:
    with opened(path) as ledger:
        ledger.log(event("once"))
    damage(path)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="left as it is"):
        open_ledger(path, exclusive=exclusive)
    assert path.read_bytes() == before
    with pytest.raises(LedgerError, match="left as it is"):  # and the lock was let go
        open_ledger(path, exclusive=exclusive)


@pytest.mark.parametrize("exclusive", [True, False])
def test_what_is_not_a_file_is_refused(tmp_path: Path, *, exclusive: bool) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("folder", "fifo", "loop", "a\0b"):
        with pytest.raises(LedgerError):
            open_ledger(tmp_path / name, exclusive=exclusive)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    with pytest.raises(LedgerError):
        open_ledger(tmp_path / "file" / "store.sqlite", exclusive=True)


def test_a_row_from_nowhere_is_told_not_guessed(path: Path) -> None:
    with opened(path) as ledger:
        ledger.add_message(message(1))
    with raw(path) as connection:
        connection.execute("UPDATE messages SET direction = 'sideways'")
    with opened(path) as ledger, pytest.raises(LedgerError, match="does not understand"):
        ledger.messages()


# Versions


def test_a_new_store_has_the_newest_version_and_opening_it_again_changes_nothing(path: Path) -> None:
    with opened(path) as ledger:
        ledger.log(event("kept"))
    before = path.read_bytes()
    with raw(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(shipped_migrations())
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    with opened(path) as ledger:
        assert len(ledger.events()) == 1
    assert path.read_bytes() == before


def test_every_table_is_strict(path: Path) -> None:
    with opened(path), raw(path) as connection:
        tables = connection.execute("PRAGMA table_list").fetchall()
    strict = {row[1]: row[5] for row in tables if not row[1].startswith("sqlite_")}
    assert strict == dict.fromkeys(
        (
            "accounts",
            "annotations",
            "applications",
            "effects",
            "events",
            "holds",
            "mailboxes",
            "message_references",
            "messages",
            "trusted_times",
            "verdicts",
        ),
        1,
    )


BROKEN = [
    pytest.param("CREATE TABLE notes (text TEXT) STRICT; CREATE TABLE notes (again TEXT);", id="fails"),
    pytest.param("CREATE TABLE notes (text TEXT) STRICT; DELETE FROM messages;", id="breaks a reference"),
]


@pytest.mark.parametrize("sql", BROKEN)
def test_a_migration_that_fails_leaves_the_version_before_it(path: Path, sql: str) -> None:
    with opened(path) as ledger:
        ledger.add_message(message(1))
    version = len(shipped_migrations())
    with closing(connect(path, mode="mode=rw")) as connection:
        with pytest.raises(LedgerError):
            migrate(connection, path, (*shipped_migrations(), sql))
        assert inspect(connection, path, newest=version) == version
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    with opened(path) as ledger:
        assert len(ledger.messages()) == 1
    with raw(path) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'notes'").fetchall()


def test_an_older_store_is_brought_up_to_date_and_not_by_a_reader(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(path) as ledger:
        ledger.add_message(message(1))
    more = (*shipped_migrations(), "CREATE TABLE notes (text TEXT NOT NULL) STRICT;")
    monkeypatch.setattr("graceperiod.adapters.ledger_sqlite.opening.shipped_migrations", lambda: more)
    with pytest.raises(LedgerError, match="brings it up to date"):
        open_ledger(path, exclusive=False)
    with opened(path) as ledger:
        assert len(ledger.messages()) == 1
    with raw(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(more)
        assert connection.execute("SELECT count(*) FROM notes").fetchone()[0] == 0


def test_a_crash_while_the_store_was_made_is_made_good(path: Path) -> None:
    """It is made under another name, through a rollback journal; a copy of both is what a crash leaves."""
    path.parent.mkdir(parents=True)
    making = path.with_name("making.sqlite")
    with raw(making) as connection:
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE half (text TEXT)")
        connection.executemany("INSERT INTO half VALUES (?)", [("x" * 4000,)] * 50)
        crashed = beside(path, ".new")
        shutil.copy(making, crashed)
        shutil.copy(beside(making, "-journal"), beside(crashed, "-journal"))
        connection.execute("ROLLBACK")
    assert crashed.stat().st_size > 0
    with opened(path) as ledger:
        ledger.log(event("first"))
        assert len(ledger.events()) == 1
    assert not crashed.exists()


# Durable, and whole or not at all


def test_a_connection_waits_for_the_disk_at_every_commit(path: Path) -> None:
    with opened(path), closing(connect(path, mode="mode=rw")) as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "fullfsync")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "fullfsync": 1}


def test_what_was_committed_survives_a_kill(path: Path) -> None:
    child = Child(
        path,
        """
ledger = open_ledger(path, exclusive=True)
ledger.log(event("one"))
with ledger.transaction():
    ledger.log(event("two"))
    ledger.log(event("three"))
wait()
""",
    )
    child.until_ready()
    child.kill()
    with opened(path, exclusive=False) as reader:
        assert [e.kind for e in reader.events()] == ["one", "two", "three"]
    with opened(path) as ledger:
        assert [e.kind for e in ledger.events()] == ["one", "two", "three"]


def test_a_kill_inside_a_transaction_leaves_nothing_of_it(path: Path) -> None:
    child = Child(
        path,
        """
ledger = open_ledger(path, exclusive=True)
ledger.log(event("one"))
with ledger.transaction():
    for number in range(2000):
        ledger.log(event("half", "x" * 2000))
    wait()
""",
    )
    child.until_ready()
    child.kill()
    with opened(path) as ledger:
        assert [e.kind for e in ledger.events()] == ["one"]


@contextmanager
def nearly_full(path: Path) -> Iterator[SqliteLedger]:
    """A ledger that may grow by twenty pages only, and then has what a full disk gives."""
    with opened(path):
        pass
    connection = connect(path, mode="mode=rw")
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    ledger = SqliteLedger(Store(connection, path))
    try:
        yield ledger
    finally:
        ledger.close()


def test_a_full_disk_is_told_and_undoes_the_transaction(path: Path) -> None:
    def write(ledger: SqliteLedger, kind: str) -> None:
        with ledger.transaction():
            for uid in range(1, 1000):
                ledger.add_message(message(uid, kind * 200))

    with nearly_full(path) as ledger:
        ledger.log(event("before"))
        with pytest.raises(LedgerError, match="the disk is full"):
            write(ledger, "a")
        assert ledger.messages() == ()
        ledger.log(event("after"))
        assert [e.kind for e in ledger.events()] == ["before", "after"]


def test_a_transaction_that_sqlite_undid_by_itself_cannot_go_on(path: Path) -> None:
    """SQLite may take a whole transaction back when the disk fails; what came next would be kept alone."""
    with opened(path):
        pass
    store = Store(connect(path, mode="mode=rw"), path)

    def write() -> None:
        with store.transaction():
            store.run("INSERT INTO accounts VALUES ('home')")
            with pytest.raises(LedgerError):
                store.run("INSERT OR ROLLBACK INTO accounts VALUES ('home')")
            with pytest.raises(LedgerError, match="undone by an earlier failure"):
                store.run("INSERT INTO accounts VALUES ('work')")

    with pytest.raises(LedgerError, match="undone by an earlier failure"):
        write()
    assert store.rows("SELECT * FROM accounts") == []
    with store.transaction():
        store.run("INSERT INTO accounts VALUES ('home')")
    assert len(store.rows("SELECT * FROM accounts")) == 1
    store.close()


def test_one_write_on_a_full_disk_is_whole_or_nothing(path: Path) -> None:
    def write(ledger: SqliteLedger) -> None:
        for uid in range(1, 1000):
            ledger.add_message(message(uid, "a" * 200))

    with nearly_full(path) as ledger:
        with pytest.raises(LedgerError, match="the disk is full"):
            write(ledger)
        kept = ledger.messages(limit=5000)
        assert kept
        assert all(m.in_reply_to for m in kept)


def test_a_disk_that_fails_under_us_is_told_and_undone(path: Path) -> None:
    child = Child(
        path,
        """
import resource
ledger = open_ledger(path, exclusive=True)
ledger.log(event("before"))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    with ledger.transaction():
        for number in range(2000):
            ledger.log(event("half", "x" * 2000))
except LedgerError as error:
    print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    ledger.log(event("after"))
ledger.close()
""",
    )
    assert "Nothing of the last step" in child.output()
    with opened(path) as ledger:
        assert [e.kind for e in ledger.events()] == ["before", "after"]


def test_a_read_only_disk_can_be_read_and_not_written(path: Path) -> None:
    own_mounts = ("unshare", "--mount", "--map-root-user")
    if shutil.which("unshare") is None or subprocess.run([*own_mounts, "true"], check=False).returncode:
        pytest.skip("this machine does not let a process have mounts of its own")
    with opened(path) as ledger:
        ledger.log(event("kept"))
    child = Child(
        path,
        """
import subprocess
folder = str(path.parent)
subprocess.run(["mount", "--bind", folder, folder], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
ledger = open_ledger(path, exclusive=False)
print([e.kind for e in ledger.events()])
for exclusive in (True, False):
    try:
        open_ledger(path, exclusive=exclusive).log(event("no"))
    except LedgerError as error:
        print(error)
ledger.close()
""",
        before=own_mounts,
    )
    said = child.output().splitlines()
    assert said[0] == "['kept']"
    assert "Read-only file system" in said[1]
    assert "cannot be written" in said[2]


def test_another_program_that_holds_the_file_is_told(path: Path) -> None:
    with opened(path), raw(path) as other:
        connection = connect(path, mode="mode=rw")
        connection.execute("PRAGMA busy_timeout = 0")
        ledger = SqliteLedger(Store(connection, path))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy, match="another program"):
            ledger.log(event("no"))
        other.execute("ROLLBACK")
        ledger.log(event("yes"))
        ledger.close()


# Hostile values


def test_a_lone_surrogate_never_stops_the_ledger(path: Path) -> None:
    with opened(path) as ledger:
        added = ledger.add_message(message(1, "caf\udce9 \U0001f600 \0 end"))
        assert added.id is not None
        found = ledger.message(added.id)
        assert found is not None
        assert found.subject == "caf\ufffd \U0001f600 \0 end"
        assert ledger.find_messages("home", "<\udce9@acme.example>") == ()


def test_a_number_too_large_for_the_store_is_told_and_nothing_is_kept(path: Path) -> None:
    with opened(path) as ledger:
        with pytest.raises(LedgerError, match="64 bits"):
            ledger.add_message(replace(message(1), size_bytes=2**64))
        assert ledger.messages() == ()


FORGED = "SELECT id, account, 'other', 0, '', '[]', NULL, NULL, NULL, '{}' FROM events WHERE true"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET reason = 'It was not so.'",
        "UPDATE OR REPLACE events SET id = 2 WHERE id = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE id = 1",
        f"INSERT OR REPLACE INTO events {FORGED}",
        f"INSERT INTO events {FORGED} ON CONFLICT DO UPDATE SET reason = ''",
    ],
)
def test_not_even_raw_sql_changes_an_event(path: Path, sql: str) -> None:
    with opened(path) as ledger:
        ledger.log(event("one"))
        ledger.log(event("two"))
        before = ledger.events()
        with raw(path) as connection, pytest.raises(sqlite3.IntegrityError, match="events are never"):
            connection.execute(sql)
        assert ledger.events() == before
