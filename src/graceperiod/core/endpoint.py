"""Where an IMAP server listens (RFC 8314 section 3: implicit TLS is preferred to STARTTLS)."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum


class Tls(StrEnum):
    """How a connection is made private."""

    IMPLICIT = "implicit"
    """From the first byte (RFC 8314 section 3.2)."""
    STARTTLS = "starttls"
    """By the command of RFC 9051 section 6.2.1, before anything else is said."""
    NONE = "none"
    """Not at all; for this computer only."""

    @property
    def port(self) -> int:
        """The registered port: 993 for implicit TLS, else 143 (RFC 8314 section 7, RFC 9051 section 2.1)."""
        return 993 if self is Tls.IMPLICIT else 143


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A host, a port and how to speak to it.

    Args:
        host: a name or an IP address, without brackets.
        port: 1 to 65535.
    """

    host: str
    port: int
    tls: Tls

    @property
    def is_loopback(self) -> bool:
        """Whether what is said never leaves this computer."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def is_loopback(host: str) -> bool:
    """True for `localhost` and loopback addresses (RFC 6761 section 6.3, RFC 1122, RFC 4291)."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
