"""The card of a model of the user's own, kept beside it on their machine."""

from graceperiod.core.comparison import Figures
from graceperiod.core.manifest import Manifest


def own_model_card(
    manifest: Manifest, *, own: int, weight: int, old: Figures, new: Figures, right: tuple[int, int]
) -> str:
    """The card as Markdown.

    Args:
        own: annotated mails it learned from, each counted `weight` times.
        right: how many of them are judged as the user says, before and after.
    """
    acting = " and ".join(f"`{c}` at {p:g}" for c, p in manifest.thresholds.acting.items())
    return f"""\
# {manifest.name}

Trained on this machine by `graceperiod model train --mine`: the {manifest.letters:,} invented letters that
the shipped model was made of, and {own:,} mails of yours, each counted {weight} times. It holds words of your
mail: keep it to yourself. It acts on {acting}.

Out of fold on the letters, without your mails and with them:

| | right | wrong | missed | now right | wrong | missed |
|---|--:|--:|--:|--:|--:|--:|
{_rows(old, new)}

Ordinary letters acted on: {old.ordinary}, now {new.ordinary}. Offers, interviews and assessments acted on:
{old.good_news}, now {new.good_news}. Of your own {own} mails {right[0]} were judged as you say, and
{right[1]} are now. It has seen them, so that is no measure of how well it does on the next one.
"""


def _rows(old: Figures, new: Figures) -> str:
    rows = []
    for category, before in old.acting.items():
        after = new.acting[category]
        cells = (before.right, before.wrong, before.missed, after.right, after.wrong, after.missed)
        rows.append(f"| {category} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)
