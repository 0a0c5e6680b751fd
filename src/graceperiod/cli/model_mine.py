"""`graceperiod model train --mine`, `model back` and `model show`: a model that has learned from the user."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from graceperiod.adapters.corpus_jsonl import read_corpus
from graceperiod.adapters.model_folder import write_model
from graceperiod.adapters.model_npz import DEFAULT_NAME, NpzJudge, default_model
from graceperiod.adapters.training import COARSE, SklearnTrainer
from graceperiod.app.train_mine import TrainedMine, train_mine
from graceperiod.bootstrap import ledger, load_settings, model_shelf, settings_or_defaults
from graceperiod.cli.output import console, json_option, progress_bar, say
from graceperiod.core.annotation import Annotation
from graceperiod.core.comparison import Figures
from graceperiod.core.features import FEATURE_VERSION
from graceperiod.core.letter import Letter
from graceperiod.core.manifest import CARD_FILE, MANIFEST_FILE, WEIGHTS_FILE
from graceperiod.core.own_model_card import own_model_card
from graceperiod.errors import ModelError, SourceError, UserError
from graceperiod.settings import Settings

_FIGURES_FILE = "figures.json"
_LARGEST_FIGURES = 1024 * 1024
_NICENESS = 10
"""Chosen: whatever else the machine does comes first; nobody waits for a training."""

_ENTRY = "from graceperiod.cli import main; main()"
_TITLE = "Out of fold: the letters alone, and with your mails"
_STAYS = "The model in use stays the same."


def train_own(config: str | None, corpus_path: Path, *, as_json: bool) -> int:
    """Train in a child, and use the new model from then on if nothing got worse; 1 if it is not kept."""
    settings = load_settings(config)
    if settings.model_path is not None:
        msg = "the settings name a model ([model] path), which is used before any of yours: remove it first"
        raise UserError(msg)
    shelf = model_shelf(settings)
    shelf.use()  # what is broken is told before the work, not after it
    with shelf.training() as name:
        status, report = _in_child(config, corpus_path, name)
        if report is None:
            return status
        if report["kept"]:
            NpzJudge.load(shelf.path(name))
            shelf.take(name, at=datetime.now(UTC))
    if as_json:
        say(report)
    else:
        _show_report(report)
    return 0 if report["kept"] else 1


@click.command("learn", hidden=True)
@click.option("--corpus", "corpus_path", type=click.Path(path_type=Path), required=True)
@click.option("--name", required=True)
@click.pass_obj
def learn(config: str | None, *, corpus_path: Path, name: str) -> None:
    """Train, compare, and write the model if it is to be kept: what the child of `train --mine` does."""
    from graceperiod.cli.corpus import as_mail

    os.nice(_NICENESS)
    settings = load_settings(config)
    with ledger(settings, exclusive=False) as store:
        annotations = store.annotations()
    trained = train_mine(
        _letters(corpus_path),
        annotations,
        name=name,
        as_mail=as_mail,
        trainer=SklearnTrainer(tolerance=COARSE),
        shipped=NpzJudge.load(),
        progress=lambda done, total: say({"done": done, "of": total}),
    )
    report = _report(trained, annotations)
    if report["kept"]:
        write_model(model_shelf(settings).path(name), _files(trained, report))
    say({"report": report})


@click.command("back")
@click.option("--shipped", is_flag=True, help="To the model that ships, whatever came between.")
@json_option
@click.pass_obj
def back(config: str | None, *, shipped: bool, as_json: bool) -> None:
    """Go back to the model that was in use before; a running daemon follows at once.

    \b
    Example:   graceperiod model back
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    use = model_shelf(load_settings(config)).back(at=datetime.now(UTC), to_shipped=shipped)
    name = use.name or DEFAULT_NAME
    if as_json:
        say({"model": name, "is_own": use.name is not None, "since": use.since})
    else:
        click.echo(f"{name} is in use now.")


