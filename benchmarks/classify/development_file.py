"""How the shipped model does on a file of real mail that is not part of the project; prints counts, no text.

python benchmarks/classify/development_file.py [FILE.jsonl]

FILE has lines {"id", "lang", "subject", "from", "body", "category"}; `unsure` lines are left out. Without an
argument it is looked for beside the checkout.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.model_npz import NpzJudge
from graceperiod.core.category import Category
from graceperiod.core.evaluation import Judged, acted_on_wrongly, at_acting, at_argmax, confused
from graceperiod.core.mail import Mail
from graceperiod.core.scores import Score

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "mail" / "dev.jsonl"
BOTH = (Category.REJECTION, Category.SOFT_REJECTION)


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not path.is_file():
        print(f"{path} is not there: nothing is measured", file=sys.stderr)
        return 1
    judge = NpzJudge.load()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    rows = [row for row in rows if row["category"] != "unsure"]
    reader = MimeReader()
    mails = [read(reader, row) for row in rows]
    started = time.process_time()
    judged = [judged_mail(judge, mail, row) for mail, row in zip(mails, rows, strict=True)]
    spent_ms = (time.process_time() - started) * 1000
    report(judge, judged)
    print(f"\n{spent_ms / max(len(rows), 1):.2f} ms a mail, without reading it")
    return 0


def read(reader: MimeReader, row: dict[str, str]) -> Mail:
    return reader.from_fields(
        subject=row.get("subject") or "", sender=row.get("from") or "", body=row.get("body") or ""
    )


def judged_mail(judge: NpzJudge, mail: Mail, row: dict[str, str]) -> Judged:
    return Judged(
        id=row["id"],
        language=row.get("lang") or "",
        truth=Category(row["category"]),
        likely=tuple(judge.probabilities(mail).values()),
    )


def report(judge: NpzJudge, judged: list[Judged]) -> None:
    thresholds = judge.manifest.thresholds
    print(f"{judge.model} on {len(judged)} mails\n")
    table("the likeliest category", at_argmax(judged).items())
    print()
    table("acting", ((c, s) for c, s in at_acting(judged, thresholds).items() if c in BOTH))
    by_source = defaultdict(list)
    for one in judged:
        by_source[one.id.rsplit("-", 1)[0]].append(one)
    for category in BOTH:
        print()
        shown = (
            (source, at_argmax(ones)[category], at_acting(ones, thresholds)[category])
            for source, ones in sorted(by_source.items())
        )
        by_source_table(category, shown)
    print("\nacted on as something else than it is:")
    wrong = Counter(
        (one.truth.value, one.said.value, one.id.rsplit("-", 1)[0])
        for one in acted_on_wrongly(judged, thresholds)
    )
    for (truth, said, source), count in sorted(wrong.items()):
        print(f"  {count:4} {truth} as {said}, {source}")
    print("\nmost frequent confusions:")
    errors = Counter({pair: n for pair, n in confused(judged).items() if pair[0] is not pair[1]})
    for (true, taken), count in errors.most_common(12):
        print(f"  {count:4} {true} taken for {taken}")


def table(title: str, found: Iterable[tuple[str, Score]]) -> None:
    print(f"{title:24} {'mails':>6} {'right':>6} {'wrong':>6} {'missed':>6}  precision  recall     F1")
    for category, s in found:
        print(line(category, s))


def line(name: str, s: Score) -> str:
    counts = f"{s.right + s.missed:6} {s.right:6} {s.wrong:6} {s.missed:6}"
    return f"  {name:22} {counts}  {s.precision:9.3f}  {s.recall:6.3f}  {s.f1:5.3f}"


def by_source_table(category: Category, found: Iterable[tuple[str, Score, Score]]) -> None:
    print(f"{category} by source: likeliest, then acting")
    for source, likeliest, acting in found:
        if likeliest.right + likeliest.missed + likeliest.wrong:
            print(line(source[:24], likeliest))
            print(line("  acting", acting))


if __name__ == "__main__":
    sys.exit(main())
