"""The settings file: read whole and checked, and given a further account without touching the rest."""

import contextlib
import os
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.items import Table

from graceperiod.errors import SettingsError
from graceperiod.settings import Account, Settings, parse

_LARGEST_BYTES = 1024 * 1024
"""Chosen: a hundred accounts with comments take a tenth of it."""

_HEADER = """\
# Settings of Graceperiod. What is not here is at its default; `config.example.toml` describes every key.
# Passwords do not belong in this file.
"""


def read_settings(path: Path) -> Settings:
    """The settings.

    Raises:
        SettingsError: the file is missing or cannot be read, or every problem in it.
    """
    return parse(_text(path), file=str(path))


def read_accounts(path: Path) -> Mapping[str, Account]:
    """The accounts in the file; none where there is no file yet.

    Raises:
        SettingsError: the file cannot be read, or every problem in it but a lack of accounts.
    """
    if not path.exists():
        return {}
    return parse(_text(path), file=str(path), needs_account=False).accounts


def add_account(path: Path, name: str, account: Account) -> None:
    """Write the account into the file, which is made if need be; its comments and order stay.

    The file is replaced as a whole or not at all, and afterwards only its owner can read it. A symbolic
    link is followed and stays one.

    Raises:
        SettingsError: the file has a problem, has that account already, or cannot be written.
    """
    if name in read_accounts(path):
        msg = f"{path}: accounts.{name} exists already; choose another name"
        raise SettingsError(msg)
    text = _joined(_text(path) if path.exists() else _HEADER, _account_text(name, account))
    _check(text, path)
    try:
        _replace(path.resolve(), text.encode())
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise SettingsError(msg) from error


def _check(text: str, path: Path) -> None:
    """Nothing is written that could not be read again."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # it could be read before the account was added
        msg = f"{path}: accounts is an inline table: write [accounts.NAME] tables to add one"
        raise SettingsError(msg) from None
    parse(text, file=str(path))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_BYTES + 1)
    except FileNotFoundError:
        msg = f"there is no settings file {path}; make one with: graceperiod init"
        raise SettingsError(msg) from None
    except OSError as error:
        msg = f"the settings file {path} cannot be read: {error.strerror}"
        raise SettingsError(msg) from error
    if len(raw) > _LARGEST_BYTES:
        msg = f"{path} is over 1 MiB: that is no settings file; make one with: graceperiod init"
        raise SettingsError(msg)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        msg = f"{path}:{line}: this is not UTF-8, which TOML has to be: save the file as UTF-8"
        raise SettingsError(msg) from None


def _joined(before: str, addition: str) -> str:
    """The addition at the end, where it cannot come between a comment and what the comment is about."""
    line_end = "\r\n" if "\r\n" in before else "\n"
    gap = line_end * 2 if before.strip() else ""
    return before.rstrip() + gap + addition.replace("\n", line_end)


def _account_text(name: str, account: Account) -> str:
    document, accounts = tomlkit.document(), tomlkit.table(is_super_table=True)
    accounts[name] = _table(account)
    document["accounts"] = accounts
    return tomlkit.dumps(document)


def _table(account: Account) -> Table:
    table = tomlkit.table()
    for key, value in account.as_table().items():
        if isinstance(value, dict):  # on one line, as the example file has it
            inline = tomlkit.inline_table()
            inline.update(value)
            table[key] = inline
        else:
            table[key] = value
    return table


def _replace(target: Path, content: bytes) -> None:
    """Put `content` in the place of the file: durable, mode 0600, and never half of it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:  # Ctrl-C too leaves nothing behind
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; not every system can open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
