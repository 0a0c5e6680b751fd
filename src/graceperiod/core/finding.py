"""What `graceperiod doctor` found in one place, and what the user can do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters."""

    OK = "ok"
    NOTE = "note"
    """It works, and the user may want to know or to change something."""
    PROBLEM = "problem"
    """It does not work, or not as promised, until the user does something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report.

    Args:
        about: `settings`, `store`, `model`, or `accounts.NAME`.
        found: a sentence; may hold names from the server or of files.
        advice: what to do; empty where nothing is to be done.
    """

    level: Level
    about: str
    found: str
    advice: str = ""
