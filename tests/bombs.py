"""Mails that are made to hold a reader up or fill its memory, a few megabytes each; built when they are asked for."""

import json
import random
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

HEAD = b"From: a@mill.example\nSubject: x\n"
NOISE = random.Random(1).randbytes(5_000_000)
PROSE = b"We thank you for your time and wish you well.\n"


def body(octets: bytes, head: bytes = b"") -> bytes:
    return HEAD + head + b"\n" + octets


def html(octets: bytes) -> bytes:
    return body(octets, b"Content-Type: text/html\n")


def charset(name: bytes, octets: bytes) -> bytes:
    return body(octets, b"Content-Type: text/plain; charset=" + name + b"\n")


def field(name: bytes, octets: bytes) -> bytes:
    return b"From: a@mill.example\n" + name + b": " + octets + b"\n\nHello there.\n"


def parts(octets: bytes, count: int, kind: bytes = b"mixed") -> bytes:
    inner = (b"--q\n" + octets + b"\n") * count
    return body(inner + b"--q--\n", b"Content-Type: multipart/" + kind + b"; boundary=q\n")


def nested(depth: int, inner: bytes = b"hello") -> bytes:
    head = [b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)]
    return HEAD + b"".join(head) + b"\n" + inner


def in_all_address_fields(octets: bytes) -> bytes:
    return b"".join(name + b": " + octets + b"\n" for name in (b"From", b"Reply-To", b"To", b"Cc")) + b"\nhi"


