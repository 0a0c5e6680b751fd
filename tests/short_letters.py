"""Letters of a few words each, so short that no two have a skeleton in common: every fold has all categories."""

import hashlib

from graceperiod.core.category import Category
from graceperiod.core.letter import Letter
from letters import written

_SAYINGS = {
    Category.REJECTION: "unfortunately we chose other candidates",
    Category.SOFT_REJECTION: "your waiting list place stands",
    Category.INTERVIEW: "come for an interview soon",
    Category.ASSESSMENT: "complete the online test please",
    Category.RECEIVED: "application received with many thanks",
    Category.OFFER: "pleased to offer you employment",
    Category.OUTREACH: "saw your profile for my client",
    Category.JOB_ALERT: "new jobs match saved searches",
    Category.FEEDBACK: "feedback: your answers were clear",
    Category.OTHER: "dinner minutes are attached here",
}


def short_letters(each: int = 8) -> tuple[Letter, ...]:
    """So many letters of each category, each of a sender of its own, in the order of their ids."""
    return written(each, "Matter", lambda c, number: f"{_SAYINGS[c]}.\n\n{_chatter(c, number)}.")


def _chatter(category: Category, number: int) -> str:
    """Words that no other letter has."""
    digest = hashlib.sha512(f"{category}{number}".encode()).hexdigest()
    letters = digest.translate(str.maketrans("0123456789", "ghijklmnop"))
    return " ".join(letters[at : at + 5] for at in range(0, len(letters), 5))
