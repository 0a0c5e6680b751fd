"""A small writer of SVG (SVG 1.1): the same strokes give the same bytes, readable on light and dark pages."""

from collections.abc import Sequence

_STYLE = """\
.paper{fill:#ffffff}.grid{stroke:#d8dee4;stroke-width:1}.axis{stroke:#6e7781;stroke-width:1}
text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-size:14px;font-weight:600}.quiet{fill:#59636e}
.one{stroke:#0a5ec7}.two{stroke:#b35900}.one-fill{fill:#0a5ec7}.two-fill{fill:#b35900}
.line{fill:none;stroke-width:2}.thin{fill:none;stroke-width:1}.dashed{stroke-dasharray:4 4}
@media (prefers-color-scheme:dark){
.paper{fill:#0d1117}.grid{stroke:#30363d}.axis{stroke:#8b949e}text{fill:#e6edf3}.quiet{fill:#9198a1}
.one{stroke:#6cb1ff}.two{stroke:#f0a04b}.one-fill{fill:#6cb1ff}.two-fill{fill:#f0a04b}
}"""
"""Classes and not custom properties, which not every renderer knows; light where the page says nothing."""

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}


class Drawing:
    """A picture on its own paper, in pixels from the left upper corner.

    Args:
        title: what it shows, for those who do not see it, and as its heading.
        told: the same in a sentence or two.
    """

    def __init__(self, width: int, height: int, *, title: str, told: str) -> None:
        size = f'width="{width}" height="{height}"'
        role = 'role="img" aria-labelledby="title told"'
        self._parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} {role}>',
            f'<title id="title">{_text(title)}</title>',
            f'<desc id="told">{_text(told)}</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="paper" width="{width}" height="{height}" rx="6"/>',
        ]
        self.text(16, 26, title, kind="title")

    def line(self, x1: float, y1: float, x2: float, y2: float, *, kind: str) -> None:
        """A straight line."""
        self._parts.append(f'<line class="{kind}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>')

    def curve(self, points: Sequence[tuple[float, float]], *, kind: str) -> None:
        """A line through points; nothing for none."""
        if points:
            listed = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
            self._parts.append(f'<polyline class="line {kind}" points="{listed}"/>')

    def dot(self, x: float, y: float, *, radius: float, kind: str) -> None:
        """A filled circle."""
        self._parts.append(f'<circle class="{kind}-fill" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>')

    def box(
        self, x: float, y: float, width: float, height: float, *, kind: str, opacity: float = 1.0
    ) -> None:
        """A filled rectangle."""
        self._parts.append(
            f'<rect class="{kind}-fill" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
            f'fill-opacity="{opacity:.2f}"/>'
        )

    def text(self, x: float, y: float, content: str, *, kind: str = "", anchor: str = "start") -> None:
        """A line of text; `anchor` says which of its ends lies at `x`, or `middle`."""
        kind_of = f' class="{kind}"' if kind else ""
        self._parts.append(
            f'<text{kind_of} x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{_text(content)}</text>'
        )

    def svg(self) -> str:
        """The picture as a file."""
        return "\n".join([*self._parts, "</svg>"]) + "\n"


def _n(value: float) -> str:
    """A tenth of a pixel is enough, and coarse enough to be the same on every processor."""
    return f"{value + 0.0:.1f}".removesuffix(".0")


def _text(content: str) -> str:
    return content.translate(_ESCAPES)
