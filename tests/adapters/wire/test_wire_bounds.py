"""No answer takes more memory or time than what was asked for; one mail that is too much costs no other."""

import random
import re
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import Any, BinaryIO

import pytest

from crash.disturbed import Account, sweep_in_place
from dovecot import PASSWORD
from graceperiod.adapters.imap import ImapStore
from graceperiod.adapters.imap.wire import Limits
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.core.hold import HoldState
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer
from graceperiod.errors import Refused, Unreachable
from stage import MONDAY, rejection
from wired import answering, inbox_at, listening_at, pour, rewritten, say, saying, soon

MIB = 1024 * 1024
HUGE = 50_000_000
CHUNK = b"x" * 65536


@contextmanager
def memory_of_at_most(mib: float) -> Iterator[None]:
    """At no time inside was more than that allocated, what the server in this process says included."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < mib * MIB
    finally:
        tracemalloc.stop()


def mail_answer(uid: int, header: bytes) -> bytes:
    return (
        b'* %d FETCH (UID %d FLAGS () INTERNALDATE "23-Nov-2026 10:00:00 +0000" RFC822.SIZE 90 '
        b'BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1 NIL NIL NIL NIL) BODY[HEADER]<0> {%d}\r\n%b)\r\n'
    ) % (uid, uid, len(header), header)


class Mailbox:
    """Answers FETCH; of some uids with a literal of 50 MB that it does or does not send.

    Args:
        within: only where this is asked for; an empty text for always.
    """

    def __init__(self, *poison: int, is_sent: bool = False, within: str = "") -> None:
        self.poison, self.is_sent, self.within = poison, is_sent, within
        self.asked: list[str] = []

    def fetch(self, stream: BinaryIO, tag: str, command: str) -> bool:
        self.asked.append(command)
        for uid in (int(word) for word in command.split(" ")[2].split(",")):
            if uid in self.poison and self.within in command:
                return self._flood(stream, uid)
            header = b"Message-ID: <%d@x.example>\r\n\r\n" % uid
            if "BODYSTRUCTURE" in command:
                pour(stream, mail_answer(uid, header))
            elif "HEADER.FIELDS" in command:
                pour(stream, mail_answer(uid, header).replace(b"[HEADER]<0>", b"[HEADER.FIELDS (X)]"))
            else:
                pour(stream, b"* %d FETCH (UID %d BODY[1]<0> {5}\r\nhello)\r\n" % (uid, uid))
        say(stream, f"{tag} OK done")
        return True

    def _flood(self, stream: BinaryIO, uid: int) -> bool:
        pour(stream, b"* %d FETCH (UID %d BODY[HEADER]<0> {%d}\r\n" % (uid, uid, HUGE))
        while self.is_sent:
            pour(stream, CHUNK)  # ends when the client has gone
        while stream.read(4096):
            pass
        return False


@pytest.mark.parametrize("is_sent", [False, True], ids=["announced", "sent"])
@pytest.mark.parametrize("within", ["BODYSTRUCTURE", "BODY.PEEK[1]"], ids=["in the header", "in a text"])
def test_a_mail_of_fifty_megabytes_that_nobody_asked_for_is_unreadable_and_costs_no_other(
    is_sent: bool, within: str
) -> None:
    mailbox = Mailbox(2, is_sent=is_sent, within=within)
    with listening_at({"UID FETCH": mailbox.fetch}) as store, soon(), memory_of_at_most(4):
        found = {mail.uid: mail.raw for mail in store.fetch("INBOX", [1, 2, 3], uid_validity=7)}
    assert found[2] is None
    assert list(found) == [1, 2, 3]
    assert b"hello" in (found[1] or b"")
    assert b"hello" in (found[3] or b"")


def test_mails_that_are_all_too_much_are_each_given_up() -> None:
    with listening_at({"UID FETCH": Mailbox(*range(1, 6)).fetch}) as store, soon(), memory_of_at_most(4):
        found = [(mail.uid, mail.raw) for mail in store.fetch("INBOX", range(1, 6), uid_validity=7)]
    assert found == [(uid, None) for uid in range(1, 6)]


def test_a_head_that_is_too_much_is_empty_and_costs_no_other() -> None:
    with listening_at({"UID FETCH": Mailbox(2, is_sent=True).fetch}) as store, soon(), memory_of_at_most(4):
        heads = store.heads("INBOX", [1, 2, 3], uid_validity=7)
    assert [(head.uid, bool(head.header)) for head in heads] == [(1, True), (2, False), (3, True)]


def test_a_draft_is_fetched_whole_up_to_what_can_be_sent_and_refused_beyond() -> None:
    draft = b"Subject: with a portfolio\r\n\r\n" + b"x" * 5_000_000

    def fetch(stream: BinaryIO, tag: str, command: str) -> bool:
        if " 2 " in command:
            return Mailbox(2)._flood(stream, 2)
        pour(
            stream,
            b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%b)\r\n%b OK done\r\n" % (len(draft), draft, tag.encode()),
        )
        return True

    with listening_at({"UID FETCH": fetch}) as store, soon(20), memory_of_at_most(20):
        with pytest.raises(Refused, match="longer than"):
            store.whole("INBOX", 2, uid_validity=7)
        assert store.whole("INBOX", 1, uid_validity=7) == draft  # over a new connection


def endless_line(stream: BinaryIO, tag: str) -> bool:
    pour(stream, b"* SEARCH ")
    while True:
        pour(stream, b"1 " * 32768)


def endless_lines(stream: BinaryIO, tag: str) -> bool:
    while True:
        pour(stream, b"* OK\r\n" * 10_000)


def endless_literals(stream: BinaryIO, tag: str) -> bool:
    while True:
        pour(stream, b"* 1 FETCH (UID 1 BODY[] {65536}\r\n" + CHUNK + b")\r\n")


@pytest.mark.parametrize("flood", [endless_line, endless_lines, endless_literals])
@pytest.mark.parametrize("command", ["LIST", "UID SEARCH", "STATUS"])
def test_an_answer_without_an_end_is_given_up_with_bounded_memory(
    flood: Callable[[BinaryIO, str], bool], command: str
) -> None:
    calls: dict[str, Callable[[ImapStore], Any]] = {
        "LIST": lambda store: store.mailboxes(),
        "UID SEARCH": lambda store: store.uids("INBOX", uid_validity=7, above=0, since=None),
        "STATUS": lambda store: store.unseen("INBOX"),
    }
    small = Limits(line_bytes=MIB, command_bytes=4 * MIB, command_lines=10_000)
    with (
        inbox_at({command: flood}, limits=small) as store,
        memory_of_at_most(14),
        pytest.raises(Unreachable, match="given up"),
    ):
        calls[command](store)


MIXED = list(range(1, 140_001))
random.Random(4).shuffle(MIXED)
EVERYTHING = f"* SEARCH {' '.join(map(str, MIXED))}"


def all_at_once(stream: BinaryIO, tag: str, command: str) -> bool:
    """Every uid for every window, in no order: the server does not care for ranges."""
    return answering(EVERYTHING)(stream, tag)


def window_by_window(stream: BinaryIO, tag: str, command: str) -> bool:
    return answering(f"* SEARCH {' '.join(map(str, _window(command)))}")(stream, tag)


def line_by_line(stream: BinaryIO, tag: str, command: str) -> bool:
    """A line for every hundred."""
    uids = _window(command)
    lines = (uids[start : start + 100] for start in range(0, len(uids), 100))
    return answering(*(f"* SEARCH {' '.join(map(str, line))}" for line in lines), "* SEARCH")(stream, tag)


def _window(command: str) -> range:
    low, high = re.findall(r"UID (\d+):(\d+|\*)", command)[0]
    return range(int(low), 140_001 if high == "*" else int(high) + 1)


@pytest.mark.parametrize("conduct", [all_at_once, window_by_window, line_by_line])
def test_a_hundred_and_forty_thousand_uids_are_found_in_bounded_time_and_memory(
    conduct: Callable[[BinaryIO, str, str], bool],
) -> None:
    with listening_at({"UID SEARCH": conduct}) as store:
        began_s = process_time()
        assert store.uids("INBOX", uid_validity=7, above=0, since=None) == tuple(range(1, 140_001))
        assert process_time() - began_s < 5  # of both sides; measured: 0.3 to 1.3
    with listening_at({"UID SEARCH": conduct}) as store, memory_of_at_most(64):
        assert len(store.uids("INBOX", uid_validity=7, above=0, since=None)) == 140_000


def test_a_mail_that_floods_is_recorded_as_unreadable_and_the_next_one_is_answered(tmp_path: Path) -> None:
    def poison(command: bytes, answer: bytes) -> bytes:
        head, mark, rest = answer.partition(b"Subject: Poison")
        if not mark or b"FETCH" not in command:
            return answer
        before, _, begun = head.rpartition(b"{")
        return before + b"{50000000}" + begun[begun.index(b"}") + 1 :] + mark + rest

    with (
        DemoServer({"robin": PASSWORD}) as server,
        Person(host=HOST, port=server.port, user="robin", password=PASSWORD, address="r@x.example") as person,
    ):
        for number, subject in enumerate(("An earlier one", "Poison", "Your application as Night Baker")):
            person.deliver(rejection(f"<p{number}@quillworks.example>", subject=subject), "INBOX", MONDAY)
        with rewritten(server.port, poison) as port:
            account = Account(port=port, user="robin", ledger=tmp_path / "l.sqlite3", now=MONDAY, seal=True)
            sweep_in_place(account)
            assert sweep_in_place(account).read == 0  # it is not read again and again
        assert len(person.drafts()) == 2
        ledger = open_ledger(account.ledger, exclusive=True)
        bad = [record for record in ledger.messages("work") if record.defects]
        events = ledger.events(message=bad[0].id)
        holds = ledger.holds()
        ledger.close()
    assert [(record.message_id, record.size_bytes) for record in bad] == [(None, 0)]
    assert [event.kind for event in events] == ["unreadable"]
    assert {hold.state for hold in holds} == {HoldState.SEALED}


def test_a_literal_whose_length_is_no_length_ends_the_connection() -> None:
    digits = "9" * 5000
    with inbox_at({"UID FETCH": answering(f"* 1 FETCH (UID 1 BODY[] {{{digits}}}", "x)")}) as store:
        with pytest.raises(Unreachable):
            store.marks("INBOX", [1], uid_validity=7)
        with pytest.raises(Unreachable):  # and what is left of the answer is no answer to the next command
            store.uids("INBOX", uid_validity=7, above=0, since=None)


def test_commands_have_explicit_uids_in_lines_that_every_server_takes() -> None:
    lines: list[str] = []

    def note(stream: BinaryIO, tag: str, command: str) -> bool:
        lines.append(command)
        return saying("OK done")(stream, tag)

    many = [10**9 + number for number in range(3000)]
    with listening_at({"UID FETCH": note}) as store:
        store.marks("INBOX", many, uid_validity=7)
        store.heads("INBOX", many, uid_validity=7)
        list(store.fetch("INBOX", many, uid_validity=7))
    assert len(lines) == 3 + 6 + 60
    asked = [line.split(" ")[2] for line in lines]
    assert all(
        re.fullmatch(r"\d+(,\d+)*", uids) for uids in asked
    )  # never a range, which IMAPClient chokes on
    assert all(uids.count(",") < 1000 for uids in asked)
    assert all(len(line) < 64 * 1024 for line in lines)
