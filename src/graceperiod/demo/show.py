"""Shows what was played, on a terminal of any width, with or without colour."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from graceperiod.app.told import Told
from graceperiod.core.cooldown import shown
from graceperiod.demo.check import Check
from graceperiod.demo.play import Played, Tell
from graceperiod.demo.summary import (
    Undrafted,
    draft_text,
    example,
    left_alone,
    marks,
    outcome,
    sender,
    steps,
    undrafted,
)

_MOST_WORDS = 8
_NEXT = (
    ("graceperiod init", "sets it up for a mailbox of your own"),
    ("graceperiod scan", "shows what it would do there, and changes nothing"),
    ("graceperiod demo --keep", "leaves this mailbox open, to look at with Thunderbird or mutt"),
)


def opening(out: Console) -> None:
    """Say what this is, before anything happens."""
    out.print(Text("Graceperiod's demo: rejections arrive, and nobody answers in the heat of the moment.", "bold"))
    out.print(
        "You are Robin Vale, six weeks into a job search. All of it happens on this computer and in memory: a "
        "mail server, an invented mailbox, the daemon itself, and a clock that is set by hand. None of your "
        "own mail or settings is touched, and nothing can be sent.",
        style="default",
    )
    out.print()


@contextmanager
def progress(out: Console) -> Iterator[Tell]:
    """A bar with the time in the story, where somebody looks; it is gone at the end."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[at]}"),
        console=out,
        transient=True,
        disable=not out.is_terminal,
        expand=True,
    )
    with bar:
        task = bar.add_task("Three days pass", total=None, at="")

        def tell(done: int, total: int, at: datetime) -> None:
            bar.update(task, completed=done, total=total, at=f"{at:%a %H:%M}")

        yield tell


def show(out: Console, played: Played, checks: Iterable[Check]) -> None:
    """Print everything, from the held replies to what to do next."""
    parts = (
        ("Replies held in Drafts", _holds(played)),
        ("Marks on the server", _marks(played)),
        ("No draft, and why", _undrafted(played)),
        ("Left alone", _left_alone(played)),
        *_example(played),
        ("What was promised", _checks(out, checks)),
    )
    for title, part in parts:
        out.print(Text(title, "bold"))
        out.print(part)
        out.print()


def what_next(out: Console) -> None:
    """Say what to do after the demo."""
    table = Table.grid(padding=(0, 2))
    for command, purpose in _NEXT:
        table.add_row(Text(f"  {command}", "bold"), purpose)
    out.print(Text("Next", "bold"))
    out.print(table)


def _holds(played: Played) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), show_edge=False, pad_edge=False)
    table.add_column("reply", ratio=1, min_width=18)
    table.add_column("held until", max_width=15, min_width=9)
    table.add_column("what happened", min_width=23)
    table.add_column("outcome", max_width=16, min_width=13)
    for mail in played.held:
        hold = mail.hold
        if hold is None:
            continue
        lines = (f"{_day_time(event.happened_at, played)}  {words}" for event, words in steps(mail))
        to = hold.recipient.display_name or hold.recipient.addr_spec
        table.add_row(
            Group(Text(f"to {to}"), Text(hold.subject, "dim")),
            shown(hold.release_at, played.hours),
            Text("\n".join(lines)),
            outcome(hold),
        )
        table.add_section()
    if not table.rows:
        return Text("  none: the model was not sure enough of any rejection that can be answered")
    note = "While it is held, a draft names no recipient, so that no mail program sends it."
    return Group(table, Text(note, "dim"))


def _marks(played: Played) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for keyword, group in groupby(marks(played), key=lambda pair: pair[0]):
        mails = [mail for _, mail in group]
        table.add_row(Text(f"  {keyword}"), str(len(mails)), ", ".join(dict.fromkeys(map(sender, mails))))
    return table if table.rows else Text("  none")


def _undrafted(played: Played) -> RenderableType:
    def key(one: Undrafted) -> tuple[str, tuple[str, ...]]:
        return one.reason, one.rules

    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    parts: list[RenderableType] = []
    for (reason, rules), group in groupby(sorted(undrafted(played), key=key), key=key):
        why = f"{reason} ({_rules(rules)})" if rules else reason
        parts.append(Text(f"  {why[:1].upper()}{why[1:]}"))
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        table.add_column(no_wrap=True, justify="right")
        for one in group:
            table.add_row(_day(one.mail, played), _line(one.mail), Text(one.detail, "dim"))
        parts.append(table)
    return Group(*parts) if parts else Text("  none")


def _left_alone(played: Played) -> RenderableType:
    kinds = left_alone(played)
    said = ", ".join(f"{count} {kind.value.replace('_', ' ')}" for kind, count in kinds.most_common())
    return Text(f"  {kinds.total()} mails were read and neither marked nor answered: {said}.")


def _example(played: Played) -> Iterator[tuple[str, RenderableType]]:
    found = example(played)
    if found is None:
        return
    mail, draft = found
    yield f"Why: {mail.message.subject}", _why(mail)
    if draft is not None:
        fields, text = draft_text(draft)
        head = Text("\n").join(Text.assemble((f"{name}: ", "bold"), value) for name, value in fields)
        body = Text(f"\n{text.rstrip()}")
        yield "Its reply, as it was released", Panel(Group(head, body), box=box.SQUARE, padding=(0, 1))


def _why(mail: Told) -> RenderableType:
    verdict = mail.verdict
    if verdict is None:
        return Text("  no verdict")
    acted = "so it acts" if verdict.acts else "too little to act"
    category = verdict.category.value.replace("_", " ")
    lines = [Text(f"  {category}, {verdict.probability:.1%} sure: {acted} ({verdict.model}). What weighed:")]
    table = Table.grid(padding=(0, 2))
    for evidence in verdict.evidence[:_MOST_WORDS]:
        table.add_row(Text(f"    {evidence.weight:+.2f}"), evidence.text)
    return Group(*lines, table)


def _checks(out: Console, checks: Iterable[Check]) -> RenderableType:
    is_unicode = out.encoding.lower().startswith("utf")
    yes, no = ("\N{CHECK MARK}", "\N{BALLOT X}") if is_unicode else ("ok", "NO")
    table = Table.grid(padding=(0, 2))
    for check in checks:
        tick = Text(f"  {yes}", "green") if check.is_kept else Text(f"  {no}", "bold red")
        table.add_row(tick, check.promise, Text(check.found, "dim" if check.is_kept else "bold red"))
    return table


def _line(mail: Told) -> Text:
    return Text.assemble(sender(mail), ": ", (mail.message.subject or "(no subject)", "dim"))


def _rules(rules: tuple[str, ...]) -> str:
    return f"rule{'s' if len(rules) > 1 else ''} {', '.join(rules)}"


def _day(mail: Told, played: Played) -> str:
    return "    " + shown(mail.message.arrived_at, played.hours).rpartition(" ")[0]


def _day_time(at: datetime, played: Played) -> str:
    """`Tue 08:40`: all of it happens in one week."""
    words = shown(at, played.hours).split()
    return f"{words[0]} {words[-1]}"
