from pathlib import Path

from graceperiod.settings import parse
from graceperiod.settings.lines import key_lines
from graceperiod.settings.model import Settings
from graceperiod.settings.problems import keys_at

_EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
_TEXT = _EXAMPLE.read_text(encoding="utf-8")


def test_the_example_equals_the_defaults() -> None:
    least = '[accounts.work]\naddress = "me@mail.example"\nhost = "imap.mail.example"\n'
    assert parse(_TEXT, file="/x/config.toml") == parse(least, file="/x/config.toml")


def test_the_example_has_every_key_with_a_comment_on_its_line() -> None:
    lines = key_lines(_TEXT)
    tables = [("accounts", "work"), *((name,) for name in Settings.model_fields if name != "accounts")]
    for table in tables:
        for key in keys_at(table):
            assert " # " in _TEXT.splitlines()[lines[*table, key] - 1], (table, key)
