"""Reads settings from TOML and reports every problem at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from graceperiod.errors import SettingsError
from graceperiod.settings.account import Account
from graceperiod.settings.lines import Path, key_lines
from graceperiod.settings.model import Settings
from graceperiod.settings.problems import Problem, dotted, double_accounts, in_order, problems, written

_NAME = re.compile(r"[a-z0-9-]{1,32}\Z")
_WHERE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\Z")


def parse(text: str, *, file: str, needs_account: bool = True) -> Settings:
    """The settings that a document holds.

    Args:
        text: TOML.
        file: its path, for messages; relative paths in the document count from its folder.
        needs_account: whether a document without any account is a problem.

    Raises:
        SettingsError: every problem at once, one a line, ordered by line number:
            `file:LINE: key: what is wrong (did you mean "nearest"?)`.
    """
    data = _toml(text, file)
    found: list[Problem] = [*_names(data, needs_account=needs_account), *double_accounts(data)]
    try:
        settings = Settings.model_validate(data, context={"base": FilePath(file).parent})
    except ValidationError as error:
        found += problems(error)
    if found:
        lines = _lines(text)
        listed = [written(problem, lines=lines, file=file) for problem in in_order(found, lines)]
        raise SettingsError("\n".join(listed))
    return settings


def parse_account(name: str, table: Mapping[str, Any]) -> Account:
    """An account that is not in a file yet; relative paths count from the working folder.

    Raises:
        SettingsError: every problem at once, one a line, `accounts.NAME.key: what is wrong`.
    """
    data = {"accounts": {name: dict(table)}}
    found = list(_names(data, needs_account=True))
    try:
        account = Account.model_validate(table)
    except ValidationError as error:
        found += [(("accounts", name, *place), text) for place, text in problems(error)]
    if found:
        raise SettingsError("\n".join(f"{dotted(place)}: {text}" for place, text in found))
    return account


def _toml(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        where = _WHERE.search(said)
        line = int(where[1]) if where and where[1] else text.rstrip().count("\n") + 1
        msg = f"{file}:{line}: this is not TOML: {_WHERE.sub('', said)}"
    except RecursionError:
        msg = f"{file}:1: this is nested too deeply"
    raise SettingsError(msg)


def _lines(text: str) -> Mapping[Path, int]:
    try:
        return key_lines(text)
    except ValueError:  # a newer TOML than we know: a problem without its line is still a problem
        return {}


def _names(data: Mapping[str, Any], *, needs_account: bool) -> list[Problem]:
    accounts = data.get("accounts", {})
    if not isinstance(accounts, dict):
        return []  # reported as no table
    found: list[Problem] = [
        (("accounts", name), "the name of an account must be 1 to 32 of a-z, 0-9 and -")
        for name in accounts
        if not _NAME.match(name)
    ]
    if needs_account and not accounts:
        found.append((("accounts",), "no account is set up yet; run: graceperiod init"))
    return found
