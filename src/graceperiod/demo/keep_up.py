"""After the show: server and daemon go on, and the clock runs, a minute of the story each second."""

import threading
from collections.abc import Callable
from datetime import timedelta

from graceperiod.core.record import Event
from graceperiod.demo.backstage import Backstage

_BEAT_S = 1.0
BEAT = timedelta(minutes=1)
"""How far the clock of the story goes in a second: a hold of two days lasts 48 minutes (chosen: time enough
to set up a mail program, and not too much to see a release)."""


def keep_up(stage: Backstage, stop: threading.Event, tell: Callable[[Event], object]) -> None:
    """Go on until `stop` is set.

    Args:
        tell: called with everything that the daemon writes down meanwhile.

    Raises:
        GraceperiodError: what ended the daemon.
    """
    known = len(_events(stage))
    while not stop.wait(_BEAT_S):
        stage.clock.advance(BEAT)
        stage.wake()
        events = _events(stage)
        for event in events[known:]:
            tell(event)
        known = len(events)


def _events(stage: Backstage) -> tuple[Event, ...]:
    return stage.ledger.events(limit=1_000_000)
