"""A small corpus for tests: a few letters of every category, different enough to be told apart."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from graceperiod.adapters.mime import MimeReader
from graceperiod.core.category import Category
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail

_SAYINGS = {
    Category.REJECTION: "unfortunately we have chosen other candidates for this position",
    Category.SOFT_REJECTION: "the position is on hold and you are on the waiting list",
    Category.INTERVIEW: "we would like to invite you to an interview next week",
    Category.ASSESSMENT: "please complete the online test within five days",
    Category.RECEIVED: "we have received your application and will review it",
    Category.OFFER: "we are pleased to offer you the job, the contract is attached",
    Category.OUTREACH: "I came across your profile and my client is looking for somebody",
    Category.JOB_ALERT: "new jobs match your search, apply now or change this alert",
    Category.FEEDBACK: "you asked for feedback, your strengths were clear answers",
    Category.OTHER: "the minutes of the meeting are attached, dinner is at eight",
}
_GREETINGS = ("Hello Ana", "Dear Bo", "Good morning Cy", "Hi Di", "Dear Mrs Ek", "Hey Flo", "Dear Gil")


def _chatter(category: Category, number: int) -> str:
    """Words that no other letter has, so that letters which mean the same are not near-duplicates."""
    seed = f"{category}{number}".encode()
    digest = b"".join(hashlib.sha256(seed + bytes([n])).digest() for n in range(5))
    letters_of = digest.hex().translate(str.maketrans("0123456789", "ghijklmnop"))
    return " ".join(letters_of[at : at + 5] for at in range(0, len(letters_of), 5))


def letters(each: int = 7) -> tuple[Letter, ...]:
    """So many letters of each category, each of a sender of its own, in the order of their ids."""

    def body(category: Category, number: int) -> str:
        greeting = _GREETINGS[number % len(_GREETINGS)]
        return f"{greeting},\n\n{_SAYINGS[category]}.\n\n{_chatter(category, number)}."

    return written(each, "About matter", body)


def written(each: int, subject: str, body: Callable[[Category, int], str]) -> tuple[Letter, ...]:
    """So many letters of each category, each of a sender of its own, in the order of their ids."""
    found = [
        Letter(
            id=f"en-{category}-{number:03d}",
            category=category,
            language="en",
            subject=f"{subject} {number}",
            sender=f"Writer {number} <writer@{category.replace('_', '-')}-{number}.example>",
            body=body(category, number),
        )
        for category in Category
        for number in range(each)
    ]
    return tuple(sorted(found, key=lambda letter: letter.id))


def as_mail(letter: Letter) -> Mail:
    return MimeReader().from_fields(
        subject=letter.subject, sender=letter.sender, body=letter.body, headers=letter.headers
    )


def write_corpus(path: Path, found: tuple[Letter, ...]) -> None:
    for letter in found:
        file = path / letter.language / f"{letter.category}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        row = {"id": letter.id, "subject": letter.subject, "from": letter.sender, "body": letter.body}
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
