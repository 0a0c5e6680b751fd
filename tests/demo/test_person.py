"""The user at their client, on the demo's own server and, where there is one, on Dovecot."""

import imaplib
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from dovecot import PASSWORD, Dovecot
from graceperiod.core.address import Address
from graceperiod.core.draft import compose
from graceperiod.core.subject import held_subject
from graceperiod.demo.person import Person, StoredMail, answers, subject_has
from graceperiod.demo.server import DemoServer
from graceperiod.demo.story import STORY_START, USER, story

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
PARENT = "<no@quayside.example>"
CHAIN = ("<first@quayside.example>", "<second@postbox.example>", PARENT)
RECIPIENT = Address(display_name="Nadia Brennan", addr_spec="nadia.brennan@quayside.example")

Open = Callable[[], Person]


def demo_user(request: pytest.FixtureRequest) -> Iterator[Open]:
    with DemoServer({"robin": "pw"}) as server:
        yield partial(
            Person,
            host=server.host,
            port=server.port,
            user="robin",
            password="pw",
            address=USER,
            now=lambda: NOON,
        )


def dovecot_user(request: pytest.FixtureRequest) -> Iterator[Open]:
    server: Dovecot = request.getfixturevalue("dovecot")
    yield partial(
        Person,
        host="127.0.0.1",
        port=server.port,
        user=f"robin-{uuid.uuid4().hex}",
        password=PASSWORD,
        address=USER,
        now=lambda: NOON,
    )


