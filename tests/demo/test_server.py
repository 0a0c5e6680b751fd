"""What the demo's server must do right, asked by the library that Graceperiod itself uses."""

import builtins
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from graceperiod.demo.server import DemoServer
from graceperiod.errors import UserError

USERS = {"robin@postbox.example": "pw-robin", "devika": "pw-devika"}
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)

MESSAGE = (
    b"Message-ID: <one@quayside.example>\r\n"
    b"From: =?utf-8?q?J=C3=B8rgen?= <jorgen@quayside.example>\r\n"
    b"To: robin@postbox.example\r\n"
    b"References: <first@quayside.example>\r\n <second@postbox.example>\r\n"
    b"Subject: Hello\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: multipart/alternative; boundary=bb\r\n\r\n"
    b"--bb\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGood morning, Robin\r\n"
    b"--bb\r\nContent-Type: text/html\r\n\r\n<p>Good morning, Robin</p>\r\n"
    b"--bb--\r\n"
)


@contextmanager
def connected(server: DemoServer, user: str = "robin@postbox.example") -> Iterator[IMAPClient]:
    with IMAPClient(server.host, server.port, ssl=False, timeout=5) as client:
        client.login(user, USERS[user])
        yield client


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer(USERS, now=lambda: NOON) as running:
        yield running


@pytest.fixture
def client(server: DemoServer) -> Iterator[IMAPClient]:
    with connected(server) as client:
        client.select_folder("INBOX")
        yield client


def append(client: IMAPClient, raw: bytes = MESSAGE, **options: Any) -> int:
    """The uid that APPENDUID tells (RFC 4315)."""
    answer = client.append("INBOX", raw, **options)
    return int(answer.partition(b"]")[0].split()[-1])


def flags(client: IMAPClient, uid: int) -> set[bytes]:
    return set(client.get_flags([uid])[uid]) - {b"\\Recent"}


def test_each_user_has_a_mailbox_of_their_own(server: DemoServer) -> None:
    with connected(server) as robin, connected(server, "devika") as devika:
        append(robin)
        assert robin.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"] == 1
        assert devika.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"] == 0


@pytest.mark.parametrize("user", ["robin@postbox.example", "nobody"])
def test_a_wrong_password_and_an_unknown_user_are_refused_alike(server: DemoServer, user: str) -> None:
    with IMAPClient(server.host, server.port, ssl=False, timeout=5) as client:
        with pytest.raises(LoginError, match="AUTHENTICATIONFAILED"):
            client.login(user, "wrong")
        client.login("devika", "pw-devika")


def test_special_uses_namespace_and_unselect_are_there(client: IMAPClient) -> None:
    listed = {name: set(attributes) for attributes, _, name in client.list_folders()}
    assert set(listed) == {"INBOX", "Drafts", "Sent", "Trash", "Junk", "Archive"}
    for name in listed.keys() - {"INBOX"}:
        assert b"\\" + name.encode() in listed[name]
    assert {b"SPECIAL-USE", b"UIDPLUS", b"MOVE", b"IDLE", b"NAMESPACE", b"UNSELECT"} <= set(
        client.capabilities()
    )
    assert client.find_special_folder(b"\\Sent") == "Sent"
    assert client.namespace().personal == (("", "/"),)
    client.unselect_folder()
    with pytest.raises(IMAPClientError):
        client.search("ALL")


def test_select_says_that_keywords_are_kept(client: IMAPClient) -> None:
    selected = client.select_folder("INBOX")
    assert b"\\*" in selected[b"PERMANENTFLAGS"]
    assert b"\\*" not in selected[b"FLAGS"]


def test_a_mailbox_opened_to_read_only_says_so(client: IMAPClient) -> None:
    assert client.select_folder("INBOX", readonly=True)[b"READ-ONLY"]


def test_fetch_gives_header_parts_and_structure_without_marking_as_seen(client: IMAPClient) -> None:
    uid = append(client)
    wanted = ["BODYSTRUCTURE", "BODY.PEEK[HEADER]", "BODY.PEEK[1]<0.12>", "BODY.PEEK[1]", "RFC822.SIZE"]
    seen = client.fetch([uid], [*wanted, "BODY.PEEK[HEADER.FIELDS (References)]"])[uid]
    header, _, _ = MESSAGE.partition(b"\r\n\r\n")
    assert seen[b"BODY[HEADER]"] == header + b"\r\n\r\n"
    assert seen[b"BODY[1]<0>"] == b"Good morning"
    assert seen[b"BODY[HEADER.FIELDS (REFERENCES)]"] == (
        b"References: <first@quayside.example>\r\n <second@postbox.example>\r\n\r\n"
    )
    assert seen[b"RFC822.SIZE"] == len(MESSAGE)
    parts, subtype = seen[b"BODYSTRUCTURE"][0], seen[b"BODYSTRUCTURE"][1]
    assert subtype == b"alternative"
    assert [part[1] for part in parts] == [b"plain", b"html"]
    assert parts[0][6] == len(seen[b"BODY[1]"])
    assert flags(client, uid) == set()


