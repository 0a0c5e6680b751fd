"""What the sender says now: golden cuts by client and language, and that nothing is cut that must stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graceperiod.core.plain_text import plain_text
from graceperiod.core.said import said

OWN = (
    "Dear Robin,\n\nwe have decided to go on with another applicant. Thank you for your time.\n\n"
    "Kind regards\nIlse Brandt"
)
OLD = "> Dear Ilse,\n>\n> is there any news about the position?\n>\n> Robin"
UNQUOTED = "Dear Ilse,\n\nis there any news about the position?\n\nRobin"

ATTRIBUTIONS = {
    "Gmail, English": "On Mon, 23 Nov 2026 at 18:00, Robin Quill <robin@home.example> wrote:",
    "Gmail, wrapped": "On Mon, 23 Nov 2026 at 18:00, Robin Quill of the Mill\n<robin@home.example> wrote:",
    "Apple Mail, English": "On 23 Nov 2026, at 18:00, Robin Quill <robin@home.example> wrote:",
    "Thunderbird, English": "On 11/23/26 18:00, Robin Quill wrote:",
    "no date, English": "Robin Quill wrote:",
    "Gmail, German": "Am Mo., 23. Nov. 2026 um 18:00 Uhr schrieb Robin Quill <robin@home.example>:",
    "Apple Mail, German": "Am 23.11.2026 um 18:00 schrieb Robin Quill <robin@home.example>:",
    "Thunderbird, German": "Am 23.11.26 um 18:00 schrieb Robin Quill:",
    "GMX, German": "Robin Quill <robin@home.example> schrieb am 23.11.2026 um 18:00:",
    "perfect tense, German": "Am 23.11.2026 hat Robin Quill geschrieben:",
    "Gmail, French": "Le lun. 23 nov. 2026 à 18:00, Robin Quill <robin@home.example> a écrit :",
    "Thunderbird, French": "Le 23/11/2026 à 18:00, Robin Quill a écrit :",
    "Gmail, Spanish": "El lun, 23 nov 2026 a las 18:00, Robin Quill (<robin@home.example>) escribió:",
    "Apple Mail, Spanish": "El 23 nov 2026, a las 18:00, Robin Quill <robin@home.example> escribió:",
    "Gmail, Dutch": "Op ma 23 nov 2026 om 18:00 schreef Robin Quill <robin@home.example>:",
    "Apple Mail, Dutch": "Op 23 nov. 2026 om 18:00 heeft Robin Quill <r@b.example> het volgende geschreven:",
    "Gmail, Portuguese": "Em seg., 23 de nov. de 2026 às 18:00, Robin Quill <robin@home.example> escreveu:",
    "Apple Mail, Portuguese": "Em 23 de nov. de 2026, à(s) 18:00, Robin Quill <robin@home.example> escreveu:",
    "Gmail, Italian": "Il giorno lun 23 nov 2026 alle ore 18:00 Robin Quill <robin@home.example> ha scritto:",
    "Thunderbird, Italian": "Il 23/11/2026 18:00, Robin Quill ha scritto:",
    "Gmail, Swedish": "Den mån 23 nov. 2026 kl 18:00 skrev Robin Quill <robin@home.example>:",
    "old Gmail": "2026-11-23 18:00 GMT+01:00 Robin Quill <robin@home.example>:",
}

RULES = {
    "English": "-----Original Message-----",
    "English, phone": "-------- Original message --------",
    "German": "-----Ursprüngliche Nachricht-----",
    "German, phone": "-------- Ursprüngliche Nachricht --------",
    "French": "-----Message d'origine-----",
    "Spanish": "-----Mensaje original-----",
    "Dutch": "-----Oorspronkelijk bericht-----",
    "Portuguese": "-----Mensagem original-----",
    "Italian": "-----Messaggio originale-----",
}

BLOCKS = {
    "English": "From: Robin Quill <robin@home.example>\nSent: Monday, 23 November 2026 18:00\n"
    "To: Ilse Brandt <ilse@millworks.example>\nSubject: Position",
    "English, bold": "*From:* Robin Quill <robin@home.example>\n*Date:* Monday, 23 November 2026\n"
    "*To:* Ilse Brandt\n*Subject:* Position",
    "English, wrapped": "From: Robin Quill <robin@home.example>\nSent: Monday, 23 November 2026\n"
    "To: Ilse Brandt <ilse@millworks.example>;\nOle Stone <ole@millworks.example>\nSubject: Position",
    "German": "Von: Robin Quill <robin@home.example>\nGesendet: Montag, 23. November 2026 18:00\n"
    "An: Ilse Brandt\nBetreff: Stelle",
    "German, new Outlook": "Von: Robin Quill <r@home.example>\nDatum: Montag, 23. November 2026 um 18:00\n"
    "An: Ilse Brandt\nBetreff: Stelle",
    "French": "De : Robin Quill <robin@home.example>\nEnvoyé : lundi 23 novembre 2026 18:00\n"
    "À : Ilse Brandt\nObjet : Poste",
    "Spanish": "De: Robin Quill\nEnviado el: lunes, 23 de noviembre\nPara: Ilse Brandt\nAsunto: Puesto",
    "Dutch": "Van: Robin Quill\nVerzonden: maandag 23 november 2026\nAan: Ilse Brandt\nOnderwerp: Functie",
    "Portuguese": "De: Robin Quill\nEnviado: segunda-feira, 23 de novembro\nPara: Ilse Brandt\nAssunto: Vaga",
    "Italian": "Da: Robin Quill\nInviato: lunedì 23 novembre 2026\nA: Ilse Brandt\nOggetto: Posizione",
}

FORWARDS = {
    "Gmail, English": "---------- Forwarded message ---------",
    "Gmail, German": "---------- Weitergeleitete Nachricht ----------",
    "Gmail, French": "---------- Message transféré ---------",
    "Gmail, Spanish": "---------- Mensaje reenviado ---------",
    "Gmail, Dutch": "---------- Doorgestuurd bericht ---------",
    "Gmail, Portuguese": "---------- Mensagem encaminhada ---------",
    "Gmail, Italian": "---------- Messaggio inoltrato ----------",
    "Apple Mail, English": "Begin forwarded message:",
    "Apple Mail, German": "Anfang der weitergeleiteten Nachricht:",
    "Apple Mail, French": "Début du message transféré :",
    "Apple Mail, Italian": "Inizio messaggio inoltrato:",
    "Notes": "---------------------- Forwarded by Ilse Brandt/MW on 11/23/2026 06:00 PM ----",
}


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_a_quotation_under_an_attribution_is_cut(name: str) -> None:
    assert said(f"{OWN}\n\n{ATTRIBUTIONS[name]}\n{OLD}") == OWN


@pytest.mark.parametrize("name", [n for n in ATTRIBUTIONS if n != "no date, English"])
def test_a_quotation_that_lost_its_marks_is_cut_too(name: str) -> None:
    assert said(f"{OWN}\n\n{ATTRIBUTIONS[name]}\n\n{UNQUOTED}") == OWN


@pytest.mark.parametrize("name", RULES)
def test_what_follows_the_rule_of_an_original_message_is_cut(name: str) -> None:
    assert said(f"{OWN}\n\n{RULES[name]}\nFrom: Robin Quill\n\n{UNQUOTED}") == OWN


@pytest.mark.parametrize("name", BLOCKS)
def test_what_follows_a_repeated_header_is_cut(name: str) -> None:
    assert said(f"{OWN}\n\n{'_' * 32}\n{BLOCKS[name]}\n\n{UNQUOTED}").startswith(OWN)
    assert "any news" not in said(f"{OWN}\n\n{BLOCKS[name]}\n\n{UNQUOTED}")


@pytest.mark.parametrize("name", FORWARDS)
@pytest.mark.parametrize("note", ["", "FYI\n\n", "For your information, see below. I am sorry.\n\n"])
def test_a_forwarded_mail_keeps_its_text_under_a_short_note(name: str, note: str) -> None:
    text = said(
        f"{note}{FORWARDS[name]}\n{BLOCKS['English']}\n\n{OWN}\n\n{ATTRIBUTIONS['Gmail, English']}\n{OLD}"
    )
    assert OWN in text
    assert note.strip() in text
    assert "any news" not in text


def test_a_forwarded_mail_under_a_long_letter_is_not_what_the_sender_says() -> None:
    assert (
        said(f"{OWN}\n{OWN}\n\n{FORWARDS['Gmail, English']}\n{BLOCKS['English']}\n\n{UNQUOTED}")
        == f"{OWN}\n{OWN}"
    )


def test_the_subject_tells_a_forwarded_mail_of_outlook_from_a_reply() -> None:
    text = f"FYI\n\n{BLOCKS['English']}\n\n{OWN}"
    assert OWN in said(text, subject="FW: Position")
    assert said(text, subject="RE: Position") == "FYI"


def test_a_forwarded_mail_in_quote_marks_loses_the_marks() -> None:
    quoted = "\n".join(f"> {line}" for line in OWN.split("\n"))
    assert "Dear Robin,\n\nwe have decided" in said(f"{FORWARDS['Apple Mail, English']}\n\n{quoted}")


@pytest.mark.parametrize("words", ["Thank you!", "Danke", "Merci bien", "No.", "ok"])
def test_a_short_answer_over_a_marked_quotation_is_enough(words: str) -> None:
    assert said(f"{words}\n\n{ATTRIBUTIONS['Gmail, English']}\n{OLD}") == words
    assert said(f"{words}\n\n{BLOCKS['German']}\n\n{UNQUOTED}") == words


def test_an_answer_under_the_quotation_stays() -> None:
    assert said(f"{ATTRIBUTIONS['Thunderbird, German']}\n{OLD}\n\n{OWN}") == OWN


def test_answers_between_quoted_lines_stay_together() -> None:
    text = f"{ATTRIBUTIONS['Gmail, English']}\n> When?\n\nAt ten.\n\n> Where?\n\nAt the Lower Mill.\n"
    assert said(text) == "At ten.\n\nAt the Lower Mill."


def test_text_under_an_attribution_without_marks_stays_where_nothing_else_is_said() -> None:
    text = f"Hi Robin,\n\n{ATTRIBUTIONS['Gmail, English']}\n\n{OWN}"
    assert OWN in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Robin,\n\nInterview details:\nDate: Thursday\nTo: the Lower Mill\n\nPlease confirm the time.",
        "Your booking\n\nFrom: 10:00\nTo: 11:00\nDate: Thursday\n\nWe look forward to seeing you there.",
        "Guten Tag,\n\nVon: 10 Uhr\nBis: 11 Uhr\nDatum: Donnerstag\n\nBitte bestätigen Sie den Termin.",
        "We asked three things:\n\n- who you are\n- what you did\n- why you came\n\nWe need more.",
        "On 12 May 2026 we spoke about your application.\n\nAs our founder once wrote: be brief.",
        "Dear Robin,\n\nour panel said:\n\nthe talk was clear and lively, yet the case was too thin.\n\nIlse",
        "Dear Robin\n-----\nWe regret to say no.\n-----\nIlse Brandt, Millworks",
        "Dear Robin,\n\nthis message is to let you know that the position has been filled by another person.",
    ],
)
def test_what_only_looks_like_a_quotation_stays(text: str) -> None:
    assert said(text) == text


@pytest.mark.parametrize("mark", ["--", "-- "])
def test_a_signature_is_cut(mark: str) -> None:
    assert said(plain_text(f"{OWN}\n\n{mark}\nMillworks GmbH\nLower Mill 1\nwww.millworks.example")) == OWN


def test_a_long_text_under_a_line_of_two_dashes_is_no_signature() -> None:
    text = "Dear Robin, here is our letter.\n--\n" + "\n".join(f"Paragraph {n} of it." for n in range(30))
    assert said(text) == text


def test_a_text_that_is_only_a_signature_stays() -> None:
    assert said("--\nIlse Brandt\nMillworks") == "--\nIlse Brandt\nMillworks"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "Von meinem iPhone gesendet",
        "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Enviado do meu iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
    ],
)
def test_the_line_of_a_device_is_cut(line: str) -> None:
    assert said(f"{OWN}\n\n{line}") == OWN


@pytest.mark.parametrize(
    "disclaimer",
    [
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "CONFIDENTIALITY NOTICE: the contents are privileged.",
        "Please consider the environment before printing this e-mail.",
        "Diese E-Mail enthält vertrauliche Informationen. Bitte löschen Sie irrtümlich Erhaltenes.",
        "Ce message est confidentiel et destiné à la personne nommée.",
        "Este mensaje es confidencial y va dirigido a su destinatario.",
        "Esta mensagem é confidencial.",
        "Questo messaggio è riservato al destinatario.",
        "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.",
    ],
)
def test_a_disclaimer_at_the_end_is_cut_and_alone_it_stays(disclaimer: str) -> None:
    assert said(f"{OWN}\n\n{disclaimer}") == OWN
    assert said(disclaimer) == disclaimer


def test_the_banner_of_the_own_mail_server_is_cut() -> None:
    banner = "CAUTION: This email originated from outside of the organization. Do not click links."
    assert said(f"{banner}\n\n{OWN}") == OWN


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                OWN,
                OLD,
                UNQUOTED,
                "--",
                "-- ",
                "",
                "FYI",
                "> x",
                ">",
                "Sent from my iPhone",
                "123",
                "!",
                "x:",
            ),
            *(*ATTRIBUTIONS.values(), *RULES.values(), *BLOCKS.values(), *FORWARDS.values()),
            *("This message is confidential", "CAUTION: External mail"),
        ]
    )
    | st.text(max_size=20),
    max_size=9,
)


@given(PIECES)
def test_it_is_never_empty_where_the_text_is_not_and_adds_no_word(pieces: list[str]) -> None:
    text = plain_text("\n".join(pieces))
    own = said(text)
    assert bool(own) == bool(text)
    assert set(re.findall(r"\w+", own)) <= set(re.findall(r"\w+", text))
    if re.search(r"[^\W\d_]", text):
        assert re.search(r"[^\W\d_]", own)


@given(st.text(max_size=300))
def test_plain_text_stays_the_same_when_it_is_made_plain_again(text: str) -> None:
    assert plain_text(plain_text(text)) == plain_text(text)
