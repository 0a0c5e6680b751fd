"""The life of holds under everything that may happen to them, by chance: a state machine over whole sweeps.

Rejections come; the user works at seven kinds of clients; clocks are set; servers lack this and refuse that;
a sweep dies between any two calls of the store, or somebody else does something there; a second machine has a
ledger of its own; ledgers are lost. After every step what DESIGN promises is looked at. A long run:
`GRACEPERIOD_MACHINE=long pytest tests/app/test_hold_machine.py`.

What is promised to two machines on one mailbox: nothing early, no words lost or altered, nothing removed but
copies of our making or just re-addressed, and, once both have looked twice in quiet, one draft of our making
for a rejection. What is not: that a copy goes by itself once a reply is in Sent. Each machine takes the other's
draft for one that somebody edited, and so leaves it alone; the same goes for a draft from before a lost ledger.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from graceperiod.adapters.clock import SetClock
from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.waker import Waker
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.app.watch import sweep
from graceperiod.core.address import Address
from graceperiod.core.cooldown import release_at
from graceperiod.core.hold import Hold, HoldState
from graceperiod.errors import MailStoreError
from hostile_clients import CLIENTS, NEOMUTT, THUNDERBIRD, Client, OldCopy
from hostile_mailbox import Box, HostileMailbox, Incident, Maker, Message, Strike, Trait, recoded
from stage import MONDAY, SilentLog, WordJudge, policy, rejection

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TO = b"Ada Quill <ada@quillworks.example>"
POLICY = policy()
TEMPLATES = JinjaTemplates()
READER = MimeReader()

picks = st.integers(0, 7)
calls = st.integers(1, 45)
machines = st.integers(0, 1)


@dataclass
class Parent:
    """A rejection, and what became of the drafts for it by the user's hand."""

    raw: bytes
    due: datetime
    was_taken_away: bool = False
    is_replied: bool = False
    has_own: bool = False
    has_versions: bool = False
    """The user has stored a draft for it: a version, a copy, one that had been moved away."""
    was_edited_at_release: bool = False
    """So the addressed copy holds words of theirs, as far as the program can tell."""


@dataclass
class Machine:
    """One computer that the daemon runs on, with a ledger and a clock of its own."""

    name: str
    clock: SetClock
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    has_lost: bool = False
    ahead: timedelta = timedelta()


@dataclass
class Compose:
    """A draft that is open in a client."""

    client: Client
    raw: bytes
    uid: int
    uid_validity: int


