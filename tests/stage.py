"""A stage for end-to-end tests: the daemon's own steps, a real server, a clock that is set by hand."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from dovecot import PASSWORD, Dovecot
from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.imap import Login, open_store
from graceperiod.adapters.ledger_sqlite import SqliteLedger, open_ledger
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.playbook_toml import load_playbook
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.waker import Waker
from graceperiod.app.daemon import Daemon
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.core.address import Address
from graceperiod.core.category import Category
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.core.hold import Hold, HoldState
from graceperiod.core.mail import Mail
from graceperiod.core.policy import Formality, Policy, TierOne, WorkingHours
from graceperiod.core.verdict import Evidence, Thresholds, Verdict
from graceperiod.demo.person import Person, StoredMail, answers

T = TypeVar("T")

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""11:00 in Berlin, where the user lives."""

PARENT = "<p1@quillworks.example>"
WAIT_S = 20.0
"""Far over what anything takes on loopback; a test that waits so long has failed."""


class WordJudge:
    """A judge by one word, so that these tests do not hang on the model; it passes for a `Judge`."""

    model = "word-v1"

    def judge(self, mail: Mail) -> Verdict:
        words = {"unfortunately": Category.REJECTION, "on hold": Category.SOFT_REJECTION}
        found = next((c for word, c in words.items() if word in mail.said.lower()), Category.OTHER)
        scores = dict.fromkeys(Category, 0.0) | {found: 1.0}
        if "perhaps" in mail.said.lower():
            scores = scores | {found: 0.4, Category.REJECTION: 0.4}
        acting = {Category.REJECTION: 0.9, Category.SOFT_REJECTION: 0.9}
        return Thresholds(acting=acting, unsure=0.3).verdict(
            scores,
            language=mail.language,
            evidence=(Evidence(text="unfortunately", weight=2.0),),
            model=self.model,
        )


class SilentLog:
    """Keeps what is logged, for tests that look at it."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []

    def debug(self, event: str, **facts: object) -> None:
        self.lines.append((event, facts))

    info = warning = error = debug


def policy(*, seal: bool = True) -> Policy:
    playbook = load_playbook("tiers")
    return Policy(
        seal=seal,
        tier1=TierOne.NONE,
        formality=Formality.FORMAL,
        replies=playbook.replies,
        nudge_after=playbook.nudge_after,
        hours=WorkingHours(
            zone=ZoneInfo("Europe/Berlin"),
            opens=time(9),
            closes=time(17),
            days=frozenset(range(5)),
            is_holiday=lambda _: False,
        ),
        languages=("en", "de"),
    )


def rejection(
    message_id: str = "<p1@quillworks.example>",
    *,
    sender: str = "Ada Quill <ada@quillworks.example>",
    subject: str = "Your application as Night Baker",
    text: str = "Hello Robin,\r\n\r\nunfortunately we have chosen somebody else.\r\n\r\nAda\r\n",
    extra: str = "",
) -> bytes:
    return (
        f"Message-ID: {message_id}\r\nFrom: {sender}\r\nTo: robin@postbox.example\r\nSubject: {subject}\r\n"
        f"Date: Mon, 23 Nov 2026 10:00:00 +0000\r\n{extra}"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"
    ).encode()


@dataclass
class Stage:
    """One account on a real server, the daemon that watches it, and the user beside it."""

    server: Dovecot
    folder: Path
    seal: bool = True
    user: str = field(default_factory=lambda: f"robin-{uuid.uuid4().hex[:10]}")
    clock: SetClock = field(default_factory=lambda: SetClock(MONDAY))
    log: SilentLog = field(default_factory=SilentLog)
    ledger: SqliteLedger = field(init=False)
    daemon: Daemon | None = None

    def __post_init__(self) -> None:
        self.ledger = open_ledger(self.folder / "ledger.sqlite3", exclusive=True)
        self.person = self.client()

    def client(self) -> Person:
        """The user at a mail client, over a connection of its own."""
        return Person(
            host="127.0.0.1",
            port=self.server.port,
            user=self.user,
            password=PASSWORD,
            address="Robin Vale <robin@postbox.example>",
            now=self.clock.now,
        )

    def close(self) -> None:
        self.stop()
        self.person.close()
        self.ledger.close()

    @property
    def desk(self) -> Desk:
        login = Login(
            account="work",
            endpoint=Endpoint(host="127.0.0.1", port=self.server.port, tls=Tls.NONE),
            user=self.user,
        )
        return Desk(
            account=WatchedAccount(
                name="work", address=Address(display_name="Robin Vale", addr_spec="robin@postbox.example")
            ),
            ledger=self.ledger,
            reader=MimeReader(),
            judge=WordJudge(),
            templates=JinjaTemplates(),
            clock=self.clock,
            policy=policy(seal=self.seal),
            log=self.log,
            new_token=lambda: uuid.uuid4().hex,
            new_wake=Waker,
            open_store=lambda: open_store(login, PASSWORD),
        )

    def start(self) -> None:
        self.daemon = Daemon([self.desk], threading.Event())
        self.daemon.start()

    def stop(self) -> None:
        if self.daemon is not None:
            self.daemon.stop()
            assert self.daemon.stopped_accounts() == {}
            self.daemon = None

    def restart(self) -> None:
        """A new process as far as the daemon can tell: store and connections opened afresh."""
        self.stop()
        self.ledger.close()
        self.ledger = open_ledger(self.folder / "ledger.sqlite3", exclusive=True)
        self.start()

    def pass_time(self, by: timedelta) -> None:
        self.clock.advance(by)
        if self.daemon is not None:
            self.daemon.wake()

    def until(self, look: Callable[[], T | None]) -> T:
        """What `look` finds, as soon as it finds it; the daemon is never waited for by a guess."""
        for _ in range(int(WAIT_S / 0.02)):
            found = look()
            if found:
                return found
            threading.Event().wait(0.02)
        msg = f"nothing came of it in {WAIT_S} s; the log says {self.log.lines[-5:]}"
        raise AssertionError(msg)

    def play_a_whole_life(self) -> None:
        """From a rejection's arrival, over an edit and the release, to the user's sending the reply."""
        self.start()
        self.person.deliver(rejection(), "INBOX", self.clock.now())
        self.until(lambda: self.state() is HoldState.SEALED)
        self.person.edit_draft(answers(PARENT), "My own words.\n")
        self.pass_time(timedelta(minutes=5))
        self.until(lambda: self.hold().is_edited)
        self.pass_time(timedelta(hours=48))
        self.until(lambda: self.state() is HoldState.RELEASED)
        self.person.send_draft(answers(PARENT))
        self.pass_time(timedelta(minutes=5))
        self.until(lambda: self.state() is HoldState.SENT)

    def hold(self) -> Hold:
        (hold,) = self.ledger.holds()
        return hold

    def state(self) -> HoldState | None:
        """Of the one hold; None before there is one."""
        holds = self.ledger.holds()
        return holds[0].state if len(holds) == 1 else None

    def inbox(self) -> tuple[StoredMail, ...]:
        return self.person.stored("INBOX")

    def sent(self) -> tuple[StoredMail, ...]:
        return self.person.stored("Sent")
