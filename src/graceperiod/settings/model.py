"""All settings, checked: what the rest of the program works with."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationInfo, field_validator

from graceperiod.core.policy import Formality, TierOne
from graceperiod.settings.account import Account
from graceperiod.settings.fields import (
    ClockTime,
    Country,
    FilePath,
    Languages,
    Weekday,
    Weekdays,
    Zone,
    one_of,
    problem,
)

_APP = "graceperiod"


class Playbook(StrEnum):
    """The built-in playbooks."""

    TIERS = "tiers"


class LogLevel(StrEnum):
    """How much the daemon says."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HoldSettings(_Section):
    """How replies are held (DESIGN, "The hold").

    Args:
        seal: whether a held draft is without a recipient, so that it cannot be sent.
        tier1: what happens after a rejection without any interview (RULES A1).
        nudge: whether a released draft that stays unsent is pointed out once (RULES T2).
    """

    seal: StrictBool = True
    playbook: Annotated[Playbook, one_of(Playbook)] = Playbook.TIERS
    tier1: Annotated[TierOne, one_of(TierOne)] = TierOne.NONE
    nudge: StrictBool = True


class HourSettings(_Section):
    """When a hold may end (RULES T4).

    Args:
        zone: of the IANA list; empty for the computer's.
        opens, closes: civil times in that zone, `opens` before `closes`.
        country: ISO 3166-1; its public holidays do not count as working days; empty for none.
    """

    zone: Zone = ""
    opens: ClockTime = time(9)
    closes: ClockTime = Field(default=time(17), validate_default=True)
    days: Weekdays = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
    country: Country = ""

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, value: time, info: ValidationInfo) -> time:
        opens = info.data.get("opens")
        if opens is not None and value <= opens:
            raise problem("must be later than hours.opens")
        return value

    @property
    def weekdays(self) -> frozenset[int]:
        """The working days, Monday is 0."""
        return frozenset(day.number for day in self.days)


class ReplySettings(_Section):
    """How replies are worded (RULES C5).

    Args:
        languages: ISO 639-1 of the languages to reply in; the first is for mail in any other language.
    """

    formality: Annotated[Formality, one_of(Formality)] = Formality.FORMAL
    languages: Languages = ("en", "de")


class DaemonSettings(_Section):
    """How `graceperiod run` goes about it.

    Args:
        poll_minutes: the longest time between two looks, also where the server can announce new mail.
        lookback_days: how far the first look goes back.
    """

    poll_minutes: Annotated[StrictInt, Field(ge=1, le=30)] = 5
    lookback_days: Annotated[StrictInt, Field(ge=0, le=365)] = 30
    log_level: Annotated[LogLevel, one_of(LogLevel)] = LogLevel.INFO


class PlaceSettings(_Section):
    """A folder of this computer.

    Args:
        path: None for the default.
    """

    path: FilePath = None


class Settings(_Section):
    """All settings.

    Args:
        accounts: by the name that the user gave them; never empty for the daemon.
    """

    accounts: Mapping[str, Account] = Field(default_factory=dict)
    hold: HoldSettings = HoldSettings()
    hours: HourSettings = HourSettings()
    reply: ReplySettings = ReplySettings()
    daemon: DaemonSettings = DaemonSettings()
    store: PlaceSettings = PlaceSettings()
    model: PlaceSettings = PlaceSettings()

    @property
    def store_path(self) -> Path:
        """The folder that the local store lives in."""
        return self.store.path or Path(platformdirs.user_data_path(_APP))

    @property
    def model_path(self) -> Path | None:
        """The model folder; None for the user's own, where one is in use, or the shipped one."""
        return self.model.path


def default_path() -> Path:
    """Where the settings file is unless the user says otherwise."""
    return Path(platformdirs.user_config_path(_APP)) / "config.toml"
