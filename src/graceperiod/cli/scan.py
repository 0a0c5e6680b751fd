"""`graceperiod scan`: a dry run over an account or over files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from graceperiod.adapters.ledger_memory import MemoryLedger
from graceperiod.adapters.sources import SourceMail, open_source
from graceperiod.app.desk import WatchedAccount
from graceperiod.app.scan import Finding, Scan, Scannable, commonest_recipient
from graceperiod.app.scan_account import AccountSource
from graceperiod.bootstrap import Workshop, connect, settings_or_defaults, watched
from graceperiod.cli.output import console, json_option, say
from graceperiod.core.address import Address
from graceperiod.errors import SourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What is to be scanned."""

    account: WatchedAccount
    mails: Iterable[Scannable]
    total: int | None


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--me", metavar="ADDRESS", help="Whose mailbox it is; else the commonest recipient.")
@click.option(
    "--days", type=click.IntRange(0, 36_500), help="Of an account: how far back. [default: lookback_days]"
)
@click.option("--all", "with_all", is_flag=True, help="Also list mail on which nothing would be done.")
@json_option
@click.pass_obj
def scan(
    config: str | None, *, source: str, me: str | None, days: int | None, with_all: bool, as_json: bool
) -> None:
    """Show what would have been marked and drafted, and why. Changes nothing, there or here.

    SOURCE is an account of the settings, an mbox file, a Maildir, a folder of .eml files, or one .eml file.
    Each mail is judged as at the moment it arrived, with only the mail before it known.

    \b
    Example:   graceperiod scan ~/Mail/archive.mbox --me robin@postbox.example
               graceperiod scan work --days 90 --json
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    settings = settings_or_defaults(config)
    workshop = Workshop(settings=settings)
    with _open(workshop, source, me=me, days=days) as job:
        dry_run = Scan(
            account=job.account,
            ledger=MemoryLedger(),
            reader=workshop.reader,
            judge=workshop.judge,
            policy=workshop.policy,
        )
        findings = _with_progress(dry_run.findings(job.mails), job.total)
        if as_json:
            for finding in findings:
                say(_object(finding))
        else:
            _show(findings, with_all=with_all)


@contextmanager
def _open(workshop: Workshop, source: str, *, me: str | None, days: int | None) -> Iterator[_Job]:
    settings = workshop.settings
    owner = _owner(me)
    if source not in settings.accounts:
        yield _open_files(workshop, source, owner)
        return
    account = settings.accounts[source]
    lookback = timedelta(days=settings.daemon.lookback_days if days is None else days)
    store = connect(source, account, is_read_only=True)
    try:
        watched_account = watched(source, account, settings)
        mails = AccountSource(watched_account, store, since=datetime.now(UTC) - lookback)
        yield _Job(account=watched_account, mails=mails, total=mails.total)
    finally:
        store.close()


def _open_files(workshop: Workshop, source: str, owner: Address | None) -> _Job:
    accounts = sorted(workshop.settings.accounts)
    if not Path(source).exists() and "/" not in source and accounts:
        msg = f"{source!r} is neither an account ({', '.join(accounts)}) nor a file or folder"
        raise SourceError(msg)
    files = open_source(source)
    if owner is None:
        owner = commonest_recipient((_scannable(m) for m in files), workshop.reader)
    address = owner or Address(display_name="", addr_spec="nobody@localhost.invalid")
    return _Job(
        account=WatchedAccount(name="scan", address=address),
        mails=(_scannable(mail) for mail in files),
        total=files.total,
    )


def _owner(me: str | None) -> Address | None:
    if me is None:
        return None
    found = Address.parse(me)
    if len(found) != 1:
        msg = f"--me {me!r} is not a mail address"
        raise SourceError(msg)
    return found[0]


def _scannable(mail: SourceMail) -> Scannable:
    return Scannable(
        name=mail.name,
        raw=None if mail.reason else mail.raw,
        arrived_at=mail.arrived_at,
        defect=mail.reason,
    )


def _with_progress(findings: Iterator[Finding], total: int | None) -> Iterator[Finding]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    out = console(is_error=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as progress:
        task = progress.add_task("reading", total=total)
        for finding in findings:
            progress.advance(task)
            yield finding


def _object(finding: Finding) -> dict[str, object]:
    mail, verdict, hold = finding.mail, finding.verdict, finding.hold
    application = finding.application
    category = verdict.category.value if verdict else ("other" if finding.is_sent else None)
    return {
        "message_id": mail.message_id if mail else None,
        "date": mail.arrived_at if mail else None,
        "from": mail.senders[0].addr_spec if mail and mail.senders else None,
        "subject": mail.subject if mail else None,
        "category": category,
        "probability": round(verdict.probability, 6) if verdict else None,
        "acts": verdict.acts if verdict else False,
        "language": mail.language if mail else None,
        "employer": application.employer if application else None,
        "role": application.role if application else None,
        "application": application.id if application else None,
        "tier": application.tier.value if application and application.tier else None,
        "tier_evidence": None,
        "hold": None
        if hold is None
        else {
            "to": hold.recipient.addr_spec,
            "template": hold.template,
            "release_at": hold.release_at,
            "elements": list(hold.elements),
        },
        "reason": finding.reason,
        "rules": list(finding.rules),
        "name": finding.name,
    }


def _show(findings: Iterable[Finding], *, with_all: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    counts: Counter[str] = Counter()
    table = Table("date", "from", "subject", "is", "what would have been done")
    for finding in findings:
        counts[_kind(finding)] += 1
        if not with_all and not _is_worth_showing(finding):
            continue
        mail = finding.mail
        sender = mail.senders[0].display_name or mail.senders[0].addr_spec if mail and mail.senders else ""
        table.add_row(
            f"{mail.arrived_at:%Y-%m-%d}" if mail else "",
            escape(sender[:40]),
            escape((mail.subject if mail else finding.name)[:60]),
            _category(finding),
            escape(_done(finding)),
        )
    out = console()
    if table.row_count:
        out.print(table)
    read = sum(counts.values())
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()) if kind != "ordinary")
    out.print(f"{read} mails read" + (f": {told}." if told else "; nothing would have been done."))


def _is_worth_showing(finding: Finding) -> bool:
    verdict = finding.verdict
    return finding.mail is None or (verdict is not None and (verdict.acts or verdict.is_unsure))


def _kind(finding: Finding) -> str:
    if finding.mail is None:
        return "unreadable"
    if finding.verdict is None:
        return "written by you"
    if finding.verdict.acts:
        return finding.verdict.category.value.replace("_", " ")
    return "for you to decide" if finding.verdict.is_unsure else "ordinary"


def _category(finding: Finding) -> str:
    verdict = finding.verdict
    return f"{verdict.category.value} {verdict.probability:.0%}" if verdict else ""


def _done(finding: Finding) -> str:
    hold = finding.hold
    if hold is None:
        return finding.reason
    return f"reply to {hold.recipient.addr_spec}, held until {hold.release_at:%a %d %b %H:%M} UTC"
