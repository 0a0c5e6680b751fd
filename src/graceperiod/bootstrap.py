"""Puts adapters and steps together as the settings say; the only place that knows them all."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from functools import cached_property
from pathlib import Path

from graceperiod.adapters.calendar import is_holiday, zone
from graceperiod.adapters.clock import SystemClock
from graceperiod.adapters.imap import ImapStore, Login, open_store
from graceperiod.adapters.language import detect
from graceperiod.adapters.ledger_sqlite import SqliteLedger, open_for_annotating, open_ledger
from graceperiod.adapters.ledger_sqlite import examine as examine_store
from graceperiod.adapters.log import make_log
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.model_npz import NpzJudge
from graceperiod.adapters.model_shelf import ModelShelf
from graceperiod.adapters.passwords import AccountPasswords
from graceperiod.adapters.playbook_toml import load_playbook
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.adapters.toml_file import read_settings
from graceperiod.adapters.waker import Waker
from graceperiod.app.desk import Desk, WatchedAccount
from graceperiod.app.doctor import DoctorParts
from graceperiod.app.following_judge import FollowingJudge
from graceperiod.app.init_parts import LoginReport
from graceperiod.app.resolve import resolve
from graceperiod.core.policy import Policy, WorkingHours
from graceperiod.errors import ModelError, SettingsError
from graceperiod.ports import Clock, Judge, Ledger, Log, Templates
from graceperiod.settings import Account, Settings, default_path

_STORE_FILE = "ledger.sqlite3"
_MODELS = "models"
_NEVER = timedelta(days=36_500)


def settings_path(config: str | None) -> Path:
    """Where the settings are: what the command line or the environment says, else the platform's folder."""
    return Path(config) if config else default_path()


def load_settings(config: str | None) -> Settings:
    """The settings, checked as a whole.

    Raises:
        SettingsError: every problem in them, or that there is no file.
    """
    return read_settings(settings_path(config))


def settings_or_defaults(config: str | None) -> Settings:
    """The user's settings; the defaults for who has set up nothing yet and only looks at files."""
    if config is None and not settings_path(None).exists():
        return Settings()
    return load_settings(config)


def ledger_path(settings: Settings) -> Path:
    """The file of the local store."""
    return settings.store_path / _STORE_FILE


def model_shelf(settings: Settings) -> ModelShelf:
    """The user's own models."""
    return ModelShelf(settings.store_path / _MODELS)


@contextmanager
def ledger(settings: Settings, *, exclusive: bool) -> Iterator[SqliteLedger]:
    """The local store, closed at the end.

    Raises:
        LedgerBusy: `exclusive`, and another process has it.
        LedgerError: it cannot be used.
    """
    opened = open_ledger(ledger_path(settings), exclusive=exclusive)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def annotating_ledger(settings: Settings) -> Iterator[SqliteLedger]:
    """The local store for a command that adds a word of the user's, also beside the daemon.

    Raises:
        LedgerError: it cannot be used.
    """
    opened = open_for_annotating(ledger_path(settings))
    try:
        yield opened
    finally:
        opened.close()


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What does not depend on an account, made when it is first needed."""

    settings: Settings

    @cached_property
    def reader(self) -> MimeReader:
        """The reader of mail."""
        return MimeReader(detect=detect)

    @cached_property
    def judge(self) -> Judge:
        """The classifier: the settings', else the user's own as long as one is in use, else the shipped one.

        Raises:
            ModelError: the settings' or the shipped one cannot be used. One of the user's own that cannot is
                told in the log and passed over: nobody chose it by hand, and it may be of an older program.
        """
        if self.settings.model_path is not None:
            return NpzJudge.load(self.settings.model_path)
        return FollowingJudge(sign=model_shelf(self.settings).sign, load=self._own_or_shipped)

    def _own_or_shipped(self) -> Judge:
        judge, complaint = _own_or_shipped(self.settings)
        if complaint:
            self.log.warning("own_model_not_used", reason=complaint)
        return judge

    @cached_property
    def templates(self) -> Templates:
        """The texts of replies."""
        return JinjaTemplates()

    @cached_property
    def log(self) -> Log:
        """The daemon's log."""
        return make_log(self.settings.daemon.log_level.value)

    @cached_property
    def policy(self) -> Policy:
        """Settings and playbook together."""
        return make_policy(self.settings, self.templates)

    def desk(self, name: str, ledger: Ledger, *, clock: Clock | None = None) -> Desk:
        """What the steps need for one account."""
        account = self.settings.accounts[name]
        return Desk(
            account=watched(name, account, self.settings),
            ledger=ledger,
            reader=self.reader,
            judge=self.judge,
            templates=self.templates,
            clock=clock or SystemClock(),
            policy=self.policy,
            log=self.log,
            new_token=new_token,
            new_wake=Waker,
            open_store=lambda: connect(name, account),
        )

    def desks(self, ledger: Ledger) -> tuple[Desk, ...]:
        """A desk for each account of the settings."""
        if not self.settings.accounts:
            msg = "there is no account in the settings: add one with `graceperiod init`"
            raise SettingsError(msg)
        return tuple(self.desk(name, ledger) for name in self.settings.accounts)


