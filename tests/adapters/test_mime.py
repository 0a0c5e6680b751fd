"""The `MailReader` on mail as real programs write it (RFC 5322, RFC 2045-2047)."""

from datetime import UTC, datetime

import mailparser
import pytest

from graceperiod.adapters.mime import MimeReader
from graceperiod.core.mail import Mail
from graceperiod.errors import MessageError

ARRIVED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MIXED = "Content-Type: multipart/mixed; boundary=q"


def read(raw: str | bytes) -> Mail:
    octets = raw.encode() if isinstance(raw, str) else raw
    return MimeReader().read(octets.replace(b"\n", b"\r\n"), arrived_at=ARRIVED)


def with_field(field: str) -> Mail:
    return read(f"{field}\nDate: Tue, 24 Nov 2026 10:00:00 +0100\n\nHello there, and thank you.\n")


def with_html(html: str) -> Mail:
    return read(f"From: a@mill.example\nContent-Type: text/html; charset=utf-8\n\n{html}\n")


OUTLOOK = """\
Received: from mail.millworks.example ([192.0.2.7]) by mx.home.example; Tue, 24 Nov 2026 09:00:12 +0000
Return-Path: <ilse.brandt@millworks.example>
From: =?iso-8859-1?Q?Brandt=2C_Ilse?= <Ilse.Brandt@MillWorks.example>
To: "Quill, Robin" <robin@home.example>
Cc: <team-hr@millworks.example>
Subject: =?utf-8?B?QVc6IElocmUgQmV3ZXJidW5nIGFscyBQcsO8ZmVyIA==?=
 =?utf-8?Q?f=C3=BCr_Waagen?=
Thread-Index: AdkAAAB
Date: Tue, 24 Nov 2026 10:00:05 +0100
Message-ID: <DB9PR01MB0001@DB9PR01MB0001.mail.millworks.example>
References: <first@home.example>
\t<second@millworks.example> <third@home.example>
In-Reply-To: <third@home.example>
Content-Language: de-DE
MIME-Version: 1.0
Content-Type: multipart/alternative;
\tboundary="_000_DB9PR01MB0001_"

--_000_DB9PR01MB0001_
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Guten Tag Robin Quill,

leider m=FCssen wir Ihnen absagen. Vielen Dank f=FCr Ihre M=FChe.

Mit freundlichen Gr=FC=DFen
Ilse Brandt

Von: Robin Quill <robin@home.example>
Gesendet: Montag, 23. November 2026 18:02
An: Brandt, Ilse
Betreff: Ihre Bewerbung

Gibt es Neuigkeiten?
--_000_DB9PR01MB0001_
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

<html><body><p>Guten Tag Robin Quill,</p></body></html>
--_000_DB9PR01MB0001_--
"""


def test_a_mail_of_outlook_is_read_whole() -> None:
    mail = read(OUTLOOK)
    assert mail.message_id == "<DB9PR01MB0001@DB9PR01MB0001.mail.millworks.example>"
    assert mail.references == ("<first@home.example>", "<second@millworks.example>", "<third@home.example>")
    assert mail.in_reply_to == ("<third@home.example>",)
    assert [(a.display_name, a.addr_spec) for a in mail.senders] == [
        ("Brandt, Ilse", "Ilse.Brandt@millworks.example")
    ]
    assert [(a.display_name, a.addr_spec) for a in mail.to] == [("Quill, Robin", "robin@home.example")]
    assert [a.addr_spec for a in mail.cc] == ["team-hr@millworks.example"]
    assert mail.subject == "AW: Ihre Bewerbung als Prüfer für Waagen"
    assert mail.date_header == datetime(2026, 11, 24, 9, 0, 5, tzinfo=UTC)
    assert "leider müssen wir Ihnen absagen" in mail.said
    assert "Neuigkeiten" in mail.text
    assert "Neuigkeiten" not in mail.said
    assert not mail.has_null_sender
    assert not mail.is_list
    assert mail.defects == ()
    assert mail.arrived_at == ARRIVED


