"""The texts of replies, from Jinja2 templates in a sandbox; nothing of a mail is ever template source."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from graceperiod.core.address import one_line
from graceperiod.errors import UserError

_SHIPPED = Path(__file__).parent.parent / "templates"
_SLOTS = ("recipient", "own_name", "formality", "role", "employer", "topic")
_LONGEST_SLOT = 200


class JinjaTemplates:
    """Templates by language and name.

    Args:
        folder: where they are; the shipped ones unless a test says otherwise.
    """

    def __init__(self, folder: Path = _SHIPPED) -> None:
        self._folder = folder
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=False,
            keep_trailing_newline=True,
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 of the languages that there are templates in; English first."""
        found = sorted(entry.name for entry in self._folder.iterdir() if any(entry.glob("*.j2")))
        return tuple(sorted(found, key=lambda language: language != "en"))

    def render(self, template: str, *, language: str, slots: Mapping[str, str | None]) -> str:
        """The text of a reply, ends with a line end.

        Raises:
            UserError: the template is missing or broken; says which and on which line.
        """
        name = f"{language}/{template}.j2"
        values = {slot: _plain(slots.get(slot)) for slot in _SLOTS}
        try:
            text = self._environment.get_template(name).render(values)
        except TemplateNotFound as error:
            msg = f"there is no template {name}"
            raise UserError(msg) from error
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            where = f"{name}:{line}" if line else name
            msg = f"template {where}: {error.message}"
            raise UserError(msg) from error
        return text.strip() + "\n"


def _plain(value: str | None) -> str | None:
    """One line of bounded text, or None for what is not known."""
    return one_line(value)[:_LONGEST_SLOT] or None if value else None
