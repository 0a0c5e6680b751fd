"""Writes a model folder so that there is always a whole one: beside it first, then in its place."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from graceperiod.core.manifest import CARD_FILE, MANIFEST_FILE, PLOTS, REFERENCE_FILE, WEIGHTS_FILE
from graceperiod.errors import ModelError

_OURS = frozenset({WEIGHTS_FILE, MANIFEST_FILE, CARD_FILE, REFERENCE_FILE, *PLOTS})


def write_model(path: Path, files: Mapping[str, bytes]) -> None:
    """Put the files into the folder, replacing the model that is there.

    Raises:
        ModelError: the folder holds something else, or cannot be written.
    """
    path = path.resolve()
    try:
        _refuse_strangers(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
        try:
            for name, content in files.items():
                _write(beside / name, content)
            beside.chmod(0o755)
            _replace(path, beside)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise ModelError(f"{path} cannot be written: {error.strerror or error}") from error


def _refuse_strangers(path: Path) -> None:
    if not path.exists():
        return
    strangers = sorted(entry.name for entry in path.iterdir() if entry.name not in _OURS)
    if strangers:
        raise ModelError(f"{path} holds {strangers[0]}, which is no part of a model; name another folder")


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, beside: Path) -> None:
    """There is no way to swap two folders everywhere: the old one steps aside and comes back on failure."""
    if not path.exists():
        beside.rename(path)
        return
    aside = path.with_name(f".{path.name}-replaced-{os.getpid()}")
    path.rename(aside)
    try:
        beside.rename(path)
    except OSError:
        aside.rename(path)
        raise
    shutil.rmtree(aside, ignore_errors=True)
