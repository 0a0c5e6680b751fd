"""Messages a second, peak memory and cold start: Graceperiod, the scikit-learn it came from, and bogofilter.

    python benchmarks/classify/speed.py [--corpus FOLDER] [--rounds 3] [--json]

All learn from the same four fifths of the corpus (bogofilter: rejections against the rest) and judge the other fifth,
in which nothing is like what they learned. Training is not timed. Every contender runs in a process of its own.
Cold: from the start of a process to the verdict on one mail.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from contenders import CONTENDERS, LEAST_S, peak_mib

CORPUS = Path(__file__).resolve().parents[2] / "models" / "corpus"
COLD_STARTS = 5
BOGOFILTER = "bogofilter"
BASE = "graceperiod-mime"
SAID = {
    "graceperiod": "graceperiod, mail already read, with evidence",
    "graceperiod-mime": "graceperiod, from the file: MIME, language, evidence",
    "sklearn-same": "scikit-learn, same features and weights, one by one",
    "sklearn-same-batch": "scikit-learn, same features and weights, in one batch",
    "sklearn-usual": "scikit-learn, TF-IDF of the plain text, one by one",
    "sklearn-usual-batch": "scikit-learn, TF-IDF of the plain text, in one batch",
    BOGOFILTER: "bogofilter, from the file, one process for all",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one contender did; `per_s` and its spread over the rounds, `cold_ms` the median of the starts."""

    contender: str
    per_s: float
    per_s_lowest: float
    per_s_highest: float
    cold_ms: float
    peak_mib: float
    precision: float
    recall: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    has_bogofilter = shutil.which(BOGOFILTER) is not None
    if not has_bogofilter:
        print("bogofilter is not installed (Debian: apt-get install bogofilter): left out", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("Training, untimed ...", file=sys.stderr)
        setting = ran("prepare", str(given.corpus), name)
        truths = setting.pop("truths")
        names = [*CONTENDERS, *([BOGOFILTER] if has_bogofilter else [])]
        rounds = [[once(contender, folder) for contender in names] for _ in range(given.rounds)]
        setting["two_kb"] = ran("two-kb", name)
        cold = [[cold_s(contender, folder) for contender in names] for _ in range(COLD_STARTS)]
        rows = [
            row(contender, [r[n] for r in rounds], [c[n] for c in cold], truths)
            for n, contender in enumerate(names)
        ]
    setting |= {"judged": len(truths), "rejections": sum(truths)}
    print(json.dumps({**setting, "contenders": [asdict(r) for r in rows]})) if given.json else show(
        setting, rows
    )
    return 0


def ran(*arguments: str) -> dict[str, object]:
    command = [sys.executable, str(Path(__file__).with_name("contenders.py")), *arguments]
    found: dict[str, object] = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
    return found


def once(contender: str, folder: Path) -> dict[str, object]:
    return bogofilter(folder, LEAST_S) if contender == BOGOFILTER else ran(contender, str(folder))


def cold_s(contender: str, folder: Path) -> float:
    started = time.perf_counter()
    if contender == BOGOFILTER:
        bogofilter(folder, 0)
    else:
        ran(contender, str(folder), "--one")
    return time.perf_counter() - started


def bogofilter(folder: Path, least_s: float) -> dict[str, object]:
    """Names of files in, verdicts out, by one process; repeated until that takes long enough to be measured.

    Without a time, it is given one mail: a cold start.
    """
    import pickle

    items = pickle.loads((folder / ("held.pickle" if least_s else "one.pickle")).read_bytes())
    times = 1
    while True:
        started = time.perf_counter()
        said, peak = spoken(folder, [item["file"] for item in items] * times)
        taken_s = time.perf_counter() - started
        if taken_s >= least_s:
            break
        times = max(2 * times, int(times * least_s / taken_s) + 1)
    verdicts = [float(line.split()[-1]) >= 0.5 for line in said.splitlines()[: len(items)]]
    return {"per_s": len(items) * times / taken_s, "peak_mib": peak, "verdicts": verdicts}


def spoken(folder: Path, files: list[str]) -> tuple[str, float]:
    """What it prints, and the most memory it held: looked at while it runs."""
    command = ["bogofilter", "-C", "-d", str(folder / "words"), "-b", "-T"]
    peak = 0.0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        said: list[str] = []
        talk = threading.Thread(
            target=lambda: said.append(process.communicate("".join(f"{f}\n" for f in files))[0])
        )
        talk.start()
        while talk.is_alive():
            try:
                # Before it has that name, it is still a copy of this process.
                if Path(f"/proc/{process.pid}/comm").read_text().strip() == BOGOFILTER:
                    peak = max(peak, peak_mib(process.pid))
            except (OSError, StopIteration):  # it has ended
                break
            talk.join(0.002)
        talk.join()
    return said[0], peak


def row(contender: str, rounds: list[dict[str, object]], cold: list[float], truths: list[bool]) -> Row:
    verdicts = rounds[0]["verdicts"]
    right = sum(a and b for a, b in zip(verdicts, truths, strict=True))
    per_s = [r["per_s"] for r in rounds]
    return Row(
        contender=contender,
        per_s=statistics.median(per_s),
        per_s_lowest=min(per_s),
        per_s_highest=max(per_s),
        cold_ms=statistics.median(cold) * 1000,
        peak_mib=max(r["peak_mib"] for r in rounds),
        precision=right / max(sum(verdicts), 1),
        recall=right / max(sum(truths), 1),
    )


def show(setting: dict[str, object], rows: list[Row]) -> None:
    print(
        f"{setting['judged']} mails ({setting['rejections']} rejections; median {setting['octets']:.0f} bytes), learned "
        f"from {setting['learned']} others; graceperiod weighs {setting['features']:,} features"
    )
    base = next(r for r in rows if r.contender == BASE)
    print(f"\n{'':53} {'mails/s':>8} {'':>7} {'cold ms':>8} {'':>6} {'peak MiB':>8} {'':>6} precision recall")
    for r in rows:
        print(
            f"{SAID[r.contender]:53} {r.per_s:8.0f} {r.per_s / base.per_s:6.2f}x {r.cold_ms:8.0f} "
            f"{r.cold_ms / base.cold_ms:5.2f}x {r.peak_mib:8.0f} {r.peak_mib / base.peak_mib:5.2f}x "
            f"{r.precision:9.3f} {r.recall:6.3f}"
        )
    longer = setting["two_kb"]
    print(
        f"\nOne mail of 2 KB that was read: {longer['scores']['median_ms']:.2f} ms scored (19 of 20 within "
        f"{longer['scores']['p95_ms']:.2f}), {longer['with_evidence']['median_ms']:.2f} ms with evidence (within "
        f"{longer['with_evidence']['p95_ms']:.2f}). Weights: {longer['weights_mb']:.1f} MB, loaded in {longer['load_ms']:.0f} ms."
    )
    print(f"Ratios are to `{SAID[BASE]}`. Rejection or not: the likeliest category; bogofilter at 0.5.")
    widest = max((r.per_s_highest - r.per_s_lowest) / r.per_s for r in rows)
    print(
        f"Over the rounds the mails a second of one contender differed by up to {widest:.0%} of their median."
    )


if __name__ == "__main__":
    sys.exit(main())
