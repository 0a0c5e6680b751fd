"""Kinds of settings values, each with one message that says what may stand there and never what did."""

import re
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, StrictStr, ValidationInfo
from pydantic_core import PydanticCustomError

from graceperiod.core.address import Address
from graceperiod.settings.nearest import nearest

_LONGEST = 4000
"""Characters in one text. Chosen: as long as a path may be on Linux."""

_HOST = re.compile(r"(?!-)[A-Za-z0-9_.-]{1,253}\Z|[0-9A-Fa-f:.]{2,45}\Z")
"""RFC 1123 section 2.1, underscores allowed as private networks use them; or an IPv6 address."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\Z")
_COUNTRY = re.compile(r"([A-Z]{2})?\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_CREDENTIAL = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,255}\Z")

_Choice = TypeVar("_Choice", bound=StrEnum)


def problem(text: str) -> PydanticCustomError:
    """An error whose message is `text` as it stands; it must not hold what the user wrote."""
    return PydanticCustomError("graceperiod", "{text}", {"text": text})


def one_of(kind: type[_Choice]) -> BeforeValidator:
    """Accepts the values of a closed set; else names them, and the nearest."""
    valid = [choice.value for choice in kind]
    listed = ", ".join(f'"{value}"' for value in valid)

    def check(value: object) -> object:
        if isinstance(value, str) and value not in valid:
            raise problem(f"must be one of {listed}{nearest(value, valid)}")
        if not isinstance(value, str):
            raise problem(f"must be one of {listed}")
        return kind(value)

    return BeforeValidator(check)


def _line(value: str) -> str:
    if len(value) > _LONGEST:
        raise problem(f"must not be longer than {_LONGEST} characters")
    if _CONTROL.search(value):
        raise problem("must be one line without control characters")
    return value


def _word(value: str) -> str:
    if len(value) > _LONGEST or "\0" in value:
        raise problem(f"must not be longer than {_LONGEST} characters or contain a zero byte")
    return value


def _filled(value: str) -> str:
    if not value:
        raise problem("must not be empty")
    return value


def _shape(pattern: re.Pattern[str], wanted: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.match(value):
            raise problem(f"must be {wanted}")
        return value

    return AfterValidator(check)


def _address(value: str) -> str:
    found = Address.parse(value)
    if len(found) != 1 or found[0].addr_spec.lower() != value.lower():
        raise problem("must be one mail address without a name, such as me@mail.example")
    return found[0].addr_spec


def _zone(value: str) -> str:
    if not value:
        return value
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # OSError: a folder of the zone database, such as "Europe"
        hint = nearest(value, available_timezones()) or ', such as "Europe/Vienna"'
        raise problem(f"must be a time zone of the IANA list, or empty for the computer's{hint}") from None
    return value


def _clock_time(value: object) -> object:
    if isinstance(value, str) and (found := _CLOCK_TIME.match(value)):
        return time(int(found[1]), int(found[2]))
    if isinstance(value, time) and value.tzinfo is None:  # TOML has times of its own: 09:00:00
        return value
    raise problem('must be a time of day such as "09:00", from "00:00" to "23:59"')


def _path(value: object, info: ValidationInfo) -> object:
    """The path, from the folder of the settings file where it is relative; None for an empty text."""
    if isinstance(value, Path) or value is None:
        return value
    if not isinstance(value, str):
        raise problem('must be text in quotes, a path, or "" for the default')
    if "\0" in value or len(value) > _LONGEST:
        raise problem("must be a path")
    if not value:
        return None
    base = info.context["base"] if info.context else Path()
    try:
        return Path(base, Path(value).expanduser())
    except RuntimeError:  # "~someone" who has no home folder here
        raise problem('must be a path; the user after "~" is not known here') from None


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) != len(values):
        raise problem("must not name anything twice")
    return values


def _has_program(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words[0].strip():
        raise problem("must begin with the name of a program")
    return words


def _list(wanted: str) -> BeforeValidator:
    """Makes a tuple of a TOML list that is neither empty nor endless."""

    def check(value: object) -> object:
        if isinstance(value, list | tuple) and 0 < len(value) <= _MOST:
            return tuple(value)
        raise problem(f"must be a list of {wanted}, with 1 to {_MOST} of them")

    return BeforeValidator(check)


_MOST = 100
"""Items in one list. Chosen: over any number of mailboxes that one would watch."""


Line = Annotated[StrictStr, AfterValidator(_line)]
Filled = Annotated[Line, AfterValidator(_filled)]
Host = Annotated[StrictStr, _shape(_HOST, 'a host name or an IP address, such as "imap.mail.example"')]
Port = Annotated[StrictInt, Field(ge=1, le=65535)]
MailAddress = Annotated[StrictStr, AfterValidator(_address)]
Zone = Annotated[StrictStr, AfterValidator(_zone)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Country = Annotated[StrictStr, _shape(_COUNTRY, 'two capital letters such as "AT" (ISO 3166-1), or empty')]
Language = Annotated[StrictStr, _shape(_LANGUAGE, 'two small letters such as "en" (ISO 639-1)')]
CredentialName = Annotated[
    StrictStr, _shape(_CREDENTIAL, "a plain name of letters, digits, `.`, `_` and `-`, without slashes")
]
FilePath = Annotated[Path | None, BeforeValidator(_path)]
MailboxNames = Annotated[tuple[Filled, ...], _list("mailbox names in quotes"), AfterValidator(_distinct)]
Languages = Annotated[tuple[Language, ...], _list("languages in quotes"), AfterValidator(_distinct)]
Words = Annotated[
    tuple[Annotated[StrictStr, AfterValidator(_word)], ...],
    _list("words in quotes, the program first"),
    AfterValidator(_has_program),
]


class Weekday(StrEnum):
    """A day of the week as the settings write it."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Monday is 0, as `date.weekday` counts."""
        return list(Weekday).index(self)


Weekdays = Annotated[
    tuple[Annotated[Weekday, one_of(Weekday)], ...], _list("days in quotes"), AfterValidator(_distinct)
]
