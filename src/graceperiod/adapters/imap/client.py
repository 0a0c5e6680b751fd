"""IMAPClient over our `Wire`, with those of its commands replaced that servers lead astray."""

import ssl
from collections.abc import Iterable
from typing import Any, cast

from imapclient import IMAPClient
from imapclient.response_parser import parse_fetch_response, parse_message_list

from graceperiod.adapters.imap.wire import Limits, Wire


class Client(IMAPClient):  # type: ignore[misc]
    """A connection whose commands end. IDLE is given as bare lines, FETCH by what has a uid."""

    def __init__(self, host: str, port: int, *, context: ssl.SSLContext | None, limits: Limits) -> None:
        self.limits = limits
        super().__init__(host, port=port, ssl=context is not None, ssl_context=context)
        self.wire.debug = 0  # IMAPClient would have every line formatted for a log that nobody reads
        self.normalise_times = False  # aware instants, not naive local ones

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - IMAPClient's name
        return Wire(self.host, self.port, limits=self.limits, context=self.ssl_context)

    def _set_read_timeout(self) -> None:
        """`Wire` sets the time that is left before every read."""

    @property
    def wire(self) -> Wire:
        """The connection itself."""
        return cast("Wire", self._imap)

    # -- SEARCH and FETCH -----------------------------------------------------------------------------

    def search_uids(self, criteria: Iterable[str]) -> set[int]:
        """UID SEARCH. QUIRK: some servers answer in several lines, which IMAPClient takes for none."""
        self.wire.untagged_responses.pop("SEARCH", None)
        lines = self._raw_command_untagged(b"SEARCH", [word.encode("ascii") for word in criteria])
        return {uid for line in lines if line for uid in parse_message_list([line])}

    def fetch(
        self, messages: Iterable[int], data: Iterable[str], *, literal_bytes: int | None = None
    ) -> dict[int, dict[bytes, object]]:
        """UID FETCH by explicit uids, with what is known of each afterwards.

        QUIRK: Dovecot and others tell of changed flags without the uid, which IMAPClient then takes for those
        of the uid that is equal to the sequence number. What has no uid is left out.

        Args:
            literal_bytes: the longest literal to be taken, where it is not `Limits.literal_bytes`.
        """
        uids = sorted(set(messages))
        if not uids:
            return {}
        self.wire.untagged_responses.pop("FETCH", None)
        self.wire.literal_bytes = literal_bytes or self.limits.literal_bytes
        try:
            records = self._command_and_check(
                "fetch", ",".join(map(str, uids)), f"({' '.join(data)})", uid=True
            )
        finally:
            self.wire.literal_bytes = self.limits.literal_bytes
        found: dict[int, dict[bytes, object]] = {}
        for answer in _answers(records):
            for values in parse_fetch_response(answer, self.normalise_times, uid_is_key=False).values():
                uid = values.get(b"UID")
                if isinstance(uid, int):
                    found.setdefault(uid, {}).update(values)
        return {uid: found[uid] for uid in uids if uid in found}

    # -- IDLE (RFC 2177) ------------------------------------------------------------------------------

    def begin_idle(self) -> list[bytes]:
        """Into IDLE; returns the lines that came before the `+`, which IMAPClient takes for an error."""
        self._idle_tag = self.wire._command("IDLE")
        return self._lines_until(is_plus_the_end=True)

    def end_idle(self) -> list[bytes]:
        """Out of IDLE; returns the lines that came meanwhile."""
        self.wire.begin()
        self.wire.send(b"DONE\r\n")
        return self._lines_until(is_plus_the_end=False)

    def _lines_until(self, *, is_plus_the_end: bool) -> list[bytes]:
        lines: list[bytes] = []
        pending: dict[bytes, Any] = self.wire.tagged_commands
        while True:
            line = self.wire._get_response()
            if pending[self._idle_tag] is not None:
                done = pending.pop(self._idle_tag)
                self._checkok("idle", *done)
                return lines
            self.wire._check_bye()
            if line is not None:
                lines.append(line)
            elif is_plus_the_end:
                return lines


def has_sign(lines: Iterable[bytes]) -> bool:
    """Whether a line tells of a change; `* OK Still here` does not."""
    return any(line.split(b" ", 2)[1:2] not in ([b"OK"], [b"NOOP"]) for line in lines)


def _answers(records: list[bytes | tuple[bytes, bytes] | None]) -> Iterable[list[bytes]]:
    """The records of imaplib, grouped: one that is no tuple ends what is said of a message."""
    answer: list[bytes] = []
    for record in records:
        if record is None:
            continue
        answer.append(cast("bytes", record))
        if not isinstance(record, tuple):
            yield answer
            answer = []
