import re
from collections.abc import Callable
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.endpoint import Tls
from graceperiod.errors import SettingsError
from graceperiod.settings import (
    Account,
    PasswordCommand,
    PasswordCredential,
    Settings,
    default_path,
    parse,
    parse_account,
)

ACCOUNT = '[accounts.work]\naddress = "me@mail.example"\nhost = "imap.mail.example"\n'


def _said(text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        parse(text, file="c.toml")
    return str(caught.value).splitlines()


def _complaint(call: Callable[..., object], *arguments: object) -> str:
    """What a SettingsError says; nothing where there is none."""
    try:
        call(*arguments)
    except SettingsError as error:
        return str(error)
    return ""


def _account(more: str) -> Account:
    return parse(ACCOUNT + more, file="c.toml").accounts["work"]


def test_two_keys_are_enough_for_an_account() -> None:
    account = _account("")
    assert account.user == "me@mail.example"
    assert str(account.endpoint) == "imap.mail.example:993"
    assert account.password == "keyring"
    assert account.watch == ("INBOX",)
    assert account.sender.addr_spec == "me@mail.example"


@pytest.mark.parametrize(("tls", "port"), [("implicit", 993), ("starttls", 143)])
def test_the_port_follows_from_the_encryption(tls: str, port: int) -> None:
    assert _account(f'tls = "{tls}"').port == port
    assert _account(f'port = 1234\ntls = "{tls}"').port == 1234


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "LOCALHOST", "127.8.9.1"])
def test_a_server_on_this_computer_may_do_without_encryption(host: str) -> None:
    text = f'[accounts.work]\naddress = "me@mail.example"\nhost = "{host}"\ntls = "none"\n'
    assert parse(text, file="c.toml").accounts["work"].tls is Tls.NONE


@pytest.mark.parametrize("host", ["imap.mail.example", "10.0.0.1", "localhost.mail.example", "::2"])
def test_no_other_server_may(host: str) -> None:
    text = f'[accounts.work]\naddress = "me@mail.example"\ntls = "none"\nhost = "{host}"\n'
    [line] = _said(text)
    assert line.startswith("c.toml:3: accounts.work.tls: ")


def test_a_password_comes_from_a_command_or_a_credential_too() -> None:
    command = _account('password = { command = ["pass", "show", "my mail"] }').password
    assert command == PasswordCommand(command=("pass", "show", "my mail"))
    assert _account('password = { credential = "mail" }').password == PasswordCredential(credential="mail")


@pytest.mark.parametrize(
    "password",
    [
        '"hunter2"',
        '{ command = "hunter2" }',
        '{ secret = "hunter2" }',
        "['hunter2']",
    ],
)
def test_a_password_in_the_file_is_refused_and_never_repeated(password: str) -> None:
    lines = _said(f"{ACCOUNT}password = {password}")
    assert lines
    assert all(line.startswith("c.toml:4: accounts.work.password") for line in lines)
    assert "hunter2" not in "".join(lines)


@given(st.text("abcdefgh123", min_size=12, max_size=20), st.sampled_from(list(Account.model_fields)))
def test_no_message_repeats_a_value(secret: str, key: str) -> None:
    table = {"address": "me@mail.example", "host": "imap.mail.example", "tls": "starttls"}
    for value in (secret + "\n", [secret, 5], {"x": secret}):
        assert secret not in _complaint(parse_account, "work", table | {key: value})


@pytest.mark.parametrize("name", ["..", "a/b", "", ".hidden", "a b"])
def test_a_credential_is_a_plain_name(name: str) -> None:
    [line] = _said(f'{ACCOUNT}password = {{ credential = "{name}" }}')
    assert "accounts.work.password.credential: must be a plain name" in line


