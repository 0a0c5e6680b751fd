"""A category after thresholds, with its reason: what the program is allowed to believe of a mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graceperiod.core.category import Category


class VerdictReason(StrEnum):
    """Why a verdict is what it is."""

    OVER_THRESHOLD = "over_threshold"
    """Sure enough to act on."""
    BELOW_THRESHOLD = "below_threshold"
    """The likeliest category, but not sure enough to act: listed for the user to decide."""
    NOT_ACTIONABLE = "not_actionable"
    """A category on which the program never acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A word, phrase or fact that weighed.

    Args:
        text: as the user would say it.
        weight: what it added to the log-odds of the verdict's category; negative speaks against.
    """

    text: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the model thinks and what may be done with it.

    Args:
        category: the likeliest category.
        probability: of `category`, 0 to 1.
        acts: over the acting threshold of its category, and a category that is acted on.
        is_unsure: does not act, but a rejection of either kind is likely enough to show the user.
        language: ISO 639-1, None where it cannot be told.
        evidence: heaviest first, bounded.
        model: name and version of the model that said so.
    """

    category: Category
    probability: float
    acts: bool
    is_unsure: bool
    reason: VerdictReason
    language: str | None
    evidence: tuple[Evidence, ...]
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When to act, shipped with the model as data.

    Args:
        acting: per category that is acted on, the least probability for acting.
        unsure: the least sum of the two rejection probabilities for showing a mail as unsure.
    """

    acting: Mapping[Category, float]
    unsure: float

    def verdict(
        self,
        probabilities: Mapping[Category, float],
        *,
        language: str | None,
        evidence: tuple[Evidence, ...],
        model: str,
    ) -> Verdict:
        """The verdict over a full set of probabilities. Not sure means not acting (promise 7)."""
        category = max(probabilities, key=lambda c: probabilities[c])
        probability = probabilities[category]
        threshold = self.acting.get(category)
        acts = threshold is not None and probability >= threshold
        rejected = probabilities[Category.REJECTION] + probabilities[Category.SOFT_REJECTION]
        if acts:
            reason = VerdictReason.OVER_THRESHOLD
        elif threshold is None:
            reason = VerdictReason.NOT_ACTIONABLE
        else:
            reason = VerdictReason.BELOW_THRESHOLD
        return Verdict(
            category=category,
            probability=probability,
            acts=acts,
            is_unsure=not acts and rejected >= self.unsure,
            reason=reason,
            language=language,
            evidence=evidence,
            model=model,
        )
