"""`graceperiod why`: the reasons for one mail (promise 6)."""

from datetime import tzinfo

import click

from graceperiod.app.told import Told, told
from graceperiod.bootstrap import ledger, load_settings, local_zone
from graceperiod.cli.output import annotation_object, console, json_option, say
from graceperiod.core.annotation import Annotation


@click.command()
@click.argument("mail", metavar="MAIL")
@json_option
@click.pass_obj
def why(config: str | None, mail: str, *, as_json: bool) -> None:
    """Tell why a mail was marked and answered, or was not: the words that weighed, the rule, the events.

    MAIL is its number from `graceperiod holds`, or its Message-ID.

    \b
    Example:   graceperiod why 17
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    settings = load_settings(config)
    with ledger(settings, exclusive=False) as store:
        answer = told(store, mail)
    if as_json:
        say(_object(answer))
    else:
        _show(answer, local_zone(settings))


def _learnt(annotation: Annotation) -> str:
    if annotation.features:
        return "kept for the next training"
    is_waiting = annotation.feature_version is None
    return "read again with the next look" if is_waiting else "not to be read any more, so not learnt from"


def _object(answer: Told) -> dict[str, object]:
    verdict, hold = answer.verdict, answer.hold
    evidence = verdict.evidence if verdict else ()
    return {
        "message": answer.message.id,
        "message_id": answer.message.message_id,
        "account": answer.message.account,
        "subject": answer.message.subject,
        "arrived_at": answer.message.arrived_at,
        "category": verdict.category.value if verdict else None,
        "probability": round(verdict.probability, 4) if verdict else None,
        "acts": verdict.acts if verdict else None,
        "verdict_reason": verdict.reason.value if verdict else None,
        "model": verdict.model if verdict else None,
        "evidence": [{"text": e.text, "weight": round(e.weight, 4)} for e in evidence],
        "annotation": annotation_object(answer.annotation),
        "hold": hold.id if hold else None,
        "state": hold.state.value if hold else None,
        "defects": list(answer.message.defects),
        "events": [
            {"at": e.happened_at, "kind": e.kind, "reason": e.reason, "rules": list(e.rules)}
            for e in answer.events
        ],
    }


def _show(answer: Told, zone: tzinfo) -> None:
    from rich.markup import escape

    out = console()
    message, verdict = answer.message, answer.verdict
    out.print(f"[bold]{escape(message.subject or '(no subject)')}[/bold]")
    sender = message.sender.display_name or message.sender.addr_spec if message.sender else "nobody"
    out.print(f"from {escape(sender)}, {message.arrived_at.astimezone(zone):%a %d %b %Y %H:%M}")
    for defect in message.defects:
        out.print(f"  defect: {escape(defect)}")
    if verdict is not None:
        acted = "acted on" if verdict.acts else "not acted on"
        out.print(
            f"\n{verdict.category.value}, {verdict.probability:.1%} sure, {acted} "
            f"({verdict.reason.value.replace('_', ' ')}; {verdict.model})"
        )
        for evidence in verdict.evidence:
            direction = "for    " if evidence.weight > 0 else "against"
            out.print(f"  {direction} {evidence.weight:+.2f}  {escape(evidence.text)}")
    if answer.annotation is not None:
        said = answer.annotation
        out.print(f"\nYou said that {said.statement.sentence} (by {said.source.value}; {_learnt(said)})")
    out.print("\nWhat happened")
    for event in answer.events:
        rules = f" (rules {', '.join(event.rules)})" if event.rules else ""
        out.print(
            f"  {event.happened_at.astimezone(zone):%a %d %b %H:%M}  "
            f"{event.kind.replace('_', ' ')}: {escape(event.reason)}{rules}"
        )
    if not answer.events:
        out.print("  nothing: the program had no reason to act")
