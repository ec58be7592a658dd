"""Romance phrases: whole bodies and titles, names inside longer phrases, places, and no scores, measures or verbs."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.words.verbs import is_verb


def forms(title: str, text: str, language: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, language)}


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("es", "La autora presenta su novela «Las tardes no vuelven» en la feria.", "Las tardes no vuelven"),
        ("fr", "Elle joue dans la comédie « Les Nuits blanches » au théâtre.", "Les Nuits blanches"),
        ("it", 'Il romanzo "La casa di sabbia" esce a marzo.', "La casa di sabbia"),
    ],
)
def test_a_title_in_quotation_marks_is_whole(language: str, text: str, title: str) -> None:
    assert title in forms("", text, language)


def test_speech_in_quotation_marks_is_no_title() -> None:
    assert "Las obras no paran" not in forms("", "La alcaldesa insistió: «Las obras no paran».", "es")


@pytest.mark.parametrize(
    ("language", "title", "text", "work"),
    [
        (
            "fr",
            "« Les Marées lentes » : un récit salé",
            "Dans Les Marées lentes, une fille revient.",
            "Les Marées lentes",
        ),
        ("es", "«La sombra corta»: un regreso feliz", "El montaje de La sombra corta llega a Lugo.", "La sombra corta"),
        ("it", "«Notte di maggio», la recensione", "Con Notte di maggio torna Elio Serra.", "Notte di maggio"),
        ("pt", "“Mar de inverno”: a crítica", "Em Mar de inverno nada se move.", "Mar de inverno"),
    ],
)
def test_a_title_that_the_headline_quotes_is_whole(language: str, title: str, text: str, work: str) -> None:
    assert work in forms(title, text, language)


def test_speech_that_headline_and_body_quote_is_no_title() -> None:
    found = forms("« Les travaux continuent » : la maire insiste", "« Les travaux continuent », dit-elle.", "fr")
    assert "Les travaux continuent" not in found


@pytest.mark.parametrize(
    ("language", "title", "text", "name"),
    [
        ("fr", "Rock dans la vallée revient", "Le festival Rock dans la vallée ouvre à Gap.", "Rock dans la vallée"),
        ("es", "Música en los patios vuelve", "El festival Música en los patios llega a Jaén.", "Música en los patios"),
        ("de", "Tanz im Speicher beginnt", "Das Festival Tanz im Speicher zeigt zwölf Stücke.", "Tanz im Speicher"),
        ("sv", "Visor vid vattnet är tillbaka", "Nu öppnar festivalen Visor vid vattnet i Umeå.", "Visor vid vattnet"),
    ],
)
def test_a_festival_whose_name_has_small_words_is_whole(language: str, title: str, text: str, name: str) -> None:
    assert name in forms(title, text, language)


@pytest.mark.parametrize(
    ("language", "title", "names"),
    [
        ("pt", "AO VIVO: Grêmio 3 x 1 Bahia, pela Copa do Brasil", {"Grêmio", "Bahia"}),
        ("es", "Boca Juniors 2 x 1 River Plate en la final", {"Boca Juniors", "River Plate"}),
        ("it", "Cagliari 2 x 0 Empoli, le pagelle", {"Cagliari", "Empoli"}),
    ],
)
def test_goals_with_an_x_between_them_are_in_no_name(language: str, title: str, names: set[str]) -> None:
    found = forms(title, "", language)
    assert names <= found
    assert not any(name.endswith(tuple("0123")) for name in found)


@pytest.mark.parametrize(
    ("language", "text", "apart"),
    [
        ("id", "Saya mencoba kereta cepat Medan–Binjai kemarin.", {"kereta cepat", "Medan", "Binjai"}),
        ("id", "Polisi menutup tol Semarang–Solo macet.", {"Semarang", "Solo"}),
        ("es", "Ayer se paró el tren Madrid–Sevilla otra vez.", {"tren", "Madrid", "Sevilla"}),
        ("de", "Gesperrt ist die Strecke Ulm–Augsburg bis Mai.", {"Strecke", "Ulm", "Augsburg"}),
        ("fr", "Elle gagne la course Metz–Nancy femmes.", {"course", "Metz", "Nancy"}),
    ],
)
def test_places_that_a_dash_joins_are_apart_from_common_words(language: str, text: str, apart: set[str]) -> None:
    assert apart <= forms("", text, language)


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        (
            "es",
            "Lo decidió el Ministerio de Puertos y Navegación Fluvial ayer.",
            "Ministerio de Puertos y Navegación Fluvial",
        ),
        ("it", "Lo ha deciso il Ministero della Cultura e del Turismo ieri.", "Ministero della Cultura e del Turismo"),
        ("pt", "Decidiu o Ministério da Ciência e Tecnologia ontem.", "Ministério da Ciência e Tecnologia"),
    ],
)
def test_a_body_goes_on_after_and(language: str, text: str, body: str) -> None:
    found = forms("", text, language)
    assert body in found
    assert body.split(" e ")[0].split(" y ")[0] not in found


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [
        ("Os barcos saíram de Praia da Rocha e Carvalho.", "pt", "Praia da Rocha", "Carvalho"),
        ("Chove em Vila do Conde e Pinheiro hoje.", "pt", "Vila do Conde", "Pinheiro"),
        ("Llueve en Puente de la Reina y Castillo.", "es", "Puente de la Reina", "Castillo"),
        ("Nevica a Ponte di Legno e Collina oggi.", "it", "Ponte di Legno", "Collina"),
    ],
)
def test_two_places_are_not_one(text: str, language: str, first: str, second: str) -> None:
    found = forms("", text, language)
    assert first in found
    assert not any(first in form and second in form for form in found)


def test_two_bodies_are_not_one() -> None:
    found = forms("", "Firmaron la Universidad de Jaén y Cofepris un acuerdo.", "es")
    assert not any(" y " in form for form in found)


@pytest.mark.parametrize(
    ("language", "text", "inner"),
    [
        ("es", "Trabaja en la estación experimental del INTA desde mayo.", "INTA"),
        ("es", "Lo acusan de presuntos delitos de cohecho en la obra.", "cohecho"),
        ("fr", "La commune achète une cabine de téléconsultation cet été.", "téléconsultation"),
    ],
)
def test_a_name_or_rare_term_inside_a_longer_phrase_is_a_candidate(language: str, text: str, inner: str) -> None:
    assert inner in forms("", text, language)


def test_half_of_a_body_is_no_name() -> None:
    found = forms("", "Lo confirmó la Agencia Nacional de Seguridad Vial de Jujuy.", "es")
    assert "Agencia Nacional" not in found


def test_a_french_noun_has_its_place() -> None:
    found = forms("", "Les travaux de l'aéroport de Lessay avancent. Le barrage d'Arzon est plein.", "fr")
    assert {"aéroport de Lessay", "barrage d'Arzon"} <= found


def test_a_french_role_and_a_common_noun_have_no_place() -> None:
    found = forms("", "Le directeur de Lessay parle. La ville de Lessay attend.", "fr")
    assert not {"directeur de Lessay", "ville de Lessay"} & found


@pytest.mark.parametrize("title", ["Altares 2 - Rampas 0", "Altares 2 Rampas 0"])
def test_a_score_is_no_part_of_a_name(title: str) -> None:
    found = forms(title, "El partido de ayer fue largo.", "es")
    assert not {"Altares 2", "Rampas 0"} & found


def test_the_number_of_a_model_is_no_score() -> None:
    assert "PlayStation 5" in forms("", "Sony vende la PlayStation 5 en marzo.", "es")


def test_a_number_belongs_to_the_noun_that_the_text_repeats_with_it() -> None:
    text = "La statale 36 è chiusa. I lavori sulla statale 36, dice il sindaco, durano."
    assert "statale 36" in forms("", text, "it")


@pytest.mark.parametrize(
    ("text", "measured"),
    [("Muele un kilo de maíz seco.", "kilo de maíz"), ("Añade una cucharada de comino molido.", "cucharada de comino")],
)
def test_a_measure_after_an_article_is_no_part_of_what_is_measured(text: str, measured: str) -> None:
    assert not any(form.startswith(measured) for form in forms("", text, "es"))


def test_a_predicate_after_a_full_name_is_no_part_of_it() -> None:
    found = forms("", "Con Geppi Zuccardi lontana dal palco, il teatro chiude.", "it")
    assert "Geppi Zuccardi" in found
    assert "Geppi Zuccardi lontana" not in found


def test_a_name_that_opens_the_sentence_is_apart_from_its_verb() -> None:
    found = forms("Rugby : Lessac renverse Bourmont", "Le match était long.", "fr")
    assert {"Lessac", "Bourmont"} <= found


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        ("it", "Lavora per l'Istituto regionale per la pesca da anni.", "Istituto regionale per la pesca"),
        (
            "fr",
            "Elle dirige l'École nationale des arts appliqués de Morlac depuis mai.",
            "École nationale des arts appliqués de Morlac",
        ),
        ("fr", "Il préside le Grand Port fluvial de Sarlande depuis mai.", "Grand Port fluvial de Sarlande"),
        ("it", "Hanno restaurato la Scuola Grande di San Benigno a Venezia.", "Scuola Grande di San Benigno"),
        ("it", "Biblioteca Comunale Cittadina apre domani.", "Biblioteca Comunale Cittadina"),
        ("fr", "Hier l'association Les Amis des oiseaux marins a protesté.", "Les Amis des oiseaux marins"),
    ],
)
def test_the_name_of_a_body_is_whole(language: str, text: str, body: str) -> None:
    assert body in forms("", text, language)


@pytest.mark.parametrize(
    ("language", "text", "name", "glued"),
    [
        ("fr", "Les bus du réseau Tibulo sont gratuits.", "Tibulo", "réseau Tibulo"),
        ("es", "Lo anunció el banco de inversión Larrazal ayer.", "Larrazal", "banco de inversión Larrazal"),
        ("fr", "Le syndicat Défense paysanne a manifesté.", "Défense paysanne", "syndicat Défense paysanne"),
    ],
)
def test_a_name_is_apart_from_the_kind_of_body(language: str, text: str, name: str, glued: str) -> None:
    found = forms("", text, language)
    assert name in found
    assert glued not in found


def test_a_kind_with_a_complement_is_a_phrase_before_the_name() -> None:
    found = forms("", "Le gestionnaire de mots de passe Kavio, la messagerie et le navigateur sont gratuits.", "fr")
    assert {"gestionnaire de mots de passe", "Kavio"} <= found


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("Juzgan al exalcalde de Villar de Cañas Julián Berengario.", "Villar de Cañas"),
        ("Habló la ministra de Ciencia Edurne Berengario.", "Ciencia"),
    ],
)
def test_a_person_is_apart_from_the_seat_of_the_office(text: str, seat: str) -> None:
    found = forms("", text, "es")
    assert seat in found
    assert {"Julián Berengario", "Edurne Berengario"} & found
    assert not any(form.startswith(f"{seat} ") for form in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Sa fille Odette l'a annoncé."),
        ("it", "Lascia il marito Oreste e un cane."),
        ("pt", "Vive a irmã Odete."),
    ],
)
def test_kin_with_a_given_name_is_no_phrase(language: str, text: str) -> None:
    assert not any(" Od" in form or " Or" in form for form in forms("", text, language))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Les petits écrivent au père Noël. La poste trie les lettres.", "père Noël"),
        ("es", "Ayer predicó el padre Anselmo. La parroquia reparte ropa.", "padre Anselmo"),
    ],
)
def test_a_word_of_kinship_before_the_name_of_the_clergy_is_part_of_it(language: str, text: str, name: str) -> None:
    assert name in forms("", text, language)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Hanno portato i feriti all'Ospedale civile per gli accertamenti.", "Ospedale civile"),
        ("Si riunisce il Consiglio comunale per l'approvazione del piano.", "Consiglio comunale"),
    ],
)
def test_the_purpose_of_a_sentence_is_no_part_of_the_body(text: str, body: str) -> None:
    found = forms("", text, "it")
    assert body in found
    assert not any(form.startswith(f"{body} ") for form in found)


@pytest.mark.parametrize(
    ("language", "text", "verb"),
    [
        ("it", "Lavate la zucca di Mantova con il sedano e la carota, poi tagliatela a pezzi.", "tagliatela"),
        ("es", "Picad el ajo con la cebolla, el pimiento y la zanahoria y cocinadlo con la sal.", "cocinadlo"),
    ],
)
def test_a_command_with_a_pronoun_is_a_verb(language: str, text: str, verb: str) -> None:
    assert verb not in forms("", text, language)


def test_an_elided_article_after_a_dash_is_no_part_of_the_name() -> None:
    found = forms("", "BERGAMO - L'Udinese riparte. Ieri tutto fermo.", "it")
    assert "Udinese" in found
    assert "L'Udinese" not in found


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("it", "Chiude al terzo posto con tanta pazienza.", "terzo posto"),
        ("es", "Son los mismos vecinos de ayer.", "mismos vecinos"),
        ("pt", "Abre cada janela da cozinha, o armazém e o celeiro.", "cada janela"),
        ("fr", "Les élèves eux-mêmes le disent.", "eux-mêmes"),
    ],
)
def test_an_ordinal_or_a_quantifier_is_no_part_of_a_phrase(language: str, text: str, phrase: str) -> None:
    assert phrase not in forms("", text, language)


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("fr", "Cinéma : « Les Heures lentes », le nouveau film de Paule Sarlat.", "Les Heures lentes"),
        ("es", "Publicó su último libro, «Manual del viento sordo», en otoño.", "Manual del viento sordo"),
    ],
)
def test_a_title_in_apposition_is_whole(language: str, text: str, title: str) -> None:
    assert title in forms("", text, language)


def test_speech_before_a_comma_is_no_title() -> None:
    assert "Le blé reste rare" not in forms("", "Il insiste : « Le blé reste rare », dit-il.", "fr")


def test_a_word_after_of_is_a_noun_although_it_is_spelt_like_a_verb() -> None:
    assert "lignes de touche" in forms("", "Le juge surveille des lignes de touche, le banc et la tribune.", "fr")


def test_a_place_keeps_its_article() -> None:
    found = forms("", "Il vit à Le Coudrier. Le maire du Coudrier est absent.", "fr")
    assert "Le Coudrier" in found
    assert "Coudrier" not in found


def test_an_abbreviation_that_begins_a_longer_name_is_a_candidate() -> None:
    text = "La URV de la Guardia Rural detuvo a los furtivos. La lancha y el camión siguen en el puerto."
    assert "URV" in forms("", text, "es")


def test_an_italian_name_inside_a_longer_phrase_is_a_candidate_and_a_complement_is_not() -> None:
    found = forms(
        "", "Le tele di Sant'Eufemia di Oreste Zanuttini. Serve olio d'oliva in cucina e nel magazzino.", "it"
    )
    assert "Oreste Zanuttini" in found
    assert "oliva" not in found


@pytest.mark.parametrize(
    ("language", "sentence", "noun", "adjective"),
    [
        ("fr", "Le port loue une grue pilotable sans permis à Sète.", "grue", "pilotable"),
        ("fr", "L'atelier monte une vanne réglable par télécommande à Dijon.", "vanne", "réglable"),
        ("es", "La empresa vende un monopatín plegable sin herramientas en Huelva.", "monopatín", "plegable"),
        ("es", "El museo muestra una silla desmontable por piezas en Huelva.", "silla", "desmontable"),
        ("pt", "O museu tem um banco dobrável sem parafusos em Faro.", "banco", "dobrável"),
    ],
)
def test_what_can_be_done_with_a_thing_is_apart_from_it_before_how(
    language: str, sentence: str, noun: str, adjective: str
) -> None:
    found = [candidate.form for candidate in find_candidates("", sentence, language)]
    assert noun in found
    assert not any(adjective in form for form in found)


@pytest.mark.parametrize(
    ("language", "sentence", "phrase"),
    [
        ("fr", "Le maire vante le développement durable sans promesse à Dijon.", "développement durable"),
        ("fr", "L'atelier monte une vanne réglable, livrée à Dijon.", "vanne réglable"),
        ("es", "La red de agua potable sin cloro llega a Huelva.", "red de agua potable"),
        ("es", "Vende depósitos de combustible sin plomo en Huelva.", "depósitos de combustible"),
        ("it", "Il porto compra energia rinnovabile senza sussidi a Siena.", "energia rinnovabile"),
    ],
)
def test_an_adjective_of_a_term_and_one_without_a_complement_stay(language: str, sentence: str, phrase: str) -> None:
    assert phrase in [candidate.form for candidate in find_candidates("", sentence, language)]


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("La crise laitière inquiète les éleveurs de Vire.", "crise laitière"),
        ("Selon la Fédération de l'industrie horlogère, les ventes ont fléchi.", "Fédération de l'industrie horlogère"),
        ("Une aide financière ira aux pêcheurs de Sète.", "aide financière"),
        ("Deux routes forestières ferment au nord de Dole.", "routes forestières"),
    ],
)
def test_a_feminine_adjective_that_looks_like_a_verb_in_er_belongs_to_its_noun(sentence: str, phrase: str) -> None:
    assert phrase in [candidate.form for candidate in find_candidates("", sentence, "fr")]


@pytest.mark.parametrize("word", ["gère", "opère", "libère", "modère", "diffère"])
def test_a_verb_in_ere_is_one(word: str) -> None:
    assert is_verb(word, "fr")


@pytest.mark.parametrize(
    ("language", "text", "noun", "participle"),
    [
        ("fr", "L'antivol facturé 89 € est en option.", "antivol", "facturé"),
        ("es", "El candado valorado 20 euros está roto.", "candado", "valorado"),
        ("it", "Il casco installato 30 euro in più è rotto.", "casco", "installato"),
    ],
)
def test_a_participle_before_a_price_is_no_part_of_a_phrase(
    language: str, text: str, noun: str, participle: str
) -> None:
    found = forms("", text, language)
    assert noun in found
    assert f"{noun} {participle}" not in found


@pytest.mark.parametrize(
    ("language", "text", "noun"),
    [
        ("pt", "O time venceu na rodada 12 e subiu na tabela do torneio nacional ontem.", "rodada"),
        ("es", "El desvío empieza en la salida 34 de la autovía del norte desde el lunes.", "salida"),
        ("fr", "La brocante ouvre ses portes : entrée 3 euros, parking gratuit près du stade.", "entrée"),
    ],
)
def test_a_noun_that_may_be_a_participle_stays_before_a_number(language: str, text: str, noun: str) -> None:
    assert noun in forms("", text, language)


@pytest.mark.parametrize(
    ("language", "title", "text", "name", "speech"),
    [
        ("es", "«Vallejo es el mejor», dice Soto", "Dijo que Vallejo es el mejor.", "Vallejo", "Vallejo es el mejor"),
        ("fr", "« Lyon est prêt », assure Roux", "Le maire dit que Lyon est prêt.", "Lyon", "Lyon est prêt"),
        (
            "pl",
            "„Polska potrzebuje reform” – Nowak",
            "Mówi, że Polska potrzebuje reform.",
            "Polska",
            "Polska potrzebuje",
        ),
        (
            "nl",
            "‘Ajax is sterk genoeg’, zegt Vos",
            "Hij vindt dat Ajax is sterk genoeg.",
            "Ajax",
            "Ajax is sterk genoeg",
        ),
    ],
)
def test_a_statement_that_headline_and_body_have_is_no_title(
    language: str, title: str, text: str, name: str, speech: str
) -> None:
    found = forms(title, text, language)
    assert name in found
    assert not any(form.startswith(speech) for form in found)
