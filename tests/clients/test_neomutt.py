"""neomutt at the user's mailbox: what a hold goes through with it, and what it does differently."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from clients.client_contract import ClientContract
from clients.life_with_a_client import WORDS, Life, text_of
from clients.mail_client import MailClient
from clients.neomutt import is_installed, running_neomutt
from conftest import needs
from graceperiod.core.hold import HoldState

pytestmark = pytest.mark.server

MINUTES = timedelta(minutes=1)


@pytest.fixture
def client(life: Life) -> Iterator[MailClient]:
    needs("neomutt with tmux", present=is_installed())
    stage = life.stage
    with running_neomutt(user=stage.user, imap_port=stage.server.port, smtp_port=life.sink.port) as client:
        yield client


class TestNeomutt(ClientContract):
    refusal = "No recipients"

    def open_until_released(self, life: Life, client: MailClient) -> None:
        """It cannot be replaced behind neomutt's back: opened, it is not on the server any more."""
        life.later(48 * 60 * MINUTES - 5 * MINUTES)
        client.open_draft()
        life.later(5 * MINUTES)
        assert life.stage.person.drafts() == ()
        assert life.stage.state() is HoldState.SEALED

    def test_a_draft_that_was_open_for_longer_than_two_looks_is_still_released(
        self, life: Life, client: MailClient
    ) -> None:
        life.begin()
        client.open_draft()
        life.later(MINUTES)
        life.later(15 * MINUTES)
        client.write(WORDS)
        client.save()
        assert text_of(life.only_draft().raw) == WORDS.strip()
        life.later(48 * 60 * MINUTES)
        assert life.only_draft().head.has_recipient
