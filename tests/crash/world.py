"""One account on a real Dovecot, its ledger file, the user at a client, and sweeps that may be disturbed."""

import shutil
import signal
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from crash import disturbed
from crash.disturbed import Counts, Place
from crash.wire import Wire
from dovecot import PASSWORD
from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.ledger_sqlite import SqliteLedger, open_ledger
from graceperiod.app.watch import Sweep
from graceperiod.core.hold import Hold
from graceperiod.demo.person import Person
from graceperiod.errors import MailStoreError
from stage import MONDAY, rejection

T = TypeVar("T")


@dataclass
class World:
    """What a scenario acts on.

    Args:
        port: of the server; every world has a user, which is to say an account, of its own.
        folder: for its ledger.
        fault: what disturbs which sweep; None for an undisturbed run.
    """

    port: int
    folder: Path
    seal: bool = True
    fault: "Fault | None" = None
    user: str = field(default_factory=lambda: f"crash-{uuid.uuid4().hex[:12]}")
    clock: SetClock = field(default_factory=lambda: SetClock(MONDAY))
    counts: list[Counts] = field(default_factory=list)
    """Of each sweep, in an undisturbed run."""
    memory: dict[str, bytes] = field(default_factory=dict)
    """What the user has open in their client."""
    sweeps: int = 0
    is_struck: bool = False
    """Whether the fault came about."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.person = Person(
            host="127.0.0.1",
            port=self.port,
            user=self.user,
            password=PASSWORD,
            address="Robin Vale <robin@postbox.example>",
            now=self.clock.now,
        )

    def close(self) -> None:
        """Hang up; what the account and its ledger were is thrown away."""
        self.person.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- what happens in the world ---------------------------------------------------------------------

    def deliver(self, raw: bytes | None = None) -> None:
        """Let a mail arrive."""
        self.person.deliver(raw or rejection(), "INBOX", self.clock.now())

    def pass_time(self, by: timedelta) -> None:
        """Let time pass while nothing runs."""
        self.clock.advance(by)

    def lose_ledger(self) -> None:
        """The file of the ledger is gone, with all that belongs to it."""
        for file in self.folder.glob("ledger.sqlite3*"):
            file.unlink()

    def read_ledger(self, look: Callable[[SqliteLedger], T]) -> T:
        """What `look` finds in the ledger."""
        ledger = open_ledger(self.folder / "ledger.sqlite3", exclusive=True)
        try:
            return look(ledger)
        finally:
            ledger.close()

    def holds(self) -> tuple[Hold, ...]:
        """All holds of the ledger."""
        return self.read_ledger(lambda ledger: ledger.holds())

    # -- sweeps ----------------------------------------------------------------------------------------

    def sweep(self) -> None:
        """One sweep; where it is the disturbed one, it fails as it may and is resumed as `watch` would."""
        number, self.sweeps = self.sweeps, self.sweeps + 1
        fault = self.fault
        if fault is None:
            self._count()
        elif fault.sweep != number:
            self._undisturbed()
        else:
            self.is_struck = fault.strike(self)
            self._undisturbed()

    def _undisturbed(self) -> Sweep:
        return disturbed.sweep_in_place(self.account())

    def _count(self) -> None:
        """A sweep in a child that counts where it could be killed, over a wire that counts responses."""
        with Wire(self.port) as wire:
            counts = disturbed.counted(self.account(wire.port))
        self.counts.append(Counts(ledger=counts.ledger, commands=counts.commands, responses=wire.responses))

    def account(self, port: int | None = None) -> disturbed.Account:
        """What a sweep needs, as values that another process can be given."""
        return disturbed.Account(
            port=port or self.port,
            user=self.user,
            ledger=self.folder / "ledger.sqlite3",
            now=self.clock.now(),
            seal=self.seal,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Where a run is disturbed.

    Args:
        sweep: which of the scenario's, from 0.
        number: of the ledger write, the command or the response in that sweep, from 1.
    """

    sweep: int
    place: Place
    number: int

    def __str__(self) -> str:
        return f"sweep {self.sweep}, {self.place.value} {self.number}"

    def strike(self, world: World) -> bool:
        """Run the sweep with the fault in it; what follows is up to the next one.

        Returns:
            Whether it got so far: Dovecot does not count flags up alike each time, so that a sweep may have
            a command more or less than when it was counted.
        """
        if self.place.is_on_the_wire:
            with Wire(world.port, place=self.place, number=self.number) as wire:
                try:
                    disturbed.sweep_in_place(world.account(wire.port), read_timeout_s=disturbed.IMPATIENT_S)
                except MailStoreError:
                    pass
                else:  # the last response may be lost without harm, and a split one is whole in the end
                    is_harmless = self.place is not Place.CUT_BEFORE or wire.is_late
                    assert is_harmless or wire.responses < self.number, f"nothing came of it: {self}"
                return wire.responses >= self.number
        ended = disturbed.in_a_child(lambda: disturbed.killed(world.account(), self.place, self.number))
        assert ended in {0, -signal.SIGKILL}, f"it was not killed at {self}, but ended with {ended}"
        return ended != 0
