"""A program that a test starts, and that ends with the test together with all that it started itself."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_process(command: Sequence[str], *, log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Run it in a session of its own; at the end that session is killed, as nothing in it is worth saving.

    Args:
        log: takes what it prints.
        environment: added to the test's.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command),
            env=os.environ | dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # it is our child, so the number is still its own
        process.wait(30)
