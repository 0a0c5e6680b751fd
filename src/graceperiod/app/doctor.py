"""Looks at everything that Graceperiod depends on and says what is wrong; changes nothing."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graceperiod.app.desk import WatchedAccount
from graceperiod.app.doctor_account import LookedAtStore, examine_account
from graceperiod.core.finding import Finding, Level
from graceperiod.core.store_report import StoreReport
from graceperiod.errors import LedgerDamaged, LedgerError, ModelError, SettingsError
from graceperiod.ports import Ledger
from graceperiod.settings import Account, Settings

_LOST = (
    "Without a copy Graceperiod starts with an empty store: its history is lost, but no draft is doubled, "
    "since it looks into Drafts and Sent before it drafts anything"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorParts:
    """What the doctor looks at.

    Args:
        settings_file: for messages.
        load_settings: with all that depends on them alone; raises SettingsError.
        store_file: where the store is.
        examine_store: None where there is none yet; raises LedgerError.
        open_ledger: for reading.
        load_model: loads and checks the one in use; returns its name, and why it is not the user's own, empty
            if it need not be; raises ModelError.
        connect: logs in, mailboxes are only examined; raises UserError and MailStoreError.
    """

    settings_file: Path
    load_settings: Callable[[], Settings]
    store_file: Callable[[Settings], Path]
    examine_store: Callable[[Path], StoreReport | None]
    open_ledger: Callable[[Settings], AbstractContextManager[Ledger]]
    load_model: Callable[[Settings], tuple[str, str]]
    watched: Callable[[str, Account, Settings], WatchedAccount]
    connect: Callable[[str, Account], LookedAtStore]


def examine(parts: DoctorParts) -> Iterator[Finding]:
    """Each finding as soon as it is made, in the order of what depends on what."""
    try:
        settings = parts.load_settings()
    except SettingsError as error:
        yield from _broken_settings(error)
        return
    count = len(settings.accounts)
    said = f"{parts.settings_file} can be used, with {count} account{'s' if count != 1 else ''}"
    yield Finding(level=Level.OK, about="settings", found=said)
    yield from _store(parts, parts.store_file(settings))
    yield from _model(parts, settings)
    with ExitStack() as stack:
        ledger = _ledger(parts, settings, stack)
        for name, account in settings.accounts.items():
            watched = parts.watched(name, account, settings)
            yield from examine_account(watched, account, ledger, partial(parts.connect, name, account))


def _broken_settings(error: SettingsError) -> Iterator[Finding]:
    for line in str(error).splitlines():
        yield Finding(
            level=Level.PROBLEM,
            about="settings",
            found=line,
            advice="put it right and ask again: store, model and accounts are looked at only then",
        )


def _store(parts: DoctorParts, file: Path) -> Iterator[Finding]:
    try:
        report = parts.examine_store(file)
    except LedgerDamaged as error:
        yield Finding(level=Level.PROBLEM, about="store", found=str(error), advice=_aside(file))
        return
    except LedgerError as error:
        advice = f"it was left as it is. {_LOST}"
        yield Finding(level=Level.PROBLEM, about="store", found=str(error), advice=advice)
        return
    if report is None:
        found = f"there is no store at {file} yet"
        yield Finding(level=Level.NOTE, about="store", found=found, advice="`graceperiod run` makes it")
        return
    size = f"{report.size_bytes / 1_000_000:.1f} MB"
    found = f"{file} is sound, of version {report.version}, {size}"
    yield Finding(level=Level.OK, about="store", found=found)
    if report.version < report.newest:
        found = f"it is of version {report.version}, and this Graceperiod writes version {report.newest}"
        advice = "`graceperiod run` brings it up to date (restart it if it is running)"
        yield Finding(level=Level.NOTE, about="store", found=found, advice=advice)
    if not report.is_private:
        found = f"other users of this computer can read it (mode {report.mode:04o})"
        advice = f"chmod 600 {shlex.quote(str(file))}"
        yield Finding(level=Level.PROBLEM, about="store", found=found, advice=advice)


def _aside(file: Path) -> str:
    """How a damaged store is kept and got out of the way; its companions go with it."""
    name = shlex.quote(str(file))
    companions = "".join(f" {shlex.quote(f'{file}-{suffix}')}" for suffix in ("wal", "shm", "journal"))
    kept = shlex.quote(f"{file}.damaged")
    return (
        f"stop Graceperiod and keep the file: mkdir {kept} && mv {name}{companions} {kept} (those of them "
        f"that are there); then put back a copy of it if you have one, and start Graceperiod again. {_LOST}"
    )


def _model(parts: DoctorParts, settings: Settings) -> Iterator[Finding]:
    try:
        name, complaint = parts.load_model(settings)
    except ModelError as error:
        advice = "nothing is judged, and so nothing marked or drafted, before it is put right"
        yield Finding(level=Level.PROBLEM, about="model", found=str(error), advice=advice)
        return
    found = f"{name} is whole: its weights have the hash that its card names"
    yield Finding(level=Level.OK, about="model", found=found)
    if complaint:
        advice = f"until then {name} judges, which comes with Graceperiod"
        yield Finding(level=Level.NOTE, about="model", found=complaint, advice=advice)


def _ledger(parts: DoctorParts, settings: Settings, stack: ExitStack) -> Ledger | None:
    """The ledger, for what it remembers of mailboxes; None where it cannot be read, which was told before."""
    try:
        return stack.enter_context(parts.open_ledger(settings))
    except LedgerError:
        return None
