"""Small decisions: who is greeted by name, how long to wait for a server."""

from datetime import timedelta

import pytest

from graceperiod.core.address import Address
from graceperiod.core.backoff import backoff
from graceperiod.core.greeting import person_name


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Ada Quill", "Ada Quill"),
        ("Quill, Ada", "Ada Quill"),
        ("Dr. Jürgen von Wolkig", "Dr. Jürgen von Wolkig"),
        ("Ada", None),
        ("", None),
        ("Quillworks Recruiting", None),
        ("Talent Team", None),
        ("Ada Quill via Hirelane", None),
        ("Bewerbung Quillwerke GmbH", None),
        ("{{ 7*7 }} {% x %}", None),
        ("ada@quillworks.example Quill", None),
        ("One Two Three Four Five", None),
    ],
)
def test_a_person_is_greeted_by_name_and_a_team_is_not(shown: str, name: str | None) -> None:
    assert person_name(Address(display_name=shown, addr_spec="a@x.example")) == name


def test_the_wait_for_a_server_doubles_from_8_seconds_to_60_minutes() -> None:
    waits = [backoff(n) for n in range(1, 13)]
    assert waits[:4] == [timedelta(seconds=s) for s in (8, 16, 32, 64)]
    assert waits == sorted(waits)
    assert backoff(1000) == timedelta(minutes=60)
