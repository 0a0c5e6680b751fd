"""What `speed.py` compares, each in a process of its own so that its memory is its own.

python contenders.py prepare CORPUS FOLDER     trains all of them on four fifths of a corpus, once
python contenders.py NAME FOLDER [--one]       judges the other fifth, or one mail of it, and prints a JSON object
python contenders.py two-kb FOLDER             how long one mail of 2 KB takes, and to load the model
"""

import hashlib
import json
import pickle
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

LEAST_S = 2.0
"""Seconds that the timed passes over the held-out mails take at least. Chosen: the figures stand still by then."""

Items = Sequence[dict[str, object]]
"""The held-out mails: `mail` as it was read, `file` with the whole of it, `text`, and whether it is a `rejection`."""

Judge = Callable[[Items], list[bool]]
"""Which of the mails are rejections."""


def without_mime(folder: Path) -> Judge:
    from graceperiod.adapters.model_npz import NpzJudge

    judge = NpzJudge.load(folder / "model").judge
    return lambda items: [judge(item["mail"]).category == "rejection" for item in items]


def with_mime(folder: Path) -> Judge:
    from datetime import UTC, datetime

    from graceperiod.adapters.language import detect
    from graceperiod.adapters.mime import MimeReader
    from graceperiod.adapters.model_npz import NpzJudge

    judge, read = NpzJudge.load(folder / "model").judge, MimeReader(detect=detect).read
    at = datetime(2026, 11, 24, tzinfo=UTC)

    def judged(items: Items) -> list[bool]:
        raws = (Path(item["file"]).read_bytes() for item in items)
        return [judge(read(raw, arrived_at=at)).category == "rejection" for raw in raws]

    return judged


def same_weights(folder: Path, *, is_batch: bool = False) -> Judge:
    from graceperiod.core.category import Category
    from graceperiod.core.features import features

    model = pickle.loads((folder / "same.pickle").read_bytes())
    rejection = list(Category).index(Category.REJECTION)

    def judged(items: Items) -> list[bool]:
        scores = model.scores([features(item["mail"]) for item in items])
        return [max(row) == row[rejection] for row in scores]

    return judged if is_batch else one_by_one(judged)


def as_usual(folder: Path, *, is_batch: bool = False) -> Judge:
    pipeline = pickle.loads((folder / "usual.pickle").read_bytes())
    rejection = list(pipeline.classes_).index("rejection")

    def judged(items: Items) -> list[bool]:
        likely = pipeline.predict_proba([item["text"] for item in items])
        return [bool(row.max() == row[rejection]) for row in likely]

    return judged if is_batch else one_by_one(judged)


def one_by_one(judge: Judge) -> Judge:
    return lambda items: [judge([item])[0] for item in items]


CONTENDERS: dict[str, Callable[[Path], Judge]] = {
    "graceperiod": without_mime,
    "graceperiod-mime": with_mime,
    "sklearn-same": same_weights,
    "sklearn-same-batch": lambda folder: same_weights(folder, is_batch=True),
    "sklearn-usual": as_usual,
    "sklearn-usual-batch": lambda folder: as_usual(folder, is_batch=True),
}


def run(name: str, folder: Path, *, only_one: bool) -> dict[str, object]:
    """Speed, peak memory and verdicts of one contender in this process."""
    items = pickle.loads((folder / ("one.pickle" if only_one else "held.pickle")).read_bytes())
    judge = CONTENDERS[name](folder)
    verdicts = judge(items)  # for warmth too
    passes: list[float] = []
    while not only_one and (sum(passes) < LEAST_S or len(passes) < 3):
        started = time.perf_counter()
        judge(items)
        passes.append(time.perf_counter() - started)
    return {
        "per_s": len(items) / statistics.median(passes) if passes else None,
        "peak_mib": peak_mib("self"),
        "verdicts": verdicts,
    }


def two_kb(folder: Path) -> dict[str, object]:
    """Milliseconds for one mail of 2 KB that was read, each mail at the best of five times; and for loading."""
    from graceperiod.adapters.model_npz import NpzJudge

    mails = pickle.loads((folder / "two_kb.pickle").read_bytes())
    started = time.perf_counter()
    judge = NpzJudge.load(folder / "model")
    loaded_ms = (time.perf_counter() - started) * 1000
    found: dict[str, object] = {
        "load_ms": loaded_ms,
        "weights_mb": (folder / "model" / "weights.npz").stat().st_size / 1e6,
    }
    for name, scored in (("scores", judge.probabilities), ("with_evidence", judge.judge)):
        best = sorted(min(timed_ms(scored, mail) for _ in range(5)) for mail in mails)
        found[name] = {"median_ms": statistics.median(best), "p95_ms": best[int(len(best) * 0.95)]}
    return found


def timed_ms(scored: Callable[[object], object], mail: object) -> float:
    started = time.perf_counter()
    scored(mail)
    return (time.perf_counter() - started) * 1000


