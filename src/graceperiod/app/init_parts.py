"""What setting an account up needs and tells: its questions, what it is given, what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from graceperiod.core.address import Address
from graceperiod.core.discovery import Discovery
from graceperiod.ports import Passwords
from graceperiod.settings import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginReport:
    """What a login told of the server.

    Args:
        drafts, sent: names of the mailboxes that would be used; None where there is none.
        keywords: whether INBOX takes keywords of ours.
    """

    capabilities: tuple[str, ...]
    drafts: str | None
    sent: str | None
    keywords: bool


class TryLogin(Protocol):
    """Logs in, looks around and logs out again; changes nothing."""

    def __call__(self, name: str, account: Account, password: str) -> LoginReport:
        """What the server told.

        Args:
            name: of the account in the settings, for messages.

        Raises:
            CredentialError: it does not accept user or password.
            AccountError, UnknownHost, Unreachable: the server cannot be used as it is set.
        """
        ...


class PasswordStore(Passwords, Protocol):
    """Passwords that can be put away as well."""

    def store(self, account: str, secret: str) -> None:
        """Put a password into the keyring.

        Raises:
            CredentialError: it is not there afterwards; says what to do.
        """
        ...


class Asker(Protocol):
    """Whoever answers. Where nobody does, each question raises `UserError` and names its option."""

    @property
    def is_interactive(self) -> bool:
        """Whether a question would be answered, so that a second try makes sense."""
        ...

    def text(self, question: str, *, option: str, default: str = "") -> str:
        """One line; the default for an empty answer."""
        ...

    def secret(self, question: str, *, option: str) -> str:
        """One line that is not shown while it is typed."""
        ...

    def choice(self, question: str, *, option: str, choices: tuple[str, ...], default: str) -> str:
        """One of the choices."""
        ...

    def say(self, line: str) -> None:
        """Tell something."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InitParts:
    """What setting up needs from the world.

    Args:
        accounts: those that are in the settings already, by name.
        add_account: writes one more.
    """

    accounts: Mapping[str, Account]
    discover: Callable[[Address], Discovery]
    open_passwords: Callable[[Mapping[str, Account]], PasswordStore]
    try_login: TryLogin
    add_account: Callable[[str, Account], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said on the command line; None is asked for, or has a default.

    Args:
        account: the name of the new account in the settings.
        password: read from standard input.
        password_command: a command line in the shell's notation; no shell is started.
        further: keys of the account in the settings that are never asked for.
        tries_login: False to believe what was said.
    """

    account: str | None = None
    address: str | None = None
    host: str | None = None
    port: int | None = None
    tls: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    password_command: str | None = None
    password_credential: str | None = None
    further: Mapping[str, Any] = field(default_factory=dict)
    tries_login: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InitResult:
    """The account as it was set up.

    Args:
        report: None where the login was not tried.
    """

    name: str
    account: Account
    report: LoginReport | None
