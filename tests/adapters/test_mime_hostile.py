"""Nothing in a mail can stop the reader, hold it up, or put a control character into a header."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bombs import BOMBS, parts
from graceperiod.adapters.language import detect
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.mime.message import split_message
from graceperiod.adapters.model_npz import NpzJudge
from graceperiod.errors import MessageError
from safe_mail import assert_bounded_and_safe

ARRIVED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
READER = MimeReader(detect=detect)
JUDGE = NpzJudge.load()

MOST_S = 0.5
"""Seconds of processor time. The aim is 0.25 on an ordinary machine; twice that is left for a slow one."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_and_judged_in_bounded_time_and_gives_bounded_values(name: str) -> None:
    raw = BOMBS[name]()
    started = time.process_time()
    try:
        mail = READER.read(raw, arrived_at=ARRIVED)
        JUDGE.judge(mail)
    except MessageError:
        return
    finally:
        assert time.process_time() - started < MOST_S
    assert_bounded_and_safe(mail)


LINES = st.sampled_from(
    [
        b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Message-ID: ", b"References: ", b"Return-Path: ",
        b"Content-Type: multipart/mixed; boundary=q", b"Content-Type: text/html", b"\n--q\n", b"\n--q--\n",
        b"Content-Type: text/plain; charset=", b"Content-Transfer-Encoding: base64", b"\n\n", b"\n", b" ",
        b"=?utf-8?q?=0D=0A?=", b"=?utf-8?b?//8=?=", b"=?utf-16?q?=D8=00?=", b"<a@b.example>", b"a@b.example",
        b"<div style=display:none>", b"<p", b">", b"<blockquote type=cite>", b"&#0;&#xD800;", b"> quoted",
        b"On 1 May 2026 Ada <a@b.example> wrote:", b"-- ", b"-----Original Message-----",
        b"Von: x\nGesendet: y\nAn: z", b",", b"\t",
        b"\x00", b"\r", b"\x85", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xff",
    ]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=400), st.lists(LINES | st.binary(max_size=6), max_size=40).map(b"".join)))
@example(b"Subject: =?utf-8?q?a=0D=0Ab?=\n\nx")
@example(b"Content-Type: text/plain; charset=\x00\n\nx")
@example(b"Content-Type: multipart/mixed; boundary*0*=x''%ff; boundary*1=\n\nx")
def test_any_octets_give_a_safe_mail_or_the_one_error(raw: bytes) -> None:
    try:
        mail = READER.read(raw, arrived_at=ARRIVED)
    except MessageError:
        return
    assert_bounded_and_safe(mail)


@given(
    st.dictionaries(
        st.sampled_from(["from", "to", "cc", "reply-to", "message-id", "references", "in-reply-to", "date"])
        | st.sampled_from(["auto-submitted", "precedence", "return-path", "list-id"]),
        st.text(max_size=120),
    ),
    st.text(max_size=120),
    st.text(max_size=400),
)
@example({}, "\ud800\udfff\u2028x\x9d", "\ud800")
def test_any_bare_fields_give_a_safe_mail(headers: dict[str, str], subject: str, text: str) -> None:
    mail = READER.from_fields(subject=subject, sender=headers.get("from", ""), body=text, headers=headers)
    assert_bounded_and_safe(mail)


@given(st.text(alphabet='=?utf8QqBb_,;:<>@a.()" \r\n\u202e\x00é', max_size=80))
def test_any_words_in_a_display_name_never_change_who_is_addressed(name: str) -> None:
    encoded = "".join(f"={octet:02X}" for octet in name.encode())
    raw = f"From: =?utf-8?q?{encoded}?= <a@mill.example>\n\nx".encode()
    assert [a.addr_spec for a in READER.read(raw, arrived_at=ARRIVED).senders] == ["a@mill.example"]


def test_no_more_than_a_hundred_parts_are_taken_apart() -> None:
    message = split_message(parts(b"\nx", 1_000))
    assert len(message.root.parts) <= 100
    assert "too many parts" in message.defects
