"""A mail server in a thread of this process, on loopback (RFC 3501 with IDLE, MOVE, UIDPLUS, SPECIAL-USE)."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Self

from graceperiod.errors import UserError

if TYPE_CHECKING:
    from graceperiod.demo.embedded_imap import EmbeddedImap

HOST = "127.0.0.1"
"""Never another: the server has no TLS."""

_START_LIMIT_S = 10.0
"""Chosen: fifty times what a start was measured to take."""


class Keywords(StrEnum):
    """What the server does with keywords that a client sets (RFC 9051 section 2.3.2)."""

    ACCEPT = "accept"
    DROP = "drop"
    """Says OK and keeps nothing, as servers without `\\*` in PERMANENTFLAGS may."""
    REFUSE = "refuse"
    """Says NO and does nothing, as Courier does with keywords off."""


class DemoServer:
    """An IMAP server for as long as the `with` block lasts; mail is kept in memory only.

    Started again after a stop, it listens on the same port, and its mailboxes are empty.

    Args:
        users: passwords by user name.
        keywords: a `Keywords` or its value.
        port: 0 for any free one.
        now: INTERNALDATE of messages that are appended without one; aware.
    """

    def __init__(
        self,
        users: Mapping[str, str],
        *,
        keywords: Keywords | str = Keywords.ACCEPT,
        port: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._users = dict(users)
        self._keywords = Keywords(keywords)
        self._port = port
        self._now = now
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._imap: EmbeddedImap | None = None
        self._ready = threading.Event()
        self._failure: BaseException | None = None

    @property
    def host(self) -> str:
        """The loopback address."""
        return HOST

    @property
    def port(self) -> int:
        """The port listened on; 0 before the start if none was chosen."""
        return self._port

    def start(self) -> None:
        """Listen; returns when clients can connect. Never while it is running.

        Raises:
            UserError: pymap is not installed, or the port is taken.
        """
        try:
            # Imported here: it takes longer than all other commands need to start.
            from graceperiod.demo import embedded_imap  # noqa: F401
        except ImportError as error:
            msg = "The demo's mail server is not installed: pip install 'graceperiod[demo]'"
            raise UserError(msg) from error
        self._ready.clear()
        self._failure = self._imap = None
        self._thread = threading.Thread(target=self._run, name="demo-imap", daemon=True)
        self._thread.start()
        is_ready = self._ready.wait(_START_LIMIT_S)
        if self._failure is not None or not is_ready:
            self._thread.join(_START_LIMIT_S)
            msg = f"The demo's mail server cannot listen on {HOST}, port {self._port or 'any'}"
            raise UserError(msg) from self._failure

    def stop(self) -> None:
        """Close every connection and wait until the thread has ended; harmless if it is not running."""
        if self._thread is None:
            return
        if self._loop is not None and self._imap is not None:
            self._loop.call_soon_threadsafe(self._imap.end)
        self._thread.join(_START_LIMIT_S)
        self._thread = None

    def drop_connections(self) -> None:
        """Break off every connection, without a word to the clients, and go on listening."""
        if self._loop is None or self._imap is None:
            return
        asyncio.run_coroutine_threadsafe(self._imap.drop_connections(), self._loop).result(_START_LIMIT_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._failure = error
        finally:
            self._loop = None
            self._ready.set()

    async def _serve(self) -> None:
        from graceperiod.demo.embedded_imap import EmbeddedImap

        self._loop = asyncio.get_running_loop()
        async with EmbeddedImap.listening(
            self._users, host=HOST, port=self._port, keywords=self._keywords, now=self._now
        ) as imap:
            self._imap, self._port = imap, imap.port
            self._ready.set()
            await imap.ended()
