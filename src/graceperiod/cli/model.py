"""`graceperiod model`: the classifier's corpus and training."""

from pathlib import Path

import click

from graceperiod.adapters.corpus_jsonl import Corpus
from graceperiod.adapters.model_folder import write_model
from graceperiod.adapters.model_npz import DEFAULT_NAME, default_model
from graceperiod.adapters.training import SklearnTrainer
from graceperiod.app.train import Trained, train
from graceperiod.cli.corpus import as_mail, corpus_option, sound_corpus
from graceperiod.cli.model_check import check
from graceperiod.cli.model_evaluate import evaluate_command
from graceperiod.cli.model_mine import back, learn, show, train_own
from graceperiod.cli.output import console, json_option, progress_bar, say
from graceperiod.core.evaluation import at_acting, at_argmax
from graceperiod.core.scores import Score


@click.group()
def model() -> None:
    """Check the corpus of letters, train the classifier on it, and measure how good it is."""


model.add_command(back)
model.add_command(check)
model.add_command(evaluate_command)
model.add_command(learn)
model.add_command(show)


@model.command("train")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=default_model,
    show_default=f"models/{DEFAULT_NAME}",
    help="Model folder to write; a model that is there is replaced.",
)
@click.option(
    "--mine",
    is_flag=True,
    help="With the mails that you annotated or changed the marks of; used from then on if nothing got worse.",
)
@corpus_option
@json_option
@click.pass_obj
def train_command(
    config: str | None, *, out: Path, mine: bool, corpus_path: Path, as_json: bool
) -> int | None:
    """Train the model on the corpus alone; the same corpus gives the same bytes.

    With --mine a model of your own, beside your store, which is kept only if nothing got worse.

    \b
    Example:   graceperiod model train --out /tmp/model
               graceperiod model train --mine
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    if mine:
        return train_own(config, corpus_path, as_json=as_json)
    trained = _train(sound_corpus(corpus_path), out.resolve().name)
    write_model(out, trained.files)
    if as_json:
        say(_summary(trained, out))
    else:
        _show_scores(trained, out)
    return None


def _train(corpus: Corpus, name: str) -> Trained:
    trainer = SklearnTrainer()
    with progress_bar("Training") as progress:
        return train(corpus.letters, name=name, as_mail=as_mail, trainer=trainer, progress=progress)


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
