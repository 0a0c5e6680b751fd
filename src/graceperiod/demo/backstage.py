"""Everything that the demo's story is played with: server, ledger, daemon, clock, and the user beside them.

Only clock, server and user are the demo's own; the daemon gets its parts from `bootstrap`, as always.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.imap import Login
from graceperiod.app.daemon import Daemon
from graceperiod.app.desk import Desk
from graceperiod.bootstrap import Workshop, ledger
from graceperiod.core.address import Address
from graceperiod.core.endpoint import Tls
from graceperiod.core.policy import WorkingHours
from graceperiod.demo.diary import Diary
from graceperiod.demo.observed_store import ObservedStore
from graceperiod.demo.person import Person
from graceperiod.demo.server import DemoServer
from graceperiod.demo.story import STORY_START, USER
from graceperiod.errors import UserError
from graceperiod.ports import Judge, Ledger
from graceperiod.settings import Account, Settings
from graceperiod.settings.model import HourSettings, PlaceSettings

ACCOUNT = "demo"
PASSWORD = "grace"  # noqa: S105 - guards invented mail in memory, and is printed
_ZONE = "Europe/London"
"""Where the story's user lives."""

_ROBIN = Address.parse(USER)[0]


@dataclass(slots=True, kw_only=True)
class Backstage:
    """What a play needs; used by one thread."""

    server: DemoServer
    person: Person
    clock: SetClock
    desk: Desk
    diary: Diary
    _daemon: Daemon | None = None

    @property
    def user(self) -> str:
        """The name to log in with."""
        return _ROBIN.addr_spec

    @property
    def ledger(self) -> Ledger:
        """The daemon's."""
        return self.desk.ledger

    @property
    def hours(self) -> WorkingHours:
        """The user's, with the zone that times are shown in."""
        return self.desk.policy.hours

    def start(self) -> None:
        """Start the daemon, and return when it has looked at everything."""
        is_over = self.diary.next_whole_round()
        self._daemon = Daemon([self.desk], threading.Event())
        self._daemon.start()
        self._until(is_over)

    def stop(self) -> None:
        """End the daemon; harmless if it does not run."""
        if self._daemon is not None:
            self._daemon.stop()
            self._daemon = None

    def arrive(self, raw: bytes, flags: tuple[str, ...]) -> bool:
        """Let a mail arrive, and return when it was read: True if the server told the daemon of it (IDLE)."""
        before = self.diary.signs
        uid = self.person.deliver(raw, "INBOX", self.clock.now(), flags) or 0
        self._until(lambda: self.diary.is_waiting() and self._last_uid() >= uid)
        return self.diary.signs > before

    def look_again(self) -> None:
        """Wake the daemon, and return when it has looked at everything."""
        is_over = self.diary.next_whole_round()
        self.wake()
        self._until(is_over)

    def wake(self) -> None:
        """Have the daemon look again.

        Raises:
            GraceperiodError: what ended it.
        """
        if self._daemon is not None:
            for error in self._daemon.stopped_accounts().values():
                raise error
            self._daemon.wake()

    def pass_time(self, until: datetime) -> None:
        """Let time pass; the daemon is not told."""
        self.clock.advance(max(until - self.clock.now(), timedelta(0)))

    def _until(self, is_so: Callable[[], bool]) -> None:
        # Woken once more meanwhile: where mail comes during a sweep, the flag is taken down without a wait.
        self.diary.until(is_so, meanwhile=self.wake)

    def _last_uid(self) -> int:
        mark = self.ledger.high_water(ACCOUNT, "INBOX")
        return mark.last_uid if mark else 0


@contextmanager
def backstage(*, ports: Sequence[int] = (0,), judge: Judge | None = None) -> Iterator[Backstage]:
    """Everything set up but the daemon not started; at the end all is stopped and removed.

    Args:
        ports: tried in this order; 0 is any free one.
        judge: None for the one that the shipped model makes.

    Raises:
        UserError: pymap is not installed, no port is free, or the model cannot be used.
    """
    clock, diary = SetClock(STORY_START), Diary()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="graceperiod-demo-")))
        server = _started(ports, clock)
        stack.callback(server.stop)
        settings = _settings(server, folder)
        store = stack.enter_context(ledger(settings, exclusive=True))
        person = stack.enter_context(_person(server, clock))
        desk = _desk(Workshop(settings=settings), store, clock, diary)
        desk = desk if judge is None else replace(desk, judge=judge)
        scene = Backstage(server=server, person=person, clock=clock, desk=desk, diary=diary)
        stack.callback(scene.stop)
        yield scene


def _started(ports: Sequence[int], clock: SetClock) -> DemoServer:
    for number, port in enumerate(ports, start=1):
        server = DemoServer({_ROBIN.addr_spec: PASSWORD}, port=port, now=clock.now)
        try:
            server.start()
        except UserError:
            if number == len(ports):
                raise
        else:
            return server
    msg = "no port to try"
    raise ValueError(msg)


def _settings(server: DemoServer, folder: Path) -> Settings:
    account = Account(
        address=_ROBIN.addr_spec,
        name=_ROBIN.display_name,
        host=server.host,
        port=server.port,
        tls=Tls.NONE,
        user=_ROBIN.addr_spec,
    )
    return Settings(
        accounts={ACCOUNT: account}, hours=HourSettings(zone=_ZONE), store=PlaceSettings(path=folder)
    )


def _desk(workshop: Workshop, store: Ledger, clock: SetClock, diary: Diary) -> Desk:
    """The desk that `run` would have, but for clock, log, and a password that is in no keyring."""
    account = workshop.settings.accounts[ACCOUNT]
    login = Login(account=ACCOUNT, endpoint=account.endpoint, user=account.user)
    desk = workshop.desk(ACCOUNT, store, clock=clock)
    return replace(desk, log=diary, open_store=lambda: ObservedStore(login, PASSWORD, diary))


def _person(server: DemoServer, clock: SetClock) -> Person:
    return Person(
        host=server.host,
        port=server.port,
        user=_ROBIN.addr_spec,
        password=PASSWORD,
        address=USER,
        now=clock.now,
    )
