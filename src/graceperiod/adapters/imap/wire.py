"""The octets of a connection, read with an end in sight: a time limit and a bound for every command.

`imaplib` sets a limit for each read only: a server that sends one octet a second is never done with, and a
literal is taken to be as long as the server says. See docs/decisions/0009-a-command-ends.md.
"""

import imaplib
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any

_CHUNK_BYTES = 64 * 1024
_PORT = 143


class Flood(OSError):
    """The server sends more than was asked for; what follows on this connection cannot be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a server is given: seconds and octets. Shorter ones are for tests.

    Args:
        connect_s: for a connection and its TLS handshake each.
        command_s: for a command, from its first octet to the end of its answer; and for a silence.
        bytes_a_second: what is long may take longer: each time so many octets have passed, a second more.
        idle_s: how long IDLE lasts before the server has to give a sign of life. With `command_s` for that
            sign, a dead link is noticed within 5 min.
        literal_bytes: of one literal; eight times what is asked for in a FETCH.
        draft_bytes: of the literal where a whole draft is fetched. Chosen: Gmail lets 25 MB be attached,
            which are 35 MB in base64.
        line_bytes: of one line; a BODYSTRUCTURE or SEARCH answer of a large mailbox may pass 1 MB.
        command_bytes: of all that answers one command; 38 MB are the most that is ever asked for.
        command_lines: of all that answers one command: imaplib keeps each, and a short one takes ten times
            its length. Chosen: five times what a SEARCH of ours has uids.
    """

    connect_s: float = 20.0
    command_s: float = 55.0
    bytes_a_second: int = 16 * 1024
    idle_s: float = 235.0
    literal_bytes: int = 1024 * 1024
    draft_bytes: int = 40 * 1024 * 1024
    line_bytes: int = 8 * 1024 * 1024
    command_bytes: int = 64 * 1024 * 1024
    command_lines: int = 100_000


class Wire(imaplib.IMAP4):
    """imaplib's client over a reader of our own, with TLS from the start where a context is given.

    Raises `TimeoutError` and `Flood` where a limit is passed. After these, and after whatever else breaks off
    in the middle of an answer, the connection is lost: what comes late is no answer to another command.
    """

    def __init__(self, host: str, port: int, *, limits: Limits, context: ssl.SSLContext | None) -> None:
        self._limits = limits
        self._context = context
        self._held = bytearray()
        self._is_lost = False
        self.command_s = limits.command_s
        self.literal_bytes = limits.literal_bytes
        self.begin()
        super().__init__(host, port, timeout=limits.connect_s)

    def begin(self) -> None:
        """Set the clock for a command and its answer; a new tag does so by itself."""
        self._until_s = time.monotonic() + self.command_s
        self._heard_bytes = self._heard_lines = 0

    @property
    def has_unread(self) -> bool:
        """Whether something came that no `select` on the socket would tell of."""
        return bool(self._held) or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending() > 0)

    # -- what imaplib calls ---------------------------------------------------------------------------

    def open(self, host: str = "", port: int = _PORT, timeout: float | None = None) -> None:
        """Connect, and give the server the time of a command for its greeting."""
        super().open(host, port, timeout)
        self.begin()

    def _create_socket(self, timeout: float | None) -> socket.socket:
        sock = socket.create_connection((self.host, self.port), timeout)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock if self._context is None else self._context.wrap_socket(sock, server_hostname=self.host)

    def readline(self) -> bytes:
        """The next line; what there is of it at the end of the stream."""
        self._heard_lines += 1
        if self._heard_lines > self._limits.command_lines:
            msg = f"an answer of more than {self._limits.command_lines} lines"
            raise Flood(msg)
        searched = 0
        while (end := self._held.find(b"\n", searched)) < 0:
            searched = len(self._held)
            if searched > self._limits.line_bytes:
                msg = f"a line of more than {self._limits.line_bytes} octets"
                raise Flood(msg)
            if not self._hear():
                return self._take(searched)
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        """A literal; refused before it is read if it is longer than anything that was asked for."""
        if size > self.literal_bytes:
            msg = f"a literal of {size} octets"
            raise Flood(msg)
        while len(self._held) < size and self._hear():
            pass
        return self._take(size)

    def send(self, data: Any) -> None:
        """All of the octets; a server that takes none of them is given up like a silent one."""
        octets = memoryview(data)
        try:
            for start in range(0, len(octets), _CHUNK_BYTES):
                piece = octets[start : start + _CHUNK_BYTES]
                self.sock.settimeout(self._left_s())
                self.sock.sendall(piece)
                self._credit(len(piece))
        except OSError:
            self._is_lost = True
            raise

    def _new_tag(self) -> bytes:
        if self._is_lost:
            msg = "it was given up before"
            raise self.abort(msg)
        self.begin()
        tag: bytes = super()._new_tag()  # type: ignore[misc]
        return tag

    def _simple_command(self, name: str, *args: Any) -> Any:
        done = super()._simple_command(name, *args)  # type: ignore[misc]
        if name == "STARTTLS" and self._held:
            # Said in the clear, by anybody in between, and about to be taken for what is said under TLS.
            msg = "more than an answer to STARTTLS"
            raise self.abort(msg)
        return done

    def _get_response(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super()._get_response(*args, **kwargs)  # type: ignore[misc]
        except (OSError, self.abort):
            self._is_lost = True
            raise
        except (ValueError, TypeError, AttributeError) as error:
            self._is_lost = True
            msg = f"an answer that cannot be read ({type(error).__name__})"
            raise self.abort(msg) from error

    def _log(self, line: object) -> None:
        """Nothing: imaplib would keep the last ten lines, a password and megabytes among them."""

    # -- octets ---------------------------------------------------------------------------------------

    def _hear(self) -> bool:
        """Hold what comes next; False at the end of the stream."""
        self.sock.settimeout(self._left_s())
        said = self.sock.recv(_CHUNK_BYTES)
        self._held += said
        self._heard_bytes += len(said)
        self._credit(len(said))
        if self._heard_bytes > self._limits.command_bytes:
            msg = f"an answer of more than {self._limits.command_bytes} octets"
            raise Flood(msg)
        return bool(said)

    def _left_s(self) -> float:
        left_s = self._until_s - time.monotonic()
        if left_s <= 0:
            msg = "no end of the answer in time"
            raise TimeoutError(msg)
        return min(left_s, self.command_s)

    def _credit(self, octets: int) -> None:
        self._until_s += octets / self._limits.bytes_a_second

    def _take(self, size: int) -> bytes:
        with memoryview(self._held) as held:
            taken = bytes(held[:size])
        del self._held[:size]
        return taken