def test_a_message_comes_back_byte_for_byte(client: IMAPClient) -> None:
    raw = b"Subject: \xff odd\r\nno colon\r\n\r\n\x00 and \x80\xfe octets without a line end"
    uid = append(client, raw)
    assert client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"] == raw


def test_a_mail_that_cannot_be_parsed_does_not_end_the_connection(client: IMAPClient) -> None:
    raw = b'Date: x\r\nFrom: ""@\r\nTo: a:b:c;;\r\nContent-Type: text/\xff; charset*=;=\r\n\r\nhello'
    uid = append(client, raw)
    seen = client.fetch([uid], ["BODYSTRUCTURE", "ENVELOPE", "BODY.PEEK[1]"])[uid]
    assert seen[b"BODY[1]"] == b"hello"


def test_append_keeps_flags_keyword_and_internal_date(client: IMAPClient) -> None:
    arrived = datetime(2026, 10, 5, 6, 7, 8, tzinfo=UTC)
    uid = append(client, flags=("\\Seen", "\\Draft", "gp-unsure"), msg_time=arrived)
    client.normalise_times = False
    assert client.fetch([uid], ["INTERNALDATE"])[uid][b"INTERNALDATE"] == arrived
    assert flags(client, uid) == {b"\\Seen", b"\\Draft", b"gp-unsure"}


def test_append_without_a_date_takes_the_clock_of_the_demo(client: IMAPClient) -> None:
    uid = append(client)
    client.normalise_times = False
    assert client.fetch([uid], ["INTERNALDATE"])[uid][b"INTERNALDATE"] == NOON


def test_a_keyword_that_was_stored_is_read_back_by_another_connection(
    server: DemoServer, client: IMAPClient
) -> None:
    uid = append(client)
    client.add_flags([uid], ["gp-rejection"])
    with connected(server) as other:
        other.select_folder("INBOX")
        assert flags(other, uid) == {b"gp-rejection"}
        assert other.search(["KEYWORD", "gp-rejection"]) == [uid]
        other.remove_flags([uid], ["gp-rejection"])
    client.noop()
    assert flags(client, uid) == set()


def test_a_server_may_drop_keywords_silently() -> None:
    with DemoServer(USERS, keywords="drop") as server, connected(server) as client:
        assert b"\\*" not in client.select_folder("INBOX")[b"PERMANENTFLAGS"]
        uid = append(client, flags=("\\Seen", "gp-rejection"))
        client.add_flags([uid], ["gp-rejection"])
        assert flags(client, uid) == {b"\\Seen"}


def test_a_server_may_refuse_keywords_and_then_stores_nothing() -> None:
    with DemoServer(USERS, keywords="refuse") as server, connected(server) as client:
        client.select_folder("INBOX")
        with pytest.raises(IMAPClientError, match="Keywords"):
            append(client, flags=("\\Seen", "gp-rejection"))
        uid = append(client, flags=("\\Seen",))
        with pytest.raises(IMAPClientError, match="Keywords"):
            client.add_flags([uid], ["gp-rejection"])
        client.add_flags([uid], ["\\Flagged"])
        assert client.search("ALL") == [uid]
        assert flags(client, uid) == {b"\\Seen", b"\\Flagged"}


def test_expunge_by_uid_takes_only_that_message(client: IMAPClient) -> None:
    uids = [append(client) for _ in range(3)]
    client.delete_messages(uids[:2])
    client.uid_expunge(uids[:1])
    assert client.search("ALL") == uids[1:]
    assert client.fetch(uids[:1], ["FLAGS"]) == {}


def test_move_takes_a_message_to_another_mailbox_with_its_keywords(client: IMAPClient) -> None:
    uid = append(client, flags=("gp-rejection",))
    client.move([uid], "Trash")
    assert client.search("ALL") == []
    client.select_folder("Trash")
    (moved,) = client.search("ALL")
    assert flags(client, moved) == {b"gp-rejection"}


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (["SINCE", date(2026, 10, 31)], [0, 1, 2]),
        (["SINCE", date(2026, 11, 1)], [1, 2]),
        (["SINCE", date(2026, 11, 3)], []),
        (["HEADER", "Message-ID", "<one@quayside.example>"], [0, 1, 2]),
        (["UNKEYWORD", "gp-rejection"], [0, 1, 2]),
    ],
)
def test_search_finds_by_date_header_and_keyword(
    client: IMAPClient, criteria: Sequence[Any], found: list[int]
) -> None:
    days = ((10, 31), (11, 1), (11, 2))
    uids = [append(client, msg_time=datetime(2026, m, d, 23, 30, tzinfo=UTC)) for m, d in days]
    assert client.search(criteria) == [uids[n] for n in found]