ATS = """\
Return-Path: <>
From: "Millworks Talent" <no-reply@relay.atsmill.example>
Reply-To: Ilse Brandt <ilse@millworks.example>
To: robin@home.example
Subject: Your application
Date: Tue, 24 Nov 2026 09:00:00 GMT
Message-ID: <42.7@relay.atsmill.example>
Auto-Submitted: auto-generated; reason=status
Precedence: Bulk
List-Unsubscribe: <https://relay.atsmill.example/u>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b1

--b1
Content-Type: text/plain; charset=utf-8

To view this message, please use an HTML compatible client or open it in your browser:
https://relay.atsmill.example/v/1
--b1
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PCFkb2N0eXBlIGh0bWw+PGh0bWw+PGhlYWQ+PHRpdGxlPlQ8L3RpdGxlPjxzdHlsZT5wIHtjb2xvcjpy
ZWR9PC9zdHlsZT48L2hlYWQ+PGJvZHk+PGRpdiBzdHlsZT0iZGlzcGxheTpub25lO21heC1oZWlnaHQ6
MCI+QSBwcmVoZWFkZXI8L2Rpdj48dGFibGU+PHRyPjx0ZD5EZWFyIFJvYmluLDwvdGQ+PC90cj48dHI+
PHRkPldlIHJlZ3JldCB0aGF0IHdlIHdpbGwgbm90IG1vdmUgZm9yd2FyZC4gPGEgaHJlZj0iaHR0cHM6
Ly94LmV4YW1wbGUvP2E9MSI+U2VlIG90aGVyIHJvbGVzPC9hPjwvdGQ+PC90cj48L3RhYmxlPjwvYm9k
eT48L2h0bWw+
--b1--
"""


def test_the_html_of_an_ats_counts_where_its_plain_part_only_points_to_a_browser() -> None:
    mail = read(ATS)
    assert mail.text == "Dear Robin,\nWe regret that we will not move forward. See other roles"
    assert mail.has_null_sender
    assert mail.is_list
    assert mail.auto_submitted == "auto-generated"
    assert mail.precedence == "bulk"
    assert [a.addr_spec for a in mail.reply_to] == ["ilse@millworks.example"]
    assert mail.defects == ()


def test_the_plain_part_counts_where_it_says_something() -> None:
    raw = ATS.replace(
        "To view this message, please", "Dear Robin, we have filled the role with somebody else." * 9
    )
    assert read(raw).text.startswith("Dear Robin, we have filled the role")


GMAIL = """\
From: Robin Quill <robin@home.example>
To: Ilse Brandt <ilse@millworks.example>
Subject: Re: Interview
Date: Tue, 24 Nov 2026 09:00:00 +0000
Message-ID: <CAF+abc=1@mail.home.example>
In-Reply-To: <x1@millworks.example>
MIME-Version: 1.0
Content-Type: text/html; charset="UTF-8"

<div dir="ltr">Dear Ilse,<div><br></div><div>Thursday suits me well.</div><div><br></div>
<span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">Robin</div></div><br>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 23 Nov 2026 at 18:00, Ilse Brandt
 &lt;<a href="mailto:ilse@millworks.example">ilse@millworks.example</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">
<div>Would Thursday suit you?</div></blockquote></div>
"""


def test_a_reply_of_gmail_says_only_what_is_above_its_quotation() -> None:
    mail = read(GMAIL)
    assert mail.said == "Dear Ilse,\n\nThursday suits me well."
    assert "> Would Thursday suit you?" in mail.text


APPLE = """\
From: Ilse Brandt <ilse@millworks.example>
To: robin@home.example
Subject: Re: Your application
Date: Tue, 24 Nov 2026 09:00:00 +0000
Message-Id: <5E6F-1@millworks.example>
Mime-Version: 1.0 (Mac OS X Mail 16.0)
Content-Type: multipart/mixed; boundary="Apple-Mail=_1"

--Apple-Mail=_1
Content-Transfer-Encoding: 7bit
Content-Type: text/html; charset=us-ascii

<html><body>Dear Robin,<div>the first half.</div></body></html>
--Apple-Mail=_1
Content-Disposition: inline; filename=logo.png
Content-Type: image/png; name="logo.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--Apple-Mail=_1
Content-Type: text/html; charset=us-ascii

<html><body><div>The second half.</div><br><blockquote type="cite"><div>On 23 Nov 2026, at 18:00, Robin Quill
 &lt;robin@home.example&gt; wrote:</div><br><div>Any news?</div></blockquote></body></html>
--Apple-Mail=_1
Content-Disposition: attachment; filename=letter.txt
Content-Type: text/plain; name="letter.txt"

Never read me.
--Apple-Mail=_1
Content-Type: message/rfc822

Subject: attached

Nor me.
--Apple-Mail=_1--
"""


def test_a_letter_that_apple_mail_parts_around_a_picture_is_one_text_without_what_is_attached() -> None:
    mail = read(APPLE)
    assert mail.said == "Dear Robin,\nthe first half.\n\nThe second half."
    assert "Any news?" in mail.text
    assert "read me" not in mail.text
    assert "Nor me" not in mail.text


