"""What is fuzzed: each target takes octets, and raises where a promise about any octets is broken."""

import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from imapclient.exceptions import ProtocolError
from imapclient.response_parser import parse_fetch_response

from graceperiod.adapters.imap.fetching import Answer, fetch_head, fetch_mail, part_items
from graceperiod.adapters.imap.structure import text_parts
from graceperiod.adapters.language import detect
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.mime.html import html_text
from graceperiod.adapters.model_npz import NpzJudge
from graceperiod.adapters.sources import open_source
from graceperiod.core.address import Address
from graceperiod.core.draft import DraftHead, body_sha256, readdress, split
from graceperiod.core.greeting import person_name
from graceperiod.core.plain_text import MOST_CHARACTERS, plain_text
from graceperiod.core.said import said
from graceperiod.core.subject import held_subject, reply_subject, without_hold
from graceperiod.errors import MessageError, SettingsError, SourceError
from graceperiod.settings.parse import parse
from safe_mail import assert_bounded_and_safe

MOST_S = 0.25
"""Seconds of processor time that an input may take (issue: bad input)."""

_READER = MimeReader(detect=detect)
_JUDGE = NpzJudge.load()
_ARRIVED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_ADA = Address(display_name="Ada Quill", addr_spec="ada@quillworks.example")
_UNREADABLE = (ProtocolError, ValueError, TypeError, IndexError, AttributeError, RecursionError)
"""What IMAPClient's parser raises over a broken answer; `imap.store` makes `Refused` of it."""

_PARTER = b"\xff\xfe"
"""Parts an input where a target needs several texts; no UTF-8 has it."""


def read(octets: bytes) -> None:
    """A whole mail: read safely or refused with the one error, and judged."""
    try:
        mail = _READER.read(octets, arrived_at=_ARRIVED)
    except MessageError as error:
        if error.__cause__ is not None:  # one that nobody foresaw
            raise error.__cause__ from None
        return
    assert_bounded_and_safe(mail)
    _JUDGE.judge(mail)


def fields(octets: bytes) -> None:
    """Bare fields, as a line of `classify --jsonl` has them, lone surrogates and all."""
    subject, sender, body, name, value = _texts(octets, 5)
    mail = _READER.from_fields(subject=subject, sender=sender, body=body, headers={name: value})
    assert_bounded_and_safe(mail)
    for address in mail.senders:
        person_name(address)


def judge(octets: bytes) -> None:
    """A mail that was read: judged, with bounded evidence that can be shown."""
    subject, sender, body = _texts(octets, 3)
    mail = _READER.from_fields(subject=subject, sender=sender, body=body)
    verdict = _JUDGE.judge(mail)
    assert 0 < verdict.probability <= 1
    assert len(verdict.evidence) <= 12
    for evidence in verdict.evidence:
        assert evidence.text.strip(), "evidence that says nothing"
        assert len(evidence.text) <= 20_000
        evidence.text.encode()


def html(octets: bytes) -> None:
    """HTML as text; every mark of ours is spent, and nothing of it may be read as markup again."""
    text = html_text(octets.decode("utf-8", "replace"))
    assert len(text) <= 3 * MOST_CHARACTERS


def own_words(octets: bytes) -> None:
    """What is said now: a part of the text, never empty where that is not."""
    subject, text = _texts(octets, 2)
    text = plain_text(text)
    assert plain_text(text) == text, "plain text is plain already"
    own = said(text, subject=subject)
    assert bool(own) == bool(text)
    assert len(own) <= len(text)


def mbox(octets: bytes) -> None:
    """A file as a source: every mail of it in order of arrival, or the one error."""
    with tempfile.NamedTemporaryFile(suffix=".mbox", dir=_memory()) as file:
        file.write(octets)
        file.flush()
        try:
            mails = list(open_source(file.name))
        except SourceError:
            return
    dates = [mail.arrived_at or datetime.min.replace(tzinfo=UTC) for mail in mails]
    assert dates == sorted(dates) or any(mail.arrived_at is None for mail in mails)
    assert sum(len(mail.raw) for mail in mails) <= len(octets)
    assert all(bool(mail.raw) != bool(mail.reason) for mail in mails)


def draft(octets: bytes) -> None:
    """A draft on the server: its head is read, and to readdress it leaves the body as it was (promise 3)."""
    head = DraftHead.parse(split(octets)[0])
    assert "\n" not in head.subject
    assert not any(character in held_subject(head.subject, "x") for character in "\r\n\0")
    assert reply_subject(head.subject).startswith("Re:")
    assert len(without_hold(head.subject)) <= len(head.subject)
    addressed = readdress(octets, message_id="<new@graceperiod.example>", recipient=_ADA)
    after = DraftHead.parse(split(addressed)[0])
    assert after.message_id == "<new@graceperiod.example>"
    assert after.has_recipient
    assert not head.parents or after.parents == head.parents
    header, line_end, body = split(octets)
    assert addressed.endswith(body), "the body has changed"
    if b"\r" not in octets.replace(b"\r\n", b"") and header.count(line_end) == header.count(b"\n"):
        # With other line ends no two readers agree where the header ends.
        assert body_sha256(addressed) == body_sha256(octets)


def settings(octets: bytes) -> None:
    """A settings file: settings, or every problem in one error with the line."""
    text = octets.decode("utf-8", "replace")
    try:
        parse(text, file="/nowhere/config.toml")
    except SettingsError as error:
        lines = str(error).splitlines()
        assert lines
        assert all(
            re.match(r"/nowhere/config\.toml:\d+: |/nowhere/config\.toml: ", line) for line in lines
        ), "a problem without its place"


def imap(octets: bytes) -> None:
    """A server's FETCH answer as IMAPClient hands it on: a mail that can be read or refused."""
    try:
        answers = parse_fetch_response(octets.split(_PARTER), normalise_times=False)
    except _UNREADABLE:
        return
    for uid, values in answers.items():
        answer = Answer(values)
        fetch_head(uid, answer)
        parts = text_parts(answer.structure)
        assert len(parts) <= 6
        assert all(item.isascii() and "\n" not in item for item in part_items(parts))
        raw = fetch_mail(uid, answer, parts, answer).raw
        if raw is not None and raw:
            read(raw)


def _texts(octets: bytes, count: int) -> list[str]:
    pieces = octets.split(_PARTER, count - 1)
    return [piece.decode("utf-8", "surrogateescape") for piece in [*pieces, *[b""] * count][:count]]


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read,
    "fields": fields,
    "judge": judge,
    "html": html,
    "own_words": own_words,
    "mbox": mbox,
    "draft": draft,
    "settings": settings,
    "imap": imap,
}
