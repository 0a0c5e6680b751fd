"""No letter stands on both sides of the split, and the corpus does not say the same thing over and over."""

from graceperiod.core.category import Category
from graceperiod.core.corpus_report import corpus_report
from graceperiod.core.letter import Letter
from graceperiod.core.likeness import NEAR_DUPLICATE, alike, groups, repeated_sentences

LONG = "We thank you for the talk about the lighthouse and for the cake, but the keeper stays another year."


def letter(name: str, body: str, sender: str = "") -> Letter:
    return Letter(
        id=name,
        category=Category.REJECTION,
        language="en",
        subject="",
        sender=sender or f"{name}@{name}.example",
        body=body,
    )


def test_letters_that_differ_in_names_and_figures_are_near_duplicates() -> None:
    found = alike(
        [
            letter("a", f"Dear Ana,\n\n{LONG}\n\nRef 4711"),
            letter("b", f"Dear Bo,\n\n{LONG}\n\nRef 99"),
            letter("c", "Something else altogether, about the price of herring in June."),
        ],
        NEAR_DUPLICATE,
    )
    assert [(pair.first, pair.second) for pair in found] == [("a", "b")]


def test_related_letters_and_letters_of_one_sender_are_one_group() -> None:
    found = groups(
        [
            letter("a", LONG),
            letter("b", f"{LONG} Come back in spring when the gulls are gone."),
            letter("c", "The harbour office is closed on Monday.", sender="x@b.example"),
            letter("d", "Herring costs more this year than last year."),
        ]
    )
    assert found[0] == found[1] == found[2] != found[3]


def test_a_sentence_in_many_letters_is_reported_with_its_number() -> None:
    many = [letter(f"l{n}", f"{LONG} Note {n}.") for n in range(5)]
    sentence, count = repeated_sentences(many, 3)[0]
    assert count == 5
    assert sentence.startswith("we thank you for the talk")


def test_a_report_is_clean_without_problems_and_duplicates() -> None:
    assert corpus_report([letter("a", LONG), letter("b", "Herring is dear.")], ()).is_clean
    assert not corpus_report([letter("a", LONG), letter("b", LONG)], ()).is_clean
    assert not corpus_report([], ("en/offer.jsonl:3: not an object",)).is_clean


def test_letters_without_words_are_like_nothing() -> None:
    assert not alike([letter("a", ""), letter("b", "")], 0.1)
