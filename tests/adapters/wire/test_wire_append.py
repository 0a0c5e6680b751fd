"""An APPEND whose answer is wrong or lost: the draft is there, is found by a look, and is never made twice."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crash.disturbed import Account, sweep_in_place
from dovecot import PASSWORD
from graceperiod.adapters.ledger_sqlite import open_ledger
from graceperiod.core.hold import Hold, HoldState
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer
from graceperiod.errors import Refused, Unreachable
from stage import MONDAY, rejection
from wired import IMPATIENT, answering, inbox_at, rewritten, saying, soon

Conduct = Callable[[bytes, bytes], bytes | None]


def refused(tag: bytes, answer: bytes) -> bytes:
    return tag + b" NO [OVERQUOTA] no room for that\r\n"


def rejected(tag: bytes, answer: bytes) -> bytes:
    return tag + b" BAD what was that\r\n"


def lost(tag: bytes, answer: bytes) -> None:
    return None


def withheld(tag: bytes, answer: bytes) -> bytes:
    return b""


def halved(tag: bytes, answer: bytes) -> bytes:
    return answer[: len(answer) // 2]


def parted(tag: bytes, answer: bytes) -> bytes:
    return b"* BYE good night\r\n"


def without_a_uid(tag: bytes, answer: bytes) -> bytes:
    return tag + b" OK done\r\n"


def with_a_wrong_uid(tag: bytes, answer: bytes) -> bytes:
    return tag + b" OK [APPENDUID 4711 1] done\r\n"


class Appends:
    """Counts the APPENDs of a connection; the one of that number is answered by `conduct`."""

    def __init__(self, number: int, conduct: Conduct) -> None:
        self.number, self.conduct = number, conduct
        self.count = 0

    def __call__(self, command: bytes, answer: bytes) -> bytes | None:
        tag, _, rest = command.partition(b" ")
        if not rest.startswith(b"APPEND ") or answer.startswith(b"+"):
            return answer
        self.count += 1
        return self.conduct(tag, answer) if self.count == self.number else answer


def hold_of(account: Account) -> Hold:
    ledger = open_ledger(account.ledger, exclusive=True)
    try:
        (hold,) = ledger.holds()
        return hold
    finally:
        ledger.close()


@pytest.mark.parametrize("number", [1, 2], ids=["sealed", "released"])
@pytest.mark.parametrize(
    "conduct", [refused, rejected, lost, withheld, halved, parted, without_a_uid, with_a_wrong_uid]
)
def test_a_draft_that_was_stored_is_found_whatever_was_said_of_it_and_never_made_again(
    conduct: Conduct, number: int, tmp_path: Path
) -> None:
    appends = Appends(number, conduct)

    def sweep(account: Account) -> None:
        for _ in range(3):
            with suppress(Unreachable):
                sweep_in_place(account, read_timeout_s=1.0)

    with (
        DemoServer({"robin": PASSWORD}) as server,
        Person(host=HOST, port=server.port, user="robin", password=PASSWORD, address="r@x.example") as person,
        rewritten(server.port, appends) as port,
    ):
        person.deliver(rejection(), "INBOX", MONDAY)
        account = Account(port=port, user="robin", ledger=tmp_path / "l.sqlite3", now=MONDAY, seal=True)
        sweep(account)
        assert hold_of(account).state is HoldState.SEALED
        (sealed,) = person.drafts()
        assert not sealed.head.has_recipient
        sweep(replace(account, now=MONDAY + timedelta(hours=48)))
        assert hold_of(account).state is HoldState.RELEASED
        (released,) = person.drafts()
        assert released.head.has_recipient
    assert appends.count == 2  # one for each state: what was stored was not stored again


@pytest.mark.parametrize(
    ("said", "uid"),
    [
        ("OK [APPENDUID 7 12] done", 12),
        ("OK [appenduid 7 12] done", 12),
        ("OK [APPENDUID 8 12] done", None),  # of another UIDVALIDITY
        ("OK [APPENDUID 7] done", None),
        ("OK ", None),
    ],
)
def test_the_uid_of_what_was_stored_is_taken_only_from_a_code_that_gives_it(
    said: str, uid: int | None
) -> None:
    with inbox_at({"APPEND": saying(said)}) as store:
        assert store.append("INBOX", b"x", flags=(), uid_validity=7) == uid


def test_an_append_that_is_refused_leaves_a_connection_that_can_look_for_it() -> None:
    answers = {"APPEND": saying("NO [OVERQUOTA] no room"), "UID SEARCH": answering("* SEARCH 1 2")}
    with inbox_at(answers) as store:
        with pytest.raises(Refused):
            store.append("INBOX", b"x", flags=(), uid_validity=7)
        assert store.uids("INBOX", uid_validity=7, above=0, since=None) == (1, 2)


def test_a_lost_answer_to_an_append_is_no_refusal() -> None:
    with inbox_at({"APPEND": lambda stream, tag: False}, limits=IMPATIENT) as store, soon():
        with pytest.raises(Unreachable):
            store.append("INBOX", b"x", flags=(), uid_validity=7)
        with pytest.raises(Unreachable, match="given up before"):  # what may come late is no answer to this
            store.uids("INBOX", uid_validity=7, above=0, since=None)
