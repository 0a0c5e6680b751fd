"""What the tests of the wire share: a store with short limits, scripts of one command, a wire that rewrites."""

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from dovecot import PASSWORD
from graceperiod.adapters.imap import ImapStore, Login, open_store
from graceperiod.adapters.imap.wire import Limits
from graceperiod.core.endpoint import Endpoint, Tls
from scripted import CAPABILITIES, Script, hear, login, say, serve_inbox, serving

IMPATIENT = Limits(command_s=0.4, idle_s=0.3)
"""What a minute is to the program, so that tests are short."""

SOON_S = 5.0
"""Far over what an impatient store may wait, on a machine that is busy."""

Play = Callable[[BinaryIO, str], bool]
"""Answers one command; False ends the connection."""


def login_at(port: int, *, tls: Tls = Tls.NONE, ca_file: Path | None = None) -> Login:
    endpoint = Endpoint(host="localhost", port=port, tls=tls)
    return Login(account="work", endpoint=endpoint, user="robin-wire", ca_file=ca_file)


def after_login(answers: dict[str, Play], **options: Any) -> Script:
    def script(stream: BinaryIO) -> None:
        login(stream, **options)
        serve_inbox(stream, answers)

    return script


@contextmanager
def inbox_at(
    answers: dict[str, Play], *, limits: Limits | None = None, **options: Any
) -> Iterator[ImapStore]:
    """A store with a scripted INBOX (UIDVALIDITY 7), some of whose commands are played by `answers`."""
    with serving(after_login(answers, **options)) as port:
        store = open_store(login_at(port), PASSWORD, limits=limits)
        try:
            yield store
        finally:
            store.close()


Listen = Callable[[BinaryIO, str, str], bool]
"""Answers one command of which it hears all words; False ends the connection."""


@contextmanager
def listening_at(hears: dict[str, Listen], *, limits: Limits | None = None) -> Iterator[ImapStore]:
    """As `inbox_at`; but those who answer hear the whole command, and INBOX says it has uids up to 140,000."""

    def script(stream: BinaryIO) -> None:
        login(stream)
        while True:
            tag, command = hear(stream)
            words = command.upper().split()
            name = " ".join(words[:2]) if words[0] == "UID" else words[0]
            if name in hears:
                if not hears[name](stream, tag, command):
                    return
            elif name == "LOGOUT":
                return
            elif name == "CAPABILITY":
                answering(f"* CAPABILITY {CAPABILITIES}")(stream, tag)
            else:
                select_lines = ("* 3 EXISTS", "* OK [UIDVALIDITY 7] valid", "* OK [UIDNEXT 140001] next")
                answering(*select_lines)(stream, tag)

    with serving(script) as port:
        store = open_store(login_at(port), PASSWORD, limits=limits)
        try:
            yield store
        finally:
            store.close()


def answering(*lines: str) -> Play:
    """Says the lines and OK."""

    def play(stream: BinaryIO, tag: str) -> bool:
        pour(stream, b"".join(line.encode() + b"\r\n" for line in (*lines, f"{tag} OK done")))
        return True

    return play


def saying(last: str) -> Play:
    """Says one tagged line: `NO [CODE] why`."""

    def play(stream: BinaryIO, tag: str) -> bool:
        say(stream, f"{tag} {last}")
        return True

    return play


def silent(stream: BinaryIO, _tag: str) -> bool:
    """Says nothing any more and hears all that comes, until the client has gone."""
    while stream.read(4096):
        pass
    return False


def pour(stream: BinaryIO, octets: bytes) -> None:
    """All of them: an unbuffered stream may take only a part."""
    rest = memoryview(octets)
    while rest:
        rest = rest[stream.write(rest) :]


def drip(stream: BinaryIO, octets: bytes, *, gap_s: float = 0.05) -> None:
    """One octet at a time."""
    pause = threading.Event()
    for octet in octets:
        stream.write(bytes([octet]))
        pause.wait(gap_s)


@contextmanager
def soon(within_s: float = SOON_S) -> Iterator[None]:
    """What is inside ends soon, and the thread spends no processor time on its waiting."""
    began_s, spent_s = time.monotonic(), time.thread_time()
    yield
    assert time.monotonic() - began_s < within_s
    assert time.thread_time() - spent_s < 0.25


Rewrite = Callable[[bytes, bytes], bytes | None]
"""From a command and the whole answer to it, what the client is to hear instead; None cuts the connection."""


@contextmanager
def rewritten(port: int, rewrite: Rewrite) -> Iterator[int]:
    """A port that leads to the server at `port`, with its answers rewritten."""

    def script(stream: BinaryIO) -> None:
        with socket.create_connection(("127.0.0.1", port)) as server:
            _relay(stream, server, rewrite)

    with serving(script) as between:
        yield between


def _relay(client: BinaryIO, server: socket.socket, rewrite: Rewrite) -> None:
    tag, command, answer = b"", b"", b""
    while True:
        sides: list[Any] = [client, server]
        ready, _, _ = select.select(sides, [], [])
        if client in ready:
            said = client.read(65536)
            if not said:
                return
            first = said.split(b" ", 1)[0]
            if first.isalnum() and len(first) < 12 and b" " in said:
                tag, command = first, said
            server.sendall(said)
        if server in ready:
            heard = server.recv(65536)
            if not heard:
                return
            answer += heard
            last = answer[:-2].rpartition(b"\r\n")[2] if answer.endswith(b"\r\n") else b""
            if last.startswith((tag + b" ", b"+") if tag else b"* "):
                instead = rewrite(command, answer)
                if instead is None:
                    return
                pour(client, instead)
                answer = b""


__all__ = [
    "IMPATIENT",
    "SOON_S",
    "Listen",
    "Play",
    "after_login",
    "answering",
    "drip",
    "hear",
    "inbox_at",
    "listening_at",
    "login_at",
    "pour",
    "rewritten",
    "say",
    "saying",
    "serving",
    "silent",
    "soon",
]
