"""A connection that is encrypted, authenticated and never waits for ever; foreign errors become ours."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from imapclient.exceptions import LoginError

from graceperiod.adapters.imap.client import Client
from graceperiod.adapters.imap.wire import Flood, Limits
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.errors import AccountError, CredentialError, Refused, UnknownHost, Unreachable

_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What IMAPClient's parser raises over an answer that breaks the grammar."""

_TEMPORARY = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN")
"""Response codes with which a login is refused though the password may be right (RFC 5530)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """What is needed to reach an account.

    Args:
        account: its name in the settings, for messages.
        ca_file: a PEM file with a further certificate authority; None for the system's alone.
    """

    account: str
    endpoint: Endpoint
    user: str
    ca_file: Path | None = None


class Flooded(Unreachable):
    """The connection was given up because the server sent more than was asked for."""


def connect(login: Login, password: str, limits: Limits | None = None) -> Client:
    """A logged-in client.

    Raises:
        CredentialError: the server does not accept user or password.
        AccountError: its certificate cannot be verified, or it cannot encrypt.
        UnknownHost, Unreachable: no connection.
    """
    endpoint = login.endpoint
    with _connecting(login):
        context = _context(login)
        client = Client(
            endpoint.host,
            endpoint.port,
            context=context if endpoint.tls is Tls.IMPLICIT else None,
            limits=limits or Limits(),
        )
        try:
            _prepare(client, login, context, password)
        except BaseException:
            with suppress(Exception):  # a broken STARTTLS leaves nothing that could be shut down
                client.shutdown()
            raise
        return client


def _prepare(client: Client, login: Login, context: ssl.SSLContext | None, password: str) -> None:
    if login.endpoint.tls is Tls.STARTTLS:
        if not client.has_capability("STARTTLS"):
            msg = f"{login.endpoint.host} offers no STARTTLS: set accounts.{login.account}.tls"
            raise AccountError(msg)
        client.starttls(context)
    _authenticate(client, login, password)


def _authenticate(client: Client, login: Login, password: str) -> None:
    try:
        if client.has_capability("AUTH=PLAIN"):
            # Not `plain_login`: imaplib encodes its text as ASCII, and passwords are UTF-8 (RFC 4616).
            client.sasl_login("PLAIN", lambda _: f"\0{login.user}\0{password}".encode())
        else:
            client.login(login.user, password)
    except LoginError as error:
        _refused_login(login, error)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        _refused_login(login, error)


def _refused_login(login: Login, error: imaplib.IMAP4.error) -> NoReturn:
    """A wrong password, unless the server says that it is busy or the connection broke."""
    said = _short(error)
    is_broken = isinstance(error.__context__, imaplib.IMAP4.abort | OSError)
    if is_broken or any(code in said.upper() for code in _TEMPORARY):
        msg = f"{login.endpoint.host} refuses logins for now ({said})"
        raise Unreachable(msg) from error
    msg = (
        f"{login.endpoint.host} does not accept user or password of account {login.account!r} ({said}): "
        f"check accounts.{login.account}.user and its password"
    )
    raise CredentialError(msg) from None


def _context(login: Login) -> ssl.SSLContext | None:
    """None where nothing is encrypted and no authority is named: the system's take 25 ms to load."""
    if login.endpoint.tls is Tls.NONE and login.ca_file is None:
        return None
    try:
        return ssl.create_default_context(cafile=str(login.ca_file) if login.ca_file else None)
    except (OSError, ssl.SSLError) as error:
        msg = f"accounts.{login.account}.ca_file: {login.ca_file} cannot be used: {_short(error)}"
        raise AccountError(msg) from error


@contextmanager
def _connecting(login: Login) -> Iterator[None]:
    where = str(login.endpoint)
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        msg = (
            f"the certificate of {where} cannot be trusted ({error.verify_message}): check "
            f"accounts.{login.account}.host, or name its authority in accounts.{login.account}.ca_file"
        )
        raise AccountError(msg) from None
    except socket.gaierror as error:
        host = login.endpoint.host
        msg = f"the name {host} has no address ({error.strerror}): check accounts.{login.account}.host"
        raise UnknownHost(msg) from None
    except ssl.SSLError as error:
        msg = (
            f"{where} does not speak TLS as asked ({error.reason}): check accounts.{login.account}.tls and "
            f"accounts.{login.account}.port"
        )
        raise Unreachable(msg) from error
    except (imaplib.IMAP4.error, OSError, *_UNREADABLE) as error:
        msg = f"no connection to {where} ({_short(error)})"
        raise Unreachable(msg) from error


@contextmanager
def speaking(what: str) -> Iterator[None]:
    """Turns what IMAPClient, imaplib and the socket raise into `Unreachable` (`Flooded`) and `Refused`.

    Args:
        what: the command, for the message; no address and no mailbox content.
    """
    try:
        yield
    except imaplib.IMAP4.readonly as error:
        msg = f"{what}: the mailbox is read-only"
        raise Refused(msg, code="READ-ONLY") from error
    except Flood as error:
        msg = f"{what}: the connection was given up over {_short(error)}"
        raise Flooded(msg) from error
    except (imaplib.IMAP4.abort, OSError) as error:
        msg = f"{what}: the connection was lost ({_short(error)})"
        raise Unreachable(msg) from error
    except imaplib.IMAP4.error as error:
        said = _short(error)
        msg = f"{what}: {said}"
        raise Refused(msg, code=_response_code(said)) from error
    except _UNREADABLE as error:  # over an answer that was heard to its end
        msg = f"{what}: an answer that cannot be read ({type(error).__name__})"
        raise Refused(msg) from error


def _response_code(said: str) -> str:
    _, bracket, rest = said.partition("[")
    code = rest.partition("]")[0].split(" ")[0] if bracket else ""
    return code.upper() if code.replace("-", "").isalnum() else ""


def _short(error: BaseException) -> str:
    text = " ".join(str(a) for a in error.args) if error.args else type(error).__name__
    printable = "".join(c if c.isprintable() else " " for c in text)
    return printable[:200]
