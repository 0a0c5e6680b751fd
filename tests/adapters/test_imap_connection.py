"""Logins that fail, and connections that break: each becomes the error of the one who must act."""

import socket
import threading
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from dovecot import PASSWORD, Dovecot, make_certificate
from graceperiod.adapters.imap import ImapStore, Login, open_store
from graceperiod.adapters.imap import store as store_module
from graceperiod.adapters.waker import Waker
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.core.mailbox import MarkMethod
from graceperiod.errors import (
    AccountError,
    CredentialError,
    GraceperiodError,
    Refused,
    Resync,
    UnknownHost,
    Unreachable,
)
from scripted import hear, login, say, serve_inbox, serving


def account(port: int, *, host: str = "localhost", tls: Tls = Tls.NONE, ca_file: Path | None = None) -> Login:
    return Login(
        account="work",
        endpoint=Endpoint(host=host, port=port, tls=tls),
        user="robin-connection",
        ca_file=ca_file,
    )


def opened(port: int) -> ImapStore:
    return open_store(account(port), PASSWORD)


@pytest.mark.server
@pytest.mark.parametrize("tls", Tls)
def test_every_kind_of_encryption_logs_in(dovecot: Dovecot, tls: Tls) -> None:
    port = dovecot.tls_port if tls is Tls.IMPLICIT else dovecot.port
    store = open_store(account(port, tls=tls, ca_file=dovecot.certificate), PASSWORD)
    try:
        assert "IDLE" in store.capabilities
    finally:
        store.close()


@pytest.mark.server
def test_a_wrong_password_says_which_account_and_what_to_check(dovecot: Dovecot) -> None:
    with pytest.raises(CredentialError, match=r"account 'work'.*accounts\.work\.user") as caught:
        open_store(account(dovecot.port), "wrong-secret")
    assert "wrong-secret" not in str(caught.value)


@pytest.mark.server
@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_a_certificate_of_an_unknown_authority_names_the_setting(dovecot: Dovecot, tls: Tls) -> None:
    port = dovecot.tls_port if tls is Tls.IMPLICIT else dovecot.port
    with pytest.raises(AccountError, match=r"self-signed.*accounts\.work\.ca_file"):
        open_store(account(port, tls=tls), PASSWORD)


@pytest.mark.server
def test_a_certificate_for_another_name_is_not_trusted(dovecot: Dovecot) -> None:
    other = account(dovecot.tls_port, host="127.0.0.1", tls=Tls.IMPLICIT, ca_file=dovecot.certificate)
    with pytest.raises(AccountError, match=r"accounts\.work\.host"):
        open_store(other, PASSWORD)


def test_an_expired_certificate_is_told_as_expired(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, days=-3)
    with (
        serving(lambda stream: None, certificate=certificate) as port,
        pytest.raises(AccountError, match="expired"),
    ):
        open_store(account(port, tls=Tls.IMPLICIT, ca_file=certificate), PASSWORD)


def test_an_authority_that_is_no_certificate_names_the_setting(tmp_path: Path) -> None:
    junk = tmp_path / "ca.pem"
    junk.write_text("nothing of the kind")
    with pytest.raises(AccountError, match=r"accounts\.work\.ca_file"):
        open_store(account(9, ca_file=junk), PASSWORD)


def test_an_unknown_host_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(UnknownHost, match=r"nowhere\.example.*accounts\.work\.host"):
        open_store(account(993, host="nowhere.example"), PASSWORD)


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(Unreachable, match="refused"):
        opened(port)


def test_a_server_without_starttls_is_the_users_to_settle() -> None:
    def script(stream: BinaryIO) -> None:
        login(stream)

    with serving(script) as port, pytest.raises(AccountError, match=r"accounts\.work\.tls"):
        open_store(account(port, tls=Tls.STARTTLS), PASSWORD)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("NO [UNAVAILABLE] try later", Unreachable),
        ("NO [AUTHENTICATIONFAILED] no", CredentialError),
        ("NO [ALERT] too many \x1b[31mlogins", CredentialError),
        ("BAD what", CredentialError),
    ],
)
def test_a_refused_login_tells_a_wrong_password_from_a_busy_server(
    answer: str, error: type[GraceperiodError]
) -> None:
    def script(stream: BinaryIO) -> None:
        login(stream, answer=answer)
        hear(stream)

    with serving(script) as port, pytest.raises(error) as caught:
        opened(port)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("greeting", ["* BYE go away", "HTTP/1.1 400 Bad Request", ""])
def test_a_server_that_closes_or_speaks_another_language_is_unreachable(greeting: str) -> None:
    def script(stream: BinaryIO) -> None:
        if greeting:
            say(stream, greeting)

    with serving(script) as port, pytest.raises(Unreachable):
        opened(port)


def test_a_connection_that_breaks_during_the_login_is_no_wrong_password() -> None:
    def script(stream: BinaryIO) -> None:
        say(stream, "* OK [CAPABILITY IMAP4rev1] ready")
        hear(stream)

    with serving(script) as port, pytest.raises(Unreachable):
        opened(port)


def after_login(**answers: object) -> object:
    def script(stream: BinaryIO) -> None:
        login(stream)
        serve_inbox(stream, answers)  # type: ignore[arg-type]

    return script


