"""One account on the embedded server with the steps of a sweep, and the user who changes marks beside them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from dovecot import PASSWORD
from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.imap import Login, open_store
from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.waker import Waker
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.app.watch import Sweep, sweep_once
from graceperiod.core.address import Address
from graceperiod.core.annotation import Annotation
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.core.hold import Hold
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer, Keywords
from graceperiod.ports import Judge, Ledger
from stage import MONDAY, SilentLog, WordJudge, policy, rejection

USER = "robin"


@dataclass
class MarkedMailbox:
    """The account, the ledger and the user."""

    server: DemoServer
    person: Person
    ledger: Ledger = field(default_factory=MemoryLedger)
    clock: SetClock = field(default_factory=lambda: SetClock(MONDAY))
    log: SilentLog = field(default_factory=SilentLog)
    judge: Judge = field(default_factory=WordJudge)
    account: WatchedAccount = field(
        default_factory=lambda: WatchedAccount(
            name="work", address=Address(display_name="Robin Vale", addr_spec="robin@postbox.example")
        )
    )
    count: int = 0

    @property
    def desk(self) -> Desk:
        login = Login(
            account="work", endpoint=Endpoint(host=HOST, port=self.server.port, tls=Tls.NONE), user=USER
        )
        return Desk(
            account=self.account,
            ledger=self.ledger,
            reader=MimeReader(),
            judge=self.judge,
            templates=JinjaTemplates(),
            clock=self.clock,
            policy=policy(),
            log=self.log,
            new_token=self._token,
            new_wake=Waker,
            open_store=lambda: open_store(login, PASSWORD),
        )

    def _token(self) -> str:
        self.count += 1
        return f"token{self.count}"

    def deliver(
        self, raw: bytes | None = None, *, mailbox: str = "INBOX", flags: tuple[str, ...] = ()
    ) -> int:
        """A mail arrives, the rejection if none is given; its uid."""
        return self.person.deliver(raw or rejection(), mailbox, self.clock.now(), flags) or 0

    def sweep(self, *, after: timedelta = timedelta(0)) -> Sweep:
        self.clock.advance(after)
        return sweep_once(self.desk)

    def flags(self, uid: int, mailbox: str = "INBOX") -> set[str]:
        """The marks of a mail that are of our kind."""
        found = next(m.flags for m in self.person.stored(mailbox) if m.uid == uid)
        return {flag for flag in found if flag.startswith("gp-")}

    def uid(self, message: int) -> int:
        """Of a mail by its number in the ledger."""
        found = self.ledger.message(message)
        assert found is not None
        return found.uid

    def said(self, message: int = 1) -> str | None:
        """What counts of a mail, in a word."""
        annotation = self.ledger.annotation(message)
        return str(annotation.statement) if annotation else None

    def annotation(self, message: int = 1) -> Annotation:
        found = self.ledger.annotation(message)
        assert found is not None
        return found

    def hold(self) -> Hold:
        (hold,) = self.ledger.holds()
        return hold

    def kinds(self, message: int = 1) -> list[str]:
        """Of the events about a mail."""
        return [event.kind for event in self.ledger.events(message=message)]


@contextmanager
def marked_mailbox(*, keywords: Keywords = Keywords.ACCEPT) -> Iterator[MarkedMailbox]:
    """A fresh mailbox, its server running."""
    with (
        DemoServer({USER: PASSWORD}, keywords=keywords) as server,
        Person(
            host=HOST,
            port=server.port,
            user=USER,
            password=PASSWORD,
            address="Robin Vale <robin@postbox.example>",
            now=lambda: box.clock.now(),
        ) as person,
    ):
        box = MarkedMailbox(server=server, person=person)
        yield box
