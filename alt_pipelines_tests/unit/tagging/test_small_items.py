"""Small items of feeds: programmes, opening hours, texts in capitals, lists with labels, forum questions."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(title: str, text: str, language: str) -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, language)]


@pytest.mark.parametrize(
    ("language", "text", "title", "part"),
    [
        ("fr", "20h30 : « Les Enfants du paradis »\nEntrée libre", "Les Enfants du paradis", "Enfants du paradis"),
        (
            "it",
            "Su Rai 1: «Il sentiero dei nidi di ragno», film con Marco Rossi",
            "Il sentiero dei nidi di ragno",
            "nidi",
        ),
        ("es", "«Mar de otoño», Orquesta Ibérica\n«Luces del sur», Ana Rey", "Mar de otoño", "otoño"),
        ("pt", "RTP 1: «O Pátio das Cantigas», comédia", "O Pátio das Cantigas", "Pátio das Cantigas"),
        ("pl", "18.00 „Człowiek z marmuru”, reż. Andrzej Wajda", "Człowiek z marmuru", "Człowiek"),
        ("tr", 'Yönetmenin filmi "Bir Akşam Kars\'ta" ödül aldı.', "Bir Akşam Kars'ta", "Akşam Kars"),
    ],
)
def test_a_title_in_a_list_or_programme_is_whole(language: str, text: str, title: str, part: str) -> None:
    found = forms("Program", text, language)
    assert title in found
    assert part not in found


@pytest.mark.parametrize(
    ("language", "text", "speech"),
    [
        ("fr", "« Nous restons ici ce soir », lance Marie.", "Nous restons ici ce soir"),
        ("es", "«Es una vergüenza para todos», afirmó la jueza.", "Es una vergüenza para todos"),
        ("it", "«Non ci fermeremo mai», dice il sindaco.", "Non ci fermeremo mai"),
    ],
)
def test_speech_at_the_start_of_a_line_is_no_title(language: str, text: str, speech: str) -> None:
    assert speech not in forms("Manifestation à Dijon", text, language)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        (
            "de",
            "Mo geschlossen\nDi–Fr 10–18 Uhr\nSa 10–14 Uhr\nHallenbad mit Sauna, Rutsche und Bistro",
            {"Mo", "Di", "Fr"},
        ),
        ("es", "Lun a vie: 9:00-14:00\nSáb: 10:00-13:00\nPiscina municipal, gimnasio y cafetería", {"Lun", "Sáb"}),
        ("pl", "Pn–Pt 10–18, Sb 10–14. Biblioteka, czytelnia, kawiarnia i galeria", {"Pn", "Pt", "Sb"}),
        ("ru", "Пн–Пт 10–18, Сб 10–14. Библиотека, бассейн, спортзал", {"Пн", "Пт", "Сб"}),
    ],
)
def test_abbreviated_weekdays_are_no_phrases(language: str, text: str, days: set[str]) -> None:
    found = forms("Program", text, language)
    assert found
    assert not days & set(found)


def test_words_like_abbreviated_weekdays_stay() -> None:
    assert "Di María" in forms("Fußball", "Di María trifft. So gewinnt Benfica. Sa Pinto lobt Di María.", "de")
    assert "mar" in forms("Playa", "El mar está en calma. Un mar de plástico llega a Cádiz.", "es")


@pytest.mark.parametrize(
    ("language", "text", "wanted", "unfit"),
    [
        ("es", "SERNAGEOMIN CONFIRMA SISMO EN ATACAMA", {"SERNAGEOMIN", "ATACAMA"}, "CONFIRMA"),
        ("pt", "INMET PREVÊ TEMPORAIS E GRANIZO NO PARANÁ", {"INMET", "GRANIZO"}, "PREVÊ"),
        ("it", "LA PROTEZIONE CIVILE DIRAMA ALLERTA ARANCIONE IN LIGURIA", {"PROTEZIONE CIVILE", "LIGURIA"}, "DIRAMA"),
        ("de", "DIE POLIZEI SPERRT DIE AUTOBAHN A7 BEI KASSEL", {"POLIZEI", "AUTOBAHN A7"}, "SPERRT"),
        ("pl", "IMGW OSTRZEGA PRZED BURZAMI. STRAŻ POŻARNA USUWA DRZEWA", {"STRAŻ POŻARNA"}, "USUWA"),
    ],
)
def test_a_verb_in_capitals_is_in_no_phrase(language: str, text: str, wanted: set[str], unfit: str) -> None:
    found = forms("", text, language)
    assert wanted <= set(found)
    assert not [form for form in found if unfit in form]


@pytest.mark.parametrize(
    ("language", "text", "wanted", "part"),
    [
        ("fr", "Une balade sur l'île d'Yeu et le lac du Bourget.", ["île d'Yeu", "lac du Bourget"], "Yeu"),
        ("it", "Una gita sul lago di Garda e nel golfo di Napoli.", ["lago di Garda", "golfo di Napoli"], "lago"),
        ("es", "El crucero recorre la isla de Chiloé.", ["isla de Chiloé"], "isla"),
        ("pt", "Um passeio pela lagoa dos Patos.", ["lagoa dos Patos"], "Patos"),
    ],
)
def test_a_landform_is_named_with_its_complement(language: str, text: str, wanted: list[str], part: str) -> None:
    found = forms("Excursion", text, language)
    assert [form for form in wanted if form not in found] == []
    assert part not in found


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("it", "Arbitro: Bellini di Foggia. Stadio Zini, Cremona, Serie A, Coppa Italia", "Arbitro"),
        ("fr", "Tarifs : 12 €\nYann Kerlo, piano solo\nQuartz de Brest, festival de jazz", "Tarifs"),
        ("pt", "Prazo: dez dias. Biblioteca, piscina, ginásio, Bragança", "Prazo"),
    ],
)
def test_a_label_before_a_colon_is_no_phrase(language: str, text: str, label: str) -> None:
    found = forms("Program", text, language)
    assert found
    assert label not in found


def test_a_time_at_the_start_of_a_line_is_not_part_of_its_sentence() -> None:
    found = forms("Liveticker", "07:15 Die Emdener Feuerwehr löscht einen Brand im Hafen.", "de")
    assert "Emdener Feuerwehr" in found
    assert "Die Emdener Feuerwehr" not in found


def test_numbers_belong_to_frequent_names_and_to_foreign_ones() -> None:
    assert "France 5" in forms("Télévision", "À 18h, France 5 : magazine du jardin", "fr")
    assert "Redis 7.2" in forms("Настройка", "Обновил Redis 7.2 вчера, служба не запускается", "ru")


def test_a_name_in_brackets_after_an_abbreviation_is_whole() -> None:
    assert "Sevda Ateş Gündoğan" in forms("Program", "Salon 4 19.00 Kıyı (yön. Sevda Ateş Gündoğan)", "tr")


def test_two_words_of_the_calendar_are_no_name() -> None:
    assert "Mart Salı" not in forms("Bu akşam", "3 Mart Salı günü Ankara'da maç var.", "tr")


def test_a_participle_after_a_preposition_and_a_noun_is_its_attribute() -> None:
    assert "leite condensado" in forms("Receita", "Bolo com leite condensado\n- Cobertura de morango em calda", "pt")


def test_the_parts_of_an_identifier_are_no_phrases() -> None:
    found = forms("Сборка проекта", "Параметр MAX_BUFFER_SIZE увеличил, служба перезапущена", "ru")
    assert not {"MAX", "BUFFER", "SIZE"} & set(found)


def test_a_noun_with_the_ending_of_the_feminine_in_brackets_is_one_word() -> None:
    assert "cozinheiro(a)" in forms("Vaga", "O restaurante procura cozinheiro(a) em Vila Real", "pt")
