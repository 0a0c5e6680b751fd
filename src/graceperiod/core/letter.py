"""A message of the training corpus: our own writing, with the category that it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graceperiod.core.category import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One invented message.

    Args:
        id: unique in the corpus.
        language: ISO 639-1, as its place in the corpus says.
        sender: the From field as it would stand in the header.
        headers: further header fields, few.
        where: file and line, for messages about it.
    """

    id: str
    category: Category
    language: str
    subject: str
    sender: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    where: str = ""

    @property
    def sender_domain(self) -> str:
        """What stands after the last `@` of the sender, in lower case."""
        return self.sender.rpartition("@")[2].strip("<> \t\"'").lower()
