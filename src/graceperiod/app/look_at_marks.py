"""Looks at the marks of what was judged lately: what the user changed is their word (DESIGN, "Keywords")."""

from dataclasses import replace
from datetime import timedelta

from graceperiod.app.decision import intend_mark, log_event
from graceperiod.app.desk import Desk
from graceperiod.core.action import Keyword
from graceperiod.core.annotation import Annotation, AnnotationSource
from graceperiod.core.marking import FOUND, LOST, Marking, are_lost
from graceperiod.core.record import Effect
from graceperiod.ports import FetchedMail, MailStore

_MOST = 500
"""Mails looked at in a mailbox. Chosen: one FETCH, some 10 ms; nobody corrects what is older than that."""
_WITHIN = timedelta(days=90)
"""How old they may be. Chosen: a season of a job search."""

_AMBIGUOUS = frozenset({Keyword.REJECTION.value, Keyword.SOFT_REJECTION.value})
"""Marks that we may have set ourselves, with a ledger that was lost. The others say only one thing."""


def look_at_marks(desk: Desk, store: MailStore, mailbox: str) -> int:
    """Note what the user has said by their marks since the last look; returns of how many mails.

    Comes after `catch_up`, whose mod-sequence it takes for its own: what changes after that is in the next
    one. Where the mod-sequence stands still (RFC 7162) nothing is asked of the server.
    """
    ledger, account = desk.ledger, desk.account.name
    mark = ledger.high_water(account, mailbox)
    if mark is None or (mark.highest_modseq is not None and mark.highest_modseq == mark.marks_modseq):
        return 0
    since = desk.clock.now() - _WITHIN
    markings = ledger.markings(account, mailbox, uid_validity=mark.uid_validity, since=since, limit=_MOST)
    flags = store.marks(mailbox, [m.uid for m in markings], uid_validity=mark.uid_validity)
    seen = [(marking, flags[marking.uid]) for marking in markings if marking.uid in flags]
    if are_lost(seen):
        _note_loss(desk, [marking for marking, _ in seen])
        said = 0
    else:
        said = sum(_note_word(desk, marking, there) for marking, there in seen)
    current = ledger.high_water(account, mailbox)
    if current is not None and mark.highest_modseq is not None:
        ledger.save_high_water(account, replace(current, marks_modseq=mark.highest_modseq))
    return said


def note_found_marks(
    desk: Desk, mailbox: str, fetched: FetchedMail, message: int, *, uid_validity: int
) -> None:
    """Note marks that a new mail carries already, so that they are never taken for the user's word.

    They may be: but a ledger that was lost, and another machine, leave the same. Inside a transaction.
    """
    for keyword in sorted(fetched.flags & _AMBIGUOUS):
        effect = intend_mark(desk, mailbox, keyword, message, uid_validity=uid_validity)
        if effect.id is not None:
            desk.ledger.finish_effect(effect.id, at=desk.clock.now(), result=FOUND)


def _note_word(desk: Desk, marking: Marking, flags: frozenset[str]) -> bool:
    """Whether the marks say something else than before; written if so."""
    statement = marking.says(flags)
    if statement == marking.said:
        return False
    ledger, source = desk.ledger, AnnotationSource.KEYWORD
    with ledger.transaction():
        if statement is None:
            ledger.remove_annotation(marking.message, source)
            log_event(desk, "annotation_withdrawn", "you changed the marks back", (), marking.message, None)
            return True
        before = ledger.annotation(marking.message)
        annotation = Annotation(
            id=None,
            message=marking.message,
            statement=statement,
            source=source,
            annotated_at=desk.clock.now(),
        )
        ledger.add_annotation(annotation)
        if before is not None and before.source is not source and before.statement.implies(statement):
            # Who says that it is an offer and then takes our mark off has said more by the first.
            ledger.add_annotation(before)
        reason = f"you said that {statement.sentence}, by a mark in your mail client"
        log_event(desk, "annotated", reason, (), marking.message, None)
    desk.log.info("annotated", account=desk.account.name, message=marking.message, said=str(statement))
    return True


def _note_loss(desk: Desk, markings: list[Marking]) -> None:
    """Nobody has taken off all marks of a mailbox at once: they count as never set from now on."""
    with desk.ledger.transaction():
        for effect in (e for marking in markings for e in marking.effects):
            if effect.id is not None and effect.detail.get("keyword") in _set(markings, effect):
                desk.ledger.finish_effect(effect.id, at=desk.clock.now(), result=LOST)
    desk.log.warning("marks_lost", account=desk.account.name, mails=len(markings))


def _set(markings: list[Marking], effect: Effect) -> frozenset[str]:
    return next((m.seen_set for m in markings if m.message == effect.message), frozenset())
