"""An account's mail in the order of its arrival, for a dry run; nothing on the server is changed."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from graceperiod.app.desk import WatchedAccount
from graceperiod.app.resolve import resolve
from graceperiod.app.scan import Scannable
from graceperiod.ports import FetchedMail, MailStore

_CHUNK = 200
"""Chosen: messages in memory at a time; two mailboxes are read in turn, so more saves selecting."""


class _Place(NamedTuple):
    arrived_at: datetime
    mailbox: str
    uid: int


class AccountSource:
    """The watched mailboxes and Sent, back to an instant.

    Args:
        store: opened read-only.
        since: aware; mail that arrived before that day is left out.
    """

    def __init__(self, account: WatchedAccount, store: MailStore, *, since: datetime) -> None:
        self._store = store
        self._validity: dict[str, int] = {}
        boxes = resolve(account, store.mailboxes())
        self._sent = boxes.sent
        names = dict.fromkeys((*boxes.watched, *((boxes.sent,) if boxes.sent else ())))
        self._places = sorted(place for name in names for place in self._index(name, since))

    @property
    def total(self) -> int:
        """How many mails there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[Scannable]:
        """The mails, oldest first."""
        for start in range(0, len(self._places), _CHUNK):
            chunk = self._places[start : start + _CHUNK]
            fetched = self._fetch(chunk)
            for place in chunk:
                yield self._scannable(place, fetched.get((place.mailbox, place.uid)))

    def _index(self, mailbox: str, since: datetime) -> Iterator[_Place]:
        status = self._store.status(mailbox)
        self._validity[mailbox] = status.uid_validity
        uids = self._store.uids(mailbox, uid_validity=status.uid_validity, above=0, since=since)
        for head in self._store.heads(mailbox, uids, uid_validity=status.uid_validity):
            if head.internal_date >= since:
                yield _Place(head.internal_date, mailbox, head.uid)

    def _fetch(self, chunk: list[_Place]) -> dict[tuple[str, int], FetchedMail]:
        found: dict[tuple[str, int], FetchedMail] = {}
        for mailbox, validity in self._validity.items():
            uids = [place.uid for place in chunk if place.mailbox == mailbox]
            for mail in self._store.fetch(mailbox, uids, uid_validity=validity):
                found[mailbox, mail.uid] = mail
        return found

    def _scannable(self, place: _Place, mail: FetchedMail | None) -> Scannable:
        return Scannable(
            name=f"{place.mailbox}/{place.uid}",
            raw=mail.raw if mail else None,
            arrived_at=place.arrived_at,
            is_sent=place.mailbox == self._sent,
            defect="" if mail and mail.raw is not None else "the server would not give it",
        )
