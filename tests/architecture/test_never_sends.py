"""Promise 1: it never sends. No code that could, no host but the account's, no command off the list."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import graceperiod
from dovecot import PASSWORD, Dovecot
from graceperiod.adapters.imap import ALLOWED_VERBS
from graceperiod.core.hold import HoldState
from stage import Stage, rejection

SOURCE = Path(graceperiod.__file__).parent
SUBMISSION = {"smtplib", "aiosmtplib", "smtpd", "nntplib", "ftplib", "http", "requests", "httpx", "aiohttp"}


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_no_module_imports_anything_that_could_submit_mail() -> None:
    files = list(SOURCE.rglob("*.py"))
    assert len(files) > 50
    guilty = {str(f): found for f in files if (found := SUBMISSION & set(imports_of(f)))}
    assert guilty == {}


def test_the_whole_program_loaded_has_no_smtp_code_in_memory() -> None:
    script = (
        "import importlib, pkgutil, sys, graceperiod\n"
        "for m in pkgutil.walk_packages(graceperiod.__path__, 'graceperiod.'):\n"
        "    importlib.import_module(m.name)\n"
        "print('smtplib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


SPY = """
import json, sys
seen = []
def hook(event, args):
    if event == "socket.connect":
        seen.append(list(args[1]) if isinstance(args[1], tuple) else str(args[1]))
    elif event == "socket.getaddrinfo":
        seen.append(["lookup", str(args[0])])
    elif event in ("socket.sendto", "smtplib.connect", "smtplib.send", "urllib.Request", "ftplib.connect"):
        seen.append([event])
sys.addaudithook(hook)
from graceperiod.cli import invoke
status = invoke(sys.argv[1:])
print(json.dumps({"status": status, "seen": seen}))
"""


@pytest.mark.server
def test_the_daemon_connects_to_the_accounts_server_and_to_nothing_else(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    stage = Stage(dovecot, tmp_path)
    stage.person.deliver(rejection(), "INBOX", stage.clock.now())
    settings = tmp_path / "config.toml"
    settings.write_text(
        f"""[accounts.work]
address = "robin@postbox.example"
host = "127.0.0.1"
port = {dovecot.port}
tls = "none"
user = "{stage.user}"
password = {{ command = ["echo", "{PASSWORD}"] }}
[store]
path = "{tmp_path}/store"
"""
    )
    stage.close()
    done = subprocess.run(
        [sys.executable, "-c", SPY, "--config", str(settings), "run", "--once"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["status"] == 0, done.stderr
    reached = {tuple(place) for place in told["seen"]}
    assert reached == {("127.0.0.1", dovecot.port), ("lookup", "127.0.0.1")}


COMMAND = re.compile(r"^[0-9.]* ?[A-Z0-9]+ (UID \w+|\w+)", re.IGNORECASE)


def verbs(transcript: str) -> set[str]:
    """The commands in a transcript; the literals that APPEND sends are passed over."""
    found: set[str] = set()
    in_literal = 0
    for line in transcript.split("\n"):
        text = line.rstrip("\r")
        if in_literal > 0:
            in_literal -= len(re.sub(r"^\d+\.\d+ ", "", line)) + 1
            continue
        stamped = re.sub(r"^\d+\.\d+ ", "", text)
        if stamped.upper() == "DONE":
            found.add("DONE")
        elif match := COMMAND.match(stamped):
            found.add(match[1].upper())
        if literal := re.search(r"\{(\d+)\+?\}$", text):
            in_literal = int(literal[1])
    return found


def test_commands_are_read_off_a_transcript_and_literals_are_not() -> None:
    text = (
        "1.0 A1 SELECT INBOX\r\n1.1 A2 APPEND Drafts {11}\r\n1.2 X EXPUNGE\r\n\r\n"
        "1.3 A3 uid expunge 4\r\n1.4 DONE\r\n"
    )
    assert verbs(text) == {"SELECT", "APPEND", "UID EXPUNGE", "DONE"}


@pytest.mark.server
def test_every_command_on_the_wire_is_on_the_list(dovecot: Dovecot, tmp_path: Path) -> None:
    stage = Stage(dovecot, tmp_path)
    stage.person.close()
    dovecot.log(stage.user)
    stage.person = stage.client()
    try:
        stage.play_a_whole_life()
        assert stage.state() is HoldState.SENT
    finally:
        stage.close()
    said = verbs(dovecot.transcripts(stage.user))
    assert {"SELECT", "APPEND", "IDLE", "DONE", "UID FETCH", "UID STORE", "UID EXPUNGE"} <= said
    assert said <= ALLOWED_VERBS
