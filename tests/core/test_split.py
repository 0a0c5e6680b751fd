"""No letter is judged by a model that has seen its like."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graceperiod.core.letter import Letter
from graceperiod.core.likeness import groups, sender_house
from graceperiod.core.split import split
from letters import letters

FOLDS = 5
SOME = letters(3)
SENTENCES = (
    "The keeper of the lighthouse counts the ships on Sundays and writes their names into a green book.",
    "Whoever mends the nets in winter gets a share of the herring when the boats come back in June.",
    "Our committee has read the plans for the bridge and would like to see them once more before the frost.",
)


def sent_by(letter: Letter, domain: str) -> Letter:
    return replace(letter, sender=f"Somebody <x@{domain}>")


def test_letters_of_one_sender_are_on_one_side_whatever_the_host() -> None:
    hosts = ["quill.example", "mail.quill.example", "jobs.eu.quill.example", "QUILL.example"]
    held = [sent_by(letter, hosts[n % 4]) if n < 8 else letter for n, letter in enumerate(SOME)]
    assert len(set(split(held, FOLDS)[:8])) == 1
    assert len(set(split(held, FOLDS))) > 1


def test_letters_without_a_sender_have_none_in_common() -> None:
    held = [replace(letter, sender="") for letter in SOME]
    assert sender_house(held[0]) == ""
    assert len(set(groups(held))) == len(held)


def test_the_order_of_the_letters_moves_none_to_another_fold() -> None:
    there = dict(zip((letter.id for letter in SOME), split(SOME, FOLDS), strict=True))
    back = tuple(reversed(SOME))
    assert dict(zip((letter.id for letter in back), split(back, FOLDS), strict=True)) == there


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sets(st.integers(0, 2), max_size=2)), max_size=len(SOME)))
def test_no_two_letters_of_a_group_of_a_sender_or_of_a_wording_are_on_two_sides(
    changes: list[tuple[int, set[int]]],
) -> None:
    """Letters get senders and sentences in common; whatever the chain of them, it is on one side."""
    held = list(SOME)
    for n, (sender, said) in enumerate(changes):
        body = " ".join((*(SENTENCES[s] for s in sorted(said)), held[n].body if not said else f"Note {n}."))
        held[n] = replace(sent_by(held[n], f"firm-{sender}.example"), body=body)
    sides: defaultdict[str, set[int]] = defaultdict(set)
    for letter, group, side in zip(held, groups(held), split(held, FOLDS), strict=True):
        sides[f"group {group}"].add(side)
        sides[f"sender {letter.sender_domain}"].add(side)
    for n, (_, said) in enumerate(changes):
        for s in said:
            sides[f"sentence {s}"].add(split(held, FOLDS)[n])
    assert all(len(on) == 1 for on in sides.values()), sides
