"""What weighed is told in the mail's own words, each of them once, in pieces that say something."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graceperiod.core.features import Reading
from graceperiod.core.plain_words import PLAIN_WORDS
from graceperiod.core.reasons import MOST, reasons
from graceperiod.core.text import key_of
from mails import mail

TEXT = "We have decided to move forward with other candidates. After a careful review the role is closed."


def told(weighed: dict[str, float], text: str = TEXT, subject: str = "Your application") -> dict[str, float]:
    reading = Reading(mail(text=text, subject=subject))
    return {piece.text: piece.weight for piece in reasons(reading, list(weighed.items()))}


def test_runs_that_overlap_are_one_piece_with_their_sum() -> None:
    found = told({"w:move forward": 0.5, "w:move forward with": 0.3, "w:forward with": 0.2, "w:forward": 0.1})
    assert found == {"move forward": 1.1}


def test_neighbours_that_pull_in_one_direction_are_told_together() -> None:
    found = told({"w:decided": 0.5, "w:move forward": 0.5, "w:other candidates": 0.6})
    assert list(found) == ["decided to move forward with other candidates"]


def test_what_speaks_against_is_told_apart_from_what_speaks_for() -> None:
    assert told({"w:move forward": 0.5, "w:other candidates": -0.4}) == {
        "move forward": 0.5,
        "other candidates": -0.4,
    }


def test_plain_words_alone_are_told_with_what_follows_or_not_at_all() -> None:
    assert told({"w:after a": 0.4}) == {"after a careful": 0.4}
    assert told({"w:the": 0.4}) == {"the role": 0.4}
    assert told({"w:you and i": 0.4}, text="You and I. Us.") == {}


def test_plain_words_at_the_end_of_a_piece_are_left_out_and_what_they_weigh_is_kept() -> None:
    assert told({"w:forward with": 0.9}, text="Forward with it") == {"forward": 0.9}
    assert told({"w:role": 0.8, "w:role is": 0.3, "w:is": 0.1}) == {"role": 1.2}


def test_a_piece_does_not_cross_a_full_stop() -> None:
    assert told({"w:candidates": 0.5, "w:after a careful": 0.9}) == {
        "after a careful": 0.9,
        "candidates": 0.5,
    }


def test_the_subject_is_marked() -> None:
    assert told({"s:your application": 0.5, "w:role": 0.4}) == {
        "subject: your application": 0.5,
        "role": 0.4,
    }


def test_ideas_are_told_by_the_words_that_stand_for_them() -> None:
    text = "Unfortunately we cannot offer you the job."
    assert told({"i:regret": 0.5, "w:unfortunately": 0.2}, text=text) == {"unfortunately": 0.7}
    both = told({"i:post+regret": 0.6}, text=text)
    assert both == {"job": 0.3, "unfortunately": 0.3}


def test_facts_are_told_as_sentences() -> None:
    reading = Reading(replace(mail(text="See you"), is_list=True))
    (piece,) = reasons(reading, [("fact:list", -0.4)])
    assert piece.text == "sent to a mailing list or with a way to unsubscribe"
    assert piece.weight == -0.4


def test_words_are_spelt_as_the_mail_spells_them() -> None:
    found = told({"w:nicht beruecksichtigen": 0.5}, text="Wir können Sie nicht berücksichtigen.")
    assert found == {"nicht berücksichtigen": 0.5}


def test_both_sides_are_told_where_there_are_two() -> None:
    words = [f"{a}{b}" for a in "bcdfghjklmnp" for b in ("arn", "ost")]
    text = ". ".join(words)
    weighed = {f"w:{word}": 1.0 + n / 100 for n, word in enumerate(words[:20])}
    weighed |= {f"w:{word}": -0.3 for word in words[20:]}
    found = told(weighed, text=text)
    assert len(found) == MOST
    assert sum(weight < 0 for weight in found.values()) == 4
    assert list(found.values()) == sorted(found.values(), key=lambda w: -abs(w))


def test_what_weighs_next_to_nothing_beside_the_rest_is_left_out() -> None:
    assert told({"w:candidates": 3.0, "w:review": 0.06}) == {"candidates": 3.0}
    assert told({"w:review": 0.01}) == {}


def test_a_word_of_any_length_is_told_in_short() -> None:
    found = told({f"w:{'x' * 3000}": 1.0}, text="x" * 3000)
    assert [len(text) for text in found] == [40]


DECIDING = """
    not no never other another unable unfortunately nicht kein keine andere leider pas autre niet geen andere
    nao outro non altro otro
"""


def test_words_that_decide_are_not_plain() -> None:
    assert PLAIN_WORDS.isdisjoint(DECIDING.split())
    assert all(word == key_of(word) for word in PLAIN_WORDS)


WORDS = [
    "we",
    "regret",
    "that",
    "the",
    "post",
    "is",
    "with",
    "another",
    "candidate",
    ".",
    "not",
    "you",
    "however",
]
ANY_TEXT = st.text(st.characters(), max_size=400) | st.lists(st.sampled_from(WORDS)).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT, ANY_TEXT, st.randoms(use_true_random=False))
def test_whatever_the_mail_pieces_are_few_distinct_and_in_order(
    text: str, subject: str, random: object
) -> None:
    reading = Reading(mail(text=text, subject=subject))
    weighed = [(f, random.uniform(-2, 2)) for f in reading.features]  # type: ignore[attr-defined]
    found = reasons(reading, weighed)
    assert len(found) <= MOST
    assert len({piece.text for piece in found}) == len(found)
    assert all(piece.text.strip() and len(piece.text) <= 400 for piece in found)
    weights = [abs(piece.weight) for piece in found]
    assert weights == sorted(weights, reverse=True)


@given(st.floats(1, 2), st.floats(1, 2), st.floats(1, 2))
def test_no_weight_is_lost_or_counted_twice_where_all_is_told(a: float, b: float, c: float) -> None:
    found = told({"w:decided": a, "w:decided to move": b, "i:others": c})
    assert abs(sum(found.values()) - (a + b + c)) < 1e-3
