import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import dovecot
from conftest import needs
from graceperiod.adapters.discovery import discover, first_answering, read_providers, why_not
from graceperiod.core.address import Address
from graceperiod.core.endpoint import Endpoint, Tls
from graceperiod.settings import parse_account


def test_every_provider_in_the_table_makes_a_valid_account() -> None:
    for provider in read_providers():
        address = Address(display_name="", addr_spec=f"me@{min(provider.domains)}")
        if provider.endpoint is None:
            assert provider.note
            continue
        table = {"address": address.addr_spec, "user": provider.user(address)}
        endpoint = provider.endpoint
        server = {"host": endpoint.host, "port": endpoint.port, "tls": endpoint.tls.value}
        assert parse_account("x", table | server).endpoint == endpoint


def test_no_domain_is_in_the_table_twice_and_all_are_in_lower_case() -> None:
    domains = [domain for provider in read_providers() for domain in provider.domains]
    assert len(domains) == len(set(domains))
    assert domains == [domain.lower() for domain in domains]


def test_a_known_provider_is_found_without_any_connection() -> None:
    found = discover(Address(display_name="", addr_spec="me@gmail.com"))
    assert found.endpoint == Endpoint(host="imap.gmail.com", port=993, tls=Tls.IMPLICIT)
    assert found.provider is not None
    assert "app password" in found.provider.note


def test_the_first_in_order_that_answers_is_taken_and_the_others_say_why_not() -> None:
    hosts = [Endpoint(host=f"{h}.example", port=993, tls=Tls.IMPLICIT) for h in ("a", "b", "c")]
    found = first_answering(tuple(hosts), lambda e: "no answer" if e.host == "a.example" else None)
    assert found.endpoint == hosts[1]
    assert found.failures == ("a.example:993: no answer",)
    assert first_answering((), lambda e: None).endpoint is None


@contextmanager
def _server(greeting: bytes, *, then: bytes = b"") -> Iterator[Endpoint]:
    """A plain server that says one thing, hears one line and says another."""

    def serve() -> None:
        connection, _ = listener.accept()
        with suppress(ConnectionError), connection, connection.makefile("rb") as heard:
            connection.sendall(greeting)
            if heard.readline() and then:
                connection.sendall(then)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield Endpoint(host="127.0.0.1", port=listener.getsockname()[1], tls=Tls.STARTTLS)
        thread.join()


@pytest.mark.parametrize(
    ("greeting", "then", "reason"),
    [
        (b"220 mail.example ESMTP\r\n", b"", "no IMAP server answers there"),
        (b"* BYE too busy\r\n", b"", "no IMAP server answers there"),
        (b"x" * 5000, b"", "no IMAP server answers there"),
        (b"* OK ready\r\n", b"a BAD what?\r\n", "it offers no STARTTLS"),
        (b"* OK ready\r\n", b"a OK go on\r\nplain again\r\n", "it does not speak TLS there"),
    ],
)
def test_what_is_no_imap_server_with_tls_is_not_taken(greeting: bytes, then: bytes, reason: str) -> None:
    with _server(greeting, then=then) as endpoint:
        assert why_not(endpoint) == reason


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        for tls in (Tls.IMPLICIT, Tls.STARTTLS):
            endpoint = Endpoint(host="127.0.0.1", port=port, tls=tls)
            assert why_not(endpoint, timeout_s=0.1) == "no answer"


def test_a_closed_port_and_an_impossible_name_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert why_not(Endpoint(host="127.0.0.1", port=port, tls=Tls.IMPLICIT)) == "Connection refused"
    assert why_not(Endpoint(host="a..b", port=port, tls=Tls.IMPLICIT)) == "no connection"


@pytest.mark.server
def test_a_real_server_is_found_only_with_a_certificate_that_is_valid(tmp_path: Path) -> None:
    needs("Dovecot", present=dovecot.is_installed())
    with dovecot.running(tmp_path) as server:
        for port, tls in ((server.tls_port, Tls.IMPLICIT), (server.port, Tls.STARTTLS)):
            endpoint = Endpoint(host="localhost", port=port, tls=tls)
            assert why_not(endpoint, ca_file=server.certificate) is None
            assert (why_not(endpoint) or "").startswith("its certificate is not valid: self")


@pytest.mark.server
def test_a_certificate_that_has_run_out_is_called_expired(tmp_path: Path) -> None:
    needs("Dovecot", present=dovecot.is_installed())
    with dovecot.running(tmp_path, certificate_days=-1) as server:
        endpoint = Endpoint(host="localhost", port=server.tls_port, tls=Tls.IMPLICIT)
        reason = why_not(endpoint, ca_file=server.certificate)
        assert reason == "its certificate is not valid: certificate has expired"
