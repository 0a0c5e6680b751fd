"""`graceperiod demo`: the whole loop on an invented mailbox, without an account."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from types import FrameType
from typing import TYPE_CHECKING

import click

from graceperiod.cli.output import console, json_option, say

if TYPE_CHECKING:
    from graceperiod.core.record import Event
    from graceperiod.demo.backstage import Backstage

_PORT = 1143
"""Chosen: IMAP's 143 where it needs no rights. Tried first with `--keep`, so that a mail program that was
set up for the demo once finds it again."""


@click.command()
@click.option("--keep", is_flag=True, help="Go on afterwards, to look at the mailbox with a mail program.")
@click.option("--port", type=click.IntRange(0, 65535), help="Of the mail server; else 1143 with --keep.")
@json_option
def demo(*, keep: bool, port: int | None, as_json: bool) -> int:
    """Show the whole loop on an invented mailbox: no account needed, none touched.

    A mail server, six weeks of somebody's job search and the daemon itself run on this computer and in
    memory; three days pass in a few seconds. The exit status is 1 if anything did not happen as promised.

    With --keep, server and daemon go on until Ctrl-C, and each second a minute passes.

    \b
    With --json, `kind` is one of
      hold        reply_to, to, subject, template, language, state, outcome, edited, release_at,
                  released_at, ended_at, events
      mark        keyword, message_id, from, subject, arrived_at, category, probability
      no_draft    message_id, from, subject, arrived_at, reason, rules
      left_alone  count, categories
      why         message_id, from, subject, arrived_at, category, probability, acts, model, evidence
      draft       headers, body: of the reply to that mail, as it was released
      check       name, promise, kept, found
      summary     kept, checks, holds, marks, no_drafts, mails, began_at, ended_at
      server      host, port, user, password; only with --keep
      event       at, event, reason, rules; only with --keep, as it happens

    \b
    Example:   graceperiod demo --keep
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from graceperiod.demo.backstage import backstage

    given = (port,) if port is not None else ((_PORT, 0) if keep else (0,))
    with _terminated(), backstage(ports=given) as stage:
        is_kept = _as_json(stage) if as_json else _to_people(stage)
        if keep:
            _keep_up(stage, as_json=as_json)
    return 0 if is_kept else 1


def _as_json(stage: "Backstage") -> bool:
    from graceperiod.demo.check import checks
    from graceperiod.demo.lines import lines
    from graceperiod.demo.play import play

    played = play(stage)
    found = checks(played)
    for line in lines(played, found):
        say(line)
    return all(check.is_kept for check in found)


def _to_people(stage: "Backstage") -> bool:
    from graceperiod.demo.check import checks
    from graceperiod.demo.play import play
    from graceperiod.demo.show import opening, progress, show, what_next

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # mail is full of letters that some terminals lack
    out = console()
    opening(out)
    with progress(out) as tell:
        played = play(stage, tell)
    found = checks(played)
    show(out, played, found)
    what_next(out, found)
    return all(check.is_kept for check in found)


def _keep_up(stage: "Backstage", *, as_json: bool) -> None:
    from graceperiod.demo.backstage import PASSWORD
    from graceperiod.demo.keep_up import keep_up
    from graceperiod.demo.show import happened, kept
    from graceperiod.demo.thunderbird import how_to_look

    host, port = stage.server.host, stage.server.port
    with _asked_to_stop() as stop:
        if as_json:
            say({"kind": "server", "host": host, "port": port, "user": stage.user, "password": PASSWORD})
            keep_up(stage, stop, lambda event: say(_event(event)))
            return
        click.echo(how_to_look(host=host, port=port, user=stage.user, password=PASSWORD))
        kept(console(), stage)
        keep_up(stage, stop, lambda event: happened(console(), event, stage))
        click.echo("\nStopped. The mailbox and everything else of the demo's is gone.")


def _event(event: "Event") -> dict[str, object]:
    return {
        "kind": "event",
        "at": event.happened_at,
        "event": event.kind,
        "reason": event.reason,
        "rules": list(event.rules),
    }


@contextmanager
def _terminated() -> Iterator[None]:
    """SIGTERM is as good as Ctrl-C: servers, threads and files are ended and removed on the way out."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set: to stop looking is no failure."""
    stop = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
