"""RFC 5322 section 3.6.5: subjects of replies and of held drafts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.subject import held_subject, is_held, reply_subject, without_hold


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        ("Your application", "Re: Your application"),
        ("Re: Your application", "Re: Your application"),
        ("RE: re: AW: Ihre Bewerbung", "Re: Ihre Bewerbung"),
        ("Antw: Sollicitatie", "Re: Sollicitatie"),
        ("Re[2]: Termin", "Re: Termin"),
        ("Regarding your application", "Re: Regarding your application"),
        ("Research Assistant: outcome", "Re: Research Assistant: outcome"),
        ("", "Re:"),
        ("Re:", "Re:"),
        ("a\r\nBcc: x@y.example", "Re: a Bcc: x@y.example"),
    ],
)
def test_a_reply_has_one_re_before_the_parents_subject(parent: str, expected: str) -> None:
    assert reply_subject(parent) == expected


@given(st.text(max_size=600))
def test_a_reply_subject_is_one_bounded_line_and_stays_the_same_when_replied_to_again(parent: str) -> None:
    subject = reply_subject(parent)
    assert "\r" not in subject
    assert "\n" not in subject
    assert len(subject) <= 404
    assert reply_subject(subject) == subject


@given(st.text(max_size=80))
def test_taking_the_hold_off_gives_the_subject_back(parent: str) -> None:
    subject = reply_subject(parent)
    held = held_subject(subject, "Tue 24 Nov 09:00")
    assert is_held(held)
    assert without_hold(held) == subject


def test_what_the_user_made_of_the_rest_of_the_subject_stays() -> None:
    assert without_hold("[held until Tue 24 Nov 09:00] Thank you, Ada") == "Thank you, Ada"
    assert not is_held("[held for review] Re: x")
    assert without_hold("Re: [held until noon] x") == "Re: [held until noon] x"