INVITATION = """\
From: Ilse Brandt <ilse@millworks.example>
Subject: Interview
Date: Tue, 24 Nov 2026 09:00:00 +0000
Message-ID: <i1@millworks.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8

You are invited to an interview on Thursday.
--a
Content-Type: text/calendar; method=REQUEST; charset=utf-8

BEGIN:VCALENDAR
METHOD:REQUEST
END:VCALENDAR
--a--
--m
Content-Type: application/ics; name=invite.ics
Content-Disposition: attachment; filename=invite.ics

BEGIN:VCALENDAR
--m--
"""


def test_an_invitation_keeps_its_calendar_apart_from_its_text() -> None:
    mail = read(INVITATION)
    assert mail.text == "You are invited to an interview on Thursday."
    assert mail.calendar == ("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR",)


def test_a_text_that_is_sent_twice_in_a_sequence_is_read_once() -> None:
    letter = (
        "Dear Robin, thank you for coming to Lower Mill. We have now chosen another person for the position."
    )
    parts = f"--q\n\n{letter}\n--q\nContent-Type: text/html\n\n<p>{letter}</p>\n--q--\n"
    mail = read(f"From: a@mill.example\nContent-Type: multipart/mixed; boundary=q\n\n{parts}")
    assert mail.text == letter


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("<ul><li>one<li>two</ul>after", "one\ntwo\n\nafter"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("a<script>alert('x')</script><style>p{}</style><!-- c --><!--[if mso]>d<![endif]-->b", "ab"),
        ("<div style='DISPLAY : none !important'>pre</div>shown", "shown"),
        ("<span class='preheader'>pre</span>shown", "shown"),
        ("<div hidden>pre</div>shown", "shown"),
        ("<span style='mso-hide:all'>pre</span><a style='mso-hide:all'>button</a>", "button"),
        ("<div style='font-size:0px'>pre<p style='font-size:14px'>shown</p></div>", "shown"),
        (
            "<div style='max-height:0px;overflow:hidden'>pre</div><p style='max-height:0.5em'>shown</p>",
            "shown",
        ),
        ("<div style='opacity:0'>pre</div><div style='opacity:0.9'>shown</div>", "shown"),
        ("shown&zwnj;&nbsp;&#8203;&#847; &shy;now", "shown  now"),
        ("5 &lt; 6 and 7 > 3 and 1 < 2", "5 < 6 and 7 > 3 and 1 < 2"),
        ("<p title='>'>a</p><img src=\"data:image/png;base64,AAAA\">b", "a\n\nb"),
        ("<pre>line one\n  line two</pre>", "line one\nline two"),
        ("an unclosed <!-- comment", "an unclosed -- comment"),
        ("<div style='display:none'>all of it is hidden</div>", "all of it is hidden"),
        ("<blockquote type=cite>old<br>older</blockquote>new", "> old\n> older\n\nnew"),
        ("<blockquote>an indented paragraph</blockquote>new", "an indented paragraph\n\nnew"),
    ],
)
def test_html_reads_as_a_person_sees_it(html: str, text: str) -> None:
    assert with_html(html).text == text


def test_plain_text_that_is_html_is_read_as_html() -> None:
    mail = read("From: a@mill.example\n\n<!DOCTYPE html><html><body><p>We regret</p></body></html>\n")
    assert mail.text == "We regret"


@pytest.mark.parametrize(
    ("field", "addresses"),
    [
        ("From: a@mill.example", ["a@mill.example"]),
        ("From: Ada <a@mill.example>, Ben <b@mill.example>", ["a@mill.example", "b@mill.example"]),
        ("From: =?utf-8?q?Eve_=3Ceve=40evil=2Eexample=3E=2C?= <a@mill.example>", ["a@mill.example"]),
        ("From: =?utf-8?q?x=40evil=2Eexample=2C_y=40evil=2Eexample?= <a@mill.example>", ["a@mill.example"]),
        ('From: "a@evil.example, b" <a@mill.example>', ["a@mill.example"]),
        ("From: Team: a@mill.example, b@mill.example;", ["a@mill.example", "b@mill.example"]),
        ("From: undisclosed-recipients:;", []),
        ("From: a@BÜRO.example", ["a@büro.example"]),
        ("From: a@xn--bro-hoa.example", ["a@xn--bro-hoa.example"]),
        ("From: Ada\u202e <a@mill.example>", ["a@mill.example"]),
        ("From: a\u202e@mill.example", []),
        ("From: nobody at all", []),
        ("From: <>", []),
    ],
)
def test_the_structure_of_an_address_field_is_read_before_its_words(field: str, addresses: list[str]) -> None:
    mail = with_field(field)
    assert [a.addr_spec for a in mail.senders] == addresses
    assert "\u202e" not in "".join(a.display_name for a in mail.senders)


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        ("Subject: plain", "plain"),
        ("Subject: folded\n and folded", "folded and folded"),
        ("Subject: =?utf-8?q?one=0D=0ABcc:_x=40evil=2Eexample?=", "one Bcc: x@evil.example"),
        ("Subject: =?utf-8?q?=C3?= =?utf-8?q?=BC?=ber", "über"),
        ("Subject: =?no-such-charset?q?abc?=", "abc"),
        ("Subject: raw über", "raw über"),
        ("Subject: =?utf-8?q?a=E2=80=AEb=00c?=", "ab c"),
        ("Subject:", ""),
        ("X: y", ""),
    ],
)
def test_a_subject_is_one_safe_line(field: str, subject: str) -> None:
    assert with_field(field).subject == subject


