"""Names with small words, signs or days inside: towns, countries, titles in lists, surnames, nouns like pH-Wert."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(title: str, text: str, language: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, language)}


@pytest.mark.parametrize(
    ("language", "text", "name", "half"),
    [
        (
            "de",
            "Der Dom in Brandenburg an der Havel wird saniert, und viele Gäste kommen.",
            "Brandenburg an der Havel",
            "Havel",
        ),
        (
            "de",
            "Aus Rothenburg ob der Tauber kommen Figuren, Spielzeug, Kerzen und Kugeln.",
            "Rothenburg ob der Tauber",
            "Tauber",
        ),
        ("nl", "De brug in Alphen aan den Rijn gaat open voor fietsers en auto's.", "Alphen aan den Rijn", "Rijn"),
        ("it", "Il festival di Cava de' Tirreni comincia sabato con un concerto.", "Cava de' Tirreni", "Tirreni"),
        (
            "es",
            "Bosnia y Herzegovina recibe ayuda europea contra los incendios.",
            "Bosnia y Herzegovina",
            "Herzegovina",
        ),
        (
            "es",
            "San Vicente y las Granadinas pide ayuda tras el huracán y busca agua, tiendas y médicos.",
            "San Vicente y las Granadinas",
            "Granadinas",
        ),
        ("pt", "São Tomé e Príncipe assina um acordo de pesca com a Europa.", "São Tomé e Príncipe", "Príncipe"),
        ("de", "Der Verband von Bosnien und Herzegowina sagt das Spiel ab.", "Bosnien und Herzegowina", "Bosnien"),
        ("pl", "Reprezentacja zagra z drużyną, którą jest Trynidad i Tobago, w sobotę.", "Trynidad i Tobago", "Tobago"),
    ],
)
def test_a_place_with_small_words_is_whole(language: str, text: str, name: str, half: str) -> None:
    found = forms("", text, language)
    assert name in found
    assert half not in found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Der Präsident von St. Vincent und den Grenadinen trat zurück.", "St. Vincent und den Grenadinen"),
        ("sv", "Laget från Antigua och Barbuda vann matchen i går.", "Antigua och Barbuda"),
        ("cs", "Tým Bosny a Hercegoviny vyhrál zápas.", "Bosny a Hercegoviny"),
        ("fr", "Le navire quitte Saint Pierre et Miquelon lundi.", "Saint Pierre et Miquelon"),
    ],
)
def test_a_country_is_known_in_its_language(language: str, text: str, name: str) -> None:
    assert name in forms("", text, language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("sv", "I kväll hälsar Tom på Prinsessan igen.", "Tom på Prinsessan"),
        ("es", "Pedro y Miquela cantan en el coro del barrio.", "Pedro y Miquela"),
        ("it", "Stasera Vincenzo e Grenadine aprono il concerto.", "Vincenzo e Grenadine"),
        ("de", "Gestern trafen Kristina und Nevis den Trainer.", "Kristina und Nevis"),
    ],
)
def test_two_people_are_no_country(language: str, text: str, name: str) -> None:
    assert name not in forms("", text, language)


def test_people_and_things_at_a_river_are_no_town() -> None:
    found = forms("Ausflügler an der Oder", "Das Hochwasser an der Oder steigt. Paul Imhof am Rhein wartet.", "de")
    assert not {"Ausflügler an der Oder", "Hochwasser an der Oder", "Imhof am Rhein"} & found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Le Creusot ouvre un musée. Les machines sont anciennes.", "Le Creusot"),
        ("es", "La Coruña estrena tranvía. Los vecinos celebran.", "La Coruña"),
        ("it", "La Spezia apre il porto alle navi da crociera.", "La Spezia"),
        ("nl", "De haven van 's-Hertogenbosch krijgt een nieuwe sluis.", "'s-Hertogenbosch"),
    ],
)
def test_a_place_keeps_its_article_at_the_start_of_a_sentence(language: str, text: str, name: str) -> None:
    assert name in forms("", text, language)


def test_an_article_before_a_place_without_one_is_left_out() -> None:
    found = forms("", "La Moldavie signe un accord. Le Portugal le refuse.", "fr")
    assert {"Moldavie", "Portugal"} <= found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Coupe de Bretagne : trois clubs restent\nFête de la Moisson", "Coupe de Bretagne"),
        ("es", "Harina\nQueso de Cabrales\nSal gorda", "Queso de Cabrales"),
        ("it", "La casa di sabbia\nSala 1\nUn pesce nel deserto\nSala 2", "La casa di sabbia"),
        ("pt", "Programa\nFeira do Livro\nConcerto", "Feira do Livro"),
    ],
)
def test_a_name_that_fills_its_line_is_whole(language: str, text: str, name: str) -> None:
    assert name in forms("", text, language)


@pytest.mark.parametrize("line", ["Grève à Nantes : les bus à l'arrêt", "Le maire répond\nLa mairie de Lyon ferme"])
def test_an_event_at_a_place_or_a_sentence_is_no_such_name(line: str) -> None:
    assert not {"Grève à Nantes", "La mairie de Lyon ferme", "mairie de Lyon ferme"} & forms("", line, "fr")


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("de", "Sie liest aus „Unter dem Ahorn“ vor.", "Unter dem Ahorn"),
        ("nl", "Hij schreef de roman 'De stille polder' in Gent.", "De stille polder"),
    ],
)
def test_a_title_begins_with_a_small_word(language: str, text: str, title: str) -> None:
    assert title in forms("", text, language)


def test_german_speech_that_begins_with_a_preposition_is_no_title() -> None:
    assert "In der Krise hilft nur Mut" not in forms("", "„In der Krise hilft nur Mut“, sagte Anna Roth.", "de")


def test_a_german_noun_may_begin_with_a_small_letter() -> None:
    text = "Der pH-Wert sinkt. Die γ-Strahlung stört den mRNA-Impfstoff. Der Druck lag bei 120 mmHg."
    found = forms("", text, "de")
    assert {"pH-Wert", "γ-Strahlung", "mRNA-Impfstoff"} <= found
    assert "mmHg" not in found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("pl", "Bon 60+ trafi do seniorów w gminie.", "Bon 60+"),
        ("fr", "Les particules PM2,5 gênent les riverains.", "PM2,5"),
        ("de", "PHP 8.4 bringt viele Neuerungen.", "PHP 8.4"),
        ("es", "Los carteles de Mayo 68 y las fotos de Mayo 68 están en la sala.", "Mayo 68"),
        ("pl", "Rozmowa z kierowcą Piotr Kwiecień wygrał rajd.", "Piotr Kwiecień"),
        ("nl", "De prijs is voor Theo Maandag uit Zwolle.", "Theo Maandag"),
    ],
)
def test_a_name_has_a_number_with_a_sign_or_a_day(language: str, text: str, name: str) -> None:
    assert any(name in form for form in forms("", text, language))


def test_a_date_in_capitals_is_no_name() -> None:
    assert not any("Mayo" in form for form in forms("Agenda", "Taller de cerámica Mayo 24\nVisita Mayo 25", "es"))
