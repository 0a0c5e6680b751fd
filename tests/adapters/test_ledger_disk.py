"""What a failing disk, a power cut or a careless hand leaves of the store: an earlier state of it, or a refusal."""

import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graceperiod.adapters.ledger_sqlite import SqliteLedger, open_for_annotating, open_ledger
from graceperiod.core.record import Direction, Effect, EffectKind, Event, MessageRecord
from graceperiod.errors import LedgerError

T0 = datetime(2026, 11, 20, 9, tzinfo=UTC)
WAL_HEADER, FRAME_HEADER = 32, 24
"""Bytes, of https://www.sqlite.org/fileformat2.html#walformat."""


def step(ledger: SqliteLedger, number: int) -> None:
    """A few rows of several tables that belong together."""
    with ledger.transaction():
        message = ledger.add_message(
            MessageRecord(
                id=None,
                account="home",
                mailbox="INBOX",
                uid_validity=7,
                uid=number,
                direction=Direction.RECEIVED,
                message_id=f"<{number}@acme.example>",
                in_reply_to=(),
                references=(),
                sender=None,
                subject="x" * 300 * number,
                arrived_at=T0 + timedelta(minutes=number),
                seen_at=T0,
                size_bytes=2000,
            )
        )
        ledger.add_effect(
            Effect(
                id=None,
                account="home",
                kind=EffectKind.MARK,
                intended_at=T0,
                message=message.id,
                hold=None,
                detail={"keyword": "gp-rejection"},
            )
        )
        ledger.log(
            Event(account="home", kind=f"step {number}", happened_at=T0, reason="So.", message=message.id)
        )


Told = tuple[int, int, int, tuple[str, ...]]


