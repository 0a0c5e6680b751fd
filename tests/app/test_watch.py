"""How a watcher meets what a server does to it: retry, wait longer, or stop and say so."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dovecot import PASSWORD
from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.imap import Login, open_store
from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.waker import Waker
from graceperiod.app.daemon import Daemon
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.app.keep_holds import next_due
from graceperiod.app.watch import Signals, sweep_once, watch
from graceperiod.core.address import Address
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer
from graceperiod.errors import CredentialError, GraceperiodError, LedgerError, Refused, Resync, Unreachable
from graceperiod.ports import MailStore
from stage import MONDAY, SilentLog, WordJudge, policy, rejection

USER = "robin"


class ImpatientEvent(threading.Event):
    """A stop flag that notes how long it was to be waited for, and ends the watching after `most` waits."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._most = most

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        if len(self.waits) >= self._most:
            self.set()
        return self.is_set()


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer({USER: PASSWORD}) as server:
        yield server


@pytest.fixture
def person(server: DemoServer) -> Iterator[Person]:
    address = "robin@postbox.example"
    with Person(host=HOST, port=server.port, user=USER, password=PASSWORD, address=address) as person:
        yield person


def desk(server: DemoServer | None = None, *, fails: list[GraceperiodError] | None = None) -> Desk:
    failures = list(fails or [])

    def connect() -> MailStore:
        if failures:
            raise failures.pop(0)
        assert server is not None
        endpoint = Endpoint(host=HOST, port=server.port, tls=Tls.NONE)
        return open_store(Login(account="work", endpoint=endpoint, user=USER), PASSWORD)

    return Desk(
        account=WatchedAccount(
            name="work", address=Address(display_name="Robin Vale", addr_spec="robin@postbox.example")
        ),
        ledger=MemoryLedger(),
        reader=MimeReader(),
        judge=WordJudge(),
        templates=JinjaTemplates(),
        clock=SetClock(MONDAY),
        policy=policy(),
        log=SilentLog(),
        new_token=iter(f"token{n}" for n in range(1000)).__next__,
        new_wake=Waker,
        open_store=connect,
    )


def watched(desk: Desk, stop: ImpatientEvent) -> GraceperiodError | None:
    wake = Waker()
    try:
        return watch(desk, Signals(wake=wake, stop=stop))
    finally:
        wake.close()


def test_a_lost_connection_is_tried_again_after_8_seconds_doubled() -> None:
    stop = ImpatientEvent(4)
    assert watched(desk(fails=[Unreachable("gone")] * 9), stop) is None
    assert stop.waits == [8, 16, 32, 64]


def test_a_success_starts_the_waiting_afresh(server: DemoServer) -> None:
    fails: list[GraceperiodError] = [Unreachable("gone"), Unreachable("gone")]
    stop = ImpatientEvent(3)
    both = desk(server, fails=fails)
    connect, opened = both.open_store, 0

    def then_lost() -> MailStore:
        nonlocal opened
        store = connect()
        opened += 1
        if opened > 1:
            store.close()
            raise Unreachable("gone")
        threading.Timer(0.2, server.drop_connections).start()
        return store

    watched(replace(both, open_store=then_lost), stop)
    assert stop.waits == [8, 16, 8]


def test_a_password_that_is_refused_stops_the_account_and_says_so() -> None:
    refused = CredentialError("check accounts.work.user")
    working = desk(fails=[Unreachable("gone"), refused])
    assert watched(working, ImpatientEvent(5)) is refused
    assert isinstance(working.log, SilentLog)
    assert ("account_stopped", {"account": "work", "reason": str(refused)}) in working.log.lines


def test_a_changed_uidvalidity_is_looked_at_again_at_once_but_not_in_a_circle() -> None:
    stop = ImpatientEvent(3)
    watched(desk(fails=[Resync("changed")] * 9), stop)
    assert stop.waits == [0, 16, 32]


