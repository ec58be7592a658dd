"""German: people in the genitive are shown by their name."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates("", text, "de")}


@pytest.mark.parametrize(
    ("sentence", "name", "rest"),
    [
        ("Das Haus zeigt im Mai Bertolt Brechts Lehrstück.", "Bertolt Brecht", "Lehrstück"),
        ("In Angela Merkels Kanzlerschaft stiegen die Mieten.", "Angela Merkel", "Kanzlerschaft"),
        ("Die Klasse liest Michael Endes „Momo“ und malt dazu.", "Michael Ende", "Momo"),
        ("Sie hat Max Frischs Tagebuch noch einmal gelesen.", "Max Frisch", "Tagebuch"),
        ("Dann kam New Yorks Bürgermeister zu Wort.", "New York", "Bürgermeister"),
        ("Der Saal hört Ingeborg Bachmanns „Malina“ zum ersten Mal.", "Ingeborg Bachmann", "Malina"),
    ],
)
def test_a_person_in_the_genitive_is_apart_from_what_is_theirs(sentence: str, name: str, rest: str) -> None:
    found = forms(sentence)
    assert {name, rest} <= found
    assert not any(form.startswith(f"{name}s") for form in found)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Am Abend sang Hans Albers „La Paloma“ im Hafen.", "Hans Albers"),
        ("Dort begrüßte Heike Niebers Gäste aus Ulm. Später sprach Heike Niebers über den Bau.", "Heike Niebers"),
        ("Auf Platz zwei kam Peter Stevens „Nachtzug“ ins Ziel.", "Peter Stevens"),
        ("Er landete am Las Palmas Flughafen.", "Las Palmas"),
        ("Er sah die Chicago Bulls „gnadenlos“ untergehen.", "Chicago Bulls"),
    ],
)
def test_a_name_that_ends_in_s_stays_whole(sentence: str, name: str) -> None:
    found = forms(sentence)
    assert name in found or any(form.startswith(f"{name} ") for form in found)
    assert name[:-1] not in found
