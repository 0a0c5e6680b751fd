"""Roundcube at the user's mailbox: what a hold goes through with it."""

from collections.abc import Iterator

import pytest

from clients.client_contract import ClientContract
from clients.life_with_a_client import Life
from clients.mail_client import MailClient
from clients.roundcube import is_installed, running_roundcube
from conftest import needs

pytestmark = pytest.mark.server


@pytest.fixture
def client(life: Life) -> Iterator[MailClient]:
    needs("Roundcube with Chromium and its driver", present=is_installed())
    stage = life.stage
    with running_roundcube(user=stage.user, imap_port=stage.server.port, smtp_port=life.sink.port) as client:
        yield client


class TestRoundcube(ClientContract):
    refusal = "at least one recipient"
