"""RULES A6: whom an answer goes to, or that nobody would read it."""

from dataclasses import replace

import pytest

from graceperiod.core.address import Address
from graceperiod.core.answerable import Unanswerable, answerable, is_machine
from mails import mail

OWN = frozenset({"robin@postbox.example"})


def test_a_person_is_answered_under_the_name_they_wrote_with() -> None:
    assert answerable(mail(sender="Ada Quill <ada@quillworks.example>"), own=OWN) == Address(
        display_name="Ada Quill", addr_spec="ada@quillworks.example"
    )


def test_a_reply_to_in_the_same_domain_is_followed_with_the_senders_name() -> None:
    found = answerable(
        mail(sender="Ada Quill <ada@quillworks.example>", reply_to="jobs+17@quillworks.example"), own=OWN
    )
    assert found == Address(display_name="Ada Quill", addr_spec="jobs+17@quillworks.example")


@pytest.mark.parametrize(
    "local",
    [
        "no-reply", "noreply", "no_reply", "do-not-reply", "donotreply", "careers-noreply", "noreply-hr",
        "noreply2", "nicht-antworten", "keine-antwort", "ne-pas-repondre", "nepasrepondre", "no-responder",
        "niet-beantwoorden", "nao-responda", "non-rispondere", "mailer-daemon", "postmaster", "bounces+17",
        "notifications",
    ],
)  # fmt: skip
def test_an_address_that_nobody_reads_is_known_in_seven_languages(local: str) -> None:
    assert is_machine(Address(display_name="", addr_spec=f"{local}@x.example"))


@pytest.mark.parametrize(
    "local", ["noreen.plyer", "norma", "bounceland.ceo", "ada", "jobs", "nora.reply", "hr"]
)
def test_a_persons_or_a_teams_address_is_no_machine(local: str) -> None:
    assert not is_machine(Address(display_name="", addr_spec=f"{local}@x.example"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"auto_submitted": "auto-generated"}, "Auto-Submitted"),
        ({"has_null_sender": True}, "null return path"),
        ({"precedence": "bulk"}, "bulk"),
        ({"is_list": True}, "mailing system"),
        ({"senders": ()}, "no sender"),
        ({"reply_to": Address.parse("a@quillworks.example, b@quillworks.example")}, "several"),
        ({"reply_to": Address.parse("x@elsewhere.example")}, "another domain"),
        ({"reply_to": Address.parse("no-reply@quillworks.example")}, "nobody reads"),
        ({"senders": Address.parse("robin@postbox.example")}, "own address"),
        ({"senders": Address.parse("a@x.example, b@x.example")}, "several senders"),
    ],
)
def test_a_mail_without_somebody_to_answer_says_why(changes: dict[str, object], said: str) -> None:
    found = answerable(replace(mail(), **changes), own=OWN)  # type: ignore[arg-type]
    assert isinstance(found, Unanswerable)
    assert said in found.reason


def test_auto_submitted_no_is_a_person() -> None:
    assert isinstance(answerable(replace(mail(), auto_submitted="no"), own=OWN), Address)
