"""A common noun that the text has only as what is lacking is no tag."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(title: str, text: str, language: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, language)}


@pytest.mark.parametrize(
    ("language", "title", "text", "noun"),
    [
        (
            "en",
            "Ferry runs aground",
            "The ferry left Mallaig without ballast on Monday. A crane from Oban will lift it, the harbour said.",
            "ballast",
        ),
        (
            "en",
            "Kiosk owner fined",
            "The kiosk in Leith sold fireworks without a permit, the council said. Police seized fireworks from a van.",
            "permit",
        ),
        (
            "de",
            "Schäfer zieht um",
            "Der Schäfer Tilo Brandes zog ohne Hund über den Deich bei Husum. Die Herde grast nun im Watt.",
            "Hund",
        ),
        (
            "de",
            "Bagger stürzt in Grube",
            "Der Bagger fuhr bei Goslar ohne gültige Zulassung in eine Grube. Die Feuerwehr barg das Fahrzeug.",
            "gültige Zulassung",
        ),
        (
            "fr",
            "Un chalutier à quai",
            "Le chalutier a quitté Lorient sans capitaine mardi. La gendarmerie maritime a ouvert une enquête.",
            "capitaine",
        ),
        (
            "es",
            "El tranvía vuelve",
            "El tranvía de Gijón circuló sin pantógrafo el lunes. Los mecánicos revisan ahora los vagones.",
            "pantógrafo",
        ),
        (
            "it",
            "Il faro riapre",
            "Il faro di Punta Secca resta senza custode da anni. La lanterna torna ad accendersi a maggio.",
            "custode",
        ),
        (
            "ru",
            "Паром сел на мель",
            "Паром вышел из Мурманска без лоцмана и сел на мель. Буксир снял паром утром, сообщил диспетчер порта.",
            "лоцман",
        ),
        (
            "en",
            "A film on herring",
            "The director from Lerwick eschews nostalgia. Her film follows three boats out to the fishing grounds.",
            "nostalgia",
        ),
        (
            "fr",
            "Un film sur la criée",
            "La cinéaste de Lorient se garde de la nostalgie. Son film suit trois chalutiers jusqu'à la criée.",
            "nostalgie",
        ),
        (
            "es",
            "Una película sobre el puerto",
            "La directora de Gijón prescinde de la nostalgia. Su película sigue a tres barcos hasta la lonja.",
            "nostalgia",
        ),
        (
            "id",
            "Feri kandas",
            "Feri itu berlayar tanpa nakhoda dari Merak. Kapal tunda menarik feri itu pada Senin.",
            "nakhoda",
        ),
    ],
)
def test_what_is_lacking_is_no_phrase(language: str, title: str, text: str, noun: str) -> None:
    assert noun not in forms(title, text, language)


@pytest.mark.parametrize(
    ("language", "title", "text", "noun"),
    [
        (
            "en",
            "A village without electricity",
            "The village of Corrie has lived without electricity for a week. Engineers wait for a cable.",
            "electricity",
        ),
        (
            "en",
            "Ferry runs aground",
            "The ferry left Mallaig without ballast. Ballast keeps the ferry upright, the harbour said on Monday.",
            "ballast",
        ),
        (
            "de",
            "Ein Sommer ohne Regen",
            "Die Bauern bei Celle ernten nach einem Sommer ohne Regen kaum Mais. Die Brunnen sind leer.",
            "Regen",
        ),
        (
            "de",
            "Pokalspiel in Essen",
            "Der Trainer muss in Essen ohne Lasse Petrich auskommen. Der Stürmer ist am Knie verletzt.",
            "Lasse Petrich",
        ),
        (
            "fr",
            "Un chalutier à quai",
            "Le chalutier a quitté Lorient sans capitaine. Le capitaine, malade, était resté à terre mardi.",
            "capitaine",
        ),
        (
            "ru",
            "Паром сел на мель",
            "Паром вышел без лоцмана и сел на мель. По словам диспетчера, лоцман опоздал на катер из Мурманска.",
            "лоцман",
        ),
    ],
)
def test_a_noun_of_the_title_a_name_and_what_the_text_has_elsewhere_stay(
    language: str, title: str, text: str, noun: str
) -> None:
    assert noun.lower() in {form.lower() for form in forms(title, text, language)}