@pytest.fixture(params=[demo_user, pytest.param(dovecot_user, marks=pytest.mark.server)])
def at(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens the user's mail client on a fresh account."""
    yield from request.param(request)


@pytest.fixture
def person(at: Open) -> Iterator[Person]:
    with at() as person:
        yield person


def draft(recipient: Address | None = None, *, references: tuple[str, ...] = CHAIN) -> bytes:
    subject = "Re: Documentation Engineer"
    return compose(
        message_id="<ours@postbox.example>",
        date=NOON,
        sender=Address(display_name="Robin Vale", addr_spec="robin.vale@postbox.example"),
        recipient=recipient,
        subject=subject if recipient else held_subject(subject, "Thu 5 Nov 12:00"),
        references=references,
        text="Dear Nadia,\n\nthank you, and schöne Grüße.\n\nRobin\n",
    )


def put(person: Person, raw: bytes) -> int | None:
    return person.deliver(raw, "Drafts", NOON, ("\\Draft", "\\Seen"))


def only(mails: tuple[StoredMail, ...]) -> StoredMail:
    assert len(mails) == 1
    return mails[0]


def test_delivered_mail_lies_there_as_it_was_sent(person: Person) -> None:
    uid = person.deliver(b"Subject: hello\r\n\r\nRobin\r\n", "INBOX", NOON, ("\\Seen",))
    mail = only(person.stored("INBOX"))
    assert (mail.uid, mail.raw) == (uid, b"Subject: hello\r\n\r\nRobin\r\n")
    assert "\\seen" in mail.flags
    assert person.stored("Sent") == ()


def test_the_whole_story_can_be_delivered_and_comes_back_byte_for_byte(person: Person) -> None:
    mails = story()
    for mail in mails:
        person.deliver(mail.raw, mail.mailbox, STORY_START + mail.arrives_after, mail.flags)
    for mailbox in ("INBOX", "Sent"):
        stored = [mail.raw for mail in person.stored(mailbox)]
        # A server may write the bare 8-bit lines of the broken mail otherwise, but must have them all.
        assert len(stored) == sum(mail.mailbox == mailbox for mail in mails)
        assert stored == [mail.raw for mail in mails if mail.mailbox == mailbox]


def test_an_edited_draft_is_a_new_copy_that_keeps_its_references(person: Person) -> None:
    put(person, draft())
    message_id = person.edit_draft(answers(PARENT), "Dear Nadia,\n\nmy own words, süß.\n")
    edited = only(person.drafts())
    assert edited.head.message_id == message_id != "<ours@postbox.example>"
    assert edited.head.parents == CHAIN
    assert edited.head.is_held
    assert not edited.head.has_recipient
    assert edited.body == "Dear Nadia,\n\nmy own words, süß.\n"
    assert "\\draft" in edited.flags


def test_an_edit_can_build_on_the_old_text(person: Person) -> None:
    put(person, draft())
    person.edit_draft(answers(PARENT), lambda old: old + "P.S. The linter is yours.\n")
    assert only(person.drafts()).body.endswith("schöne Grüße.\n\nRobin\nP.S. The linter is yours.\n")


def test_private_header_fields_are_lost_in_an_edit_as_in_thunderbird(person: Person) -> None:
    put(person, b"X-Private: 1\r\n" + draft())
    person.edit_draft(answers(PARENT), "new\n")
    assert b"X-Private" not in only(person.drafts()).raw


def test_an_edit_removes_its_own_old_copy_only(person: Person) -> None:
    put(person, draft())
    other = draft(references=("<another@copperleaf.example>",))
    person.deliver(other, "Drafts", NOON, ("\\Draft", "\\Deleted"))
    person.edit_draft(answers(PARENT), "new\n")
    assert {mail.raw for mail in person.drafts()} >= {other}
    assert len(person.drafts()) == 2


def test_a_released_draft_can_be_sent_as_it_is(person: Person) -> None:
    put(person, draft(RECIPIENT))
    message_id = person.send_draft(answers(PARENT))
    sent = only(person.stored("Sent"))
    assert person.drafts() == ()
    assert sent.head.message_id == message_id
    assert sent.head.parents == CHAIN
    assert b"nadia.brennan@quayside.example" in sent.header
    assert sent.head.subject == "Re: Documentation Engineer"
    assert "\\draft" not in sent.flags


def test_a_sealed_draft_cannot_be_sent_unless_the_user_types_a_recipient(person: Person) -> None:
    put(person, draft())
    with pytest.raises(LookupError, match="recipient"):
        person.send_draft(answers(PARENT))
    assert person.stored("Sent") == ()
    assert len(person.drafts()) == 1
    person.send_draft(answers(PARENT), recipient=RECIPIENT.addr_spec, subject="Re: Documentation Engineer")
    sent = only(person.stored("Sent"))
    assert sent.head.has_recipient
    assert sent.head.subject == "Re: Documentation Engineer"
    assert person.drafts() == ()


def test_a_reply_of_their_own_refers_to_the_whole_thread(person: Person) -> None:
    parent = next(mail for mail in story() if mail.id == "hollowbrook-rejection")
    message_id = person.write_reply(parent.raw, "Thank you, Imogen.\n")
    sent = only(person.stored("Sent"))
    ids = StoredMail(uid=1, raw=parent.raw, flags=frozenset()).head
    assert sent.head.message_id == message_id
    assert sent.head.parents == (*ids.parents, ids.message_id)
    assert sent.head.subject == "Re: Technical Writer, final round"
    assert b"imogen.tarrant@hollowbrook.example" in sent.header
    assert person.drafts() == ()


def test_a_reply_to_a_mail_without_an_id_refers_to_nothing(person: Person) -> None:
    parent = next(mail for mail in story() if mail.id == "saltmarsh-rejection")
    person.write_reply(parent.raw, "Thank you.\n")
    assert only(person.stored("Sent")).head.parents == ()


def test_a_reply_to_a_folded_encoded_sender_stays_one_header(person: Person) -> None:
    parent = (
        b"From: =?utf-8?q?J=C3=B6rg?=\r\n <joerg@nordwerk.example>\r\nMessage-ID: <a@nordwerk.example>\r\n"
        b"References: <b@nordwerk.example>\r\n <c@nordwerk.example>\r\n\r\nleider\r\n"
    )
    person.write_reply(parent, "Danke.\n")
    sent = only(person.stored("Sent"))
    assert sent.head.parents == ("<b@nordwerk.example>", "<c@nordwerk.example>", "<a@nordwerk.example>")
    assert sent.body == "Danke.\n"


def test_a_deleted_draft_is_gone(person: Person) -> None:
    put(person, draft())
    person.delete_draft(subject_has("Documentation Engineer"))
    assert person.drafts() == ()


@pytest.mark.parametrize("count", [0, 2])
def test_a_draft_that_is_not_the_only_one_that_matches_is_left_alone(person: Person, count: int) -> None:
    for _ in range(count):
        put(person, draft())
    with pytest.raises(LookupError, match=f"{count} drafts"):
        person.delete_draft(answers(PARENT))
    assert len(person.drafts()) == count


def test_a_mailbox_that_is_not_there_is_an_error(person: Person) -> None:
    with pytest.raises(imaplib.IMAP4.error):
        person.deliver(b"Subject: x\r\n\r\n", "Nowhere", NOON)


def test_two_clients_see_the_same_mailbox(person: Person, at: Open) -> None:
    put(person, draft())
    with at() as second:
        second.edit_draft(answers(PARENT), "from the laptop\n")
    assert only(person.drafts()).body == "from the laptop\n"
