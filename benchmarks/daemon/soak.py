"""Whether the daemon stays as it is: memory, file descriptors, threads and processor time under mail and faults.

    python benchmarks/daemon/soak.py [--minutes 60] [--accounts 20] [--mailbox 550] [--last-rest-s 330] [--seed N]

Runs the installed command against a Dovecot of its own on loopback, over a wire. Rounds of steady mail under faults
(connections cut and stalled, the server's session processes killed, the server restarted) take turns with rests
in which all is connected and nothing comes: only those are compared. Exit status 1 if something is not flat, if the
idle daemon takes too much of the processor, if a rejection has no hold or has two, or if the daemon fails.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent.parent / "tests"), str(Path(__file__).parent)]

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from troubled_wire import TroubledWire

from dovecot import PASSWORD, Dovecot, is_installed, running
from graceperiod.demo.person import Person, answers

IDLE_CPU = 0.002
"""Of one core (the issue)."""

GROWTH_MIB = 6.0
"""Chosen: from the first rest that counts to the last. An interpreter's heap moves by 1-3 MiB; a leak goes on."""

WARM_S = 900.0
"""Until then the open holds become more: a deleted draft is given up after two looks ten minutes apart."""

REST_S = 6.0
LONGEST_REST_S = 330.0
"""Long enough for every account's look of each five minutes."""

SETTLE_S = 150.0
FILLED = 550
"""Mails in each mailbox before it begins: a sweep looks at the marks of 500, so its memory grows up to there."""

FILL_S = 1200.0
ROUND_S = 300.0
QUIET_S = 2.5

