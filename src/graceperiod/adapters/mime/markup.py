"""HTML of mail cut down to what its text needs, before a tree is built of it (HTML Living Standard 13.2.5).

QUIRK: selectolax (Lexbor) is linear in ordinary markup only. Measured on 1.0.2: one tag with 60,000
attributes takes 6.2 s, 20,000 nested `div` 0.6 s, 20,000 nested `b` with different attributes 1.8 s. So it is
given tags of our own writing: known names, at most one short attribute, bounded in number and depth.
"""

import re
from collections import Counter
from collections.abc import Iterator

MOST_CHARACTERS = 1_500_000
"""Characters of HTML that are looked at. Chosen: a letter with a picture or two inside its tags."""

_MOST_KEPT = 400_000
"""Characters of bounded markup. Chosen: twice the text that is kept of a mail."""

_MOST_TAGS = 12_000
"""Tags that are read. Chosen: a large newsletter has some 4,000."""

_DEEPEST = 120
"""Open elements that have no implied end. Chosen: four times the deepest newsletter table seen."""

_START = re.compile(r"<(?=/?[a-zA-Z]|[!?])")
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]{0,30}+)
    (?P<rest>(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?+|["'])*+)>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>style|class|type|hidden)\b\s{0,9}
    (?:=\s{0,9}(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'>]*+)))?+""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_ATTRIBUTES = 4_000

_DROPPED = frozenset(
    {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "template", "object"}
    | {"svg", "math", "head", "select"}
)
_DROPPED_END = {name: re.compile(rf"</{name}\b[^>]{{0,200}}>", re.IGNORECASE) for name in _DROPPED}
_SIMPLE_TAG = re.compile(r"<[^<>]{0,10000}+>")

_VOID = frozenset({"br", "hr"})
_IMPLIED_END = frozenset({"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "caption"})
_NESTING = frozenset(
    {"div", "span", "a", "b", "i", "u", "s", "em", "strong", "font", "center", "table", "blockquote", "pre"}
    | {"ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main"}
    | {"aside", "nav", "address", "figure", "figcaption", "small", "big", "sub", "sup", "code", "tt", "form"}
    | {"fieldset", "label", "button", "cite", "q", "strike", "del", "ins"}
)

_HIDING = re.compile(
    r"display:none|visibility:hidden|max-height:0(?:px|pt|em|%)?(?:;|!|$)|opacity:0(?:\.0+)?(?:;|!|$)"
)
_OUTLOOK_HIDING = "mso-hide:all"
_FONT_SIZE = re.compile(r"font-size:(?P<size>0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$))?")
_PREHEADER = re.compile(
    r"\b(?:pre-?header|hidden-preheader|email-preheader|preview-?text|mcnpreviewtext)\b", re.IGNORECASE
)
_QUOTE_CLASS = re.compile(
    r"\b(?:gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote|moz-cite)\b", re.IGNORECASE
)

HIDDEN, TINY, SIZED, QUOTED = "h", "t", "s", "q"
"""Facts about an element: not shown; font size nought; font size given; older mail."""


def bounded_markup(html: str, *, at_most: int = MOST_CHARACTERS) -> str:
    """The same text in few plain tags; an element's facts are in its attribute `k`. Linear in time."""
    pieces: list[str] = []
    kept = 0
    for piece in _Reader(html, at_most).pieces():
        pieces.append(piece)
        kept += len(piece)
        if kept > _MOST_KEPT:
            break
    return "".join(pieces)[:_MOST_KEPT]


class _Reader:
    """Goes through the HTML once; every search either moves on or is not made again."""

    def __init__(self, html: str, at_most: int) -> None:
        self._html = html[:at_most]
        self._is_cut = len(html) > at_most
        self._unclosed: set[str] = set()
        self._open: Counter[str] = Counter()
        self._depth = 0

    def pieces(self) -> Iterator[str]:
        """The pieces of the bounded markup."""
        html, at = self._html, 0
        for _ in range(_MOST_TAGS):
            start = _START.search(html, at)
            if start is None:
                break
            yield _escaped(html[at : start.start()])
            at = start.start()
            if html[at + 1] in "!?":
                at = self._after_comment(at)
                continue
            tag = _TAG.match(html, at)
            if tag is None:  # no tag can end any more: what is left is no markup
                if self._is_cut:
                    return
                break
            at, piece = self._tag(tag)
            yield piece
        yield _escaped(_SIMPLE_TAG.sub(" ", html[at : at + 2 * _MOST_KEPT]))

    def _after_comment(self, start: int) -> int:
        if self._html.startswith("<!--", start) and "--" not in self._unclosed:
            end = self._html.find("-->", start + 2)
            if end >= 0:
                return end + 3
            self._unclosed.add("--")  # an unclosed comment must not swallow the letter
        end = self._html.find(">", start) if ">" not in self._unclosed else -1
        if end < 0:
            self._unclosed.add(">")
        return end + 1 if end >= 0 else start + 2

    def _after_dropped(self, name: str, at: int) -> int:
        """The end of an element whose content is not text; only its start tag where it has no end."""
        if name in self._unclosed:
            return at
        end = _DROPPED_END[name].search(self._html, at)
        if end is None:
            self._unclosed.add(name)
            return at
        return end.end()

    def _tag(self, tag: re.Match[str]) -> tuple[int, str]:
        name = tag["name"].lower()
        if name in _DROPPED:
            return (tag.end() if tag["end"] else self._after_dropped(name, tag.end())), ""
        if name in _VOID:
            return tag.end(), f"<{name}>"
        if name in _NESTING:
            return tag.end(), self._close(name) if tag["end"] else self._begin(name, tag["rest"])
        if name in _IMPLIED_END:
            return tag.end(), f"</{name}>" if tag["end"] else _start_tag(name, tag["rest"])
        return tag.end(), " " if name == "img" else ""

    def _begin(self, name: str, attributes: str) -> str:
        if self._depth >= _DEEPEST:
            return "<br>" if name in {"div", "table", "ul", "ol", "blockquote"} else ""
        self._depth += 1
        self._open[name] += 1
        return _start_tag(name, attributes)

    def _close(self, name: str) -> str:
        if not self._open[name]:
            return ""
        self._depth -= 1
        self._open[name] -= 1
        return f"</{name}>"


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _start_tag(name: str, attributes: str) -> str:
    facts = _facts(name, attributes)
    return f"<{name} k={facts}>" if facts else f"<{name}>"


def _facts(name: str, attributes: str) -> str:
    if len(attributes) < 5:
        return ""
    given: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes[:_LONGEST_ATTRIBUTES]):
        value = match["double"] or match["single"] or match["bare"] or ""
        given.setdefault(match["name"].lower(), value)
    style = "".join(given.get("style", "").split()).lower()
    facts = ""
    if _is_hidden(name, style, given):
        facts += HIDDEN
    size = _FONT_SIZE.search(style)
    if size is not None:
        facts += TINY if size["size"] else SIZED
    if _is_quote(name, style, given):
        facts += QUOTED
    return facts


def _is_hidden(name: str, style: str, given: dict[str, str]) -> bool:
    if "hidden" in given or _HIDING.search(style) or _PREHEADER.search(given.get("class", "")):
        return True
    # A link that only Outlook hides is the other half of a drawn button, and everybody else sees it.
    return _OUTLOOK_HIDING in style and name != "a"


def _is_quote(name: str, style: str, given: dict[str, str]) -> bool:
    classes = given.get("class", "")
    if name == "blockquote":
        is_marked = bool(_QUOTE_CLASS.search(classes)) or "border-left" in style
        return is_marked or given.get("type", "").lower() == "cite"
    return name == "div" and "yahoo_quoted" in classes
