"""Which model judges: the one that ships, or one that was trained on the user's own mail as well."""

import re
from dataclasses import dataclass
from datetime import datetime

_NAME = re.compile(r"mine-([1-9][0-9]{0,5})\Z")

MOST_BEFORE = 4
"""Models that one can go back to. Chosen: some MB each, and nobody remembers more."""


def number_of(name: str) -> int | None:
    """The number in the name of a model of the user's own; None for another name."""
    found = _NAME.match(name)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """The model in use, and what there is to go back to.

    Args:
        name: such as `mine-3`; None for the model that ships.
        since: aware UTC; None if there never was another.
        before: those that were in use before it, oldest first; below them all is the model that ships.
    """

    name: str | None = None
    since: datetime | None = None
    before: tuple[str, ...] = ()

    def then(self, name: str, *, at: datetime) -> "ModelUse":
        """The use of a new model, with this one to go back to."""
        before = (*self.before, self.name) if self.name is not None else self.before
        return ModelUse(name=name, since=at, before=before[-MOST_BEFORE:])

    def back(self, *, at: datetime, to_shipped: bool = False) -> "ModelUse":
        """The use of the model before this one, or of the one that ships."""
        if to_shipped or not self.before:
            return ModelUse(since=at)
        return ModelUse(name=self.before[-1], since=at, before=self.before[:-1])
