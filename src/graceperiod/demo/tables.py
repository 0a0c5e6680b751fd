"""What was played, as tables for a terminal of any width."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graceperiod.core.category import Category
from graceperiod.core.cooldown import shown
from graceperiod.demo.play import Played
from graceperiod.demo.summary import Undrafted, left_alone, marks, outcome, sender, steps, undrafted

_WIDE = 100
"""Chosen: from here on a date and its time fit beside the rest."""

_KINDS = {
    Category.REJECTION: "rejections",
    Category.SOFT_REJECTION: "soft noes",
    Category.INTERVIEW: "interviews",
    Category.ASSESSMENT: "tests",
    Category.RECEIVED: "receipts",
    Category.OFFER: "offers",
    Category.OUTREACH: "recruiters who wrote first",
    Category.JOB_ALERT: "job alerts",
    Category.FEEDBACK: "feedback",
    Category.OTHER: "ordinary mail",
}


def holds_table(played: Played, width: int) -> RenderableType:
    """The replies that were held."""
    is_narrow = width < _WIDE
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), show_edge=False, pad_edge=False)
    table.add_column("reply", ratio=1)
    table.add_column("held until", width=10 if is_narrow else 15)
    table.add_column("what happened", width=24)
    table.add_column("outcome", width=14)
    for mail in played.held:
        hold = mail.hold
        if hold is not None:
            lines = (f"{_day_time(event.happened_at, played)} {words}" for event, words in steps(mail))
            to = hold.recipient.display_name or hold.recipient.addr_spec
            reply = Group(Text(f"to {to}"), Text(hold.subject, "dim"))
            table.add_row(reply, shown(hold.release_at, played.hours), Text("\n".join(lines)), outcome(hold))
            table.add_section()
    if not table.rows:
        return Text("  none: of no rejection that can be answered the model was sure enough")
    note = "While it is held, a draft names no recipient, so no mail program sends it."
    return Group(table, Text(f"\n{note}", "dim"))


def marks_table(played: Played) -> RenderableType:
    """The marks on the server, and whose mails have them."""
    table = Table.grid(padding=(0, 2))
    for keyword, group in groupby(marks(played), key=lambda pair: pair[0]):
        mails = [mail for _, mail in group]
        names = ", ".join(dict.fromkeys(map(sender, mails)))
        table.add_row(Text(f"  {keyword}"), str(len(mails)), Text(names))
    return table if table.rows else Text("  none")


def undrafted_table(played: Played) -> RenderableType:
    """The mails that were marked but got no draft, by the rule that decided."""

    def key(one: Undrafted) -> tuple[bool, tuple[str, ...], str]:
        return not one.rules, one.rules, one.reason

    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for (_, rules, reason), group in groupby(sorted(undrafted(played), key=key), key=key):
        table.add_row(f"  {', '.join(rules) or '-'}", Text(reason))
        table.add_row("", _mails(group, played))
    return table if table.rows else Text("  none")


def _mails(group: Iterable[Undrafted], played: Played) -> Text:
    """A line for each mail; a table would cut the days short for a long subject."""
    lines: list[Text] = []
    for one in group:
        message = one.mail.message
        day = shown(message.arrived_at, played.hours).rpartition(" ")[0]
        detail = f"{one.detail.replace('_', ' '):<18}  " if one.detail else ""
        subject = message.subject or "(no subject)"
        lines.append(Text.assemble((f"{day:<10}  ", "dim"), detail, sender(one.mail), ": ", (subject, "dim")))
    return Text("\n", no_wrap=True, overflow="ellipsis").join(lines)


def left_alone_table(played: Played) -> RenderableType:
    """How many mails were nobody's business."""
    kinds = left_alone(played)
    said = ", ".join(f"{_KINDS[kind]} {count}" for kind, count in kinds.most_common())
    return Padding(f"{kinds.total()} mails were read, and neither marked nor answered: {said}.", (0, 0, 0, 2))


def _day_time(at: datetime, played: Played) -> str:
    """`Tue 08:40`: all of it happens in one week."""
    words = shown(at, played.hours).split()
    return f"{words[0]} {words[-1]}"
