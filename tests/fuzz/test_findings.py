"""What fuzzing found stays found: each input that broke a promise or took too long, and the seeds, once more."""

import time
from pathlib import Path

import pytest

from fuzz.seeds import SEEDS
from fuzz.targets import MOST_S, TARGETS

FINDINGS = Path(__file__).parent / "findings"
FOUND = sorted(path.relative_to(FINDINGS).as_posix() for path in FINDINGS.glob("*/*"))


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_no_finding_any_more(name: str) -> None:
    octets = (FINDINGS / name).read_bytes()
    started = time.process_time()
    TARGETS[name.partition("/")[0]](octets)
    assert time.process_time() - started < 2 * MOST_S  # twice the aim: a slow machine


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_seeds_that_pass_it(target: str) -> None:
    assert SEEDS[target]
    for seed in SEEDS[target]:
        TARGETS[target](seed)
