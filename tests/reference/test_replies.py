"""The replies as they are read, in every language, tier and register (RULES C1-C5)."""

from itertools import product

import pytest
from syrupy.assertion import SnapshotAssertion

from graceperiod.adapters.playbook_toml import load_playbook
from graceperiod.adapters.templates import JinjaTemplates
from graceperiod.core.application import Tier
from graceperiod.errors import UserError

TEMPLATES = JinjaTemplates()
EVERY = list(product(TEMPLATES.languages, ("tier1", "tier2", "tier3"), ("formal", "friendly")))


def render(template: str, language: str, **slots: str | None) -> str:
    given = {"recipient": "Ada Quill", "own_name": "Robin Vale", "formality": "formal"} | slots
    return TEMPLATES.render(template, language=language, slots=given)


@pytest.mark.parametrize(("language", "template", "formality"), EVERY)
def test_a_reply_reads_as_it_was_approved(
    language: str, template: str, formality: str, snapshot: SnapshotAssertion
) -> None:
    assert render(template, language, formality=formality) == snapshot


def test_every_reply_of_the_playbook_has_its_template_in_every_language() -> None:
    used = {reply.template for reply in load_playbook("tiers").replies.values()}
    for language, template in product(TEMPLATES.languages, used):
        assert render(template, language).endswith("\n")


def test_the_holds_of_the_playbook_are_those_of_the_rules() -> None:
    replies = load_playbook("tiers").replies
    hours = {tier: reply.hold_length.total_seconds() / 3600 for tier, reply in replies.items()}
    assert hours == {Tier.NO_INTERVIEW: 24, Tier.FIRST_ROUND: 48, Tier.FINALIST: 48, None: 48}  # T2
    assert "feedback_ask" not in replies[Tier.NO_INTERVIEW].elements  # C3
    assert "feedback_ask" not in replies[None].elements  # A5
    assert replies[Tier.FINALIST].elements == (
        "thanks",
        "appreciation",
        "specific_interest",
        "feedback_ask",
        "other_roles",
    )  # fmt: skip - C1


@pytest.mark.parametrize("language", TEMPLATES.languages)
def test_a_short_reply_has_three_sentences_and_no_feedback_ask(language: str) -> None:
    body = render("tier2", language).split("\n\n")[1]
    assert body.count(".") == 3  # C2


@pytest.mark.parametrize("language", TEMPLATES.languages)
def test_what_is_not_known_is_marked_or_left_out_and_never_guessed(language: str) -> None:
    unknown = render("tier3", language, recipient=None, own_name=None)
    assert unknown.count("[[") == 2  # the topic and the user's own name
    assert "None" not in unknown


@pytest.mark.parametrize("name", ["{{ 7*7 }}", "{% for x in y %}", "A\r\nBcc: b@x.example", "x" * 5000])
def test_what_a_mail_says_is_text_and_never_a_template(name: str) -> None:
    text = render("tier2", "en", recipient=name)
    assert "49" not in text
    assert len(text) < 1500
    assert "\nBcc:" not in text


def test_a_template_that_is_missing_or_broken_is_named_with_its_line(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "en").mkdir()
    (folder / "en" / "tier2.j2").write_text("one\ntwo {{ }}\n")
    with pytest.raises(UserError, match=r"en/tier2\.j2:2"):
        JinjaTemplates(folder).render("tier2", language="en", slots={})
    with pytest.raises(UserError, match="no template"):
        JinjaTemplates(folder).render("tier9", language="en", slots={})
