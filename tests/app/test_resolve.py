"""Which mailboxes are used: by special use, by the settings, and never by guess (RFC 6154)."""

import pytest

from graceperiod.app.desk import WatchedAccount
from graceperiod.app.resolve import Mailboxes, resolve
from graceperiod.core.address import Address
from graceperiod.core.mailbox import Mailbox, SpecialUse
from graceperiod.errors import AccountError

ME = Address(display_name="", addr_spec="robin@postbox.example")
DRAFTS = frozenset({SpecialUse.DRAFTS})


def box(name: str, uses: frozenset[SpecialUse] = frozenset(), *, selectable: bool = True) -> Mailbox:
    return Mailbox(name=name, special_uses=uses, is_selectable=selectable)


def account(**changes: object) -> WatchedAccount:
    return WatchedAccount(name="work", address=ME, **changes)  # type: ignore[arg-type]


def test_a_localized_drafts_mailbox_is_known_by_its_special_use() -> None:
    listed = (box("INBOX"), box("Entwürfe", DRAFTS), box("Drafts"))
    assert resolve(account(), listed).drafts == "Entwürfe"


def test_a_server_with_special_uses_but_none_for_drafts_has_no_drafts() -> None:
    listed = (box("INBOX"), box("Drafts"), box("Gesendet", frozenset({SpecialUse.SENT})))
    found = resolve(account(), listed)
    assert found == Mailboxes(watched=("INBOX",), drafts=None, sent="Gesendet", junk=None)


@pytest.mark.parametrize("name", ["Drafts", "INBOX.Drafts", "INBOX/Drafts"])
def test_a_server_without_special_uses_is_read_by_the_plain_name(name: str) -> None:
    assert resolve(account(), (box("INBOX"), box(name))).drafts == name
    assert resolve(account(), (box("INBOX"), box("Brouillons"))).drafts is None


def test_a_mailbox_that_cannot_be_selected_is_not_used() -> None:
    assert resolve(account(), (box("INBOX"), box("Drafts", DRAFTS, selectable=False))).drafts is None


def test_a_name_in_the_settings_wins_and_a_wrong_one_names_those_there_are() -> None:
    listed = (box("INBOX"), box("Jobs"), box("Drafts", DRAFTS), box("My drafts"))
    found = resolve(account(watch=("inbox", "Jobs"), drafts="My drafts"), listed)
    assert found.watched == ("INBOX", "Jobs")
    assert found.drafts == "My drafts"
    with pytest.raises(AccountError, match=r"accounts\.work\.watch.*'Job'.*Jobs"):
        resolve(account(watch=("Job",)), listed)


def test_junk_is_watched_only_on_request() -> None:
    listed = (box("INBOX"), box("Spam", frozenset({SpecialUse.JUNK})))
    assert resolve(account(), listed).junk is None
    assert resolve(account(junk=True), listed).junk == "Spam"
