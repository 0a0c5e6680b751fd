"""Reads what is new in a mailbox, decides, and writes decisions and intents in one transaction a mail."""

from dataclasses import dataclass, replace
from datetime import datetime

from graceperiod.app.compose import planned_hold, reply_text
from graceperiod.app.desk import Desk
from graceperiod.app.drafts_view import DraftsView
from graceperiod.app.place import known_application, updated
from graceperiod.core.action import Action, Mark, NoDraft, PlanHold
from graceperiod.core.address import one_line
from graceperiod.core.application import Application
from graceperiod.core.mail import Mail
from graceperiod.core.mailbox import HighWater, MailboxStatus
from graceperiod.core.plan import Circumstances, plan
from graceperiod.core.record import Direction, Effect, EffectKind, Event, MessageRecord
from graceperiod.core.verdict import Verdict
from graceperiod.errors import MessageError, UserError
from graceperiod.ports import FetchedMail, MailStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where a mail was found, for the steps that follow."""

    mailbox: str
    status: MailboxStatus
    is_junk: bool
    drafts: DraftsView | None


def catch_up(desk: Desk, store: MailStore, mailbox: str, *, is_junk: bool, drafts: DraftsView | None) -> int:
    """Read every message that came since the last time; returns how many there were.

    The high-water mark moves with each message, so a killed process goes on where it stopped.
    """
    status = store.status(mailbox)
    reading = Reading(mailbox=mailbox, status=status, is_junk=is_junk, drafts=drafts)
    mark, uids = new_uids(desk, store, mailbox, status)
    count = 0
    for fetched in store.fetch(mailbox, uids, uid_validity=status.uid_validity):
        mark = replace(mark, last_uid=max(mark.last_uid, fetched.uid))
        _take_in(desk, reading, fetched, mark)
        count += 1
    finish(desk, mark, status, uids)
    return count


def new_uids(
    desk: Desk, store: MailStore, mailbox: str, status: MailboxStatus
) -> tuple[HighWater, tuple[int, ...]]:
    """The mark as it stands and the uids over it; the first time those of the look-back only."""
    account, ledger = desk.account, desk.ledger
    known = ledger.high_water(account.name, mailbox)
    since: datetime | None = None
    if known is None or known.uid_validity != status.uid_validity:
        since = desk.clock.now() - account.lookback
        if known is not None:
            # Uids mean nothing any more: read again; holds and verdicts are found by Message-ID.
            desk.log.warning("uid_validity_changed", account=account.name)
        known = HighWater(mailbox=mailbox, uid_validity=status.uid_validity, last_uid=0)
    uids = store.uids(mailbox, uid_validity=status.uid_validity, above=known.last_uid, since=since)
    return known, uids


def finish(desk: Desk, mark: HighWater, status: MailboxStatus, uids: tuple[int, ...]) -> None:
    """Move the mark over what was read and over what the look-back left out."""
    before = desk.ledger.high_water(desk.account.name, mark.mailbox)
    method = before.mark_method if before else mark.mark_method
    done = replace(
        mark,
        last_uid=max(mark.last_uid, status.uid_next - 1, *uids[-1:]),
        highest_modseq=status.highest_modseq,
        mark_method=method,
    )
    if done != before:
        desk.ledger.save_high_water(desk.account.name, done)


def _take_in(desk: Desk, reading: Reading, fetched: FetchedMail, mark: HighWater) -> None:
    try:
        mail = _read(desk, fetched)
    except MessageError as error:
        _record_unreadable(desk, reading, fetched, mark, str(error))
        return
    verdict = desk.judge.judge(mail)
    known = known_application(mail, desk.account.name, desk.ledger)
    actions = plan(
        mail,
        verdict,
        known,
        _circumstances(desk, reading, fetched, mail, verdict, known),
        desk.policy,
        desk.clock.now(),
    )
    texts = _texts(desk, actions)
    with desk.ledger.transaction():
        record = desk.ledger.add_message(_record(desk, reading, fetched, mail))
        desk.ledger.save_high_water(desk.account.name, mark)
        if record.id is None or desk.ledger.verdict(record.id) is not None:
            return
        desk.ledger.add_verdict(record.id, verdict, at=desk.clock.now())
        application = _save_application(desk, known, mail, verdict, record.id)
        for action in actions:
            _intend(desk, reading, action, mail, record.id, application, texts)
    desk.log.info(
        "read",
        account=desk.account.name,
        message=record.id,
        category=verdict.category.value,
        acts=verdict.acts,
    )


def _read(desk: Desk, fetched: FetchedMail) -> Mail:
    if fetched.raw is None:
        msg = "the server would not give it"
        raise MessageError(msg)
    return desk.reader.read(fetched.raw, arrived_at=fetched.internal_date, size_bytes=fetched.size_bytes)


def _circumstances(
    desk: Desk,
    reading: Reading,
    fetched: FetchedMail,
    mail: Mail,
    verdict: Verdict,
    known: Application | None,
) -> Circumstances:
    """What bears on an answer; looked up only for a mail that might get one."""
    ledger, account = desk.ledger, desk.account
    parent = mail.message_id
    if not verdict.acts:
        return Circumstances(own=account.own, is_junk=reading.is_junk)
    replies = ledger.replies_to(account.name, parent) if parent else ()
    mine, others = reading.drafts.about(parent) if reading.drafts and parent else (False, False)
    held = [
        hold
        for hold in ledger.holds(account.name)
        if hold.parent_id == parent or (known is not None and hold.application == known.id)
    ]
    return Circumstances(
        own=account.own,
        is_junk=reading.is_junk,
        is_answered="\\answered" in fetched.flags,
        has_reply=bool(replies) or others,
        has_hold=bool(held),
        has_sealed_draft=mine,
    )


def _texts(desk: Desk, actions: tuple[Action, ...]) -> dict[str, str]:
    """Replies rendered outside the transaction; a template that fails is a fact for the ledger."""
    texts: dict[str, str] = {}
    for action in actions:
        if isinstance(action, PlanHold):
            try:
                texts["text"] = reply_text(action, desk.account, desk.policy, desk.templates)
            except UserError as error:
                texts["error"] = str(error)
    return texts


def _intend(
    desk: Desk,
    reading: Reading,
    action: Action,
    mail: Mail,
    message: int,
    application: Application | None,
    texts: dict[str, str],
) -> None:
    match action:
        case Mark(keyword=keyword):
            detail: dict[str, str | int] = {
                "mailbox": reading.mailbox,
                "uid_validity": reading.status.uid_validity,
                "keyword": keyword.value,
            }
            desk.ledger.add_effect(
                Effect(
                    id=None,
                    account=desk.account.name,
                    kind=EffectKind.MARK,
                    intended_at=desk.clock.now(),
                    message=message,
                    detail=detail,
                )
            )
        case NoDraft(reason=reason, rules=rules):
            _log(desk, "no_draft", reason, rules, message, application)
        case PlanHold():
            refusal = _cannot_hold(reading, texts)
            if refusal or reading.drafts is None:
                _log(desk, "no_draft", refusal, (), message, application)
                return
            hold = desk.ledger.add_hold(
                planned_hold(
                    action,
                    mail,
                    message=message,
                    application=application.id if application else None,
                    account=desk.account,
                    drafts=reading.drafts.mailbox,
                    text=texts["text"],
                    seal=desk.policy.seal,
                    now=desk.clock.now(),
                )
            )
            _log(desk, "hold_planned", action.reason, action.rules, message, application, hold=hold.id)


def _cannot_hold(reading: Reading, texts: dict[str, str]) -> str:
    if reading.drafts is None:
        return "the account has no Drafts mailbox: name it in the settings"
    return texts.get("error", "")


def _log(
    desk: Desk,
    kind: str,
    reason: str,
    rules: tuple[str, ...],
    message: int,
    application: Application | None,
    hold: int | None = None,
) -> None:
    desk.ledger.log(
        Event(
            account=desk.account.name,
            kind=kind,
            happened_at=desk.clock.now(),
            reason=reason,
            rules=rules,
            message=message,
            hold=hold,
            application=application.id if application else None,
        )
    )


def _save_application(
    desk: Desk, known: Application | None, mail: Mail, verdict: Verdict, message: int
) -> Application | None:
    application = updated(known, mail, verdict, account=desk.account.name)
    if application is None:
        return None
    if application.id is None:
        application = desk.ledger.add_application(application)
    elif application != known:
        desk.ledger.save_application(application)
    if application.id is not None:
        desk.ledger.assign(message, application.id)
    return application


def _record(desk: Desk, reading: Reading, fetched: FetchedMail, mail: Mail) -> MessageRecord:
    return MessageRecord(
        id=None,
        account=desk.account.name,
        mailbox=reading.mailbox,
        uid_validity=reading.status.uid_validity,
        uid=fetched.uid,
        direction=Direction.RECEIVED,
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        references=mail.references,
        sender=mail.senders[0] if mail.senders else None,
        subject=mail.subject,
        arrived_at=mail.arrived_at,
        seen_at=desk.clock.now(),
        size_bytes=mail.size_bytes,
        defects=mail.defects,
    )


def _record_unreadable(
    desk: Desk, reading: Reading, fetched: FetchedMail, mark: HighWater, defect: str
) -> None:
    """Recorded and passed over: this mail costs no other (STYLE, "Errors")."""
    with desk.ledger.transaction():
        record = desk.ledger.add_message(
            MessageRecord(
                id=None,
                account=desk.account.name,
                mailbox=reading.mailbox,
                uid_validity=reading.status.uid_validity,
                uid=fetched.uid,
                direction=Direction.RECEIVED,
                message_id=None,
                in_reply_to=(),
                references=(),
                sender=None,
                subject="",
                arrived_at=fetched.internal_date,
                seen_at=desk.clock.now(),
                size_bytes=fetched.size_bytes,
                defects=(one_line(defect)[:200],),
            )
        )
        desk.ledger.save_high_water(desk.account.name, mark)
        if record.id is not None:
            _log(desk, "unreadable", f"it could not be read: {one_line(defect)[:200]}", (), record.id, None)
    desk.log.warning("unreadable", account=desk.account.name, message=record.id)
