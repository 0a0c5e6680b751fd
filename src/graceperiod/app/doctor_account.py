"""Looks at one account: login, what the server can do, which mailboxes are used; changes nothing there."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from graceperiod.app.desk import WatchedAccount
from graceperiod.app.resolve import Mailboxes, candidates, resolve
from graceperiod.core.endpoint import Tls
from graceperiod.core.finding import Finding, Level
from graceperiod.core.mailbox import Mailbox, MarkMethod, SpecialUse
from graceperiod.errors import LedgerError, MailStoreError, Refused, Unreachable, UserError
from graceperiod.ports import Ledger, MailStore
from graceperiod.settings import Account

_MOST_LOOKED_AT = 200
"""Mailboxes that are asked for unread mail. Chosen: two seconds with a server that is far away."""

_MOST_NAMED = 20
_METHODS = {
    MarkMethod.KEYWORD: "marks are keywords, which worked here",
    MarkMethod.GMAIL_LABEL: "marks are labels of Gmail, which worked here",
    MarkMethod.COPY: "marks are copies in a mailbox of their own, which worked here",
}


class LookedAtStore(MailStore, Protocol):
    """A connection that can also count without opening a mailbox."""

    def unseen(self, mailbox: str) -> int:
        """How many messages nobody has read."""
        ...


def examine_account(
    watched: WatchedAccount, account: Account, ledger: Ledger | None, connect: Callable[[], LookedAtStore]
) -> Iterator[Finding]:
    """Each finding about the account, as soon as it is made; a failure ends it with a problem.

    Args:
        ledger: for what is remembered of its mailboxes; None where it cannot be read.
    """
    look = _Look(watched, account, ledger)
    try:
        store = connect()
        try:
            yield from look.at(store)
        finally:
            store.close()
    except Unreachable as error:
        key = f"accounts.{watched.name}"
        yield look.problem(
            str(error), f"look at the network, and at {key}.host and {key}.port; ask again later"
        )
    except MailStoreError as error:
        yield look.problem(str(error), "the server would not answer this; what follows was not looked at")
    except UserError as error:
        yield look.problem(str(error), "nothing is watched in this account before it is put right")


class _Look:
    """One look at one account."""

    def __init__(self, watched: WatchedAccount, account: Account, ledger: Ledger | None) -> None:
        self._watched = watched
        self._account = account
        self._ledger = ledger
        self._key = f"accounts.{watched.name}"

    def at(self, store: LookedAtStore) -> Iterator[Finding]:
        yield self._login()
        yield from self._capabilities(store.capabilities)
        listed = store.mailboxes()
        boxes = resolve(self._watched, listed)
        yield from self._watching(store, boxes)
        yield from self._drafts(store, listed, boxes)
        yield self._sent(boxes)
        yield self._trash(listed, store.capabilities)
        yield from self._others(store, listed, boxes)

    def problem(self, found: str, advice: str) -> Finding:
        return Finding(level=Level.PROBLEM, about=self._key, found=found, advice=advice)

    def _note(self, found: str, advice: str = "") -> Finding:
        return Finding(level=Level.NOTE, about=self._key, found=found, advice=advice)

    def _ok(self, found: str) -> Finding:
        return Finding(level=Level.OK, about=self._key, found=found)

    def _login(self) -> Finding:
        where = self._account.endpoint
        if where.tls is Tls.NONE:
            return self._note(f"logged in to {where} without encryption, which never leaves this computer")
        how = "TLS" if where.tls is Tls.IMPLICIT else "STARTTLS"
        return self._ok(f"logged in to {where} by {how}; its certificate can be trusted")

    def _capabilities(self, capabilities: frozenset[str]) -> Iterator[Finding]:
        if "IDLE" in capabilities:
            yield self._ok("IDLE: new mail is noticed at once")
        else:
            minutes = int(self._watched.poll.total_seconds() // 60)
            advice = "daemon.poll_minutes says how often"
            yield self._note(f"no IDLE: new mail is looked for every {minutes} min", advice)
        if "UIDPLUS" in capabilities:
            yield self._ok("UIDPLUS: a draft that was replaced is removed by its uid, and nothing else")
        elif "MOVE" in capabilities:
            yield self._note("no UIDPLUS, but MOVE: a draft that was replaced goes to Trash")
        else:
            found = r"neither UIDPLUS nor MOVE: a draft that was replaced is only flagged \Deleted"
            yield self._note(found, "have your mail client remove what is marked as deleted")
        if "SPECIAL-USE" in capabilities:
            yield self._ok("SPECIAL-USE: the server says which mailbox is for drafts and which for sent mail")
        else:
            yield self._note(
                "no SPECIAL-USE: mailboxes are found by the names in the settings, or Drafts and Sent"
            )

    def _watching(self, store: LookedAtStore, boxes: Mailboxes) -> Iterator[Finding]:
        for name in boxes.watched_and_junk:
            try:
                status = store.status(name)
            except Refused as error:
                advice = f"take it out of {self._key}.watch, or put the mailbox right"
                yield self.problem(f"{name} cannot be watched: {error}", advice)
                continue
            marks = self._marks(name, store.capabilities)
            yield self._ok(f"{name} is watched, with {status.exists} mails; {marks}")

    def _marks(self, mailbox: str, capabilities: frozenset[str]) -> str:
        match self._method(mailbox):
            case None if "X-GM-EXT-1" in capabilities:
                return "marks will be labels of Gmail, not tried yet"
            case None:
                return "marks will be keywords, not tried yet"
            case MarkMethod.NONE:
                return "it takes no marks: `graceperiod holds` and `why` tell what was found"
            case method:
                return _METHODS[method]

    def _method(self, mailbox: str) -> MarkMethod | None:
        if self._ledger is None:
            return None
        try:
            mark = self._ledger.high_water(self._watched.name, mailbox)
        except LedgerError:  # told with the store
            return None
        return mark.mark_method if mark else None

    def _drafts(
        self, store: LookedAtStore, listed: tuple[Mailbox, ...], boxes: Mailboxes
    ) -> Iterator[Finding]:
        if boxes.drafts is None:
            names = (
                ", ".join(_free(listed, boxes)[:_MOST_NAMED])
                or "none but these: make one in your mail client"
            )
            advice = (
                f"name it under [{self._key}], such as drafts = {_toml('Drafts')}; the server has {names}"
            )
            yield self.problem("no mailbox for drafts was found, so nothing can be held", advice)
            return
        found = candidates(listed, SpecialUse.DRAFTS)
        if not self._watched.drafts and len(found) > 1:
            others = " and ".join(found[1:_MOST_NAMED])
            advice = f"name it under [{self._key}]: drafts = {_toml(boxes.drafts)}, or {others}"
            yield self.problem(f"several mailboxes are for drafts, {', '.join(found[:_MOST_NAMED])}", advice)
        try:
            status = store.status(boxes.drafts)
        except Refused as error:
            yield self.problem(
                f"{boxes.drafts}, for drafts, cannot be opened: {error}", f"name another: {self._key}.drafts"
            )
            return
        yield self._ok(f"drafts go to {boxes.drafts}, which has {status.exists}")

    def _sent(self, boxes: Mailboxes) -> Finding:
        if boxes.sent is not None:
            return self._ok(f"sent mail is seen in {boxes.sent}")
        found = "no mailbox for sent mail was found, so a reply that you sent yourself is not noticed"
        return self._note(found, f"name it under [{self._key}], such as sent = {_toml('Sent')}")

    def _trash(self, listed: tuple[Mailbox, ...], capabilities: frozenset[str]) -> Finding:
        trash = candidates(listed, SpecialUse.TRASH)
        if trash:
            return self._ok(f"what is deleted goes to {trash[0]}")
        if "UIDPLUS" in capabilities:
            return self._ok("no Trash is marked as such, and none is needed")
        return self._note(r"no Trash is marked as such: a draft that was replaced is only flagged \Deleted")

    def _others(
        self, store: LookedAtStore, listed: tuple[Mailbox, ...], boxes: Mailboxes
    ) -> Iterator[Finding]:
        """Mailboxes in which job mail may wait that a server rule filed there; how many, never what."""
        names = _others(listed, boxes)
        junk = candidates(listed, SpecialUse.JUNK)
        for name in names[:_MOST_LOOKED_AT]:
            try:
                unread = store.unseen(name)
            except Refused:  # such as one of somebody else's
                continue
            if not unread:
                continue
            watch = ", ".join(map(_toml, (*boxes.watched, name)))
            setting = "junk = true" if name in junk else f"watch = [{watch}]"
            advice = f"if job mail goes there, have it watched, under [{self._key}]: {setting}"
            yield self._note(f"{name} has {unread} unread and is not watched", advice)
        if len(names) > _MOST_LOOKED_AT:
            yield self._note(
                f"only {_MOST_LOOKED_AT} of {len(names)} other mailboxes were asked for unread mail"
            )


def _others(listed: tuple[Mailbox, ...], boxes: Mailboxes) -> tuple[str, ...]:
    """Mailboxes that nobody looks at, without those that hold what is elsewhere too or was thrown away."""
    passed_over = {SpecialUse.ALL, SpecialUse.TRASH, SpecialUse.DRAFTS, SpecialUse.SENT}
    others = (m.name for m in listed if m.is_selectable and not m.special_uses & passed_over)
    return tuple(name for name in others if name not in set(_used(boxes)))


def _free(listed: tuple[Mailbox, ...], boxes: Mailboxes) -> list[str]:
    return sorted(m.name for m in listed if m.is_selectable and m.name not in set(_used(boxes)))


def _used(boxes: Mailboxes) -> Iterable[str]:
    return (name for name in (*boxes.watched_and_junk, boxes.drafts, boxes.sent) if name)


def _toml(name: str) -> str:
    """The name as a string of TOML, whose basic strings JSON's are."""
    return json.dumps(name, ensure_ascii=False)
