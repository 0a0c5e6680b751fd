import pytest

from graceperiod.core.endpoint import Endpoint, Tls


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "localhost.", "127.0.0.1", "127.3.2.1", "::1"])
def test_this_computer_is_known_by_all_its_names(host: str) -> None:
    assert Endpoint(host=host, port=143, tls=Tls.NONE).is_loopback


@pytest.mark.parametrize("host", ["", "localhost.example", "128.0.0.1", "127.0.0.1.example", "::", "0.0.0.0"])
def test_nothing_else_is_this_computer(host: str) -> None:
    assert not Endpoint(host=host, port=143, tls=Tls.NONE).is_loopback


def test_an_endpoint_is_shown_with_its_port() -> None:
    assert str(Endpoint(host="imap.mail.example", port=993, tls=Tls.IMPLICIT)) == "imap.mail.example:993"
    assert str(Endpoint(host="::1", port=143, tls=Tls.NONE)) == "[::1]:143"
