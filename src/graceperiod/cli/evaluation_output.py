"""An evaluation as lines for scripts and as tables for people; counts and ids, never text of mail."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from graceperiod.cli.output import say
from graceperiod.core.category import Category
from graceperiod.core.evaluated import Evaluated
from graceperiod.core.evaluation_report import At, EvaluationReport, Mistake, Part, evaluation_report
from graceperiod.core.phrase_list import PHRASES
from graceperiod.core.rate import Rate
from graceperiod.core.reliability import Reliability
from graceperiod.core.scores import Score

_SHOWN = 20
"""Mistakes and problems that a person is shown; the JSON has them all."""
_DIGITS = 4

_BOTH = (Category.REJECTION, Category.SOFT_REJECTION)
_KNOWN = {At.ACTING: _BOTH, At.PHRASES: _BOTH[:1]}
"""The categories that there are at all, where those are not all."""
_WAYS = {
    At.LIKELIEST: "likeliest",
    At.HALF: "from 0.5 on",
    At.ACTING: "acting",
    At.PHRASES: "phrase list",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured and how.

    Args:
        model: its name, or how the models were made.
        on: the file or the folder.
        thresholds: where they came from.
        unsure: mails that were left out as nobody knows what they are.
        problems: what could not be used, one sentence each.
        has_sources: the letters come from sources that are worth telling apart.
    """

    model: str
    on: str
    thresholds: str
    evaluated: tuple[Evaluated, ...]
    unsure: int = 0
    problems: tuple[str, ...] = ()
    has_sources: bool = False


def say_evaluation(evaluation: Evaluation) -> None:
    """One object a line, each with its `kind`."""
    report = evaluation_report(evaluation.evaluated)
    say(
        {
            "kind": "evaluation",
            "model": evaluation.model,
            "on": evaluation.on,
            "thresholds": evaluation.thresholds,
            "letters": report.whole.letters,
            "left_out": evaluation.unsure,
            "broken": len(evaluation.problems),
            "phrases": len(PHRASES),
        }
    )
    for problem in evaluation.problems:
        say({"kind": "problem", "problem": problem})
    for by, name, part in _parts(report, evaluation.has_sources):
        for line in _part_lines(part):
            say(line | {"by": by, "of": name})
    for category, rate in report.feared.items():
        say({"kind": "feared", "category": category.value, **_rate(rate)})
    for of, found in (("likeliest", report.likeliest), ("rejection", report.rejection)):
        for line in _reliability_lines(of, found):
            say(line)
    for (truth, said), count in sorted(report.confused.items()):
        say({"kind": "confusion", "truth": truth.value, "said": said.value, "letters": count})
    for mistake in report.mistakes:
        say({"kind": "mistake", **_mistake(mistake)})


def show_evaluation(evaluation: Evaluation) -> None:
    """Tables, the worst errors last."""
    report = evaluation_report(evaluation.evaluated)
    _show_head(evaluation)
    if not report.whole.letters:
        return
    _scores("Categories, the likeliest", [(c.value, s) for c, s in report.whole.scores[At.LIKELIEST].items()])
    for title, parts in _rejections(report, evaluation.has_sources):
        _scores(title, parts)
    _show_costs(report)
    _reliability("Likeliest category: said and found", report.likeliest)
    _reliability("Probability of a rejection: said and found", report.rejection)
    _confusion(report)
    _show_mistakes(report.mistakes)


def _show_head(evaluation: Evaluation) -> None:
    problems = evaluation.problems
    click.echo(f"{evaluation.model} on {evaluation.on}: {len(evaluation.evaluated):,} letters")
    click.echo(f"Left out as unsure: {evaluation.unsure:,}. Broken: {len(problems):,}.")
    click.echo(f"Thresholds: {evaluation.thresholds}.")
    for problem in problems[:_SHOWN]:
        click.echo(f"  {_plain(problem)}")
    if len(problems) > _SHOWN:
        click.echo(f"  and {len(problems) - _SHOWN:,} more")


def _parts(report: EvaluationReport, has_sources: bool) -> Iterator[tuple[str, str | None, Part]]:
    yield "all", None, report.whole
    for language, part in report.languages.items():
        yield "language", language, part
    for source, part in report.sources.items() if has_sources else ():
        yield "source", source, part


def _part_lines(part: Part) -> Iterator[dict[str, Any]]:
    for at, scores in part.scores.items():
        for category, score in scores.items():
            if _counts(score) and category in _KNOWN.get(at, Category):
                yield {"kind": "score", "at": at.value, "category": category.value, **_score(score)}
    yield {"kind": "unsure", **_rate(part.unsure)}
    for at, rate in part.ordinary.items():
        yield {"kind": "ordinary", "at": at.value, **_rate(rate), "per_1000": _per_thousand(rate)}


