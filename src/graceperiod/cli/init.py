"""`graceperiod init`: sets an account up, by questions on a terminal or by options alone."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from graceperiod.app.init import renew_password, set_up
from graceperiod.app.init_parts import Given, InitParts, InitResult, PasswordStore, TryLogin
from graceperiod.core.address import Address
from graceperiod.core.discovery import Discovery
from graceperiod.core.endpoint import Tls
from graceperiod.errors import UserError
from graceperiod.settings import Account, default_path

_LONGEST_PASSWORD = 4096
"""Characters read from standard input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the command reaches out to; a test has its own."""

    discover: Callable[[Address], Discovery]
    open_passwords: Callable[[Mapping[str, Account]], PasswordStore]
    try_login: TryLogin


class Terminal:
    """An `Asker` that asks on standard error, or names the missing option where nobody can answer.

    Args:
        is_interactive: whether somebody sits there.
    """

    def __init__(self, *, is_interactive: bool) -> None:
        self._is_interactive = is_interactive

    @property
    def is_interactive(self) -> bool:
        """Whether a question would be answered."""
        return self._is_interactive

    def text(self, question: str, *, option: str, default: str = "") -> str:
        """One line."""
        if not self._is_interactive and default:
            return default
        self._need(option)
        return str(click.prompt(question, default=default or None, err=True)).strip()

    def secret(self, question: str, *, option: str) -> str:
        """One line that is not shown."""
        self._need(option)
        return str(click.prompt(question, hide_input=True, err=True))

    def choice(self, question: str, *, option: str, choices: tuple[str, ...], default: str) -> str:
        """One of the choices."""
        self._need(option)
        return str(click.prompt(question, type=click.Choice(choices), default=default, err=True))

    def say(self, line: str) -> None:
        """Tell something."""
        click.echo(line, err=True)

    def _need(self, option: str) -> None:
        if not self._is_interactive:
            msg = f"nobody is there to ask, standard input is no terminal: give {option}"
            raise UserError(msg)


def init_command(world: Callable[[], World], *, is_terminal: Callable[[], bool]) -> click.Command:
    """The command, which reaches out through `world` only."""

    @click.command("init")
    @click.option("--account", metavar="NAME", help="Name of the account in the settings [a-z0-9-].")
    @click.option("--address", help="Your mail address.")
    @click.option("--name", "display_name", metavar="TEXT", help="Your name, for From of drafts.")
    @click.option("--host", help="IMAP server; found by the address if left out.")
    @click.option("--port", type=click.IntRange(1, 65535), help="Default: 993, or 143 with STARTTLS.")
    @click.option("--tls", type=click.Choice([t.value for t in Tls]), help="Default: implicit.")
    @click.option(
        "--ca-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A further certificate authority (PEM), for private servers.",
    )
    @click.option("--user", help="What you log in with; default: your address.")
    @click.option("--drafts", metavar="MAILBOX", help="For drafts, where the server names none.")
    @click.option("--sent", metavar="MAILBOX", help="For sent mail, where the server names none.")
    @click.option("--password-command", metavar="COMMAND", help="Prints the password, e.g. 'pass show mail'.")
    @click.option("--password-credential", metavar="NAME", help="A credential of the systemd service.")
    @click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
    @click.option("--password-of", metavar="NAME", help="Only store a new password for that account.")
    @click.option("--no-login", is_flag=True, help="Do not try the login.")
    @click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
    @click.pass_obj
    def init(config: str | None, /, *, password_of: str | None, as_json: bool, **options: Any) -> None:
        """Set up an account: find its server, try the login, store the password, write the settings.

        Passwords are asked for and go into the keyring; they are never taken from the command line.

        \b
        Example:   graceperiod init
                   graceperiod init --address me@mail.example --password-command 'pass show mail'
        """  # noqa: D301 - \b is click's mark for text that keeps its lines
        path = Path(config) if config else default_path()
        terminal = Terminal(is_interactive=is_terminal() and not options["password_stdin"])
        parts, given = _parts(path, world()), _given(**options)
        if password_of:
            result = renew_password(password_of, given, terminal, parts)
        else:
            result = set_up(given, terminal, parts)
        click.echo(_as_json(result, path) if as_json else _as_text(result, path))

    return init


def _given(
    *,
    display_name: str | None,
    ca_file: Path | None,
    drafts: str | None,
    sent: str | None,
    password_stdin: bool,
    no_login: bool,
    **options: Any,
) -> Given:
    sources = (options["password_command"], options["password_credential"])
    if sum(source is not None for source in sources) > 1:
        msg = "--password-command and --password-credential exclude each other"
        raise UserError(msg)
    further = {
        "name": display_name,
        "ca_file": str(ca_file.absolute()) if ca_file else None,
        "drafts": drafts,
        "sent": sent,
    }
    return Given(
        password=_password_from_stdin() if password_stdin else None,
        further={key: value for key, value in further.items() if value},
        tries_login=not no_login,
        **options,
    )


def _password_from_stdin() -> str:
    line = sys.stdin.readline(_LONGEST_PASSWORD + 1).rstrip("\r\n")
    if not line or len(line) > _LONGEST_PASSWORD:
        msg = "--password-stdin: standard input has no password in its first line"
        raise UserError(msg)
    return line


def _parts(path: Path, world: World) -> InitParts:
    from graceperiod.adapters.toml_file import add_account, read_accounts

    return InitParts(
        accounts=read_accounts(path),
        discover=world.discover,
        open_passwords=world.open_passwords,
        try_login=world.try_login,
        add_account=partial(add_account, path),
    )


def _as_json(result: InitResult, path: Path) -> str:
    account, report = result.account, result.report
    return json.dumps(
        {
            "account": result.name,
            "file": str(path),
            "host": account.host,
            "port": account.port,
            "tls": account.tls.value,
            "password": _source(account),
            "logged_in": report is not None,
            "drafts": report.drafts if report else None,
            "sent": report.sent if report else None,
            "keywords": report.keywords if report else None,
            "capabilities": list(report.capabilities) if report else None,
        },
        ensure_ascii=False,
    )


def _as_text(result: InitResult, path: Path) -> str:
    name, report = result.name, result.report
    lines = [f"Account {name} is set up in {path}; its password comes from the {_source(result.account)}."]
    if report is None:
        lines.append("The login was not tried.")
    else:
        lines.append(f"The login works. Drafts: {report.drafts or 'none'}. Sent: {report.sent or 'none'}.")
        if report.drafts is None:
            lines.append(f'Name the mailbox for drafts in the settings: accounts.{name}.drafts = "..."')
        if not report.keywords:
            lines.append("The server keeps no keywords, so that marks will not show in your mail program.")
    lines.append("Look first, without changing anything:  graceperiod scan " + name)
    lines.append("Then start:  graceperiod run")
    return "\n".join(lines)


def _source(account: Account) -> str:
    return "keyring" if isinstance(account.password, str) else next(iter(account.password.model_dump()))


def _real_world() -> World:
    from graceperiod.adapters.discovery import discover
    from graceperiod.adapters.passwords import AccountPasswords
    from graceperiod.bootstrap import try_login

    return World(discover=discover, open_passwords=AccountPasswords, try_login=try_login)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


init = init_command(_real_world, is_terminal=_is_terminal)
