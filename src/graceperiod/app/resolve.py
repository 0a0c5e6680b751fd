"""Which mailboxes an account has for us (RFC 6154); none is ever created by guess."""

from dataclasses import dataclass

from graceperiod.app.desk import WatchedAccount
from graceperiod.core.mailbox import Mailbox, SpecialUse
from graceperiod.errors import AccountError

_PLAIN_NAMES = {SpecialUse.DRAFTS: "drafts", SpecialUse.SENT: "sent", SpecialUse.JUNK: "junk"}
"""Taken where the server knows no special uses (Courier), with or without a namespace before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailboxes:
    """The mailboxes by what they are for; None where there is none."""

    watched: tuple[str, ...]
    drafts: str | None
    sent: str | None
    junk: str | None

    @property
    def watched_and_junk(self) -> tuple[str, ...]:
        """Every mailbox whose mail is judged and marked."""
        return (*self.watched, self.junk) if self.junk else self.watched


def resolve(account: WatchedAccount, listed: tuple[Mailbox, ...]) -> Mailboxes:
    """The account's mailboxes.

    Raises:
        AccountError: a mailbox that the settings name does not exist; says which exist.
    """
    names = tuple(m.name for m in listed if m.is_selectable)
    watched = tuple(_named(account, name, names, "watch") for name in account.watch)
    drafts = _named(account, account.drafts, names, "drafts") if account.drafts else None
    sent = _named(account, account.sent, names, "sent") if account.sent else None
    return Mailboxes(
        watched=watched,
        drafts=drafts or _by_use(listed, SpecialUse.DRAFTS),
        sent=sent or _by_use(listed, SpecialUse.SENT),
        junk=_by_use(listed, SpecialUse.JUNK) if account.junk else None,
    )


def _named(account: WatchedAccount, wanted: str, names: tuple[str, ...], key: str) -> str:
    if wanted.upper() == "INBOX":  # the one name without case (RFC 9051 section 5.1)
        return "INBOX"
    if wanted in names:
        return wanted
    known = ", ".join(sorted(names)[:20])
    msg = f"accounts.{account.name}.{key}: there is no mailbox {wanted!r}; the server has {known}"
    raise AccountError(msg)


def candidates(listed: tuple[Mailbox, ...], use: SpecialUse) -> tuple[str, ...]:
    """The mailboxes that may be meant for that use where the settings name none; the first one is taken."""
    selectable = [m for m in listed if m.is_selectable]
    marked = tuple(m.name for m in selectable if use in m.special_uses)
    if marked or any(m.special_uses for m in listed) or use not in _PLAIN_NAMES:
        return marked
    plain = _PLAIN_NAMES[use]
    return tuple(m.name for m in selectable if m.name.lower() in {plain, f"inbox.{plain}", f"inbox/{plain}"})


def _by_use(listed: tuple[Mailbox, ...], use: SpecialUse) -> str | None:
    return next(iter(candidates(listed, use)), None)
