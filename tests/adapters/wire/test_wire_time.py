"""No command lasts longer than a minute, whatever the server does with the time; what moves is not cut."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from typing import Any, BinaryIO

import pytest

from dovecot import PASSWORD
from graceperiod.adapters.imap import ImapStore, open_store
from graceperiod.adapters.imap.wire import Limits
from graceperiod.core.mailbox import MarkMethod
from graceperiod.errors import Unreachable
from wired import IMPATIENT, Play, answering, drip, hear, inbox_at, login_at, pour, say, serving, silent, soon

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Call = Callable[[ImapStore], Any]

COMMANDS: dict[str, Call] = {
    "LIST": lambda store: store.mailboxes(),
    "SELECT": lambda store: store.status("INBOX"),
    "STATUS": lambda store: store.unseen("INBOX"),
    "UID SEARCH": lambda store: store.uids("INBOX", uid_validity=7, above=0, since=AT),
    "UID FETCH": lambda store: list(store.fetch("INBOX", [1], uid_validity=7)),
    "UID STORE": lambda store: store.mark("INBOX", 1, "x", uid_validity=7, method=MarkMethod.KEYWORD),
    "UID EXPUNGE": lambda store: store.remove("INBOX", 1, uid_validity=7),
    "APPEND": lambda store: store.append("INBOX", b"Subject: x\r\n\r\n", flags=(), uid_validity=7),
}


def dripping(octets: bytes = b"* OK [X" + b"x" * 4000) -> Play:
    def play(stream: BinaryIO, tag: str) -> bool:
        drip(stream, octets)
        return False

    return play


def a_line_a_moment(stream: BinaryIO, tag: str) -> bool:
    """Whole lines, none of which is the end."""
    pause = Event()
    while True:
        say(stream, "* OK just a moment")
        pause.wait(0.05)


def bye(stream: BinaryIO, tag: str) -> bool:
    say(stream, "* BYE [UNAVAILABLE] the house is closing")
    return silent(stream, tag)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "conduct",
    [
        pytest.param(silent, id="silent"),
        pytest.param(dripping(), id="an octet at a time"),
        pytest.param(dripping(b"* 1 FETCH (UID 1 BODY[HEADER] {4000}\r\n" + b"x" * 4000), id="a literal so"),
        pytest.param(a_line_a_moment, id="a line at a time"),
        pytest.param(bye, id="BYE, not closed"),
    ],
)
def test_a_command_ends_in_time_whatever_the_server_does(command: str, conduct: Play) -> None:
    with inbox_at({command: conduct}, limits=IMPATIENT) as store, soon(), pytest.raises(Unreachable):
        COMMANDS[command](store)


@pytest.mark.parametrize("greeting", [b"* OK [CAPABILITY" + b" x" * 400, b""])
def test_a_greeting_that_never_ends_is_waited_for_no_longer_than_a_command(greeting: bytes) -> None:
    def script(stream: BinaryIO) -> None:
        drip(stream, greeting)
        silent(stream, "")

    with serving(script) as port, soon(), pytest.raises(Unreachable):
        open_store(login_at(port), PASSWORD, limits=IMPATIENT)


def test_a_login_that_is_never_answered_is_no_wrong_password() -> None:
    def script(stream: BinaryIO) -> None:
        say(stream, "* OK [CAPABILITY IMAP4rev1] ready")
        while (heard := hear(stream))[1].startswith("CAPABILITY"):
            say(stream, "* CAPABILITY IMAP4rev1")
            say(stream, f"{heard[0]} OK done")
        drip(stream, b"* OK [X" + b"x" * 400)

    with serving(script) as port, soon(), pytest.raises(Unreachable):
        open_store(login_at(port), PASSWORD, limits=IMPATIENT)


def test_a_server_that_takes_nothing_any_more_is_given_up() -> None:
    def deaf(stream: BinaryIO, tag: str) -> bool:
        say(stream, "+ go on")
        Event().wait(3)
        return False

    with inbox_at({"APPEND": deaf}, limits=IMPATIENT) as store, soon(), pytest.raises(Unreachable):
        store.append("INBOX", b"x" * 30_000_000, flags=(), uid_validity=7)


def test_what_is_long_may_take_longer_as_long_as_it_moves() -> None:
    text = b"Subject: long\r\n\r\n" + b"x" * 30_000

    def slow(stream: BinaryIO, tag: str) -> bool:
        pour(stream, b"* 1 FETCH (UID 1 BODY[] {%d}\r\n" % len(text))
        for start in range(0, len(text), 3000):
            pour(stream, text[start : start + 3000])
            Event().wait(0.1)
        pour(stream, f")\r\n{tag} OK done\r\n".encode())
        return True

    moving = Limits(command_s=0.5, bytes_a_second=15_000)
    with inbox_at({"UID FETCH": slow}, limits=moving) as store, soon():
        assert store.whole("INBOX", 1, uid_validity=7) == text


def test_a_silence_after_much_is_no_longer_than_any_other() -> None:
    def stall(stream: BinaryIO, tag: str) -> bool:
        pour(stream, b"* 1 FETCH (UID 1 BODY[] {900000}\r\n" + b"x" * 800_000)
        return silent(stream, tag)

    credit = Limits(command_s=0.4, bytes_a_second=1000)  # 800 s are won, none of them for a silence
    with inbox_at({"UID FETCH": stall}, limits=credit) as store, soon(), pytest.raises(Unreachable):
        store.whole("INBOX", 1, uid_validity=7)


@pytest.mark.parametrize("conduct", [silent, dripping()])
def test_a_close_waits_for_nobody(conduct: Play) -> None:
    with inbox_at({"LOGOUT": conduct}) as store, soon():
        store.close()


def test_answers_cut_into_single_octets_are_put_together() -> None:
    literal = b"Subject: x\r\nFrom: Ada <ada@quillworks.example>\r\n\r\n"
    answer = b"* 1 FETCH (UID 1 FLAGS (\\Seen) BODY[HEADER.FIELDS (X)] {%d}\r\n%b)\r\n" % (
        len(literal),
        literal,
    )

    def trickle(stream: BinaryIO, tag: str) -> bool:
        drip(stream, answer + f"{tag} OK done\r\n".encode(), gap_s=0.001)
        return True

    with inbox_at({"UID FETCH": trickle}) as store, soon():
        (head,) = store.heads("INBOX", [1], uid_validity=7)
    assert head.header == literal
    assert head.flags == {"\\seen"}


def test_what_is_said_between_commands_is_no_answer_to_the_next() -> None:
    gossip = answering(
        "* 9 EXISTS",
        "* OK [ALERT] hear",
        "* VANISHED (EARLIER) 1:5",
        "* SEARCH 4 5",
        "* STATUS INBOX (UNSEEN 3)",
    )
    with inbox_at({"STATUS": gossip, "UID SEARCH": answering("* SEARCH 1")}) as store:
        store.status("INBOX")
        assert store.unseen("INBOX") == 3
        assert store.uids("INBOX", uid_validity=7, above=0, since=None) == (1,)
