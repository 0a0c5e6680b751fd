"""What the user says by the marks of a mail: what is there, less what we set or found (DESIGN, Keywords)."""

from collections.abc import Iterable
from dataclasses import dataclass

from graceperiod.core.action import Keyword
from graceperiod.core.annotation import Statement
from graceperiod.core.category import Category
from graceperiod.core.mailbox import MarkMethod
from graceperiod.core.record import Effect

FOUND = "was there when the mail was first read"
"""The result of an effect that only notes a mark whose origin is not known: it may be a lost ledger's."""
LOST = "not there any more: all marks of the mailbox were gone at once"

_SIGNS_OF_LOSS = 5
"""Marks that must be gone, with none left, before a server that lost them is likelier than a user. Chosen."""

_DENIED = {Keyword.REJECTION: Category.REJECTION, Keyword.SOFT_REJECTION: Category.SOFT_REJECTION}
_ADDED = {
    # The careful reading first, for a mail on which marks contradict each other.
    Keyword.NOT_REJECTION: Statement(not_category=Category.REJECTION),
    Keyword.SOFT_REJECTION: Statement(category=Category.SOFT_REJECTION),
    Keyword.REJECTION: Statement(category=Category.REJECTION),
}


def set_as(method: MarkMethod) -> str:
    """The result of an effect whose mark was read back."""
    return f"set as {method.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A judged mail and what the ledger knows of its marks.

    Args:
        message: the ledger's number of the mail.
        effects: every mark that was to be set on it, and what came of it.
        said: what its marks were last taken to say; None for nothing.
    """

    message: int
    uid: int
    effects: tuple[Effect, ...]
    said: Statement | None

    @property
    def ours(self) -> frozenset[str]:
        """Keywords that may stand there without the user's doing, whatever came of their effect."""
        return frozenset(str(e.detail.get("keyword", "")) for e in self.effects)

    @property
    def seen_set(self) -> frozenset[str]:
        """Keywords of ours that were read back; only these can have been removed by somebody.

        Labels of Gmail are not among them, since they do not come with the flags.
        """
        done = (e for e in self.effects if e.result == set_as(MarkMethod.KEYWORD))
        return frozenset(str(e.detail.get("keyword", "")) for e in done)

    def says(self, flags: frozenset[str]) -> Statement | None:
        """What the user says by these flags of the mail; None for nothing."""
        added = (flags - self.ours) & frozenset(Keyword)
        for keyword, statement in _ADDED.items():
            if keyword in added:
                return statement
        removed = self.seen_set - flags
        for keyword, category in _DENIED.items():
            if keyword in removed:
                return Statement(not_category=category)
        return None


def are_lost(markings: Iterable[tuple[Marking, frozenset[str]]]) -> bool:
    """Whether the server seems to have lost all marks, which is nobody's word about any mail.

    Args:
        markings: each with the flags that its mail has now.
    """
    seen_set = [(marking.seen_set, flags) for marking, flags in markings if marking.seen_set]
    return len(seen_set) >= _SIGNS_OF_LOSS and not any(keywords & flags for keywords, flags in seen_set)
