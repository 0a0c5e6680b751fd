"""What the model sees of a mail: words in ones, twos and threes, the ideas they stand for, header facts.

A change of what a mail's features are is a new `FEATURE_VERSION`: a model is only used with its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import add

from graceperiod.core.ideas import ideas
from graceperiod.core.mail import Mail
from graceperiod.core.text import FIGURES, folded, readable, sentences, spellings, worded

FEATURE_VERSION = 2

_FACT = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a mail and how its features are marked apart."""

    name: str
    words: str
    ideas: str
    shown: str


_SAID = _Part(name="said", words="w", ideas="i", shown="")
_SUBJECT = _Part(name="subject", words="s", ideas="j", shown="subject: ")

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
_SHOUTS = re.compile(r"[!?](?:(?<=!)!!|[!?]{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of a mail with what its features were made of.

    Args:
        words, ideas: how features of its words and of its ideas are marked.
        shown: what is put before its words to tell the part.
        sentences: the words of each sentence, as `key_of` has them.
        held: for each sentence its ideas with the words that stand for them.
        spellings: of words that the mail spells in another way.
    """

    words: str
    ideas: str
    shown: str
    sentences: Sequence[Sequence[str]]
    held: Sequence[Mapping[str, tuple[str, ...]]]
    spellings: Mapping[str, str]


class Reading:
    """A mail as the model reads it: its features, and how to say them. Never raises, whatever the mail is."""

    def __init__(self, mail: Mail) -> None:
        said, subject = (
            worded(folded(mail.said[:_MOST_SAID])),
            worded(folded(mail.subject[:_MOST_SUBJECT])),
        )
        self._parts = {part.name: _Read(part, text) for part, text in ((_SAID, said), (_SUBJECT, subject))}
        found = chain(*(read.features() for read in self._parts.values()), _facts(mail, said, subject))
        self.features: tuple[str, ...] = tuple(dict.fromkeys(found))
        """Each once; a bounded number of them."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What is said and the subject."""
        return tuple(read.passage() for read in self._parts.values())

    def say(self, feature: str) -> str:
        """A feature as the user would say it: the mail's own words, or a sentence for a fact."""
        mark, _, content = feature.partition(":")
        if mark == _FACT:
            return _FACTS.get(content, content)
        part = _SUBJECT if mark in {_SUBJECT.words, _SUBJECT.ideas} else _SAID
        read = self._parts[part.name]
        return part.shown + (read.say_ideas(content) if mark == part.ideas else read.say(content.split(" ")))


class _Read:
    """A part of a mail: its sentences, and where it says what."""

    def __init__(self, part: _Part, text: str) -> None:
        self._part = part
        self._text = text
        self._sentences = [words for words in sentences(text) if words]
        self._ideas = [ideas(words) for words in self._sentences]

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return spellings(self._text)

    def passage(self) -> Passage:
        """The part, for those who look up where a feature stands."""
        return Passage(
            words=self._part.words,
            ideas=self._part.ideas,
            shown=self._part.shown,
            sentences=self._sentences,
            held=self._ideas,
            spellings=self._spellings,
        )

    def features(self) -> list[str]:
        """The words in ones, twos and threes, the ideas and the pairs of ideas that meet in a sentence."""
        found: list[str] = []
        for words, held in zip(self._sentences, self._ideas, strict=True):
            found += _grams(self._part.words, words)
            if held:
                found += _pairs(self._part.ideas, list(held))
        return found

    def say(self, words: Sequence[str]) -> str:
        """Words in a row, as this text spells them."""
        return readable(" ".join(self._spellings.get(word, word) for word in words))

    def say_ideas(self, names: str) -> str:
        """The words that stand for one or two ideas in the first sentence that has them."""
        wanted = names.split("+")
        every = frozenset(wanted)
        held = next((held for held in self._ideas if held.keys() >= every), {})
        return " ... ".join(dict.fromkeys(self.say(held.get(name, (name,))) for name in wanted))


def _grams(mark: str, words: list[str]) -> list[str]:
    ones = [f"{mark}:{word}" for word in words]
    following = [f" {word}" for word in words]
    twos = list(map(add, ones, following[1:]))
    return [*ones, *twos, *map(add, twos, following[2:])]


def _pairs(mark: str, found: list[str]) -> list[str]:
    """The ideas of a sentence and which of them meet in it: regret about a job, regret about a flat."""
    ones = [f"{mark}:{idea}" for idea in found]
    return ones + [f"{one}+{other}" for n, one in enumerate(ones) for other in found[n + 1 :]]


def features(mail: Mail) -> tuple[str, ...]:
    """The features of a mail, each once; a bounded number of them. Never raises."""
    return Reading(mail).features


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
    return [f"{_FACT}:{name}" for name, is_so in held.items() if is_so]
