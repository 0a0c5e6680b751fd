"""Mail addresses as RFC 5322 section 3.4 has them, parsed once and safe to put into a header."""

import re
from dataclasses import dataclass
from email.utils import getaddresses

_MOST = 200
"""Addresses read from one header. Chosen: far over any letter to a person; a bomb stops there."""

_ADDR_SPEC = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+@[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+\Z")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One mailbox of RFC 5322: a name for people and an `addr_spec` for machines.

    Args:
        display_name: one line of text without control or bidi characters; may be empty.
        addr_spec: `local@domain`, the domain in lower case.
    """

    display_name: str
    addr_spec: str

    @classmethod
    def parse(cls, header: str) -> "tuple[Address, ...]":
        """The addresses of a decoded header, in order; what is not an address is left out.

        Groups (RFC 5322 section 3.4, `Held until Thu:;`) contribute their members only, so an empty group
        is no recipient. Never raises.
        """
        try:
            pairs = getaddresses([header])
        except (ValueError, IndexError, RecursionError):  # hostile nesting of comments or quotes
            return ()
        return tuple(
            cls(display_name=one_line(name), addr_spec=_lower_domain(spec))
            for name, spec in pairs[:_MOST]
            if _ADDR_SPEC.match(spec)
        )

    @property
    def local_part(self) -> str:
        """What stands before the last `@`."""
        return self.addr_spec.rpartition("@")[0]

    @property
    def domain(self) -> str:
        """What stands after the last `@`, in lower case."""
        return self.addr_spec.rpartition("@")[2]


def one_line(text: str) -> str:
    """The text with control and bidi characters as single spaces, so that it can stand in a header."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def _lower_domain(spec: str) -> str:
    local, _, domain = spec.rpartition("@")
    return f"{local}@{domain.lower()}"
