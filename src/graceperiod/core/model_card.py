"""The card of a model: what it is, how well it did on letters it had not seen, what it is not."""

from collections import Counter
from collections.abc import Mapping, Sequence

from graceperiod.core.category import Category
from graceperiod.core.evaluation import Judged, at_acting
from graceperiod.core.evaluation_report import At, EvaluationReport, Harm, Part
from graceperiod.core.manifest import CONFUSION_PLOT, RELIABILITY_PLOT, TRADE_OFF_PLOT, Manifest
from graceperiod.core.phrase_list import PHRASES
from graceperiod.core.rate import Rate
from graceperiod.core.scores import Score

_REJECTION = Category.REJECTION
_CONFUSION = "Rows: what a letter is. Columns: what it was taken for."
_WORST = (Harm.GOOD_NEWS, Harm.ORDINARY, Harm.ACTED)


def model_card(manifest: Manifest, judged: Sequence[Judged], report: EvaluationReport) -> str:
    """The card as Markdown.

    Args:
        judged: every letter of the corpus, judged by a model trained without its group.
        report: on the same letters, with thresholds that were not chosen on the letters they are counted on.
    """
    whole = report.whole
    sections = [
        _head(manifest, judged),
        "## The likeliest category\n\n" + _table(whole.scores[At.LIKELIEST]),
        "## Acting\n\n" + _acting_text(manifest, judged) + "\n\n" + _acting(report, manifest),
        f"![Precision and recall over the threshold]({TRADE_OFF_PLOT})",
        "## Beside a list of phrases\n\n" + _beside(report),
        "## By language\n\n" + _languages(report.languages, manifest),
        "## What it costs\n\n" + _costs(report),
        f"## Calibration\n\n{_calibration(report)}\n\n![Reliability]({RELIABILITY_PLOT})",
        f"## Confusion\n\n{_CONFUSION}\n\n![Confusion]({CONFUSION_PLOT})\n\n{_confusion(report.confused)}",
        "## Acted on wrongly\n\n" + _wrong(report),
        _foot(),
    ]
    return "\n\n".join(sections) + "\n"


def _head(manifest: Manifest, judged: Sequence[Judged]) -> str:
    counts = Counter(j.language for j in judged)
    listed = ", ".join(f"{n:,} in `{language}`" for language, n in sorted(counts.items()))
    return f"""\
# {manifest.name}

A linear classifier (multinomial logistic regression over TF-IDF) that sorts one mail into ten categories. It
sees runs of one to three words of the subject and of what the sender says now, the ideas that such words
stand for, and a bounded set of facts of the header. It was trained on `models/corpus/` alone:
{manifest.letters:,} invented letters ({listed}). Features: {manifest.features:,}. This card, its plots, the
weights and the thresholds are written by `graceperiod model train`; do not edit them.

All figures are out of fold: each letter was judged by a model that had seen neither it nor any letter that is
like it, has its skeleton (names, figures, roles and firms folded) or the same invented sender. In brackets:
95 % intervals (Wilson), which say how much chance there is in so few letters, and nothing of how far the
letters are from a mailbox. The corpus is harder than a mailbox (many of its letters were written to mislead)
and it is invented, so these figures are not what a mailbox will show, neither for better nor for worse.
`graceperiod model evaluate FILE.jsonl` shows what yours does."""


def _acting_text(manifest: Manifest, judged: Sequence[Judged]) -> str:
    thresholds = manifest.thresholds
    both = " and ".join(f"`{c}` at {p:g}" for c, p in thresholds.acting.items())
    flattered = at_acting(judged, thresholds)
    shown = ", ".join(
        f"`{c}` {flattered[c].precision:.3f} and {flattered[c].recall:.3f}" for c in thresholds.acting
    )
    return (
        "The program acts only where the likeliest category is one of these and reaches its threshold: "
        f"{both}. Below, a mail is listed for the user to decide where the two together reach "
        f"{thresholds.unsure:g}. In the table, temperature and thresholds of each fold were chosen on the "
        "other folds alone. The shipped ones were chosen on all letters; counted on those same letters they "
        f"flatter themselves (precision and recall: {shown})."
    )


def _acting(report: EvaluationReport, manifest: Manifest) -> str:
    return _table(report.whole.scores[At.ACTING], manifest.thresholds.acting)