_LETTER = """Dear Robin,

Thank you for taking the time to interview with us for the position of {role}. We have now completed our
interviews, and after careful consideration we have decided not to move forward with your application.
Unfortunately, another candidate was a closer match for the role.

We wish you every success in your job search.

Kind regards,
Ada Quill
"""
_ROLES = ("Night Baker", "Librarian", "Surveyor", "Roofer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The daemon's process at one moment.

    Args:
        cpu_s: processor time since its start, to the nanosecond for threads that still run.
    """

    rss_mib: float
    descriptors: int
    threads: int
    cpu_s: float

    @classmethod
    def of(cls, pid: int) -> "Sample":
        process = Path(f"/proc/{pid}")
        status = dict(
            line.split(":", 1) for line in (process / "status").read_text().splitlines() if ":" in line
        )
        run = [int((task / "schedstat").read_text().split()[0]) for task in (process / "task").iterdir()]
        return cls(
            rss_mib=int(status["VmRSS"].split()[0]) / 1024,
            descriptors=len(list((process / "fd").iterdir())),
            threads=int(status["Threads"]),
            cpu_s=sum(run) / 1e9,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A rest: what the daemon was like, and what it took of the processor."""

    after_s: float
    mails: int
    rss_mib: float
    descriptors: int
    threads: int
    cpu: float
    seconds: float


@dataclass
class Soak:
    """The daemon, its server, the wire, and those who write and read mail."""

    server: Dovecot
    wire: TroubledWire
    daemon: "subprocess.Popen[bytes]"
    accounts: tuple[str, ...]
    chance: random.Random
    progress: Progress
    began_s: float = field(default_factory=time.monotonic)
    mails: int = 0
    rejections: dict[str, list[str]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def trouble(self, seconds: float) -> None:
        """Steady mail under faults."""
        until = time.monotonic() + seconds
        next_fault = 0.0
        while (now := time.monotonic()) < until:
            self._check()
            self._mail()
            if now >= next_fault:
                self._fault()
                next_fault = now + self.chance.uniform(2.0, 6.0)
            self._pause(self.chance.uniform(0.2, 0.6))
        self.wire.flow()

    def fill(self, mails: int) -> None:
        """Put so many ordinary mails into each mailbox and have them read."""
        raw = (
            b"From: Jo <jo@moss.example>\r\nTo: robin@postbox.example\r\nSubject: Lunch?\r\n\r\nAt noon?\r\n"
        )
        for account in self.accounts:
            self._check()
            with person(self.server, account) as reader:
                for _ in range(mails):
                    reader.deliver(raw, "INBOX", datetime.now(UTC))
        self.settle(FILL_S)
        self.began_s = time.monotonic()

    def settle(self, most_s: float) -> None:
        """Wait until all is connected and quiet."""
        patience = time.monotonic() + most_s
        while (state := self.wire.rest()) and (state[0] < len(self.accounts) or state[1] < QUIET_S):
            self._check()
            if time.monotonic() > patience:
                raise SystemExit(
                    f"the daemon did not come to rest: {state[0]} of {len(self.accounts)} connected"
                )
            self._pause(0.25)

    def rest(self, seconds: float) -> Rest:
        """Wait until all is connected and quiet, then look for so long."""
        self.settle(SETTLE_S)
        began, first = time.monotonic(), Sample.of(self.daemon.pid)
        samples = [first]
        while time.monotonic() - began < seconds:
            self._pause(0.5)
            self._check()
            samples.append(Sample.of(self.daemon.pid))
        took = time.monotonic() - began
        return Rest(
            after_s=time.monotonic() - self.began_s,
            mails=self.mails,
            rss_mib=statistics.median(s.rss_mib for s in samples),
            descriptors=max(s.descriptors for s in samples),
            threads=max(s.threads for s in samples),
            cpu=(samples[-1].cpu_s - first.cpu_s) / took,
            seconds=took,
        )

    def _pause(self, seconds: float) -> None:
        time.sleep(seconds)
        self.progress.update(self.progress.task_ids[0], completed=time.monotonic() - self.began_s)

    def _check(self) -> None:
        if self.daemon.poll() is not None:
            raise SystemExit(f"the daemon ended with {self.daemon.returncode}")

    def _mail(self) -> None:
        """One mail to somebody, and now and then something that its reader does to a draft."""
        account = self.chance.choice(self.accounts)
        self.mails += 1
        number = self.mails
        message_id = f"<{number}.{os.getpid()}@employer{number}.example>"
        is_rejection = self.chance.random() < 0.3
        role = self.chance.choice(_ROLES)
        subject = f"Your application as {role}" if is_rejection else "Lunch on Friday?"
        text = _LETTER.format(role=role) if is_rejection else "Shall we meet at noon?\n"
        raw = (
            f"Message-ID: {message_id}\nFrom: Ada Quill <ada@employer{number}.example>\n"
            f"To: robin@postbox.example\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}"
        ).replace("\n", "\r\n")
        with person(self.server, account) as reader:
            reader.deliver(raw.encode(), "INBOX", datetime.now(UTC))
            if is_rejection:
                self.rejections.setdefault(account, []).append(message_id)
            self._act(reader, account)

    def _act(self, reader: Person, account: str) -> None:
        """The reader edits, sends early or throws away an older draft, so that Drafts does not grow."""
        for parent in self.rejections.get(account, [])[-7:-3]:
            deed = self.chance.choice(("edit", "send", "delete", "delete"))
            with suppress(LookupError):  # a draft that is not there yet, or was dealt with
                if deed == "edit":
                    reader.edit_draft(answers(parent), "My own words.\n")
                elif deed == "send":
                    reader.send_draft(answers(parent), recipient="ada@employer.example")
                else:
                    reader.delete_draft(answers(parent))

    def _fault(self) -> None:
        kind = self.chance.choices(
            ("cut one", "cut all", "stall", "flow", "kill sessions", "restart server"), (8, 1, 4, 4, 3, 1)
        )[0]
        self.done[kind] += 1
        match kind:
            case "cut one":
                self.wire.cut(0.1)
            case "cut all":
                self.wire.cut(1.0)
            case "stall":
                self.wire.stall(0.15)
            case "flow":
                self.wire.flow()
            case "kill sessions":
                for pid in sessions(self.server):
                    if self.chance.random() < 0.1:
                        with suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)
            case _:
                self.server.restart()


def sessions(server: Dovecot) -> list[int]:
    """The processes of the server that serve one connection each after its login."""
    master, found = server.pid, []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
            if name == "imap" and int(rest.split()[1]) == master:
                found.append(int(folder.name))
    return found


@contextmanager
def person(server: Dovecot, account: str) -> Iterator[Person]:
    """The account's reader, over a connection that no fault is meant for, though a restart may hit it."""
    address = "Robin Vale <robin@postbox.example>"
    with Person(
        host="127.0.0.1", port=server.port, user=account, password=PASSWORD, address=address
    ) as reader:
        yield reader


def settings(folder: Path, port: int, accounts: tuple[str, ...]) -> Path:
    """The settings file of the daemon."""
    text = "".join(
        f'[accounts.{name}]\naddress = "robin@postbox.example"\nhost = "127.0.0.1"\nport = {port}\n'
        f'tls = "none"\nuser = "{name}"\npassword = {{ command = ["echo", "{PASSWORD}"] }}\n'
        for name in accounts
    )
    file = folder / "config.toml"
    file.write_text(f'{text}[store]\npath = "store"\n')
    return file


def doubled_and_missing(soak: Soak, store: Path) -> tuple[int, int]:
    """How many rejections have two drafts, and how many have no hold."""
    doubled = missing = 0
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as ledger:
        held = {(row[0], row[1]) for row in ledger.execute("SELECT account, parent_id FROM holds")}
    ledger.close()
    for account, parents in soak.rejections.items():
        missing += sum((account, parent) not in held for parent in parents)
        with person(soak.server, account) as reader:
            found = Counter(parent for draft in reader.drafts() for parent in draft.head.parents)
        doubled += sum(count > 1 for count in found.values())
    return doubled, missing


def verdict(rests: list[Rest]) -> list[tuple[str, str, bool]]:
    """What is flat and what is not: a name, the figures, and whether it is well."""
    first = next(rest for rest in rests if rest.after_s >= min(WARM_S, rests[-1].after_s / 4))
    last = rests[-1]
    growth = last.rss_mib - first.rss_mib
    idle = rests[-1].cpu
    return [
        ("memory", f"{first.rss_mib:.1f} -> {last.rss_mib:.1f} MiB ({growth:+.1f})", growth <= GROWTH_MIB),
        (
            "file descriptors",
            " ".join(str(r.descriptors) for r in rests),
            len({r.descriptors for r in rests}) == 1,
        ),
        ("threads", " ".join(str(r.threads) for r in rests), len({r.threads for r in rests}) == 1),
        ("processor, idle", f"{idle:.3%} of a core over {last.seconds:.0f} s", idle < IDLE_CPU),
    ]


def soak(given: argparse.Namespace, console: Console) -> bool:
    """Run and tell; whether all is well."""
    accounts = tuple(f"robin{n:02d}" for n in range(given.accounts))
    chance = random.Random(given.seed)
    total_s = given.minutes * 60
    last_s = given.last_rest_s or min(LONGEST_REST_S, total_s / 5)
    rounds = max(3, round((total_s - last_s) / ROUND_S))
    trouble_s = max((total_s - last_s) / rounds - REST_S - 12, 5.0)
    folder = Path(tempfile.mkdtemp(prefix="graceperiod-soak-"))
    folder.chmod(0o755)
    (folder / "dovecot").mkdir()
    bars = Progress(TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), console=console)
    try:
        with running(folder / "dovecot") as server, TroubledWire(server.port, chance) as wire:
            config = settings(folder, wire.port, accounts)
            with daemon_of(config, folder / "log") as daemon, bars:
                bars.add_task("starting", total=total_s)
                run = Soak(server, wire, daemon, accounts, chance, bars)
                if mailbox := given.mailbox if given.mailbox is not None else FILLED * (given.minutes >= 30):
                    bars.update(bars.task_ids[0], description=f"{mailbox} mails into each mailbox")
                    run.fill(mailbox)
                rests: list[Rest] = []
                for number in range(rounds):
                    bars.update(bars.task_ids[0], description=f"round {number + 1} of {rounds}")
                    run.trouble(trouble_s)
                    is_last = number == rounds - 1
                    bars.update(bars.task_ids[0], description=f"rest {number + 1} of {rounds}")
                    rests.append(run.rest(last_s if is_last else REST_S))
                checks = verdict(rests)
                doubled, missing = doubled_and_missing(run, folder / "store" / "ledger.sqlite3")
            log = (folder / "log").read_text()
        failures = log.count("level=error") + log.count("Traceback")
        checks += [
            (
                "rejections",
                f"{sum(map(len, run.rejections.values()))}, {missing} without a hold",
                missing == 0,
            ),
            ("drafts doubled", str(doubled), doubled == 0),
            ("errors in the log", str(failures), failures == 0),
            ("its end", f"exit status {daemon.returncode}", daemon.returncode == 0),
        ]
        _show(console, rests, run, checks, log)
        if not all(well for _, _, well in checks):
            kept = Path(tempfile.gettempdir()) / "graceperiod-soak.log"
            shutil.copy(folder / "log", kept)
            console.print(f"the daemon's log was kept: {kept}")
        return all(well for _, _, well in checks)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def daemon_of(config: Path, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The installed command in a session of its own, so that Ctrl-C here ends it only by us."""
    command = [str(Path(sys.executable).with_name("graceperiod")), "--config", str(config), "run"]
    with log.open("wb") as out:
        daemon = subprocess.Popen(command, stderr=out, start_new_session=True)
    try:
        yield daemon
    finally:
        daemon.terminate()
        try:
            daemon.wait(60)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()


def _show(
    console: Console, rests: list[Rest], run: Soak, checks: list[tuple[str, str, bool]], log: str
) -> None:
    table = Table("after", "mails", "RSS MiB", "descriptors", "threads", "processor", title="At rest")
    for rest in rests:
        table.add_row(
            f"{rest.after_s / 60:.1f} min",
            str(rest.mails),
            f"{rest.rss_mib:.1f}",
            str(rest.descriptors),
            str(rest.threads),
            f"{rest.cpu:.3%}",
        )
    console.print(table)
    faults = ", ".join(f"{name} {count}" for name, count in sorted(run.done.items()))
    console.print(f"faults: {faults}; connections lost {log.count('event=connection_lost')}")
    for name, figures, well in checks:
        console.print(f"{'ok  ' if well else 'FAIL'} {name}: {figures}")


def main() -> int:
    """0 where all is flat, 1 where it is not, 2 without a server, 130 after Ctrl-C."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--accounts", type=int, default=20)
    parser.add_argument(
        "--last-rest-s", type=float, help="330 s has every account looked at once (default: a fifth)"
    )
    parser.add_argument(
        "--mailbox", type=int, help=f"mails in each at the start (default: {FILLED} from 30 min on)"
    )
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 100)
    if not is_installed():
        console.print("Dovecot is not installed on this machine: nothing was measured")
        return 2
    console.print(f"{given.accounts} accounts, {given.minutes:g} min, seed {given.seed}")
    try:
        return 0 if soak(given, console) else 1
    except KeyboardInterrupt:
        console.print("ended by Ctrl-C; nothing is left behind")
        return 130


if __name__ == "__main__":
    sys.exit(main())
