"""One writer for each store: an flock that the system drops with the process, however that ends."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from graceperiod.errors import LedgerBusy, LedgerError


class StoreLock:
    """Holds `<store>.lock` until it is released or the process ends.

    The lock file stays where it is: removing it would let two processes lock two files of the same name.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, store: Path) -> "StoreLock":
        """The lock of that store, with our process number written into it.

        Raises:
            LedgerBusy: another process has it; names that process.
            LedgerError: the lock file cannot be written.
        """
        path = Path(f"{store}.lock")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            msg = f"{path} cannot be written ({error.strerror}). Graceperiod needs it beside its store"
            raise LedgerError(msg) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.fchmod(descriptor, 0o600)
            _write_pid(descriptor)
        except BlockingIOError as error:
            holder = _pid(descriptor)
            os.close(descriptor)
            msg = f"{store} is open in another Graceperiod (process {holder}). Stop that one first"
            raise LedgerBusy(msg) from error
        except OSError as error:
            os.close(descriptor)
            msg = f"{path} cannot be locked ({error.strerror}). Put the store on a local disk with free space"
            raise LedgerError(msg) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let the next process have the store; never raises, and may be called again."""
        if self._descriptor is None:
            return
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None


def _write_pid(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)


def _pid(descriptor: int) -> str:
    """The process number in the lock file, `unknown` where it is just being written."""
    text = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
    return text if text.isdecimal() else "unknown"
