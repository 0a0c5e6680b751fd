"""`graceperiod doctor`: what is in order, what is not, and what to do."""

import click

from graceperiod.app.doctor import examine
from graceperiod.bootstrap import doctor_parts
from graceperiod.cli.output import json_option, say
from graceperiod.core.finding import Finding, Level


@click.command()
@json_option
@click.pass_obj
def doctor(config: str | None, *, as_json: bool) -> int:
    """Check the settings, the local store, the model and every account, also while the daemon runs.

    Each line is `ok`, a `note` or a `problem`, with what to do. Nothing is changed, neither here nor on the
    servers. Exit status 1 if there is a problem.

    \b
    Example:   graceperiod doctor
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    status = 0
    for finding in examine(doctor_parts(config)):
        if finding.level is Level.PROBLEM:
            status = 1
        if as_json:
            say(_object(finding))
        else:
            _show(finding)
    return status


def _object(finding: Finding) -> dict[str, object]:
    return {
        "level": finding.level.value,
        "about": finding.about,
        "found": finding.found,
        "advice": finding.advice or None,
    }


def _show(finding: Finding) -> None:
    click.echo(f"{finding.level.value:<8} {finding.about}: {_printable(finding.found)}")
    if finding.advice:
        click.echo(f"{'':<8}   -> {_printable(finding.advice)}")


def _printable(text: str) -> str:
    """Names come from the server: what would move the cursor is shown, not done."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
