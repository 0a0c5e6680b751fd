"""RFC 5322, RFC 2047 and promise 3: the bytes of drafts."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.address import Address
from graceperiod.core.draft import DraftHead, body_sha256, compose, message_ids, readdress, split
from graceperiod.core.subject import held_subject

ME = Address(display_name="Robin Välé", addr_spec="robin@postbox.example")
ADA = Address(display_name='Ada "Q" Quill, PhD', addr_spec="ada@quillworks.example")
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LONG_ID = "<" + "x" * 300 + "@ats.example>"


def sealed(text: str = "Dear Ada,\n\nThank you.\n", subject: str = "Re: Your application") -> bytes:
    return compose(
        message_id="<token@postbox.example>",
        date=AT,
        sender=ME,
        recipient=None,
        subject=held_subject(subject, "Wed 25 Nov 10:00"),
        references=("<first@quillworks.example>", LONG_ID),
        text=text,
    )


def test_a_sealed_draft_has_no_recipient_header_at_all() -> None:
    message = message_from_bytes(sealed(), policy=default)
    assert not {"to", "cc", "bcc"} & {name.lower() for name in message}
    assert message["subject"] == "[held until Wed 25 Nov 10:00] Re: Your application"
    assert message["in-reply-to"] == LONG_ID


def test_a_long_message_id_stays_whole_in_references() -> None:
    head = DraftHead.parse(sealed())
    assert head.parents == ("<first@quillworks.example>", LONG_ID)
    assert b"=?" not in sealed().split(b"References:")[1].split(b"MIME-Version")[0]


def test_release_gives_recipient_subject_and_an_id_of_its_own_and_nothing_else() -> None:
    before = sealed("Grüße\n" + "x" * 200 + "\n")
    after = readdress(before, message_id="<new@postbox.example>", recipient=ADA)
    message = message_from_bytes(after, policy=default)
    assert message["to"].addresses[0].addr_spec == ADA.addr_spec
    assert message["to"].addresses[0].display_name == ADA.display_name
    assert message["subject"] == "Re: Your application"
    assert message["message-id"] == "<new@postbox.example>"
    assert split(after)[2] == split(before)[2]
    kept = [line for line in before.split(b"\r\n") if not line.startswith((b"Message-ID", b"Subject"))]
    assert all(line in after.split(b"\r\n") for line in kept)


def test_what_thunderbird_saves_keeps_every_line_but_three() -> None:
    edited = (
        b"Message-ID: <9f1@postbox.example>\r\nDate: Tue, 24 Nov 2026 20:00:00 +0100\r\n"
        b"MIME-Version: 1.0\r\nUser-Agent: Some Client\r\nSubject: [held until Wed 25 Nov 10:00] Re: Your\r\n"
        b" application for Night Baker\r\nContent-Language: en-GB\r\n"
        b"From: Robin <robin@postbox.example>\r\nIn-Reply-To: <p@quillworks.example>\r\n"
        b"References: <p@quillworks.example>\r\nX-Draft-Note: internal/draft; vcard=0\r\n"
        b"Content-Type: text/plain; charset=UTF-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        b"My own words \xe2\x80\x94 with a space at the end \r\nof a line.\r\n\r\n\r\n"
    )
    after = readdress(edited, message_id="<new@postbox.example>", recipient=ADA)
    assert split(after)[2] == split(edited)[2]
    assert b"Subject: Re: Your application for Night Baker\r\n" in after
    for line in (
        b"User-Agent: Some Client",
        b"X-Draft-Note: internal/draft; vcard=0",
        b"Content-Language: en-GB",
    ):
        assert line in after
    assert after.count(b"Message-ID:") == 1


@pytest.mark.parametrize(
    "empty", [b"", b"To: \r\n", b"To: undisclosed-recipients:;\r\n", b"Cc:\r\nBcc: Held:;\r\n"]
)
def test_an_empty_recipient_of_any_kind_counts_as_none(empty: bytes) -> None:
    raw = empty + b"Subject: x\r\n\r\nbody"
    assert not DraftHead.parse(raw).has_recipient
    after = readdress(raw, message_id="<n@x.example>", recipient=ADA)
    assert DraftHead.parse(after).has_recipient
    assert after.lower().count(b"\nto:") == 1
    assert b"undisclosed" not in after


@pytest.mark.parametrize(
    "given_by_user", [b"To: Jo <jo@x.example>", b"Cc: jo", b"Bcc: a@b.example", b"To: jo@"]
)
def test_a_recipient_that_the_user_gave_stays_as_it_is(given_by_user: bytes) -> None:
    raw = given_by_user + b"\r\nSubject: [held until Wed 25 Nov 10:00] Re: x\r\n\r\nbody"
    assert DraftHead.parse(raw).has_recipient
    after = readdress(raw, message_id="<n@x.example>", recipient=ADA)
    assert given_by_user in after
    assert ADA.addr_spec.encode() not in after
    assert b"Subject: Re: x\r\n" in after


def test_an_encoded_subject_loses_its_prefix_too() -> None:
    raw = (
        b"Subject: =?UTF-8?Q?=5Bheld_until_Wed_25_Nov_10=3A00=5D_Re=3A_B=C3=A4?=\r\n"
        b" =?UTF-8?Q?cker?=\r\n\r\nbody"
    )
    after = readdress(raw, message_id="<n@x.example>", recipient=ADA)
    assert message_from_bytes(after, policy=default)["subject"] == "Re: Bäcker"


def test_a_subject_without_prefix_is_not_touched_by_a_byte() -> None:
    raw = b"Subject:   =?utf-8?q?odd?=  spacing\r\n\r\nb"
    assert b"Subject:   =?utf-8?q?odd?=  spacing\r\n" in readdress(
        raw, message_id="<n@x.example>", recipient=ADA
    )


@given(st.binary(max_size=400), st.sampled_from([b"\r\n", b"\n"]))
def test_a_body_of_any_bytes_comes_out_as_it_went_in(body: bytes, line_end: bytes) -> None:
    raw = b"Subject: [held until Wed 25 Nov 10:00] x" + line_end + b"X-A: b" + line_end + line_end + body
    if line_end == b"\n" and b"\r\n" in body:
        return  # mixed line ends in one message are no client's
    after = readdress(raw, message_id="<n@x.example>", recipient=ADA)
    assert after.endswith(line_end + line_end + body)
    assert body_sha256(after) == body_sha256(raw)


@given(st.binary(max_size=300))
def test_a_header_of_any_bytes_is_read_without_an_exception(header: bytes) -> None:
    head = DraftHead.parse(header)
    assert "\n" not in head.subject
    after = readdress(header, message_id="<n@x.example>", recipient=ADA)
    assert DraftHead.parse(after).message_id == "<n@x.example>"


hostile = st.text(max_size=60) | st.just("x\r\nBcc: victim@x.example\r\n\r\nhello") | st.just("{{ 7*7 }}")


@given(subject=hostile, name=hostile, text=st.text(max_size=200))
def test_a_drafts_headers_are_exactly_ours_whatever_the_mail_says(subject: str, name: str, text: str) -> None:
    from graceperiod.core.address import one_line
    from graceperiod.core.subject import reply_subject

    raw = compose(
        message_id="<t@x.example>",
        date=AT,
        sender=ME,
        recipient=Address(display_name=one_line(name), addr_spec="ada@quillworks.example"),
        subject=reply_subject(subject),
        references=("<p@x.example>",),
        text=text,
    )
    header = split(raw)[0].decode("ascii")
    names = [line.partition(":")[0] for line in header.split("\r\n") if line and line[0] not in " \t"]
    assert names == [
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ]
    parsed = message_from_bytes(raw, policy=default)
    assert [a.addr_spec for a in parsed["to"].addresses] == ["ada@quillworks.example"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=400))
def test_the_text_of_a_draft_is_what_a_client_reads(text: str) -> None:
    raw = compose(
        message_id="<t@x.example>", date=AT, sender=ME, recipient=None, subject="Re: x",
        references=("<p@x.example>",), text=text,
    )  # fmt: skip
    payload = message_from_bytes(raw).get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n") == text
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


def test_message_ids_are_found_in_folded_and_spoiled_headers() -> None:
    assert message_ids("<a@b>\r\n <c@d> junk <e f@g> <a@b>") == ("<a@b>", "<c@d>")
