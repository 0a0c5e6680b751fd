"""The text of HTML mail: blocks as lines, links as text, nothing that is not shown; selectolax's one file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graceperiod.adapters.mime.markup import HIDDEN, MOST_CHARACTERS, QUOTED, SIZED, TINY, bounded_markup

_MOST_NODES = 60_000
"""Nodes that are visited. Chosen: above what the bounded markup can hold in ordinary mail."""

_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"}
)
_LINES = frozenset(
    {"div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "main", "aside", "nav"}
    | {"address", "figure", "figcaption", "center", "form", "fieldset", "caption"}
)
_CELLS = frozenset({"td", "th"})
_WHITESPACE = re.compile(r"[ \t\r\n\f]+")


def html_text(html: str, *, at_most: int = MOST_CHARACTERS) -> str:
    """What a reader of the HTML sees as text; quoted mail has `> ` before its lines.

    Everything that is hidden (preheaders above all) is left out, unless nothing else is there. Time and
    memory are bounded whatever the HTML is.

    Args:
        html: decoded.
        at_most: characters of it that are looked at.
    """
    markup = bounded_markup(html, at_most=at_most)
    shown = _text(markup, has_hidden=False)
    return shown if shown.strip() else _text(markup, has_hidden=True)


@dataclass(slots=True)
class _Page:
    """Collects lines; `quoted` is how many quotations deep it stands."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quoted: int = 0

    def add(self, text: str) -> None:
        self.line.append(text)

    def end_line(self, *, is_break: bool = False) -> None:
        text = "".join(self.line).strip()
        if text or is_break:
            self.lines.append("> " * min(self.quoted, 5) + text)
        self.line.clear()

    def end_paragraph(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")


@dataclass(slots=True)
class _State:
    """What holds inside the open elements; counts, so that closing restores it."""

    hidden: int = 0
    preformatted: int = 0
    tiny: list[bool] = field(default_factory=list)


def _text(markup: str, *, has_hidden: bool) -> str:
    page, state = _Page(), _State()
    for node, is_end in _steps(markup):
        tag = node.tag or ""
        if tag == "-text":
            if has_hidden or not (state.hidden or (state.tiny and state.tiny[-1])):
                _add_text(page, state, node.text_content or "")
            continue
        facts = _facts(node)
        if is_end:
            _leave(page, state, tag, facts)
        else:
            _enter(page, state, tag, facts)
    page.end_line()
    return "\n".join(page.lines)


def _steps(markup: str) -> Iterator[tuple[LexborNode, bool]]:
    """Every node when it begins, and every element again when it ends, in order, without recursion."""
    root = LexborHTMLParser(markup).body
    node = root.first_child if root is not None else None
    path: list[LexborNode] = []
    for _ in range(_MOST_NODES):
        while node is None:
            if not path:
                return
            parent = path.pop()
            yield parent, True
            node = parent.next
        yield node, False
        if node.tag == "-text":
            node = node.next
        else:
            path.append(node)
            node = node.first_child


def _facts(node: LexborNode) -> str:
    return node.attributes.get("k") or ""


def _enter(page: _Page, state: _State, tag: str, facts: str) -> None:
    if facts:
        if HIDDEN in facts:
            state.hidden += 1
        if TINY in facts or SIZED in facts:
            state.tiny.append(TINY in facts)
    if tag == "br":
        page.end_line(is_break=True)
    elif tag in _PARAGRAPHS:
        page.end_paragraph()
    elif tag in _LINES:
        page.end_line()
    elif tag in _CELLS:
        page.add("  ")
    if tag == "pre":
        state.preformatted += 1
    if QUOTED in facts:
        page.quoted += 1


def _leave(page: _Page, state: _State, tag: str, facts: str) -> None:
    if tag in _PARAGRAPHS:
        page.end_paragraph()
    elif tag in _LINES:
        page.end_line()
    if tag == "pre":
        state.preformatted -= 1
    if facts:
        if HIDDEN in facts:
            state.hidden -= 1
        if TINY in facts or SIZED in facts:
            state.tiny.pop()
        if QUOTED in facts:
            page.quoted -= 1


def _add_text(page: _Page, state: _State, text: str) -> None:
    if not state.preformatted:
        page.add(_WHITESPACE.sub(" ", text))
        return
    first, *others = text.split("\n")
    page.add(first)
    for line in others:
        page.end_line(is_break=True)
        page.add(line)
