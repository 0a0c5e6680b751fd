"""Notes what the user wrote: the heads of Sent, by which an answer is noticed (RULES A8)."""

from dataclasses import replace

from graceperiod.app.catch_up import finish, new_uids
from graceperiod.app.desk import Desk
from graceperiod.core.draft import DraftHead
from graceperiod.core.record import Direction, MessageRecord
from graceperiod.ports import FetchedHead, MailStore

_BATCH = 500


def note_sent(desk: Desk, store: MailStore, mailbox: str) -> int:
    """Record every message in Sent that came since the last time; returns how many there were."""
    status = store.status(mailbox)
    mark, uids = new_uids(desk, store, mailbox, status)
    for start in range(0, len(uids), _BATCH):
        batch = uids[start : start + _BATCH]
        heads = store.heads(mailbox, batch, uid_validity=status.uid_validity)
        with desk.ledger.transaction():
            for head in heads:
                desk.ledger.add_message(_record(desk, mailbox, status.uid_validity, head))
            mark = replace(mark, last_uid=max(mark.last_uid, batch[-1]))
            desk.ledger.save_high_water(desk.account.name, mark)
    finish(desk, mark, status, uids)
    return len(uids)


def _record(desk: Desk, mailbox: str, uid_validity: int, fetched: FetchedHead) -> MessageRecord:
    head = DraftHead.parse(fetched.header)
    return MessageRecord(
        id=None,
        account=desk.account.name,
        mailbox=mailbox,
        uid_validity=uid_validity,
        uid=fetched.uid,
        direction=Direction.SENT,
        message_id=head.message_id,
        in_reply_to=(),
        references=head.parents,
        sender=desk.account.address,
        subject=head.subject,
        arrived_at=fetched.internal_date,
        seen_at=desk.clock.now(),
        size_bytes=fetched.size_bytes,
    )
