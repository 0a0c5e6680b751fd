"""The user's own models beside the store, and the one small file that says which is in use.

A model is in use from the moment that file is renamed into its place: a training that is killed, or a disk
that is full, leaves the old one (docs/decisions/0007).
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from graceperiod.core.model_use import ModelUse, number_of
from graceperiod.errors import ModelError

_POINTER = "in-use.json"
_LOCK = ".lock"
_LONGEST_POINTER = 64 * 1024


class ModelShelf:
    """The folder `models` of the local store.

    Args:
        folder: need not exist; it is made, for the user alone, when a model is first put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / _POINTER

    def path(self, name: str) -> Path:
        """The folder of the model with that name."""
        return self._folder / name

    def use(self) -> ModelUse:
        """What is in use.

        Raises:
            ModelError: the file that says so cannot be read; says how to mend it.
        """
        try:
            with self._pointer.open("rb") as file:
                return _parsed(json.loads(file.read(_LONGEST_POINTER)))
        except FileNotFoundError:
            return ModelUse()
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            msg = (
                f"{self._pointer} cannot be read, so it is not known which of your models is in use: "
                "`graceperiod model back --shipped` mends it"
            )
            raise ModelError(msg) from error

    def sign(self) -> object:
        """Something that is another as soon as another model is in use."""
        try:
            found = self._pointer.stat()
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size)

    @contextmanager
    def training(self) -> Iterator[str]:
        """The name for a new model, while nobody else trains; what a killed training left is cleared away.

        Raises:
            ModelError: another training is running, or the folder cannot be written.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)  # a model holds words of the user's mail
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(self._folder / _LOCK, flags, 0o600)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            _lock(descriptor)
            self._sweep_out()
            yield self._next_name()
        finally:
            os.close(descriptor)

    def take(self, name: str, *, at: datetime) -> ModelUse:
        """Use that model from now on; those that one cannot go back to are removed.

        Raises:
            ModelError: it could not be written down; the old one stays in use.
        """
        taken = self.use().then(name, at=at)
        self._write(taken)
        self._keep_only({name, *taken.before})
        return taken

    def back(self, *, at: datetime, to_shipped: bool) -> ModelUse:
        """Use the model before the one in use, or the one that ships.

        Raises:
            ModelError: there is none before it, or it could not be written down.
        """
        try:
            current = self.use()
        except ModelError:
            if not to_shipped:
                raise
            current = None
        if current is not None and current.name is None:
            raise ModelError("the model that ships is in use: there is none before it")
        taken = (current or ModelUse()).back(at=at, to_shipped=to_shipped)
        self._write(taken)
        return taken

    def _next_name(self) -> str:
        numbers = [number_of(entry.name) or 0 for entry in self._folder.iterdir()]
        with suppress(ModelError):  # one whose folder was lost is not to be mistaken for another
            use = self.use()
            numbers += [number_of(name) or 0 for name in (*use.before, use.name or "")]
        return f"mine-{max(numbers, default=0) + 1}"

    def _sweep_out(self) -> None:
        for entry in self._folder.iterdir():
            if entry.is_dir() and entry.name.startswith(".mine-"):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.startswith(f".{_POINTER}-"):
                entry.unlink(missing_ok=True)

    def _keep_only(self, names: set[str]) -> None:
        for entry in self._folder.iterdir():
            if number_of(entry.name) is not None and entry.name not in names:
                shutil.rmtree(entry, ignore_errors=True)

    def _write(self, use: ModelUse) -> None:
        text = json.dumps(
            {"model": use.name, "since": use.since and use.since.isoformat(), "before": use.before}
        )
        try:
            _fsync(self._folder)  # a model is on the disk before anything says that it is in use
            descriptor, name = tempfile.mkstemp(prefix=f".{_POINTER}-", dir=self._folder)
            beside = Path(name)
            try:
                with os.fdopen(descriptor, "w", encoding="ascii") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(self._pointer)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        with suppress(OSError):  # it is in use now; a crash may still bring the old one back, whole
            _fsync(self._folder)

    def _unwritable(self, error: OSError) -> ModelError:
        return ModelError(
            f"{self._folder} cannot be written ({error.strerror or error}); the model in use stays the same"
        )


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ModelError("another training of your own model is running: wait for it to end") from error


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parsed(row: object) -> ModelUse:
    """What `_write` wrote; raises ValueError, KeyError or TypeError for anything else."""
    if not isinstance(row, dict):
        msg = "not an object"
        raise TypeError(msg)
    name, since, before = row["model"], row["since"], tuple(row["before"])
    if any(number_of(one) is None for one in (*before, *([] if name is None else [name]))):
        msg = "not the name of a model"
        raise ValueError(msg)
    instant = None if since is None else datetime.fromisoformat(since)
    if instant is not None and instant.tzinfo is None:
        msg = "an instant without a time zone"
        raise ValueError(msg)
    return ModelUse(name=name, since=instant, before=before)