class Holds(RuleBasedStateMachine):
    """Everything that may happen, and what must hold throughout."""

    @initialize(
        traits=st.frozensets(st.sampled_from(list(Trait)), max_size=3),
        drafts=st.sampled_from([*["Drafts"] * 9, "Entwürfe", "INBOX.Drafts", None]),
        is_named=st.booleans(),
        has_two=st.booleans(),
    )
    def begin(self, traits: frozenset[Trait], drafts: str | None, *, is_named: bool, has_two: bool) -> None:
        self.now = MONDAY
        self.server = HostileMailbox(lambda: self.now, traits=traits, drafts=drafts)
        self.server.on_append = self.check_append
        self.server.on_remove = self.check_remove
        self.drafts_name = drafts
        self.account = WatchedAccount(
            name="work",
            address=Address(display_name="Robin Vale", addr_spec="robin@postbox.example"),
            drafts=drafts if is_named and drafts else "",
        )
        self.machines = [Machine(f"m{n}", SetClock(MONDAY)) for n in range(2 if has_two else 1)]
        self.parents: dict[str, Parent] = {}
        self.composing: list[Compose] = []
        self.words: set[bytes] = set()
        """Bodies that the user has written and not thrown away, as the server gave them back."""
        self.made: set[bytes] = set()
        """What the program has stored in Drafts, as the server keeps it."""
        self.tokens = self.texts = 0
        self.names = frozenset(self.server.boxes)
        self.arrive("new", 0)
        self.run(self.machines[0])

    # -- what comes ------------------------------------------------------------------------------------

    @rule(kind=st.sampled_from(["new", "new", "new", "again", "same application", "no id"]), pick=picks)
    def arrive(self, kind: str, pick: int) -> None:
        number = len(self.parents) + 1
        known = list(self.parents)
        extra = ""
        parent_id = f"<p{number}@x{number}.example>"
        if kind == "no id":
            raw = rejection().split(b"\r\n", 1)[1]
            self.server.store("INBOX", raw, maker=Maker.SOMEBODY)
            return
        if kind == "again" and known:
            raw = self.parents[known[pick % len(known)]].raw
            self.server.store("INBOX", raw, maker=Maker.SOMEBODY)
            return
        if kind == "same application" and known:
            first = known[pick % len(known)]
            extra = f"In-Reply-To: {first}\r\nReferences: {first}\r\n"
        raw = rejection(parent_id, sender=f"Ada <ada@x{number}.example>", extra=extra)
        self.server.store("INBOX", raw, maker=Maker.SOMEBODY)
        length = POLICY.replies[None].hold_length
        self.parents[parent_id] = Parent(raw, release_at(self.now, hold_length=length, hours=POLICY.hours))

    # -- what the user does ----------------------------------------------------------------------------

    @precondition(lambda self: self.drafts())
    @rule(pick=picks, client=st.sampled_from(CLIENTS))
    def open_draft(self, pick: int, client: Client) -> None:
        if not self.drafts():
            return
        draft = self.pick(pick)
        self.composing.append(Compose(client, draft.raw, draft.uid, self.box.uid_validity))
        if client.old is OldCopy.EXPUNGED_ON_OPENING:
            self.take_away(draft)

    @precondition(lambda self: self.composing)
    @rule(pick=picks, words=st.booleans(), to=st.booleans(), prefix=st.booleans())
    def save(self, pick: int, *, words: bool, to: bool, prefix: bool) -> None:
        if not self.composing or not self.drafts_name:
            return
        compose = self.composing.pop(pick % len(self.composing))
        raw = self.written(compose, words=words, to=to, prefix=prefix)
        self.expunge_opened(compose)
        uid = self.server.store(self.drafts_name, raw, compose.client.flags, maker=Maker.SOMEBODY)
        stored = self.box.messages[uid]
        if stored.maker is Maker.SOMEBODY and words:
            self.words.add(stored.body)
        for parent in self.parents_of(stored):
            parent.has_versions = True
            parent.was_taken_away = parent.was_taken_away or compose.client.old is not OldCopy.EXPUNGED

    @precondition(lambda self: self.composing)
    @rule(pick=picks, words=st.booleans(), prefix=st.booleans())
    def send(self, pick: int, *, words: bool, prefix: bool) -> None:
        if not self.composing:
            return
        compose = self.composing.pop(pick % len(self.composing))
        raw = self.written(compose, words=words, to=True, prefix=prefix)
        uid = self.server.store("Sent", raw, (r"\Seen",), maker=Maker.SOMEBODY)
        self.expunge_opened(compose)
        for parent in self.parents_of(self.server.boxes["Sent"].messages[uid]):
            parent.is_replied = True

    @precondition(lambda self: self.composing)
    @rule(pick=picks)
    def abandon(self, pick: int) -> None:
        self.composing.pop(pick % len(self.composing))

    @precondition(lambda self: self.drafts())
    @rule(pick=picks, how=st.sampled_from(["expunge", "flag", "move"]))
    def delete(self, pick: int, how: str) -> None:
        if not self.drafts():
            return
        draft = self.pick(pick)
        if how == "flag":
            for parent in self.parents_of(draft):
                parent.was_taken_away = True
            draft.flags |= {"\\deleted", "by-the-user"}
            self.box.modseq += 1
            self.forget(draft.body)
            return
        self.take_away(draft)
        if how == "move":
            self.server.boxes["Archive"].add(draft.raw, draft.flags, draft.internal_date, Maker.SOMEBODY)

    @precondition(lambda self: self.drafts_name and self.server.boxes["Archive"].messages)
    @rule(pick=picks)
    def move_back(self, pick: int) -> None:
        archive = self.server.boxes["Archive"].messages
        message = archive.pop(list(archive)[pick % len(archive)])
        for parent in self.parents_of(message):
            parent.has_versions = True
        self.box.add(message.raw, message.flags, message.internal_date, Maker.SOMEBODY)

    @precondition(lambda self: self.drafts_name and any(not m.is_there for m in self.box.messages.values()))
    @rule()
    def undelete(self) -> None:
        for message in self.box.messages.values():
            if "by-the-user" in message.flags:
                message.flags -= {"\\deleted", "by-the-user"}
                message.maker = Maker.SOMEBODY  # by whose will it is there
        self.box.modseq += 1

    @precondition(lambda self: self.drafts() and Trait.DROPS_TWINS not in self.server.traits)
    @rule(pick=picks)
    def duplicate(self, pick: int) -> None:
        draft = self.pick(pick)
        self.box.add(draft.raw, draft.flags, draft.internal_date, Maker.SOMEBODY)
        for parent in self.parents_of(draft):
            parent.has_versions = True

    @precondition(lambda self: self.parents)
    @rule(pick=picks)
    def reply_elsewhere(self, pick: int) -> None:
        parent_id, parent = self.pick_parent(pick)
        self.server.store("Sent", self.own_reply(parent_id), (r"\Seen",), maker=Maker.SOMEBODY)
        parent.is_replied = True

    @precondition(lambda self: self.parents and self.drafts_name)
    @rule(pick=picks)
    def begin_own_draft(self, pick: int) -> None:
        parent_id, parent = self.pick_parent(pick)
        assert self.drafts_name
        uid = self.server.store(self.drafts_name, self.own_reply(parent_id), maker=Maker.SOMEBODY)
        self.words.add(self.box.messages[uid].body)
        parent.has_own = parent.has_versions = True

    # -- what happens to time, ledgers and the server --------------------------------------------------

    @rule(by=st.sampled_from([MINUTE, 11 * MINUTE, 3 * HOUR, 20 * HOUR, 50 * HOUR, 5 * DAY]))
    def pass_time(self, by: timedelta) -> None:
        self.now += by
        for machine in self.machines:
            machine.clock.advance(by)

    @precondition(lambda self: any(parent.due > self.now for parent in self.parents.values()))
    @rule(which=machines, offset=st.sampled_from([-MINUTE, timedelta(), timedelta(), MINUTE]))
    def wait_for_a_release(self, which: int, offset: timedelta) -> None:
        due = min(parent.due for parent in self.parents.values() if parent.due > self.now)
        self.pass_time(max(due + offset - self.now, MINUTE))
        self.run(self.machine(which))

    @rule(
        which=machines, ahead=st.sampled_from([-365 * DAY, -HOUR, timedelta(), timedelta(), HOUR, 30 * DAY])
    )
    def set_clock(self, which: int, ahead: timedelta) -> None:
        machine = self.machine(which)
        if machine.ledger.trusted_time("work") is None:
            return  # it is believed when the program first runs (decision 0008)
        machine.clock.set(self.now + ahead)
        machine.ahead = ahead

    @rule(which=machines)
    def lose_ledger(self, which: int) -> None:
        machine = self.machine(which)
        machine.clock.set(self.now)
        machine.ahead = timedelta()
        machine.ledger = MemoryLedger()
        machine.has_lost = True

    @rule(name=st.sampled_from(["INBOX", "Drafts", "Drafts", "Sent"]))
    def renumber(self, name: str) -> None:
        name = (self.drafts_name or "INBOX") if name == "Drafts" else name
        self.server.renumber(name)

    @precondition(lambda self: self.server.late)
    @rule()
    def late_arrives(self) -> None:
        self.server.late_arrives()

    # -- what the program does -------------------------------------------------------------------------

    @rule(which=machines)
    def sweep(self, which: int) -> None:
        self.run(self.machine(which))

    @rule(which=machines, call=calls, strike=st.sampled_from(list(Strike)))
    def sweep_struck(self, which: int, call: int, strike: Strike) -> None:
        self.run(self.machine(which), Incident(call, strike))

    @rule(
        which=machines,
        call=calls,
        what=st.sampled_from(["save", "send", "delete", "open", "reply", "own", "late", "arrive"]),
        pick=picks,
        flag=st.booleans(),
        client=st.sampled_from(CLIENTS),
    )
    def sweep_while(self, which: int, call: int, what: str, pick: int, *, flag: bool, client: Client) -> None:
        acts: dict[str, Callable[[], object]] = {
            "save": lambda: self.composing and self.save(pick, words=flag, to=not flag, prefix=not flag),
            "send": lambda: self.composing and self.send(pick, words=flag, prefix=not flag),
            "delete": lambda: self.drafts() and self.delete(pick, "expunge"),
            "open": lambda: self.drafts() and self.open_draft(pick, client),
            "reply": lambda: self.parents and self.reply_elsewhere(pick),
            "own": lambda: self.parents and self.drafts_name and self.begin_own_draft(pick),
            "late": self.late_arrives,
            "arrive": lambda: self.arrive("new", pick),
        }
        self.run(self.machine(which), Incident(call, act=acts[what]))

    @precondition(lambda self: len(self.machines) == 2)
    @rule(which=machines, call=calls)
    def sweep_both(self, which: int, call: int) -> None:
        """The second machine sweeps while the first one is in the midst of it."""
        other = self.machine(which + 1)
        self.run(self.machine(which), Incident(call, act=lambda: self.run(other)))

    @rule()
    def settle(self) -> None:
        """Nothing happens for a while but sweeps; then all must be in order, and stay as it is."""
        self.late_arrives()
        for machine in self.machines:
            machine.clock.set(self.now)
            machine.ahead = timedelta()
        self.run_all(twice=True)
        self.pass_time(11 * MINUTE)
        self.run_all(twice=True)
        self.check_in_order()
        before = self.everything()
        self.run_all()
        assert self.everything() == before, "a quiet sweep changed something"

    # -- what must hold --------------------------------------------------------------------------------

    @invariant()
    def no_words_are_lost_or_altered(self) -> None:
        if not hasattr(self, "server"):
            return
        there = {m.body for box in self.server.boxes.values() for m in box.messages.values() if m.is_there}
        assert self.words <= there

    @invariant()
    def no_mailbox_is_created(self) -> None:
        assert not hasattr(self, "server") or frozenset(self.server.boxes) == self.names

    def check_append(self, box: Box, raw: bytes) -> None:
        assert box.name == self.drafts_name
        self.made.add(recoded(raw) if Trait.RECODES in self.server.traits else raw)
        message = Message(0, raw, set(), self.now, Maker.PROGRAM)
        if message.head.has_recipient:
            for parent in self.parents_of(message)[-1:]:
                assert self.now >= parent.due, "early"
                holds = [h for m in self.machines for h in m.ledger.holds()]
                parent.was_edited_at_release = any(
                    h.is_edited for h in holds if h.parent_id == message.head.parents[-1]
                )

    def check_remove(self, box: Box, message: Message) -> None:
        assert box.name == self.drafts_name
        if message.raw not in self.made:
            others = [m for m in self.drafts() if m is not message and m.body == message.body]
            assert any(m.head.has_recipient and not m.head.is_held for m in others), "not ours to remove"

    def check_in_order(self) -> None:
        for machine in self.machines:
            for hold in machine.ledger.holds():
                self.check_hold(machine, hold)
        for parent_id, parent in self.parents.items():
            self.check_drafts(parent_id, parent)

    def check_hold(self, machine: Machine, hold: Hold) -> None:
        parent = self.parents[hold.parent_id]
        match hold.state:
            case HoldState.PLANNED:
                raise AssertionError("still not drafted")
            case HoldState.SEALED | HoldState.RELEASED | HoldState.TAKEN_OVER:
                copy = hold.released if hold.state is HoldState.RELEASED else hold.sealed
                assert copy is not None
                assert copy.uid_validity == self.box.uid_validity
                assert copy.uid in [m.uid for m in self.drafts()], "an open hold has no draft"
                assert hold.missing_since is None
            case HoldState.DISCARDED:
                assert parent.was_taken_away, "lost"
                assert hold.missing_since is not None
                assert hold.ended_at is not None
                assert hold.ended_at - hold.missing_since >= 10 * MINUTE
            case HoldState.SENT | HoldState.ANSWERED_ELSEWHERE:
                assert parent.is_replied or parent.has_own or len(self.machines) > 1 or machine.has_lost

    def check_drafts(self, parent_id: str, parent: Parent) -> None:
        about = [m for m in self.drafts() if m.head.parents[-1:] == (parent_id,)]
        made = [m for m in about if m.maker is Maker.PROGRAM]
        if not parent.has_versions:
            has_lost = any(machine.has_lost for machine in self.machines)
            # Whether a sealed one was ours cannot be proved with a new ledger, and it cannot be sent.
            assert len([m for m in made if m.head.has_recipient or not has_lost]) <= 1, "doubled"
        if len(self.machines) > 1 or self.machines[0].has_lost or parent.was_edited_at_release:
            # What was released holds words of theirs, as far as the program can tell: nothing of it goes.
            return
        untouched = [m for m in made if m.body not in self.words]
        assert len(untouched) <= 1, "doubled"
        holds = [h for h in self.machines[0].ledger.holds() if h.parent_id == parent_id]
        if any(h.is_edited and h.state.is_end for h in holds) or any(came_too_late(h) for h in holds):
            return
        assert not (untouched and parent.is_replied), "one too many, besides what was sent"
        newer = [m for m in about if m.maker is Maker.SOMEBODY and untouched and m.uid > untouched[0].uid]
        assert not newer, "one too many, besides the user's own version"

    # -- how it is done --------------------------------------------------------------------------------

    def run(self, machine: Machine, *incidents: Incident) -> None:
        store = self.server.connect(*incidents)
        try:
            sweep(self.desk(machine), store)
        except MailStoreError:
            pass
        finally:
            store.close()
            self.server.incidents = {}

    def run_all(self, *, twice: bool = False) -> None:
        for machine in self.machines * (2 if twice else 1):
            self.run(machine)

    def desk(self, machine: Machine) -> Desk:
        def open_store() -> None:
            raise AssertionError

        def token() -> str:
            self.tokens += 1
            return f"{machine.name}-{self.tokens}"

        return Desk(
            account=self.account,
            ledger=machine.ledger,
            reader=READER,
            judge=WordJudge(),
            templates=TEMPLATES,
            clock=machine.clock,
            policy=POLICY,
            log=SilentLog(),
            new_token=token,
            new_wake=Waker,
            open_store=open_store,  # type: ignore[arg-type]
        )

    def everything(self) -> object:
        ledgers = [(m.ledger.holds(), m.ledger.events(), m.ledger.messages()) for m in self.machines]
        pending = [m.ledger.pending_effects("work") for m in self.machines]
        return self.server.snapshot(), ledgers, pending

    def machine(self, which: int) -> Machine:
        return self.machines[which % len(self.machines)]

    @property
    def box(self) -> Box:
        assert self.drafts_name is not None
        return self.server.boxes[self.drafts_name]

    def drafts(self) -> list[Message]:
        if not self.drafts_name:
            return []
        return [m for _, m in sorted(self.box.messages.items()) if m.is_there]

    def pick(self, pick: int) -> Message:
        drafts = self.drafts()
        return drafts[pick % len(drafts)]

    def pick_parent(self, pick: int) -> tuple[str, Parent]:
        known = list(self.parents.items())
        return known[pick % len(known)]

    def parents_of(self, message: Message) -> list[Parent]:
        return [self.parents[i] for i in message.head.parents if i in self.parents]

    def take_away(self, draft: Message) -> None:
        for parent in self.parents_of(draft):
            parent.was_taken_away = True
        self.server.expunge(self.box.name, draft.uid)
        self.forget(draft.body)

    def forget(self, body: bytes) -> None:
        """Those words are not in that draft any more, by the user's doing."""
        if body not in [m.body for m in self.drafts()]:
            self.words.discard(body)

    def expunge_opened(self, compose: Compose) -> None:
        if compose.client.old is not OldCopy.EXPUNGED or compose.uid_validity != self.box.uid_validity:
            return
        old = self.box.messages.get(compose.uid)
        if old is not None:
            self.server.expunge(self.box.name, old.uid)
            self.forget(old.body)

    def written(self, compose: Compose, *, words: bool, to: bool, prefix: bool) -> bytes:
        self.texts += 1
        return compose.client.saved(
            compose.raw,
            fresh_id=f"<client-{self.texts}@postbox.example>",
            body=f"My words, number {self.texts} \r\n-- \r\nRobin\r\n".encode() if words else None,
            to=TO if to else None,
            takes_off_prefix=prefix,
        )

    def own_reply(self, parent_id: str) -> bytes:
        self.texts += 1
        return (
            f"Message-ID: <own-{self.texts}@postbox.example>\r\nFrom: robin@postbox.example\r\n"
            f"To: ada@x.example\r\nSubject: Re: yours\r\nReferences: {parent_id}\r\n\r\n"
            f"My own reply, number {self.texts}\r\n"
        ).encode()

    def teardown(self) -> None:
        if hasattr(self, "server"):
            self.settle()


