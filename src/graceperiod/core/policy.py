"""What the user and the playbook have settled, as the decisions need it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from enum import StrEnum

from graceperiod.core.application import Tier


class TierOne(StrEnum):
    """What happens at tier 1 (RULES A1)."""

    NONE = "none"
    ONE_LINE = "one-line"


class Formality(StrEnum):
    """How a reply is worded (RULES C5)."""

    FORMAL = "formal"
    FRIENDLY = "friendly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the playbook has for one tier.

    Args:
        hold_length: from arrival to release, at least.
        template: name of the template, without language.
        elements: what the reply says, in order (RULES C1-C3).
    """

    hold_length: timedelta
    template: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When a hold may end (RULES T4).

    Args:
        zone: the user's; the calendar days of T1 are counted in it.
        opens, closes: civil times; a hold ends at `opens` or later and before `closes`.
        days: weekdays, Monday is 0; never empty.
        is_holiday: True for days that do not count as working days.
    """

    zone: tzinfo
    opens: time
    closes: time
    days: frozenset[int]
    is_holiday: Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Settings and playbook together.

    Args:
        seal: whether drafts are held without a recipient (DESIGN, "The hold").
        replies: per tier; `None` is the reply while the tier is not known (RULES A5).
        nudge_after: from arrival; a released draft that is still there is nudged once (RULES T2).
        languages: ISO 639-1 of the languages that there are templates for; the first is the fallback.
    """

    seal: bool
    tier1: TierOne
    formality: Formality
    replies: Mapping[Tier | None, Reply]
    nudge_after: timedelta
    hours: WorkingHours
    languages: tuple[str, ...]
