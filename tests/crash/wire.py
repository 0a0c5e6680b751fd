"""A wire between program and server that is cut, stalled or split at one of the server's responses."""

import select
import socket
import struct
import threading
from types import TracebackType
from typing import Self

from crash.disturbed import Place

_GAP_S = 0.01
"""Between the two halves of a split response: more than the kernel needs to deliver them one by one."""


class Wire:
    """Relays connections to a port of this machine; a response is all that answers a command, greeting or `+`.

    Args:
        place: what happens to the response; None to count only.
        number: of that response, from 1, over all connections.
    """

    def __init__(self, target: int, *, place: Place | None = None, number: int = 0) -> None:
        self._target = target
        self._place = place
        self._number = number
        self.responses = 0
        self.is_late = False
        """Whether the fault struck a response that nobody needed any more: that to LOGOUT."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._sockets:
            _hang_up(sock)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            for sock in (client, server):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets += (client, server)
            thread = threading.Thread(target=self._relay, args=(client, server))
            self._threads.append(thread)
            thread.start()

    def _relay(self, client: socket.socket, server: socket.socket) -> None:
        tag, command, response = b"", b"", b""
        try:
            while True:
                ready, _, _ = select.select([client, server], [], [])
                if client in ready:
                    said = client.recv(65536)
                    if not said:
                        return
                    first = said.split(b" ", 1)[0]
                    if first.isalnum() and len(first) < 12:
                        tag, command = first, said
                    server.sendall(said)
                if server in ready:
                    heard = server.recv(65536)
                    if not heard:
                        return
                    response += heard
                    if _is_whole(response, tag):
                        self.responses += 1
                        self.is_late = b"LOGOUT" in command[:24]
                        if self._place is not None and self.responses == self._number:
                            self._disturb(client, response)
                            if self._place is not Place.SPLIT:
                                return
                        else:
                            client.sendall(response)
                        response = b""
        except (OSError, ValueError):  # one side is gone
            return
        finally:
            # After a stall the client is left waiting until the wire is taken down.
            if not (self._place in {Place.STALL_BEFORE, Place.STALL_WITHIN} and self._is_struck):
                _hang_up(client, reset=self._place is Place.CUT_BEFORE)
            _hang_up(server)

    @property
    def _is_struck(self) -> bool:
        return self.responses >= self._number

    def _disturb(self, client: socket.socket, response: bytes) -> None:
        half = len(response) // 2
        match self._place:
            case Place.CUT_WITHIN | Place.STALL_WITHIN:
                client.sendall(response[:half])
            case Place.CUT_AFTER:
                client.sendall(response)
            case Place.SPLIT:
                client.sendall(response[:half])
                threading.Event().wait(_GAP_S)
                client.sendall(response[half:])
            case _:
                pass


def _is_whole(response: bytes, tag: bytes) -> bool:
    """Whether the server has said all it has to say to the last command."""
    if not response.endswith(b"\r\n"):
        return False
    last = response[:-2].rpartition(b"\r\n")[2]
    if not tag:
        return last.startswith(b"* ")  # the greeting
    return last.startswith((tag + b" ", b"+ ")) or last == b"+"


def _hang_up(sock: socket.socket, *, reset: bool = False) -> None:
    """Close; with a reset what is still under way is lost, without one it arrives."""
    try:
        if reset:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    except OSError:  # closed already
        pass
