"""The daemon's log on standard error: facts by name, never a body, an address or a secret."""

import sys
from typing import cast

import structlog

from graceperiod.ports import Log

_ORDER = ("timestamp", "level", "event", "account")


def make_log(level: str) -> Log:
    """A log that writes what is at least as grave as `level` (debug, info, warning or error)."""
    if sys.stderr.isatty():
        last: structlog.typing.Processor = structlog.dev.ConsoleRenderer()
    else:
        last = structlog.processors.LogfmtRenderer(key_order=_ORDER, drop_missing=True)
    logger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _one_line,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    return cast("Log", logger)


def _one_line(_logger: object, _name: str, facts: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A server's words could hold line ends, and so fake a line of the log."""
    return {
        key: " ".join(value.split())[:500] if isinstance(value, str) else value
        for key, value in facts.items()
    }
