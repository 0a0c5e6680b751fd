"""The card of a model: what it is, how well it did on letters it had not seen, what it is not."""

from collections import Counter
from collections.abc import Mapping, Sequence

from graceperiod.core.category import Category
from graceperiod.core.evaluation import Judged, acted_on_wrongly, at_acting, at_argmax, confused
from graceperiod.core.manifest import Manifest
from graceperiod.core.scores import Score


def model_card(manifest: Manifest, judged: Sequence[Judged]) -> str:
    """The card as Markdown.

    Args:
        judged: every letter of the corpus, judged by a model trained without its group.
    """
    thresholds = manifest.thresholds
    languages = sorted({j.language for j in judged})
    sections = [
        _head(manifest, judged),
        "## The likeliest category\n\n" + _table(at_argmax(judged)),
        "## Acting\n\n"
        + _acting_text(manifest)
        + "\n\n"
        + _table(at_acting(judged, thresholds), thresholds.acting),
        *(
            f"### Acting, `{language}` only\n\n"
            + _table(at_acting([j for j in judged if j.language == language], thresholds), thresholds.acting)
            for language in languages
        ),
        "## Acted on wrongly\n\n" + _wrong(judged, manifest),
        "## Confusion\n\nRows: what a letter is. Columns: what it was taken for.\n\n" + _confusion(judged),
        _foot(),
    ]
    return "\n\n".join(sections) + "\n"


def _head(manifest: Manifest, judged: Sequence[Judged]) -> str:
    counts = Counter(j.language for j in judged)
    listed = ", ".join(f"{n} in `{language}`" for language, n in sorted(counts.items()))
    return f"""\
# {manifest.name}

A linear classifier (multinomial logistic regression over TF-IDF) that sorts one mail into ten categories. It
sees runs of one to three words of the subject and of what the sender says now, the ideas that such words
stand for, and a bounded set of facts of the header. It was trained on `models/corpus/` alone:
{manifest.letters:,} invented letters ({listed}). Features: {manifest.features:,}. This card, the weights and
the thresholds are written by `graceperiod model train`; do not edit them.

All figures are out of fold: each letter was judged by a model that had seen neither it nor any letter that is
like it or has the same invented sender. The corpus is harder than a mailbox (nearly every letter in it was
written to be unlike the others, many to mislead) and it is invented, so these figures are not what a mailbox
will show, neither for better nor for worse."""


def _acting_text(manifest: Manifest) -> str:
    both = " and ".join(f"`{c}` at {p:g}" for c, p in manifest.thresholds.acting.items())
    return (
        f"The program acts only where the likeliest category is one of these and reaches its threshold: "
        f"{both}. Below, a mail is listed for the user to decide where the two together reach "
        f"{manifest.thresholds.unsure:g}. The thresholds were chosen on the letters counted here; an "
        "`other` letter taken for a rejection counted a tenth, for a soft one a half, since far more of them "
        "imitate one than in any mailbox. The tables count every letter once."
    )


def _table(found: Mapping[Category, Score], only: Mapping[Category, float] | None = None) -> str:
    lines = ["| category | letters | right | wrong | missed | precision | recall | F1 |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|--:|")
    for category, s in found.items():
        if only is None or category in only:
            lines.append(
                f"| {category} | {s.right + s.missed} | {s.right} | {s.wrong} | {s.missed} "
                f"| {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} |"
            )
    return "\n".join(lines)


def _wrong(judged: Sequence[Judged], manifest: Manifest) -> str:
    found = acted_on_wrongly(judged, manifest.thresholds)
    if not found:
        return "None of the letters."
    return "\n".join(f"- `{j.id}`, taken for {j.said} ({j.probability:.2f})" for j in found)


def _confusion(judged: Sequence[Judged]) -> str:
    counts = confused(judged)
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
