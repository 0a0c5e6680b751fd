"""`graceperiod model evaluate`: how good the classifier is, on a file or out of fold on the corpus."""

from pathlib import Path

import click

from graceperiod.adapters.known_mail_jsonl import read_known_mail
from graceperiod.adapters.language import detect
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.model_npz import NpzJudge
from graceperiod.adapters.training import SklearnTrainer
from graceperiod.app.evaluate import evaluate
from graceperiod.app.out_of_fold import FOLDS
from graceperiod.app.train import cross_validated
from graceperiod.bootstrap import model_shelf, settings_or_defaults
from graceperiod.cli.corpus import as_mail, corpus_option, sound_corpus
from graceperiod.cli.evaluation_output import Evaluation, say_evaluation, show_evaluation
from graceperiod.cli.output import json_option, progress_bar
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail


@click.command("evaluate")
@click.argument("file", required=False, metavar="[FILE.jsonl]", type=click.Path(path_type=Path))
@click.option(
    "--model",
    "model_path",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Another model folder than the one in use; with FILE only.",
)
@corpus_option
@json_option
@click.pass_obj
def evaluate_command(
    config: str | None, *, file: Path | None, model_path: Path | None, corpus_path: Path, as_json: bool
) -> int:
    """Measure the classifier, beside a list of phrases as job trackers have them. Changes nothing.

    With FILE: the model in use on mails whose category you know. A line of FILE is
    {"id", "language", "subject", "from", "body", "category"}; `lang` is read as language, `unsure` mails are
    left out, and lines that cannot be used are told with their number (exit status 1). The source of a mail
    is its id without what stands after the last `-`: `club-17` and `club-x` are both from `club`. Only counts
    and ids are shown, never text.

    Without FILE: cross-validation on the corpus, which needs the `train` extra and a minute or two. No letter
    is judged by a model that has seen it, one that is related to it, or one of its skeleton or its invented
    sender. Temperature and thresholds of each fold are chosen on the other folds.

    Intervals are of 95 % (Wilson). `likeliest` counts the likeliest category, `half` the same from 0.5 on,
    `acting` what would be acted on, `phrases` the list of phrases. People are shown rejections by language
    and source; --json has every category of each.

    \b
    Example:   graceperiod model evaluate my-mail.jsonl
               graceperiod model evaluate --json > out-of-fold.jsonl
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    if file is None and model_path is not None:
        raise click.UsageError("--model judges the mails of a FILE; without one, models are trained")
    found = _on_file(file, _model(config, model_path)) if file else _out_of_fold(corpus_path)
    output = say_evaluation if as_json else show_evaluation
    output(found)
    return int(bool(found.problems))


def _model(config: str | None, path: Path | None) -> NpzJudge:
    """The named one, else that of the settings, else the user's own in use, else the shipped one."""
    if path is not None:
        return NpzJudge.load(path)
    settings = settings_or_defaults(config)
    if settings.model_path is not None:
        return NpzJudge.load(settings.model_path)
    shelf = model_shelf(settings)
    own = shelf.use().name
    return NpzJudge.load(shelf.path(own) if own else None)


def _on_file(file: Path, judge: NpzJudge) -> Evaluation:
    known = read_known_mail(file)
    reader = MimeReader(detect=detect)

    def read(letter: Letter) -> Mail:
        return reader.from_fields(
            subject=letter.subject, sender=letter.sender, body=letter.body, headers=letter.headers
        )

    with progress_bar("Judging") as progress:
        evaluated, unread = evaluate(
            known.letters,
            as_mail=read,
            probabilities=judge.probabilities,
            thresholds=judge.manifest.thresholds,
            progress=progress,
        )
    return Evaluation(
        model=judge.model,
        on=str(file),
        thresholds="those of the model",
        evaluated=evaluated,
        unsure=known.unsure,
        problems=(*known.problems, *unread),
        has_sources=True,
    )


def _out_of_fold(corpus_path: Path) -> Evaluation:
    trainer = SklearnTrainer()
    corpus = sound_corpus(corpus_path)
    with progress_bar("Training") as progress:
        evaluated = cross_validated(corpus.letters, as_mail=as_mail, trainer=trainer, progress=progress)
    return Evaluation(
        model=f"{FOLDS} models out of fold",
        on=str(corpus_path),
        thresholds="of each fold those that were chosen on the other folds",
        evaluated=evaluated,
    )
