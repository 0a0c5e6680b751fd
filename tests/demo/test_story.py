"""The story must be good enough to be believed: well formed, consistent, and nobody's but ours."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from graceperiod.core.category import Category
from graceperiod.core.draft import message_ids
from graceperiod.demo.letter import addr_spec
from graceperiod.demo.story import STORY_START, USER, StoryMail, story

MAILS = story()
BY_ID = {mail.id: mail for mail in MAILS}
LIVE = [mail for mail in MAILS if not mail.is_history]
BROKEN = {"ferrous-rejection"}
WITHOUT_ID = {"saltmarsh-rejection"}
TWICE = {"quayside-rejection-again": "quayside-rejection"}


def parsed(mail: StoryMail) -> EmailMessage:
    message: EmailMessage = message_from_bytes(mail.raw, policy=default)
    return message


def defects(mail: StoryMail) -> Iterator[object]:
    for part in parsed(mail).walk():
        yield from part.defects
        for value in part.values():
            yield from getattr(value, "defects", ())


def header(mail: StoryMail, name: str) -> str:
    return str(message_from_bytes(mail.raw).get(name, ""))


def text(mail: StoryMail) -> str:
    """All text of a mail, decoded."""
    return "\n".join(
        part.get_content() for part in parsed(mail).walk() if part.get_content_maintype() == "text"
    )


def test_there_are_enough_mails_applications_and_arrivals() -> None:
    assert len(MAILS) >= 70
    assert len({mail.employer for mail in MAILS if mail.employer}) >= 14
    assert len(LIVE) >= 10
    assert sum(mail.employer is None for mail in MAILS) >= 15


def test_ids_are_unique_and_the_order_is_that_of_arrival() -> None:
    assert len(BY_ID) == len(MAILS)
    assert [mail.arrives_after for mail in MAILS] == sorted(mail.arrives_after for mail in MAILS)


def test_the_history_covers_about_six_weeks() -> None:
    assert timedelta(days=40) <= -MAILS[0].arrives_after <= timedelta(days=43)
    weeks = Counter(mail.arrives_after // timedelta(weeks=1) for mail in MAILS if mail.is_history)
    assert set(weeks) == set(range(-6, 0))
    assert min(weeks.values()) >= 5


@pytest.mark.parametrize("mail", [m for m in MAILS if m.id not in BROKEN], ids=lambda m: m.id)
def test_every_mail_parses_without_a_defect(mail: StoryMail) -> None:
    assert list(defects(mail)) == []
    assert text(mail).strip()


@pytest.mark.parametrize("mail", [BY_ID[name] for name in BROKEN], ids=lambda m: m.id)
def test_the_broken_mail_is_really_broken(mail: StoryMail) -> None:
    assert len({type(defect) for defect in defects(mail)}) >= 3
    with pytest.raises(LookupError, match="x-unknown-7"):
        text(mail)


def test_every_category_is_there_and_the_users_own_mail_has_none() -> None:
    assert {mail.truth_category for mail in MAILS} == {*Category, None}
    assert all((mail.truth_category is None) == (mail.mailbox == "Sent") for mail in MAILS)


def test_only_example_addresses_and_links_appear() -> None:
    for mail in MAILS:
        everything = mail.raw.decode("latin-1") + (text(mail) if mail.id not in BROKEN else "")
        domains = re.findall(r"(?:[\w.+-]@|https?://)([\w-]+(?:\.[\w-]+)+)", everything)
        assert domains
        assert {domain for domain in domains if not domain.endswith(".example")} == set(), mail.id


def test_every_mail_has_one_message_id_of_its_own_but_those_that_should_not() -> None:
    ids = {mail.id: message_ids(header(mail, "Message-ID")) for mail in MAILS}
    assert {name for name, found in ids.items() if not found} == WITHOUT_ID
    counted = Counter(found[0] for found in ids.values() if found)
    assert [found for found, times in counted.items() if times > 1] == [
        ids[name][0] for name in TWICE.values()
    ]


@pytest.mark.parametrize(("again", "first"), TWICE.items())
def test_the_duplicate_is_the_same_to_the_byte(again: str, first: str) -> None:
    assert BY_ID[again].raw == BY_ID[first].raw
    assert BY_ID[again].arrives_after > BY_ID[first].arrives_after


def test_threads_are_consistent() -> None:
    known = {message_ids(header(mail, "Message-ID"))[:1]: mail for mail in MAILS}
    for mail in MAILS:
        references = message_ids(header(mail, "References"))
        assert message_ids(header(mail, "In-Reply-To")) == references[-1:], mail.id
        if not references:
            continue
        parent = known[(references[-1],)]
        assert references == (*message_ids(header(parent, "References")), references[-1]), mail.id
        assert mail.employer in {parent.employer, None}, mail.id
        assert parsed(parent)["Date"].datetime < parsed(mail)["Date"].datetime, mail.id


def test_the_user_writes_what_lies_in_sent_and_gets_what_lies_in_inbox() -> None:
    for mail in MAILS:
        is_own = addr_spec(header(mail, "From")) == addr_spec(USER)
        assert is_own == (mail.mailbox == "Sent"), mail.id
        assert mail.mailbox in {"INBOX", "Sent"}


def test_date_headers_agree_with_the_arrival() -> None:
    for mail in MAILS:
        if mail.id in BROKEN | set(TWICE):
            continue
        date = parsed(mail)["Date"].datetime
        late = STORY_START + mail.arrives_after - date
        assert timedelta(0) <= late < timedelta(minutes=30), mail.id


def test_flags_say_what_a_client_would_have_left() -> None:
    answered = {
        found
        for mail in MAILS
        if mail.mailbox == "Sent" and mail.is_history
        for found in message_ids(header(mail, "In-Reply-To"))
    }
    for mail in MAILS:
        if mail.mailbox == "INBOX" and mail.is_history:
            assert "\\Seen" in mail.flags
            is_answered = message_ids(header(mail, "Message-ID"))[0] in answered
            assert ("\\Answered" in mail.flags) == is_answered, mail.id
    assert BY_ID["bramble-rejection"].flags == ("\\Seen", "\\Answered")
    assert all(
        mail.flags == () for mail in LIVE if mail.mailbox == "INBOX" and mail.employer != "Bramble Health"
    )


def test_another_start_moves_every_date_and_nothing_else() -> None:
    later = story(datetime(2027, 2, 2, 8, 0, tzinfo=UTC))
    assert [(m.id, m.arrives_after, m.flags) for m in later] == [
        (m.id, m.arrives_after, m.flags) for m in MAILS
    ]
    rejection = next(mail for mail in later if mail.id == "hollowbrook-rejection")
    assert parsed(rejection)["Date"].datetime == datetime(2027, 2, 2, 8, 40, tzinfo=UTC)


def test_the_same_start_gives_the_same_bytes() -> None:
    assert story() == MAILS


def test_no_placeholder_is_left_and_no_meeting_is_at_a_weekend() -> None:
    for mail in MAILS:
        if mail.id in BROKEN:
            continue
        assert not re.search(r"\{(day|tag)|\$[a-z]", text(mail)), mail.id
        if mail.employer:
            assert not re.search(r"\b(Saturday|Sunday|Samstag|Sonntag) \d", text(mail)), mail.id


def test_what_the_show_needs_is_there_and_arrives_while_it_runs() -> None:
    expected = {
        "hollowbrook-rejection": Category.REJECTION,  # final round, answerable
        "pennywhistle-rejection": Category.REJECTION,  # first round, answerable
        "quayside-rejection": Category.REJECTION,  # phone screen, answerable
        "quayside-rejection-again": Category.REJECTION,  # the same mail twice
        "hollowbrook-second-notice": Category.REJECTION,
        "orrery-rejection": Category.REJECTION,  # nobody to answer
        "nordwerk-absage": Category.REJECTION,  # German, answerable
        "bramble-rejection": Category.REJECTION,  # answered already
        "saltmarsh-rejection": Category.REJECTION,  # no Message-ID
        "ferrous-rejection": Category.REJECTION,  # broken
        "halden-rejection": Category.REJECTION,  # an agency that wrote first
        "marlowe-on-hold": Category.SOFT_REJECTION,
        "tidemark-reschedule": Category.INTERVIEW,  # "unfortunately"
        "copperleaf-received": Category.RECEIVED,  # "if you are not selected"
        "lanternfish-offer": Category.OFFER,
        "wexcombe-feedback": Category.FEEDBACK,
        "bank-loan": Category.OTHER,
        "newsletter-layoffs": Category.OTHER,
    }
    assert {name: BY_ID[name].truth_category for name in expected} == expected
    assert all(not BY_ID[name].is_history for name in expected)
    assert "unfortunately" in text(BY_ID["tidemark-reschedule"])
    assert "If you are not selected" in text(BY_ID["copperleaf-received"])


def test_the_answer_from_the_phone_is_there_when_its_rejection_arrives() -> None:
    names = [mail.id for mail in MAILS]
    assert names.index("bramble-answer") < names.index("bramble-rejection")


def test_mime_comes_in_all_the_forms_of_this_world() -> None:
    kinds = Counter(
        (part.get_content_type(), str(part.get("Content-Transfer-Encoding", "")))
        for mail in MAILS
        if mail.id not in BROKEN
        for part in message_from_bytes(mail.raw).walk()
    )
    assert {
        ("text/plain", "7bit"),
        ("text/plain", "8bit"),
        ("text/plain", "quoted-printable"),
        ("text/html", "base64"),
        ("text/calendar", "7bit"),
        ("application/pdf", "base64"),
    } <= set(kinds)
    types = {kind for kind, _ in kinds}
    assert {"multipart/mixed", "multipart/alternative", "multipart/report", "message/rfc822"} <= types
    assert any(b"=?utf-8?" in mail.raw for mail in MAILS)
    assert any(re.search(r"^> ", text(mail), re.MULTILINE) for mail in LIVE if mail.id not in BROKEN)


def test_machines_say_that_they_are_machines() -> None:
    automatic = [mail for mail in MAILS if header(mail, "Auto-Submitted")]
    assert len(automatic) >= 15
    assert BY_ID["orrery-rejection"] in automatic
    assert all(not header(mail, "Auto-Submitted") for mail in MAILS if mail.mailbox == "Sent")
