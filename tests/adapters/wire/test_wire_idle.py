"""IDLE on servers that die in it, say too much in it, or do not have it after all (RFC 2177)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from dovecot import PASSWORD, make_certificate
from graceperiod.adapters.imap import open_store
from graceperiod.adapters.imap.store import ImapStore
from graceperiod.adapters.imap.wire import Limits
from graceperiod.adapters.waker import Waker
from graceperiod.core.endpoint import Tls
from graceperiod.errors import Unreachable
from wired import (
    IMPATIENT,
    Play,
    after_login,
    drip,
    hear,
    inbox_at,
    login_at,
    pour,
    say,
    saying,
    serving,
    silent,
    soon,
)

LONG = timedelta(minutes=5)


@pytest.fixture
def wake() -> Iterator[Waker]:
    wake = Waker()
    yield wake
    wake.close()


def wait(store: ImapStore, wake: Waker, timeout: timedelta = LONG) -> bool:
    return store.wait("INBOX", uid_validity=7, timeout=timeout, wake=wake)


def idling(said: bytes = b"+ idling\r\n", *, after: Play | None = None) -> Play:
    """IDLE that says this at once, in one segment, and ends when it is asked to."""

    def play(stream: BinaryIO, tag: str) -> bool:
        stream.write(said)
        if after is not None:
            return after(stream, tag)
        while hear(stream)[0].upper() != "DONE":
            pass
        say(stream, f"{tag} OK done")
        return True

    return play


def hang_up(stream: BinaryIO, tag: str) -> bool:
    return False


def part(stream: BinaryIO, tag: str) -> bool:
    say(stream, "* BYE over and out")
    return False


def part_and_stay(stream: BinaryIO, tag: str) -> bool:
    say(stream, "* BYE over and out")
    return silent(stream, tag)


def test_a_dead_link_is_noticed_within_five_minutes_idle_and_a_minute_in_a_command() -> None:
    usual = Limits()
    assert usual.idle_s + usual.command_s < 5 * 60
    assert usual.command_s < 60
    assert usual.command_s == 55.0


@pytest.mark.parametrize(
    "death",
    [
        pytest.param(silent, id="silent"),
        pytest.param(hang_up, id="closed"),
        pytest.param(part, id="BYE"),
        pytest.param(part_and_stay, id="BYE, not closed"),
    ],
)
@pytest.mark.parametrize("start", [b"", b"+ idling\r\n"], ids=["before the plus", "in it"])
def test_a_link_that_dies_in_idle_is_noticed_in_time_and_without_work(
    start: bytes, death: Play, wake: Waker
) -> None:
    with (
        inbox_at({"IDLE": idling(start, after=death)}, limits=IMPATIENT) as store,
        soon(),
        pytest.raises(Unreachable),
    ):
        wait(store, wake)


def test_a_life_sign_is_asked_for_again_and_again_while_nothing_comes(wake: Waker) -> None:
    asked: list[str] = []

    def idle(stream: BinaryIO, tag: str) -> bool:
        asked.append(tag)
        return idling()(stream, tag)

    quick = Limits(command_s=5, idle_s=0.01)
    with inbox_at({"IDLE": idle}, limits=quick) as store, soon():
        assert not wait(store, wake, timedelta(seconds=2.5))
    assert 2 <= len(asked) <= 4  # a second apart, although each lasts ten milliseconds


def test_a_server_that_always_has_something_to_say_keeps_nobody_busy(wake: Waker) -> None:
    rounds: list[str] = []

    def chatter(stream: BinaryIO, tag: str) -> bool:
        rounds.append(tag)
        return idling(b"+ idling\r\n* OK Still here\r\n")(stream, tag)

    with inbox_at({"IDLE": chatter}) as store, soon():
        assert not wait(store, wake, timedelta(seconds=2.5))
    assert len(rounds) <= 4


def test_a_server_that_never_stops_talking_in_idle_is_given_up(wake: Waker) -> None:
    def endless(stream: BinaryIO, tag: str) -> bool:
        while True:
            pour(stream, b"* OK Still here\r\n" * 100)

    small = Limits(command_s=5, command_bytes=20_000)
    with (
        inbox_at({"IDLE": idling(after=endless)}, limits=small) as store,
        soon(),
        pytest.raises(Unreachable),
    ):
        wait(store, wake)


@pytest.mark.parametrize(
    "said",
    [
        b"* 2 EXISTS\r\n+ idling\r\n",
        b"* OK hello\r\n* 2 EXISTS\r\n* 1 RECENT\r\n+\r\n",
        b"+ idling\r\n* 2 EX",
    ],
)
def test_what_is_said_before_the_plus_or_by_half_after_it_is_heard(said: bytes, wake: Waker) -> None:
    def rest(stream: BinaryIO, tag: str) -> bool:
        hear(stream)
        pour(stream, (b"ISTS\r\n" if said.endswith(b"EX") else b"") + f"{tag} OK done\r\n".encode())
        return True

    with inbox_at({"IDLE": idling(said, after=rest)}) as store, soon():
        assert wait(store, wake)
        assert store.status("INBOX").exists == 1  # the connection is as good as before


def test_a_sign_that_comes_octet_by_octet_is_heard(wake: Waker) -> None:
    def trickle(stream: BinaryIO, tag: str) -> bool:
        drip(stream, b"+ idling\r\n* 2 EXISTS\r\n", gap_s=0.005)
        hear(stream)
        drip(stream, f"{tag} OK done\r\n".encode(), gap_s=0.005)
        return True

    with inbox_at({"IDLE": trickle}) as store, soon():
        assert wait(store, wake)


@pytest.mark.parametrize("said", ["NO not now", "BAD what is that"])
def test_a_server_that_refuses_the_idle_it_announced_is_polled(said: str, wake: Waker) -> None:
    asked: list[str] = []

    def refuse(stream: BinaryIO, tag: str) -> bool:
        asked.append(tag)
        return saying(said)(stream, tag)

    with inbox_at({"IDLE": refuse}) as store, soon():
        for _ in range(3):
            assert wait(store, wake, timedelta(milliseconds=50))
        wake.set()
        assert wait(store, wake)
        assert store.status("INBOX").exists == 1
    assert len(asked) == 1


@pytest.mark.parametrize(
    "records",
    [
        [b"+ idling\r\n* 2 EXISTS\r\n"],
        [b"+ idling\r\n", b"* 2 EXISTS\r\n"],
        [b"+ idling\r\n* 2 EX", b"ISTS\r\n"],
        [b"* 2 EXISTS\r\n+ idling\r\n"],
    ],
)
def test_under_tls_a_sign_is_heard_however_records_divide_it(
    records: list[bytes], tmp_path: Path, wake: Waker
) -> None:
    certificate = make_certificate(tmp_path, days=2)

    def idle(stream: BinaryIO, tag: str) -> bool:
        stream.writelines(records)
        hear(stream)
        say(stream, f"{tag} OK done")
        return True

    with serving(after_login({"IDLE": idle}), certificate=certificate) as port:
        store = open_store(login_at(port, tls=Tls.IMPLICIT, ca_file=certificate), PASSWORD)
        with soon():
            assert wait(store, wake)
        store.close()