BOMBS: dict[str, Callable[[], bytes]] = {
    "binary": lambda: NOISE,
    "binary body": lambda: body(NOISE),
    "binary as base64": lambda: body(NOISE, b"Content-Transfer-Encoding: base64\n"),
    "binary as quoted-printable": lambda: body(NOISE, b"Content-Transfer-Encoding: quoted-printable\n"),
    "nought octets": lambda: body(bytes(5_000_000)),
    "empty lines": lambda: body(b"\n" * 5_000_000),
    "empty lines of spaces": lambda: body(b" \n" * 2_500_000),
    "short lines": lambda: body(b"a\n" * 2_500_000),
    "prose": lambda: body(PROSE * 100_000),
    "no spaces": lambda: body(b"x" * 5_000_000),
    "spaces": lambda: body(b" " * 5_000_000 + b"x"),
    "quote marks": lambda: body(b">" * 5_000_000),
    "quoted lines": lambda: body(b"> a\n" * 1_250_000),
    "quote after quote": lambda: body(b"> q\nOn 1 May Ada wrote:\n> x\ny\n" * 100_000),
    "dashes": lambda: body(b"-" * 5_000_000),
    "lines of dashes": lambda: body(b"--\n" * 1_500_000),
    "attributions": lambda: body((b"On 1 " + b"a b " * 90 + b"wrote:\n") * 13_000),
    "half attributions": lambda: body((b"Am 1 " + b"schrieb " * 45 + b"x:\n") * 13_000),
    "header blocks": lambda: body(b"From: a\n" * 600_000),
    "whole header blocks": lambda: body(b"From: a\nSent: b\nx\ny\n" * 200_000),
    "disclaimers": lambda: body(b"This message is confidential\n\n" * 150_000),
    "10,000 fields": lambda: b"".join(b"X-%d: y\n" % n for n in range(10_000)) + body(b"hi"),
    "100,000 fields": lambda: b"a: b\n" * 100_000 + body(b"hi"),
    "10,000 From fields": lambda: b"From: a@mill.example\n" * 10_000 + b"\nhi",
    "a field of 100,000 lines": lambda: b"Subject: a\n" + b" b\n" * 100_000 + b"\nhi",
    "encoded words": lambda: field(b"Subject", b"=?utf-8?q?a?= " * 20_000),
    "half encoded words": lambda: field(b"Subject", b"=?utf-8?q?" * 20_000),
    "a long subject": lambda: field(b"Subject", b"a" * 250_000),
    "recipients": lambda: in_all_address_fields(b"a@mill.example, " * 4_000),
    "named recipients": lambda: in_all_address_fields(b"=?utf-8?q?a?= <a@mill.example>, " * 2_000),
    "groups": lambda: in_all_address_fields(b"a:b@c.example;" * 4_000),
    "open comments": lambda: in_all_address_fields(b"(" * 60_000),
    "quotes": lambda: in_all_address_fields(b'"\\"' * 20_000),
    "commas": lambda: in_all_address_fields(b"," * 60_000),
    "open angle brackets": lambda: in_all_address_fields(b"<" * 60_000),
    "references": lambda: field(b"References", b"<a@b.example> " * 18_000),
    "open references": lambda: field(b"References", b"<" * 250_000),
    "a date of numbers": lambda: field(b"Date", b"1 " * 100_000),
    "a date of comments": lambda: field(b"Date", b"(" * 100_000),
    "parameters": lambda: field(b"Content-Type", b"text/plain; " + b"a=b; " * 50_000),
    "continued parameters": lambda: field(
        b"Content-Type", b"text/plain; " + b"".join(b"charset*%d=a; " % n for n in range(10_000))
    ),
    "nested 100 deep": lambda: nested(100),
    "nested 10,000 deep": lambda: nested(10_000),
    "nested and long": lambda: nested(200, b"x\n" * 1_000_000),
    "100,000 parts": lambda: parts(b"\nx", 100_000),
    "half delimiters": lambda: body(b"--qx\n" * 400_000, b"Content-Type: multipart/mixed; boundary=q\n"),
    "html parts": lambda: parts(b"Content-Type: text/html\n\n" + b"<div>x" * 5_000, 60),
    "html alternatives": lambda: parts(
        b"Content-Type: text/html\n\n" + b"<tr><td>x" * 5_000, 60, b"alternative"
    ),
    "html 20,000 deep": lambda: html(b"<div>" * 20_000 + b"x"),
    "html inline 20,000 deep": lambda: html(
        b"".join(b"<b id=%d>" % n for n in range(20_000)) + b"<p>x" * 20_000
    ),
    "html tables 20,000 deep": lambda: html(b"<table><tr><td>x" * 20_000),
    "html of 60,000 attributes": lambda: html(
        b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">x"
    ),
    "html attributes behind a quoted bracket": lambda: html(
        b"<p t='>' " + b" ".join(b"a%d='>'" % n for n in range(60_000)) + b">x"
    ),
    "html of a million tags": lambda: html(b"<p>x" * 1_000_000),
    "html of half tags": lambda: html(b"<a<" * 700_000),
    "html of open quotes": lambda: html(b'<a ="' * 400_000),
    "html of open scripts": lambda: html(b"<script>" * 300_000),
    "html of open comments": lambda: html(b"<!--" * 500_000),
    "html of entities": lambda: html(b"&notin;" * 300_000),
    "html of reopened elements": lambda: html((b"<div>" * 60 + b"<b>" * 60 + b"</div>x" * 60) * 1_500),
    "html of prose": lambda: html(b'<p style="color:red">' + PROSE * 30 + b"</p>" * 3_000),
    "utf-7": lambda: charset(b"utf-7", b"+2AA-" * 400_000),
    "punycode": lambda: charset(b"punycode", b"a" * 400_000 + b"-" + b"9a" * 400_000),
    "idna": lambda: charset(b"idna", b"xn--" * 400_000),
    "hz": lambda: charset(b"hz", b"~{" * 1_000_000),
    "binary as utf-16": lambda: charset(b"utf-16", NOISE),
    "binary as iso-2022-jp": lambda: charset(b"iso-2022-jp", NOISE),
    "a number": lambda: body(b"1" * 5_000_000),
    "numbers with commas": lambda: body(b"1," * 2_500_000),
    "figures": lambda: body(b"$1 5pm 10:30 3 eur www.a.example a@b.example " * 100_000),
    "words of every kind": lambda: body(b"".join(b"w%x. leider " % n for n in range(500_000))),
    "marks upon marks": lambda: charset(b"utf-8", b"e" + b"\xcc\x81" * 2_000_000),
    "letters that unfold": lambda: charset(b"utf-8", b"\xef\xb7\xba" * 1_500_000),
    "surrogates as utf-8": lambda: charset(b"utf-8", b"\xed\xa0\x80" * 1_500_000),
    "surrogates as utf-16": lambda: charset(b"utf-16-le", b"\x00\xd8" * 2_000_000),
    "html of surrogates": lambda: html(b"&#xD800;&#56320;" * 300_000),
    "html of one style": lambda: html(b'<p style="' + b"a:b;" * 1_000_000 + b'">x'),
    "html of classes": lambda: html((b'<div class="' + b"preheader-x " * 100 + b'">x</div>') * 4_000),
    "calendar": lambda: body(b"X:Y\n" * 500_000, b"Content-Type: text/calendar\n"),
}


def peak_mib() -> float:
    """The most memory that this process has held. Where there is no /proc, it may be what its parent held."""
    status = Path("/proc/self/status")
    if status.is_file():
        return next(int(line.split()[1]) for line in status.open() if line.startswith("VmHWM")) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Reads and judges the bombs that are named in this process, and prints the peak of memory after each."""
    from graceperiod.adapters.language import detect
    from graceperiod.adapters.mime import MimeReader
    from graceperiod.adapters.model_npz import NpzJudge
    from graceperiod.errors import MessageError

    reader, judge = MimeReader(detect=detect), NpzJudge.load()
    peaks: dict[str, float] = {}
    for name in sys.argv[1:]:
        with suppress(MessageError):
            judge.judge(reader.read(BOMBS[name](), arrived_at=datetime(2026, 11, 24, tzinfo=UTC)))
        peaks[name] = peak_mib()
    print(json.dumps(peaks))


if __name__ == "__main__":
    main()
