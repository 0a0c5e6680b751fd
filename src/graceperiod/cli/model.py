"""`graceperiod model`: the classifier's corpus and training."""

from pathlib import Path

import click

from graceperiod.adapters.corpus_jsonl import Corpus, read_corpus
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.model_folder import write_model
from graceperiod.adapters.model_npz import DEFAULT_NAME, default_model
from graceperiod.adapters.training import SklearnTrainer
from graceperiod.app.train import Trained, train
from graceperiod.cli.output import console, json_option, say
from graceperiod.core.category import Category
from graceperiod.core.corpus_report import CorpusReport, corpus_report
from graceperiod.core.evaluation import at_acting, at_argmax
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail
from graceperiod.core.scores import Score
from graceperiod.errors import SourceError

_SHOWN = 20
"""Rows of a kind of trouble that a person is shown; the JSON has them all."""


def _default_corpus() -> Path:
    return default_model().parent / "corpus"


_corpus_option = click.option(
    "--corpus",
    "corpus_path",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=_default_corpus,
    show_default="models/corpus of the checkout",
    help="Folder with <language>/<category>.jsonl in it.",
)


@click.group()
def model() -> None:
    """Check the corpus of letters and train the classifier on it."""


@model.command("train")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=default_model,
    show_default=f"models/{DEFAULT_NAME}",
    help="Model folder to write; a model that is there is replaced.",
)
@_corpus_option
@json_option
def train_command(*, out: Path, corpus_path: Path, as_json: bool) -> None:
    """Train the model on the corpus alone; the same corpus gives the same bytes.

    \b
    Example:   graceperiod model train --out /tmp/model
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    corpus = read_corpus(corpus_path)
    _refuse_problems(corpus, corpus_path)
    trained = _train(corpus, out.resolve().name)
    write_model(out, trained.files)
    if as_json:
        say(_summary(trained, out))
    else:
        _show_scores(trained, out)


@model.command("check")
@_corpus_option
@json_option
def check(*, corpus_path: Path, as_json: bool) -> int:
    """Report problems, near-duplicates and repeated sentences of the corpus; exit status 1 if it needs work.

    \b
    Example:   graceperiod model check
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    corpus = read_corpus(corpus_path)
    report = corpus_report(corpus.letters, corpus.problems)
    if as_json:
        _say_report(report)
    else:
        _show_report(report)
    return 0 if report.is_clean else 1


def as_mail(letter: Letter) -> Mail:
    """The letter, read as `classify --jsonl` reads a mail; its language plays no part in training."""
    return _READER.from_fields(
        subject=letter.subject, sender=letter.sender, body=letter.body, headers=letter.headers
    )


_READER = MimeReader()


def _refuse_problems(corpus: Corpus, path: Path) -> None:
    if corpus.problems:
        more = f"\nand {len(corpus.problems) - _SHOWN} more" if len(corpus.problems) > _SHOWN else ""
        raise SourceError(f"{path} must be put right:\n" + "\n".join(corpus.problems[:_SHOWN]) + more)


def _train(corpus: Corpus, name: str) -> Trained:
    from rich.progress import Progress

    trainer = SklearnTrainer()
    with Progress(console=console(is_error=True), transient=True) as bar:
        task = bar.add_task("Training", total=None)
        return train(
            corpus.letters,
            name=name,
            as_mail=as_mail,
            trainer=trainer,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _summary(trained: Trained, out: Path) -> dict[str, object]:
    manifest = trained.manifest
    return {
        "model": manifest.name,
        "path": str(out),
        "letters": manifest.letters,
        "features": manifest.features,
        "temperature": manifest.temperature,
        "acting": {c.value: p for c, p in manifest.thresholds.acting.items()},
        "unsure": manifest.thresholds.unsure,
        "weights_sha256": manifest.weights_sha256,
        "scores": {c.value: _score(s) for c, s in at_argmax(trained.judged).items()},
    }


def _score(score: Score) -> dict[str, float]:
    return {
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _show_scores(trained: Trained, out: Path) -> None:
    from rich.table import Table

    acting = at_acting(trained.judged, trained.manifest.thresholds)
    table = Table("category", title="Out of fold", title_justify="left", box=None, pad_edge=False)
    for column in ("letters", "precision", "recall", "F1", "acts at", "precision", "recall"):
        table.add_column(column, justify="right")
    for category, s in at_argmax(trained.judged).items():
        least = trained.manifest.thresholds.acting.get(category)
        a = acting[category]
        acts = ("", "", "") if least is None else (f"{least:g}", f"{a.precision:.3f}", f"{a.recall:.3f}")
        counts = (str(s.right + s.missed), f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}")
        table.add_row(category, *counts, *acts)
    screen = console()
    screen.print(table)
    screen.print(
        f"{trained.manifest.name}, {trained.manifest.features:,} features, is in {out}", soft_wrap=True
    )


def _say_report(report: CorpusReport) -> None:
    for (language, category), count in sorted(report.counts.items()):
        say({"kind": "count", "language": language, "category": category.value, "letters": count})
    for problem in report.problems:
        say({"kind": "problem", "problem": problem})
    for pair in report.duplicates:
        say({"kind": "duplicate", "ids": [pair.first, pair.second], "share": round(pair.share, 3)})
    for sentence, count in report.repeated:
        say({"kind": "repeated", "sentence": sentence, "letters": count})


def _show_report(report: CorpusReport) -> None:
    from rich.table import Table

    languages = sorted({language for language, _ in report.counts})
    table = Table("category", box=None, pad_edge=False)
    for language in (*languages, "all"):
        table.add_column(language, justify="right")
    for category in Category:
        row = [report.counts.get((language, category), 0) for language in languages]
        table.add_row(category, *map(str, row), str(sum(row)))
    totals = [sum(n for (language, _), n in report.counts.items() if language == of) for of in languages]
    table.add_section()
    table.add_row("all", *map(str, totals), str(sum(totals)))
    screen = console()
    screen.print(table)
    _list("Problems", report.problems)
    _list("Near-duplicates", [f"{d.first} and {d.second} share {d.share:.0%}" for d in report.duplicates])
    _list("Sentences in many letters", [f"{n} letters: {said}" for said, n in report.repeated])


def _list(title: str, lines: "tuple[str, ...] | list[str]") -> None:
    click.echo(f"\n{title}: {len(lines) or 'none'}")
    for line in lines[:_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > _SHOWN:
        click.echo(f"  and {len(lines) - _SHOWN} more")
