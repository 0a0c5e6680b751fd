"""Reads annotated mail again: its features for the next training, and what follows from the user's word."""

from collections.abc import Iterator
from dataclasses import replace

from graceperiod.app.decision import Decision, Reading, log_event, read
from graceperiod.app.desk import Desk
from graceperiod.app.drafts_view import DraftsView
from graceperiod.app.place import corrected, known_application
from graceperiod.app.resolve import Mailboxes
from graceperiod.core.action import Mark
from graceperiod.core.annotation import Annotation
from graceperiod.core.application import Application
from graceperiod.core.category import REJECTIONS
from graceperiod.core.features import FEATURE_VERSION, features
from graceperiod.core.mail import Mail
from graceperiod.core.mailbox import MailboxStatus
from graceperiod.core.record import MessageRecord
from graceperiod.core.verdict import Verdict, VerdictReason
from graceperiod.errors import MessageError, Refused
from graceperiod.ports import FetchedMail, MailStore


def read_annotated(desk: Desk, store: MailStore, boxes: Mailboxes, drafts: DraftsView | None) -> int:
    """Read every annotated mail that was not read for it yet; returns how many there were.

    The features and what follows from the word become durable together, so a crash repeats all or nothing.
    A mail that is not there any more is given up: its annotation stays, without features.
    """
    unread = desk.ledger.unread_annotations(desk.account.name, feature_version=FEATURE_VERSION)
    search = _Search(desk, store, boxes, drafts)
    for annotation in unread:
        record = desk.ledger.message(annotation.message)
        found = search.find(record) if record is not None else None
        try:
            mail = read(desk, found[1]) if found is not None else None
        except MessageError:
            mail = None
        if record is None or found is None or mail is None:
            _give_up(desk, annotation)
        else:
            _take_in(desk, found[0], found[1], mail, record, annotation)
    return len(unread)


class _Search:
    """Finds a mail again by its uid, or by the uid of another record of the same Message-ID."""

    def __init__(self, desk: Desk, store: MailStore, boxes: Mailboxes, drafts: DraftsView | None) -> None:
        self._desk = desk
        self._store = store
        self._boxes = boxes
        self._drafts = drafts
        self._statuses: dict[str, MailboxStatus | None] = {}

    def find(self, record: MessageRecord) -> tuple[Reading, FetchedMail] | None:
        """Where it is, and its text parts; None if it is in none of the mailboxes that it was seen in."""
        for candidate in self._candidates(record):
            status = self._status(candidate.mailbox)
            if status is None or status.uid_validity != candidate.uid_validity:
                continue
            fetched = self._store.fetch(candidate.mailbox, [candidate.uid], uid_validity=status.uid_validity)
            for one in fetched:
                reading = Reading(
                    mailbox=candidate.mailbox,
                    status=status,
                    is_junk=candidate.mailbox == self._boxes.junk,
                    drafts=self._drafts,
                )
                return reading, one
        return None

    def _candidates(self, record: MessageRecord) -> Iterator[MessageRecord]:
        yield record
        if record.message_id is not None:
            twins = self._desk.ledger.find_messages(record.account, record.message_id)
            yield from (twin for twin in reversed(twins) if twin.id != record.id)

    def _status(self, mailbox: str) -> MailboxStatus | None:
        if mailbox not in self._statuses:
            try:
                self._statuses[mailbox] = self._store.status(mailbox)
            except Refused:  # the mailbox itself is gone
                self._statuses[mailbox] = None
        return self._statuses[mailbox]


def _take_in(
    desk: Desk,
    reading: Reading,
    fetched: FetchedMail,
    mail: Mail,
    record: MessageRecord,
    annotation: Annotation,
) -> None:
    ledger, number = desk.ledger, annotation.message
    before = ledger.verdict(number)
    wrong = before if before is not None and _is_wrong(before, annotation) else None
    known = _application(desk, record, mail)
    right = corrected(known, wrong) if known is not None and wrong is not None else known
    decision = _decision(desk, reading, fetched, mail, right, annotation)
    # Sorted, so that they do not tell how the mail read.
    seen = replace(annotation, features=tuple(sorted(features(mail))), feature_version=FEATURE_VERSION)
    with ledger.transaction():
        if ledger.annotation(number) != annotation:
            return  # the user has said something else meanwhile
        ledger.save_annotation(seen)
        if annotation.feature_version is not None:
            return  # read again for a newer program; what followed from the word has followed
        if right is not None and right != known:
            ledger.save_application(right)
        if decision is not None and not _is_confirmed(before, annotation):
            decision.intend(desk, number)
    desk.log.info("read_annotated", account=desk.account.name, message=number)


def _decision(
    desk: Desk,
    reading: Reading,
    fetched: FetchedMail,
    mail: Mail,
    known: Application | None,
    annotation: Annotation,
) -> Decision | None:
    """What follows if the mail is what the user says; None where they only said what it is not."""
    category = annotation.statement.category
    if category is None:
        return None
    verdict = Verdict(
        category=category,
        probability=1.0,
        acts=category in REJECTIONS,
        is_unsure=False,
        reason=VerdictReason.OVER_THRESHOLD if category in REJECTIONS else VerdictReason.NOT_ACTIONABLE,
        language=mail.language,
        evidence=(),
        model="you",
    )
    decision = Decision.of(desk, reading, fetched, mail, verdict, known)
    to_do = tuple(a for a in decision.actions if not (isinstance(a, Mark) and a.keyword in fetched.flags))
    return replace(decision, actions=to_do)


def _is_wrong(verdict: Verdict, annotation: Annotation) -> bool:
    return annotation.statement.denies(verdict.category)


def _is_confirmed(verdict: Verdict | None, annotation: Annotation) -> bool:
    """Whether all that follows from the word has followed from the verdict already."""
    return verdict is not None and verdict.acts and verdict.category is annotation.statement.category


def _application(desk: Desk, record: MessageRecord, mail: Mail) -> Application | None:
    if record.application is not None:
        return desk.ledger.application(record.application)
    return known_application(mail, desk.account.name, desk.ledger)


def _give_up(desk: Desk, annotation: Annotation) -> None:
    ledger = desk.ledger
    with ledger.transaction():
        if ledger.annotation(annotation.message) == annotation:
            ledger.save_annotation(replace(annotation, features=(), feature_version=FEATURE_VERSION))
            reason = "it cannot be read any more, so the model will not learn from what you said"
            log_event(desk, "annotation_unread", reason, (), annotation.message, None)
    desk.log.info("annotation_unread", account=desk.account.name, message=annotation.message)
