"""The ways in which a letter of the demo's story can be put into a message (RFC 2045, RFC 2046)."""

from enum import StrEnum


class Kind(StrEnum):
    """How the words stand in the message."""

    PLAIN = "plain"
    ALTERNATIVE = "alternative"
    HTML = "html"


class Encoding(StrEnum):
    """How the octets of a text travel."""

    AUTO = "auto"
    """7bit where that is possible, else quoted-printable."""
    SEVEN_BIT = "7bit"
    EIGHT_BIT = "8bit"
    QUOTED_PRINTABLE = "quoted-printable"
    BASE64 = "base64"
