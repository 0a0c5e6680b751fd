"""Which application a mail belongs to, and what it makes of it (RULES S1)."""

from dataclasses import replace

from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.app.place import known_application, updated
from graceperiod.core.application import Outcome
from graceperiod.core.category import Category
from graceperiod.core.record import Direction, MessageRecord
from mails import ARRIVED, mail, verdict


def record(message_id: str) -> MessageRecord:
    return MessageRecord(
        id=None, account="work", mailbox="INBOX", uid_validity=1, uid=1, direction=Direction.RECEIVED,
        message_id=message_id, in_reply_to=(), references=(), sender=None, subject="", arrived_at=ARRIVED,
        seen_at=ARRIVED, size_bytes=1,
    )  # fmt: skip


def test_ordinary_mail_opens_no_application() -> None:
    assert updated(None, mail(), verdict(Category.OTHER, acts=False), account="work") is None
    assert updated(None, mail(), verdict(Category.JOB_ALERT, acts=False), account="work") is None


def test_job_mail_opens_one_whose_employer_and_stage_are_not_guessed() -> None:
    opened = updated(None, mail(), verdict(Category.RECEIVED, acts=False), account="work")
    assert opened is not None
    assert (opened.employer, opened.role, opened.stage, opened.tier) == (None,) * 4
    assert opened.outcome is Outcome.LIVE


def test_a_rejection_ends_it_a_soft_no_puts_it_on_hold_and_the_next_mail_turns_that() -> None:
    opened = updated(None, mail(), verdict(Category.RECEIVED, acts=False), account="work")
    soft = updated(opened, mail(), verdict(Category.SOFT_REJECTION), account="work")
    assert soft is not None
    assert soft.outcome is Outcome.ON_HOLD
    again = updated(soft, mail(), verdict(Category.INTERVIEW, acts=False), account="work")
    assert again is not None
    assert again.outcome is Outcome.LIVE
    over = updated(soft, mail(), verdict(Category.REJECTION), account="work")
    assert over is not None
    assert over.outcome is Outcome.REJECTED


def test_a_verdict_that_is_not_sure_ends_nothing() -> None:
    opened = updated(None, mail(), verdict(Category.RECEIVED, acts=False), account="work")
    unsure = updated(opened, mail(), verdict(acts=False, is_unsure=True), account="work")
    assert unsure is not None
    assert unsure.outcome is Outcome.LIVE


def test_a_mail_is_placed_by_its_thread_and_by_nothing_else() -> None:
    ledger = MemoryLedger()
    first = ledger.add_message(record("<first@x.example>"))
    opened = updated(None, mail(), verdict(Category.RECEIVED, acts=False), account="work")
    assert opened is not None
    kept = ledger.add_application(opened)
    assert first.id is not None
    assert kept.id is not None
    ledger.assign(first.id, kept.id)
    reply = mail(references=("<first@x.example>",))
    assert known_application(reply, "work", ledger) == kept
    assert known_application(mail(), "work", ledger) is None
    assert known_application(replace(reply, references=(), in_reply_to=()), "work", ledger) is None
