"""What every `MailStore` does, on Dovecot, on the demo's embedded server and in our model (RFC 9051, 4315, 6154, 6851)."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from dovecot import PASSWORD, Dovecot
from graceperiod.adapters.imap import Login, open_store
from graceperiod.adapters.mime import MimeReader
from graceperiod.adapters.waker import Waker
from graceperiod.core.draft import DraftHead
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.core.mailbox import MarkMethod, SpecialUse
from graceperiod.demo.person import Person
from graceperiod.demo.server import HOST, DemoServer
from graceperiod.errors import Refused, Resync
from graceperiod.ports import FetchedMail, MailStore
from hostile_mailbox import HostileMailbox, SomebodyAtTheServer
from stage import rejection

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


class Account:
    """An account on one of the servers, and the user beside us."""

    def __init__(self, port: int, user: str) -> None:
        self.port, self.user = port, user

    def store(self, *, is_read_only: bool = False) -> MailStore:
        endpoint = Endpoint(host=HOST, port=self.port, tls=Tls.NONE)
        login = Login(account="work", endpoint=endpoint, user=self.user)
        return open_store(login, PASSWORD, is_read_only=is_read_only)

    def person(self) -> Person:
        return Person(
            host=HOST, port=self.port, user=self.user, password=PASSWORD, address="robin@postbox.example"
        )


class HostileAccount:
    """The model that the state machine of the hold works on, held to the same contract."""

    def __init__(self) -> None:
        self._server = HostileMailbox(lambda: AT)

    def store(self, *, is_read_only: bool = False) -> MailStore:
        return self._server.connect(is_read_only=is_read_only)

    def person(self) -> SomebodyAtTheServer:
        return SomebodyAtTheServer(self._server)


@pytest.fixture(params=["model", "embedded", pytest.param("dovecot", marks=pytest.mark.server)])
def account(request: pytest.FixtureRequest) -> Iterator[Account | HostileAccount]:
    user = f"robin-{uuid.uuid4().hex[:8]}"
    if request.param == "model":
        yield HostileAccount()
    elif request.param == "dovecot":
        server: Dovecot = request.getfixturevalue("dovecot")
        yield Account(server.port, user)
    else:
        with DemoServer({user: PASSWORD}) as embedded:
            yield Account(embedded.port, user)


@pytest.fixture
def person(account: Account | HostileAccount) -> Iterator[Person | SomebodyAtTheServer]:
    with account.person() as person:
        yield person


@pytest.fixture
def store(account: Account | HostileAccount, person: Person) -> Iterator[MailStore]:
    store = account.store()
    yield store
    store.close()


def test_special_uses_are_told_and_inbox_can_be_selected(store: MailStore) -> None:
    found = {use: m.name for m in store.mailboxes() for use in m.special_uses if m.is_selectable}
    assert found[SpecialUse.DRAFTS] == "Drafts"
    assert found[SpecialUse.SENT] == "Sent"
    status = store.status("INBOX")
    assert status.uid_validity > 0
    assert status.accepts_keywords
    assert not status.is_read_only


def test_a_mailbox_that_is_not_there_is_refused(store: MailStore) -> None:
    with pytest.raises(Refused):
        store.status("Nowhere")


def test_mail_is_fetched_as_header_and_text_with_its_date_and_flags(store: MailStore, person: Person) -> None:
    person.deliver(rejection(), "INBOX", AT, ("\\Answered",))
    status = store.status("INBOX")
    (uid,) = store.uids("INBOX", uid_validity=status.uid_validity, above=0, since=None)
    (mail,) = store.fetch("INBOX", [uid, uid + 5], uid_validity=status.uid_validity)
    assert mail.uid == uid
    assert mail.raw is not None
    assert b"Message-ID: <p1@quillworks.example>" in mail.raw
    assert b"unfortunately we have chosen somebody else." in mail.raw
    assert mail.internal_date == AT
    assert "\\answered" in mail.flags
    assert "\\seen" not in store.marks("INBOX", [uid], uid_validity=status.uid_validity)[uid]


def only_mail(store: MailStore) -> FetchedMail:
    validity = store.status("INBOX").uid_validity
    (uid,) = store.uids("INBOX", uid_validity=validity, above=0, since=None)
    (mail,) = store.fetch("INBOX", [uid], uid_validity=validity)
    return mail


def multipart(attachment: str = "QXR0YWNoZWQ=") -> bytes:
    return (
        "Message-ID: <m1@ats.example>\r\nFrom: Hirelane <jobs@ats.example>\r\nSubject: Outcome\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="out"\r\n\r\n'
        '--out\r\nContent-Type: multipart/alternative; boundary="in"\r\n\r\n'
        "--in\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "UGxhaW4gw6R1w59lcnN0\r\n"
        "--in\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<p>Rich =E4u=DFerst</p>\r\n--in--\r\n"
        "--out\r\nContent-Type: text/plain; name=cv.txt\r\n"
        "Content-Disposition: attachment; filename=cv.txt\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{attachment}\r\n"
        "--out\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n--out--\r\n"
    ).encode()


def test_attachments_and_attached_messages_are_never_fetched(store: MailStore, person: Person) -> None:
    person.deliver(multipart("TEVBS0VE" * 100), "INBOX", AT)
    mail = only_mail(store)
    assert mail.raw is not None
    assert b"UGxhaW4gw6R1w59lcnN0" in mail.raw
    assert b"Rich =E4u=DFerst" in mail.raw
    assert b"TEVBS0VE" not in mail.raw
    read = MimeReader().read(mail.raw, arrived_at=AT)
    assert read.text.strip() == "Plain äußerst"  # one of the two versions, once
    assert read.defects == ()
    assert b"inner text" not in mail.raw


def test_a_long_text_is_cut_on_the_server(store: MailStore, person: Person) -> None:
    long = "x" * 70 + "\r\n"
    person.deliver(rejection(text=long * 5000), "INBOX", AT)
    mail = only_mail(store)
    assert mail.raw is not None
    assert mail.size_bytes > 360_000
    assert len(mail.raw) < 140_000


def test_uids_are_ascending_over_a_mark_and_by_day(store: MailStore, person: Person) -> None:
    for age in (9, 5, 1):
        person.deliver(rejection(f"<{age}@x.example>"), "INBOX", AT - timedelta(days=age))
    validity = store.status("INBOX").uid_validity

    def over(mark: int, since: datetime | None = None) -> tuple[int, ...]:
        return store.uids("INBOX", uid_validity=validity, above=mark, since=since)

    everything = over(0)
    assert list(everything) == sorted(everything)
    assert len(everything) == 3
    assert over(everything[0]) == everything[1:]
    assert over(everything[-1]) == ()
    late = over(0, since=AT - timedelta(days=2))
    assert everything[-1] in late
    assert everything[0] not in late


def test_a_keyword_is_set_and_read_back_and_a_missing_mail_is_told(store: MailStore, person: Person) -> None:
    person.deliver(rejection(), "INBOX", AT)
    status = store.status("INBOX")

    def mark(uid: int) -> bool:
        validity = status.uid_validity
        return store.mark("INBOX", uid, "gp-rejection", uid_validity=validity, method=MarkMethod.KEYWORD)

    (uid,) = store.uids("INBOX", uid_validity=status.uid_validity, above=0, since=None)
    assert mark(uid)
    assert not mark(uid + 50)
    assert "gp-rejection" in person.stored("INBOX")[0].flags


def test_an_appended_draft_comes_back_byte_for_byte_and_is_removed_alone(
    store: MailStore, person: Person
) -> None:
    status = store.status("Drafts")
    raw = rejection("<a@x.example>")
    first = store.append("Drafts", raw, flags=(r"\Draft",), uid_validity=status.uid_validity)
    person.deliver(rejection("<b@x.example>"), "Drafts", AT, (r"\Deleted",))
    assert first is not None
    assert first >= status.uid_next
    assert store.whole("Drafts", first, uid_validity=status.uid_validity) == raw
    (head,) = store.heads("Drafts", [first, first + 50], uid_validity=status.uid_validity)
    assert DraftHead.parse(head.header).message_id == "<a@x.example>"
    assert store.remove("Drafts", first, uid_validity=status.uid_validity)
    assert store.whole("Drafts", first, uid_validity=status.uid_validity) is None
    # What somebody else flagged for deletion is theirs to expunge (promise 4).
    assert [d.head.message_id for d in person.drafts()] == ["<b@x.example>"]


def test_uids_of_another_uidvalidity_are_never_used(store: MailStore, person: Person) -> None:
    person.deliver(rejection(), "INBOX", AT)
    wrong = store.status("INBOX").uid_validity + 1
    calls: list[Callable[[], object]] = [
        lambda: store.uids("INBOX", uid_validity=wrong, above=0, since=None),
        lambda: list(store.fetch("INBOX", [1], uid_validity=wrong)),
        lambda: store.whole("INBOX", 1, uid_validity=wrong),
        lambda: store.remove("INBOX", 1, uid_validity=wrong),
        lambda: store.append("INBOX", b"x", flags=(), uid_validity=wrong),
    ]
    for call in calls:
        with pytest.raises(Resync):
            call()
    assert len(person.stored("INBOX")) == 1


def test_new_mail_ends_the_wait_and_so_does_the_flag(store: MailStore, person: Person) -> None:
    status = store.status("INBOX")
    wake = Waker()

    def wait(timeout: timedelta) -> bool:
        return store.wait("INBOX", uid_validity=status.uid_validity, timeout=timeout, wake=wake)

    deliverer = Thread(target=lambda: (wake.wait(0.3), person.deliver(rejection(), "INBOX", AT)))
    deliverer.start()
    assert wait(timedelta(seconds=20))
    deliverer.join()
    wake.set()
    wait(timedelta(seconds=20))
    assert wake.is_set()
    wake.clear()
    assert len(store.uids("INBOX", uid_validity=status.uid_validity, above=0, since=None)) == 1
    wake.close()


def test_a_store_opened_read_only_changes_nothing(account: Account, person: Person) -> None:
    person.deliver(rejection(), "INBOX", AT)
    store = account.store(is_read_only=True)
    status = store.status("INBOX")
    assert status.is_read_only
    assert only_mail(store).raw is not None
    with suppress(Refused):  # or silence, as Dovecot has it: only the look afterwards tells
        assert not store.remove("INBOX", only_mail(store).uid, uid_validity=status.uid_validity)
    store.close()
    assert len(person.stored("INBOX")) == 1


@pytest.mark.parametrize("keywords", ["drop", "refuse"])
def test_a_server_that_keeps_no_keywords_is_seen_through(keywords: str) -> None:
    with DemoServer({"robin": PASSWORD}, keywords=keywords) as server:
        account = Account(server.port, "robin")
        with account.person() as person:
            person.deliver(rejection(), "INBOX", AT)
        store = account.store()
        validity, uid = store.status("INBOX").uid_validity, only_mail(store).uid
        try:
            kept = store.mark("INBOX", uid, "gp-rejection", uid_validity=validity, method=MarkMethod.KEYWORD)
        except Refused:
            kept = False
        finally:
            store.close()
        assert not kept
