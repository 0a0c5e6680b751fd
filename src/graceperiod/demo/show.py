"""Shows what was played, on a terminal of any width, with or without colour."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from graceperiod.app.told import Told
from graceperiod.core.cooldown import shown
from graceperiod.core.hold import HoldState
from graceperiod.core.record import Event
from graceperiod.demo.backstage import Backstage
from graceperiod.demo.check import Check
from graceperiod.demo.keep_up import BEAT
from graceperiod.demo.play import Played, Tell
from graceperiod.demo.summary import draft_text, example
from graceperiod.demo.tables import holds_table, left_alone_table, marks_table, undrafted_table

_MOST_WORDS = 8
_NEXT = (
    ("graceperiod init", "sets it up for a mailbox of your own"),
    ("graceperiod scan SOURCE", "shows what it would do to your mail; changes nothing"),
    ("graceperiod demo --keep", "leaves this mailbox open for Thunderbird or mutt"),
)


def opening(out: Console) -> None:
    """Say what this is, before anything happens."""
    out.print("Graceperiod's demo: rejections come in, and no answer goes out in anger.", style="bold")
    out.print(
        "You are Robin Vale, six weeks into a job search. All of it happens on this computer and in memory: "
        "a mail server, an invented mailbox, the daemon itself, and a clock that is set by hand. None of "
        "your own mail or settings is touched, and nothing can be sent."
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
        ("Replies held in Drafts", holds_table(played, out.width)),
        ("Marks on the server", marks_table(played)),
        ("No draft, and why", undrafted_table(played)),
        ("Left alone", left_alone_table(played)),
        *_example(played),
        ("What was promised", _checks(out, checks)),
    )
    for title, part in parts:
        out.print(Text(title, "bold"))
        out.print(part)
        out.print()


def what_next(out: Console, checks: Sequence[Check]) -> None:
    """Say whether it went as it should, and what to do after the demo."""
    broken = sum(not check.is_kept for check in checks)
    if broken:
        out.print(f"{broken} of {len(checks)} things did not happen as promised.\n", style="bold red")
    table = Table.grid(padding=(0, 2))
    for command, purpose in _NEXT:
        table.add_row(Text(f"  {command}", "bold"), purpose)
    out.print(Text("Next", "bold"))
    out.print(table)
    out.print()


def kept(out: Console, stage: Backstage) -> None:
    """Say how the clock runs on, and what is still held."""
    now = stage.clock.now()
    out.print(f"It is {shown(now, stage.hours)}, and from now on each second is a minute.", style="bold")
    held = [hold for hold in stage.ledger.holds(is_open=True) if hold.state is HoldState.SEALED]
    if not held:
        out.print("  no reply is held any more; the released ones are in Drafts")
    for hold in held:
        if hold.release_at > now:
            left_s = (hold.release_at - now) / BEAT
            left = f"{left_s / 60:.0f} minutes" if left_s > 90 else f"{left_s:.0f} seconds"
            out.print(Text(f"  still held, for {left}: {hold.subject}"))
    out.print("What the daemon notices is told here; Ctrl-C ends it.\n")


def happened(out: Console, event: Event, stage: Backstage) -> None:
    """Tell of one thing that the daemon did or saw."""
    out.print(Text(f"{shown(event.happened_at, stage.hours)}  {event.reason}"))


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
    acted = "enough to act on" if verdict.acts else "too little to act on"
    category = verdict.category.value.replace("_", " ")
    said = Text(f"  {category}, {verdict.probability:.1%} sure: {acted} ({verdict.model}). What weighed:")
    table = Table.grid(padding=(0, 2))
    for evidence in verdict.evidence[:_MOST_WORDS]:
        table.add_row(Text(f"    {evidence.weight:+.2f}"), Text(evidence.text))
    return Group(said, table)


def _checks(out: Console, checks: Iterable[Check]) -> RenderableType:
    is_unicode = out.encoding.lower().startswith("utf")
    yes, no = ("\N{CHECK MARK}", "\N{BALLOT X}") if is_unicode else ("ok", "NO")
    table = Table.grid(padding=(0, 2))
    for check in checks:
        tick = Text(f"  {yes}", "green") if check.is_kept else Text(f"  {no}", "bold red")
        table.add_row(tick, Text(check.promise), Text(check.found, "dim" if check.is_kept else "bold red"))
    return table