def peak_mib(process: int | str) -> float:
    """The most memory that a process has held. Not `ru_maxrss` where there is /proc: a child inherits that."""
    status = Path(f"/proc/{process}/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


# -- training, outside of all timing ----------------------------------------------------------------------------


def prepare(corpus: Path, folder: Path) -> dict[str, object]:
    """Trains everything on the letters of four folds; those of the fifth are what is judged."""
    from graceperiod.adapters.corpus_jsonl import read_corpus
    from graceperiod.cli.corpus import as_mail
    from graceperiod.core.features import features
    from graceperiod.core.split import split

    letters = read_corpus(corpus).letters
    folds = split(letters, 5)
    learned = [letter for letter, fold in zip(letters, folds, strict=True) if fold]
    held = [letter for letter, fold in zip(letters, folds, strict=True) if not fold]
    files = folder / "mails"
    files.mkdir()
    items = [
        {
            "mail": as_mail(letter),
            "file": str(written(letter, files)),
            "text": f"{letter.subject}\n{letter.body}",
            "rejection": letter.category == "rejection",
        }
        for letter in held
    ]
    (folder / "held.pickle").write_bytes(pickle.dumps(items))
    (folder / "one.pickle").write_bytes(pickle.dumps(items[:1]))
    (folder / "two_kb.pickle").write_bytes(pickle.dumps([as_mail(letter) for letter in lengthened(held)]))
    count = train_graceperiod(learned, [features(as_mail(letter)) for letter in learned], folder)
    train_usual(learned, folder)
    train_bogofilter(learned, files, folder)
    octets = statistics.median(Path(item["file"]).stat().st_size for item in items)
    truths = [item["rejection"] for item in items]
    return {"learned": len(learned), "features": count, "octets": octets, "truths": truths}


def lengthened(letters: Sequence[object]) -> list[object]:
    """Letters of 2,048 characters: each with the ones of its language and category that follow it below."""
    found = []
    for at in range(0, len(letters), max(len(letters) // 200, 1)):
        first = letters[at]
        alike = [
            e
            for e in letters[at:] + letters[:at]
            if (e.language, e.category) == (first.language, first.category)
        ]
        body = "\n\n".join(e.body for e in alike[:20])
        if len(body) >= 2048 and "</" not in body:
            found.append(replace(first, body=body[:2048]))
    return found


def train_graceperiod(letters: Sequence[object], found: Sequence[Sequence[str]], folder: Path) -> int:
    from graceperiod.adapters.training import SklearnTrainer
    from graceperiod.core.category import Category
    from graceperiod.core.features import FEATURE_VERSION
    from graceperiod.core.manifest import MANIFEST_FILE, WEIGHTS_FILE, Manifest
    from graceperiod.core.verdict import Thresholds

    order = list(Category)
    model = SklearnTrainer().fit(found, [order.index(letter.category) for letter in letters])
    weights = model.exported()
    manifest = Manifest(
        name="benchmark",
        feature_version=FEATURE_VERSION,
        temperature=1.0,
        thresholds=Thresholds(acting={Category.REJECTION: 0.9, Category.SOFT_REJECTION: 0.9}, unsure=0.3),
        weights_sha256=hashlib.sha256(weights).hexdigest(),
        corpus_sha256="0" * 64,
        letters=len(letters),
        features=model.feature_count,
    )
    (folder / "model").mkdir()
    (folder / "model" / WEIGHTS_FILE).write_bytes(weights)
    (folder / "model" / MANIFEST_FILE).write_text(manifest.toml())
    (folder / "same.pickle").write_bytes(pickle.dumps(model))
    return model.feature_count


def train_usual(letters: Sequence[object], folder: Path) -> None:
    """The pipeline of the textbooks, on subject and body as they came."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000))
    texts = [f"{letter.subject}\n{letter.body}" for letter in letters]
    pipeline.fit(texts, [letter.category.value for letter in letters])
    (folder / "usual.pickle").write_bytes(pickle.dumps(pipeline))


def train_bogofilter(letters: Sequence[object], files: Path, folder: Path) -> None:
    """Rejections as what it calls spam, all the rest as ham; nothing where it is not installed."""
    words = folder / "words"
    words.mkdir()
    for option, is_rejection in (("-s", True), ("-n", False)):
        chosen = [
            written(letter, files) for letter in letters if (letter.category == "rejection") == is_rejection
        ]
        try:
            names = "".join(f"{path}\n" for path in chosen)
            subprocess.run(
                ["bogofilter", "-C", "-d", words, option, "-b"], input=names, text=True, check=True
            )
        except FileNotFoundError:
            return


def written(letter: object, folder: Path) -> Path:
    """The letter as a whole mail in a file."""
    message = EmailMessage(policy=SMTP)
    fields = {
        "From": letter.sender,
        "Subject": letter.subject,
        "To": "robin@postbox.example",
        **letter.headers,
    }
    for name, value in fields.items():
        try:
            message[name] = " ".join(value.split())
        except (ValueError, IndexError):  # the corpus has senders that are not well-formed
            message[f"X-{name}"] = "x"
    message.set_content(letter.body, subtype="html" if "</" in letter.body else "plain")
    path = folder / f"{letter.id}.eml"
    path.write_bytes(message.as_bytes())
    return path


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        print(json.dumps(prepare(Path(sys.argv[2]), Path(sys.argv[3]))))
    elif sys.argv[1] == "two-kb":
        print(json.dumps(two_kb(Path(sys.argv[2]))))
    else:
        print(json.dumps(run(sys.argv[1], Path(sys.argv[2]), only_one="--one" in sys.argv)))
