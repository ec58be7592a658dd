"""Names of several words stay whole, and what is only a part of them is no tag."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(title: str, text: str, language: str) -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, language)]


@pytest.mark.parametrize(
    ("language", "text", "name", "part"),
    [
        ("id", "Grup Sheila on 7 merilis lagu. Sheila on 7 tampil di Medan dan Sabang.", "Sheila on 7", "Sheila"),
        ("de", "Die Band Element of Crime spielt in Riesa. Element of Crime kommt.", "Element of Crime", "Element"),
        (
            "sv",
            "Spelet Return of the Obra Dinn fick pris. Priset delades ut i Umeå.",
            "Return of the Obra Dinn",
            "Dinn",
        ),
        ("nl", "Bezoekers van de Salon du Chocolat proefden bonbons in Gent.", "Salon du Chocolat", "Salon"),
        ("pl", "Na festiwal Open the Door przyjechał reżyser z Łodzi.", "Open the Door", "Door"),
        (
            "fr",
            "Le rugbyman Pieter Jansen van Vuuren rejoint le club de Brive. Le stade attend les supporters.",
            "Pieter Jansen van Vuuren",
            "Vuuren",
        ),
    ],
)
def test_a_small_word_of_another_language_is_inside_a_name(language: str, text: str, name: str, part: str) -> None:
    found = forms("", text, language)
    assert name in found
    assert part not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Trainer sprach in Bremen von Sieg und Niederlage."),
        ("es", "La jugadora llegó de Lugo a Oviedo y el club de Gijón la espera."),
        ("sv", "Han reste till Oslo, och Malmö väntar."),
    ],
)
def test_a_small_word_of_the_own_language_joins_nothing_new(language: str, text: str) -> None:
    assert not any(
        len(form.split()) > 2 or form in ("Lugo a Oviedo", "Oslo och Malmö") for form in forms("", text, language)
    )


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "El Corte Inglés abrirá en Lugo. La cadena El Corte Inglés busca personal.", "El Corte Inglés"),
        ("pt", "Segundo a prefeitura, O Boticário recebe isenção. O Boticário contrata.", "O Boticário"),
        ("fr", "La Redoute ferme un entrepôt. Chez La Redoute, les syndicats négocient.", "La Redoute"),
    ],
)
def test_an_article_is_part_of_a_name(language: str, text: str, name: str) -> None:
    assert name in forms("", text, language)


def test_letters_of_a_sentence_in_capitals_are_no_article() -> None:
    assert "A GAGNÉ" not in forms("", "Le PARIS A GAGNÉ hier. Les supporters fêtent la victoire à Nantes.", "fr")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vrchol Lysá hora láká turisty. Obec čeká, že Lysá hora dostane lanovku.", "Lysá hora"),
        ("Nová Rozhledna Kozí hřbet stojí. Město chválí Rozhledna Kozí hřbet.", "Rozhledna Kozí hřbet"),
    ],
)
def test_a_czech_name_goes_on_in_lower_case_if_the_text_repeats_it(text: str, name: str) -> None:
    assert name in forms("", text, "cs")


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("ro", "Satu Mare și Baia Mare cer un tren. Primarul din Baia Mare, Horia Pop, speră. Guvernul ezită.", "Mare"),
        ("pl", "Nowy Sącz buduje ścieżki. Gmina Stary Sącz pomaga, a Nowy Sącz płaci.", "Sącz"),
        (
            "id",
            "Ani Wiryawan dan Budi Wiryawan menang di Medan. Turnamen bulu tangkis itu ramai. Ani Wiryawan menangis.",
            "Wiryawan",
        ),
    ],
)
def test_the_end_of_several_names_is_no_tag(language: str, text: str, part: str) -> None:
    assert part not in forms("", text, language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Das Kalkwerk Oberscheld schließt. Im Heimatmuseum Oberscheld hängt ein Bild.", "Oberscheld"),
        ("es", "El Banco Santander sube. La Fundación Santander expone.", "Santander"),
        ("ro", "Satu Mare și Baia Mare cer un tren. Mare nu este singură: Mare cere ajutor.", "Mare"),
    ],
)
def test_a_name_after_common_nouns_or_alone_stays(language: str, text: str, name: str) -> None:
    assert name in forms("", text, language)


@pytest.mark.parametrize(
    ("language", "text", "items"),
    [
        ("it", "Crostini neri\nRibollita\nPollo alla cacciatora\nCacciucco", ["Ribollita", "Pollo alla cacciatora"]),
        ("fr", "Cassoulet\nSoupe au pistou\nClafoutis", ["Soupe au pistou", "Cassoulet"]),
        ("es", "Sopa de ajo\nJudías con perdiz\nLeche frita", ["Judías con perdiz", "Sopa de ajo"]),
        ("de", "Labskaus\nMatjes mit Pellkartoffeln\nRote Grütze", ["Labskaus", "Matjes mit Pellkartoffeln"]),
    ],
)
def test_the_lines_of_a_list_are_whole(language: str, text: str, items: list[str]) -> None:
    assert set(items) <= set(forms("", text, language))


def test_a_performer_in_a_programme_is_a_tag_without_what_is_performed() -> None:
    text = "Verbena con la Orquesta Marejada\nPasacalles con la Banda Municipal\nMisa mayor"
    assert "Orquesta Marejada" in forms("Fiestas de Lugo", text, "es")


@pytest.mark.parametrize(
    ("text", "form", "oblique"),
    [
        (
            "An der Technischen Universität Dresden wird gebaut. Die Technische Universität Dresden zahlt.",
            "Technische Universität Dresden",
            "Technischen Universität Dresden",
        ),
        ("Auf den Hohen Kasten fährt keine Bahn. Der Hohe Kasten ist hoch.", "Hohe Kasten", "Hohen Kasten"),
        ("Am Kaspischen Meer wird gefischt. Das Kaspische Meer sinkt.", "Kaspische Meer", "Kaspischen Meer"),
    ],
)
def test_a_german_name_is_in_the_nominative_if_the_text_has_it(text: str, form: str, oblique: str) -> None:
    found = forms("", text, "de")
    assert form in found
    assert oblique not in found


def test_a_german_name_with_the_strong_ending_stays() -> None:
    text = "Deutscher Wetterdienst warnt vor Sturm. Der Deutsche Wetterdienst misst. Deutscher Wetterdienst rät ab."
    assert "Deutscher Wetterdienst" in forms("", text, "de")


@pytest.mark.parametrize(
    ("language", "text", "noun", "wrong"),
    [
        ("fr", "Un séisme de magnitude 5,8 secoue la Crète.", "séisme", "séisme de magnitude"),
        ("es", "Un terremoto de magnitud 6,1 sacude Arequipa.", "terremoto", "terremoto de magnitud"),
        ("it", "Un terremoto di magnitudo 4,5 ha colpito Norcia.", "terremoto", "terremoto di magnitudo"),
        ("de", "Ein Erdbeben der Stärke 6,2 hat Kreta erschüttert.", "Erdbeben", "Erdbeben der Stärke"),
    ],
)
def test_a_scale_needs_its_number(language: str, text: str, noun: str, wrong: str) -> None:
    found = forms("", text, language)
    assert noun in found
    assert wrong not in found


def test_a_scale_without_a_number_is_a_noun() -> None:
    assert "niveau de la mer" in forms("", "Le niveau de la mer monte. Le niveau de la mer inquiète Brest.", "fr")


@pytest.mark.parametrize("town", ["وجدة", "وهران", "ورقلة"])
def test_an_arabic_town_keeps_its_first_letter(town: str) -> None:
    found = forms("", f"افتتح الوزير مستشفى في {town} يوم الأحد. وقال السكان إن المستشفى ضروري.", "ar")
    assert town in found
    assert town[1:] not in found


def test_a_ukrainian_genitive_plural_belongs_to_its_noun() -> None:
    found = forms("", "Біля парку відкрили Музей млинів. Музей млинів і кав'ярня працюватимуть щодня.", "uk")
    assert "Музей млинів" in found
    assert "млинів" not in found


def test_a_turkish_compound_with_a_hyphen_is_in_its_dictionary_form() -> None:
    found = forms("", "Bakanlık e-postayı gönderdi. Uzmanlar e-postayı inceliyor.", "tr")
    assert "e-posta" in found
    assert "e-postayı" not in found
