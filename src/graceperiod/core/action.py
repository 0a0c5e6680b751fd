"""What a plan consists of: data until it is carried out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graceperiod.core.address import Address


class Keyword(StrEnum):
    """The marks on the server: lower case, at most 30 characters, never a `$` name (DESIGN, "Keywords")."""

    REJECTION = "gp-rejection"
    SOFT_REJECTION = "gp-soft-rejection"
    UNSURE = "gp-unsure"
    NOT_REJECTION = "gp-not-rejection"
    """Only ever set by the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Set a keyword on the mail."""

    keyword: Keyword


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHold:
    """Hold a reply.

    Args:
        release_at: aware UTC.
        elements: what the reply says, in order.
        reason: a sentence for the user.
        rules: rule numbers that decided.
    """

    recipient: Address
    subject: str
    template: str
    language: str
    release_at: datetime
    elements: tuple[str, ...]
    reason: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDraft:
    """Hold no reply, and say why."""

    reason: str
    rules: tuple[str, ...]


Action = Mark | PlanHold | NoDraft
