"""What the model sees of a mail: words in ones, twos and threes, the ideas they stand for, header facts.

A change of what a mail's features are is a new `FEATURE_VERSION`: a model is only used with its own.
"""

import re
from dataclasses import dataclass
from itertools import chain

from graceperiod.core.ideas import SAID as IDEAS
from graceperiod.core.ideas import ideas
from graceperiod.core.mail import Mail
from graceperiod.core.text import FIGURES, folded, readable, sentences, spoken, worded

FEATURE_VERSION = 1

_FACT = "fact:"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a mail and how its features are marked apart."""

    words: str
    ideas: str
    shown: str


_SAID = _Part(words="w:", ideas="i:", shown="")
_SUBJECT = _Part(words="s:", ideas="j:", shown="subject: ")

_MOST_SAID = 6_000
"""Characters read of what is said. Chosen: a letter says what it is in its first pages; a newsletter too."""
_MOST_SUBJECT = 300
"""Characters read of the subject. Chosen: twice the longest that is shown anywhere."""

_FACTS = {
    "auto_submitted": "the mail says that a machine sent it",
    "bulk": "sent as bulk mail",
    "list": "sent to a mailing list or with a way to unsubscribe",
    "null_sender": "has the null return path of machines",
    "reply": "an answer within a conversation",
    "calendar": "carries a calendar entry",
    "sender_noreply": "sent from a no-reply address",
    "sender_hiring": "sent from an address for applications or personnel",
    "sender_alerts": "sent from an address for alerts or newsletters",
    "no_subject": "has no subject",
    "no_text": "has no text",
    "short": "a very short text",
    "long": "a very long text",
    "many_links": "has many links",
    "money": "names a sum of money",
    "shouts": "has runs of exclamation marks",
}
"""The bounded set of facts, each as it is said to a user."""

_REPLY = re.compile(r"\s*(?:re|aw|antw|sv|vs|rif)\s*(?:\[\d{1,3}\])?\s*:", re.IGNORECASE)
_NO_REPLY = re.compile(
    r"no[._-]?reply|do[._-]?not[._-]?reply|nicht[._-]?antworten|keine[._-]?antwort|mailer-daemon|bounce"
)
_HIRING = re.compile(
    r"(?<![a-z])(?:hr|hrd|ats|jobs?|career|careers|talent|people|hiring|recruit|recruiting|recruiter|recruitment"
    r"|recruiters|applications?|applicants?|candidates?|personnel|staffing|vacanc(?:y|ies)|resourcing"
    r"|bewerb\w*|karriere|personal\w*|ausbildung|stellen)(?![a-z])"
)
_ALERTS = re.compile(
    r"(?<![a-z])(?:alerts?|jobalerts?|job-alerts?|newsletters?|news|digest|marketing|offers|deals|promo|updates?"
    r"|members|club|info-?mail|suchagent|vorschlag|empfehlung(?:en)?|angebote)(?![a-z])"
)
_SHOUTS = re.compile(r"!{3,}|[!?]{4,}")


def features(mail: Mail) -> tuple[str, ...]:
    """The features of a mail, each once; a bounded number of them. Never raises."""
    said, subject = worded(_said(mail)), worded(_subject(mail))
    parts = chain(_of_text(_SAID, said), _of_text(_SUBJECT, subject), _facts(mail, said, subject))
    return tuple(dict.fromkeys(parts))


def say(feature: str, mail: Mail) -> str:
    """A feature as the user would say it: the mail's own spelling where it has it, a sentence for a fact."""
    mark, _, content = feature.partition(":")
    if feature.startswith(_FACT):
        return _FACTS.get(content, content)
    part = _SUBJECT if f"{mark}:" in {_SUBJECT.words, _SUBJECT.ideas} else _SAID
    if f"{mark}:" == part.ideas:
        return f"{part.shown}[{' + '.join(IDEAS.get(idea, idea) for idea in content.split('+'))}]"
    words = tuple(content.split(" "))
    text = worded(_subject(mail) if part is _SUBJECT else _said(mail))
    return part.shown + (spoken(words, text) or readable(content))


def _said(mail: Mail) -> str:
    return folded(mail.said[:_MOST_SAID])


def _subject(mail: Mail) -> str:
    return folded(mail.subject[:_MOST_SUBJECT])


def _of_text(part: _Part, text: str) -> list[str]:
    found: list[str] = []
    for words in sentences(text):
        if words:
            found += _grams(part.words, words)
            found += _pairs(part.ideas, ideas(words))
    return found


def _grams(mark: str, words: list[str]) -> list[str]:
    ones = [mark + word for word in words]
    twos = [f"{a} {b}" for a, b in zip(ones, words[1:], strict=False)]
    return ones + twos + [f"{ab} {c}" for ab, c in zip(twos, words[2:], strict=False)]


def _pairs(mark: str, found: list[str]) -> list[str]:
    """The ideas of a sentence and which of them meet in it: regret about a job, regret about a flat."""
    ones = [mark + idea for idea in found]
    return ones + [f"{one}+{other}" for n, one in enumerate(ones) for other in found[n + 1 :]]


def _facts(mail: Mail, said: str, subject: str) -> list[str]:
    sender = " ".join(f"{a.display_name} {a.local_part}" for a in mail.senders[:1]).lower()
    link, money = (figure for figure, shown in FIGURES.items() if shown in {"(a link)", "(a sum of money)"})
    held = {
        "auto_submitted": mail.auto_submitted not in {"", "no"},
        "bulk": mail.precedence in {"bulk", "list", "junk"},
        "list": mail.is_list,
        "null_sender": mail.has_null_sender,
        "reply": bool(mail.in_reply_to) or bool(_REPLY.match(subject)),
        "calendar": bool(mail.calendar),
        "sender_noreply": bool(_NO_REPLY.search(sender)),
        "sender_hiring": bool(_HIRING.search(sender)),
        "sender_alerts": bool(_ALERTS.search(sender)),
        "no_subject": not subject.strip(),
        "no_text": not said.strip(),
        "short": len(said) < 160,
        "long": len(said) > 3_000,
        "many_links": said.count(link) > 4,
        "money": money in said,
        "shouts": bool(_SHOUTS.search(said)),
    }
    return [_FACT + name for name, is_so in held.items() if is_so]
