"""Ideas in seven languages: the same ones in each, and no language that speaks in another's words."""

import unicodedata
from collections.abc import Iterator

import pytest

from graceperiod.core.idea_words import IDEA_WORDS
from graceperiod.core.ideas import ideas
from graceperiod.core.text import folded, key_of, sentences, worded

NEW = ("fr", "es", "nl", "pt", "it")

ENGLISH = """
    a about account actual address after all alone also amend an and any apply argent as at bad ball be been before
    bide big billet boutique but by camera can cargo chance chair chat china coin collection color come concession
    conservation conservative constructive convocation day decline declined descartes design die different do dot
    elegant error evaluation even exclusive expedient fall fast fat final find fine fish formation four from garage
    general gift given go good gratuitous grave great group had half hand has have he her his hold hot hub hut if
    important in information integration interim introduction is it its just kind late lamentable large lean legume
    licence lied list live location long looking lot main maintenance man mark master me men mine module more most
    my name natural navy negative new no non not note of old on once one only opinion orientation our out pace pain
    pan pane past patience pays personal pie place plan plaza point policy port present question rate real reason
    recuse recusal reduction reduce refuse refused region report reported reporter respond responsible retarded
    reunion sale same season second see sensible sent she short sin site sincere so sold some son sort special stage
    stanza standard studio such sun support table tale taken team ten than that the their then there they thing this
    time tips to tour train translation try two under up us use vague venue very via was way we week well went were
    what when which who will wine winter with word work world would year you your zone
"""
GERMAN = """
    aber alle alles als also alt am an andere art auch auf aus bad bald bei beide bericht besser bestand bestanden
    bin bis bitte brief da dabei damit dank dann das dass dein den denn der des die dies doch dort du durch ein eine
    er es etwa euch fall fast fertig frage frei freund fuer ganz geben gegen geduld gehen geld gerne gestern gut gute
    hand hat heute hier hilfe hut ich ihm ihn ihnen ihr im in ist ja jammer je jede jetzt kalt kann kein klar komme
    kommen kosten kurz land lang last leer leider lesen liebe liste los mal man mehr mein mit monat morgen musik nach
    name nein neu nicht nichts nie noch not nun nur ob oder ohne oma ort plan punkt rat recht reise rest rot rund
    sache sagen satz schon sehr sein seine seit selbst sich sie sind so sollen sonne stand studie tag tage tal teil
    tier tun um und uns unter verbale viel vom von vor wann war warten was wechsel weg weil welche wem wen wenn wer
    werden wie wieder winkel wir wird wo woche wohl wort zahl zeit ziel zu zug zum zur
"""
NOES = {
    "fr": "Malheureusement, nous ne pouvons pas donner une suite favorable à votre candidature.",
    "es": "Lamentamos comunicarle que su candidatura ha sido descartada.",
    "nl": "Helaas hebben wij besloten om niet verder te gaan met je sollicitatie.",
    "pt": "Infelizmente decidimos não avançar com a sua candidatura.",
    "it": "Purtroppo abbiamo deciso di non proseguire con la sua candidatura.",
}


def told(text: str) -> set[str]:
    return {idea for words in sentences(worded(folded(text))) for idea in ideas(words)}


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def entries(language: str) -> Iterator[tuple[str, str]]:
    for idea, listed in IDEA_WORDS[language].items():
        yield from ((idea, entry) for entry in listed.split())


@pytest.mark.parametrize("language", NOES)
def test_a_no_is_regret_and_refusal_about_an_application_in_every_language(language: str) -> None:
    assert {"regret", "refusal", "application"} <= told(NOES[language])


