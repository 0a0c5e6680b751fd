"""Finds an IMAP server by the shipped table, or by trying where it may be; nobody else is asked.

Only a server whose certificate is valid for its name counts (RFC 8314 section 5.3); nothing of the user's is
told to it.
"""

import socket
import ssl
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from graceperiod.core.address import Address
from graceperiod.core.discovery import Discovery, Provider, guesses, provider_of
from graceperiod.core.endpoint import Endpoint, Tls

_TABLE = Path(__file__).parent.parent / "providers.toml"
_TIMEOUT_S = 5.0
"""For each step of a connection. Chosen: a server that is slower is not found, and can be named."""

_SHORTEST_WAIT_S = 0.001

_LONGEST_LINE_BYTES = 2048
"""Of a greeting or an answer to STARTTLS. Chosen: capabilities in a greeting take a few hundred."""


def read_providers() -> tuple[Provider, ...]:
    """The shipped table."""
    tables = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return tuple(Provider.parse(table) for table in tables.values())


def discover(address: Address) -> Discovery:
    """The server of an address, at once where the provider is known, else in a few seconds. Never raises."""
    if provider := provider_of(address, read_providers()):
        return Discovery(provider=provider, endpoint=provider.endpoint)
    return first_answering(guesses(address))


def first_answering(
    endpoints: tuple[Endpoint, ...], probe: "Callable[[Endpoint], str | None] | None" = None
) -> Discovery:
    """The first of the endpoints, in their order, that answers as an IMAP server; all are tried at once.

    Args:
        probe: returns None where a server answers, else why not; `why_not` by default.
    """
    with ThreadPoolExecutor(max_workers=max(1, len(endpoints))) as threads:
        reasons = list(threads.map(probe or why_not, endpoints))
    found = next((e for e, reason in zip(endpoints, reasons, strict=True) if reason is None), None)
    failures = tuple(f"{e}: {reason}" for e, reason in zip(endpoints, reasons, strict=True) if reason)
    return Discovery(provider=None, endpoint=found, failures=failures)


def why_not(endpoint: Endpoint, *, ca_file: Path | None = None, timeout_s: float = _TIMEOUT_S) -> str | None:
    """None where an IMAP server with a valid certificate answers there, else a few words why not."""
    try:
        context = ssl.create_default_context(cafile=ca_file)
        with closing(socket.create_connection((endpoint.host, endpoint.port), timeout=timeout_s)) as plain:
            if endpoint.tls is not Tls.IMPLICIT:
                return _starttls(plain, context, endpoint)
            with context.wrap_socket(plain, server_hostname=endpoint.host) as private:
                return _greeting(private)
    except ssl.SSLCertVerificationError as error:
        return f"its certificate is not valid: {error.verify_message}"
    except ssl.SSLError:
        return "it does not speak TLS there"
    except socket.gaierror:
        return "there is no such host"
    except TimeoutError:
        return "no answer"
    except (OSError, UnicodeError) as error:  # UnicodeError: a label that IDNA does not allow
        return getattr(error, "strerror", None) or "no connection"


def _starttls(plain: socket.socket, context: ssl.SSLContext, endpoint: Endpoint) -> str | None:
    if reason := _greeting(plain):
        return reason
    plain.sendall(b"a STARTTLS\r\n")
    if not _line(plain).upper().startswith(b"A OK"):
        return "it offers no STARTTLS"
    with context.wrap_socket(plain, server_hostname=endpoint.host):
        return None


def _greeting(connection: socket.socket) -> str | None:
    """RFC 9051 section 7.1: a server that is willing begins with `* OK`."""
    return None if _line(connection).upper().startswith(b"* OK") else "no IMAP server answers there"


def _line(connection: socket.socket) -> bytes:
    """One line, read byte by byte: what comes after it belongs to the TLS handshake.

    Raises:
        TimeoutError: it took longer than the connection's time-out, all in all.
    """
    limit_s = connection.gettimeout() or _TIMEOUT_S
    until_s = time.monotonic() + limit_s
    line = b""
    while not line.endswith(b"\n") and len(line) < _LONGEST_LINE_BYTES:
        connection.settimeout(max(until_s - time.monotonic(), _SHORTEST_WAIT_S))
        byte = connection.recv(1)
        if not byte:
            break
        line += byte
        if time.monotonic() > until_s:
            raise TimeoutError
    connection.settimeout(limit_s)
    return line