def test_octets_of_old_mailers_in_a_header_are_letters() -> None:
    assert read(b"Subject: Gr\xfc\xdfe\n\nHallo\n").subject == "Grüße"


@pytest.mark.parametrize(
    ("field", "message_id"),
    [
        ("Message-ID: <a.1@mill.example>", "<a.1@mill.example>"),
        ("Message-ID:\n <a.1@mill.example>", "<a.1@mill.example>"),
        ("Message-ID: (comment) <a.1@mill.example>", "<a.1@mill.example>"),
        ("Message-ID: <20261124.careless>", "<20261124.careless>"),
        ("Message-ID: a.1@mill.example", None),
        ("Message-ID: <a b@mill.example>", None),
        ("Message-ID: <a\u202e@mill.example>", None),
        ("Message-ID: <>", None),
        (f"Message-ID: <{'a' * 997}>", None),
        ("Message-ID: =?utf-8?q?=3Ca=40evil=2Eexample=3E?=", None),
        ("X: y", None),
    ],
)
def test_a_message_id_has_the_form_of_the_standard_or_is_none(field: str, message_id: str | None) -> None:
    mail = with_field(field)
    assert mail.message_id == message_id
    assert any("Message-ID" in d for d in mail.defects) == (message_id is None)


def test_of_a_long_chain_the_first_and_the_last_fifty_ids_are_kept() -> None:
    ids = [f"<{n}@mill.example>" for n in range(400)]
    references = with_field("References: " + "\n ".join(ids)).references
    assert references == (ids[0], *ids[-50:])


def test_a_phrase_before_an_id_as_old_mailers_wrote_is_passed_over() -> None:
    mail = with_field("In-Reply-To: Your message of Monday <a@mill.example>")
    assert mail.in_reply_to == ("<a@mill.example>",)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Tue, 24 Nov 2026 10:00:00 +0100", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("24 Nov 2026 10:00 -0000", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 10:00:00 +0100 (CET)", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 10:00:00 GMT", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("Tue, 24 Nov 26 10:00:00 EST", datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ("soon", None),
        ("Tue, 99 Nov 2026 10:00:00 +0100", None),
        ("", None),
    ],
)
def test_a_date_is_aware_utc_or_none(date: str, expected: datetime | None) -> None:
    mail = read(f"From: a@mill.example\nDate: {date}\n\nHello\n")
    assert mail.date_header == expected


def test_the_topmost_of_several_fields_counts_and_the_others_are_a_defect() -> None:
    mail = with_field("From: a@mill.example\nFrom: b@evil.example\nSubject: one\nSubject: two")
    assert [a.addr_spec for a in mail.senders] == ["a@mill.example"]
    assert mail.subject == "one"
    assert "several From fields" in mail.defects
    assert "several Subject fields" in mail.defects


