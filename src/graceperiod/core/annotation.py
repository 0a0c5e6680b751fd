"""What a person says a mail is, kept for the next training with what the model saw of the mail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graceperiod.core.category import Category

_NOT = "not_"


class AnnotationSource(StrEnum):
    """How it was said."""

    KEYWORD = "keyword"
    """By a mark that was changed in a mail client (DESIGN, "Keywords")."""
    COMMAND = "command"
    """By `graceperiod annotate`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a mail is, or one thing that it is not; exactly one of the two is said.

    Args:
        category: what it is.
        not_category: what it is not, where no more is known: the user took our mark off.
    """

    category: Category | None = None
    not_category: Category | None = None

    def __post_init__(self) -> None:
        if (self.category is None) == (self.not_category is None):
            msg = "a statement says what a mail is, or what it is not"
            raise ValueError(msg)

    @classmethod
    def parse(cls, text: str) -> "Statement":
        """The statement in a word such as `offer` or `not-rejection`, as `str` has it or with hyphens.

        Raises:
            ValueError: it is neither a category nor the denial of one.
        """
        word = text.strip().lower().replace("-", "_")
        if word.startswith(_NOT):
            return cls(not_category=Category(word.removeprefix(_NOT)))
        return cls(category=Category(word))

    def __str__(self) -> str:
        return str(self.category) if self.category else f"{_NOT}{self.not_category}"

    @property
    def sentence(self) -> str:
        """As it is said to a user: `it is an offer`, `it is not a rejection`."""
        said = self.category or self.not_category
        negation = " not" if self.category is None else ""
        return f"it is{negation} {_SPOKEN[said]}" if said else ""

    def denies(self, category: Category) -> bool:
        """Whether a mail of which this is true cannot be of that category."""
        return self.not_category is category or self.category not in {None, category}

    def implies(self, other: "Statement") -> bool:
        """Whether whoever says this says the other as well."""
        if other.not_category is not None:
            return self.denies(other.not_category)
        return self.category is other.category


_SPOKEN = {
    Category.REJECTION: "a rejection",
    Category.SOFT_REJECTION: "a soft rejection",
    Category.INTERVIEW: "an invitation to an interview",
    Category.ASSESSMENT: "an assessment",
    Category.RECEIVED: "a confirmation of receipt",
    Category.OFFER: "an offer",
    Category.OUTREACH: "outreach",
    Category.JOB_ALERT: "a job alert",
    Category.FEEDBACK: "feedback",
    Category.OTHER: "ordinary mail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A statement about a mail of the ledger; never its text.

    Args:
        id: the ledger's number; None before it is written.
        message: the ledger's number of the mail.
        annotated_at: aware UTC.
        features: of the mail as the model saw them, sorted, so that they do not tell how it read; empty
            while `feature_version` is None, and for a mail that could not be read again.
        feature_version: of `core.features`; None until the mail was read for it.
    """

    id: int | None
    message: int
    statement: Statement
    source: AnnotationSource
    annotated_at: datetime
    features: tuple[str, ...] = ()
    feature_version: int | None = None