def doctor_parts(config: str | None) -> DoctorParts:
    """What `graceperiod doctor` looks at."""

    def load() -> Settings:
        settings = load_settings(config)
        _ = Workshop(settings=settings).policy  # a language without templates is their problem too
        return settings

    return DoctorParts(
        settings_file=settings_path(config),
        load_settings=load,
        store_file=ledger_path,
        examine_store=examine_store,
        open_ledger=lambda settings: ledger(settings, exclusive=False),
        load_model=_model_in_use,
        watched=watched,
        connect=lambda name, account: connect(name, account, is_read_only=True),
    )


def _model_in_use(settings: Settings) -> tuple[str, str]:
    """The name of the model that judges, and why the user's own does not, if it should."""
    if settings.model_path is not None:
        return NpzJudge.load(settings.model_path).model, ""
    judge, complaint = _own_or_shipped(settings)
    return judge.model, complaint


def _own_or_shipped(settings: Settings) -> tuple[NpzJudge, str]:
    """The user's own model if one is in use, else the shipped one; and why their own is not, if it should."""
    shelf, complaint = model_shelf(settings), ""
    try:
        name = shelf.use().name
        if name is not None:
            return NpzJudge.load(shelf.path(name)), ""
    except ModelError as error:
        complaint = str(error)
    return NpzJudge.load(), complaint


def new_token() -> str:
    """The left side of a fresh Message-ID: 128 random bits, nothing that tells of us or of the machine."""
    return secrets.token_hex(16)


def connect(
    name: str, account: Account, password: str | None = None, *, is_read_only: bool = False
) -> ImapStore:
    """A connection to an account; the password is asked for where it is kept, unless it is given."""
    login = Login(account=name, endpoint=account.endpoint, user=account.user, ca_file=account.ca_file)
    if password is None:
        password = AccountPasswords({name: account}).password(name)
    return open_store(login, password, is_read_only=is_read_only)


def try_login(name: str, account: Account, password: str) -> LoginReport:
    """What a login with these settings finds; raises as `connect` does. Changes nothing."""
    store = connect(name, account, password)  # not read-only: EXAMINE tells of no keywords
    try:
        found = resolve(watched(name, account, Settings()), store.mailboxes())
        return LoginReport(
            capabilities=tuple(sorted(store.capabilities)),
            drafts=found.drafts,
            sent=found.sent,
            keywords=store.status(found.watched[0]).accepts_keywords,
        )
    finally:
        store.close()


def watched(name: str, account: Account, settings: Settings) -> WatchedAccount:
    """The account as the steps need it."""
    return WatchedAccount(
        name=name,
        address=account.sender,
        watch=account.watch,
        drafts=account.drafts,
        sent=account.sent,
        junk=account.junk,
        poll=timedelta(minutes=settings.daemon.poll_minutes),
        lookback=timedelta(days=settings.daemon.lookback_days),
    )


def local_zone(settings: Settings) -> tzinfo:
    """The user's time zone, in which ends of holds are shown."""
    return zone(settings.hours.zone)


def make_policy(settings: Settings, templates: Templates) -> Policy:
    """Settings and playbook as the decisions need them.

    Raises:
        SettingsError: a language without templates, a country without known holidays.
    """
    playbook = load_playbook(settings.hold.playbook.value)
    missing = sorted(set(settings.reply.languages) - set(templates.languages))
    if missing:
        msg = f"reply.languages: there are no templates in {missing[0]!r}, only in {templates.languages}"
        raise SettingsError(msg)
    hours = settings.hours
    return Policy(
        seal=settings.hold.seal,
        tier1=settings.hold.tier1,
        formality=settings.reply.formality,
        replies=playbook.replies,
        nudge_after=playbook.nudge_after if settings.hold.nudge else _NEVER,
        hours=WorkingHours(
            zone=zone(hours.zone),
            opens=hours.opens,
            closes=hours.closes,
            days=hours.weekdays,
            is_holiday=is_holiday(hours.country),
        ),
        languages=settings.reply.languages,
    )
