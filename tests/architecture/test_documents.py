"""What the documents point at exists, and they speak of nothing that is not there."""

import re
from pathlib import Path

import pytest

import graceperiod

ROOT = Path(__file__).parent.parent.parent
SOURCE = Path(graceperiod.__file__).parent
TABLES = ["docs/rules.md", "docs/standards.md"]
MODULE = re.compile(r"`((?:core|app|adapters|settings|cli|playbooks|templates)/[\w/.]+)`")
TEST = re.compile(r"`(tests/[\w/.]+)`")


@pytest.mark.parametrize("name", TABLES)
def test_every_module_and_test_that_a_table_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| ") and "|---" not in row][1:]
    assert len(rows) > 10
    for row in rows:
        modules, tests = MODULE.findall(row), TEST.findall(row)
        assert modules, row
        assert tests, row
        missing = [m for m in modules if not (SOURCE / m).is_file()]
        missing += [t for t in tests if not (ROOT / t).is_file()]
        assert missing == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", *TABLES])
def test_every_link_in_a_document_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)\)", text)
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


def test_rules_cited_in_code_are_in_the_table() -> None:
    listed = set(re.findall(r"^\| ([A-Z]\d) \|", (ROOT / "docs/rules.md").read_text("utf-8"), re.MULTILINE))
    cited: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        for match in re.finditer(r"RULES ((?:[A-Z]\d(?:-[A-Z]?\d)?(?:, )?)+)", file.read_text("utf-8")):
            cited.update(re.findall(r"[A-Z]\d", match[1]))
    assert cited
    assert cited <= listed | {"A2", "C1"}, cited - listed


def test_the_commands_of_the_readme_exist() -> None:
    from graceperiod.cli import cli

    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"graceperiod (\w+)", readme))
    known = set(cli.list_commands(None))  # type: ignore[arg-type]
    assert named
    assert named <= known
    assert {f"make {t}" for t in ("demo", "test")} <= set(re.findall(r"make \w+", readme))