def _score(score: Score) -> dict[str, Any]:
    was_said, is_there = score.right + score.wrong, score.right + score.missed
    return {
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
        "precision": round(score.precision, _DIGITS) if was_said else None,
        "precision_95": _ends(score.precision_interval),
        "recall": round(score.recall, _DIGITS) if is_there else None,
        "recall_95": _ends(score.recall_interval),
        "f1": round(score.f1, _DIGITS) if is_there else None,
        "f1_95": _ends(score.f1_interval),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    share = {"share": round(rate.share, _DIGITS), "share_95": _ends(rate.interval)}
    return {"letters": rate.part, "out_of": rate.whole, **share}


def _per_thousand(rate: Rate) -> float:
    return round(rate.share * 1000, 2)


def _ends(interval: tuple[float, float]) -> list[float]:
    return [round(end, _DIGITS) for end in interval]


def _reliability_lines(of: str, found: Reliability) -> Iterator[dict[str, Any]]:
    for one in found.bins:
        ends = {"from": one.low, "to": one.high, "said": round(one.mean, _DIGITS)}
        yield {"kind": "reliability", "of": of, **ends, **_rate(one.right)}
    yield {"kind": "calibration", "of": of, "expected_error": round(found.error, _DIGITS)}


def _mistake(mistake: Mistake) -> dict[str, Any]:
    judged = mistake.evaluated.judged
    acted_on = mistake.evaluated.acted_on
    return {
        "id": judged.id,
        "harm": mistake.harm.value,
        "truth": judged.truth.value,
        "said": judged.said.value,
        "probability": round(judged.probability, _DIGITS),
        "acted_on": acted_on.value if acted_on else None,
        "listed": mistake.evaluated.is_unsure,
    }


def _counts(score: Score) -> bool:
    return bool(score.right or score.wrong or score.missed)


def _rejections(report: EvaluationReport, has_sources: bool) -> Iterator[tuple[str, list[tuple[str, Score]]]]:
    """The tables of both kinds of rejection: in all, by language and by source, the list of phrases last."""
    for category in _BOTH:
        ways = [at for at in At if at is not At.PHRASES or category is Category.REJECTION]
        rows = [(_WAYS[at], report.whole.scores[at][category]) for at in ways]
        yield f"{category}, all", rows
        named: dict[str, Mapping[str, Part]] = {"language": report.languages}
        if has_sources:
            named["source"] = report.sources
        for by, parts in named.items():
            rows = [
                (f"{name}, {_WAYS[at]}", part.scores[at][category])
                for name, part in parts.items()
                for at in ways
                if any(_counts(part.scores[way][category]) for way in ways)
            ]
            if rows and len(parts) > 1:
                yield f"{category} by {by}", rows


def _scores(title: str, rows: Sequence[tuple[str, Score]]) -> None:
    head = ("", "letters", "right", "wrong", "missed", "precision", "recall", "F1")
    shown = [
        (
            name,
            *(f"{n:,}" for n in (s.right + s.missed, s.right, s.wrong, s.missed)),
            _with_ends(s.precision, s.precision_interval, s.right + s.wrong),
            _with_ends(s.recall, s.recall_interval, s.right + s.missed),
            _with_ends(s.f1, s.f1_interval, s.right + s.missed),
        )
        for name, s in rows
        if _counts(s)
    ]
    _table(title, [head, *shown])


def _with_ends(share: float, interval: tuple[float, float], whole: int) -> str:
    """The share with its interval; a dash where there is nothing to be a share of."""
    return f"{share:.3f} ({interval[0]:.3f}-{interval[1]:.3f})" if whole else "-"


def _show_costs(report: EvaluationReport) -> None:
    whole = report.whole
    click.echo("\nOrdinary mail (`other`) taken for a rejection of either kind, per 1,000")
    for at, rate in whole.ordinary.items():
        low, high = rate.interval
        click.echo(
            f"  {_WAYS[at]:12} {rate.share * 1000:7.2f} ({low * 1000:.2f}-{high * 1000:.2f}), "
            f"{rate.part:,} of {rate.whole:,}"
        )
    click.echo("Good news acted on as a rejection of either kind")
    for category, rate in report.feared.items():
        click.echo(f"  {category:12} {rate.part:,} of {rate.whole:,}")
    low, high = whole.unsure.interval
    click.echo(
        f"Listed as unsure: {whole.unsure.part:,} of {whole.unsure.whole:,}, "
        f"{whole.unsure.share:.1%} ({low:.1%}-{high:.1%})"
    )


def _reliability(title: str, found: Reliability) -> None:
    rows = [
        (
            f"{one.low:.1f}-{one.high:.1f}",
            f"{one.right.whole:,}",
            f"{one.mean:.3f}",
            _with_ends(one.right.share, one.right.interval, one.right.whole),
        )
        for one in found.bins
    ]
    title = f"{title} (expected calibration error {found.error:.3f})"
    _table(title, [("said", "letters", "mean said", "right"), *rows])


def _confusion(report: EvaluationReport) -> None:
    rows = [
        (truth.value, *(str(report.confused.get((truth, said), "")) for said in Category))
        for truth in Category
        if any(report.confused.get((truth, said)) for said in Category)
    ]
    _table("Confusion: what it is, and what it was taken for", [("", *map(str, Category)), *rows])


def _show_mistakes(mistakes: Sequence[Mistake]) -> None:
    click.echo(f"\nErrors, the worst first: {len(mistakes) or 'none'}")
    harm = None
    for mistake in mistakes[:_SHOWN]:
        if mistake.harm is not harm:
            harm = mistake.harm
            click.echo(f"  {harm.value}")
        judged = mistake.evaluated.judged
        click.echo(
            f"    {_plain(judged.id)}: {judged.truth}, taken for {judged.said} ({judged.probability:.2f})"
        )
    if len(mistakes) > _SHOWN:
        click.echo(f"  and {len(mistakes) - _SHOWN:,} more, which --json has")


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Rows under a title, as wide as they are: what is piped into a file is not wrapped."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    click.echo(f"\n{title}")
    for first, *others in rows:
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        click.echo("  ".join((_plain(first).ljust(widths[0]), *cells)).rstrip())


def _plain(name: str) -> str:
    """A name out of a file, with what a terminal would obey or cannot show escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