def hang_up(_stream: BinaryIO, _tag: str) -> bool:
    return False


def test_a_connection_that_breaks_in_a_command_is_unreachable() -> None:
    with serving(after_login(**{"UID SEARCH": hang_up})) as port:  # type: ignore[arg-type]
        store = opened(port)
        store.status("INBOX")
        with pytest.raises(Unreachable):
            store.uids("INBOX", uid_validity=7, above=0, since=None)
        store.close()


def test_what_the_server_refuses_carries_its_response_code() -> None:
    def over_quota(stream: BinaryIO, tag: str) -> bool:
        say(stream, f"{tag} NO [OVERQUOTA] full")
        return True

    with serving(after_login(APPEND=over_quota)) as port:  # type: ignore[arg-type]
        store = opened(port)
        with pytest.raises(Refused) as caught:
            store.append("INBOX", b"Subject: x\r\n\r\n", flags=(), uid_validity=7)
        assert caught.value.code == "OVERQUOTA"
        store.close()


def test_another_uidvalidity_asks_for_a_resync() -> None:
    with serving(after_login()) as port:  # type: ignore[arg-type]
        store = opened(port)
        with pytest.raises(Resync):
            store.uids("INBOX", uid_validity=8, above=0, since=None)
        store.close()


def test_an_idle_that_the_server_ends_by_closing_is_unreachable_and_does_not_spin() -> None:
    def dead(stream: BinaryIO, _tag: str) -> bool:
        say(stream, "+ idling")
        return False

    with serving(after_login(IDLE=dead)) as port:  # type: ignore[arg-type]
        store, wake = opened(port), Waker()
        with pytest.raises(Unreachable):
            store.wait("INBOX", uid_validity=7, timeout=timedelta(minutes=5), wake=wake)
        store.close()
        wake.close()


@pytest.mark.parametrize(
    "said",
    [
        [b"+ idling\r\n* 2 EXISTS\r\n"],  # in the segment of the `+`, where no select would see it
        [b"+ idling\r\n", b"* 2 EXISTS\r\n"],
        [b"+ idling\r\n", b"* 2 EX", b"ISTS\r\n"],  # a line over two segments
        [b"+ idling\r\n* OK Still here\r\n", b"* 2 EXISTS\r\n"],  # a keep-alive first
    ],
)
def test_a_new_message_ends_idle_however_the_server_cuts_its_words(said: list[bytes]) -> None:
    def idle(stream: BinaryIO, tag: str) -> bool:
        pause = threading.Event()
        while said:
            stream.write(said.pop(0))
            pause.wait(0.05)
        while hear(stream)[0].upper() != "DONE":
            pass
        say(stream, f"{tag} OK done")
        return True

    with serving(after_login(IDLE=idle)) as port:  # type: ignore[arg-type]
        store, wake = opened(port), Waker()
        assert store.wait("INBOX", uid_validity=7, timeout=timedelta(seconds=20), wake=wake)
        store.close()
        wake.close()


def test_a_wake_ends_idle_at_once() -> None:
    def idle(stream: BinaryIO, tag: str) -> bool:
        say(stream, "+ idling")
        hear(stream)
        say(stream, f"{tag} OK done")
        return True

    with serving(after_login(IDLE=idle)) as port:  # type: ignore[arg-type]
        store, wake = opened(port), Waker()
        wake.set()
        assert not store.wait("INBOX", uid_validity=7, timeout=timedelta(minutes=5), wake=wake)
        assert wake.is_set()
        store.close()
        wake.close()


def test_a_keyword_that_is_dropped_in_silence_is_not_taken_for_set() -> None:
    def flags(stream: BinaryIO, tag: str) -> bool:
        say(stream, r"* 1 FETCH (UID 1 FLAGS (\Seen))")
        say(stream, f"{tag} OK done")
        return True

    with serving(after_login(**{"UID FETCH": flags})) as port:  # type: ignore[arg-type]
        store = opened(port)
        assert not store.mark("INBOX", 1, "gp-rejection", uid_validity=7, method=MarkMethod.KEYWORD)
        store.close()


def test_a_message_whose_structure_breaks_the_grammar_does_not_cost_the_others() -> None:
    deep = "(" * 3000 + ")" * 3000

    def broken(stream: BinaryIO, tag: str) -> bool:
        say(stream, f"* 1 FETCH (UID 1 BODYSTRUCTURE {deep})")
        say(stream, f"{tag} OK done")
        return True

    with serving(after_login(**{"UID FETCH": broken})) as port:  # type: ignore[arg-type]
        store = opened(port)
        found = list(store.fetch("INBOX", [1], uid_validity=7))
        assert [(mail.uid, mail.raw) for mail in found] == [(1, None)]
        store.close()


def test_uids_of_a_large_mailbox_are_asked_for_in_windows_and_never_as_a_range_to_fetch() -> None:
    windows = list(store_module._windows(1, 140_000))
    assert windows[0] == "1:20000"
    assert windows[-1].endswith(":*")
    assert len(windows) == 7
    assert len(list(store_module._windows(1, 4_000_000_000))) <= 201
