"""The password of an account that is set up: asked for, tried, and put where the daemon finds it."""

import shlex
from collections.abc import Mapping
from typing import Any

from graceperiod.app.init_parts import Asker, Given, InitParts, LoginReport
from graceperiod.errors import CredentialError, UserError
from graceperiod.settings import Account, parse_account

_TRIES = 3
"""Passwords that may be typed. Chosen: some servers lock an account after five."""


def log_in(
    name: str, account: Account, given: Given, asker: Asker, parts: InitParts
) -> tuple[Account, LoginReport | None]:
    """The account with a password that works and is put away."""
    if account.password == "keyring":  # noqa: S105 - where it is, not what it is
        secret, report = asked_password(name, account, given, asker, parts)
        return _put_away(name, account, secret, asker, parts), report
    if given.password is not None:  # of a credential that only the service can read
        return account, _tried(name, account, given.password, given, parts)
    return account, _tried_with_own(name, account, given, parts)


def _tried_with_own(name: str, account: Account, given: Given, parts: InitParts) -> LoginReport | None:
    """Try the login with the password that the daemon would get."""
    if not given.tries_login:
        return None
    return parts.try_login(name, account, parts.open_passwords({name: account}).password(name))


def _tried(name: str, account: Account, secret: str, given: Given, parts: InitParts) -> LoginReport | None:
    return parts.try_login(name, account, secret) if given.tries_login else None


def asked_password(
    name: str, account: Account, given: Given, asker: Asker, parts: InitParts
) -> tuple[str, LoginReport | None]:
    """A password that the server accepts."""
    if given.password is not None:
        return given.password, _tried(name, account, given.password, given, parts)
    for last in (False,) * (_TRIES - 1) + (True,):
        secret = asker.secret(
            "Password", option="--password-command, --password-credential or --password-stdin"
        )
        try:
            return secret, _tried(name, account, secret, given, parts)
        except CredentialError as error:
            if last:
                raise
            asker.say(str(error))
    raise AssertionError  # the last try returns or raises


def _put_away(name: str, account: Account, secret: str, asker: Asker, parts: InitParts) -> Account:
    """The account with its password in the keyring, or where the user wants it instead."""
    try:
        parts.open_passwords({name: account}).store(name, secret)
    except CredentialError as error:
        if not asker.is_interactive:
            msg = f"{error}; here: --password-command or --password-credential"
            raise CredentialError(msg) from None
        asker.say(str(error))
    else:
        return account
    way = asker.choice(
        "Where shall the password come from instead",
        option="--password-command or --password-credential",
        choices=("command", "credential"),
        default="command",
    )
    if way == "command":
        return _by_command(name, account, secret, asker, parts)
    return _by_credential(name, account, asker)


def _by_command(name: str, account: Account, secret: str, asker: Asker, parts: InitParts) -> Account:
    command = asker.text("Command that prints it, such as `pass show mail`", option="--password-command")
    changed = _with_source(name, account, {"command": words(command)})
    if parts.open_passwords({name: changed}).password(name) != secret:
        msg = "that command prints another password than the one that the server has just accepted"
        raise CredentialError(msg)
    return changed


def _by_credential(name: str, account: Account, asker: Asker) -> Account:
    credential = asker.text("Name of the credential", option="--password-credential", default=name)
    changed = _with_source(name, account, {"credential": credential})
    asker.say(
        f"Encrypt it:  systemd-creds encrypt --name={credential} - /etc/credstore.encrypted/{credential}"
    )
    asker.say(f"and give it to the service:  LoadCredentialEncrypted={credential}")
    return changed


def _with_source(name: str, account: Account, source: Mapping[str, Any]) -> Account:
    return parse_account(name, account.as_table() | {"password": dict(source)})


def words(command: str) -> list[str]:
    """The words of a command line in the shell's notation.

    Raises:
        UserError: a quote is not closed.
    """
    try:
        return shlex.split(command)
    except ValueError:
        msg = "the password command has a quote that is not closed"
        raise UserError(msg) from None
