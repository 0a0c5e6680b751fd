"""Where the IMAP server of an address may be, from a table and from habit, without asking anybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graceperiod.core.address import Address
from graceperiod.core.endpoint import Endpoint, Tls

_PREFIXES = ("imap.", "mail.", "")
"""What providers put before their domain, commonest first (chosen from the table of providers)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider that we know.

    Args:
        domains: of its addresses, in lower case.
        endpoint: its server; None where it has none that we could use, and `note` says why.
        logs_in_with_local_part: the user name is what stands before the `@`.
        note: what the user must know or do first; may be empty.
    """

    domains: frozenset[str]
    endpoint: Endpoint | None
    logs_in_with_local_part: bool
    note: str

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> "Provider":
        """The provider that a table of `providers.toml` describes; what is wrong in it is a bug of ours."""
        tls = Tls(table.get("tls", Tls.IMPLICIT))
        host = table["host"]
        return cls(
            domains=frozenset(table["domains"]),
            endpoint=Endpoint(host=host, port=table.get("port", tls.port), tls=tls) if host else None,
            logs_in_with_local_part=table.get("user", "address") == "local",
            note=table.get("note", ""),
        )

    def user(self, address: Address) -> str:
        """What one logs in with."""
        return address.local_part if self.logs_in_with_local_part else address.addr_spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What is known about the server of an address.

    Args:
        provider: None for a domain that is not in our table.
        endpoint: the provider's, or the likeliest that answered; None where there is none.
        failures: what was tried in vain, with the reason.
    """

    provider: Provider | None
    endpoint: Endpoint | None
    failures: tuple[str, ...] = ()


def provider_of(address: Address, providers: Iterable[Provider]) -> Provider | None:
    """The provider whose address it is; None for a domain that we do not know."""
    return next((provider for provider in providers if address.domain in provider.domains), None)


def guesses(address: Address) -> tuple[Endpoint, ...]:
    """Where the server of an unknown domain may be, likeliest first: implicit TLS before STARTTLS (RFC 8314).

    All of them belong to the domain of the address, so that a password would go to no one else.
    """
    try:
        domain = address.domain.encode("idna").decode()  # RFC 3490: what the name system knows
    except UnicodeError:
        return ()
    if not domain:
        return ()
    return tuple(
        Endpoint(host=prefix + domain, port=tls.port, tls=tls)
        for tls in (Tls.IMPLICIT, Tls.STARTTLS)
        for prefix in _PREFIXES
    )
