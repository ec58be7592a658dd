"""Small groups: an article without names stays with its story, and two forms of a name are one name."""

import numpy as np

from alt_pipelines.recap.clustering.identity import identifiers
from alt_pipelines.recap.clustering.kinds import KindSettings, part_kinds

OTHERS = [
    ["Ferries to Ostholm stopped in the storm.", "Captain Brandvold waited.", "Passengers slept in Ostholm harbour."],
    ["Beetles were found in the oaks of Arneby.", "Biologist Tessand was glad.", "Arneby will protect the trees."],
]


def parts(texts: list[list[str]]) -> list[int]:
    """The labels of one group of articles in a small corpus of other things."""
    labels = np.array([0] * len(texts) + [-1] * len(OTHERS))
    found = part_kinds(labels, texts + OTHERS, ["en"] * len(labels), KindSettings())
    return [int(label) for label in found[: len(texts)]]


def test_an_article_without_names_stays_with_the_only_story_of_its_group() -> None:
    texts = [
        [
            "Police in Velmora arrested Rodrigo Escalon.",
            "They took Escalon to Cypria.",
            "The Avenida gang is from Velmora.",
        ],
        ["Two men of the Avenida gang were held in Velmora.", "One is Escalon.", "A judge in Cypria will hear them."],
        ["Two possible gang members were arrested in the fatal shooting of a deputy, officials said."],
    ]
    found = parts(texts)
    assert found[0] >= 0
    assert len(set(found)) == 1


def test_an_article_without_names_joins_no_story_of_two() -> None:
    texts = [
        [
            "Police in Velmora arrested Rodrigo Escalon.",
            "They took Escalon to Cypria.",
            "Some Avenida men fled Velmora.",
        ],
        [
            "Police in Tarnburg arrested Heike Lindquist.",
            "They took Lindquist to Sollau.",
            "Some Korvar men fled Tarnburg.",
        ],
        ["Two possible gang members were arrested in the fatal shooting of a deputy, officials said."],
    ]
    assert parts(texts) == [-1, -1, -1]


def test_the_possessive_and_the_plural_of_a_name_are_the_name() -> None:
    assert identifiers(["They saw Velmora's mayor and Escalon’s lawyer."]) == {"velmora", "escalon"}
    texts = [
        [
            "Riots shook the Velmorans for a week.",
            "Some said Escalon's party had failed.",
            "Then many Korvarites left.",
        ],
        ["Riots ended, said a Velmoran.", "It was the party of Escalon.", "Then the last Korvarite left."],
    ]
    found = parts(texts)
    assert found[0] == found[1] >= 0


INFLECTED = {
    "de": [
        ["Der Zirkus in Lünsberg ist abgebrannt.", "Retter fanden in Lünsberg 12 Ponys.", "Die Stadt ist erschüttert."],
        ["Im Zirkus von Lünsberg brach ein Feuer aus.", "Alle 12 Ponys leben.", "Viele Leute spenden jetzt Heu."],
        ["Mit dem Lünsberger Zirkus geht es weiter.", "Die Lünsberger spenden.", "Ein Zelt kommt aus Hulda."],
    ],
    "ru": [
        ["В деревне Ракитное прорвало дамбу.", "В Ракитном затопило 14 домов.", "Жителей вывезли на лодках."],
        ["Вода ушла из деревни Ракитное.", "Там пострадали 14 домов.", "Дамбу чинят солдаты."],
        ["После паводка в Ракитном считают убытки.", "Из Ракитного уезжают семьи.", "Власти обещали 30 квартир."],
    ],
    "pl": [
        ["Most w Zalesinie runął w nocy.", "Nad Zalesinem krąży 7 dronów.", "Nikt nie zginął."],
        ["Po katastrofie mostu w Zalesinie trwa śledztwo.", "Nad miastem krąży 7 dronów.", "Droga jest zamknięta."],
        ["Mieszkańcy Zalesina pływają promem.", "Do Zalesina jadą saperzy.", "Prom zabiera 40 aut."],
    ],
}


def test_an_inflected_name_is_the_same_name() -> None:
    for language, texts in INFLECTED.items():
        labels = np.zeros(len(texts), int)
        found = part_kinds(labels, texts, [language] * len(texts), KindSettings())
        assert len(set(found.tolist())) == 1, language
        assert found[0] >= 0, language
