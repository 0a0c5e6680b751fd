"""The demo's story: six weeks of a job search in one mailbox, and four days that happen while it runs.

The letters are in `mailbox/*.toml`, one file an application, all invented. A letter has

- `id`, unique and plain; `at`, when it arrives, from the start of the story (`-5d+2h30m`); `dated`, its Date
  where that differs from `at`; `mailbox`, INBOX unless it says Sent;
- `from` and `to`, in full or by a short name from `[people]`; the user, where they are not given;
- `reply_to`, the id of the letter it answers (References follow from it) and `quotes`, whether it quotes it;
- `category`, what it truly is; letters by the user have none;
- `text`, with `{day+3}` or `{tag+3}` for the day three days later, in English or German; `kind`, `charset`,
  `encoding`, `headers`, `automatic`, `attachment`, `invite`, `bounces`, `flags`, `message_id = false`;
- or, in place of a text, `same_as`, a letter that arrives once more, or `raw`, a file that is taken as it is.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import getaddresses
from functools import partial
from importlib.resources import files
from typing import Any

from graceperiod.core.category import Category
from graceperiod.core.subject import reply_subject
from graceperiod.demo.letter import Attachment, Invite, Letter, addr_spec, token
from graceperiod.demo.letter_kind import Encoding, Kind

STORY_START = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
"""A Tuesday morning: the bodies speak of working days, which fall right for a start on any Tuesday."""

USER = "Robin Vale <robin.vale@postbox.example>"
"""Whose mailbox it is."""

_SPAN = re.compile(r"([+-]?)(\d+)([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_DAY = re.compile(r"\{(day|tag)\+(\d+)\}")
_NAMES = {
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "tag": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
_MONTHS = {
    "day": "January,February,March,April,May,June,July,August,September,October,November,December",
    "tag": "Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMail:
    """A message of the story.

    Args:
        id: plain and unique, such as `hollowbrook-rejection`.
        mailbox: INBOX, or Sent for what the user wrote.
        arrives_after: from the start of the story; negative for the history.
        raw: the message, with the dates of the story that it was loaded for.
        flags: system flags that it has on arrival.
        employer, role: of the application it belongs to; None for ordinary mail.
        truth_category: what it is, by its author; None for what the user wrote.
    """

    id: str
    mailbox: str
    arrives_after: timedelta
    raw: bytes
    flags: tuple[str, ...]
    employer: str | None
    role: str | None
    truth_category: Category | None

    @property
    def is_history(self) -> bool:
        """Whether it lies in the mailbox before the program runs."""
        return self.arrives_after < timedelta(0)


def story(start: datetime = STORY_START) -> tuple[StoryMail, ...]:
    """All messages in the order of their arrival.

    Args:
        start: when the program starts to run, aware; best on a Tuesday.
    """
    drafts = {draft.id: draft for draft in _read()}
    binder = _Binder(drafts, start)
    return tuple(sorted((binder.bind(name) for name in drafts), key=lambda mail: mail.arrives_after))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A letter as its file has it."""

    id: str
    employer: str | None
    role: str | None
    language: str
    utc_offset: timedelta
    people: Mapping[str, str]
    fields: Mapping[str, Any]

    @property
    def after(self) -> timedelta:
        return _span(self.fields["at"])

    @property
    def mailbox(self) -> str:
        return str(self.fields.get("mailbox", "INBOX"))

    @property
    def is_sent(self) -> bool:
        return self.mailbox == "Sent"

    @property
    def category(self) -> Category | None:
        return None if self.is_sent else Category(self.fields["category"])

    def person(self, name: str) -> str:
        return self.people.get(name, name)


