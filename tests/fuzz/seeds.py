"""Where fuzzing starts: small inputs of our own for each target, and the words that formats are made of."""

from pathlib import Path

_MAIL = (
    b"Message-ID: <p1@quillworks.example>\r\nFrom: =?utf-8?q?Ada_Qu=C3=AFll?= <ada@quillworks.example>\r\n"
    b"To: robin@postbox.example\r\nReply-To: jobs@quillworks.example\r\nSubject: =?utf-8?b?WW91ciBhcHA=?=\r\n"
    b"Date: Tue, 24 Nov 2026 09:00:00 +0100\r\nReferences: <a@b.example> <c@d.example>\r\n"
    b"Auto-Submitted: auto-generated\r\nList-Unsubscribe: <mailto:x@y.example>\r\nReturn-Path: <>\r\n"
)
_LETTER = (
    b"Dear Robin,\r\n\r\nUnfortunately we chose somebody else.\r\n\r\n-- \r\nAda\r\n\r\n"
    b"On Mon, 23 Nov 2026 at 10:00, Robin <robin@postbox.example> wrote:\r\n> Here is my CV\r\n"
)
_HTML = (
    b'<html><body><div style="display:none">preview</div><p>Leider <b>nein</b>.<br>Gr&uuml;&szlig;e</p>'
    b'<blockquote type="cite" style="border-left:1px">older</blockquote><table><tr><td>a<td>b</table>'
    b"<!-- x --><style>p{}</style><pre>a\n b</pre></body></html>"
)
_MULTIPART = (
    _MAIL
    + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="q"\r\n\r\n--q\r\n'
    + b"Content-Type: multipart/alternative; boundary=r\r\n\r\n--r\r\n"
    + b'Content-Type: text/plain; charset="iso-8859-1"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    + b"Gr=FC=DFe=\r\n--r\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"PHA+TGVpZGVyPC9wPg==\r\n--r--\r\n--q\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n"
    + b"--q\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--q--\r\n"
)
_FORWARD = (
    b"Fwd: news\xff\xfeSee below.\n\n---------- Forwarded message ---------\nFrom: Ada <a@b.example>\n"
    b"Sent: Monday\nTo: Robin\nSubject: no\n\nWe regret to say no.\n\nSent from my iPhone\n\n"
    b"This message is confidential and privileged."
)
_STRUCTURE = (
    b'1 (UID 5 FLAGS (\\Seen x) INTERNALDATE " 3-Nov-2026 09:00:00 +0100" RFC822.SIZE 99 BODYSTRUCTURE '
    b'((("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "8BIT" 20 2 NIL NIL NIL)("TEXT" "HTML" ("charset" "x") '
    b'NIL NIL "BASE64" 20 2 NIL ("inline" NIL) NIL) "ALTERNATIVE" ("BOUNDARY" "b") NIL NIL)("IMAGE" "PNG" '
    b'NIL NIL NIL "BASE64" 9) "MIXED" ("BOUNDARY" "a")) BODY[HEADER]<0> {24}\xff\xfe'
    b"From: a@b.example\r\nX: y\r\n\xff\xfe"
    b' BODY[1.1]<0> "hello" BODY[1.2] "PGI+bm88L2I+")'
)
_MBOX = (
    b"From ada@quillworks.example Tue Nov 24 09:00:00 2026\nSubject: a\nReceived: by x; Tue, 24 Nov 2026 "
    b"09:00:00 +0000\nStatus: RO\n\nhello\n>From here\n\nFrom MAILER-DAEMON Mon Nov 23 08:00:00 2026 +0100\n\nb\n"
)
_SETTINGS = (
    b'[accounts.work]\naddress = "robin@postbox.example"\nhost = "imap.postbox.example"\nport = 993\n'
    b'password = { command = ["pass", "mail"] }\nmailboxes = ["INBOX"]\n[policy]\ncooldown = "20h"\n'
    b'[store]\npath = """x"""\n[[a.b]]\nc = 2026-11-24T09:00:00Z\n'
)

SEEDS: dict[str, tuple[bytes, ...]] = {
    "read": (_MAIL + b"\r\n" + _LETTER, _MULTIPART, _MAIL + b"Content-Type: text/html\r\n\r\n" + _HTML),
    "fields": (
        b"Re: x\xff\xfe=?utf-8?q?A?= <a@b.example>\xff\xfe"
        + _LETTER
        + b"\xff\xfereferences\xff\xfe<a@b.example>",
        b"x\xff\xfea@b.example, c: d@e.example;\xff\xfe"
        + _HTML
        + b"\xff\xfedate\xff\xfe24 Nov 2026 09:00 +0100",
    ),
    "judge": (
        b"Your application\xff\xfeTalent <no-reply@b.example>\xff\xfe" + _LETTER,
        b"Absage\xff\xfehr@b.example\xff\xfeF\xc3\xbcr 3.000,50 \xe2\x82\xac um 14:30 Uhr: www.b.example!!!",
    ),
    "html": (_HTML,),
    "own_words": (_FORWARD, b"x\xff\xfe" + _LETTER),
    "mbox": (_MBOX, _MAIL + b"\r\n" + _LETTER),
    "draft": (
        _MAIL.replace(b"To: robin@postbox.example\r\n", b"").replace(
            b"Subject: ", b"Subject: [held until Tue 24 Nov 09:00]\r\n Re: "
        )
        + b"\r\n"
        + _LETTER,
        b"Subject: [held until x] Re: y\nBcc: undisclosed-recipients:;\nIn-Reply-To: <a@b.example>\n\nhi\n",
    ),
    "settings": (_SETTINGS,),
    "imap": (_STRUCTURE,),
}

WORDS = (
    *(
        "From: ",
        "Subject: ",
        "References: ",
        "Content-Type: ",
        "multipart/alternative; boundary=",
        "charset=",
    ),
    *(
        "Content-Transfer-Encoding: base64",
        "quoted-printable",
        "=?utf-8?b?",
        "=?utf-8?q?",
        "?=",
        "utf-16",
        "utf-7",
    ),
    *(
        "iso-2022-jp",
        "text/html",
        "\\x0d\\x0a\\x0d\\x0a",
        "--q",
        "<div style=",
        "display:none",
        "<blockquote",
        "&#x",
    ),
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "</script>",
        "<pre>",
        "> ",
        "On 1 May Ada wrote:",
        "-----Original Message-----",
    ),
    *(
        "Von: ",
        "Gesendet: ",
        "An: ",
        "Betreff: ",
        "-- ",
        "[held until ",
        "\\xff\\xfe",
        "\\xef\\xbf\\xbd",
        "\\xe2\\x80\\xae",
    ),
    *("BODYSTRUCTURE (", "BODY[HEADER] {", "NIL", '\\"', "((", "))", "From a Tue Nov 24 09:00:00 2026"),
    *(
        '\\"\\"\\"',
        "[[",
        "]]",
        " = ",
        "{",
        "accounts",
        "1979-05-27",
        "inf",
        "\\\\u",
        "10:30",
        "\\xe2\\x82\\xac",
        "eur",
    ),
)
"""In libFuzzer's notation."""


def write(folder: Path, target: str) -> tuple[Path, Path]:
    """The seeds of a target as a folder of files, and the words as a dictionary file."""
    seeds = folder / target
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]):
        (seeds / f"seed-{number}").write_bytes(seed)
    words = folder / "words.dict"
    words.write_text("".join(f'"{word}"\n' for word in WORDS))
    return seeds, words
