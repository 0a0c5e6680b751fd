"""Reads what is new in a mailbox, decides, and writes decisions and intents in one transaction a mail."""

from dataclasses import replace
from datetime import datetime

from graceperiod.app.decision import Decision, Reading, log_event, read
from graceperiod.app.desk import Desk
from graceperiod.app.drafts_view import DraftsView
from graceperiod.app.hold_time import witness
from graceperiod.app.look_at_marks import note_found_marks
from graceperiod.app.place import known_application
from graceperiod.core.address import one_line
from graceperiod.core.mail import Mail
from graceperiod.core.mailbox import HighWater, MailboxStatus
from graceperiod.core.record import Direction, MessageRecord
from graceperiod.errors import MessageError
from graceperiod.ports import FetchedMail, MailStore


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
        mail = read(desk, fetched)
    except MessageError as error:
        _record_unreadable(desk, reading, fetched, mark, str(error))
        return
    verdict = desk.judge.judge(mail)
    known = known_application(mail, desk.account.name, desk.ledger)
    decision = Decision.of(desk, reading, fetched, mail, verdict, known)
    with desk.ledger.transaction():
        record = desk.ledger.add_message(_record(desk, reading, fetched, mail))
        desk.ledger.save_high_water(desk.account.name, mark)
        witness(desk, fetched.internal_date)
        if record.id is None or desk.ledger.verdict(record.id) is not None:
            return
        desk.ledger.add_verdict(record.id, verdict, at=desk.clock.now())
        note_found_marks(desk, reading.mailbox, fetched, record.id, uid_validity=mark.uid_validity)
        if _is_annotated(desk, mail):
            reason = "you have said what this mail is, where it was before: nothing is done about it again"
            log_event(desk, "no_draft", reason, (), record.id, None)
        else:
            decision.intend(desk, record.id)
    desk.log.info(
        "read",
        account=desk.account.name,
        message=record.id,
        category=verdict.category.value,
        acts=verdict.acts,
    )


def _is_annotated(desk: Desk, mail: Mail) -> bool:
    """Whether the user has had their word about this mail under another uid: it was moved, or read again."""
    ledger = desk.ledger
    twins = ledger.find_messages(desk.account.name, mail.message_id) if mail.message_id else ()
    return any(ledger.annotation(twin.id) is not None for twin in twins if twin.id is not None)


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
            log_event(
                desk, "unreadable", f"it could not be read: {one_line(defect)[:200]}", (), record.id, None
            )
    desk.log.warning("unreadable", account=desk.account.name, message=record.id)
