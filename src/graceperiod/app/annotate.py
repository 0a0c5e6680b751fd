"""Keeps the user's word about a mail; what follows from it, the daemon does with its next look."""

from dataclasses import dataclass
from datetime import datetime

from graceperiod.app.told import told
from graceperiod.core.annotation import Annotation, AnnotationSource, Statement
from graceperiod.core.record import Direction, Event, MessageRecord
from graceperiod.errors import SourceError
from graceperiod.ports import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """What became of a word.

    Args:
        annotation: what counts of the mail now; None if nothing does.
        is_new: whether anything changed.
    """

    message: MessageRecord
    annotation: Annotation | None
    is_new: bool


def annotate(ledger: Ledger, wanted: str, statement: Statement | None, *, now: datetime) -> Annotated:
    """Say what a mail is, or take back what was said by an earlier command.

    Args:
        wanted: its number in the ledger, or its Message-ID.
        statement: None to take it back; a mark in the mail client stays what it is.
        now: aware UTC.

    Raises:
        SourceError: there is no such mail, the user wrote it, or it could not be read.
    """
    known = told(ledger, wanted)
    message = known.message
    if message.id is None or message.direction is Direction.SENT:
        msg = "you wrote that mail yourself: the model judges only what comes"
        raise SourceError(msg)
    if known.verdict is None:
        msg = "that mail could not be read, so there is nothing to learn from it"
        raise SourceError(msg)
    with ledger.transaction():
        before = ledger.annotation(message.id)
        if statement is None:
            ledger.remove_annotation(message.id, AnnotationSource.COMMAND)
        elif before is None or _said(before) != (statement, AnnotationSource.COMMAND):
            ledger.add_annotation(_annotation(message.id, statement, now))
        after = ledger.annotation(message.id)
        if after != before:
            ledger.log(_event(message, statement, now))
    return Annotated(message=message, annotation=after, is_new=after != before)


def _said(annotation: Annotation) -> tuple[Statement, AnnotationSource]:
    return annotation.statement, annotation.source


def _annotation(message: int, statement: Statement, now: datetime) -> Annotation:
    return Annotation(
        id=None, message=message, statement=statement, source=AnnotationSource.COMMAND, annotated_at=now
    )


def _event(message: MessageRecord, statement: Statement | None, now: datetime) -> Event:
    is_said = statement is not None
    return Event(
        account=message.account,
        kind="annotated" if is_said else "annotation_withdrawn",
        happened_at=now,
        reason=f"you said that {statement.sentence}" if statement else "you took back what you had said",
        message=message.id,
    )
