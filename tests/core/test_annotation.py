"""A statement says one thing, in a word that comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.annotation import Statement
from graceperiod.core.category import Category
from strategies import statements

categories = st.sampled_from(Category)


@given(statements)
def test_a_statement_is_read_back_from_its_word(statement: Statement) -> None:
    assert Statement.parse(str(statement)) == statement
    assert Statement.parse(str(statement).replace("_", "-").upper()) == statement


@pytest.mark.parametrize("word", ["", "no", "not-", "not-not-offer", "rejections", "not offer"])
def test_another_word_is_no_statement(word: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the enum's own
        Statement.parse(word)


def test_a_statement_says_exactly_one_thing() -> None:
    with pytest.raises(ValueError, match="what it is not"):
        Statement()
    with pytest.raises(ValueError, match="what it is not"):
        Statement(category=Category.OFFER, not_category=Category.REJECTION)


@given(statements, categories)
def test_what_a_mail_is_it_cannot_be_denied_to_be(statement: Statement, category: Category) -> None:
    assert statement.denies(category) == statement.implies(Statement(not_category=category))
    assert not (statement.denies(category) and statement.implies(Statement(category=category)))


@given(statements)
def test_every_statement_implies_itself(statement: Statement) -> None:
    assert statement.implies(statement)


def test_who_says_offer_says_no_rejection_but_not_the_other_way_round() -> None:
    offer, denial = Statement.parse("offer"), Statement.parse("not-rejection")
    assert offer.implies(denial)
    assert not denial.implies(offer)
    assert not Statement.parse("rejection").implies(denial)


@given(statements)
def test_every_statement_can_be_said_to_a_user(statement: Statement) -> None:
    assert statement.sentence.startswith("it is not " if statement.category is None else "it is ")
