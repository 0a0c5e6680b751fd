"""`graceperiod classify`: verdicts only, on files or on lines of fields; nothing is kept or changed."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from graceperiod.adapters.model_npz import NpzJudge
from graceperiod.bootstrap import Workshop, settings_or_defaults
from graceperiod.cli.output import console, json_option, say
from graceperiod.core.mail import Mail
from graceperiod.core.verdict import Verdict
from graceperiod.errors import MessageError, UserError
from graceperiod.ports import Judge

_MOST_BYTES = 64 * 1024 * 1024
"""Bytes read of one file or line. Chosen: twice what servers let through."""
_FIELDS = ("subject", "from", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """A verdict, or why there is none."""

    id: str | int
    verdict: Verdict | None = None
    error: str = ""


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=str, allow_dash=True))
@click.option(
    "--jsonl", "as_lines", is_flag=True, help='Read {"id","subject","from","body"} lines on standard input.'
)
@click.option(
    "--model", "model_path", type=click.Path(path_type=Path), metavar="DIR", help="Another model folder."
)
@json_option
@click.pass_obj
def classify(
    config: str | None, *, files: tuple[str, ...], as_lines: bool, model_path: Path | None, as_json: bool
) -> int:
    """Say what mails are: .eml files, or lines of fields on standard input. Changes nothing.

    A file or line that cannot be read is told in its place, and the exit status is then 1.

    \b
    Example:   graceperiod classify --json letter.eml
               graceperiod classify --jsonl < letters.jsonl
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    if as_lines == bool(files):
        raise click.UsageError("name files, or give --jsonl and lines on standard input")
    workshop = Workshop(settings=settings_or_defaults(config))
    judge = NpzJudge.load(model_path) if model_path else workshop.judge
    results = _of_lines(workshop, judge) if as_lines else _of_files(files, workshop, judge)
    # Lines are for scripts even without --json: the answer to lines is lines.
    return _say(results) if as_json or as_lines else _show(results)


def _of_files(files: Iterable[str], workshop: Workshop, judge: Judge) -> Iterator[_Result]:
    for name in files:
        try:
            raw, arrived_at = _file(name)
            mail = workshop.reader.read(raw, arrived_at=arrived_at)
        except (OSError, MessageError) as error:
            reason = (error.strerror or "cannot be read") if isinstance(error, OSError) else str(error)
            yield _Result(id=name, error=reason)
        else:
            yield _Result(id=name, verdict=judge.judge(mail))


def _file(name: str) -> tuple[bytes, datetime]:
    if name == "-":
        return sys.stdin.buffer.read(_MOST_BYTES), datetime.now(UTC)
    path = Path(name)
    with path.open("rb") as file:
        return file.read(_MOST_BYTES), datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _of_lines(workshop: Workshop, judge: Judge) -> Iterator[_Result]:
    number = 0
    while raw := sys.stdin.buffer.readline(_MOST_BYTES):
        number += 1
        if not raw.strip():
            continue
        name: str | int = number
        try:
            row = _row(raw)
            name = row.get("id", number)
            mail = _mail(row, workshop)
        except UserError as error:
            yield _Result(id=name, error=f"line {number}: {error}")
        else:
            yield _Result(id=name, verdict=judge.judge(mail))


def _row(raw: bytes) -> dict[str, str]:
    try:
        row = json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"not JSON: {error}" if isinstance(error, ValueError) else "nested too deep"
        ) from error
    if not isinstance(row, dict):
        raise UserError('not an object such as {"id": "1", "subject": "", "from": "", "body": "..."}')
    if not isinstance(row.get("id", ""), (str, int)):
        del row["id"]
    return row


def _mail(row: dict[str, str], workshop: Workshop) -> Mail:
    fields = {name: row.get(name) or "" for name in _FIELDS}
    wrong = [name for name, value in fields.items() if not isinstance(value, str)]
    if wrong:
        raise UserError(f"{', '.join(wrong)}: not text")
    if not any(name in row for name in _FIELDS):
        raise UserError(f"none of {', '.join(_FIELDS)} is there")
    try:
        return workshop.reader.from_fields(
            subject=fields["subject"], sender=fields["from"], body=fields["body"]
        )
    except MessageError as error:
        raise UserError(str(error)) from error


def _say(results: Iterable[_Result]) -> int:
    has_failed = False
    for result in results:
        if result.verdict is None:
            has_failed = True
            say({"id": result.id, "error": result.error})
        else:
            say({"id": result.id, **_object(result.verdict)})
    return int(has_failed)


def _object(verdict: Verdict) -> dict[str, object]:
    return {
        "category": verdict.category.value,
        "probability": round(verdict.probability, 4),
        "acts": verdict.acts,
        "language": verdict.language,
        "evidence": [{"text": e.text, "weight": round(e.weight, 4)} for e in verdict.evidence],
    }


def _show(results: Iterable[_Result]) -> int:
    from rich.markup import escape
    from rich.table import Table

    table = Table("mail", "category", "sure", "acts", "because", box=None, pad_edge=False)
    has_failed = False
    for result in results:
        verdict = result.verdict
        if verdict is None:
            has_failed = True
            table.add_row(escape(str(result.id)), "[red]not read[/red]", "", "", escape(result.error))
            continue
        acts = "yes" if verdict.acts else "asks" if verdict.is_unsure else "no"
        because = "; ".join(e.text for e in verdict.evidence if e.weight > 0)
        table.add_row(
            escape(str(result.id)), verdict.category, f"{verdict.probability:.2f}", acts, escape(because)
        )
    console().print(table)
    return int(has_failed)
