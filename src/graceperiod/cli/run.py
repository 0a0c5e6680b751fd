"""`graceperiod run`: the daemon."""

import signal
import socket
from contextlib import suppress
from types import FrameType

import click

from graceperiod.app.daemon import Daemon
from graceperiod.app.watch import sweep_once
from graceperiod.bootstrap import Workshop, ledger, ledger_path, load_settings
from graceperiod.cli import status_of
from graceperiod.errors import MailStoreError, SettingsError, UserError
from graceperiod.ports import Ledger
from graceperiod.settings import Settings


@click.command()
@click.option("--once", is_flag=True, help="Look at every account once, then end.")
@click.pass_obj
def run(config: str | None, *, once: bool) -> int:
    """Watch the mailboxes: mark rejections, hold replies in Drafts, release them when their time has come.

    Runs until it is ended (SIGTERM, Ctrl-C); SIGHUP has it read the settings again.

    \b
    Example:   graceperiod run --once
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    settings = load_settings(config)
    workshop = Workshop(settings=settings)
    with ledger(settings, exclusive=True) as store:
        for notice in store.notices:
            workshop.log.warning("store", notice=notice)
        if once:
            return _once(workshop, store)
        return _until_ended(config, settings, store)


def _once(workshop: Workshop, store: Ledger) -> int:
    statuses = [0]
    for desk in workshop.desks(store):
        try:
            done = sweep_once(desk)
        except (UserError, MailStoreError) as error:  # the other accounts are looked at all the same
            statuses.append(status_of(error))
            click.echo(f"{desk.account.name}: {error}", err=True)
            continue
        click.echo(
            f"{desk.account.name}: {done.read} read, {done.marked} marked, {done.steps} steps for holds"
        )
    return max(statuses)


class _Signals:
    """Turns signals into flags and wakes who waits for them; a handler does nothing else.

    Python calls a handler only between two steps of the main thread: a signal that comes just before that
    thread begins to wait for a lock, or is given to another thread, would be noticed with the next one. So
    the interpreter itself writes to a socket when a signal comes (`signal.set_wakeup_fd`), and that is what
    is waited for.
    """

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self.is_stopped = False
        self.is_reload_wanted = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._received)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def _received(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self.is_reload_wanted = True
        else:
            self.is_stopped = True

    def set(self) -> None:
        """Something has happened; from any thread."""
        with suppress(BlockingIOError):  # thousands of them unread: who waits will wake
            self._writer.send(b"!")

    def wait(self) -> None:
        """Return once something has happened since the last time."""
        self._reader.recv(4096)

    def close(self) -> None:
        """Signals end in flags only, and nobody waits any more."""
        signal.set_wakeup_fd(-1)
        self._reader.close()
        self._writer.close()


def _until_ended(config: str | None, settings: Settings, store: Ledger) -> int:
    signals = _Signals()
    workshop = Workshop(settings=settings)
    daemon = Daemon(workshop.desks(store), signals)
    daemon.start()
    workshop.log.info("started", accounts=len(settings.accounts), store=str(ledger_path(settings)))
    while not signals.is_stopped and not daemon.is_over:
        signals.wait()
        if signals.is_reload_wanted and not signals.is_stopped:
            signals.is_reload_wanted = False
            fresh = _reread(config, workshop)
            if fresh is not None:
                daemon.stop()
                workshop = fresh
                daemon = Daemon(workshop.desks(store), signals)
                daemon.start()
                workshop.log.info("reloaded", accounts=len(workshop.settings.accounts))
    daemon.stop()
    signals.close()
    stopped = daemon.stopped_accounts()
    workshop.log.info("ended", stopped_accounts=len(stopped))
    return 2 if stopped and not signals.is_stopped else 0


def _reread(config: str | None, current: Workshop) -> Workshop | None:
    """A workshop of the settings as they are now; None, and a word in the log, if they are broken."""
    try:
        fresh = Workshop(settings=load_settings(config))
        if not fresh.settings.accounts:
            msg = "there is no account in the settings"
            raise SettingsError(msg)
        if fresh.settings.store_path != current.settings.store_path:
            msg = "store.path changes only with a restart"
            raise SettingsError(msg)
        _ = (fresh.policy, fresh.judge)
    except UserError as error:
        current.log.error("settings_not_reloaded", reason=str(error))
        return None
    return fresh