def test_a_uid_range_to_the_end_always_holds_the_last_message(client: IMAPClient) -> None:
    assert client.search("UID 1:*") == []
    first, last = append(client), append(client)
    assert client.search(f"UID {first}:*") == [first, last]
    assert client.search(f"UID {last + 100}:*") == [last]


def test_idle_wakes_for_the_append_of_another_connection(server: DemoServer, client: IMAPClient) -> None:
    client.idle()
    with connected(server) as other:
        append(other)
    assert (1, b"EXISTS") in client.idle_check(timeout=5)
    client.idle_done()
    assert len(client.search("ALL")) == 1


def test_idle_tells_of_a_message_that_came_just_before_it_began(
    server: DemoServer, client: IMAPClient
) -> None:
    with connected(server) as other:
        append(other)
    client.idle()
    assert (1, b"EXISTS") in client.idle_check(timeout=5)
    client.idle_done()


def test_idle_can_be_left_and_entered_again(client: IMAPClient) -> None:
    for _ in range(3):
        client.idle()
        client.idle_done()
    assert client.search("ALL") == []


def test_a_message_expunged_elsewhere_is_not_served_any_more(server: DemoServer, client: IMAPClient) -> None:
    uid = append(client)
    with connected(server) as other:
        other.select_folder("INBOX")
        client.delete_messages([uid])
        client.uid_expunge([uid])
        assert other.fetch([uid], ["FLAGS"]) == {}
        other.add_flags([uid], ["gp-rejection"])
        assert other.search("ALL") == []


def test_two_connections_see_each_others_changes(server: DemoServer, client: IMAPClient) -> None:
    with connected(server) as other:
        other.select_folder("INBOX")
        uids = [append(connection) for connection in (client, other, client, other)]
        assert uids == sorted(set(uids))
        client.noop()
        other.noop()
        assert client.search("ALL") == other.search("ALL") == uids


def test_uid_validity_and_next_uid_hold_across_connections(server: DemoServer) -> None:
    def status() -> Mapping[bytes, int]:
        with connected(server) as client:
            selected: Mapping[bytes, int] = client.select_folder("Drafts")
            return selected

    before = status()
    with connected(server) as client:
        client.append("Drafts", MESSAGE)
    after = status()
    assert after[b"UIDVALIDITY"] == before[b"UIDVALIDITY"]
    assert after[b"UIDNEXT"] == before[b"UIDNEXT"] + 1


def test_dropped_connections_are_gone_and_new_ones_are_taken(server: DemoServer) -> None:
    client = IMAPClient(server.host, server.port, ssl=False, timeout=5)
    client.login("devika", "pw-devika")
    server.drop_connections()
    with pytest.raises((IMAPClientError, OSError)):
        client.noop()
    client.shutdown()
    with connected(server) as again:
        assert again.folder_exists("INBOX")


def test_stopping_leaves_no_thread_even_with_clients_in_idle() -> None:
    before = set(threading.enumerate())
    server = DemoServer(USERS)
    server.start()
    client = IMAPClient(server.host, server.port, ssl=False, timeout=5)
    client.login("devika", "pw-devika")
    client.select_folder("INBOX")
    client.idle()
    server.stop()
    assert set(threading.enumerate()) == before
    assert (b"BYE" in str(client.idle_check(timeout=5)).encode()) or client.idle_check(timeout=5) == []
    client.shutdown()


def test_a_server_started_again_is_empty_and_listens_on_the_same_port() -> None:
    server = DemoServer(USERS)
    with server, connected(server) as client:
        append(client)
        port = server.port
    with server, connected(server) as client:
        assert (server.host, server.port) == ("127.0.0.1", port)
        assert client.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"] == 0


def test_a_port_that_is_taken_is_said_to_the_user(server: DemoServer) -> None:
    second = DemoServer(USERS, port=server.port)
    with pytest.raises(UserError, match=str(server.port)):
        second.start()


def test_without_pymap_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real_import = builtins.__import__

    def without_pymap(name: str, *arguments: Any, **options: Any) -> Any:
        if name.partition(".")[0] == "pymap":
            raise ImportError(name)
        return real_import(name, *arguments, **options)

    monkeypatch.delitem(sys.modules, "graceperiod.demo.embedded_imap", raising=False)
    monkeypatch.delattr("graceperiod.demo.embedded_imap", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_pymap)
    with pytest.raises(UserError, match=r"pip install 'graceperiod\[demo\]'"):
        DemoServer(USERS).start()
