"""pymap's dictionary backend as a server that behaves as Dovecot does where a mail program would notice.

The only file that knows pymap (0.36.7, pinned: it has had no release since 2024). What it lacks or does
otherwise is put right by subclassing; each place says which behaviour with `QUIRK:`.
"""

import asyncio
import dataclasses
import socket
import ssl
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import datetime
from typing import Any, Self

import pymap.backend.dict.mailbox
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, DictBackend, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import LoadedMessage, MailboxData, MailboxSet, Message
from pymap.concurrent import Subsystem
from pymap.context import connection_exit
from pymap.exceptions import NotSupportedError
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.listtree import ListEntry, ListTree
from pymap.mailbox import MailboxSnapshot
from pymap.parsing.command import CommandAuth, CommandNoArgs, CommandSelect
from pymap.parsing.commands import Commands
from pymap.parsing.response import ResponseOk, UntaggedResponse
from pymap.parsing.response.fetch import BodyStructure, EnvelopeStructure
from pymap.parsing.specials.flag import Wildcard
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from graceperiod.demo.server import Keywords

_SPECIAL_USES = ("Drafts", "Sent", "Trash", "Junk", "Archive")
"""Mailboxes that every user has, with the attribute of the same name (RFC 6154)."""

_AFTER_IDLING_S = 0.02
"""Chosen: long enough for what follows `+ Idling.` to be another segment on loopback."""

_LARGEST_MESSAGE = 50_000_000


class EmbeddedImap:
    """A listening server in the running event loop."""

    def __init__(self, config: "_Config", login: Any) -> None:
        self.port = 0
        self._config = config
        self._login = login
        self._commands = config.commands
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._end = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def listening(
        cls,
        users: Mapping[str, str],
        *,
        host: str,
        port: int,
        keywords: Keywords,
        now: Callable[[], datetime],
    ) -> AsyncIterator[Self]:
        """A server that takes connections until the block is left; then all connections are closed."""
        config = _Config.build(keywords, now)
        backend = DictBackend(Login(config), config)
        for user, password in users.items():
            backend.login.users_dict[user] = UserMetadata(config, user, password=password)
            config.set_cache[user] = (await _Mailboxes.build(config), FilterSet())
        imap = cls(config, backend.login)
        server = await asyncio.start_server(imap._serve, host, port)
        imap.port = server.sockets[0].getsockname()[1]
        try:
            yield imap
        finally:
            server.close()
            for task in imap._connections:
                task.cancel()
            await asyncio.gather(*imap._connections, return_exceptions=True)

    def end(self) -> None:
        """Let `ended` return."""
        self._end.set()

    async def ended(self) -> None:
        """Return once `end` was called."""
        await self._end.wait()

    async def drop_connections(self) -> None:
        """Break off every connection without BYE, as a server that was killed does."""
        connections = dict(self._connections)
        for task, writer in connections.items():
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - the loop runs callbacks of streams in tasks
        self._connections[task] = writer
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = _Connection(
            self._commands, self._config, reader, _OneSegment(writer), SocketInfo.get(writer, None)
        )
        try:
            async with AsyncExitStack() as stack:
                connection_exit.set(stack)
                stack.enter_context(closing(connection))
                await connection.run(_State(self._login, self._config))
        except (OSError, asyncio.CancelledError):
            writer.close()
        finally:
            del self._connections[task]


