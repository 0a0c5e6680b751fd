"""The built-in playbooks: which reply is owed at which tier, and how long it is held (RULES T2, A1-A5)."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from graceperiod.core.application import Tier
from graceperiod.core.policy import Reply

_FOLDER = Path(__file__).parent.parent / "playbooks"


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    hold_hours: Annotated[int, Field(ge=0, le=24 * 14)]
    template: str
    elements: tuple[str, ...]

    def reply(self) -> Reply:
        return Reply(
            hold_length=timedelta(hours=self.hold_hours), template=self.template, elements=self.elements
        )


class Playbook(BaseModel):
    """A playbook file, checked.

    Args:
        nudge_hours: from the rejection; a released draft that is unsent then is nudged once.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    nudge_hours: Annotated[int, Field(ge=24, le=24 * 30)]
    tier1: _Reply
    tier2: _Reply
    tier3: _Reply
    unknown: _Reply

    @property
    def replies(self) -> Mapping[Tier | None, Reply]:
        """The reply for each tier, and for a tier that is not known."""
        return {
            Tier.NO_INTERVIEW: self.tier1.reply(),
            Tier.FIRST_ROUND: self.tier2.reply(),
            Tier.FINALIST: self.tier3.reply(),
            None: self.unknown.reply(),
        }

    @property
    def nudge_after(self) -> timedelta:
        """When a released draft that is still there is nudged (RULES T2)."""
        return timedelta(hours=self.nudge_hours)


def load_playbook(name: str) -> Playbook:
    """The built-in playbook of that name; the settings allow no other."""
    return Playbook.model_validate(tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8")))
