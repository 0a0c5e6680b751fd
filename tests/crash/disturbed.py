"""A sweep that is counted, or killed at a place of it; runs in a process of its own where it is to die."""

import imaplib
import os
import signal
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from dovecot import PASSWORD
from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.imap import Login, open_store
from graceperiod.adapters.imap.wire import Limits
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.adapters.ledger_sqlite.store import Store
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.waker import Waker
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.app.watch import Sweep, sweep_once
from graceperiod.core.address import Address
from graceperiod.core.endpoint import Endpoint, Tls
from stage import SilentLog, WordJudge, policy

IMPATIENT_S = 0.25
"""The time limit of a command where the wire stalls: what a minute is to the program, so that runs are short."""


class Place(StrEnum):
    """Where a sweep is disturbed."""

    LEDGER = "killed after ledger write"
    SENT = "killed after sending command"
    DONE = "killed after the answer to command"
    CUT_BEFORE = "cut before response"
    CUT_WITHIN = "cut within response"
    CUT_AFTER = "cut after response"
    STALL_BEFORE = "stalled before response"
    STALL_WITHIN = "stalled within response"
    SPLIT = "split within response"

    @property
    def is_on_the_wire(self) -> bool:
        """Whether the connection is disturbed, not the process."""
        return self not in {Place.LEDGER, Place.SENT, Place.DONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many places a sweep has: writes of the ledger, commands, responses on the wire."""

    ledger: int
    commands: int
    responses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a sweep works on."""

    port: int
    user: str
    ledger: Path
    now: datetime
    seal: bool


def sweep_in_place(account: Account, *, read_timeout_s: float = 10.0) -> Sweep:
    """One sweep with a ledger and a connection opened for it."""
    ledger = open_ledger(account.ledger, exclusive=True)
    login = Login(
        account="work",
        endpoint=Endpoint(host="127.0.0.1", port=account.port, tls=Tls.NONE),
        user=account.user,
    )
    desk = Desk(
        account=WatchedAccount(
            name="work", address=Address(display_name="Robin Vale", addr_spec="robin@postbox.example")
        ),
        ledger=ledger,
        reader=MimeReader(),
        judge=WordJudge(),
        templates=JinjaTemplates(),
        clock=SetClock(account.now),
        policy=policy(seal=account.seal),
        log=SilentLog(),
        new_token=lambda: uuid.uuid4().hex,
        new_wake=Waker,
        open_store=lambda: open_store(login, PASSWORD, limits=Limits(command_s=read_timeout_s)),
    )
    try:
        return sweep_once(desk)
    finally:
        ledger.close()


def in_a_child(work: Callable[[], object]) -> int:
    """Do it in a process of its own; returns how that ended, negative for a signal.

    A fork: a fresh interpreter would take ten times as long as what it is to do. Nothing but this sweep runs in
    the child, and it ends without the parent's clean-up.
    """
    with warnings.catch_warnings():
        # The test runner has a thread that is of no concern.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def replaced(owner: Any, name: str, value: object) -> Iterator[None]:
    """Another value for a while, in this process alone."""
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def counted(account: Account) -> Counts:
    """A sweep and the places that it passed."""
    passed = dict.fromkeys(Place, 0)

    def note(place: Place) -> None:
        passed[place] += 1

    with _watched(note):
        sweep_in_place(account)
    return Counts(ledger=passed[Place.LEDGER], commands=passed[Place.SENT])


def killed(account: Account, place: Place, number: int) -> None:
    """A sweep that ends with this process, which nothing can catch, at the place."""
    passed = 0

    def note(now_at: Place) -> None:
        nonlocal passed
        passed += now_at is place
        if now_at is place and passed == number:
            os.kill(os.getpid(), signal.SIGKILL)

    with _watched(note):
        sweep_in_place(account)


def _watched(note: Callable[[Place], None]) -> ExitStack:
    """Tell of every write of the ledger that is done, and of every command, when it is sent and when answered.

    `_command_complete` is where imaplib and IMAPClient wait for the answer to what they have sent.
    """
    complete = imaplib.IMAP4._command_complete  # type: ignore[attr-defined]
    run = Store.run

    def told_command(self: Any, name: str, tag: bytes) -> Any:
        note(Place.SENT)
        answer = complete(self, name, tag)
        note(Place.DONE)
        return answer

    def told_run(self: Store, sql: str, parameters: Any = ()) -> Any:
        cursor = run(self, sql, parameters)
        if sql.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE", "COMMIT"}:
            note(Place.LEDGER)
        return cursor

    stack = ExitStack()
    stack.enter_context(replaced(imaplib.IMAP4, "_command_complete", told_command))
    stack.enter_context(replaced(Store, "run", told_run))
    return stack
