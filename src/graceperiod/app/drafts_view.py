"""What stands in Drafts, looked at again for every decision but fetched only once a message."""

from dataclasses import dataclass

from graceperiod.app.desk import Desk
from graceperiod.core.draft import DraftHead, body_sha256, sha256_but_id
from graceperiod.core.hold import Hold
from graceperiod.core.observation import DraftSeen, Observation
from graceperiod.ports import MailStore

_MOST_DRAFTS = 2000
"""Chosen: the newest ones; nobody works with more, and a runaway client must not stop us."""


@dataclass(slots=True)
class DraftsView:
    """Drafts of one account over one connection.

    A message under a uid never changes (RFC 9051 section 2.3.1.1), so a head is read once.
    """

    mailbox: str
    _store: MailStore
    _uid_validity: int
    _heads: dict[int, DraftHead]
    _digests: dict[int, tuple[str, str]]

    @classmethod
    def open(cls, store: MailStore, mailbox: str) -> "DraftsView":
        """A view with its first look taken."""
        view = cls(mailbox, store, 0, {}, {})
        view.look()
        return view

    def look(self) -> None:
        """See which messages are there now."""
        status = self._store.status(self.mailbox)
        if status.uid_validity != self._uid_validity:
            self._heads, self._digests = {}, {}
            self._uid_validity = status.uid_validity
        found = self._store.uids(self.mailbox, uid_validity=self._uid_validity, above=0, since=None)
        flags = self._store.marks(self.mailbox, found[-_MOST_DRAFTS:], uid_validity=self._uid_validity)
        # Some clients only flag what the user deletes, and some servers let us do no more.
        present = sorted(uid for uid, set_flags in flags.items() if "\\deleted" not in set_flags)
        unknown = [uid for uid in present if uid not in self._heads]
        heads = self._store.heads(self.mailbox, unknown, uid_validity=self._uid_validity)
        known = self._heads | {head.uid: DraftHead.parse(head.header) for head in heads}
        self._heads = {uid: known[uid] for uid in present if uid in known}
        self._digests = {uid: body for uid, body in self._digests.items() if uid in self._heads}

    def about(self, parent_id: str) -> tuple[bool, bool]:
        """Whether a sealed draft answers that message, and whether any other draft refers to it."""
        heads = [head for head in self._heads.values() if parent_id in head.parents]
        sealed = [h for h in heads if h.is_held and not h.has_recipient and _answers(h, parent_id)]
        return bool(sealed), len(heads) > len(sealed)

    def held(self) -> frozenset[str]:
        """The messages that a draft with the hold prefix answers."""
        return frozenset(head.parents[-1] for head in self._heads.values() if head.is_held and head.parents)

    def observe(self, desk: Desk, hold: Hold) -> Observation:
        """What concerns one hold, as of the last look; Sent as of its last sweep."""
        tokens = {copy.message_id for copy in (hold.sealed, hold.released) if copy is not None}
        uids = {
            copy.uid
            for copy in (hold.sealed, hold.released)
            if copy is not None and copy.uid_validity == self._uid_validity
        }
        about = [
            uid
            for uid, head in sorted(self._heads.items())
            if uid in uids or head.message_id in tokens or _answers(head, hold.parent_id)
        ]
        seen = (self._seen(uid) for uid in about)
        replies = desk.ledger.replies_to(hold.account, hold.parent_id)
        return Observation(
            uid_validity=self._uid_validity,
            drafts=tuple(draft for draft in seen if draft is not None),
            replies=tuple(reply.message_id for reply in replies),
        )

    def _seen(self, uid: int) -> DraftSeen | None:
        head = self._heads[uid]
        if uid not in self._digests:
            raw = self._store.whole(self.mailbox, uid, uid_validity=self._uid_validity)
            if raw is None:  # gone since the look
                return None
            self._digests[uid] = body_sha256(raw), sha256_but_id(raw)
        body, but_id = self._digests[uid]
        return DraftSeen(
            uid=uid,
            message_id=head.message_id,
            has_recipient=head.has_recipient,
            is_held=head.is_held,
            body_sha256=body,
            sha256_but_id=but_id,
        )


def _answers(head: DraftHead, parent_id: str) -> bool:
    """Whether it is a reply to that very message, not to a later one of the thread (RFC 5322 3.6.4)."""
    return head.parents[-1:] == (parent_id,)
