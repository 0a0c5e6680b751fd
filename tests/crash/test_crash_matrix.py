"""A sample of the crash matrix (`make crash-matrix` is the whole): every scenario, disturbed at a few places."""

import random
from pathlib import Path

import pytest

from crash.disturbed import Counts, Place
from crash.matrix import disturbed, faults, undisturbed
from crash.scenarios import SCENARIOS
from dovecot import Dovecot

SAMPLE = 9
"""Places a scenario; with all scenarios some 300 runs."""


@pytest.mark.server
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_life_that_is_disturbed_anywhere_ends_as_if_it_had_not_been(
    name: str, dovecot: Dovecot, tmp_path: Path
) -> None:
    expected, counts = undisturbed(name, dovecot.port, tmp_path)
    every = list(faults(SCENARIOS[name], counts, set()))
    for fault in random.Random(name).sample(every, SAMPLE):
        run = disturbed(name, dovecot.port, tmp_path, fault, expected)
        assert run.failure == "", f"{fault}: {run.failure}"


def test_every_place_of_every_sweep_is_disturbed_once_in_whatever_scenario_comes_first() -> None:
    scenario = SCENARIOS["released and sent"]
    counts = (Counts(ledger=2, commands=3, responses=4), Counts(ledger=0, commands=0, responses=0))
    seen: set[tuple[object, ...]] = set()
    found = list(faults(scenario, (*counts, counts[1]), seen))
    assert len(found) == 2 + 2 * 3 + 6 * 4
    assert {fault.place for fault in found} == set(Place)
    assert {(fault.sweep, fault.number) for fault in found if fault.place is Place.CUT_WITHIN} == {
        (0, n) for n in (1, 2, 3, 4)
    }
    assert list(faults(scenario, (*counts, counts[1]), seen)) == []
