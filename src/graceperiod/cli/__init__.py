"""The command line: one module a command, loaded when it is called, and one boundary for errors."""

import importlib
import io
import sys
import traceback

import click

from graceperiod import __version__
from graceperiod.errors import GraceperiodError, LedgerError, MailStoreError, UnknownHost, UserError

EXIT_FAILED = 1
EXIT_USER = 2
EXIT_BUG = 3
EXIT_INTERRUPTED = 130

_COMMANDS = {
    "annotate": ("graceperiod.cli.annotate:annotate_command", "Say what a mail is, where the program erred."),
    "classify": ("graceperiod.cli.classify:classify", "Say what mails are; nothing is kept or changed."),
    "demo": ("graceperiod.cli.demo:demo", "Show the whole loop on a mailbox in memory; no account needed."),
    "doctor": ("graceperiod.cli.doctor:doctor", "Check everything, and say what to do; changes nothing."),
    "holds": ("graceperiod.cli.holds:holds", "List the held replies and the mails for you to decide."),
    "init": ("graceperiod.cli.init:init", "Set an account up."),
    "model": ("graceperiod.cli.model:model", "Train the classifier, and check what it learns from."),
    "run": ("graceperiod.cli.run:run", "Watch the mailboxes: the daemon."),
    "scan": ("graceperiod.cli.scan:scan", "Show what would have been done with mail that is there."),
    "why": ("graceperiod.cli.why:why", "Tell why a mail was marked and answered, or was not."),
}
"""Each command with where it is and a line for `--help`, which must not have to import them all."""


class _LazyGroup(click.Group):
    """Imports a command's module only when that command is named, to keep every start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - a wrong table is a bug of ours
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in sorted(_COMMANDS.items())])


@click.group(
    cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=str),
    envvar="GRACEPERIOD_CONFIG",
    metavar="FILE",
    help="Settings file; else $GRACEPERIOD_CONFIG, else the platform's config folder.",
)
@click.pass_context
def cli(ctx: click.Context, config: str | None) -> None:
    """Keeps your reply to a job rejection in Drafts, unsendable, until you have slept on it.

    \b
    Try it without an account:   graceperiod demo
    Set up a real one:           graceperiod init
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    ctx.obj = config


def main() -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 the user edits something, 3 a bug, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal cannot show must not end the program
            stream.reconfigure(errors="backslashreplace")
    sys.exit(invoke(sys.argv[1:]))


def invoke(arguments: list[str]) -> int:
    """Run one command line and return its exit status."""
    try:
        result = cli.main(args=arguments, prog_name="graceperiod", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("\nInterrupted; nothing is left half done.", err=True)
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USER
    except GraceperiodError as error:
        return _report(error)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return EXIT_FAILED
    except Exception:  # the one boundary: what arrives here is a bug
        traceback.print_exc()
        click.echo("\nThis is a bug in Graceperiod. Nothing was sent.", err=True)
        return EXIT_BUG
    return result if isinstance(result, int) else 0


def _report(error: GraceperiodError) -> int:
    prefix = {
        UserError: "",
        MailStoreError: "The mail server: ",
        LedgerError: "The local store: ",
    }
    said = next((p for kind, p in prefix.items() if isinstance(error, kind)), "")
    click.echo(f"graceperiod: {said}{error}", err=True)
    return status_of(error)


def status_of(error: GraceperiodError) -> int:
    """The exit status for an error: 2 where the user edits something, 1 where something else failed."""
    return EXIT_USER if isinstance(error, UserError | UnknownHost) else EXIT_FAILED
