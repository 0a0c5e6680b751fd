"""What the commands around the corpus have in common: where it is and how its letters are read."""

from pathlib import Path

import click

from graceperiod.adapters.corpus_jsonl import Corpus, read_corpus
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.model_npz import default_model
from graceperiod.core.letter import Letter
from graceperiod.core.mail import Mail
from graceperiod.errors import SourceError

SHOWN = 20
"""Rows of a kind of trouble that a person is shown; the JSON has them all."""

_READER = MimeReader()


def _default_corpus() -> Path:
    return default_model().parent / "corpus"


corpus_option = click.option(
    "--corpus",
    "corpus_path",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=_default_corpus,
    show_default="models/corpus of the checkout",
    help="Folder with <language>/<category>.jsonl in it.",
)


def sound_corpus(path: Path) -> Corpus:
    """The corpus in a folder.

    Raises:
        SourceError: there is none, or it has problems that must be put right.
    """
    corpus = read_corpus(path)
    if corpus.problems:
        more = f"\nand {len(corpus.problems) - SHOWN} more" if len(corpus.problems) > SHOWN else ""
        raise SourceError(f"{path} must be put right:\n" + "\n".join(corpus.problems[:SHOWN]) + more)
    return corpus


def as_mail(letter: Letter) -> Mail:
    """The letter, read as `classify --jsonl` reads a mail; its language plays no part in training."""
    return _READER.from_fields(
        subject=letter.subject, sender=letter.sender, body=letter.body, headers=letter.headers
    )