@pytest.mark.parametrize(
    ("idea", "text"),
    [
        ("refusal", "Ton profil est riche mais on ne va pas plus loin : c'est non."),
        ("refusal", "Votre dossier n'a pas été retenu."),
        ("others", "Nous avons choisi d'autres candidats."),
        ("others", "Le choix s'est porté sur une autre personne."),
        ("filled", "Le poste est désormais pourvu."),
        ("hold", "Le recrutement est gelé, merci de patienter."),
        ("wishes", "Bonne continuation dans tes recherches !"),
        ("arrived", "Nous accusons réception de votre dossier."),
        ("invitation", "Quels créneaux te conviennent pour un entretien ?"),
        ("refusal", "No has superado esta fase."),
        ("refusal", "No quedaste seleccionada, pero te felicitamos."),
        ("others", "Hemos optado por otra persona."),
        ("others", "Seguiremos con perfiles que se ajustan mejor."),
        ("filled", "La vacante ya está cubierta."),
        ("hold", "La búsqueda quedó en pausa hasta nuevo aviso."),
        ("wishes", "Le deseamos mucho éxito."),
        ("arrived", "Hemos recibido tu postulación."),
        ("invitation", "¿Cuándo podemos agendar una entrevista?"),
        ("refusal", "Je bent niet geselecteerd voor de volgende stap."),
        ("refusal", "Wij hebben uw sollicitatie afgewezen."),
        ("others", "Er waren kandidaten die beter aansloten."),
        ("others", "De keuze is op iemand anders gevallen."),
        ("filled", "De functie is inmiddels ingevuld."),
        ("hold", "De procedure ligt stil en is uitgesteld tot nader order."),
        ("wishes", "Wij wensen u veel succes."),
        ("arrived", "Wij hebben uw brief in goede orde ontvangen."),
        ("invitation", "Graag nodigen we je uit voor een gesprek."),
        ("refusal", "Você não foi selecionado para a próxima etapa."),
        ("refusal", "Desta vez não vamos avançar contigo."),
        ("others", "Optámos por outro candidato."),
        ("others", "Seguimos com um perfil mais aderente."),
        ("filled", "A vaga foi preenchida."),
        ("hold", "O processo foi adiado e está em espera."),
        ("wishes", "Desejamos-lhe boa sorte."),
        ("arrived", "Recebemos o seu currículo com sucesso."),
        ("invitation", "Podemos marcar uma entrevista?"),
        ("refusal", "La sua domanda non è stata accolta."),
        ("refusal", "Non sei stata selezionata."),
        ("others", "Abbiamo scelto un'altra persona."),
        ("others", "Abbiamo preferito un profilo più in linea."),
        ("filled", "La posizione è stata chiusa."),
        ("hold", "La selezione è in sospeso, le chiediamo pazienza."),
        ("wishes", "In bocca al lupo per il tuo futuro!"),
        ("arrived", "Abbiamo ricevuto il suo curriculum."),
        ("invitation", "Vorremmo fissare un colloquio."),
    ],
)
def test_formal_and_familiar_letters_tell_their_idea(idea: str, text: str) -> None:
    assert idea in told(text)


@pytest.mark.parametrize(
    ("idea", "text"),
    [
        ("housing", "Malheureusement le logement est loué."),
        ("finance", "Lamentamos informarle de que su préstamo ha sido denegado."),
        ("study", "Helaas krijg je dit jaar geen studiebeurs."),
        ("purchase", "Infelizmente a sua encomenda está atrasada."),
        ("housing", "Purtroppo l'appartamento non è più in affitto."),
    ],
)
def test_regret_about_something_else_than_a_job_tells_what_it_is_about(idea: str, text: str) -> None:
    assert {"regret", idea} <= told(text)


@pytest.mark.parametrize("language", NOES)
def test_letters_without_accents_tell_the_same(language: str) -> None:
    assert told(plain(NOES[language])) == told(NOES[language])


def test_every_language_has_words_for_the_same_ideas() -> None:
    known = {idea for language in ("en", "de") for idea in IDEA_WORDS[language]}
    for language in NEW:
        assert set(IDEA_WORDS[language]) == known


def test_words_are_listed_as_they_are_looked_up() -> None:
    for language in NEW:
        for _, entry in entries(language):
            assert key_of(folded(entry)) == entry
            words = entry.removesuffix("*").split("_")
            assert sentences(" ".join(words)) == [words], entry


@pytest.mark.parametrize("language", NEW)
def test_no_word_of_a_language_is_a_plain_english_or_german_word(language: str) -> None:
    ours = {pair for known in ("en", "de") for pair in entries(known)}
    others = [
        (idea, spelt)
        for idea, entry in entries(language)
        if "_" not in entry
        for spelt in {entry, plain(entry)}
        if (idea, spelt) not in ours
    ]
    words = {*ENGLISH.split(), *GERMAN.split()}
    found = {
        (idea, spelt, word)
        for idea, spelt in others
        for word in words
        if word == spelt or (spelt.endswith("*") and word.startswith(spelt[:-1]))
    }
    assert not found