def came_too_late(hold: Hold) -> bool:
    """Answered while the server had our draft and did not show it yet: it stays, sealed, and is not looked for."""
    return hold.state is HoldState.ANSWERED_ELSEWHERE and hold.sealed is not None and hold.sealed.uid is None


def begun(*traits: Trait, machines: int = 1) -> Holds:
    """An account with one rejection, its draft sealed, for what the machine has found in its time."""
    state = Holds()
    state.begin(frozenset(traits), "Drafts", is_named=False, has_two=machines == 2)
    return state


def only_hold(state: Holds) -> Hold:
    (hold,) = state.machines[0].ledger.holds()
    return hold


def test_words_saved_under_our_message_id_are_theirs_after_a_change_of_uidvalidity() -> None:
    state = begun()
    state.open_draft(0, NEOMUTT)
    state.save(0, words=True, to=False, prefix=False)
    state.renumber("Drafts")
    state.sweep(0)
    assert only_hold(state).is_edited
    state.reply_elsewhere(0)
    state.settle()
    assert [m.body for m in state.drafts()] == list(state.words)


def test_a_copy_is_not_taken_for_ours_because_its_uid_was_ours_under_another_uidvalidity() -> None:
    state = begun()
    state.open_draft(0, NEOMUTT)
    state.save(0, words=True, to=False, prefix=False)
    state.renumber("Drafts")  # what they saved has now the uid that our copy had
    state.begin_own_draft(0)
    state.settle()
    assert state.words == {m.body for m in state.drafts()}


