"""Finds the line that each key of a TOML document stands on, which `tomllib` does not tell (TOML 1.0).

The document must be valid: it is read by `tomllib` first, so that nothing here judges it. What is allowed
in one version of TOML only, such as line ends in inline tables, is read all the same.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]
"""Keys from the top of the document, with the number of an item where a list is passed."""

_TOP: Path = ()

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)+")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'  # at most two quotes may stand before the closing three
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]+")


def key_lines(text: str) -> Mapping[Path, int]:
    """The line, counted from 1, of every table, key and list item of a valid TOML document.

    A table that is only implied, such as `a` in `[a.b]`, has the line of the key that implied it.
    """
    return _Scanner(text).document()


class _Scanner:
    """One pass over one document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._lines: dict[Path, int] = {}
        self._items: dict[Path, int] = {}  # arrays of tables: how many so far

    def document(self) -> dict[Path, int]:
        table = _TOP
        while self._pass_gap():
            if self._take("[["):
                table = self._array_header()
            elif self._take("["):
                table = self._resolve(self._key())
                self._take("]")
            else:
                self._pair(table)
        return self._lines

    def _array_header(self) -> Path:
        line = self._line_now()
        *parents, last = self._key()
        path = (*self._resolve(parents), last)
        self._take("]]")
        number = self._items.get(path, 0)
        self._items[path] = number + 1
        self._lines.setdefault(path, line)
        self._lines[(*path, number)] = line
        return (*path, number)

    def _resolve(self, keys: list[str]) -> Path:
        """The path of a table header: a list of tables on the way means its newest item."""
        line, path = self._line_now(), _TOP
        for key in keys:
            path = (*path, key)
            self._lines.setdefault(path, line)
            if path in self._items:
                path = (*path, self._items[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line_now()
        path = table
        for key in self._key():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._pass_gap()
        self._take("=")
        self._pass_gap()
        self._value(path)

    def _key(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._match(_SPACE)
            quoted = self._match(_STRING)
            keys.append(_unquoted(quoted) if quoted else self._match(_BARE) or self._lost())
            self._match(_SPACE)
            if not self._take("."):
                return keys

    def _value(self, path: Path) -> None:
        if self._take("["):
            self._array(path)
        elif self._take("{"):
            self._inline_table(path)
        else:
            _ = self._match(_STRING) or self._match(_SCALAR) or self._lost()

    def _array(self, path: Path) -> None:
        number = 0
        while self._pass_gap() and not self._take("]"):
            self._lines[(*path, number)] = self._line_now()
            self._value((*path, number))
            number += 1
            self._pass_gap()
            self._take(",")

    def _inline_table(self, path: Path) -> None:
        while self._pass_gap() and not self._take("}"):
            self._pair(path)
            self._pass_gap()
            self._take(",")

    def _pass_gap(self) -> bool:
        """Pass blanks, line ends and comments; False at the end of the document."""
        self._match(_GAP)
        return self._at < len(self._text)

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]

    def _take(self, token: str) -> bool:
        if not self._text.startswith(token, self._at):
            return False
        self._at += len(token)
        return True

    def _line_now(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _lost(self) -> str:
        msg = f"line {self._line_now()} is not TOML"
        raise ValueError(msg)


def _unquoted(key: str) -> str:
    value: dict[str, Any] = tomllib.loads(f"k = {key}")
    return str(value["k"])
