import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
import tomlkit
from hypothesis import example, given
from hypothesis import strategies as st

from graceperiod.settings.lines import Path, key_lines

_BARE = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-"
bare_keys = st.text(_BARE, min_size=1, max_size=6)
keys = bare_keys | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
scalars = st.one_of(
    st.integers(-(2**60), 2**60),
    st.booleans(),
    st.floats(allow_nan=False),
    texts,
    st.datetimes(),
    st.dates(),
    st.times(),
)
values = st.recursive(
    scalars, lambda v: st.lists(v, max_size=4) | st.dictionaries(keys, v, max_size=4), max_leaves=12
)
documents = st.dictionaries(keys, values, max_size=5)


def _paths(value: Any, at: Path = ()) -> set[Path]:
    """Every path of a parsed document but the top."""
    found = {at} if at else set()
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= _paths(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found |= _paths(inner, (*at, number))
    return found


def _last_key(path: Path) -> str:
    return next(part for part in reversed(path) if isinstance(part, str))


class _Writer:
    """Writes a document in many of the ways that TOML allows, and notes the line of each key."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw
        self.text = ""
        self.lines: dict[Path, int] = {}

    def table(self, table: Mapping[str, Any], at: Path) -> None:
        nested = {k: v for k, v in table.items() if isinstance(v, dict) and v and self._coin()}
        for key, value in table.items():
            if key not in nested:
                self._gap()
                self._pair(key, value, at)
                self.text += self._draw(st.sampled_from(["\n", " # x = 1\n", "\t\n\n", "\r\n"]))
        for key, value in nested.items():
            self._gap()
            path = (*at, key)
            self.text += "["
            self._note(path)
            self.text += " . ".join(self._key(str(part)) for part in path) + "] # [x]\n"
            self.table(value, path)

    def _gap(self) -> None:
        self.text += self._draw(st.sampled_from(["", "\n", "# [a.b]\n", "  ", '# """\n\n', "\t"]))

    def _pair(self, key: str, value: Any, at: Path) -> None:
        path = (*at, key)
        self._note(path)
        self.text += self._key(key)
        while isinstance(value, dict) and len(value) == 1 and self._coin():  # a dotted key
            [(inner, value)] = value.items()
            path = (*path, inner)
            self._note(path)
            self.text += " . " + self._key(inner)
        self.text += " = "
        self._value(value, path)

    def _value(self, value: Any, at: Path) -> None:
        if isinstance(value, dict):
            self.text += "{ "
            for number, (key, inner) in enumerate(value.items()):
                self.text += ", " if number else ""
                self._pair(key, inner, at)
            self.text += " }"
        elif isinstance(value, list):
            self._list(value, at)
        elif isinstance(value, str):
            self.text += self._string(value)
        else:
            self.text += tomlkit.item(value).as_string()

    def _list(self, value: list[Any], at: Path) -> None:
        self.text += "["
        for number, inner in enumerate(value):
            self.text += self._draw(st.sampled_from(["", "\n", " # ], x = 2\n  "]))
            self._note((*at, number))
            self._value(inner, (*at, number))
            self.text += "," if number < len(value) - 1 or self._coin() else ""
        self.text += self._draw(st.sampled_from(["]", "\n]", " # ]\n]"]))

    def _string(self, value: str) -> str:
        ways = ["basic"]
        if value.isprintable() and "'" not in value:
            ways += ["literal", "long literal"]
        if value.isprintable() and "\\" not in value and '"""' not in value:
            ways.append("long basic")
        match self._draw(st.sampled_from(ways)):
            case "literal":
                return f"'{value}'"
            case "long literal":
                return f"'''\n{value}\n[x]\ny = 1\n{value}''''"
            case "long basic":
                return f'"""\n{value.rstrip(chr(34))}\n[x]\ny = 1 \\\n  ""z"\\""""""'
            case _:
                return tomlkit.string(value).as_string()

    def _key(self, key: str) -> str:
        if key and set(key) <= set(_BARE) and self._coin():
            return key
        if key.isprintable() and "'" not in key and self._coin():
            return f"'{key}'"
        return tomlkit.string(key).as_string()

    def _note(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def _coin(self) -> bool:
        return bool(self._draw(st.booleans()))


@given(st.data(), documents)
def test_every_key_and_item_is_found_on_its_line_however_it_is_written(
    data: st.DataObject, document: dict[str, Any]
) -> None:
    writer = _Writer(data.draw)
    writer.table(document, ())
    parsed = tomllib.loads(writer.text)
    found = key_lines(writer.text)
    assert set(found) == _paths(parsed)
    for path, line in found.items():
        assert line == writer.lines[path], (path, writer.text)


@given(st.dictionaries(bare_keys, values, max_size=5))
@example({"a": [{"b": 1}, {"b": 2, "c": [{"d": 3}, {"d": 4}]}], "e": {"f": {"g": [1, 2]}}})
def test_the_line_of_a_key_that_tomlkit_wrote_has_that_key_in_it(document: dict[str, Any]) -> None:
    text = tomlkit.dumps(document)
    found = key_lines(text)
    lines = text.split("\n")
    assert set(found) == _paths(tomllib.loads(text))
    for path, line in found.items():
        if all(isinstance(part, str) and part.isascii() and part.isalnum() for part in path):
            assert _last_key(path) in lines[line - 1]


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2\n[[a.e]]\nf = 3", ("a", 1, "e", 0, "f"), 7),
        ("[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2", ("a", 1, "c", "d"), 5),
        ("[a.b.c]\n\n[a]\nd = 1", ("a",), 1),
        ("3.14 = 1\n", ("3", "14"), 1),
        ('"a.b" = 1\n', ("a.b",), 1),
        ('\n"\\u0061" = 1\n', ("a",), 2),
        ("a = [\n  [1,\n 2], # x\n  [3]]", ("a", 1, 0), 4),
        ("a = 1979-05-27 07:32:00\nb = 2", ("b",), 2),
    ],
)
def test_the_corners_of_toml_are_found(text: str, path: Path, line: int) -> None:
    assert set(key_lines(text)) == _paths(tomllib.loads(text))
    assert key_lines(text)[path] == line


def test_inline_tables_over_several_lines_as_newer_toml_has_them_are_found() -> None:
    assert key_lines("a = {\n  b = 1,\n  c = 2, # x\n}\nd = 3")[("a", "c")] == 3


def test_a_large_document_is_scanned_in_linear_time() -> None:
    text = "[a]\n" + "".join(f'k{n} = ["x", """y\n""", {{ z = {n} }}]\n' for n in range(20_000))
    assert key_lines(text)[("a", "k19999", 2, "z")] == 40_001