def test_a_draft_for_a_later_mail_of_the_thread_is_no_version_of_the_first_ones() -> None:
    state = begun(machines=2)
    state.wait_for_a_release(0, timedelta())
    state.arrive("same application", 0)
    state.settle()  # the second machine knows nothing of the first reply, and holds one of its own
    assert only_hold(state).state is HoldState.RELEASED
    assert sorted(m.head.is_held for m in state.drafts()) == [False, True]


def test_a_server_that_shows_late_what_it_has_stored_is_not_given_it_again_in_the_same_sweep() -> None:
    state = begun(Trait.SHOWS_LATE)
    assert len(state.drafts()) == 1
    state.wait_for_a_release(0, timedelta())
    assert len(state.drafts()) == 2
    state.settle()
    assert len(state.drafts()) == 1


def test_what_neomutt_had_open_for_longer_than_two_looks_is_held_again() -> None:
    state = begun()
    state.open_draft(0, NEOMUTT)
    state.settle()
    assert only_hold(state).state is HoldState.DISCARDED
    state.save(0, words=True, to=False, prefix=False)
    state.sweep(0)
    assert only_hold(state).state is HoldState.SEALED
    state.wait_for_a_release(0, timedelta())
    (draft,) = state.drafts()
    assert draft.head.has_recipient
    assert {draft.body} == state.words


