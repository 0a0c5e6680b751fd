"""`graceperiod holds`: what is held, until when, and what waits for the user's word."""

from datetime import tzinfo

import click

from graceperiod.app.told import HeldReply, Undecided, held_replies, undecided
from graceperiod.bootstrap import ledger, load_settings, local_zone
from graceperiod.cli.output import console, json_option, say


@click.command()
@click.option("--all", "with_ended", is_flag=True, help="Also holds that have ended.")
@json_option
@click.pass_obj
def holds(config: str | None, *, with_ended: bool, as_json: bool) -> None:
    """List the held replies and the mails that are for you to decide.

    \b
    Example:   graceperiod holds --all
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    settings = load_settings(config)
    with ledger(settings, exclusive=False) as store:
        held, open_questions = held_replies(store, with_ended=with_ended), undecided(store)
    if as_json:
        for reply in held:
            say(_hold_object(reply))
        for question in open_questions:
            say(_undecided_object(question))
    else:
        _show(held, open_questions, local_zone(settings))


def _hold_object(reply: HeldReply) -> dict[str, object]:
    hold = reply.hold
    return {
        "kind": "hold",
        "id": hold.id,
        "message": hold.message,
        "account": hold.account,
        "state": hold.state.value,
        "to": hold.recipient.addr_spec,
        "subject": hold.subject,
        "template": hold.template,
        "language": hold.language,
        "release_at": hold.release_at,
        "edited": hold.is_edited,
        "released_at": hold.released_at,
        "ended_at": hold.ended_at,
    }


def _undecided_object(question: Undecided) -> dict[str, object]:
    return {
        "kind": "undecided",
        "message": question.message.id,
        "account": question.message.account,
        "subject": question.message.subject,
        "category": question.verdict.category.value,
        "probability": round(question.verdict.probability, 4),
    }


def _show(held: tuple[HeldReply, ...], open_questions: tuple[Undecided, ...], zone: tzinfo) -> None:
    from rich.markup import escape
    from rich.table import Table

    out = console()
    if not held and not open_questions:
        out.print("Nothing is held, and nothing waits for you.")
        return
    if held:
        table = Table("mail", "state", "until", "to", "subject", title="Held replies", title_justify="left")
        for reply in held:
            hold = reply.hold
            state = f"{hold.state.value}, edited" if hold.is_edited else hold.state.value
            until = f"{hold.release_at.astimezone(zone):%a %d %b %H:%M}"
            to = hold.recipient.display_name or hold.recipient.addr_spec
            table.add_row(str(hold.message), state, until, escape(to), escape(hold.subject))
        out.print(table)
    if open_questions:
        table = Table("mail", "looks like", "subject", title="For you to decide", title_justify="left")
        for question in open_questions:
            likely = f"{question.verdict.category.value} {question.verdict.probability:.0%}"
            table.add_row(str(question.message.id), likely, escape(question.message.subject))
        out.print(table)
    out.print("`graceperiod why MAIL` tells the reasons.")
