"""German: a surname, the kind of a club and the head of a compound are one tag with the whole name."""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_german_name


def tags(title: str, text: str) -> list[str]:
    extractor = TagExtractor(TaggingSettings(), None, fallback=False)
    (found,) = extractor.extract([RawArticle("1", title, text, "de")])
    return [tag.tag for tag in found.tags]


@pytest.mark.parametrize(
    ("title", "text", "whole", "short"),
    [
        (
            "Ringen: Aufsteiger schlägt Meister",
            "Der VfB Ohrdruf besiegte den Meister aus Pforzheim. Der VfB klettert damit auf Platz drei.",
            "VfB Ohrdruf",
            "VfB",
        ),
        (
            "Kegeln in Thale",
            "Der TSV Rübeland gewann in Thale gegen Einbeck. Am Samstag empfängt der TSV die Kegler aus Seesen.",
            "TSV Rübeland",
            "TSV",
        ),
        (
            "Rad: Hölscher verpasst Finale",
            "Radfahrerin Jule Hölscher muss das Sprint-Finale in Büttgen auslassen. Sie stürzte im Training.",
            "Sprint-Finale",
            "Finale",
        ),
        (
            "Reiher am Deich",
            "Die Reiher-Zählung liegt dem Kreis Stade vor. Eine Zählung hatte der Angelverein verlangt.",
            "Reiher-Zählung",
            "Zählung",
        ),
        (
            "Ein Leben für die Orgel",
            "Wenn Gertrud Waldriegel eine Orgel stimmt, schweigt Husum. Waldriegel lernte das Handwerk in Ratzeburg.",
            "Gertrud Waldriegel",
            "Waldriegel",
        ),
    ],
)
def test_a_short_form_is_one_tag_with_the_whole(title: str, text: str, whole: str, short: str) -> None:
    shown = tags(title, text)
    assert whole in shown
    assert short not in shown


@pytest.mark.parametrize(
    ("title", "text", "stays"),
    [
        (
            "Zählung am Deich",
            "Die Zählung am Deich bei Stade dauert lange. Die Zählung kostet viel. Eine Reiher-Zählung folgt.",
            "Zählung",
        ),
        ("HIV im Blut", "Ein Labor in Jena fand HIV in Blut. Der neue HIV Schnelltest weist HIV nach.", "HIV"),
        (
            "Fusion der Werften",
            "Die Grube AG und die Werft-Holding aus Wismar fusionieren. Auch die Reederei Holm zahlt.",
            "Werft-Holding",
        ),
    ],
)
def test_a_noun_that_is_more_frequent_alone_and_an_abbreviation_of_no_club_stay(
    title: str, text: str, stays: str
) -> None:
    assert stays in tags(title, text)


@pytest.mark.parametrize("name", ["Gudrun Steinriegel", "Heike Ackerriegel", "Annika Weiß"])
def test_a_surname_that_looks_like_a_compound_is_one_after_a_given_name(name: str) -> None:
    assert is_german_name(name)


@pytest.mark.parametrize("phrase", ["Berlin Hauptbahnhof", "Technische Hochschule", "Bregenzer Festspiele"])
def test_a_common_noun_after_a_town_or_an_adjective_is_no_surname(phrase: str) -> None:
    assert not is_german_name(phrase)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Die Solistinnen Hartkopf und Weyl sangen im Dom.", "Hartkopf"),
        ("Den Sieg holten die Überraschungssiegerinnen Tewald/Mirow.", "Tewald"),
        ("Im Ziel jubelten die Schlussläuferinnen Brehme/Sorge.", "Brehme"),
    ],
)
def test_a_role_in_the_plural_is_not_part_of_the_name_after_it(sentence: str, name: str) -> None:
    shown = [candidate.form for candidate in find_candidates("", sentence, "de")]
    assert not any(form.endswith(f" {name}") for form in shown)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        (
            "Das Werk führt in Uelzen Kurzarbeit ein. Es hat am Stammsitz Uelzen Kurzarbeit beantragt. "
            "Die Kurzarbeit gilt ab Mai.",
            {"Uelzen", "Kurzarbeit"},
        ),
        (
            "Die Firma hat beim Amtsgericht Husum Insolvenz beantragt. Die Insolvenz trifft den Hafen.",
            {"Amtsgericht Husum", "Insolvenz"},
        ),
        ("Die Stiftung Warentest prüfte Töpfe. Die Stiftung Warentest lobte sie.", {"Stiftung Warentest"}),
        ("Die Galerie Rotunde zeigt Drucke. Die Galerie Rotunde hat auch ein Café.", {"Galerie Rotunde"}),
        ("Im Hotel Seeblick brannte es. Das Hotel Seeblick bleibt zu, der Seeblick auch.", {"Hotel Seeblick"}),
    ],
)
def test_a_town_and_a_noun_that_the_text_has_alone_are_apart_and_names_whole(text: str, apart: set[str]) -> None:
    shown = {candidate.form for candidate in find_candidates("", text, "de")}
    assert apart <= shown