class _OneSegment:
    """A writer that hands over a whole response at once.

    QUIRK: pymap writes a response piece by piece, and IMAPClient's `idle_check` raises on half a line.
    """

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._pending = bytearray()

    def write(self, piece: bytes | memoryview) -> None:
        self._pending += piece

    def writelines(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self._pending += piece

    async def drain(self) -> None:
        self._flush()
        await self._writer.drain()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._pending:
            self._writer.write(bytes(self._pending))
            self._pending.clear()


class _Connection(IMAPConnection):  # type: ignore[misc]
    async def handle_updates(self, state: Any, done: Any, cmd: Any) -> None:
        # QUIRK: clients that wait on the socket do not see what came in the same segment as `+ Idling.`
        await asyncio.sleep(_AFTER_IDLING_S)
        await super().handle_updates(state, done, cmd)


class _NamespaceCommand(CommandNoArgs, CommandAuth):  # type: ignore[misc]
    command = b"NAMESPACE"


class _UnselectCommand(CommandNoArgs, CommandSelect):  # type: ignore[misc]
    command = b"UNSELECT"


class _State(ConnectionState):  # type: ignore[misc]
    # QUIRK: pymap has neither NAMESPACE (RFC 2342) nor UNSELECT (RFC 3691).
    async def do_namespace(self, cmd: Any) -> tuple[Any, None]:
        response = ResponseOk(cmd.tag, b"NAMESPACE completed.")
        response.add_untagged(UntaggedResponse(b'NAMESPACE (("" "/")) NIL NIL'))
        return response, None

    async def do_unselect(self, cmd: Any) -> tuple[Any, None]:
        self._selected = None
        return ResponseOk(cmd.tag, b"UNSELECT completed."), None

    async def do_store(self, cmd: Any) -> Any:
        self._refuse_keywords(cmd.flag_set)
        return await super().do_store(cmd)

    async def do_append(self, cmd: Any) -> Any:
        for message in cmd.messages:
            self._refuse_keywords(message.flag_set)
        return await super().do_append(cmd)

    def _refuse_keywords(self, flags: Iterable[Any]) -> None:
        if self.config.keywords is Keywords.REFUSE and any(not flag.is_system for flag in flags):
            msg = "Keywords are not allowed here."
            raise NotSupportedError(msg)


class _Config(Config):  # type: ignore[misc]
    keywords: Keywords
    now: Callable[[], datetime]

    @classmethod
    def build(cls, keywords: Keywords, now: Callable[[], datetime]) -> "_Config":
        config = cls(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=None,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=False,
            max_append_len=_LARGEST_MESSAGE,
            invalid_user_sleep=0.0,
            # QUIRK: pymap hashes passwords in a thread pool that it never shuts down, and loads the
            # system's certificates for a TLS that is off. These passwords guard nothing.
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
            ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        )
        config.keywords, config.now = keywords, now
        return config

    @property
    def commands(self) -> Any:
        commands = Commands()
        commands.register(_NamespaceCommand)
        commands.register(_UnselectCommand)
        return commands

    @property
    def greeting(self) -> bytes:
        # QUIRK: pymap asks DNS for the name of this machine at every connection.
        return b"Graceperiod's demo server is ready."

    @property
    def login_capability(self) -> Sequence[bytes]:
        return [*super().login_capability, b"NAMESPACE", b"UNSELECT", b"SPECIAL-USE"]


class _Mailboxes(MailboxSet):  # type: ignore[misc]
    _config: _Config

    @classmethod
    async def build(cls, config: _Config) -> "_Mailboxes":
        """INBOX and the mailboxes with a special use, all subscribed."""
        mailboxes = cls()
        mailboxes._config = config
        mailboxes._inbox = mailboxes._new()
        for name in _SPECIAL_USES:
            await mailboxes.add_mailbox(name)
            await mailboxes.set_subscribed(name, True)
        return mailboxes

    async def add_mailbox(self, name: str) -> Any:
        await super().add_mailbox(name)
        async with self._set_lock.write_lock():
            self._set[name] = mailbox = self._new()
        return mailbox.mailbox_id

    async def list_mailboxes(self) -> Any:
        return _Listing(await super().list_mailboxes())

    async def list_subscribed(self) -> Any:
        return _Listing(await super().list_subscribed())

    def _new(self) -> "_Mailbox":
        return _Mailbox(self._config, self._content_cache, self._thread_cache)


class _Listing(ListTree):  # type: ignore[misc]
    def __init__(self, tree: Any) -> None:
        super().__init__(tree._delimiter)
        self._root = tree._root

    def list(self) -> Iterable[Any]:
        for entry in super().list():
            yield _Entry(entry.name, entry.exists, entry.marked, entry.has_children)


class _Entry(ListEntry):  # type: ignore[misc]
    @property
    def attributes(self) -> Sequence[bytes]:
        # QUIRK: pymap knows no special-use attributes (RFC 6154).
        special = [self.name.encode()] if self.name in _SPECIAL_USES else []
        return [*super().attributes, *special]


class _Mailbox(MailboxData):  # type: ignore[misc]
    def __init__(self, config: _Config, *caches: Any) -> None:
        super().__init__(*caches)
        self._config = config

    @property
    def permanent_flags(self) -> frozenset[Any]:
        # QUIRK: pymap drops keywords without a word; with `\*` it keeps them.
        flags: frozenset[Any] = super().permanent_flags
        return flags | {Wildcard} if self._config.keywords is Keywords.ACCEPT else flags

    async def append(self, append_msg: Any, *, recent: bool = False) -> Any:
        # QUIRK: pymap dates by a naive local time, and keeps keywords in APPEND that STORE would drop.
        keeps = self._config.keywords is Keywords.ACCEPT
        kept = dataclasses.replace(
            append_msg,
            when=append_msg.when or self._config.now(),
            flag_set=frozenset(flag for flag in append_msg.flag_set if keeps or flag.is_system),
        )
        return await super().append(kept, recent=recent)

    async def get(self, uid: int, cached_msg: Any) -> Any:
        # QUIRK: pymap serves a message that another connection has expunged as if it were still there.
        return await super().get(uid, cached_msg) if uid in self._messages else None

    async def update(self, uid: int, cached_msg: Any, flag_set: Any, mode: Any) -> Any:
        if uid not in self._messages:
            return Message.copy(cached_msg, expunged=True)
        return await super().update(uid, cached_msg, flag_set, mode)

    async def update_selected(self, selected: Any, *, wait_on: Any = None) -> Any:
        # QUIRK: pymap waits in IDLE for the next change even if one came before IDLE began, and for ever
        # if DONE came first.
        is_behind = selected.mod_sequence != self._mod_sequences.highest
        if wait_on is not None and (is_behind or wait_on.is_set()):
            wait_on = None
        return await super().update_selected(selected, wait_on=wait_on)

    async def snapshot(self) -> Any:
        plain = await super().snapshot()
        return _Snapshot(
            plain.mailbox_id,
            plain.readonly,
            plain.uid_validity,
            plain.permanent_flags,
            plain.session_flags,
            plain.exists,
            plain.recent,
            plain.unseen,
            plain.first_unseen,
            plain.next_uid,
        )


class _Snapshot(MailboxSnapshot):  # type: ignore[misc]
    @property
    def flags(self) -> frozenset[Any]:
        # QUIRK: `\*` belongs into PERMANENTFLAGS only, not into FLAGS (RFC 9051 section 7.3.5).
        flags: frozenset[Any] = super().flags
        return flags - {Wildcard}


class _LoadedMessage(LoadedMessage):  # type: ignore[misc]
    @classmethod
    def _get_size_with_lines(cls, msg: Any) -> tuple[int, int]:
        # QUIRK: pymap counts the header of a part into its size in BODYSTRUCTURE.
        return len(msg.body), msg.body.lines

    # QUIRK: pymap hangs up in the middle of its answer over a header that it cannot read.
    @classmethod
    def _get_envelope_structure(cls, msg: Any) -> Any:
        return _readable(lambda: super(_LoadedMessage, cls)._get_envelope_structure(msg), EnvelopeStructure)

    def get_body_structure(self) -> Any:
        return _readable(super().get_body_structure, BodyStructure)


def _readable(read: Callable[[], Any], kind: Any) -> Any:
    """What `read` returns, or an empty structure of that kind where the mail is too odd for it."""
    try:
        structure = read()
        bytes(getattr(structure, "extended", structure))
    except Exception:  # the email package has a dozen errors for malformed headers
        return kind.empty()
    return structure


# QUIRK: the class is named in a method of pymap's `Message`, so there is no other place to hang this in.
pymap.backend.dict.mailbox.LoadedMessage = _LoadedMessage
