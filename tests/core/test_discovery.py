import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.address import Address
from graceperiod.core.discovery import Provider, guesses, provider_of
from graceperiod.core.endpoint import Tls


def _address(spec: str) -> Address:
    return Address(display_name="", addr_spec=spec)


BIG = Provider.parse({"domains": ["big.example"], "host": "imap.big.example", "note": "Do this first."})
LOCAL = Provider.parse(
    {"domains": ["l.example"], "host": "127.0.0.1", "port": 1143, "tls": "starttls", "user": "local"}
)
NONE = Provider.parse({"domains": ["none.example"], "host": "", "note": "It has no IMAP."})


def test_a_provider_is_found_by_the_domain_and_no_part_of_it() -> None:
    table = (BIG, LOCAL, NONE)
    assert provider_of(_address("me@big.example"), table) is BIG
    assert provider_of(_address("me@none.example"), table) is NONE
    for other in ("me@sub.big.example", "me@notbig.example", "big.example@mail.example"):
        assert provider_of(_address(other), table) is None


def test_a_table_entry_has_the_usual_port_unless_it_says_another() -> None:
    assert BIG.endpoint is not None
    assert LOCAL.endpoint is not None
    assert (BIG.endpoint.port, BIG.endpoint.tls) == (993, Tls.IMPLICIT)
    assert (LOCAL.endpoint.port, LOCAL.endpoint.tls) == (1143, Tls.STARTTLS)
    assert NONE.endpoint is None


def test_the_user_is_the_address_or_what_stands_before_the_at() -> None:
    assert BIG.user(_address("me@big.example")) == "me@big.example"
    assert LOCAL.user(_address("me@l.example")) == "me"


def test_implicit_tls_is_tried_before_starttls_and_nothing_goes_without() -> None:
    tried = guesses(_address("me@mail.example"))
    assert [str(endpoint) for endpoint in tried] == [
        "imap.mail.example:993",
        "mail.mail.example:993",
        "mail.example:993",
        "imap.mail.example:143",
        "mail.mail.example:143",
        "mail.example:143",
    ]
    assert [endpoint.tls for endpoint in tried] == [Tls.IMPLICIT] * 3 + [Tls.STARTTLS] * 3


def test_a_domain_in_another_script_is_written_as_the_name_system_has_it() -> None:
    assert guesses(_address("me@büro.example"))[0].host == "imap.xn--bro-hoa.example"


@pytest.mark.parametrize("domain", ["", "a..b", "x" * 64 + ".example", "."])
def test_a_domain_that_cannot_exist_is_not_tried(domain: str) -> None:
    assert guesses(_address(f"me@{domain}")) == ()


@given(st.text(max_size=30))
def test_whatever_the_domain_is_all_that_is_tried_ends_with_it(domain: str) -> None:
    tried = guesses(_address(f"me@{domain}"))
    bare = {endpoint.host for endpoint in tried[2::3]}
    assert len(bare) == bool(tried)
    assert all(endpoint.host.endswith(tuple(bare)) for endpoint in tried)
