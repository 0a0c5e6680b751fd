"""Fuzzes one target with atheris and keeps what it finds; see CONTRIBUTING.md.

    python tests/fuzz/run.py TARGET [--seconds 60] [--out FOLDER] [--largest 16384]

atheris is not among the locked dependencies (it has no build for every Python and system that we run on): install
it into an environment of its own. An input that breaks a promise, or takes more than 250 ms of processor time, is
written to FOLDER/found; put it, made small, into tests/fuzz/findings/TARGET/.
"""

import argparse
import gc
import hashlib
import random
import sys
import time
import traceback
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["graceperiod", "mailparser", "email", "imapclient.response_parser"]):
    from fuzz import seeds, targets


def mutated(octets: bytes, most: int, seed: int) -> bytes:
    """As libFuzzer would, and now and then with a piece said over and over: what takes time in the square."""
    chance = random.Random(seed)
    if not octets or chance.random() < 0.85:
        changed: bytes = atheris.Mutate(octets, most)
        return changed
    start = chance.randrange(len(octets))
    piece = octets[start : start + chance.randint(1, 12)]
    return (octets[:start] + piece * (chance.randrange(most) // len(piece)) + octets[start:])[:most]


class Keeper:
    """Runs a target and writes what it finds, one input for each place where it goes wrong."""

    def __init__(self, target: str, found: Path) -> None:
        self._run = targets.TARGETS[target]
        self._found = found
        self._places: set[str] = set()
        found.mkdir(parents=True, exist_ok=True)

    def __call__(self, octets: bytes) -> None:
        try:
            started = time.process_time()
            self._run(octets)
            if time.process_time() - started > targets.MOST_S:
                self._confirm_slow(octets)
        except Exception as error:  # whatever it is: that is what is looked for
            *_, last = traceback.extract_tb(error.__traceback__)
            place = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
            self._keep(octets, place, ascii(str(error))[:200])

    def _confirm_slow(self, octets: bytes) -> None:
        gc.collect()
        started = time.process_time()
        self._run(octets)
        taken_s = time.process_time() - started
        if taken_s > targets.MOST_S:
            self._keep(octets, f"slow {len(octets) // 1000} KB", f"{taken_s:.2f} s")

    def _keep(self, octets: bytes, place: str, more: str) -> None:
        if place in self._places:
            return
        self._places.add(place)
        file = self._found / hashlib.sha256(octets).hexdigest()[:12]
        file.write_bytes(octets)
        print(f"FOUND {place} {more} -> {file}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("target", choices=targets.TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--largest", type=int, default=16_384, help="octets of an input")
    parser.add_argument("--out", type=Path, default=Path("fuzz-out"))
    given = parser.parse_args()
    corpus, words = seeds.write(given.out, given.target)
    limits = [f"-max_total_time={given.seconds}", f"-max_len={given.largest}", "-timeout=30"]
    limits += [f"-artifact_prefix={given.out}/", "-report_slow_units=60"]
    keeper = Keeper(given.target, given.out / "found" / given.target)
    atheris.Setup(["fuzz", *limits, f"-dict={words}", str(corpus)], keeper, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
