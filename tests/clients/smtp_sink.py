"""An SMTP server on loopback that takes whatever a mail client submits and passes nothing on (RFC 5321)."""

import contextlib
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

_LONGEST_LINE = 64 * 1024
_MOST_OCTETS = 1024 * 1024
_SILENT_FOR_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One mail as it went over the wire, dots unstuffed, line ends as CRLF.

    Args:
        sender, recipients: the envelope's, without angle brackets.
    """

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass(slots=True)
class SmtpSink:
    """Where it listens, and all that it was given so far."""

    port: int
    submitted: list[Submitted] = field(default_factory=list)


@contextmanager
def open_sink() -> Iterator[SmtpSink]:
    """A sink on a free port of loopback, closed at the end with all its connections."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.sink = SmtpSink(port=server.server_address[1])
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.sink
        finally:
            server.shutdown()
            thread.join(10)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    sink: SmtpSink


class _Session(socketserver.StreamRequestHandler):
    timeout = _SILENT_FOR_S
    server: _Server

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # a client that hangs up has said all that it wanted to
            self._say("220 sink.example ESMTP")
            while line := self.rfile.readline(_LONGEST_LINE):
                command = line.decode("latin-1").rstrip("\r\n")
                self._answer(command)
                if command.upper() == "QUIT":
                    return

    def _answer(self, command: str) -> None:
        verb, _, rest = command.partition(" ")
        match verb.upper():
            case "EHLO":
                self._say("250-sink.example", "250-8BITMIME", "250-SIZE 1000000", "250 AUTH PLAIN LOGIN")
            case "AUTH":
                self._log_in(rest)
            case "MAIL":
                self._sender, self._recipients = _path(rest), list[str]()
                self._say("250 OK")
            case "RCPT":
                self._recipients.append(_path(rest))
                self._say("250 OK")
            case "DATA":
                self._take()
            case "QUIT":
                self._say("221 Bye")
            case "HELO" | "RSET" | "NOOP":
                self._say("250 OK")
            case _:
                self._say("502 Not here")

    def _log_in(self, rest: str) -> None:
        """Any name and password will do (RFC 4954)."""
        mechanism, _, first = rest.partition(" ")
        asked = 0 if first else 1
        for _ in range(asked + (mechanism.upper() == "LOGIN")):
            self._say("334 ")
            self.rfile.readline(_LONGEST_LINE)
        self._say("235 Welcome")

    def _take(self) -> None:
        self._say("354 Go on")
        raw = bytearray()
        while (line := self.rfile.readline(_LONGEST_LINE)) not in {b".\r\n", b""}:
            raw += line.removeprefix(b".")
            if len(raw) > _MOST_OCTETS:
                return
        if line:
            recipients = tuple(self._recipients)
            mail = Submitted(sender=self._sender, recipients=recipients, raw=bytes(raw))
            self.server.sink.submitted.append(mail)
            self._say("250 Taken")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


def _path(rest: str) -> str:
    """`FROM:<a@b> SIZE=1` without all but the address."""
    return rest.partition("<")[2].partition(">")[0]