def test_a_header_that_mail_parser_cannot_read_is_read_by_the_standard_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_raw: bytes) -> object:
        raise KeyError("hostile")

    expected = read(OUTLOOK)
    monkeypatch.setattr(mailparser, "parse_from_bytes", broken)
    mail = read(OUTLOOK)
    assert (mail.senders, mail.to, mail.subject) == (expected.senders, expected.to, expected.subject)
    assert mail.date_header == expected.date_header
    assert mail.defects == ("header read leniently",)


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("Content-Type: text/plain; charset=iso-8859-1", b"f\xfcr 10 \x80", "für 10 €"),
        ("Content-Type: text/plain; charset=utf-8", b"f\xfcr uns", "für uns"),
        ("Content-Type: text/plain", "für uns".encode(), "für uns"),
        ("Content-Type: text/plain; charset=no-such", "für uns".encode(), "für uns"),
        ("Content-Type: text/plain; charset=punycode", b"abc", "abc"),
        ("Content-Type: text/plain; charset=gb2312", "感谢".encode("gb18030"), "感谢"),
        ("Content-Type: text/plain; charset=utf-7", b"+2AA-x", "\ufffdx"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: base64", b"RGVhciBSb2Jpb", "Dear Rob"),
        (
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64",
            b"RGVh!!\nciBS\nb2Jpbg==",
            "Dear Robin",
        ),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable", b"a=ZZb=3Dc=", "a=ZZb=c"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: x-odd", b"as it is", "as it is"),
    ],
)
def test_octets_become_text_whatever_is_declared(head: str, body: bytes, text: str) -> None:
    mail = read(f"From: a@mill.example\nMIME-Version: 1.0\n{head}\n\n".encode() + body)
    assert mail.text.startswith(text)


@pytest.mark.parametrize(
    ("raw", "text", "defect"),
    [
        ("Content-Type: multipart/mixed\n\n--q\n\nhello\n--q--\n", "hello", "no boundary"),
        ("Content-Type: multipart/mixed; boundary=z\n\nonly text\n", "only text", "boundary not found"),
        (f"{MIXED}\n\n--q\n\nhello\n", "hello", "multipart not closed"),
        (f"{MIXED}\n\n--q\nContent-Type: text/plain\n", "", "no readable text"),
        ("Subject: x\nno field\n\nhello\n", "no field\n\nhello", "no empty line after the header"),
        ("just words\n\nand more\n", "just words\n\nand more", "no header"),
        (f"{MIXED}\n\n--q\nContent-Type: image/png\n\nx\n--q--\n", "", "no readable text"),
    ],
)
def test_a_malformed_message_is_read_as_far_as_it_goes(raw: str, text: str, defect: str) -> None:
    mail = read(raw)
    assert text in mail.text
    assert defect in mail.defects


def test_defects_hold_no_text_of_the_mail() -> None:
    mail = read("From: SECRETWORD\nDate: SECRETWORD\nContent-Type: text/plain; charset=SECRETWORD\n\nx\n")
    assert len(mail.defects) >= 3
    assert "secretword" not in " ".join(mail.defects).lower()


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\0\0\0", b"   "])
def test_a_mail_in_which_nothing_can_be_read_is_an_error_of_that_mail(raw: bytes) -> None:
    with pytest.raises(MessageError):
        MimeReader().read(raw, arrived_at=ARRIVED)


def test_the_size_is_the_servers_where_only_a_part_was_fetched() -> None:
    raw = b"From: a@mill.example\r\n\r\nHello\r\n"
    assert MimeReader().read(raw, arrived_at=ARRIVED, size_bytes=9000).size_bytes == 9000
    assert MimeReader().read(raw, arrived_at=ARRIVED).size_bytes == len(raw)


def test_the_language_is_told_of_what_the_sender_says() -> None:
    asked: list[str] = []

    def detect(text: str) -> str | None:
        asked.append(text)
        return "de"

    mail = MimeReader(detect=detect).read(OUTLOOK.encode(), arrived_at=ARRIVED)
    assert mail.language == "de"
    assert asked == [mail.said]


def test_bare_fields_are_read_by_the_same_rules() -> None:
    mail = MimeReader().from_fields(
        subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?=",
        sender="Ilse Brandt <ilse@millworks.example>",
        body="Dear Robin,\r\nwe regret to say no.\r\n\r\nOn 23 Nov 2026, Robin wrote:\r\n> Any news?\r\n",
        headers={
            "Auto-Submitted": "auto-replied",
            "LIST-ID": "<x>",
            "To": "robin@home.example",
            "X-Odd": "1",
        },
    )
    assert mail.subject == "Grüße"
    assert [a.addr_spec for a in mail.senders] == ["ilse@millworks.example"]
    assert [a.addr_spec for a in mail.to] == ["robin@home.example"]
    assert mail.said == "Dear Robin,\nwe regret to say no."
    assert mail.auto_submitted == "auto-replied"
    assert mail.is_list
    assert mail.arrived_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_bare_fields_with_an_html_body_and_a_date() -> None:
    mail = MimeReader().from_fields(
        subject="",
        sender="",
        body="<html><body><p>We regret</p><p>to say no</p></body></html>",
        headers={"Date": "Tue, 24 Nov 2026 10:00:00 +0100", "Subject": "from the headers"},
    )
    assert mail.text == "We regret\n\nto say no"
    assert mail.subject == "from the headers"
    assert mail.arrived_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