def _read() -> Iterator[_Entry]:
    """The letters of every file, in the order of their names."""
    for file in sorted(files("graceperiod.demo").joinpath("mailbox").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        chapter = tomllib.loads(file.read_text("utf-8"))
        for fields in chapter["mail"]:
            yield _Entry(
                id=fields["id"],
                employer=chapter.get("employer"),
                role=chapter.get("role"),
                language=chapter.get("language", "en"),
                utc_offset=timedelta(hours=chapter.get("utc_offset_h", 0)),
                people=chapter.get("people", {}),
                fields=fields,
            )


class _Binder:
    """Gives the letters the dates of one story and ties their threads together."""

    def __init__(self, entries: Mapping[str, _Entry], start: datetime) -> None:
        self._entries = entries
        self._start = start
        self._letters: dict[str, Letter] = {}

    def bind(self, name: str) -> StoryMail:
        entry = self._entries[name]
        return StoryMail(
            id=name,
            mailbox=entry.mailbox,
            arrives_after=entry.after,
            raw=self._raw(entry),
            flags=self._flags(entry),
            employer=entry.employer,
            role=entry.role,
            truth_category=entry.category,
        )

    def _raw(self, entry: _Entry) -> bytes:
        if "raw" in entry.fields:
            file = files("graceperiod.demo").joinpath("mailbox", entry.fields["raw"])
            return file.read_bytes().replace(b"\n", b"\r\n")
        return self._letter(str(entry.fields.get("same_as", entry.id))).render()

    def _flags(self, entry: _Entry) -> tuple[str, ...]:
        if "flags" in entry.fields:
            return tuple(entry.fields["flags"])
        if entry.is_sent:
            return ("\\Seen",)
        if entry.after >= timedelta(0):
            return ()
        answers = (e for e in self._entries.values() if e.is_sent and e.fields.get("reply_to") == entry.id)
        is_answered = any(answer.after < timedelta(0) for answer in answers)
        return ("\\Seen", "\\Answered") if is_answered else ("\\Seen",)

    def _letter(self, name: str) -> Letter:
        if name not in self._letters:
            self._letters[name] = self._bound(self._entries[name])
        return self._letters[name]

    def _bound(self, entry: _Entry) -> Letter:
        fields = entry.fields
        parent = self._letter(fields["reply_to"]) if "reply_to" in fields else None
        sender = USER if entry.is_sent else entry.person(fields["from"])
        date = self._date(entry)
        own_id = f"<{token(entry.id)[:24]}@{addr_spec(sender).rpartition('@')[2]}>"
        text = _dated(fields["text"], date)
        if parent is not None and fields.get("quotes"):
            text += _quoted(parent, entry.language)
        return Letter(
            id=entry.id,
            sender=sender,
            recipient=_recipient(entry, parent),
            subject=fields.get("subject") or reply_subject(parent.subject if parent else ""),
            date=date,
            arrived_at=None if entry.is_sent else self._start + entry.after,
            message_id=own_id if fields.get("message_id", True) else None,
            references=_references(parent),
            text=text,
            kind=Kind(fields.get("kind", "plain")),
            charset=fields.get("charset", "utf-8"),
            encoding=Encoding(fields.get("encoding", "auto")),
            language=entry.language,
            is_automatic=fields.get("automatic", False),
            headers=fields.get("headers", {}),
            attachment=_attachment(fields.get("attachment")),
            invite=_invite(fields.get("invite"), date),
            bounced=parent.render() if parent is not None and fields.get("bounces") else None,
        )

    def _date(self, entry: _Entry) -> datetime:
        after = _span(entry.fields["dated"]) if "dated" in entry.fields else entry.after
        return (self._start + after).astimezone(timezone(entry.utc_offset))


def _recipient(entry: _Entry, parent: Letter | None) -> str:
    if "to" in entry.fields:
        return entry.person(entry.fields["to"])
    if not entry.is_sent or parent is None:
        return USER
    # An answer goes to whoever wrote, and a second letter in a row to whom the first one went.
    return parent.recipient if parent.sender == USER else parent.sender


def _references(parent: Letter | None) -> tuple[str, ...]:
    if parent is None:
        return ()
    return (*parent.references, *([parent.message_id] if parent.message_id else []))


def _span(text: str) -> timedelta:
    """`-5d+2h30m`: two and a half hours into the day five days before; a sign holds until the next."""
    total, sign = timedelta(0), 1
    for mark, number, unit in _SPAN.findall(text):
        sign = {"+": 1, "-": -1, "": sign}[mark]
        total += sign * timedelta(**{_UNITS[unit]: int(number)})
    return total


def _dated(text: str, date: datetime) -> str:
    return _DAY.sub(partial(_day, date), text)


def _day(date: datetime, found: re.Match[str]) -> str:
    language, offset = found[1], int(found[2])
    day = date + timedelta(days=offset)
    name, month = _NAMES[language][day.weekday()], _month(language, day)
    return f"{name}, {day.day}. {month}" if language == "tag" else f"{name} {day.day} {month}"


def _month(language: str, day: datetime) -> str:
    return _MONTHS[language].split(",")[day.month - 1]


def _quoted(parent: Letter, language: str) -> str:
    who = getaddresses([parent.sender])[0][0]
    introduction: Mapping[str, Callable[[datetime], str]] = {
        "en": lambda d: f"On {d.day} {_month('day', d)[:3]} {d.year} at {d:%H:%M}, {who} wrote:",
        "de": lambda d: f"Am {d:%d.%m.%Y} um {d:%H:%M} schrieb {who}:",
    }
    lines = (f"> {line}".rstrip() for line in parent.text.strip().split("\n"))
    return "\n" + introduction[language](parent.date) + "\n" + "\n".join(lines) + "\n"


def _attachment(fields: Mapping[str, Any] | None) -> Attachment | None:
    if fields is None:
        return None
    return Attachment(name=fields["name"], content_type=fields["type"], size_bytes=fields["size_bytes"])


def _invite(fields: Mapping[str, Any] | None, date: datetime) -> Invite | None:
    if fields is None:
        return None
    return Invite(
        summary=fields["summary"],
        starts_at=date + _span(fields["starts"]),
        length=timedelta(minutes=fields["minutes"]),
        organizer=fields["organizer"],
        attendee=addr_spec(USER),
        place=fields["place"],
    )
