"""Sets an account up: asks what is not given, tries the login, stores the password, writes the settings.

Nothing is written before the login has worked, so that stopping at any question leaves all as it was.
"""

import re
from collections.abc import Mapping
from typing import Any

from graceperiod.app.init_parts import Asker, Given, InitParts, InitResult
from graceperiod.app.init_password import asked_password, log_in, words
from graceperiod.core.address import Address
from graceperiod.core.discovery import Discovery
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.errors import UserError
from graceperiod.settings import Account, parse_account

_LONGEST_NAME = 28
"""Of a name that we choose; leaves room for a number within the 32 that the settings allow."""


def set_up(given: Given, asker: Asker, parts: InitParts) -> InitResult:
    """Add an account to the settings.

    Raises:
        UserError: an answer is wrong or missing, or the server does not accept it; nothing was written.
        MailStoreError: the server cannot be reached; nothing was written.
    """
    address = _address(given, asker)
    name = given.account or free_name(address, parts.accounts)
    if name in parts.accounts:
        msg = f"accounts.{name} exists already; choose another name with --account"
        raise UserError(msg)
    table = {"address": address.addr_spec, **_server(given, address, asker, parts), **given.further}
    account = parse_account(name, table | _password_source(given))
    _refuse_double(account, parts.accounts)
    account, report = log_in(name, account, given, asker, parts)
    parts.add_account(name, account)
    return InitResult(name=name, account=account, report=report)


def renew_password(name: str, given: Given, asker: Asker, parts: InitParts) -> InitResult:
    """Put a new password of an existing account into the keyring.

    Raises:
        UserError: there is no such account, its password is not in the keyring, or it is refused.
        MailStoreError: the server cannot be reached; nothing was written.
    """
    account = parts.accounts.get(name)
    if account is None:
        msg = f"there is no account {name} in the settings: there is {', '.join(parts.accounts) or 'none'}"
        raise UserError(msg)
    if account.password != "keyring":  # noqa: S105 - where it is, not what it is
        msg = f"the password of {name} is not in the keyring: see accounts.{name}.password in the settings"
        raise UserError(msg)
    secret, report = asked_password(name, account, given, asker, parts)
    parts.open_passwords({name: account}).store(name, secret)
    return InitResult(name=name, account=account, report=report)


def free_name(address: Address, taken: Mapping[str, object]) -> str:
    """A name for the account, after the domain of its address, that is not in use yet."""
    labels = address.domain.split(".")
    word = re.sub(r"[^a-z0-9]+", "-", labels[-2] if len(labels) > 1 else labels[0]).strip("-") or "mail"
    base = word[:_LONGEST_NAME]
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _address(given: Given, asker: Asker) -> Address:
    text = given.address or asker.text("Your mail address", option="--address")
    found = Address.parse(text)
    if len(found) != 1:
        msg = "that is no mail address; one looks like me@mail.example"
        raise UserError(msg)
    return found[0]


def _server(given: Given, address: Address, asker: Asker, parts: InitParts) -> dict[str, Any]:
    """Host, port, tls and user, as given, discovered or asked for."""
    found = Discovery(provider=None, endpoint=None) if given.host else parts.discover(address)
    if given.host:
        endpoint = _as_given(given, Endpoint(host=given.host, port=0, tls=Tls.IMPLICIT))
    else:
        endpoint = _confirmed(found, given, asker)
    usual = found.provider.user(address) if found.provider else address.addr_spec
    user = given.user or (asker.text("User name", option="--user", default=usual))
    return {"host": endpoint.host, "port": endpoint.port, "tls": endpoint.tls.value, "user": user}


def _confirmed(found: Discovery, given: Given, asker: Asker) -> Endpoint:
    """The endpoint that the user agrees to: a password goes nowhere by guess."""
    if found.provider and found.provider.note:
        asker.say(found.provider.note)
    if found.provider and found.provider.endpoint is None:
        msg = f"{found.provider.note} If you have an IMAP server all the same, name it with --host"
        raise UserError(msg)
    if found.endpoint and found.provider and not asker.is_interactive:
        return _as_given(given, found.endpoint)
    if found.endpoint is None:
        asker.say("No IMAP server was found by trying; your provider's help pages name it.")
        for failure in found.failures:
            asker.say(f"  {failure}")
    offered = found.endpoint.host if found.endpoint and asker.is_interactive else ""
    host = asker.text("IMAP server", option="--host", default=offered)
    if found.endpoint and host == found.endpoint.host:
        return _as_given(given, found.endpoint)
    tls = given.tls or asker.choice(
        "Encryption", option="--tls", choices=("implicit", "starttls"), default="implicit"
    )
    return _as_given(given, Endpoint(host=host, port=0, tls=Tls(tls)))


def _as_given(given: Given, endpoint: Endpoint) -> Endpoint:
    """The endpoint with what the options say instead; another `tls` means its own port."""
    tls = Tls(given.tls) if given.tls else endpoint.tls
    usual = endpoint.port if endpoint.port and tls is endpoint.tls else tls.port
    port = usual if given.port is None else given.port
    return Endpoint(host=endpoint.host, port=port, tls=tls)


def _password_source(given: Given) -> dict[str, Any]:
    if given.password_command is not None:
        return {"password": {"command": words(given.password_command)}}
    if given.password_credential is not None:
        return {"password": {"credential": given.password_credential}}
    return {}


def _refuse_double(account: Account, accounts: Mapping[str, Account]) -> None:
    for name, other in accounts.items():
        if (other.host.lower(), other.user) == (account.host.lower(), account.user):
            msg = f"accounts.{name} is this user on this host already; its password: --password-of {name}"
            raise UserError(msg)
