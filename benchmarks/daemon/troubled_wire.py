"""A wire between the daemon and its server on which connections are cut and stalled, for a soak."""

import asyncio
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(eq=False)
class _Link:
    """One relayed connection; while `flow` is not set, nothing passes."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    flow: asyncio.Event = field(default_factory=asyncio.Event)


class TroubledWire:
    """Relays connections to a port of this machine, in a thread of its own. Its methods are for other threads."""

    def __init__(self, target: int, chance: random.Random) -> None:
        self._target = target
        self._chance = chance
        self._links: set[_Link] = set()
        self._last_word_at = 0.0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire")
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self, share: float) -> None:
        """Hang up that share of all connections, with a reset."""
        self._loop.call_soon_threadsafe(self._each, share, _abort)

    def stall(self, share: float) -> None:
        """Let nothing pass on that share of all connections, until `flow`."""
        self._loop.call_soon_threadsafe(self._each, share, lambda link: link.flow.clear())

    def flow(self) -> None:
        """Let everything pass again, late."""
        self._loop.call_soon_threadsafe(self._each, 1.0, lambda link: link.flow.set())

    def rest(self) -> tuple[int, float]:
        """How many connections there are, and for how many seconds nothing has passed on any."""

        async def look() -> tuple[int, float]:
            return len(self._links), self._loop.time() - self._last_word_at

        return asyncio.run_coroutine_threadsafe(look(), self._loop).result(10)

    def _each(self, share: float, do: Callable[[_Link], object]) -> None:
        for link in list(self._links):
            if self._chance.random() < share:
                do(link)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for link in list(self._links):
            _abort(link)
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        link = _Link(writer, to_server)
        link.flow.set()
        self._links.add(link)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pump(link, reader, to_server))
                group.create_task(self._pump(link, from_server, writer))
        except* (OSError, _Ended):
            pass
        finally:
            self._links.discard(link)
            _abort(link)

    async def _pump(self, link: _Link, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while said := await source.read(65536):
            await link.flow.wait()
            self._last_word_at = self._loop.time()
            sink.write(said)
            await sink.drain()
        raise _Ended  # one side has hung up: so is the other


class _Ended(Exception):
    """The end of a connection."""


def _abort(link: _Link) -> None:
    for side in (link.client, link.server):
        with suppress(OSError):
            side.transport.abort()
