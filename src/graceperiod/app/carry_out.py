"""Carries out the marks that were intended; what a server drops in silence is seen and remembered."""

from dataclasses import replace

from graceperiod.app.desk import Desk
from graceperiod.core.mailbox import MailboxStatus, MarkMethod
from graceperiod.core.marking import set_as
from graceperiod.core.record import Effect, EffectKind
from graceperiod.errors import Refused
from graceperiod.ports import MailStore


def carry_out_marks(desk: Desk, store: MailStore) -> int:
    """Set every mark that is still to be set; returns how many there were.

    A mark is done once it was read back, and given up once it is clear that it cannot be.
    """
    effects = [e for e in desk.ledger.pending_effects(desk.account.name) if e.kind is EffectKind.MARK]
    statuses: dict[str, MailboxStatus] = {}
    for effect in effects:
        mailbox = str(effect.detail["mailbox"])
        if mailbox not in statuses:
            statuses[mailbox] = store.status(mailbox)
        result = _mark(desk, store, effect, statuses[mailbox])
        if effect.id is not None:
            desk.ledger.finish_effect(effect.id, at=desk.clock.now(), result=result)
    return len(effects)


def _mark(desk: Desk, store: MailStore, effect: Effect, status: MailboxStatus) -> str:
    mailbox, keyword = str(effect.detail["mailbox"]), str(effect.detail["keyword"])
    message = desk.ledger.message(effect.message) if effect.message is not None else None
    if message is None or effect.detail["uid_validity"] != status.uid_validity:
        return "not set: the uids of the mailbox changed"
    method = _method(desk, store, mailbox, status)
    if method is MarkMethod.NONE:
        _remember(desk, mailbox, method)
        return "not set: the mailbox takes no keywords"
    uid, uid_validity = message.uid, status.uid_validity
    try:
        is_set = store.mark(mailbox, uid, keyword, uid_validity=uid_validity, method=method)
    except Refused as error:
        return f"not set: {error}"[:200]
    if is_set:
        _remember(desk, mailbox, method)
        return set_as(method)
    if uid not in store.marks(mailbox, [uid], uid_validity=uid_validity):
        return "not set: the mail is not there any more"
    _remember(desk, mailbox, MarkMethod.NONE)
    return "not set: the server dropped the keyword"


def _method(desk: Desk, store: MailStore, mailbox: str, status: MailboxStatus) -> MarkMethod:
    """What worked here before, else what the server says it can do."""
    known = desk.ledger.high_water(desk.account.name, mailbox)
    if known is not None and known.mark_method is not None:
        return known.mark_method
    if "X-GM-EXT-1" in store.capabilities:
        return MarkMethod.GMAIL_LABEL  # Gmail takes keywords too, but shows them nowhere
    return MarkMethod.KEYWORD if status.accepts_keywords else MarkMethod.NONE


def _remember(desk: Desk, mailbox: str, method: MarkMethod) -> None:
    known = desk.ledger.high_water(desk.account.name, mailbox)
    if known is not None and known.mark_method is not method:
        desk.ledger.save_high_water(desk.account.name, replace(known, mark_method=method))
