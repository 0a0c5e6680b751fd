"""The command line as a whole: help, exit statuses, and one boundary for errors."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from graceperiod import cli as module
from graceperiod.cli import cli, invoke
from graceperiod.errors import CredentialError, LedgerError, UnknownHost, Unreachable


def test_every_command_can_be_imported_and_has_help_with_an_example() -> None:
    names = cli.list_commands(click.Context(cli))
    assert {"demo", "init", "run", "scan", "classify", "holds", "why", "model"} <= set(names)
    for name in set(names) - {"model"}:  # a group of its own
        shown = CliRunner().invoke(cli, [name, "--help"])
        assert shown.exit_code == 0
        assert f"graceperiod {name}" in shown.output, name


def test_help_does_not_import_the_commands() -> None:
    script = (
        "import sys; from graceperiod.cli import invoke; invoke(['--help']); print('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert "scan" in done.stdout
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (CredentialError("check it"), 2),
        (UnknownHost("check the name"), 2),
        (Unreachable("gone"), 1),
        (LedgerError("full"), 1),
        (RuntimeError("a bug"), 3),
        (click.exceptions.Abort(), 130),
        (click.UsageError("no such option"), 2),
    ],
)
def test_the_exit_status_says_who_must_act(
    error: Exception, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(module.cli, "main", fail)
    assert invoke([]) == status
    said = capsys.readouterr().err
    assert ("Traceback" in said) is (status == 3)


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["sned"]) == 2
    assert "sned" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_bug(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.eml").write_text(f"Subject: {number}\n\nhello\n" * 3)
    command = f"{Path(sys.executable).with_name('graceperiod')} scan {tmp_path} --json | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