def test_every_problem_is_reported_at_once_in_the_order_of_the_lines() -> None:
    lines = _said(
        """\
[acounts.x]
[accounts.work]
address = "nope"
host = "imap.mail.example"
tls = "implict"
port = "993"
watch = [
  "INBOX",
  5,
]
poll_minutes = 3
[accounts."Bad Name"]
address = "me@mail.example"
tls = "none"
[hours]
zone = "Europe/Wien"
opens = "9:00"
days = ["mon",
        "tues"]
country = "at"
[daemon]
poll_minutes = 31
"lokback_days" = true
"""
    )
    starts = [line.partition(": ")[0] + " " + line.split(": ")[1] for line in lines]
    assert starts == [
        "c.toml:1 acounts",
        "c.toml:3 accounts.work.address",
        "c.toml:5 accounts.work.tls",
        "c.toml:6 accounts.work.port",
        "c.toml:9 accounts.work.watch[2]",
        "c.toml:11 accounts.work.poll_minutes",
        'c.toml:12 accounts."Bad Name"',
        'c.toml:12 accounts."Bad Name".host',
        "c.toml:16 hours.zone",
        "c.toml:17 hours.opens",
        "c.toml:19 hours.days[2]",
        "c.toml:20 hours.country",
        "c.toml:22 daemon.poll_minutes",
        "c.toml:23 daemon.lokback_days",
    ]
    text = "\n".join(lines)
    for hint in ("accounts", "implicit", "Europe/Vienna", "tue", "lookback_days"):
        assert f'(did you mean "{hint}"?)' in text
    assert "(it belongs in [daemon])" in text


@pytest.mark.parametrize("text", ["", "[hold]\n", "[accounts]\n", "accounts = {}"])
def test_settings_without_an_account_say_how_to_get_one(text: str) -> None:
    [line] = _said(text)
    assert line.endswith("accounts: no account is set up yet; run: graceperiod init")
    assert parse(text, file="c.toml", needs_account=False).accounts == {}


def test_the_same_user_on_the_same_host_is_one_account_even_if_another_key_is_wrong() -> None:
    again = ACCOUNT.replace("work", "again").replace("imap.mail", "IMAP.mail") + 'user = "me@mail.example"\n'
    lines = _said(ACCOUNT + again + "junk = 1\n")
    assert lines[0] == "c.toml:4: accounts.again: is the same user on the same host as accounts.work"
    assert lines[1].startswith("c.toml:8: accounts.again.junk: ")


def test_two_users_on_one_host_are_two_accounts() -> None:
    again = ACCOUNT.replace("work", "again") + 'user = "other"\n'
    assert set(parse(ACCOUNT + again, file="c.toml").accounts) == {"work", "again"}


@pytest.mark.parametrize(
    ("text", "line"),
    [("[hold]\nseal = \n", 2), ("a = 1\na = 2\n", 2), ('a = "x', 1), ("a = 1\n[b\n", 2), ("a = [\n1,\n2", 3)],
)
def test_what_is_not_toml_is_reported_with_its_line(text: str, line: int) -> None:
    [said] = _said(text)
    assert said.startswith(f"c.toml:{line}: this is not TOML: ")
    assert "(at " not in said


def test_a_bomb_of_brackets_is_refused() -> None:
    [line] = _said("x = " + "[" * 20_000 + "]" * 20_000)
    assert line == "c.toml:1: this is nested too deeply"


@pytest.mark.parametrize("text", ["accounts = 4", "[accounts]\nwork = 4", "hold = []\n" + ACCOUNT])
def test_a_table_that_is_none_is_reported(text: str) -> None:
    assert _said(text)[0].endswith(": must be a table")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("accounts.work.address", '"a@b.example, c@d.example"'),
        ("accounts.work.address", '"Me <me@mail.example>"'),
        ("accounts.work.host", '"imap mail"'),
        ("accounts.work.host", '""'),
        ("accounts.work.port", "0"),
        ("accounts.work.port", "65536"),
        ("accounts.work.port", "true"),
        ("accounts.work.watch", "[]"),
        ("accounts.work.watch", '"INBOX"'),
        ("accounts.work.watch", '["INBOX", "INBOX"]'),
        ("accounts.work.drafts", '"a\\nb"'),
        ("accounts.work.junk", '"yes"'),
        ("accounts.work.password", '{ command = [" "] }'),
        ("hold.seal", "1"),
        ("hold.playbook", '"stages"'),
        ("hours.zone", '"Europe"'),
        ("hours.zone", '"../etc/passwd"'),
        ("hours.opens", '"17:00"'),
        ("hours.closes", '"24:00"'),
        ("hours.closes", "1700"),
        ("hours.days", '["mon", "mon"]'),
        ("hours.country", '"AUT"'),
        ("reply.languages", '["english"]'),
        ("reply.languages", "[]"),
        ("reply.formality", '"rude"'),
        ("daemon.poll_minutes", "0"),
        ("daemon.lookback_days", "366"),
        ("daemon.lookback_days", "1.5"),
        ("daemon.log_level", '"loud"'),
        ("store.path", "5"),
    ],
)
def test_a_wrong_value_is_one_problem_at_its_key(key: str, value: str) -> None:
    section, _, last = key.rpartition(".")
    head = "" if section == "accounts.work" else f"[{section}]\n"
    base = ACCOUNT
    if last in {"address", "host"}:
        base = "\n".join(line for line in ACCOUNT.splitlines() if not line.startswith(last)) + "\n"
    text = f"{base}{head}{last} = {value}\n"
    number = text.count("\n")
    said = _said(text)
    if key == "hours.opens":  # right by itself, but not before `closes`
        assert said == ["c.toml:4: hours.closes: must be later than hours.opens"]
    else:
        assert len(said) == 1
        assert re.match(rf"c\.toml:{number}: {re.escape(key)}(\[\d\]|\.command)?: must ", said[0]), said


