"""Tells what is wrong with the settings: one line a problem, with file, line, key and the nearest valid name.

No message holds a value that the user wrote: it might be a password in the wrong place.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from graceperiod.core.endpoint import is_loopback
from graceperiod.settings.account import Account
from graceperiod.settings.lines import Path
from graceperiod.settings.model import Settings
from graceperiod.settings.nearest import nearest

Problem = tuple[Path, str]
"""The place in the document, and what is wrong there."""

_WANTED = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false, without quotes",
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "mapping_type": "must be a table",
}

_UNSAID = frozenset({"default_factory_not_called"})
"""What only follows from another problem."""


def problems(error: ValidationError) -> Iterator[Problem]:
    """What pydantic found, in our words."""
    for detail in error.errors(include_url=False, include_input=False):
        if detail["type"] not in _UNSAID:
            place = _place(detail["loc"])
            yield place, _said(detail, place)


def double_accounts(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Accounts that are the same user on the same host as an earlier one: each mail would be met twice."""
    seen: dict[tuple[str, str], str] = {}
    accounts = data.get("accounts")
    for name, table in accounts.items() if isinstance(accounts, dict) else ():
        if not isinstance(table, dict):
            continue
        host, user = table.get("host"), table.get("user") or table.get("address")
        if not (isinstance(host, str) and isinstance(user, str)):
            continue
        key = ("localhost" if is_loopback(host) else host.lower(), user)
        if key in seen:
            yield ("accounts", name), f"is the same user on the same host as {seen[key]}"
        seen.setdefault(key, dotted(("accounts", name)))


def written(problem: Problem, *, lines: Mapping[Path, int], file: str) -> str:
    """`file:LINE: key: what is wrong`."""
    place, text = problem
    return f"{file}:{_line(place, lines)}: {dotted(place)}: {text}"


def in_order(found: Iterable[Problem], lines: Mapping[Path, int]) -> list[Problem]:
    """By line, each once."""
    return sorted(dict.fromkeys(found), key=lambda problem: (_line(problem[0], lines), str(problem)))


def dotted(place: Path) -> str:
    """The key as one would write it in TOML, the items of a list counted from 1."""
    shown = ""
    for key in place:
        shown += f"[{key + 1}]" if isinstance(key, int) else f".{_shown(key)}"
    return shown.removeprefix(".")


def _line(place: Path, lines: Mapping[Path, int]) -> int:
    """Of the key itself, else of the nearest table around it that is in the document."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _place(loc: tuple[str | int, ...]) -> Path:
    """The place without the marks that pydantic and our unions put into it, as in `account._kind`."""
    return tuple(k for k in loc if not (isinstance(k, str) and (k == "[key]" or _is_mark(k))))


def _is_mark(key: str) -> bool:
    return key in {"<keyring>", "<command>", "<credential>"}


def _said(detail: ErrorDetails, place: Path) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "graceperiod":
        return str(context["text"]) if "text" in context else detail["msg"]
    if kind == "extra_forbidden":
        return f"unknown key{_meant(place)}"
    if kind == "greater_than_equal":
        return f"must be {context['ge']} or more"
    if kind == "less_than_equal":
        return f"must be {context['le']} or less"
    return _WANTED.get(kind, f"is not valid ({kind})")


def _meant(place: Path) -> str:
    key = str(place[-1])
    if hint := nearest(key, keys_at(place[:-1])):
        return hint
    homes = [f"[{section}]" for section in Settings.model_fields if key in keys_at((section,))]
    if key in Account.model_fields:
        homes.append("[accounts.NAME]")
    return f" (it belongs in {' or '.join(homes)})" if homes else ""


def keys_at(table: Path) -> tuple[str, ...]:
    """The keys that a table of the settings file may have; none where there is no such table."""
    match table:
        case ():
            return tuple(Settings.model_fields)
        case ("accounts", str()):
            return tuple(Account.model_fields)
        case ("accounts", str(), "password"):
            return ("command", "credential")
        case (str() as section,) if section != "accounts" and section in Settings.model_fields:
            model: Any = Settings.model_fields[section].annotation
            return tuple(model.model_fields)
        case _:
            return ()


def _shown(key: str) -> str:
    """A key, bounded and safe to print."""
    plain = "".join(c if c.isprintable() else "?" for c in key[:_LONGEST_KEY])
    return plain if plain and all(c.isalnum() or c in "-_" for c in plain) else f'"{plain}"'


_LONGEST_KEY = 60
"""Characters of a key in a message. Chosen: enough to find it."""
