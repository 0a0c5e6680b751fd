"""The crash matrix: every scenario, disturbed at every place, resumed, and compared with its undisturbed end.

    python tests/crash/matrix.py [--sample N] [--only TEXT] [--jobs 2] [--json]

Each scenario runs once to count its places: every write of the ledger, every command and every response of each
sweep. Then it runs again with the process killed (SIGKILL) after each write and each command, before and after the
answer to it, and with the connection cut, stalled and split before, within and after each response. It is resumed
and must end as if nothing had been; a second resume must change nothing. Exit status 1 if any run does not.
"""

import argparse
import json
import multiprocessing
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crash.disturbed import Counts, Place
from crash.outcome import Outcome, outcome, uids
from crash.scenarios import SCENARIOS, Scenario, sweep
from crash.world import Fault, World
from dovecot import is_installed, running

_PLACES_OF = {
    "ledger": (Place.LEDGER,),
    "commands": (Place.SENT, Place.DONE),
    "responses": (
        Place.CUT_BEFORE,
        Place.CUT_WITHIN,
        Place.CUT_AFTER,
        Place.STALL_BEFORE,
        Place.STALL_WITHIN,
        Place.SPLIT,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One disturbed run of a scenario, and what went wrong in it; empty if nothing did.

    Args:
        is_struck: whether the fault came about.
    """

    scenario: str
    fault: Fault
    failure: str = ""
    is_struck: bool = True


def undisturbed(name: str, port: int, folder: Path) -> tuple[Outcome, tuple[Counts, ...]]:
    """How the scenario ends, and the places of its sweeps."""
    world = _world(name, port, folder, None)
    try:
        _play(world, SCENARIOS[name])
        ends = tuple(hold.state for hold in world.holds())
        assert ends == SCENARIOS[name].ends, f"{name}: {ends}"
        found = outcome(world)
        assert len(found.drafts) == SCENARIOS[name].drafts, f"{name}: {len(found.drafts)} drafts"
        assert not found.pending, f"{name}: something is left undone"
        return found, tuple(world.counts)
    finally:
        world.close()


def faults(scenario: Scenario, counts: Sequence[Counts], seen: set[tuple[object, ...]]) -> Iterator[Fault]:
    """Every fault of a scenario, in order.

    Args:
        seen: histories up to a sweep that had their faults in an earlier scenario, and are left out here.
    """
    ends = [n for n, act in enumerate(scenario.acts) if act is sweep]
    for number, (end, counted) in enumerate(zip(ends, counts, strict=True)):
        history = (scenario.seal, *scenario.acts[: end + 1])
        if history in seen:
            continue
        seen.add(history)
        for what, places in _PLACES_OF.items():
            for place in places:
                for n in range(1, getattr(counted, what) + 1):
                    yield Fault(sweep=number, place=place, number=n)


def disturbed(name: str, port: int, folder: Path, fault: Fault, expected: Outcome) -> Run:
    """The scenario with that fault, resumed, compared, resumed again and compared again."""
    world = _world(name, port, folder, fault)
    try:
        _play(world, SCENARIOS[name])
        difference = _difference(expected, outcome(world))
        if difference:
            return Run(scenario=name, fault=fault, failure=difference)
        before = uids(world)
        world.sweep()
        if _difference(expected, outcome(world)) or uids(world) != before:
            return Run(scenario=name, fault=fault, failure="a second resume changes something")
        return Run(scenario=name, fault=fault, is_struck=world.is_struck)
    except Exception as error:  # whatever it is: that is what is looked for
        *_, last = traceback.extract_tb(error.__traceback__)
        said = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {error}"
        return Run(scenario=name, fault=fault, failure=said)
    finally:
        world.close()


def _world(name: str, port: int, folder: Path, fault: Fault | None) -> World:
    return World(port, folder / uuid.uuid4().hex, seal=SCENARIOS[name].seal, fault=fault)


def _play(world: World, scenario: Scenario) -> None:
    for act in scenario.acts:
        act(world)


def _difference(expected: Outcome, found: Outcome) -> str:
    for name in Outcome.__dataclass_fields__:
        wanted, got = getattr(expected, name), getattr(found, name)
        if wanted != got:
            return f"{name}: {_short(got, wanted)} for {_short(wanted, got)}"
    return ""


def _short(one: object, other: object) -> str:
    if isinstance(one, tuple) and isinstance(other, tuple):
        odd = [item for item in one if item not in other]
        return f"{len(one)} ({', '.join(map(repr, odd))[:400]})"
    return repr(one)[:400]


# -- the whole of it ----------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--sample", type=int, help="so many runs, spread evenly; all if left out")
    parser.add_argument("--only", default="", help="scenarios with this in their name")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a run that failed, and the table"
    )
    given = parser.parse_args()
    if not is_installed():
        print("Dovecot is not installed (Debian: apt-get install dovecot-imapd)", file=sys.stderr)
        return 2
    names = [name for name in SCENARIOS if given.only in name]
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="graceperiod-") as root, running(Path(root)) as server:
        folder = Path(tempfile.mkdtemp(prefix="graceperiod-crash-", dir=memory))
        try:
            runs: list[Run] = []
            try:
                runs.extend(_all(names, server.port, folder, given))
            except KeyboardInterrupt:
                print("Stopped: what follows is what was done.", file=sys.stderr)
            return _show(runs, as_json=given.json)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _all(names: Sequence[str], port: int, folder: Path, given: argparse.Namespace) -> Iterator[Run]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    pool = ProcessPoolExecutor(given.jobs, mp_context=multiprocessing.get_context("forkserver"))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with pool, Progress(*columns, console=Console(stderr=True)) as progress:
        counting = progress.add_task("undisturbed", total=len(names))
        expected: dict[str, Outcome] = {}
        points: list[tuple[str, Fault]] = []
        seen: set[tuple[object, ...]] = set()
        for name, found in zip(
            names, pool.map(undisturbed, names, [port] * len(names), [folder] * len(names)), strict=True
        ):
            expected[name] = found[0]
            points += [(name, fault) for fault in faults(SCENARIOS[name], found[1], seen)]
            progress.advance(counting)
        progress.console.print(f"{len(points):,} points in {len(names)} scenarios")
        random.Random(given.seed).shuffle(
            points
        )  # so that a sample, or what was done until Ctrl-C, is of all
        points = points[: given.sample]
        task = progress.add_task("disturbed", total=len(points))
        failed = 0
        waiting = [pool.submit(disturbed, n, port, folder, fault, expected[n]) for n, fault in points]
        try:
            for done in as_completed(waiting):
                run = done.result()
                if run.failure:
                    failed += 1
                    progress.console.print(f"[{run.scenario}] {run.fault}: {run.failure}", markup=False)
                progress.update(task, advance=1, description=f"disturbed, {failed} failed")
                yield run
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _show(runs: Sequence[Run], *, as_json: bool) -> int:
    missed = sum(not run.is_struck for run in runs)
    runs = [run for run in runs if run.is_struck]
    counts = Counter((run.scenario, run.fault.place) for run in runs)
    failed = [run for run in runs if run.failure]
    failures = Counter(run.scenario for run in failed)
    if as_json:
        for run in failed:
            print(json.dumps({"scenario": run.scenario, "fault": str(run.fault), "failure": run.failure}))
    scenarios = list(dict.fromkeys(name for name in SCENARIOS if any(n == name for n, _ in counts)))
    kinds = {
        "ledger": (Place.LEDGER,),
        "killed": (Place.SENT, Place.DONE),
        "cut": (Place.CUT_BEFORE, Place.CUT_WITHIN, Place.CUT_AFTER),
        "stalled": (Place.STALL_BEFORE, Place.STALL_WITHIN),
        "split": (Place.SPLIT,),
    }
    if as_json:
        found = {"scenarios": len(scenarios), "points": len(runs), "failures": len(failed), "missed": missed}
        print(json.dumps(found))
        return 1 if failed else 0
    print(f"{'scenario':48}" + "".join(f"{kind:>9}" for kind in (*kinds, "all", "failed")))
    for name in scenarios:
        row = [sum(counts[name, place] for place in places) for places in kinds.values()]
        print(f"{name:48}" + "".join(f"{n:9,}" for n in (*row, sum(row), failures[name])))
    print(f"\n{len(scenarios)} scenarios, {len(runs):,} points, {len(failed)} failures")
    if missed:
        print(f"{missed:,} runs more did not get to their point, and ended as if undisturbed")
    return 1 if failed else 0


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    multiprocessing.set_start_method("forkserver")
    began = time.monotonic()
    status = main()
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    raise SystemExit(status)
