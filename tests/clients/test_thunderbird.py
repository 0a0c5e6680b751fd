"""Thunderbird at the user's mailbox: what a hold goes through with it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from clients.client_contract import MORE_WORDS, ClientContract
from clients.life_with_a_client import HELD_SUBJECT, RECIPIENT, Life
from clients.thunderbird import Thunderbird, is_installed, running_thunderbird
from conftest import needs

pytestmark = pytest.mark.server


@pytest.fixture
def client(life: Life) -> Iterator[Thunderbird]:
    needs("Thunderbird", present=is_installed())
    stage = life.stage
    with running_thunderbird(
        user=stage.user, imap_port=stage.server.port, smtp_port=life.sink.port
    ) as client:
        yield client


class TestThunderbird(ClientContract):
    refusal = "Send is grey"

    @pytest.mark.xfail(
        reason="a released draft with words of theirs outlives their reply", raises=AssertionError
    )
    def test_a_draft_saved_and_then_sent_from_a_window_open_since_before_its_release_leaves_no_second_one(
        self, life: Life, client: Thunderbird
    ) -> None:
        life.begin()
        self.open_until_released(life, client)
        client.write(MORE_WORDS)
        client.save_and_go_on()
        life.later(timedelta(minutes=1))
        life.released()
        client.address(RECIPIENT)
        client.send()
        life.end_sent(subject=HELD_SUBJECT)