def test_toml_times_of_day_are_taken_as_well() -> None:
    hours = parse(ACCOUNT + "[hours]\nopens = 08:30:00\n", file="c.toml").hours
    assert (hours.opens, hours.closes) == (time(8, 30), time(17))
    assert hours.weekdays == frozenset(range(5))


def test_relative_paths_count_from_the_folder_of_the_settings_file() -> None:
    text = ACCOUNT + 'ca_file = "ca.pem"\n[store]\npath = "data"\n[model]\npath = "/models/mine"\n'
    settings = parse(text, file="/conf/graceperiod/config.toml")
    assert settings.accounts["work"].ca_file == Path("/conf/graceperiod/ca.pem")
    assert settings.store_path == Path("/conf/graceperiod/data")
    assert settings.model_path == Path("/models/mine")


def test_a_path_may_begin_with_the_home_folder(no_world: Path) -> None:
    settings = parse(ACCOUNT + '[store]\npath = "~/mine"\n', file="c.toml")
    assert settings.store_path == no_world / "mine"


def test_without_paths_the_platform_decides(no_world: Path) -> None:
    settings = parse(ACCOUNT, file="c.toml")
    assert settings.store_path.is_relative_to(no_world)
    assert default_path().is_relative_to(no_world)
    assert settings.model_path is None


def test_settings_cannot_be_changed() -> None:
    settings = parse(ACCOUNT, file="c.toml")
    with pytest.raises(ValueError, match="frozen"):
        settings.hold.seal = False


lines_of_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
accounts = st.fixed_dictionaries(
    {
        "address": st.just("me@mail.example"),
        "host": st.sampled_from(["localhost", "::1", "imap.mail.example"]),
    },
    optional={
        "name": lines_of_text,
        "tls": st.sampled_from(["implicit", "starttls"]),
        "port": st.integers(1, 65535),
        "user": lines_of_text,
        "ca_file": st.just("/ca.pem"),
        "password": st.sampled_from([{"command": ["a", "b c", '"']}, {"credential": "x"}, "keyring"]),
        "watch": st.lists(lines_of_text, min_size=1, max_size=3, unique=True),
        "drafts": lines_of_text,
        "junk": st.booleans(),
    },
)


@given(accounts)
def test_the_table_of_an_account_parses_to_that_account(table: dict[str, Any]) -> None:
    account = parse_account("work", table)
    text = tomlkit.dumps({"accounts": {"work": account.as_table()}})
    assert parse(text, file="c.toml").accounts == {"work": account}


words = st.sampled_from([*Settings.model_fields, *Account.model_fields, "x"])
anything = st.recursive(
    st.booleans() | st.integers(-9, 99) | st.text(max_size=9),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(words, v, max_size=6),
)


@given(st.dictionaries(words, anything, max_size=6))
def test_whatever_a_document_says_the_answer_is_settings_or_an_error(
    document: dict[str, Any],
) -> None:
    text = tomlkit.dumps(document)
    said = _complaint(partial(parse, file="c.toml"), text)
    assert all(re.match(r"c\.toml:\d+: ", line) for line in said.splitlines())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_the_text_is_the_answer_is_settings_or_a_settings_error(text: str) -> None:
    assert _complaint(partial(parse, file="c.toml"), text).startswith("c.toml:")
