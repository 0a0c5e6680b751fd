"""The disk fails at every write of a hold's life: nothing that the ledger does not name was done on the server,
the program says what is wrong and ends, and with room again the life ends as if nothing had been."""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from conftest import needs
from crash import matrix
from crash.disturbed import Account, Place, in_a_child, replaced, sweep_in_place
from crash.outcome import Outcome, outcome
from crash.scenarios import SCENARIOS
from crash.world import Fault, World
from dovecot import PASSWORD, Dovecot
from graceperiod.adapters.ledger_sqlite.store import Store
from graceperiod.adapters.ledger_sqlite.told import told
from graceperiod.demo.person import Person
from graceperiod.errors import LedgerError
from stage import rejection

pytestmark = pytest.mark.server

TOLD, CLEAN = 42, 43
"""How the child ends: with an error that says what to do; without any."""

WRITES = {"INSERT", "UPDATE", "DELETE", "COMMIT"}


class Failure(StrEnum):
    """What the disk does from a write on."""

    FULL = "it is full, says SQLite"
    IO_ERROR = "it cannot be written, says SQLite"
    LIMITED = "no file takes a byte more"
    TORN = "the WAL ends in the middle of a frame, and the power goes"
    KEPT = "the write is told as failed and was kept"

    @property
    def is_at_commits(self) -> bool:
        """Whether it is a commit that comes to the disk, or whatever statement."""
        return self not in {Failure.FULL, Failure.IO_ERROR}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskFault(Fault):
    """The disk that fails at a write of a sweep.

    Args:
        number: of the write, from 1.
    """

    failure: Failure

    def __str__(self) -> str:
        return f"sweep {self.sweep}, write {self.number}: {self.failure.value}"

    def strike(self, world: World) -> bool:
        """Run the sweep with it; what it did not write down it has not done."""
        before = _seen(world)
        ended = in_a_child(lambda: _sweep_on_a_failing_disk(world.account(), self.failure, self.number))
        assert ended == TOLD, f"the child ended with {ended}"
        unknown = _unknown(world, before)
        assert not unknown, f"done on the server without a word in the ledger: {unknown}"
        return True


def _sweep_on_a_failing_disk(account: Account, failure: Failure, number: int) -> None:
    """A sweep in this process, which ends with it."""
    run = Store.run
    passed = 0
    is_failing = False

    def failing_run(self: Store, sql: str, parameters: Any = ()) -> Any:
        nonlocal passed, is_failing
        if sql.split(" ", 1)[0] in WRITES:
            passed += 1
            if passed == number:
                is_failing = True
                _limit(account.ledger, failure)
                if failure is Failure.KEPT:
                    run(self, sql, parameters)
        if is_failing and failure in {Failure.FULL, Failure.IO_ERROR, Failure.KEPT}:
            with told(account.ledger):
                raise _injected(failure)
        try:
            return run(self, sql, parameters)
        except LedgerError:
            if failure is Failure.TORN:
                os._exit(TOLD)
            raise

    with replaced(Store, "run", failing_run):
        try:
            sweep_in_place(account)
        except LedgerError as error:
            says_what_to_do = "space" in str(error) and "start Graceperiod again" in str(error)
            os._exit(TOLD if says_what_to_do else 1)
    os._exit(CLEAN)


def _limit(ledger: Path, failure: Failure) -> None:
    """Files of this process grow no more, which is told by the system, not by us."""
    if failure in {Failure.LIMITED, Failure.TORN}:
        torn = Path(f"{ledger}-wal").stat().st_size + 2000 if failure is Failure.TORN else 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (torn, resource.RLIM_INFINITY))


