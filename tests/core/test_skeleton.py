"""Letters that were filled into one template are seen to be, whatever was filled in."""

from collections.abc import Sequence
from dataclasses import replace

from graceperiod.core.category import Category
from graceperiod.core.corpus_report import corpus_report
from graceperiod.core.letter import Letter
from graceperiod.core.likeness import groups
from graceperiod.core.skeleton import skeletons
from letters import letters

NAMES = ("Ana", "Bo", "Cyril", "Dilys", "Ekrem", "Flo", "Gil", "Hanne", "Ines", "Jory", "Kit", "Lou")
ROLES = ("baker", "welder", "actuary", "florist", "diver", "glazier", "roofer", "tutor", "clerk", "miller")


def template(number: int, body: str) -> Letter:
    name, role = NAMES[number % len(NAMES)], ROLES[number % len(ROLES)]
    return Letter(
        id=f"en-rejection-t{number:02d}",
        category=Category.REJECTION,
        language="en",
        subject="",
        sender=f"Jobs <jobs@firm-{number}.example>",
        body=body.format(name=name, role=role, ref=4711 + number, firm=f"Firm{NAMES[-number % 12]}"),
    )


FORM = (
    "Dear {name},\n\nthank you for applying to be our {role} (reference {ref}). We have read every letter at "
    "{firm} with care and have chosen somebody else for it. We hope that you find what you look for soon."
)


def found(bodies: Sequence[Letter]) -> list[set[str]]:
    return [set(skeleton.ids) for skeleton in skeletons(bodies)]


def test_names_figures_roles_and_firms_are_folded_away() -> None:
    forms = [template(n, FORM) for n in range(10)]
    assert found([*letters(), *forms]) == [{form.id for form in forms}]


def test_letters_that_only_share_polite_words_have_no_skeleton_in_common() -> None:
    polite = [
        template(
            0, "Dear {name},\n\nthank you for the drawings, which hang in the kitchen of the harbour now."
        ),
        template(
            1, "Dear {name},\n\nthank you for the invoice, which was paid on Monday by the other office."
        ),
    ]
    assert not found([*letters(), *polite])


def test_one_sentence_more_does_not_hide_a_template() -> None:
    forms = [template(n, FORM) for n in range(4)]
    longer = replace(forms[3], body=forms[3].body + " The pictures that you sent come back by post.")
    assert found([*forms[:3], longer]) == [{form.id for form in forms}]


def test_a_template_is_one_group_though_its_letters_have_few_words_in_a_row_in_common() -> None:
    body = (
        "Thanks {name}, the {role} at {firm} has been chosen and it was not you, {name}, so the {role} of {ref} "
        "and we at {firm} wish that you, {name}, find a {role} who is glad of you."
    )
    forms = [template(n, body) for n in range(6)]
    held = [*letters(), *forms]
    assert found(held) == [{form.id for form in forms}]
    assert len(set(groups(held)[-6:])) == 1


def test_a_letter_most_of_whose_words_are_its_own_is_no_template() -> None:
    assert not found(letters())


def test_a_skeleton_in_too_many_letters_must_be_put_right() -> None:
    forms = [template(n, FORM) for n in range(3)]
    report = corpus_report([*letters(), *forms], ())
    assert [set(skeleton.ids) for skeleton in report.templates] == [{form.id for form in forms}]
    assert not report.is_clean
    assert "applying to be our _ reference _ we have read" in report.templates[0].wording


def test_two_letters_of_a_kind_in_a_small_corpus_are_no_template_yet() -> None:
    forms = [template(n, FORM) for n in range(2)]
    assert not corpus_report([*letters(), *forms], ()).templates


def test_letters_without_words_have_no_skeleton() -> None:
    assert not skeletons([template(0, ""), template(1, ""), template(2, "OK"), template(3, "OK")])
