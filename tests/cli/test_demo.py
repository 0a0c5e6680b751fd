"""The installed command, in a process of its own, as a user starts it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graceperiod.demo.backstage import PASSWORD
from graceperiod.demo.person import Person
from graceperiod.demo.story import USER

COMMAND = Path(sys.executable).with_name("graceperiod")
LIMIT_S = 20.0
"""Issue 2: the demo ends in less."""


class Done(NamedTuple):
    status: int
    out: str
    err: str
    took_s: float


class Place:
    """A home and a folder for temporary files, both of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary = folder / "home", folder / "tmp"
        self.home.mkdir()
        self.temporary.mkdir()

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("COLUMNS", "LINES", "PYTHONIO"))}
        return kept | {"HOME": str(self.home), "TMPDIR": str(self.temporary), "NO_COLOR": "1"} | more

    def run(self, *arguments: str, **more: str) -> Done:
        began = time.monotonic()
        done = subprocess.run(
            [COMMAND, "demo", *arguments],
            capture_output=True,
            encoding="utf-8",
            env=self.environment(**more),
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr, time.monotonic() - began)

    @contextlib.contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            [COMMAND, "demo", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self.environment(PYTHONUNBUFFERED="1"),
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def is_clean(self) -> bool:
        return not list(self.home.rglob("*")) and not list(self.temporary.iterdir())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def line_with(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if text in line)


def test_every_promise_is_kept_with_the_shipped_model_in_less_than_its_time(place: Place) -> None:
    done = place.run("--json")
    found = [each for each in objects(done.out) if each["kind"] == "check"]
    assert [(each["name"], each["found"]) for each in found if not each["kept"]] == []
    assert len(found) > 10
    assert done.status == 0
    assert done.err == ""
    assert done.took_s < LIMIT_S


def test_json_is_one_object_a_line_and_the_exit_status_agrees_with_the_summary(place: Place) -> None:
    done = place.run("--json")
    told = objects(done.out)
    summary = told[-1]
    assert summary["kind"] == "summary"
    assert summary["kept"] == all(each["kept"] for each in told if each["kind"] == "check")
    assert done.status == (0 if summary["kept"] else 1)
    assert place.is_clean()


@pytest.mark.parametrize("columns", ["80", "120"])
def test_people_can_read_it_in_any_width_without_colour(place: Place, columns: str) -> None:
    done = place.run(COLUMNS=columns)
    assert done.err == ""
    assert "\x1b" not in done.out
    assert max(map(len, done.out.splitlines())) <= int(columns)
    for word in ("Traceback", "Error"):
        assert word not in done.out
    for title in ("Replies held in Drafts", "Marks on the server", "No draft, and why", "What was promised"):
        assert f"\n{title}\n" in done.out
    assert "graceperiod init" in done.out


def test_a_terminal_without_umlauts_gets_question_marks(place: Place) -> None:
    done = place.run(PYTHONIOENCODING="ascii")
    assert done.err == ""
    assert "Jonas ?zdemir" in done.out


def test_settings_that_are_broken_do_not_matter(place: Place, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("no settings [", "utf-8")
    done = place.run("--json", GRACEPERIOD_CONFIG=str(broken))
    assert objects(done.out)[-1]["kind"] == "summary"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_kept_open_it_can_be_looked_at_until_it_is_stopped(place: Place, number: signal.Signals) -> None:
    with place.running("--keep", "--json", "--port", "0") as process:
        is_kept = json.loads(line_with(process, '"kind": "summary"'))["kept"]
        server = json.loads(line_with(process, '"kind": "server"'))
        assert server["password"] == PASSWORD
        with Person(
            host=server["host"],
            port=server["port"],
            user=server["user"],
            password=server["password"],
            address=USER,
        ) as person:
            assert len(person.stored("INBOX")) > 60
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == (0 if is_kept else 1)
    assert err == ""
    assert {each["kind"] for each in objects(out)} <= {"event"}
    assert place.is_clean()


def test_kept_open_it_says_how_to_look_and_how_to_end_it(place: Place) -> None:
    with place.running("--keep", "--port", "0") as process:
        line_with(process, "The mailbox is at 127.0.0.1, port ")
        line_with(process, "Ctrl-C ends it")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert "Stopped." in out
    assert err == ""


def test_an_interrupted_show_leaves_nothing_behind(place: Place) -> None:
    with place.running() as process:
        line_with(process, "Graceperiod's demo")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert place.is_clean()


def test_a_port_that_is_taken_is_said_in_a_sentence(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = place.run("--port", str(taken.getsockname()[1]))
    assert done.status == 2
    assert "cannot listen on 127.0.0.1" in done.err
    assert "Traceback" not in done.err
    assert place.is_clean()


def test_help_names_every_kind_of_line(place: Place) -> None:
    done = place.run("--help")
    kinds = {each["kind"] for each in objects(place.run("--json").out)} | {"server", "event"}
    assert all(f"\n    {kind} " in done.out for kind in kinds)
