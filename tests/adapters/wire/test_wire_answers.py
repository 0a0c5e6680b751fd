"""Answers that say it otherwise than Dovecot does, say it of another mail, or say nothing that can be read."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from dovecot import PASSWORD, make_certificate
from graceperiod.adapters.imap import ALLOWED_VERBS, ImapStore, open_store
from graceperiod.core.endpoint import Tls
from graceperiod.core.mailbox import MarkMethod
from graceperiod.errors import MailStoreError, Refused, Unreachable
from scripted import CAPABILITIES
from wired import answering, hear, inbox_at, listening_at, login_at, pour, say, saying, serving, soon

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DOUBTFUL = b"Subject: =?utf-8?q?No?=\r\n\r\n"


def literal(octets: bytes) -> str:
    return f"{{{len(octets)}}}\r\n{octets.decode()}"


@pytest.mark.parametrize(
    "key",
    [
        '"BODY[HEADER.FIELDS (MESSAGE-ID SUBJECT)]"',
        'BODY[HEADER.FIELDS ("MESSAGE-ID" "SUBJECT")]',
        "body[header.fields (Message-Id)]<0>",
    ],
)
def test_the_key_of_a_section_is_known_quoted_lower_case_and_with_an_origin(key: str) -> None:
    fetch = answering(f"* 1 FETCH (UID 1 FLAGS () {key} {literal(DOUBTFUL)})")
    with inbox_at({"UID FETCH": fetch}) as store:
        (head,) = store.heads("INBOX", [1], uid_validity=7)
    assert head.header == DOUBTFUL


def test_items_and_mails_may_come_in_any_order_in_pieces_and_twice() -> None:
    fetch = answering(
        r"* 2 FETCH (FLAGS (\Seen) UID 4)",
        "* 1 FETCH (UID 3 RFC822.SIZE 77)",
        f"* 1 FETCH (BODY[HEADER.FIELDS (X)] {literal(DOUBTFUL)} UID 3)",
        "* 1 FETCH (FLAGS (gp-rejection) UID 3)",
        "* 2 FETCH (FLAGS (gp-rejection) UID 4)",
    )
    with inbox_at({"UID FETCH": fetch}) as store:
        third, fourth = store.heads("INBOX", [3, 4], uid_validity=7)
    assert (third.uid, third.size_bytes, third.header) == (3, 77, DOUBTFUL)
    assert third.flags == fourth.flags == {"gp-rejection"}


def test_flags_told_without_a_uid_are_never_taken_for_those_of_the_uid_of_that_number() -> None:
    fetch = answering(
        "* 1 FETCH (UID 3 FLAGS (gp-rejection))",
        r"* 3 FETCH (FLAGS (\Answered gp-offer))",  # the third mail, which may be uid 12 or any other
    )
    with inbox_at({"UID FETCH": fetch}) as store:
        assert store.marks("INBOX", [3], uid_validity=7) == {3: frozenset({"gp-rejection"})}


def test_what_was_told_in_an_earlier_command_is_no_answer_to_this_one() -> None:
    gossip = answering("* 1 FETCH (UID 1 FLAGS (stale))", r"* 1 FETCH (FLAGS (\Flagged))")
    silent_fetch = answering()
    with inbox_at({"UID SEARCH": gossip, "UID FETCH": silent_fetch}) as store:
        store.uids("INBOX", uid_validity=7, above=0, since=None)
        assert store.marks("INBOX", [1], uid_validity=7) == {}


def test_mails_that_were_not_asked_for_are_not_taken() -> None:
    with inbox_at(
        {"UID FETCH": answering("* 1 FETCH (UID 1 FLAGS ())", "* 2 FETCH (UID 2 FLAGS ())")}
    ) as store:
        assert set(store.marks("INBOX", [1], uid_validity=7)) == {1}


@pytest.mark.parametrize("said", ["OK done", "OK [EXPUNGEISSUED] some are gone"])
def test_a_uid_that_is_missing_is_told_as_not_there(said: str) -> None:
    with inbox_at({"UID FETCH": saying(said), "UID STORE": saying(said)}) as store:
        assert list(store.fetch("INBOX", [9], uid_validity=7)) == []
        assert store.heads("INBOX", [9], uid_validity=7) == ()
        assert store.whole("INBOX", 9, uid_validity=7) is None
        assert not store.mark("INBOX", 9, "gp-offer", uid_validity=7, method=MarkMethod.KEYWORD)
        assert store.remove("INBOX", 9, uid_validity=7)


def test_a_server_that_refuses_a_whole_batch_over_one_uid_costs_no_other_mail() -> None:
    def fetch(stream: BinaryIO, tag: str, command: str) -> bool:
        uids = command.split(" ")[2].split(",")
        for uid in uids:
            if uid != "2":
                say(stream, f"* {uid} FETCH (UID {uid} FLAGS () BODY[HEADER]<0> {literal(DOUBTFUL)})")
        say(stream, f"{tag} " + ("NO [NONEXISTENT] some are gone" if "2" in uids else "OK done"))
        return True

    with listening_at({"UID FETCH": fetch}) as store:
        found = [(mail.uid, mail.raw is None) for mail in store.fetch("INBOX", [1, 2, 3], uid_validity=7)]
    assert found == [(1, False), (2, True), (3, False)]


def test_the_star_of_a_range_names_the_last_mail_even_below_the_range() -> None:
    with inbox_at({"UID SEARCH": answering("* SEARCH 41")}) as store:
        assert store.uids("INBOX", uid_validity=7, above=41, since=None) == ()
        assert store.uids("INBOX", uid_validity=7, above=40, since=None) == (41,)


@pytest.mark.parametrize(
    ("line", "uids"),
    [
        ("* SEARCH", ()),
        ("* SEARCH 3 1 2 3", (1, 2, 3)),
        ("* SEARCH 1 2 (MODSEQ 917162500)", (1, 2)),
        ("* SEARCH 0 1 4294967295 4294967296 99999999999999999999999", (1, 4294967295)),
        ("* OK nothing else", ()),
    ],
)
def test_uids_are_numbers_of_thirty_two_bits_over_zero(line: str, uids: tuple[int, ...]) -> None:
    with inbox_at({"UID SEARCH": answering(line)}) as store:
        assert store.uids("INBOX", uid_validity=7, above=0, since=None) == uids


def test_a_day_is_told_in_the_words_of_the_protocol() -> None:
    asked: list[str] = []

    def note(stream: BinaryIO, tag: str, command: str) -> bool:
        asked.append(command)
        return answering("* SEARCH 1")(stream, tag)

    with listening_at({"UID SEARCH": note}) as store:
        store.uids("INBOX", uid_validity=7, above=139_999, since=datetime(2026, 3, 2, 1, tzinfo=UTC))
    assert asked == ["UID SEARCH UID 140000:* SINCE 1-Mar-2026"]


CALLS: dict[str, Callable[[ImapStore], Any]] = {
    "LIST": lambda store: store.mailboxes(),
    "SELECT": lambda store: store.status("INBOX"),
    "STATUS": lambda store: store.unseen("INBOX"),
    "UID SEARCH": lambda store: store.uids("INBOX", uid_validity=7, above=0, since=None),
    "UID FETCH": lambda store: store.marks("INBOX", [1], uid_validity=7),
}


@pytest.mark.parametrize("command", CALLS)
@pytest.mark.parametrize(
    "line",
    [
        "* SEARCH one two",
        "* SEARCH 1 (",
        "* SEARCH \x80",
        "* LIST (",
        "* LIST (\\HasNoChildren) 7",
        '* LIST () "/" "&&&&-"',
        "* STATUS INBOX",
        "* STATUS INBOX (UNSEEN)",
        "* STATUS INBOX (UNSEEN many)",
        "* 1 FETCH",
        "* 1 FETCH (UID 1 FLAGS",
        "* 1 FETCH (UID one FLAGS ())",
        "* 1 FETCH (UID 1 FLAGS NIL BODYSTRUCTURE NIL)",
        '* 1 FETCH (UID 1 INTERNALDATE "yesterday")',
        "* OK [UIDVALIDITY none] bad",
        "* OK [PERMANENTFLAGS 4] bad",
        "* OK [UIDNEXT",
        "* nonsense",
        "nonsense",
        "+ nonsense",
    ],
)
def test_an_answer_that_cannot_be_read_is_an_error_of_the_mail_store_or_none(command: str, line: str) -> None:
    with inbox_at({command: answering(line)}) as store, soon(), suppress(MailStoreError):
        CALLS[command](store)


def test_numbers_and_dates_that_nothing_can_hold_are_not_taken() -> None:
    fetch = answering(
        f"* 1 FETCH (UID 1 FLAGS () RFC822.SIZE {10**30}"
        ' INTERNALDATE "31-Dec-9999 23:00:00 -1400" BODY[HEADER.FIELDS (X)] NIL)'
    )
    with inbox_at({"UID FETCH": fetch}) as store:
        (head,) = store.heads("INBOX", [1], uid_validity=7)
    assert (head.size_bytes, head.internal_date, head.header) == (0, EPOCH, b"")


def read_only(stream: BinaryIO, tag: str) -> bool:
    lines = (
        "* 1 EXISTS",
        "* OK [UIDVALIDITY 7] valid",
        "* OK [UIDNEXT 2] next",
        "* OK [PERMANENTFLAGS ()] none",
    )
    pour(stream, "".join(f"{line}\r\n" for line in (*lines, f"{tag} OK [READ-ONLY] done")).encode())
    return True


def test_a_mailbox_that_may_only_be_read_is_read_and_takes_nothing() -> None:
    denied = saying("NO [NOPERM] read only")
    answers = {
        "SELECT": read_only,
        "EXAMINE": read_only,
        "UID SEARCH": answering("* SEARCH 1"),
        "UID STORE": denied,
        "APPEND": denied,
    }
    with inbox_at(answers) as store:
        status = store.status("INBOX")
        assert status.is_read_only
        assert not status.accepts_keywords
        assert store.uids("INBOX", uid_validity=7, above=0, since=None) == (1,)
        calls: list[Callable[[], Any]] = [
            lambda: store.mark("INBOX", 1, "gp-offer", uid_validity=7, method=MarkMethod.KEYWORD),
            lambda: store.append("INBOX", b"x", flags=(), uid_validity=7),
            lambda: store.remove("INBOX", 1, uid_validity=7),
        ]
        for call in calls:
            with pytest.raises(Refused):
                call()


def test_nothing_is_enabled_although_the_server_offers_it() -> None:
    verbs: list[str] = []
    offer = f"{CAPABILITIES} ENABLE CONDSTORE QRESYNC UTF8=ACCEPT LITERAL+ AUTH=PLAIN"

    def script(stream: BinaryIO) -> None:
        say(stream, f"* OK [CAPABILITY {offer}] ready")
        while True:
            tag, command = hear(stream)
            verbs.append(" ".join(command.split()[: 2 if command.startswith("UID") else 1]))
            if command.startswith("AUTHENTICATE"):
                say(stream, "+ ")
                stream.readline()
            lines = {"CAPABILITY": f"* CAPABILITY {offer}", "UID SEARCH": "* SEARCH 1"}
            selected = ("* OK [UIDVALIDITY 7] x", "* OK [UIDNEXT 2] x", "* OK [HIGHESTMODSEQ 12] x")
            answering(lines.get(verbs[-1], "* OK x"), *(selected if verbs[-1] == "SELECT" else ()))(
                stream, tag
            )

    with serving(script) as port:
        store = open_store(login_at(port), PASSWORD)
        assert store.status("INBOX").highest_modseq == 12
        assert store.uids("INBOX", uid_validity=7, above=0, since=None) == (1,)
        store.close()
    assert "ENABLE" not in ALLOWED_VERBS  # it would be allowed before SELECT only, and nothing here needs it
    assert set(verbs) <= ALLOWED_VERBS


def test_what_is_slipped_in_before_tls_is_not_taken_for_what_the_server_says(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, days=2)

    def script(stream: BinaryIO) -> None:
        say(stream, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready")
        while True:
            tag, command = hear(stream)
            if command == "STARTTLS":
                pour(stream, f"{tag} OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN X-SLIPPED-IN\r\n".encode())
                return
            say(stream, "* CAPABILITY IMAP4rev1 STARTTLS")
            say(stream, f"{tag} OK done")

    with serving(script) as port, pytest.raises(Unreachable, match="STARTTLS"):
        open_store(login_at(port, tls=Tls.STARTTLS, ca_file=certificate), PASSWORD)
