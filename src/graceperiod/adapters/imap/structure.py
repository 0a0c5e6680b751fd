"""Which parts of a message are text, from its BODYSTRUCTURE (RFC 9051 section 7.5.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

_MOST_PARTS = 6
"""Chosen: a letter has two; what comes after six is not what the sender says."""

_DEEPEST = 12
_WANTED = {(b"text", b"plain"), (b"text", b"html"), (b"text", b"calendar")}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A part that is fetched.

    Args:
        section: its number for BODY.PEEK, such as `1.2`.
        content_type: with its charset, ready to stand in a header.
        encoding: Content-Transfer-Encoding, lower case.
        alternative: the section of the multipart/alternative that it is one version of; empty for none.
    """

    section: str
    content_type: str
    encoding: str
    alternative: str


def text_parts(structure: object) -> tuple[TextPart, ...]:
    """The inline text parts, in order, bounded; attachments and attached messages are left out."""
    found: list[TextPart] = []
    for part in _walk(structure, "", depth=0, alternative=""):
        found.append(part)
        if len(found) == _MOST_PARTS:
            break
    return tuple(found)


def _walk(node: object, section: str, *, depth: int, alternative: str) -> Iterator[TextPart]:
    if not isinstance(node, tuple) or not node or depth > _DEEPEST:
        return
    if isinstance(node[0], list):
        if len(node) > 1 and _lower(node[1]) == b"alternative":
            alternative = section or "0"  # the message itself is one
        for number, child in enumerate(node[0], start=1):
            inner = f"{section}.{number}" if section else str(number)
            yield from _walk(child, inner, depth=depth + 1, alternative=alternative)
        return
    part = _text_part(node, section or "1", alternative=alternative)
    if part is not None:
        yield part


def _text_part(node: tuple[object, ...], section: str, *, alternative: str) -> TextPart | None:
    kind = (_lower(node[0]), _lower(node[1]) if len(node) > 1 else b"")
    if kind not in _WANTED or _is_attachment(node):
        return None
    charset = _charset(node[2]) if len(node) > 2 else ""
    encoding = _lower(node[5]).decode("ascii", "replace") if len(node) > 5 else ""
    subtype = kind[1].decode("ascii")
    return TextPart(
        section=section,
        content_type=f"text/{subtype}" + (f'; charset="{charset}"' if charset else ""),
        encoding=encoding if encoding in {"base64", "quoted-printable", "8bit", "7bit", "binary"} else "8bit",
        alternative=alternative,
    )


def _is_attachment(node: tuple[object, ...]) -> bool:
    """The disposition of a text part is the tenth field (after lines and MD5).

    QUIRK: pymap sends the whole field value as one string instead of a list.
    """
    disposition = node[9] if len(node) > 9 else None
    if isinstance(disposition, tuple) and disposition:
        disposition = disposition[0]
    return _lower(disposition).startswith(b"attachment")


def _charset(parameters: object) -> str:
    if not isinstance(parameters, tuple):
        return ""
    for name, value in zip(parameters[::2], parameters[1::2], strict=False):
        if _lower(name) == b"charset" and isinstance(value, bytes):
            charset = value.decode("ascii", "replace")
            return charset if charset.replace("-", "").replace("_", "").isalnum() else ""
    return ""


def _lower(value: object) -> bytes:
    return value.lower() if isinstance(value, bytes) else b""
