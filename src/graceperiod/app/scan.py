"""A dry run over mail in date order: what would have been marked and drafted when it arrived, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from graceperiod.app.desk import WatchedAccount
from graceperiod.app.place import known_application, updated
from graceperiod.core.action import NoDraft, PlanHold
from graceperiod.core.address import Address
from graceperiod.core.application import Application
from graceperiod.core.mail import Mail
from graceperiod.core.plan import Circumstances, plan
from graceperiod.core.policy import Policy
from graceperiod.core.record import Direction, MessageRecord
from graceperiod.core.verdict import Verdict, VerdictReason
from graceperiod.errors import MessageError
from graceperiod.ports import Judge, Ledger, MailReader

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scannable:
    """A mail as a source gives it.

    Args:
        name: where it was found, for those that cannot be read.
        raw: None where it could not be got; `defect` says why then.
        arrived_at: aware UTC; None where the source does not tell.
        is_sent: it was found among the mail that the user sent.
    """

    name: str
    raw: bytes | None
    arrived_at: datetime | None
    is_sent: bool = False
    defect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the program would have done about one mail.

    Args:
        mail, verdict: None for a mail that cannot be read; the verdict also for what the user wrote.
        hold: what would have been drafted.
        reason: why that, or why nothing.
    """

    name: str
    mail: Mail | None
    is_sent: bool
    verdict: Verdict | None
    application: Application | None
    hold: PlanHold | None
    reason: str
    rules: tuple[str, ...]


class Scan:
    """One dry run. Its ledger is thrown away; neither the source nor the user's ledger is changed.

    Args:
        account: whose mail it is.
        ledger: a fresh one in memory: only the history before a mail counts for it.
    """

    def __init__(
        self, *, account: WatchedAccount, ledger: Ledger, reader: MailReader, judge: Judge, policy: Policy
    ) -> None:
        self._account = account
        self._ledger = ledger
        self._reader = reader
        self._judge = judge
        self._policy = policy
        self._held: set[str | int | None] = set()
        self._count = 0

    def findings(self, mails: Iterable[Scannable]) -> Iterator[Finding]:
        """A finding for every mail, in the order given, which must be that of their arrival."""
        for item in mails:
            self._count += 1
            yield self._finding(item)

    def _finding(self, item: Scannable) -> Finding:
        try:
            mail = self._read(item)
        except MessageError as error:
            return _unreadable(item, str(error))
        if item.is_sent or _is_from(mail, self._account.own):
            return self._note_sent(item, mail)
        verdict = self._judge.judge(mail)
        known = known_application(mail, self._account.name, self._ledger)
        circumstances = self._circumstances(mail, known)
        actions = plan(mail, verdict, known, circumstances, self._policy, mail.arrived_at)
        application = self._remember(mail, verdict, known)
        hold = next((a for a in actions if isinstance(a, PlanHold)), None)
        refusal = next((a for a in actions if isinstance(a, NoDraft)), None)
        if hold is not None:
            self._held.update({mail.message_id or "", application.id if application else None} - {"", None})
        decided = hold or refusal
        return Finding(
            name=item.name,
            mail=mail,
            is_sent=False,
            verdict=verdict,
            application=application,
            hold=hold,
            reason=decided.reason if decided else _ordinary(verdict),
            rules=decided.rules if decided else (),
        )

    def _read(self, item: Scannable) -> Mail:
        if item.raw is None:
            raise MessageError(item.defect or "it could not be read")
        mail = self._reader.read(item.raw, arrived_at=item.arrived_at or _EPOCH)
        if item.arrived_at is None and mail.date_header is not None:
            mail = replace(mail, arrived_at=mail.date_header)
        return mail

    def _circumstances(self, mail: Mail, known: Application | None) -> Circumstances:
        """Flags tell of today, not of the moment of arrival: only the history before the mail counts."""
        parent = mail.message_id
        replies = self._ledger.replies_to(self._account.name, parent) if parent else ()
        return Circumstances(
            own=self._account.own,
            has_reply=bool(replies),
            has_hold=parent in self._held or (known is not None and known.id in self._held),
        )

    def _remember(self, mail: Mail, verdict: Verdict, known: Application | None) -> Application | None:
        record = self._ledger.add_message(self._record(mail, Direction.RECEIVED))
        application = updated(known, mail, verdict, account=self._account.name)
        if application is None or record.id is None:
            return application
        if application.id is None:
            application = self._ledger.add_application(application)
        else:
            self._ledger.save_application(application)
        if application.id is not None:
            self._ledger.assign(record.id, application.id)
        return application

    def _note_sent(self, item: Scannable, mail: Mail) -> Finding:
        record = self._ledger.add_message(self._record(mail, Direction.SENT))
        known = known_application(mail, self._account.name, self._ledger)
        if known is not None and known.id is not None and record.id is not None:
            self._ledger.assign(record.id, known.id)
        return Finding(
            name=item.name,
            mail=mail,
            is_sent=True,
            verdict=None,
            application=known,
            hold=None,
            reason="the user wrote it",
            rules=(),
        )

    def _record(self, mail: Mail, direction: Direction) -> MessageRecord:
        return MessageRecord(
            id=None,
            account=self._account.name,
            mailbox="scan",
            uid_validity=1,
            uid=self._count,
            direction=direction,
            message_id=mail.message_id,
            in_reply_to=mail.in_reply_to,
            references=mail.references,
            sender=mail.senders[0] if mail.senders else None,
            subject=mail.subject,
            arrived_at=mail.arrived_at,
            seen_at=mail.arrived_at,
            size_bytes=mail.size_bytes,
            defects=mail.defects,
        )


def commonest_recipient(
    mails: Iterable[Scannable], reader: MailReader, *, most: int = 1000
) -> Address | None:
    """Whose mailbox it is, where nothing says so: the address that most of the first mails went to."""
    counts: Counter[str] = Counter()
    for index, item in enumerate(mails):
        if index == most:
            break
        try:
            mail = reader.read(item.raw or b"", arrived_at=_EPOCH)
        except MessageError:
            continue
        counts.update({address.addr_spec.lower() for address in mail.to})
    found = counts.most_common(1)
    return Address(display_name="", addr_spec=found[0][0]) if found else None


def _unreadable(item: Scannable, defect: str) -> Finding:
    return Finding(
        name=item.name,
        mail=None,
        is_sent=item.is_sent,
        verdict=None,
        application=None,
        hold=None,
        reason=f"it could not be read: {defect}",
        rules=(),
    )


def _is_from(mail: Mail, own: frozenset[str]) -> bool:
    return any(sender.addr_spec.lower() in own for sender in mail.senders)


def _ordinary(verdict: Verdict) -> str:
    likeliest = f"{verdict.category.value.replace('_', ' ')}, {verdict.probability:.0%}"
    if verdict.reason is VerdictReason.BELOW_THRESHOLD:
        return f"not sure enough to act (likeliest: {likeliest})"
    return f"not a rejection ({likeliest})"
