"""What was played as plain objects with stable names, one for each line of `--json`."""

from collections.abc import Iterator, Sequence

from graceperiod.app.told import Told
from graceperiod.demo.check import Check
from graceperiod.demo.play import Played
from graceperiod.demo.summary import draft_text, example, left_alone, marks, outcome, undrafted

Line = dict[str, object]


def lines(played: Played, checks: Sequence[Check]) -> Iterator[Line]:
    """Everything that is shown; the summary comes last."""
    yield from (_hold(mail) for mail in played.held)
    for keyword, mail in marks(played):
        yield {"kind": "mark", "keyword": keyword} | _mail(mail) | _verdict(mail)
    for one in undrafted(played):
        reason = f"{one.reason} ({one.detail})" if one.detail else one.reason
        yield {"kind": "no_draft"} | _mail(one.mail) | {"reason": reason, "rules": list(one.rules)}
    kinds = left_alone(played)
    yield {"kind": "left_alone", "count": kinds.total(), "categories": dict(kinds.most_common())}
    yield from _example(played)
    for check in checks:
        yield {
            "kind": "check",
            "name": check.name,
            "promise": check.promise,
            "kept": check.is_kept,
            "found": check.found,
        }
    yield {
        "kind": "summary",
        "kept": all(check.is_kept for check in checks),
        "checks": len(checks),
        "holds": len(played.held),
        "marks": sum(1 for _ in marks(played)),
        "no_drafts": sum(1 for _ in undrafted(played)),
        "mails": len(played.mails),
        "began_at": played.began_at,
        "ended_at": played.ended_at,
    }


def _hold(mail: Told) -> Line:
    hold = mail.hold
    if hold is None:
        return {}
    return {
        "kind": "hold",
        "reply_to": hold.parent_id,
        "to": hold.recipient.addr_spec,
        "subject": hold.subject,
        "template": hold.template,
        "language": hold.language,
        "state": hold.state.value,
        "outcome": outcome(hold),
        "edited": hold.is_edited,
        "release_at": hold.release_at,
        "released_at": hold.released_at,
        "ended_at": hold.ended_at,
        "events": [
            {"at": e.happened_at.isoformat(), "kind": e.kind, "reason": e.reason, "rules": list(e.rules)}
            for e in mail.events
        ],
    }


def _example(played: Played) -> Iterator[Line]:
    found = example(played)
    if found is None:
        return
    mail, draft = found
    verdict = mail.verdict
    if verdict is not None:
        evidence = [{"text": e.text, "weight": round(e.weight, 4)} for e in verdict.evidence]
        more = {"acts": verdict.acts, "model": verdict.model, "evidence": evidence}
        yield {"kind": "why"} | _mail(mail) | _verdict(mail) | more
    if draft is not None:
        headers, body = draft_text(draft)
        yield {"kind": "draft", "headers": dict(headers), "body": body}


def _mail(mail: Told) -> Line:
    message = mail.message
    return {
        "message_id": message.message_id,
        "from": message.sender.addr_spec if message.sender else None,
        "subject": message.subject,
        "arrived_at": message.arrived_at,
    }


def _verdict(mail: Told) -> Line:
    verdict = mail.verdict
    return {
        "category": verdict.category.value if verdict else None,
        "probability": round(verdict.probability, 4) if verdict else None,
    }
