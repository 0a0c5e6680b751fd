"""Where the pictures of a test run are kept: build output, never committed."""

from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "build" / "screenshots"


def screenshot_path(name: str) -> Path:
    """A place for a picture; `name` has its ending."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    return _FOLDER / name