def _injected(failure: Failure) -> sqlite3.OperationalError:
    is_full = failure is Failure.FULL
    error = sqlite3.OperationalError("database or disk is full" if is_full else "disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL if is_full else sqlite3.SQLITE_IOERR
    return error


Seen = tuple[set[int], set[tuple[int, str]]]


def _seen(world: World) -> Seen:
    """The uids of drafts, and the marks on mails."""
    inbox = world.person.stored("INBOX")
    marks = {(mail.uid, flag) for mail in inbox for flag in mail.flags if flag.startswith("gp-")}
    return {mail.uid for mail in world.person.drafts()}, marks


def _unknown(world: World, before: Seen) -> list[str]:
    """What was done on the server and is not in the ledger: drafts, removals, marks."""
    ledger = world.folder / "ledger.sqlite3"
    if not ledger.exists():
        tokens, removals, marks = set[str](), set[str](), set[str]()
    else:
        tokens, removals, marks = world.read_ledger(
            lambda store: (
                {copy.message_id for h in store.holds() for copy in (h.sealed, h.released) if copy},
                {r[0] for r in store._store.rows("SELECT detail FROM effects WHERE kind = 'remove'")},
                {r[0] for r in store._store.rows("SELECT detail FROM effects WHERE kind = 'mark'")},
            )
        )
    (uids_before, marks_before), (uids_after, marks_after) = before, _seen(world)
    drafts = (d for d in world.person.drafts() if d.uid not in uids_before)
    found = [f"draft {d.uid}" for d in drafts if d.head.message_id not in tokens]
    gone = uids_before - uids_after
    found += [f"removal of {uid}" for uid in gone if not any(f'"uid":{uid},' in r for r in removals)]
    added = marks_after - marks_before
    return found + [f"mark {f}" for _, f in added if not any(f'"{f}"' in mark for mark in marks)]


@dataclass
class CountingWorld(World):
    """An undisturbed run that notes the writes of each sweep."""

    writes: list[list[str]] = field(default_factory=list)

    def sweep(self) -> None:
        seen: list[str] = []
        run = Store.run

        def noting_run(store: Store, sql: str, parameters: Any = ()) -> Any:
            if (verb := sql.split(" ", 1)[0]) in WRITES:
                seen.append(verb)
            return run(store, sql, parameters)

        with replaced(Store, "run", noting_run):
            sweep_in_place(self.account())
        self.writes.append(seen)


def undisturbed(name: str, port: int, folder: Path) -> tuple[Outcome, list[list[str]]]:
    world = CountingWorld(port, folder / "undisturbed", seal=SCENARIOS[name].seal)
    try:
        for act in SCENARIOS[name].acts:
            act(world)
        return outcome(world), world.writes
    finally:
        world.close()


def faults(writes: list[list[str]]) -> Iterator[DiskFault]:
    """Every write of every sweep, each with one failure that SQLite tells; each commit with those of the disk."""
    for sweep, verbs in enumerate(writes):
        for number, verb in enumerate(verbs, start=1):
            failures = [(Failure.FULL, Failure.IO_ERROR)[number % 2]]
            if verb == "COMMIT":
                failures += [f for f in Failure if f.is_at_commits]
            for failure in failures:
                yield DiskFault(sweep=sweep, place=Place.LEDGER, number=number, failure=failure)


def difference(name: str, dovecot: Dovecot, folder: Path, *, sample: int | None) -> list[str]:
    """What went wrong in runs of the scenario with a failing disk; at every place, or at so many."""
    expected, writes = undisturbed(name, dovecot.port, folder)
    every = list(faults(writes))
    assert len(every) > 40
    chosen = random.Random(name).sample(every, sample) if sample else every
    runs = (matrix.disturbed(name, dovecot.port, folder, fault, expected) for fault in chosen)
    return [f"{run.fault}: {run.failure}" for run in runs if run.failure]


@pytest.mark.slow
def test_a_disk_that_fails_at_any_write_of_a_life_costs_no_draft_and_doubles_none(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    assert difference("edited, released and sent", dovecot, tmp_path, sample=None) == []


@pytest.mark.parametrize(
    "name",
    [
        "denied by a mark while held",
        "not sealed, edited",
        "answered with another mail after an edit",
        "two rejections at once",
    ],
)
def test_a_disk_that_fails_in_other_lives_costs_no_draft_and_doubles_none(
    name: str, dovecot: Dovecot, tmp_path: Path
) -> None:
    assert difference(name, dovecot, tmp_path, sample=12) == []


# The command as a process, and a disk that is full in earnest

COMMAND = str(Path(sys.executable).with_name("graceperiod"))
LETTER = rejection(
    text="Dear Robin,\r\n\r\nthank you for your application as Night Baker. Unfortunately we have decided to "
    "move forward with other candidates, and will not be proceeding with your application.\r\n\r\nWe wish "
    "you all the best for your future.\r\n\r\nAda Quill\r\n"
)


def settings(folder: Path, dovecot: Dovecot, store: Path) -> tuple[Path, str]:
    user = f"full-{uuid.uuid4().hex[:10]}"
    file = folder / "config.toml"
    file.write_text(
        f"""[accounts.work]
address = "robin@postbox.example"
host = "127.0.0.1"
port = {dovecot.port}
tls = "none"
user = "{user}"
password = {{ command = ["echo", "{PASSWORD}"] }}
[store]
path = "{store}"
[daemon]
log_level = "debug"
"""
    )
    return file, user


def person(dovecot: Dovecot, user: str) -> Person:
    return Person(
        host="127.0.0.1", port=dovecot.port, user=user, password=PASSWORD, address="robin@postbox.example"
    )


def is_untouched(person: Person) -> bool:
    """Whether nothing was drafted and nothing marked."""
    marks = [f for mail in person.stored("INBOX") for f in mail.flags if f.startswith("gp-")]
    return not person.drafts() and not marks


def run_once(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "--config", config, "run", "--once"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_daemon_ends_with_a_word_when_its_disk_fails_and_goes_on_when_started_again(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    needs("a limit on the files of another process (Linux)", present=hasattr(resource, "prlimit"))
    config, user = settings(tmp_path, dovecot, tmp_path / "store")
    with person(dovecot, user) as someone:
        # What counts covered lines would want to write, too.
        uncounted = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        command = [str(COMMAND), "--config", str(config), "run"]
        daemon = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=uncounted)
        with daemon:
            assert daemon.stderr is not None
            try:
                while "event=swept" not in daemon.stderr.readline():
                    assert daemon.poll() is None
                resource.prlimit(daemon.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
                someone.deliver(LETTER, "INBOX", datetime.now(UTC))
                said = daemon.communicate(timeout=30)[1]
            finally:
                daemon.kill()
        assert daemon.returncode == 1
        assert "The local store: " in said
        assert "look at the disk and its space, then start Graceperiod again" in said
        assert "Traceback" not in said
        assert is_untouched(someone)
        again = run_once(config)
        assert again.returncode == 0, again.stderr
        assert len(someone.drafts()) == 1
        assert not is_untouched(someone)


SMALL_DISK = """
mount -t tmpfs -o size=1m small "$2"
for free in 0 60 120 160 200 240; do
    dd if=/dev/zero of="$2/other" bs=4k 2>/dev/null  # all of it
    truncate -s "-${free}k" "$2/other"
    "$1" --config "$3" run --once >/dev/null 2>"$2.said"
    status=$?
    grep "The local store" "$2.said"
    echo "free $free, status $status"
    rm -f "$2/other"
done
for again in 1 2; do "$1" --config "$3" run --once; echo "room, status $?"; done
"""


def test_on_a_disk_without_room_it_says_so_and_with_room_it_goes_on(dovecot: Dovecot, tmp_path: Path) -> None:
    own_mounts = ("unshare", "--mount", "--map-root-user")
    if shutil.which("unshare") is None or subprocess.run([*own_mounts, "true"], check=False).returncode:
        pytest.skip("this machine does not let a process have mounts of its own")
    small = tmp_path / "small"
    small.mkdir()
    config, user = settings(tmp_path, dovecot, small / "store")
    with person(dovecot, user) as someone:
        someone.deliver(LETTER, "INBOX", datetime.now(UTC))
        done = subprocess.run(
            [*own_mounts, "sh", "-c", SMALL_DISK, "sh", COMMAND, small, config],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        *full, first, first_status, second, second_status = done.stdout.splitlines()
        failed = [line for line in full if line.endswith("status 1")]
        said = [line for line in full if "The local store" in line]
        assert len(said) == len(failed) >= 3, done
        assert all("space" in line for line in said)
        assert sum("the disk is full" in line for line in said) >= 2
        assert (first_status, second_status) == ("room, status 0",) * 2
        assert second == "work: 0 read, 0 marked, 0 steps for holds", first
        assert len(someone.drafts()) == 1
        assert "gp-rejection" in someone.stored("INBOX")[0].flags
