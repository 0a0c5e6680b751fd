import stat
import tomllib
from pathlib import Path

import pytest

from graceperiod.adapters.toml_file import add_account, read_accounts, read_settings
from graceperiod.errors import SettingsError
from graceperiod.settings import parse_account

ACCOUNT = parse_account(
    "private",
    {"address": "me@mail.example", "host": "imap.mail.example", "password": {"command": ["pass", "show it"]}},
)
WRITTEN = """\
# mine

[hold]   # quiet
seal = false

# the days
[hours]
opens = '08:00'
[accounts."work"]
host = "mail.work.example" # theirs
address = "me@work.example"
# the end
"""


def test_an_added_account_is_read_back_and_nothing_else_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    before = read_settings(path)
    add_account(path, "private", ACCOUNT)
    after = read_settings(path)
    assert path.read_text().startswith(WRITTEN.rstrip())
    assert after.accounts == {**before.accounts, "private": ACCOUNT}
    assert (after.hold, after.hours) == (before.hold, before.hours)


def test_a_new_file_has_the_account_alone_and_its_owner_alone_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "graceperiod" / "config.toml"
    add_account(path, "private", ACCOUNT)
    assert read_settings(path).accounts == {"private": ACCOUNT}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    table = tomllib.loads(path.read_text())["accounts"]["private"]
    assert set(table) == {"address", "host", "password"}


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    path.chmod(0o644)
    add_account(path, "private", ACCOUNT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    target, path = tmp_path / "dotfiles" / "mine.toml", tmp_path / "config.toml"
    target.write_text(WRITTEN)
    path.symlink_to(target)
    add_account(path, "private", ACCOUNT)
    assert path.is_symlink()
    assert "private" in read_settings(target).accounts


def test_line_ends_stay_what_they_were(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(WRITTEN.replace("\n", "\r\n").encode())
    add_account(path, "private", ACCOUNT)
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert "private" in read_settings(path).accounts


def test_a_file_with_other_settings_only_can_get_its_first_account(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[hold]\nseal = false\n")
    assert read_accounts(path) == {}
    add_account(path, "private", ACCOUNT)
    assert not read_settings(path).hold.seal


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (WRITTEN, "work", "accounts.work exists already"),
        (WRITTEN + "\n[hours]\n", "private", "this is not TOML"),
        (WRITTEN + "[daemon]\npoll = 3\n", "private", "daemon.poll: unknown key"),
        ('accounts = { w = { address = "a@b.example", host = "b" } }', "private", "is an inline table"),
        ('[accounts.w]\naddress="me@mail.example"\nhost="imap.mail.example"', "private", "is the same user"),
        (WRITTEN, "Bad Name", "the name of an account must be"),
    ],
)
def test_a_file_that_cannot_take_the_account_stays_as_it_is(
    tmp_path: Path, text: str, name: str, said: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=said):
        add_account(path, name, ACCOUNT)
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("reason", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_write_that_is_broken_off_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: BaseException
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)

    def broken(handle: int) -> None:
        raise reason

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises((KeyboardInterrupt, SettingsError)):
        add_account(path, "private", ACCOUNT)
    assert path.read_text() == WRITTEN
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="graceperiod init"):
        read_settings(tmp_path / "config.toml")
    assert read_accounts(tmp_path / "config.toml") == {}


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        read_settings(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(SettingsError, match="over 1 MiB"):
        read_settings(path)


def test_a_file_that_is_not_utf_8_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"[accounts.a]\nname = 'J\xfcrgen'\n")
    with pytest.raises(SettingsError, match=r"config\.toml:2: this is not UTF-8"):
        read_settings(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN, encoding="utf-8-sig")
    assert set(read_settings(path).accounts) == {"work"}