def test_one_account_that_stops_leaves_the_others_running_and_the_last_one_ends_the_daemon(
    server: DemoServer, person: Person
) -> None:
    ended = threading.Event()
    refused = CredentialError("check accounts.broken.user")
    broken = desk(fails=[refused])
    broken = replace(broken, account=replace(broken.account, name="broken"))
    working = desk(server)
    daemon = Daemon([broken, working], ended)
    daemon.start()
    person.deliver(rejection(), "INBOX", MONDAY)
    for _ in range(500):
        if working.ledger.holds(is_open=True):
            break
        threading.Event().wait(0.02)
    assert len(working.ledger.holds()) == 1
    assert not ended.is_set()
    daemon.stop()
    assert ended.is_set()
    assert daemon.stopped_accounts() == {"broken": refused}


def test_a_failing_store_stops_everything() -> None:
    ended = threading.Event()
    daemon = Daemon([desk(fails=[LedgerError("the disk is full")])], ended)
    daemon.start()
    assert ended.wait(10)
    daemon.stop()
    with pytest.raises(LedgerError, match="disk is full"):
        daemon.stopped_accounts()


def test_a_template_that_cannot_be_rendered_costs_one_draft_and_is_told(
    server: DemoServer, person: Person, tmp_path: Path
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "tier2.j2").write_text("Dear {{ nobody_knows }}")
    person.deliver(rejection(), "INBOX", MONDAY)
    broken = replace(desk(server), templates=JinjaTemplates(tmp_path))
    sweep_once(broken)
    assert broken.ledger.holds() == ()
    (event,) = broken.ledger.events()
    assert "en/tier2.j2" in event.reason
    assert "nobody_knows" in event.reason


def test_a_second_sweep_changes_nothing(server: DemoServer, person: Person) -> None:
    person.deliver(rejection(), "INBOX", MONDAY)
    first = desk(server)
    assert sweep_once(first).read == 1
    before = (person.drafts(), person.stored("INBOX"), first.ledger.holds(), first.ledger.events())
    again = sweep_once(first)
    assert (again.read, again.marked, again.steps) == (0, 0, 0)
    assert (person.drafts(), person.stored("INBOX"), first.ledger.holds(), first.ledger.events()) == before


def test_a_server_that_drops_keywords_is_remembered_and_not_asked_again() -> None:
    with DemoServer({USER: PASSWORD}, keywords="drop") as server:
        address = "robin@postbox.example"
        with Person(host=HOST, port=server.port, user=USER, password=PASSWORD, address=address) as person:
            for number in range(2):
                person.deliver(rejection(f"<{number}@x.example>"), "INBOX", MONDAY)
            dropped = desk(server)
            sweep_once(dropped)
            assert len(person.drafts()) == 2
        assert dropped.ledger.pending_effects("work") == ()
        mark = dropped.ledger.high_water("work", "INBOX")
        assert mark is not None
        assert mark.mark_method == "none"


def test_a_draft_that_a_client_only_flagged_as_deleted_counts_as_deleted(
    server: DemoServer, person: Person
) -> None:
    person.deliver(rejection(), "INBOX", MONDAY)
    held = desk(server)
    sweep_once(held)
    (draft,) = person.drafts()
    person.flag("Drafts", draft.uid, r"\Deleted")
    sweep_once(held)
    (hold,) = held.ledger.holds()
    assert hold.missing_since == MONDAY


def test_what_the_server_refuses_is_told_once_and_tried_again_without_haste(
    server: DemoServer, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.deliver(rejection(), "INBOX", MONDAY)
    refusing = desk(server)
    connect = refusing.open_store

    def full() -> MailStore:
        store = connect()

        def append(*_: object, **__: object) -> None:
            raise Refused("APPEND: full", code="OVERQUOTA")

        monkeypatch.setattr(store, "append", append)
        return store

    for _ in range(2):
        sweep_once(replace(refusing, open_store=full))
    assert [e.kind for e in refusing.ledger.events()] == ["hold_planned", "refused"]
    late = replace(refusing, clock=SetClock(MONDAY + timedelta(days=3)))
    assert next_due(late) is None
    sweep_once(refusing)
    assert len(person.drafts()) == 1
