"""One opening the user applied to: where it stands and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Stage(StrEnum):
    """How far an application has come."""

    APPLIED = "applied"
    PHONE_SCREEN = "phone_screen"
    FIRST_INTERVIEW = "first_interview"
    FINAL_ROUND = "final_round"
    OFFER = "offer"


class Outcome(StrEnum):
    """How an application ended, or `live` while it has not."""

    LIVE = "live"
    ON_HOLD = "on_hold"
    """A soft no: not counted as live, waiting for the next mail (RULES S1)."""
    REJECTED = "rejected"
    OFFERED = "offered"


class Tier(IntEnum):
    """How much of a reply is owed (RULES A1-A4)."""

    NO_INTERVIEW = 1
    FIRST_ROUND = 2
    FINALIST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application as the mailbox's history shows it.

    Args:
        id: the ledger's number; None before it is written.
        employer, role: None where not known; never guessed.
        stage, tier: None where not known (RULES A5).
        last_mail_at: aware UTC, arrival of the newest mail in it.
    """

    id: int | None
    account: str
    employer: str | None
    role: str | None
    stage: Stage | None
    tier: Tier | None
    outcome: Outcome
    opened_at: datetime
    last_mail_at: datetime
