"""A server that says what a script tells it, for what no real server can be made to do."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

Script = Callable[[BinaryIO], None]
"""Plays one connection; it ends when the script returns."""


@contextmanager
def serving(script: Script, *, certificate: Path | None = None) -> Iterator[int]:
    """A port on loopback that plays the script for every connection; with `certificate` over TLS."""
    listener = socket.create_server(("127.0.0.1", 0))
    connections: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def play(connection: socket.socket) -> None:
        try:
            if certificate is not None:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate, certificate.with_name("key.pem"))
                connection = context.wrap_socket(connection, server_side=True)
            with connection.makefile("rwb", buffering=0) as stream:
                script(stream)  # type: ignore[arg-type]
        except OSError:  # the client has gone, which is what some scripts provoke
            pass
        finally:
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            thread = threading.Thread(target=play, args=(connection,), daemon=True)
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=accept, daemon=True)
    acceptor.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in connections:
            connection.close()
        for thread in [acceptor, *threads]:
            thread.join(5)


def say(stream: BinaryIO, line: str) -> None:
    stream.write(line.encode() + b"\r\n")


def hear(stream: BinaryIO) -> tuple[str, str]:
    """The tag and the rest of the client's next line; ConnectionError at the end of the stream."""
    line = stream.readline()
    if not line:
        raise ConnectionError
    tag, _, rest = line.decode("latin-1").rstrip("\r\n").partition(" ")
    return tag, rest


CAPABILITIES = "IMAP4rev1 IDLE UIDPLUS MOVE"


def login(stream: BinaryIO, *, capabilities: str = CAPABILITIES, answer: str = "OK done") -> str:
    """Greet, answer CAPABILITY, and answer the login; returns the tag of the login."""
    say(stream, f"* OK [CAPABILITY {capabilities}] ready")
    while True:
        tag, command = hear(stream)
        if command.upper().startswith("CAPABILITY"):
            say(stream, f"* CAPABILITY {capabilities}")
            say(stream, f"{tag} OK done")
        elif command.upper().startswith(("LOGIN", "AUTHENTICATE")):
            say(stream, f"{tag} {answer}")
            return tag
        else:
            say(stream, f"{tag} BAD log in first")


def serve_inbox(stream: BinaryIO, answers: dict[str, Callable[[BinaryIO, str], bool]]) -> None:
    """After the login: a plain INBOX; `answers` by command play the rest, False ends the connection."""
    while True:
        tag, command = hear(stream)
        words = command.upper().split()
        name = " ".join(words[:2]) if words[0] == "UID" else words[0]
        if name in answers:
            if not answers[name](stream, tag):
                return
        elif name in {"SELECT", "EXAMINE"}:
            say(stream, "* 1 EXISTS")
            say(stream, r"* OK [PERMANENTFLAGS (\Deleted \Seen \*)] kept")
            say(stream, "* OK [UIDVALIDITY 7] valid")
            say(stream, "* OK [UIDNEXT 2] next")
            say(stream, f"{tag} OK [READ-WRITE] done")
        elif name == "CAPABILITY":
            say(stream, f"* CAPABILITY {CAPABILITIES}")
            say(stream, f"{tag} OK done")
        elif name == "LIST":
            say(stream, '* LIST (\\HasNoChildren) "/" INBOX')
            say(stream, f"{tag} OK done")
        elif name == "LOGOUT":
            say(stream, "* BYE")
            say(stream, f"{tag} OK done")
            return
        else:
            say(stream, f"{tag} OK done")
