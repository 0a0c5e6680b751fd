"""Octets of a part as text: transfer encoding and charset undone, whatever they claim (RFC 2045)."""

import binascii
import codecs
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")

_REFUSED = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
"""Python codecs that are no charsets of mail; `punycode` takes quadratic time."""

_BROADER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
"""Charsets that senders name when they mean the superset (WHATWG Encoding, section 4.2)."""


def transfer_decoded(raw: bytes, encoding: str) -> tuple[bytes, str]:
    """The octets without their transfer encoding, and a defect or an empty text. Never raises."""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw), ""
    if encoding == "base64":
        return _base64_decoded(raw)
    is_known = encoding in {"", "7bit", "8bit", "binary"}
    return raw, "" if is_known else "unknown transfer encoding"


def _base64_decoded(raw: bytes) -> tuple[bytes, str]:
    digits = _NOT_BASE64.sub(b"", raw.partition(b"=")[0])
    rest = len(digits) % 4
    if rest == 1:
        digits = digits[:-1]
    defect = "broken base64" if rest == 1 else ""
    return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4)), defect


def charset_decoded(octets: bytes, charset: str) -> tuple[str, str]:
    """The octets as text, and a defect or an empty text. Never raises.

    Args:
        charset: as declared, empty where nothing is.
    """
    codec = _codec(charset)
    if codec is None:
        return _guessed(octets), "unknown charset" if charset else ""
    if codec in {"utf-8", "cp1252"}:
        text = _strict(octets, "utf-8")
        if text is not None:
            return text, ""
        return _guessed(octets), "wrong charset" if codec == "utf-8" else ""
    text = _strict(octets, codec)
    if text is not None:
        return text, ""
    return _lenient(octets, codec), "wrong charset"


def _codec(charset: str) -> str | None:
    if not charset or len(charset) > 40:
        return None
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    return None if name in _REFUSED or name.startswith("mbcs") else _BROADER.get(name, name)


def _strict(octets: bytes, codec: str) -> str | None:
    try:
        return octets.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _lenient(octets: bytes, codec: str) -> str:
    try:
        return octets.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return octets.decode("utf-8", "replace")


def _guessed(octets: bytes) -> str:
    """UTF-8 where it mostly is UTF-8, else Windows-1252, which old mailers in Europe send unnamed."""
    text = octets.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    high = sum(map(octets.count, (b"\xc3", b"\xe2", b"\xc2")))
    return text if broken <= high else octets.decode("cp1252", "replace")
