"""Headings of one word that are names are candidates; those that name a part of an article are not."""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.named_headings import named


@pytest.mark.parametrize(
    ("language", "names", "others"),
    [
        ("en", "Stronsay Gigha Foula", "Conclusion"),
        ("de", "Spieka Dangast Hooksiel", "Anreise Fazit"),
        ("fr", "Locronan Rochefourchat Gerberoy", "Préambule Conclusion"),
        ("es", "Cudillero Frigiliana Morella", "Introducción Consejos"),
        ("pl", "Lanckorona Tykocin Supraśl", "Dojazd Podsumowanie"),
        ("ru", "Мышкин Тутаев", "Дорога Вывод"),
        ("nl", "Wierum Moddergat", "Bereikbaarheid"),
        ("ja", "佐久島 飛島 見島", "アクセス まとめ"),
    ],
)
def test_most_headings_are_names_in_a_guide(language: str, names: str, others: str) -> None:
    found = named(frozenset([*names.split(), *others.split()]), language)
    assert found == frozenset(name.casefold() for name in names.split())


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", "Overview Prerequisites Installation Usage Changelog Bugfixes Troubleshooting"),
        ("en", "Overview Deprecations Dockerfile Troubleshooting Internals"),
        ("en", "Stronsay"),
        ("en", "FAQ API"),
        ("de", "Zutaten Zubereitung Nährwerte Tipps Setup Gameplay"),
        ("fr", "Ingrédients Préparation Accès Prérequis Conclusion"),
        ("it", "Trama Novità Giocabilità Conclusioni"),
        ("fi", "Taustatiedot Valmistusohje Johtopäätökset"),
        ("sv", "Ingredienser Tillgänglighet Slutsatser"),
        ("ja", "材料 作り方 まとめ トッピング"),
        ("zh", "交通 西塘 安昌"),
        ("und", "Stronsay Gigha"),
    ],
)
def test_headings_that_name_a_part_are_none(language: str, headings: str) -> None:
    assert named(frozenset(headings.split()), language) == frozenset()


def test_the_headings_of_a_guide_become_tags() -> None:
    text = (
        "Some islands are never full. These have beds left in July.\n\n"
        "## Stronsay\n\nSeals on every beach and one shop. The bakery opens at six.\n\n"
        "## Gigha\n\nA garden of rhododendrons and a ferry of twenty minutes.\n\n"
        "## Conclusion\n\nBook early and bring cash."
    )
    extractor = TagExtractor(TaggingSettings(refine_budget=0.0), None, fallback=False)
    tags = [tag.tag for tag in extractor.extract([RawArticle("1", "Quiet islands", text)])[0].tags]
    assert {"Stronsay", "Gigha"} <= set(tags)
    assert "Conclusion" not in tags