def test_a_draft_that_was_deleted_and_undeleted_is_still_ours() -> None:
    state = begun()
    state.delete(0, "flag")
    state.settle()
    state.undelete()
    state.sweep(0)
    assert (only_hold(state).state, only_hold(state).is_edited) == (HoldState.SEALED, False)


def test_released_words_of_the_user_stay_when_they_begin_another_draft() -> None:
    state = begun()
    state.open_draft(0, THUNDERBIRD)
    state.save(0, words=True, to=False, prefix=False)
    state.wait_for_a_release(0, timedelta())
    state.begin_own_draft(0)
    state.settle()
    assert state.words == {m.body for m in state.drafts()}


@pytest.mark.parametrize("call", range(1, 30))
def test_what_is_saved_in_the_midst_of_the_release_is_the_only_draft_and_released_anew(call: int) -> None:
    state = begun()
    state.open_draft(0, THUNDERBIRD)
    state.pass_time(50 * HOUR)
    save = Incident(call, act=lambda: state.save(0, words=True, to=False, prefix=False))
    state.run(state.machines[0], save)
    state.settle()
    (draft,) = state.drafts()
    assert draft.head.has_recipient
    assert state.composing or {draft.body} == state.words


@pytest.mark.parametrize("call", range(1, 30))
def test_what_is_sent_in_the_midst_of_the_release_leaves_no_copy_to_send_again(call: int) -> None:
    state = begun()
    state.open_draft(0, THUNDERBIRD)
    state.pass_time(50 * HOUR)
    state.run(state.machines[0], Incident(call, act=lambda: state.send(0, words=True, prefix=True)))
    if state.composing:
        state.send(0, words=True, prefix=True)
    state.settle()
    assert state.drafts() == []
    assert only_hold(state).state is HoldState.SENT


