"""What the model sees of a mail: folded, marked apart, bounded, and sayable to the user."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graceperiod.core.features import Reading, features
from graceperiod.core.ideas import ideas
from mails import mail

ANY_TEXT = st.text(st.characters(), max_size=3000)  # lone surrogates and all


def seen(text: str, **changes: object) -> set[str]:
    return set(features(replace(mail(text=text), **changes)))  # type: ignore[arg-type]


def test_words_of_the_subject_are_marked_apart_from_what_is_said() -> None:
    found = set(features(mail(subject="Your application", text="We chose somebody else")))
    assert {"s:your", "s:application", "s:your application"} <= found
    assert {"w:we", "w:chose", "w:we chose somebody"} <= found
    assert "w:application" not in found
    assert "s:chose" not in found


def test_runs_of_words_do_not_cross_a_full_stop_or_a_blank_line() -> None:
    found = seen("We regret this. Your work\n\nwas fine\nindeed")
    assert "w:this your" not in found
    assert "w:work was" not in found
    assert "w:fine indeed" in found  # one line end is only where a line was wrapped


@pytest.mark.parametrize(
    "written",
    [
        "we’re sorry, “truly”",  # typographic quotes
        'we\'re\u00a0sorry, \u202f"truly"',  # spaces that do not break
        'we\u200b\'re so\u00adrry, "tru\u2060ly"',  # characters nobody sees
        'ｗe\'re sorry, "truly"',  # full width
        'WE\'RE SORRY, "TRULY"',
    ],
)
def test_what_looks_alike_is_alike(written: str) -> None:
    assert seen(written) == seen('we\'re sorry, "truly"')


def test_umlauts_and_their_spelling_are_one_word() -> None:
    assert seen("für Sie, leider nicht größer") == seen("fuer Sie, leider nicht groesser")


def test_figures_addresses_and_links_are_folded_so_that_nobody_is_remembered() -> None:
    found = seen(
        "Write to ada.quill@quillworks.example or see https://quillworks.example/a?id=7 by 14:30, ref 4711/B"
    )
    assert not any("quill" in feature or "4711" in feature for feature in found)
    assert seen("ref 4711") == seen("ref 99/17-x")
    assert seen("see https://a.example/1") == seen("see www.b.example")
    assert seen("at 14:30") != seen("at 4711")


def test_facts_of_the_header_are_features() -> None:
    plain = mail(text="See you")
    found = set(
        features(
            replace(
                plain, auto_submitted="auto-generated", is_list=True, precedence="bulk", has_null_sender=True
            )
        )
    )
    assert {"fact:auto_submitted", "fact:list", "fact:bulk", "fact:null_sender"} <= found
    assert not {"fact:auto_submitted", "fact:list", "fact:bulk"} & set(features(plain))
    assert "fact:reply" in features(mail(references=("<a@b.example>",)))
    assert "fact:reply" in features(mail(subject="AW: Bewerbung"))
    assert "fact:sender_noreply" in features(mail(sender="no-reply@quillworks.example"))
    assert "fact:sender_hiring" in features(mail(sender="Talent Team <mail@quillworks.example>"))


def test_ideas_meet_only_within_a_sentence() -> None:
    together = seen("Unfortunately the apartment is gone")
    apart = seen("Unfortunately it rains. The apartment is dry")
    assert "i:housing+regret" in together
    assert {"i:housing", "i:regret"} <= apart
    assert "i:housing+regret" not in apart


def test_an_idea_is_the_same_in_two_languages() -> None:
    assert "regret" in ideas(["leider"])
    assert "regret" in ideas(["unfortunately"])
    assert ideas(["other", "candidates"])["others"] == ("other", "candidates")
    assert "others" in ideas(["mit", "anderen", "bewerberinnen"])


@pytest.mark.parametrize("words", [["not"], ["other"], ["not", "be"], ["gegen", "sie"]])
def test_the_beginning_of_a_phrase_at_the_end_of_a_sentence_is_no_idea(words: list[str]) -> None:
    assert not {"refusal", "others"} & set(ideas(words))


def test_features_are_said_in_the_words_of_the_mail() -> None:
    reading = Reading(
        mail(subject="Ihre Bewerbung", text="Leider können wir Ihnen für 14 Tage keine Zusage geben.")
    )
    assert reading.say("w:koennen wir") == "können wir"
    assert reading.say("s:ihre bewerbung") == "subject: ihre bewerbung"
    assert "leider" in reading.say("i:regret")
    assert "(a number)" in reading.say(next(f for f in reading.features if f.startswith("w:fuer ")))
    assert reading.say("fact:list") == "sent to a mailing list or with a way to unsubscribe"


@settings(max_examples=200, deadline=None)
@given(subject=ANY_TEXT, said=ANY_TEXT, sender=st.text(max_size=80))
def test_any_mail_has_features_each_once_and_each_sayable(subject: str, said: str, sender: str) -> None:
    reading = Reading(mail(subject=subject, text=said, sender=sender))
    assert len(set(reading.features)) == len(reading.features)
    for feature in reading.features:
        shown = reading.say(feature)
        assert shown.strip()
        assert "\n" not in shown


def test_the_number_of_features_is_bounded_however_long_the_mail_is() -> None:
    long = " ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x" for n in range(200_000))
    assert len(features(mail(text=long, subject=long))) < 20_000
    assert features(mail(text=long)) == features(mail(text=long + " unfortunately"))
