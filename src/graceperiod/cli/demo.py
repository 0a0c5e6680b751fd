"""`graceperiod demo`: the whole loop on an invented mailbox, without an account."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from graceperiod.cli.output import console, json_option, say

if TYPE_CHECKING:
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
      event       at, event, reason; only with --keep, as it happens

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
    from graceperiod.demo.show import closing, opening, progress, show

    out = console()
    opening(out)
    with progress(out) as tell:
        played = play(stage, tell)
    found = checks(played)
    show(out, played, found)
    closing(out, found)
    return all(check.is_kept for check in found)


def _keep_up(stage: "Backstage", *, as_json: bool) -> None:
    from graceperiod.core.cooldown import shown
    from graceperiod.demo.backstage import PASSWORD
    from graceperiod.demo.keep_up import keep_up
    from graceperiod.demo.thunderbird import how_to_look

    server = stage.server
    with _asked_to_stop() as stop:
        if as_json:
            where = {"host": server.host, "port": server.port, "user": stage.user, "password": PASSWORD}
            say({"kind": "server"} | where)
            keep_up(stage, stop, lambda e: say({"kind": "event", "at": e.happened_at, "event": e.kind, "reason": e.reason}))
            return
        click.echo(how_to_look(host=server.host, port=server.port, user=stage.user, password=PASSWORD))
        click.echo(_clock(stage))
        keep_up(stage, stop, lambda e: click.echo(f"{shown(e.happened_at, stage.hours)}  {e.reason}"))
        click.echo("\nStopped; the demo's mailbox is gone.")
