"""Mail as it comes into `Mail` values, bounded in time and memory (RFC 5322, RFC 2045, RFC 2047)."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from graceperiod.adapters.mime.body import Body, read_body
from graceperiod.adapters.mime.header import NAMES, Header, read_header
from graceperiod.adapters.mime.html import html_text
from graceperiod.adapters.mime.message import split_message
from graceperiod.core.mail import Mail
from graceperiod.core.plain_text import plain_text
from graceperiod.core.said import said
from graceperiod.errors import MessageError

Detect = Callable[[str], str | None]
"""The language of a text as ISO 639-1, None where it cannot be told."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MARKUP = re.compile(r"<(?:!doctype html|html|body|div|p|br|table|span)\b[^<>]{0,2000}>", re.IGNORECASE)


def _no_language(_text: str) -> str | None:
    return None


class MimeReader:
    """The `MailReader` over mail-parser, selectolax and rules of our own."""

    def __init__(self, *, detect: Detect = _no_language) -> None:
        self._detect = detect

    def read(self, raw: bytes, *, arrived_at: datetime, size_bytes: int | None = None) -> Mail:
        """The mail, with its defects; see `MailReader.read`."""
        if not raw.strip(b"\r\n\t \0"):
            msg = "it is empty"
            raise MessageError(msg)
        try:
            message = split_message(raw)
            header = read_header(message.fields)
            body = read_body(message)
            if not message.fields and not body.text:
                msg = "it has neither a header nor any text"
                raise MessageError(msg)
            return self._mail(
                header, body, arrived_at=arrived_at, size_bytes=len(raw) if size_bytes is None else size_bytes
            )
        except MessageError:
            raise
        except Exception as error:  # hostile mail must not stop the others; the kind of error is no mail text
            msg = f"it cannot be read ({type(error).__name__})"
            raise MessageError(msg) from error

    def from_fields(
        self,
        *,
        subject: str,
        sender: str,
        body: str,
        headers: Mapping[str, str] | None = None,
        arrived_at: datetime | None = None,
    ) -> Mail:
        """A mail of bare fields, such as a line of `classify --jsonl`, read by the same rules as a whole one.

        Args:
            subject, sender: as in the header, encoded words or not; they win over `headers`.
            body: plain text, or HTML where it looks like that.
            headers: further fields by name, in any case.
            arrived_at: aware UTC; else the Date field, else the beginning of 1970.
        """
        fields = {name.lower(): [_unfolded(value)] for name, value in (headers or {}).items()}
        fields = {name: bodies for name, bodies in fields.items() if name in NAMES}
        for name, value in (("subject", subject), ("from", sender)):
            if value.strip() or name not in fields:
                fields[name] = [_unfolded(value)]
        header = read_header(fields)
        is_html = len(_MARKUP.findall(body[:20_000])) >= 2
        text = plain_text(html_text(body) if is_html else body)
        return self._mail(
            header,
            Body(text=text, calendar=(), defects=()),
            arrived_at=arrived_at or header.date_header or _EPOCH,
            size_bytes=len(body.encode("utf-8", "replace")),
        )

    def _mail(self, header: Header, body: Body, *, arrived_at: datetime, size_bytes: int) -> Mail:
        own = said(body.text, subject=header.subject)
        return Mail(
            message_id=header.message_id,
            in_reply_to=header.in_reply_to,
            references=header.references,
            senders=header.senders,
            reply_to=header.reply_to,
            to=header.to,
            cc=header.cc,
            subject=header.subject,
            date_header=header.date_header,
            arrived_at=arrived_at,
            text=body.text,
            said=own,
            language=self._detect(own or header.subject),
            auto_submitted=header.auto_submitted,
            precedence=header.precedence,
            is_list=header.is_list,
            has_null_sender=header.has_null_sender,
            calendar=body.calendar,
            size_bytes=size_bytes,
            defects=tuple(dict.fromkeys((*header.defects, *body.defects))),
        )


def _unfolded(value: str) -> str:
    # Every character at which Python parts lines: the standard library takes a long time over many of them.
    return re.sub(r"[\x00\n-\r\x1c-\x1e\x85\u2028\u2029]+[ \t]*", " ", value).strip()
