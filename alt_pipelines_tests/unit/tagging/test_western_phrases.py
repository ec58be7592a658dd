"""French, Spanish, Italian, Portuguese, Dutch and German: whole names, without kinds, verbs, adverbs and units."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.germanic.dutch import is_dutch_predicate
from alt_pipelines.tagging.extraction.words.verbs import is_infinitive


def forms(text: str, language: str) -> set[str]:
    return {candidate.form for candidate in find_candidates("", text, language)}


@pytest.mark.parametrize(
    ("language", "text", "whole", "fragment"),
    [
        (
            "pt",
            "O estudo veio da Faculdade de Letras de Campo Verde, disse a reitora.",
            "Faculdade de Letras de Campo Verde",
            "Faculdade de Letras de Campo",
        ),
        (
            "es",
            "Lo decidió el Tribunal de Cuentas de la Unión Báltica, según la ministra.",
            "Tribunal de Cuentas de la Unión Báltica",
            "Tribunal de Cuentas",
        ),
        (
            "fr",
            "Les capteurs de l'Institut de géologie des volcans de Lorient ont bougé.",
            "Institut de géologie des volcans de Lorient",
            "Institut de géologie des volcans",
        ),
    ],
)
def test_a_long_institution_keeps_its_last_part(language: str, text: str, whole: str, fragment: str) -> None:
    found = forms(text, language)
    assert whole in found
    assert fragment not in found


@pytest.mark.parametrize(
    ("language", "text", "name", "described"),
    [
        ("fr", "Hier, le gestionnaire Voltalis a coupé le courant.", "Voltalis", "gestionnaire Voltalis"),
        ("fr", "Un rapport de l'ONG Clairval le montre.", "Clairval", "ONG Clairval"),
        ("fr", "Les rames du constructeur espagnol CAF roulent.", "CAF", "constructeur espagnol CAF"),
        ("fr", "Les géants chinois Byrdon sont là.", "Byrdon", "géants chinois Byrdon"),
        ("fr", "Pour Me Sonia Kerval, le dossier est vide.", "Sonia Kerval", "Me Sonia Kerval"),
        ("pt", "Foi feita pela japonesa Takumi ontem.", "Takumi", "japonesa Takumi"),
        ("es", "Lo pide la federación noruega LO-NTF desde ayer.", "LO-NTF", "federación noruega LO-NTF"),
        ("it", "Lo chiede il sindacato Fenice da ieri.", "Fenice", "sindacato Fenice"),
        ("pt", "Foi comprada pela empresa Lumivar ontem.", "Lumivar", "empresa Lumivar"),
        ("nl", "Zij won, maar verzekeraar Zorgvast ging in hoger beroep.", "Zorgvast", "verzekeraar Zorgvast"),
        ("nl", "Netbeheerder Stedinet legt een kabel.", "Stedinet", "Netbeheerder Stedinet"),
        ("de", "Das meldet die Sicherheitsfirma Kybron am Abend.", "Kybron", "Sicherheitsfirma Kybron"),
        ("de", "Es siegte Linksaußen Emil Sörlund deutlich.", "Emil Sörlund", "Linksaußen Emil Sörlund"),
        ("de", "Das sah die Präparatorin Lena Kowarik zuerst.", "Lena Kowarik", "Präparatorin Lena Kowarik"),
        ("de", "Ihr widerspricht Rechtsanwalt Norbert Tauber.", "Norbert Tauber", "Rechtsanwalt Norbert Tauber"),
    ],
)
def test_a_name_stands_without_its_kind_or_role(language: str, text: str, name: str, described: str) -> None:
    found = forms(text, language)
    assert name in found
    assert described not in found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Selon la loi Montagne, il faut des chaînes.", "loi Montagne"),
        ("nl", "De rechtbank Limburg besliste gisteren.", "rechtbank Limburg"),
    ],
)
def test_another_noun_belongs_to_the_name_after_it(language: str, text: str, name: str) -> None:
    assert name in forms(text, language)


@pytest.mark.parametrize(
    ("language", "text", "glued"),
    [
        ("fr", "Ce pari reste risqué pour la ville.", "pari reste risqué"),
        ("fr", "Avant La Rochelle, l'UBB quitte la dernière place.", "UBB quitte"),
        ("fr", "Une quinzaine d'oignons nouveaux suffit.", "quinzaine d'oignons"),
        ("it", "Viveva nelle golene del fiume con un cane.", "nelle golene"),
        ("it", "Circolazione sospesa dalle 7 sulla linea costiera.", "Circolazione sospesa dalle"),
        ("it", "Bisogna aggiornare plugin e temi ogni settimana.", "aggiornare plugin"),
        ("nl", "Volgens haar is een doorstart mogelijk na de zomer.", "doorstart mogelijk"),
        ("nl", "Het faillissement zelf kwam niet als verrassing.", "faillissement zelf"),
    ],
)
def test_verbs_and_adverbs_are_not_glued_on(language: str, text: str, glued: str) -> None:
    found = forms(text, language)
    assert found
    assert not {form for form in found if form in glued and " " in form}


@pytest.mark.parametrize(
    ("language", "text", "glued"),
    [
        ("fr", "Il habite un ancien entrepôt du port.", "ancien entrepôt"),
        ("es", "Es un plan con principal acusado y juez.", "principal acusado"),
        ("it", "Ha letto un intero capitolo del libro.", "intero capitolo"),
        ("pt", "Comprou um antigo lagar na aldeia.", "antigo lagar"),
        ("nl", "Op de markt ligt goede kaas uit Gouda.", "goede kaas"),
    ],
)
def test_words_that_only_say_which_of_its_kind_are_no_part_of_a_term(language: str, text: str, glued: str) -> None:
    found = forms(text, language)
    assert glued not in found
    assert glued.split(" ")[1] in found


def test_a_participle_alone_is_no_term_unless_the_text_uses_it_as_a_noun() -> None:
    text = "Le cadmium vient des engrais, souvent importés. Le tunnel ferme à Lorient, où les blessés attendent."
    found = forms(text, "fr")
    assert not found & {"importés"}
    assert "blessés" in found


def test_a_given_name_that_looks_like_an_agent_is_kept() -> None:
    assert "Bastien Kerval" in forms("Le jury attend. Bastien Kerval a répondu hier.", "fr")


@pytest.mark.parametrize(
    ("text", "measured", "glued"),
    [
        ("Dazu ein Bund Kerbel und 200 Gramm Magerquark geben.", "Kerbel", "Bund Kerbel"),
        ("Die Stadt baut zwei Kilometer Gleis am Hafen.", "Gleis", "Kilometer Gleis"),
    ],
)
def test_a_german_unit_is_no_part_of_what_is_measured(text: str, measured: str, glued: str) -> None:
    found = forms(text, "de")
    assert measured in found
    assert glued not in found


def test_a_word_of_place_between_two_names_is_outside_both() -> None:
    found = forms("Invitée mardi, Claire Vasseur sur Radio Ouest a répondu.", "fr")
    assert "Claire Vasseur" in found
    assert "Claire Vasseur sur Radio Ouest" not in found


def test_a_dutch_rider_is_apart_from_the_team() -> None:
    found = forms("In de sprint werd Lotte Hamers van SD Ploegwerk derde.", "nl")
    assert {"Lotte Hamers", "SD Ploegwerk"} <= found


@pytest.mark.parametrize(
    ("word", "predicate"),
    [("mogelijk", True), ("hoog", True), ("plat", True), ("huis", False), ("boer", False), ("jeugd", False)],
)
def test_dutch_adjectives_without_an_ending(word: str, predicate: bool) -> None:
    assert is_dutch_predicate(word) == predicate


@pytest.mark.parametrize(
    ("word", "verb"), [("lavorare", True), ("soffriggere", True), ("parlamentare", False), ("potere", False)]
)
def test_italian_infinitives_have_a_participle_and_no_plural(word: str, verb: bool) -> None:
    assert is_infinitive(word, "it") == verb


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        (
            "Het nest werd ontdekt door boswachter Ilse Bontekoe van Staatsbosbeheer.",
            "Ilse Bontekoe",
            "Staatsbosbeheer",
        ),
        ("Dat zegt Femke Terpstra van Greenpeace over de vangst.", "Femke Terpstra", "Greenpeace"),
        ("Volgens wethouder Sanne de Wit van Deventer komt er geld.", "Sanne de Wit", "Deventer"),
    ],
)
def test_a_dutch_person_is_apart_from_the_body_after_van(text: str, name: str, body: str) -> None:
    found = forms(text, "nl")
    assert {name, body} <= found
    assert f"{name} van {body}" not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Het orkest speelt muziek van Ludwig van Beethoven in Gent.", "Ludwig van Beethoven"),
        ("Dat meldt de Nederlandse Vereniging van Journalisten vandaag.", "Nederlandse Vereniging van Journalisten"),
        ("Het boek is van Hester Jansen van Galen. Ook las Hester Jansen van Galen voor.", "Hester Jansen van Galen"),
        ("Vandaag besliste de Hoge Raad van Adel over het wapen.", "Hoge Raad van Adel"),
        ("Het schilderij is van Vincent Willem van Gogh uit Zundert.", "Vincent Willem van Gogh"),
        ("De zaak werd gewonnen door Anne Marie van Gaal in hoger beroep.", "Anne Marie van Gaal"),
    ],
)
def test_a_dutch_name_with_van_stays_whole(text: str, name: str) -> None:
    assert name in forms(text, "nl")