@pytest.mark.parametrize("call", range(1, 40))
def test_two_machines_that_plan_and_release_at_once_leave_one_draft(call: int) -> None:
    state = begun(machines=2)
    state.lose_ledger(0)
    state.server.expunge("Drafts", 1)
    state.sweep_both(0, call)
    state.settle()
    assert len(state.drafts()) == 1
    state.pass_time(50 * HOUR)
    state.sweep_both(0, call)
    state.settle()
    (draft,) = state.drafts()
    assert draft.head.has_recipient


@pytest.mark.parametrize("call", range(1, 40))
def test_two_machines_leave_one_draft_that_the_user_addressed(call: int) -> None:
    state = begun(machines=2)
    state.open_draft(0, THUNDERBIRD)
    state.save(0, words=True, to=True, prefix=False)
    state.run_all()
    state.pass_time(50 * HOUR)
    state.sweep_both(0, call)
    state.settle()
    (draft,) = state.drafts()
    assert not draft.head.is_held


_IS_LONG = os.environ.get("GRACEPERIOD_MACHINE") == "long"

TestHolds = Holds.TestCase
TestHolds.settings = settings(
    max_examples=int(os.environ.get("GRACEPERIOD_MACHINE_EXAMPLES", "2000")) if _IS_LONG else 300,
    stateful_step_count=60 if _IS_LONG else 30,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
