"""The stage and the sink that every client is tried with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clients.life_with_a_client import Life
from clients.smtp_sink import open_sink
from dovecot import Dovecot
from stage import Stage


@pytest.fixture
def life(dovecot: Dovecot, tmp_path: Path) -> Iterator[Life]:
    stage = Stage(dovecot, tmp_path)
    with open_sink() as sink:
        yield Life(stage, sink)
    stage.close()