def _beside(report: EvaluationReport) -> str:
    rows = {
        "this model, acting": report.whole.scores[At.ACTING][_REJECTION],
        "this model, from 0.5 on": report.whole.scores[At.HALF][_REJECTION],
        "phrase list": report.whole.scores[At.PHRASES][_REJECTION],
    }
    return (
        "Rejections on the same letters by what job trackers commonly use: a list of phrases, any of which "
        f"makes a mail a rejection. Ours has {len(PHRASES)} typical ones, English and a few German "
        "(`core/phrase_list.py`), and is our own writing.\n\n" + _rows("rejection by", rows)
    )


def _languages(parts: Mapping[str, Part], manifest: Manifest) -> str:
    sections = []
    for category in manifest.thresholds.acting:
        rows = {f"`{name}`": part.scores[At.ACTING][category] for name, part in parts.items()}
        sections.append(_rows(f"{category}, acting", rows))
    rows = {f"`{name}`": part.scores[At.PHRASES][_REJECTION] for name, part in parts.items()}
    return "\n\n".join([*sections, _rows("rejection, phrase list", rows)])


def _costs(report: EvaluationReport) -> str:
    ordinary = report.whole.ordinary
    feared = "; ".join(f"{rate.part} of {rate.whole:,} {c}" for c, rate in report.feared.items())
    return f"""\
- Offers, interviews and assessments acted on as a rejection of either kind: {feared}.
- Ordinary mail (`other`) acted on, per 1,000: {_per_thousand(ordinary[At.ACTING])}; called a rejection by the
  phrase list: {_per_thousand(ordinary[At.PHRASES])}. Many `other` letters of the corpus were written to look
  like job mail; those of a mailbox are not.
- Listed for the user to decide: {_percent(report.whole.unsure)} of all letters."""


def _calibration(report: EvaluationReport) -> str:
    errors = f"{report.likeliest.error:.3f} for the likeliest category, {report.rejection.error:.3f}"
    lines = [
        f"Expected calibration error: {errors} for a rejection.\n",
        "| likeliest said | letters | mean said | right |",
        "|---|--:|--:|--:|",
        *(
            f"| {b.low:.1f}-{b.high:.1f} | {b.right.whole:,} | {b.mean:.3f} | {_percent(b.right)} |"
            for b in report.likeliest.bins
        ),
    ]
    return "\n".join(lines)


def _table(found: Mapping[Category, Score], only: Mapping[Category, float] | None = None) -> str:
    return _rows("category", {c: s for c, s in found.items() if only is None or c in only})


def _rows(head: str, rows: Mapping[str, Score]) -> str:
    lines = [f"| {head} | letters | right | wrong | missed | precision | recall | F1 |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, s in rows.items():
        shares = (
            (s.precision, s.precision_interval),
            (s.recall, s.recall_interval),
            (s.f1, s.f1_interval),
        )
        shown = " | ".join(f"{share:.3f} ({low:.3f}-{high:.3f})" for share, (low, high) in shares)
        lines.append(
            f"| {name} | {s.right + s.missed:,} | {s.right:,} | {s.wrong:,} | {s.missed:,} | {shown} |"
        )
    return "\n".join(lines)


def _percent(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.share:.1%} ({low:.1%}-{high:.1%})"


def _per_thousand(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.share * 1000:.1f} ({low * 1000:.1f}-{high * 1000:.1f})"


def _wrong(report: EvaluationReport) -> str:
    found = [m.evaluated for m in report.mistakes if m.harm in _WORST]
    if not found:
        return "None of the letters."
    return "\n".join(
        f"- `{e.judged.id}`, taken for {e.judged.said} ({e.judged.probability:.2f})" for e in found
    )


def _confusion(counts: Mapping[tuple[Category, Category], int]) -> str:
    lines = ["| | " + " | ".join(Category) + " |", "|---|" + "--:|" * len(Category)]
    for truth in Category:
        cells = " | ".join(str(counts.get((truth, said), 0) or "") for said in Category)
        lines.append(f"| {truth} | {cells} |")
    return "\n".join(lines)


def _foot() -> str:
    return """\
## What it is not

- Not a judge of people: it says what a mail is, nothing about who got it.
- Not for other languages than the ones above, for mail without words, or for deciding anything unseen: below
  its thresholds the program asks.
- Not measured on anybody's mailbox here. Whoever measures it on one should publish counts, never mail.

`reference.jsonl` holds the full probabilities of some letters; a test compares them with the model's."""
