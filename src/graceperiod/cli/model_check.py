"""`graceperiod model check`: the state of the corpus that the classifier learns from."""

from collections.abc import Sequence
from pathlib import Path

import click

from graceperiod.adapters.corpus_jsonl import read_corpus
from graceperiod.cli.corpus import SHOWN, corpus_option
from graceperiod.cli.output import console, json_option, say
from graceperiod.core.category import Category
from graceperiod.core.corpus_report import (
    HARD_NEGATIVES,
    LEAST_LETTERS,
    LEAST_SOFT,
    MOST_OF_A_SKELETON,
    CorpusReport,
    corpus_report,
)


@click.command("check")
@corpus_option
@json_option
def check(*, corpus_path: Path, as_json: bool) -> int:
    """Report on the corpus: problems, letters that are alike, what is said too often, counts against targets.

    Exit status 1 if something must be put right: a line that cannot be used, near-duplicates, or a skeleton
    (what is left of a letter's wording without names, figures, roles and firms) in over 0.2 % of the letters.
    Targets that are not reached and repeated sentences are told and do not count.

    Hard negatives are letters that are no rejection and can be taken for one, counted by their words:
    those with a phrase of the phrase list or a word of regret or refusal, job alerts, recruiters' mail, and
    what is `other` and speaks of applying. That is a stand-in, no field of the corpus says it: a trap without
    such words is missed, a plain "sorry for the delay" is counted.

    \b
    Example:   graceperiod model check
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    corpus = read_corpus(corpus_path)
    report = corpus_report(corpus.letters, corpus.problems)
    if as_json:
        _say_report(report)
    else:
        _show_report(report)
    return 0 if report.is_clean else 1


def _say_report(report: CorpusReport) -> None:
    for (language, category), count in sorted(report.counts.items()):
        say({"kind": "count", "language": language, "category": category.value, "letters": count})
    for problem in report.problems:
        say({"kind": "problem", "problem": problem})
    for pair in report.duplicates:
        say({"kind": "duplicate", "ids": [pair.first, pair.second], "share": round(pair.share, 3)})
    for sentence, count in report.repeated:
        say({"kind": "repeated", "sentence": sentence, "letters": count})
    for skeleton in report.skeletons:
        too_many = skeleton in report.templates
        say(
            {
                "kind": "skeleton",
                "ids": list(skeleton.ids),
                "letters": len(skeleton.ids),
                "too_many": too_many,
            }
        )
    for shortfall in report.shortfalls:
        say({"kind": "shortfall", "shortfall": shortfall})
    hard = report.hard_negatives
    say({"kind": "hard_negatives", "letters": hard.part, "of": hard.whole, "share": round(hard.share, 4)})
    say({"kind": "result", "clean": report.is_clean, "complete": report.is_complete})


def _show_report(report: CorpusReport) -> None:
    from rich.table import Table

    languages = sorted({language for language, _ in report.counts})
    table = Table("category", box=None, pad_edge=False)
    for language in (*languages, "all"):
        table.add_column(language, justify="right")
    for category in Category:
        row = [report.counts.get((language, category), 0) for language in languages]
        table.add_row(category, *map(str, row), str(sum(row)))
    totals = [sum(n for (language, _), n in report.counts.items() if language == of) for of in languages]
    table.add_section()
    table.add_row("all", *map(str, totals), str(sum(totals)))
    console().print(table)
    _list("Problems", report.problems)
    _list("Near-duplicates", [f"{d.first} and {d.second} share {d.share:.0%}" for d in report.duplicates])
    _list("Sentences in many letters", [f"{n} letters: {said}" for said, n in report.repeated])
    _list(
        f"Skeletons in over {MOST_OF_A_SKELETON:.1%} of the letters",
        [f"{len(s.ids)} letters, such as {', '.join(s.ids[:3])}: {s.wording}" for s in report.templates],
    )
    if report.skeletons:
        most = report.skeletons[0]
        click.echo(f"  the commonest: {len(most.ids)} letters, such as {', '.join(most.ids[:3])}")
    _list(
        f"Short of the targets ({LEAST_LETTERS:,} letters, {LEAST_SOFT:,} soft rejections, every category "
        "in every language)",
        report.shortfalls,
    )
    hard = report.hard_negatives
    click.echo(
        f"\nHard negatives, by their words: {hard.part:,} of {hard.whole:,} letters, {hard.share:.0%} "
        f"(aim: {HARD_NEGATIVES:.0%}; a stand-in, see --help)"
    )


def _list(title: str, lines: Sequence[str]) -> None:
    click.echo(f"\n{title}: {len(lines) or 'none'}")
    for line in lines[:SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > SHOWN:
        click.echo(f"  and {len(lines) - SHOWN} more")
