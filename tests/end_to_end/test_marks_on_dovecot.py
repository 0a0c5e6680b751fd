"""On a real Dovecot: a mark that the user changes is seen, and what follows from it is done."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dovecot import Dovecot
from graceperiod.core.hold import HoldState
from stage import Stage, rejection

pytestmark = pytest.mark.server


@pytest.fixture
def stage(dovecot: Dovecot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(dovecot, tmp_path)
    yield stage
    stage.close()


def test_a_mark_taken_off_ends_the_hold_without_a_restart_and_is_kept_over_one(stage: Stage) -> None:
    stage.start()
    stage.person.deliver(rejection(), "INBOX", stage.clock.now())
    stage.until(lambda: stage.state() is HoldState.SEALED)
    (mail,) = stage.until(lambda: [m for m in stage.inbox() if "gp-rejection" in m.flags])
    stage.person.unflag("INBOX", mail.uid, "gp-rejection")
    stage.pass_time(timedelta(minutes=5))
    stage.until(lambda: stage.state() is HoldState.DISCARDED)
    assert stage.person.drafts() == ()
    stage.restart()
    stage.until(lambda: ("swept", stage.clock.now()) in [(e, f.get("at")) for e, f in stage.log.lines])
    (annotation,) = stage.ledger.annotations()
    assert str(annotation.statement) == "not_rejection"
    assert annotation.features
