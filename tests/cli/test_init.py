import json
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from graceperiod.adapters.passwords import AccountPasswords
from graceperiod.adapters.toml_file import read_settings
from graceperiod.app.init_parts import LoginReport
from graceperiod.cli.init import World, init_command
from graceperiod.core.address import Address
from graceperiod.core.discovery import Discovery, Provider
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.errors import AccountError, CredentialError, UnknownHost, Unreachable, UserError
from graceperiod.settings import Account, PasswordCommand, PasswordCredential

SERVER = Endpoint(host="imap.mail.example", port=993, tls=Tls.IMPLICIT)
KNOWN = Provider(
    domains=frozenset({"mail.example"}),
    endpoint=SERVER,
    logs_in_with_local_part=False,
    note="Make an app password first.",
)
NO_IMAP = Provider(
    domains=frozenset({"none.example"}), endpoint=None, logs_in_with_local_part=False, note="It has no IMAP."
)
PASSWORD = "geheim"
COMMAND = f"{shlex.quote(sys.executable)} -c 'print(\"{PASSWORD}\")'"
OPTIONS = ("--address", "me@mail.example", "--host", "imap.mail.example")


class Keyring:
    """A keyring in memory, which may be locked; other ways to a password are the real ones."""

    def __init__(self, *, is_locked: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self.is_locked = is_locked
        self._accounts: Mapping[str, Account] = {}

    def open(self, accounts: Mapping[str, Account]) -> "Keyring":
        self._accounts = accounts
        return self

    def password(self, account: str) -> str:
        if self._accounts[account].password == "keyring":
            return self.kept[account]
        return AccountPasswords(self._accounts).password(account)

    def store(self, account: str, secret: str) -> None:
        if self.is_locked:
            msg = "the keyring is locked; unlock it"
            raise CredentialError(msg)
        self.kept[account] = secret


class Stage:
    """The command with a world of its own: a server that takes one password, a keyring in memory."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "conf" / "config.toml"
        self.keyring = Keyring()
        self.discovery = Discovery(provider=KNOWN, endpoint=SERVER)
        self.failure: Exception | None = None
        self.drafts: str | None = "Drafts"
        self.logins: list[tuple[str, Account, str]] = []

    def run(self, *arguments: str, answers: str | None = None, stdin: str = "") -> Result:
        """Run `init`; with `answers` somebody sits at the terminal."""
        world = World(discover=self._discover, open_passwords=self.keyring.open, try_login=self._try_login)
        command = init_command(lambda: world, is_terminal=lambda: answers is not None)
        return CliRunner().invoke(
            command, arguments, input=stdin if answers is None else answers, obj=str(self.path)
        )

    def account(self, name: str) -> Account:
        return read_settings(self.path).accounts[name]

    def _discover(self, address: Address) -> Discovery:
        return self.discovery

    def _try_login(self, name: str, account: Account, password: str) -> LoginReport:
        self.logins.append((name, account, password))
        if self.failure:
            raise self.failure
        if password != PASSWORD:
            msg = "the server does not accept user or password"
            raise CredentialError(msg)
        return LoginReport(capabilities=("IDLE", "IMAP4REV1"), drafts=self.drafts, sent="Sent", keywords=True)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def _refused(result: Result, kind: type[Exception] = UserError) -> str:
    assert isinstance(result.exception, kind), result.output
    return str(result.exception)


def test_somebody_at_a_terminal_answers_four_questions(stage: Stage) -> None:
    result = stage.run(answers=f"me@mail.example\n\n\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "Make an app password first." in result.stderr
    assert "Account mail is set up" in result.stdout
    assert PASSWORD not in result.output
    assert stage.keyring.kept == {"mail": PASSWORD}
    account = stage.account("mail")
    assert account.endpoint == SERVER
    assert account.user == "me@mail.example"
    assert PASSWORD not in stage.path.read_text()


def test_another_host_than_the_one_found_is_asked_for_its_encryption(stage: Stage) -> None:
    result = stage.run(answers=f"me@mail.example\nmy.mail.example\nstarttls\nme\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert str(stage.account("mail").endpoint) == "my.mail.example:143"
    assert stage.account("mail").user == "me"


def test_where_no_server_was_found_the_reasons_are_shown_and_the_host_is_asked_for(stage: Stage) -> None:
    stage.discovery = Discovery(provider=None, endpoint=None, failures=("mail.example:993: no answer",))
    result = stage.run(answers=f"me@mail.example\nimap.mail.example\n\n\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "mail.example:993: no answer" in result.stderr
    assert stage.account("mail").endpoint == SERVER


def test_a_wrong_password_may_be_typed_again_twice(stage: Stage) -> None:
    result = stage.run(*OPTIONS, answers=f"\nwrong\nwrong again\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert stage.keyring.kept == {"mail": PASSWORD}


def test_the_third_wrong_password_is_the_last(stage: Stage) -> None:
    assert "does not accept" in _refused(stage.run(*OPTIONS, answers="\na\nb\nc\nd\n"), CredentialError)
    assert not stage.path.exists()
    assert stage.keyring.kept == {}
    assert len(stage.logins) == 3


@pytest.mark.parametrize("count", range(4))
def test_going_away_at_any_question_leaves_no_file_and_no_password(stage: Stage, count: int) -> None:
    answers = "".join(["me@mail.example\n", "\n", "\n", "x"][:count])  # then standard input ends, as Ctrl-C
    result = stage.run(answers=answers)
    assert isinstance(result.exception, click.exceptions.Abort | SystemExit)
    assert not stage.path.parent.exists()
    assert stage.keyring.kept == {}


@pytest.mark.parametrize(
    "failure",
    [
        UnknownHost("the name imap.mail.example has no address"),
        Unreachable("no answer"),
        AccountError("the certificate of imap.mail.example:993 has expired"),
        KeyboardInterrupt(),
    ],
)
def test_a_login_that_cannot_be_tried_says_why_and_leaves_nothing(stage: Stage, failure: Any) -> None:
    stage.failure = failure
    result = stage.run(*OPTIONS, "--password-stdin", stdin=PASSWORD)
    assert result.exception is failure or isinstance(failure, KeyboardInterrupt)
    assert result.exit_code
    assert not stage.path.parent.exists()
    assert stage.keyring.kept == {}


def test_options_alone_are_enough_and_the_result_is_one_object(stage: Stage) -> None:
    result = stage.run(*OPTIONS, "--account", "work", "--password-command", COMMAND, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "account": "work",
        "file": str(stage.path),
        "host": "imap.mail.example",
        "port": 993,
        "tls": "implicit",
        "password": "command",
        "logged_in": True,
        "drafts": "Drafts",
        "sent": "Sent",
        "keywords": True,
        "capabilities": ["IDLE", "IMAP4REV1"],
    }
    assert stage.account("work").password == PasswordCommand(command=tuple(shlex.split(COMMAND)))


def test_every_option_reaches_the_settings(stage: Stage, tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("x")
    server = ("--port", "1143", "--tls", "starttls", "--user", "u", "--ca-file", str(authority))
    further = ("--name", "Me", "--drafts", "Entwürfe", "--sent", "Gesendet", "--password-stdin")
    result = stage.run(*OPTIONS, *server, *further, stdin=PASSWORD + "\r\n")
    assert result.exit_code == 0, result.output
    account = stage.account("mail")
    assert (account.port, account.tls, account.user, account.name) == (1143, Tls.STARTTLS, "u", "Me")
    assert (account.ca_file, account.drafts, account.sent) == (authority, "Entwürfe", "Gesendet")
    assert stage.keyring.kept == {"mail": PASSWORD}


def test_a_known_provider_needs_no_host(stage: Stage) -> None:
    result = stage.run("--address", "me@mail.example", "--password-stdin", stdin=PASSWORD)
    assert result.exit_code == 0, result.output
    assert stage.account("mail").endpoint == SERVER


def test_a_guessed_host_gets_no_password_without_a_yes(stage: Stage) -> None:
    stage.discovery = Discovery(provider=None, endpoint=SERVER)
    said = _refused(stage.run("--address", "me@mail.example", "--password-stdin", stdin=PASSWORD))
    assert "--host" in said
    assert stage.logins == []


def test_a_provider_without_imap_is_told_before_any_password_is_asked_for(stage: Stage) -> None:
    stage.discovery = Discovery(provider=NO_IMAP, endpoint=None)
    assert "It has no IMAP." in _refused(stage.run(answers="me@none.example\n"))


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        ((), "--address"),
        (OPTIONS, "--password-command, --password-credential or --password-stdin"),
    ],
)
def test_without_a_terminal_the_missing_option_is_named(
    stage: Stage, arguments: tuple[str, ...], option: str
) -> None:
    assert option in _refused(stage.run(*arguments))
    assert not stage.path.exists()


def test_a_locked_keyring_without_a_terminal_names_the_options(stage: Stage) -> None:
    stage.keyring.is_locked = True
    said = _refused(stage.run(*OPTIONS, "--password-stdin", stdin=PASSWORD), CredentialError)
    assert "is locked" in said
    assert "--password-command" in said
    assert not stage.path.exists()


def test_a_locked_keyring_leads_to_a_command_that_prints_the_same_password(stage: Stage) -> None:
    stage.keyring.is_locked = True
    result = stage.run(*OPTIONS, answers=f"\n{PASSWORD}\ncommand\n{COMMAND}\n")
    assert result.exit_code == 0, result.output
    assert isinstance(stage.account("mail").password, PasswordCommand)


def test_a_command_that_prints_another_password_is_refused(stage: Stage) -> None:
    stage.keyring.is_locked = True
    result = stage.run(*OPTIONS, answers=f"\n{PASSWORD}\ncommand\n{sys.executable} -c 'print(1)'\n")
    assert "prints another password" in _refused(result, CredentialError)
    assert not stage.path.exists()


def test_a_locked_keyring_leads_to_a_credential_and_says_how_to_make_it(stage: Stage) -> None:
    stage.keyring.is_locked = True
    result = stage.run(*OPTIONS, answers=f"\n{PASSWORD}\ncredential\n\n")
    assert result.exit_code == 0, result.output
    assert "systemd-creds encrypt --name=mail" in result.stderr
    assert stage.account("mail").password == PasswordCredential(credential="mail")


def test_a_credential_of_the_service_can_be_set_up_without_trying_it(stage: Stage) -> None:
    result = stage.run(*OPTIONS, "--password-credential", "mail", "--no-login")
    assert result.exit_code == 0, result.output
    assert "The login was not tried." in result.stdout
    assert stage.logins == []


def test_a_second_account_leaves_the_first_as_it_is(stage: Stage) -> None:
    stage.run(*OPTIONS, "--password-stdin", stdin=PASSWORD)
    first = stage.path.read_text()
    result = stage.run(*OPTIONS, "--user", "other", "--password-stdin", stdin=PASSWORD)
    assert result.exit_code == 0, result.output
    assert stage.path.read_text().startswith(first.rstrip())
    assert set(read_settings(stage.path).accounts) == {"mail", "mail-2"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*OPTIONS, "--account", "mail", "--user", "other"), "accounts.mail exists already"),
        (OPTIONS, "accounts.mail is this user on this host already"),
        ((*OPTIONS, "--account", "Bad Name", "--user", "o"), "the name of an account must be"),
        (("--address", "nobody", "--host", "h"), "that is no mail address"),
        ((*OPTIONS, "--user", "o", "--tls", "none"), "is for this computer only"),
        ((*OPTIONS, "--password-command", "a 'b"), "a quote that is not closed"),
        ((*OPTIONS, "--password-credential", "a/b"), "must be a plain name"),
        ((*OPTIONS, "--password-credential", "a", "--password-command", "b"), "exclude each other"),
        (("--password-of", "gone"), "there is no account gone in the settings: there is mail"),
    ],
)
def test_a_wrong_option_is_refused_before_the_server_is_asked(
    stage: Stage, arguments: tuple[str, ...], said: str
) -> None:
    stage.run(*OPTIONS, "--password-stdin", stdin=PASSWORD)
    before = stage.path.read_text()
    assert said in _refused(stage.run(*arguments, "--password-stdin", stdin=PASSWORD))
    assert stage.path.read_text() == before
    assert len(stage.logins) == 1


def test_an_empty_standard_input_is_no_password(stage: Stage) -> None:
    assert "no password in its first line" in _refused(stage.run(*OPTIONS, "--password-stdin"))


def test_a_settings_file_with_a_problem_is_reported_before_any_question(stage: Stage) -> None:
    stage.path.parent.mkdir()
    stage.path.write_text("[hold]\nsael = true\n")
    assert 'did you mean "seal"?' in _refused(stage.run(answers=""))


def test_a_new_password_of_an_account_goes_into_the_keyring_once_it_works(stage: Stage) -> None:
    stage.run(*OPTIONS, "--password-stdin", stdin=PASSWORD)
    stage.keyring.kept.clear()
    before = stage.path.read_text()
    result = stage.run("--password-of", "mail", answers=f"wrong\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert stage.keyring.kept == {"mail": PASSWORD}
    assert stage.path.read_text() == before


def test_a_password_that_does_not_come_from_the_keyring_is_not_put_there(stage: Stage) -> None:
    stage.run(*OPTIONS, "--password-command", COMMAND)
    said = _refused(stage.run("--password-of", "mail", answers="x\n"))
    assert "see accounts.mail.password in the settings" in said


def test_a_server_without_a_drafts_mailbox_leads_to_the_setting(stage: Stage) -> None:
    stage.drafts = None
    result = stage.run(*OPTIONS, "--password-stdin", stdin=PASSWORD)
    assert 'accounts.mail.drafts = "..."' in result.stdout


def test_no_option_takes_a_password(stage: Stage) -> None:
    command = init_command(lambda: pytest.fail("nothing is reached"), is_terminal=lambda: False)
    takes_text = {o for p in command.params if not getattr(p, "is_flag", False) for o in p.opts}
    passwords = {"--password-command", "--password-credential", "--password-of"}
    assert {o for o in takes_text if "password" in o} == passwords