@click.command("show")
@json_option
@click.pass_obj
def show(config: str | None, *, as_json: bool) -> None:
    """Show which model is in use, since when, and how well it did.

    \b
    Example:   graceperiod model show
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    shown = _shown(settings_or_defaults(config))
    if as_json:
        say(shown)
    else:
        _show_model(shown)


def _in_child(config: str | None, corpus_path: Path, name: str) -> tuple[int, dict[str, Any] | None]:
    """The child's exit status and its report, None where it has none; what went wrong has been told then."""
    options = ["--config", config] if config else []
    command = [sys.executable, "-P", "-c", _ENTRY, *options, "model", "learn"]
    report: dict[str, Any] | None = None
    with subprocess.Popen(
        [*command, "--corpus", str(corpus_path.absolute()), "--name", name], stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            for line in _followed(child):
                report = line.get("report", report)
        except BaseException:
            child.kill()
            raise
    if child.returncode < 0:
        ended_by = signal.Signals(-child.returncode).name
        click.echo(f"graceperiod: The training was ended by {ended_by}. {_STAYS}", err=True)
    elif child.returncode:
        click.echo(_STAYS, err=True)
    is_done = child.returncode == 0 and report is not None
    return (child.returncode if child.returncode > 0 else 1), (report if is_done else None)


def _followed(child: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
    """What the child says, line by line, its progress shown on the way."""
    assert child.stdout is not None  # noqa: S101 - it is a pipe
    with progress_bar("Training") as progress:
        for line in child.stdout:
            said: object = None
            with suppress(ValueError):  # whatever a library prints is not for us
                said = json.loads(line)
            if isinstance(said, dict):
                if "done" in said:
                    progress(said["done"], said["of"])
                yield said


def _letters(path: Path) -> tuple[Letter, ...]:
    if not path.is_dir():
        msg = f"the corpus is not at {path}: install Graceperiod again, or name a copy of it with --corpus"
        raise SourceError(msg)
    return read_corpus(path).letters


def _report(trained: TrainedMine, annotations: tuple[Annotation, ...]) -> dict[str, Any]:
    return {
        "model": trained.manifest.name,
        "kept": not trained.worse,
        "worse": list(trained.worse),
        "own": trained.own,
        "own_not_read_yet": sum(a.feature_version != FEATURE_VERSION for a in annotations),
        "weight": trained.weight,
        "own_right_before": trained.own_right_before,
        "own_right_after": trained.own_right_after,
        "letters": trained.manifest.letters,
        "acting": {c.value: p for c, p in trained.manifest.thresholds.acting.items()},
        "old": _figures(trained.old),
        "new": _figures(trained.new),
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "acting": {
            category.value: {
                "right": score.right,
                "wrong": score.wrong,
                "missed": score.missed,
                "precision": round(score.precision, 4),
                "recall": round(score.recall, 4),
            }
            for category, score in figures.acting.items()
        },
        "ordinary": figures.ordinary,
        "good_news": figures.good_news,
    }


def _files(trained: TrainedMine, report: dict[str, Any]) -> dict[str, bytes]:
    right = (trained.own_right_before, trained.own_right_after)
    card = own_model_card(
        trained.manifest,
        own=trained.own,
        weight=trained.weight,
        old=trained.old,
        new=trained.new,
        right=right,
    )
    return {
        WEIGHTS_FILE: trained.weights,
        MANIFEST_FILE: trained.manifest.toml().encode(),
        CARD_FILE: card.encode(),
        _FIGURES_FILE: (json.dumps(report, indent=1) + "\n").encode(),
    }


def _shown(settings: Settings) -> dict[str, Any]:
    shelf = model_shelf(settings)
    problem: str | None = None
    use = None
    if settings.model_path is None:
        try:
            use = shelf.use()
        except ModelError as error:
            problem = str(error)
    path = settings.model_path or (shelf.path(use.name) if use and use.name else default_model())
    try:
        judge = NpzJudge.load(path)
    except ModelError as error:
        if use is None or use.name is None:
            raise
        problem, path = f"{use.name} is to be used, but the shipped model is: {error}", default_model()
        judge = NpzJudge.load(path)
    manifest = judge.manifest
    return {
        "model": manifest.name,
        "path": str(path),
        "is_own": path.parent == shelf.path("any").parent,
        "since": use.since if use else None,
        "before": list(use.before) if use else [],
        "letters": manifest.letters,
        "features": manifest.features,
        "feature_version": manifest.feature_version,
        "acting": {c.value: p for c, p in manifest.thresholds.acting.items()},
        "figures": _read_figures(path),
        "problem": problem,
    }


def _read_figures(path: Path) -> dict[str, Any] | None:
    """The report that a model of the user's own was kept with; None for others, which have a card."""
    with suppress(OSError, ValueError, RecursionError), (path / _FIGURES_FILE).open("rb") as file:
        found = json.loads(file.read(_LARGEST_FIGURES))
        return found if isinstance(found, dict) else None
    return None


def _show_report(report: dict[str, Any]) -> None:
    _show_figures(report)
    waiting = report["own_not_read_yet"]
    if waiting:
        click.echo(f"{waiting} more of your mails are read with the daemon's next look.")
    if report["kept"]:
        click.echo(f"Nothing got worse: {report['model']} is in use now. Back: graceperiod model back")
    else:
        click.echo(f"The new model was not kept. {_STAYS} What got worse:")
        for sentence in report["worse"]:
            click.echo(f"  {sentence}")


def _show_figures(report: dict[str, Any]) -> None:
    from rich.table import Table

    table = Table("acting on", box=None, pad_edge=False, title=_TITLE, title_justify="left")
    for column in ("precision", "recall", "now precision", "recall"):
        table.add_column(column, justify="right")
    for category, old in report["old"]["acting"].items():
        new = report["new"]["acting"][category]
        values = (old["precision"], old["recall"], new["precision"], new["recall"])
        table.add_row(category, *(f"{value:.3f}" for value in values))
    console().print(table)
    old, new = report["old"], report["new"]
    click.echo(
        f"Ordinary letters acted on: {old['ordinary']}, now {new['ordinary']}; offers, interviews and "
        f"assessments: {old['good_news']}, now {new['good_news']}.\n"
        f"Of {report['own']} mails of yours, {report['own_right_before']} were judged as you say, and "
        f"{report['own_right_after']} are now."
    )


def _show_model(shown: dict[str, Any]) -> None:
    whose = "trained on your mails too" if shown["is_own"] else "not trained on your mails"
    since = f", in use since {shown['since'].astimezone():%a %d %b %Y %H:%M}" if shown["since"] else ""
    click.echo(f"{shown['model']} ({whose}{since})\n{shown['path']}")
    if shown["problem"]:
        click.echo(f"Problem: {shown['problem']}")
    acting = ", ".join(f"{category} at {least:g}" for category, least in shown["acting"].items())
    click.echo(f"{shown['letters']:,} letters, {shown['features']:,} features; acts on {acting}")
    if shown["figures"]:
        _show_figures(shown["figures"])
    else:
        click.echo(f"How well it does: {Path(shown['path']) / CARD_FILE}")
    if shown["is_own"]:
        below = ", ".join((DEFAULT_NAME, *shown["before"]))
        click.echo(f"To go back to: {below}")
