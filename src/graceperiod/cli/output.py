"""How commands say things: one JSON object a line for scripts, tables for people."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from graceperiod.core.annotation import Annotation

if TYPE_CHECKING:
    from rich.console import Console

    from graceperiod.ports import Progress

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for scripts.")


def say(value: dict[str, Any]) -> None:
    """Print one JSON object on one line; instants in ISO 8601, lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    click.echo(text.encode("utf-8", "backslashreplace").decode())


def console(*, is_error: bool = False) -> "Console":
    """Where tables and progress bars go; without colour and movement where nobody looks."""
    from rich.console import Console  # rich takes 50 ms to import: only for those who look

    return Console(stderr=is_error, highlight=False)


@contextmanager
def progress_bar(told: str) -> "Iterator[Progress]":
    """A bar on standard error, gone at the end, and what moves it."""
    from rich.progress import Progress as Bar

    with Bar(console=console(is_error=True), transient=True) as bar:
        task = bar.add_task(told, total=None)

        def tell(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield tell


def annotation_object(annotation: Annotation | None) -> dict[str, object] | None:
    """What a person said of a mail, as JSON has it; never its features."""
    if annotation is None:
        return None
    statement = annotation.statement
    return {
        "category": statement.category.value if statement.category else None,
        "not_category": statement.not_category.value if statement.not_category else None,
        "source": annotation.source.value,
        "at": annotation.annotated_at,
        "is_read": bool(annotation.features),
    }


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
