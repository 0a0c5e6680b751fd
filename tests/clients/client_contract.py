"""What every mail client is tried with: a hold's whole life, and a release while the draft is open."""

from datetime import timedelta

from clients.life_with_a_client import (
    HELD_SUBJECT,
    RECIPIENT,
    SUBJECT,
    WORDS,
    Life,
    body_of,
    text_of,
)
from clients.mail_client import MailClient
from clients.patience import wait_for

MORE_WORDS = WORDS + "\nP.S. Good luck with the bread.\n"


class ClientContract:
    """Inherited by the tests of each client, which have the fixtures `life` and `client`."""

    refusal: str
    """A part of what the client says when a draft that names nobody is sent."""

    def test_a_held_draft_shows_in_drafts_and_cannot_be_sent(self, life: Life, client: MailClient) -> None:
        sealed = life.begin()
        self.see(client, "[held until Wed 25 Nov 11:00]")
        client.keep("held-in-drafts")
        client.open_draft()
        assert client.recipients() == ""
        said = client.try_to_send()
        client.keep("held-cannot-be-sent")
        assert self.refusal in said
        client.save()
        saved = life.only_draft()
        assert saved.head.subject == HELD_SUBJECT == sealed.head.subject
        assert not saved.head.has_recipient
        life.later(timedelta(hours=5))
        assert life.sink.submitted == []
        assert life.stage.sent() == ()

    def test_an_edit_outlives_the_hold_byte_for_byte_and_can_then_be_sent(
        self, life: Life, client: MailClient
    ) -> None:
        life.begin()
        self.see(client, "[held until")
        client.open_draft()
        client.write(WORDS)
        client.keep("edited")
        client.save()
        noted = life.note_edit()
        assert text_of(noted.raw) == WORDS.strip()
        assert not noted.head.has_recipient
        released = life.release()
        assert body_of(released.raw) == body_of(noted.raw)
        self.see_released(client)
        client.open_draft()
        assert RECIPIENT in client.recipients()
        client.keep("released")
        client.send()
        sent = life.end_sent()
        assert text_of(sent.raw) == WORDS.strip()
        client.drafts()
        client.keep("sent")

    def test_a_draft_saved_after_its_release_while_it_was_open_is_the_only_one(
        self, life: Life, client: MailClient
    ) -> None:
        life.begin()
        self.open_until_released(life, client)
        client.write(MORE_WORDS)
        client.save()
        life.later(timedelta(minutes=1))
        released = life.released()
        assert text_of(released.raw) == MORE_WORDS.strip()
        for wait in (timedelta(minutes=15), timedelta(hours=5)):
            life.later(wait)
            assert life.only_draft() == released
        self.see_released(client)
        client.open_draft()
        client.send()
        assert text_of(life.end_sent().raw) == MORE_WORDS.strip()

    def test_a_draft_sent_after_its_release_while_it_was_open_leaves_no_second_one(
        self, life: Life, client: MailClient
    ) -> None:
        life.begin()
        self.open_until_released(life, client)
        client.write(MORE_WORDS)
        client.address(RECIPIENT)
        client.keep("sent-from-before-the-release")
        client.send()
        sent = life.end_sent(subject=HELD_SUBJECT)
        assert text_of(sent.raw) == MORE_WORDS.strip()

    def open_until_released(self, life: Life, client: MailClient) -> None:
        """Open the sealed draft and let it be replaced behind the client's back."""
        self.see(client, "[held until")
        client.open_draft()
        life.release()

    def see(self, client: MailClient, text: str) -> None:
        wait_for(lambda: text in client.drafts(), f"{text!r} in Drafts")

    def see_released(self, client: MailClient) -> None:
        def look() -> bool:
            shown = client.drafts()
            return SUBJECT in shown and "held until" not in shown

        wait_for(look, "the released draft, and no other, in Drafts")
