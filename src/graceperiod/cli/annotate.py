"""`graceperiod annotate`: the user's own word about a mail."""

from datetime import UTC, datetime

import click

from graceperiod.app.annotate import Annotated, annotate
from graceperiod.bootstrap import annotating_ledger, load_settings
from graceperiod.cli.output import annotation_object, json_option, say
from graceperiod.core.annotation import Statement
from graceperiod.core.category import Category

_NOTHING = "nothing"
_DENIAL = Statement(not_category=Category.REJECTION)
_WORDS = (*(c.value.replace("_", "-") for c in Category), str(_DENIAL).replace("_", "-"), _NOTHING)


class _Word(click.Choice[str]):
    """A choice that takes underscores too, as categories have them in JSON."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(value.replace("_", "-"), param, ctx)


@click.command("annotate")
@click.argument("mail", metavar="MAIL")
@click.argument("category", metavar="CATEGORY", type=_Word(_WORDS, case_sensitive=False))
@json_option
@click.pass_obj
def annotate_command(config: str | None, mail: str, category: str, *, as_json: bool) -> None:
    """Say what a mail is, for the program to act on and to learn from; also while it runs.

    MAIL is its number from `graceperiod holds`, or its Message-ID. CATEGORY is rejection, soft-rejection,
    interview, assessment, received, offer, outreach, job-alert, feedback or other; not-rejection if you only
    know that; nothing to take back what you said before.

    \b
    Example:   graceperiod annotate 17 offer
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    statement = None if category == _NOTHING else Statement.parse(category)
    with annotating_ledger(load_settings(config)) as store:
        done = annotate(store, mail, statement, now=datetime.now(UTC))
    if as_json:
        say(
            {
                "message": done.message.id,
                "message_id": done.message.message_id,
                "changed": done.is_new,
                "annotation": annotation_object(done.annotation),
            }
        )
    else:
        click.echo(_sentence(done, statement))


def _sentence(done: Annotated, statement: Statement | None) -> str:
    number, annotation = done.message.id, done.annotation
    if statement is None and annotation is not None:
        return f"Mail {number}: your mark in the mail client says that {annotation.statement.sentence}."
    if annotation is None:
        return f"Mail {number}: nothing is said about it any more."
    if not done.is_new:
        return f"Mail {number}: you had said so before."
    return (
        f"Mail {number}: {annotation.statement.sentence}. `graceperiod run` does what follows with its next "
        "look; `graceperiod model train --mine` learns from it."
    )