def told(ledger: SqliteLedger) -> Told:
    """All that `step` writes; a half step shows in it."""
    messages, events = ledger.messages(), ledger.events()
    return (
        len(messages),
        sum(len(m.subject) for m in messages),
        len(ledger.pending_effects("home")),
        tuple(e.kind for e in events),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerCut:
    """A store and its WAL as they lay on the disk while it was open, and what it said after each step.

    Args:
        commits: the number of frames after each state of `states`, ascending.
    """

    store: bytes
    wal: bytes
    states: tuple[Told, ...]
    commits: tuple[int, ...]

    @property
    def frame_bytes(self) -> int:
        return int(struct.unpack(">I", self.wal[8:12])[0]) + FRAME_HEADER

    @property
    def frames(self) -> int:
        return (len(self.wal) - WAL_HEADER) // self.frame_bytes

    def expected(self, frames: int) -> Told:
        """What the store must say where only so many frames can be trusted."""
        return [s for n, s in zip(self.commits, self.states, strict=True) if n <= frames][-1]


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> PowerCut:
    path = tmp_path_factory.mktemp("cut") / "store.sqlite"
    ledger = open_ledger(path, exclusive=True)
    step(ledger, 1)
    ledger.close()
    ledger = open_ledger(path, exclusive=True)
    wal = Path(f"{path}-wal")
    states, sizes = [told(ledger)], [0]
    for number in range(2, 8):
        step(ledger, number)
        states.append(told(ledger))
        sizes.append(wal.stat().st_size)
    content = wal.read_bytes()
    store = path.read_bytes()
    ledger.close()
    frame = int(struct.unpack(">I", content[8:12])[0]) + FRAME_HEADER
    commits = tuple(max(size - WAL_HEADER, 0) // frame for size in sizes)
    return PowerCut(store=store, wal=content, states=tuple(states), commits=commits)


def found(folder: Path, cut: PowerCut, wal: bytes, *, exclusive: bool = True) -> Told | None:
    """What the store says with that WAL beside it; None if it is refused and kept."""
    path = folder / "store.sqlite"
    path.write_bytes(cut.store)
    Path(f"{path}-wal").write_bytes(wal)
    Path(f"{path}-shm").unlink(missing_ok=True)
    try:
        ledger = open_ledger(path, exclusive=exclusive)
    except LedgerError:
        assert path.read_bytes() == cut.store
        return None
    try:
        return told(ledger)
    finally:
        ledger.close()


def test_the_wal_of_these_tests_has_several_steps_of_several_frames(cut: PowerCut) -> None:
    assert len(cut.states) == len(set(cut.commits)) == 7
    assert cut.commits[-1] == cut.frames
    assert max(b - a for a, b in zip(cut.commits, cut.commits[1:], strict=False)) >= 3


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_wal_cut_short_anywhere_leaves_the_last_step_that_was_whole(
    tmp_path: Path, cut: PowerCut, *, exclusive: bool
) -> None:
    for frame in range(cut.frames + 1):
        start = WAL_HEADER + frame * cut.frame_bytes
        for more in (0, 1, FRAME_HEADER + 1, cut.frame_bytes - 1):
            said = found(tmp_path, cut, cut.wal[: start + more], exclusive=exclusive)
            assert said == cut.expected(frame), (frame, more)
    for length in (0, 1, WAL_HEADER - 1):
        assert found(tmp_path, cut, cut.wal[:length], exclusive=exclusive) == cut.states[0]


def test_a_byte_that_rotted_anywhere_in_the_wal_leaves_an_earlier_step_or_a_refusal(
    tmp_path: Path, cut: PowerCut
) -> None:
    for frame in range(cut.frames):
        start = WAL_HEADER + frame * cut.frame_bytes
        for at in (0, 4, 8, 16, FRAME_HEADER, cut.frame_bytes - 1):
            rotten = bytearray(cut.wal)
            rotten[start + at] ^= 0x41
            assert found(tmp_path, cut, bytes(rotten)) in {cut.expected(frame), None}, (frame, at)
    for at in range(WAL_HEADER):
        rotten = bytearray(cut.wal)
        rotten[at] ^= 0x41
        assert found(tmp_path, cut, bytes(rotten)) in {cut.states[0], None}, at


def test_a_page_that_the_disk_never_wrote_leaves_the_step_before_it(tmp_path: Path, cut: PowerCut) -> None:
    """Sectors may reach the disk in any order: a hole of zeros, and what follows it is there."""
    for frame in range(cut.frames):
        start = WAL_HEADER + frame * cut.frame_bytes
        holed = cut.wal[:start] + bytes(cut.frame_bytes) + cut.wal[start + cut.frame_bytes :]
        assert found(tmp_path, cut, holed) == cut.expected(frame), frame


def test_the_wal_of_another_store_is_not_taken_for_its_own(tmp_path: Path, cut: PowerCut) -> None:
    """Also none that has grown since: a torn tail of old frames has another salt."""
    older = bytearray(cut.wal)
    start = WAL_HEADER + cut.commits[2] * cut.frame_bytes
    for frame in range(cut.commits[2], cut.frames):
        salt = WAL_HEADER + frame * cut.frame_bytes + 8
        older[salt : salt + 8] = b"\1" * 8
    assert found(tmp_path, cut, bytes(older)) == cut.states[2]
    assert found(tmp_path, cut, cut.wal[:start] + b"\xff" * 9000) == cut.states[2]


# Never made anew by itself


def files_of(path: Path) -> dict[str, bytes]:
    """All that is in the folder but the lock, and what SQLite makes anew for whoever reads."""
    files = (f for f in path.parent.iterdir() if not f.name.endswith((".lock", "-shm")))
    return {f.name: content for f in files if (content := f.read_bytes()) or not f.name.endswith("-wal")}


def open_reading(path: Path) -> SqliteLedger:
    return open_ledger(path, exclusive=False)


def open_writing(path: Path) -> SqliteLedger:
    return open_ledger(path, exclusive=True)


every_way = pytest.mark.parametrize("open_it", [open_writing, open_reading, open_for_annotating])
Open = Callable[[Path], SqliteLedger]


def emptied(path: Path, _: bytes) -> None:
    path.write_bytes(b"")


def emptied_beside_its_wal(path: Path, wal: bytes) -> None:
    """SQLite by itself would remove the WAL, and every step in it."""
    path.write_bytes(b"")
    Path(f"{path}-wal").write_bytes(wal)


def emptied_beside_a_journal(path: Path, _: bytes) -> None:
    path.write_bytes(b"")
    Path(f"{path}-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + bytes(600))


def gone_without_its_wal(path: Path, wal: bytes) -> None:
    """SQLite by itself might play the steps of the one that is gone into a new one."""
    path.unlink()
    Path(f"{path}-wal").write_bytes(wal)


def without_tables(path: Path, _: bytes) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode = WAL")


def all_zeros(path: Path, _: bytes) -> None:
    path.write_bytes(bytes(path.stat().st_size))


@every_way
@pytest.mark.parametrize(
    "damage",
    [
        emptied,
        emptied_beside_its_wal,
        emptied_beside_a_journal,
        gone_without_its_wal,
        without_tables,
        all_zeros,
    ],
)
def test_what_is_left_of_a_store_is_refused_and_kept(
    tmp_path: Path, cut: PowerCut, damage: Callable[[Path, bytes], None], open_it: Open
) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(cut.store)
    damage(path, cut.wal)
    before = files_of(path)
    for _ in range(2):  # and the lock was let go
        with pytest.raises(LedgerError, match=r"left as it is: (put|set another)"):
            open_it(path)
        assert files_of(path) == before


def test_a_store_that_went_with_all_its_files_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Path(f"{path}-wal").touch()  # an empty one holds nothing
    with closing(open_writing(path)) as ledger:
        step(ledger, 1)
        assert told(ledger)[0] == 1


def test_a_disk_that_is_full_while_the_store_is_made_leaves_none(tmp_path: Path) -> None:
    """Every size that the file may stop growing at; nothing is at its place, and then all of it."""
    code = """
import resource, sys
from pathlib import Path
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.errors import LedgerError
path = Path(sys.argv[1])
refusals = 0
for size in (1, 100, 512, 4096, 5000, 8192, 30_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        open_ledger(path, exclusive=True)
    except LedgerError as error:
        refusals += 1
        assert "space" in str(error), error
        left = sorted(f.name for f in path.parent.iterdir())
        assert left == ["store.sqlite.lock"], left
print(refusals)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
open_ledger(path, exclusive=True).close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store.sqlite")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "7\n", "")
    with closing(open_reading(tmp_path / "store.sqlite")) as ledger:
        assert told(ledger)[0] == 0


# Read-only for this user


@contextmanager
def as_ordinary_user() -> Iterator[Path]:
    """A folder of an ordinary user's, for whom permissions count; root may write everywhere."""
    with tempfile.TemporaryDirectory(prefix="graceperiod-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def in_their_place(folder: Path, work: Callable[[], None]) -> None:
    """Do it as the owner of that folder, in a child where we are root."""
    if os.geteuid() != 0:
        work()
        return
    for file in (folder, *folder.rglob("*")):
        os.chown(file, 65534, 65534)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            work()
            status = 0
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


pytest_fork = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest_fork
def test_a_read_only_store_can_be_read_and_is_refused_to_who_would_write(cut: PowerCut) -> None:
    with as_ordinary_user() as folder:
        path = folder / "store.sqlite"
        path.write_bytes(cut.store)
        path.chmod(0o400)

        def look() -> None:
            with closing(open_reading(path)) as ledger:
                assert told(ledger) == cut.states[0]
            for open_it in (open_writing, open_for_annotating):
                with pytest.raises(LedgerError, match=r"cannot be written.*permissions"):
                    open_it(path)
            assert path.read_bytes() == cut.store
            assert path.stat().st_mode & 0o777 == 0o400

        in_their_place(folder, look)


@pytest_fork
@pytest.mark.parametrize("has_lock", [True, False])
def test_in_a_read_only_folder_nothing_is_changed_and_it_is_said(cut: PowerCut, *, has_lock: bool) -> None:
    with as_ordinary_user() as folder:
        path = folder / "store.sqlite"
        path.write_bytes(cut.store)
        if has_lock:
            Path(f"{path}.lock").touch(0o600)
        folder.chmod(0o555)

        def look() -> None:
            before = files_of(path)
            with closing(open_reading(path)) as ledger:
                assert told(ledger) == cut.states[0]
            with pytest.raises(LedgerError, match="cannot be"):
                open_writing(path)
            with pytest.raises(LedgerError, match="cannot be"), closing(open_for_annotating(path)):
                pass
            assert files_of(path) == before

        in_their_place(folder, look)
        folder.chmod(0o755)


@pytest_fork
def test_a_crash_in_what_is_a_read_only_folder_now_is_refused(cut: PowerCut) -> None:
    """The steps in the WAL are never passed over in silence."""
    with as_ordinary_user() as folder:
        path = folder / "store.sqlite"
        path.write_bytes(cut.store)
        Path(f"{path}-wal").write_bytes(cut.wal)
        folder.chmod(0o555)

        def look() -> None:
            with pytest.raises(LedgerError, match=r"cannot be"):
                open_reading(path)
            assert Path(f"{path}-wal").read_bytes() == cut.wal

        in_their_place(folder, look)
        folder.chmod(0o755)


@pytest.mark.parametrize("mode", [open_writing, open_reading, open_for_annotating])
def test_a_folder_or_a_pipe_in_the_place_of_the_store_stays(tmp_path: Path, mode: Open) -> None:
    (tmp_path / "store.sqlite").mkdir()
    (tmp_path / "store.sqlite" / "diary").write_text("mine")
    os.mkfifo(tmp_path / "pipe")
    for name in ("store.sqlite", "pipe"):
        with pytest.raises(LedgerError, match="is not a file"):
            mode(tmp_path / name)
    assert (tmp_path / "store.sqlite" / "diary").read_text() == "mine"
