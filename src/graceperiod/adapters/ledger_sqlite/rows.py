"""Values to rows and back; what a row says is parsed, never trusted."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from graceperiod.adapters.ledger_sqlite.store import SqlValue
from graceperiod.core.address import Address
from graceperiod.core.annotation import Annotation, AnnotationSource, Statement
from graceperiod.core.application import Application, Outcome, Stage, Tier
from graceperiod.core.category import Category
from graceperiod.core.hold import Copy, Hold, HoldState
from graceperiod.core.mailbox import HighWater, MarkMethod
from graceperiod.core.record import Direction, Effect, EffectKind, Event, MessageRecord
from graceperiod.core.trusted_time import TrustedTime
from graceperiod.core.uptime import Uptime
from graceperiod.core.verdict import Evidence, Verdict, VerdictReason
from graceperiod.errors import LedgerError

Row = dict[str, SqlValue]
_Value = TypeVar("_Value")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def parsed(rows: Iterable[sqlite3.Row], parse: Callable[[sqlite3.Row], _Value]) -> tuple[_Value, ...]:
    """The values of all rows.

    Raises:
        LedgerError: a row holds what this version cannot understand.
    """
    try:
        return tuple(parse(row) for row in rows)
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        msg = f"the store holds something that this Graceperiod does not understand ({error})"
        raise LedgerError(msg) from error


def micros(at: datetime) -> int:
    """An aware instant as whole microseconds since 1970, exact.

    Raises:
        ValueError: it has no time zone.
    """
    if at.tzinfo is None:
        msg = "an instant without a time zone"
        raise ValueError(msg)
    return (at - _EPOCH) // _MICROSECOND


def high_water_row(account: str, mark: HighWater) -> Row:
    """A row of `mailboxes`."""
    return {
        "account": account,
        "name": mark.mailbox,
        "uid_validity": mark.uid_validity,
        "last_uid": mark.last_uid,
        "highest_modseq": mark.highest_modseq,
        "mark_method": mark.mark_method,
        "marks_modseq": mark.marks_modseq,
    }


def high_water_of(row: sqlite3.Row) -> HighWater:
    """What `high_water_row` wrote."""
    return HighWater(
        mailbox=row["name"],
        uid_validity=row["uid_validity"],
        last_uid=row["last_uid"],
        highest_modseq=row["highest_modseq"],
        mark_method=_maybe(MarkMethod, row["mark_method"]),
        marks_modseq=row["marks_modseq"],
    )


def trusted_time_row(account: str, trusted: TrustedTime) -> Row:
    """A row of `trusted_times`."""
    return {
        "account": account,
        "at": micros(trusted.at),
        "shown_at": micros(trusted.shown_at),
        "boot": trusted.uptime.boot,
        "elapsed_us": trusted.uptime.elapsed // _MICROSECOND,
    }


def trusted_time_of(row: sqlite3.Row) -> TrustedTime:
    """What `trusted_time_row` wrote."""
    return TrustedTime(
        at=_instant(row["at"]),
        shown_at=_instant(row["shown_at"]),
        uptime=Uptime(boot=row["boot"], elapsed=timedelta(microseconds=row["elapsed_us"])),
    )


def message_row(message: MessageRecord) -> Row:
    """A row of `messages`; the references have a table of their own."""
    return {
        "account": message.account,
        "mailbox": message.mailbox,
        "uid_validity": message.uid_validity,
        "uid": message.uid,
        "direction": message.direction,
        "message_id": message.message_id,
        "sender_name": message.sender.display_name if message.sender else None,
        "sender_spec": message.sender.addr_spec if message.sender else None,
        "subject": message.subject,
        "arrived_at": micros(message.arrived_at),
        "seen_at": micros(message.seen_at),
        "size_bytes": message.size_bytes,
        "application": message.application,
        "defects": _json(message.defects),
    }


def message_of(
    row: sqlite3.Row, *, in_reply_to: tuple[str, ...], references: tuple[str, ...]
) -> MessageRecord:
    """What `message_row` wrote, with its references."""
    return MessageRecord(
        id=row["id"],
        account=row["account"],
        mailbox=row["mailbox"],
        uid_validity=row["uid_validity"],
        uid=row["uid"],
        direction=Direction(row["direction"]),
        message_id=row["message_id"],
        in_reply_to=in_reply_to,
        references=references,
        sender=None if row["sender_spec"] is None else _address(row, "sender"),
        subject=row["subject"],
        arrived_at=_instant(row["arrived_at"]),
        seen_at=_instant(row["seen_at"]),
        size_bytes=row["size_bytes"],
        application=row["application"],
        defects=tuple(json.loads(row["defects"])),
    )


def verdict_row(message: int, verdict: Verdict, at: datetime) -> Row:
    """A row of `verdicts`."""
    return {
        "message": message,
        "category": verdict.category,
        "probability": verdict.probability,
        "acts": verdict.acts,
        "is_unsure": verdict.is_unsure,
        "reason": verdict.reason,
        "language": verdict.language,
        "evidence": _json([[e.text, e.weight] for e in verdict.evidence]),
        "model": verdict.model,
        "judged_at": micros(at),
    }


def verdict_of(row: sqlite3.Row) -> Verdict:
    """What `verdict_row` wrote."""
    return Verdict(
        category=Category(row["category"]),
        probability=row["probability"],
        acts=bool(row["acts"]),
        is_unsure=bool(row["is_unsure"]),
        reason=VerdictReason(row["reason"]),
        language=row["language"],
        evidence=tuple(Evidence(text=text, weight=weight) for text, weight in json.loads(row["evidence"])),
        model=row["model"],
    )


def annotation_row(annotation: Annotation) -> Row:
    """A row of `annotations`."""
    is_read = annotation.feature_version is not None
    return {
        "message": annotation.message,
        "source": annotation.source,
        "category": annotation.statement.category,
        "not_category": annotation.statement.not_category,
        "annotated_at": micros(annotation.annotated_at),
        "features": _json(annotation.features) if is_read else None,
        "feature_version": annotation.feature_version,
    }


def annotation_of(row: sqlite3.Row) -> Annotation:
    """What `annotation_row` wrote."""
    return Annotation(
        id=row["id"],
        message=row["message"],
        statement=statement_of(row),
        source=AnnotationSource(row["source"]),
        annotated_at=_instant(row["annotated_at"]),
        features=() if row["features"] is None else tuple(json.loads(row["features"])),
        feature_version=row["feature_version"],
    )


def statement_of(row: sqlite3.Row) -> Statement:
    """The statement in a row of `annotations`."""
    return Statement(
        category=_maybe(Category, row["category"]), not_category=_maybe(Category, row["not_category"])
    )


def application_row(application: Application) -> Row:
    """A row of `applications`."""
    return {
        "account": application.account,
        "employer": application.employer,
        "role": application.role,
        "stage": application.stage,
        "tier": application.tier,
        "outcome": application.outcome,
        "opened_at": micros(application.opened_at),
        "last_mail_at": micros(application.last_mail_at),
    }


def application_of(row: sqlite3.Row) -> Application:
    """What `application_row` wrote."""
    return Application(
        id=row["id"],
        account=row["account"],
        employer=row["employer"],
        role=row["role"],
        stage=_maybe(Stage, row["stage"]),
        tier=_maybe(Tier, row["tier"]),
        outcome=Outcome(row["outcome"]),
        opened_at=_instant(row["opened_at"]),
        last_mail_at=_instant(row["last_mail_at"]),
    )


def hold_row(hold: Hold) -> Row:
    """A row of `holds` with both copies."""
    return {
        "account": hold.account,
        "message": hold.message,
        "application": hold.application,
        "parent_id": hold.parent_id,
        "parent_references": _json(hold.parent_references),
        "subject": hold.subject,
        "recipient_name": hold.recipient.display_name,
        "recipient_spec": hold.recipient.addr_spec,
        "reply_from_name": hold.reply_from.display_name,
        "reply_from_spec": hold.reply_from.addr_spec,
        "template": hold.template,
        "language": hold.language,
        "body": hold.body,
        "drafts": hold.drafts,
        "planned_at": micros(hold.planned_at),
        "release_at": micros(hold.release_at),
        "state": hold.state,
        "is_sealed": hold.is_sealed,
        **_copy_columns("sealed", hold.sealed),
        **_copy_columns("released", hold.released),
        "is_edited": hold.is_edited,
        "missing_since": _maybe(micros, hold.missing_since),
        "released_at": _maybe(micros, hold.released_at),
        "nudged_at": _maybe(micros, hold.nudged_at),
        "ended_at": _maybe(micros, hold.ended_at),
    }


def hold_of(row: sqlite3.Row) -> Hold:
    """What `hold_row` wrote."""
    return Hold(
        id=row["id"],
        account=row["account"],
        message=row["message"],
        application=row["application"],
        parent_id=row["parent_id"],
        parent_references=tuple(json.loads(row["parent_references"])),
        subject=row["subject"],
        recipient=_address(row, "recipient"),
        reply_from=_address(row, "reply_from"),
        template=row["template"],
        language=row["language"],
        body=row["body"],
        drafts=row["drafts"],
        planned_at=_instant(row["planned_at"]),
        release_at=_instant(row["release_at"]),
        state=HoldState(row["state"]),
        is_sealed=bool(row["is_sealed"]),
        sealed=_copy(row, "sealed"),
        released=_copy(row, "released"),
        is_edited=bool(row["is_edited"]),
        missing_since=_maybe(_instant, row["missing_since"]),
        released_at=_maybe(_instant, row["released_at"]),
        nudged_at=_maybe(_instant, row["nudged_at"]),
        ended_at=_maybe(_instant, row["ended_at"]),
    )


def effect_row(effect: Effect) -> Row:
    """A row of `effects`."""
    return {
        "account": effect.account,
        "kind": effect.kind,
        "intended_at": micros(effect.intended_at),
        "message": effect.message,
        "hold": effect.hold,
        "detail": _json(dict(effect.detail)),
        "finished_at": _maybe(micros, effect.finished_at),
        "result": effect.result,
    }


def effect_of(row: sqlite3.Row) -> Effect:
    """What `effect_row` wrote."""
    return Effect(
        id=row["id"],
        account=row["account"],
        kind=EffectKind(row["kind"]),
        intended_at=_instant(row["intended_at"]),
        message=row["message"],
        hold=row["hold"],
        detail=_mapping(row["detail"]),
        finished_at=_maybe(_instant, row["finished_at"]),
        result=row["result"],
    )


def event_row(event: Event) -> Row:
    """A row of `events`."""
    return {
        "account": event.account,
        "kind": event.kind,
        "happened_at": micros(event.happened_at),
        "reason": event.reason,
        "rules": _json(event.rules),
        "message": event.message,
        "hold": event.hold,
        "application": event.application,
        "detail": _json(dict(event.detail)),
    }


def event_of(row: sqlite3.Row) -> Event:
    """What `event_row` wrote."""
    return Event(
        account=row["account"],
        kind=row["kind"],
        happened_at=_instant(row["happened_at"]),
        reason=row["reason"],
        rules=tuple(json.loads(row["rules"])),
        message=row["message"],
        hold=row["hold"],
        application=row["application"],
        detail=_mapping(row["detail"]),
    )


def _copy_columns(name: str, copy: Copy | None) -> Row:
    return {
        f"{name}_message_id": copy.message_id if copy else None,
        f"{name}_uid_validity": copy.uid_validity if copy else None,
        f"{name}_uid_next": copy.uid_next if copy else None,
        f"{name}_uid": copy.uid if copy else None,
        f"{name}_sha256": copy.sha256 if copy else None,
    }


def _copy(row: sqlite3.Row, name: str) -> Copy | None:
    if row[f"{name}_message_id"] is None:
        return None
    return Copy(
        message_id=row[f"{name}_message_id"],
        uid_validity=row[f"{name}_uid_validity"],
        uid_next=row[f"{name}_uid_next"],
        uid=row[f"{name}_uid"],
        sha256=row[f"{name}_sha256"],
    )


def _address(row: sqlite3.Row, name: str) -> Address:
    return Address(display_name=row[f"{name}_name"], addr_spec=row[f"{name}_spec"])


def _instant(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)


def _maybe(parse: Callable[[Any], _Value], value: Any) -> _Value | None:
    return None if value is None else parse(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _mapping(text: str) -> Mapping[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        msg = "a detail that is not a mapping"
        raise TypeError(msg)
    return value
