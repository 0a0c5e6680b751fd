"""A flag that one thread raises and another waits for, also in `select` beside a connection."""

import select
import socket


class Waker:
    """Implements `ports.Wake` over a pair of connected sockets; safe to use from several threads."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def fileno(self) -> int:
        """Readable while the flag is up."""
        return self._reader.fileno()

    def set(self) -> None:
        """Raise the flag."""
        try:
            self._writer.send(b"!")
        except BlockingIOError:  # thousands of flags unread: it is up
            return

    def clear(self) -> None:
        """Take the flag down."""
        try:
            while self._reader.recv(4096):
                pass
        except BlockingIOError:
            return

    def is_set(self) -> bool:
        """Whether the flag is up."""
        return self.wait(0.0)

    def wait(self, timeout_s: float) -> bool:
        """True as soon as the flag is up, False after `timeout_s` seconds."""
        return bool(select.select([self._reader], [], [], timeout_s)[0])

    def close(self) -> None:
        """Give both sockets back."""
        self._reader.close()
        self._writer.close()
