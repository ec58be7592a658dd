"""Phrases that nothing around them marks: a name after a role, a model, an item of a list, two names with "and"."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.known_names import with_other_joiner


def _forms(language: str, text: str, title: str = "") -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, language)}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("cs", "Hejtmanka Věra Nedbalová slíbila nové autobusy. Autobusy jezdí do Brna.", "Věra Nedbalová"),
        ("cs", "Vrchní Karel Smutný přinesl polévku. Polévka chutnala hostům.", "Karel Smutný"),
        ("pl", "Leśniczy Tomasz Górny znalazł wilka. Wilk był ranny.", "Tomasz Górny"),
        ("sk", "Poslankyňa Eva Tichá navrhla zákon o lesoch. Zákon o lesoch podporila vláda.", "Eva Tichá"),
        ("hu", "Edző Farkas Béla elégedett volt a csapattal. A csapat három gólt lőtt.", "Farkas Béla"),
        ("fi", "Eläinlääkäri Antti Metsä hoiti karhua. Karhu asuu eläintarhassa.", "Antti Metsä"),
        ("nl", "Dierenverzorger Piet de Jong voert de tijgers. De tijgers eten vlees.", "Piet de Jong"),
        ("da", "Dyrepasser Søren Dal fodrer tigrene. Tigrene spiser kød.", "Søren Dal"),
        ("ro", "Îngrijitoarea Maria Dobre hrănește tigrii. Tigrii mănâncă carne.", "Maria Dobre"),
        ("bg", "Кметът откри моста. Депутат Мария Тодорова говори за моста.", "Мария Тодорова"),
        ("it", "Consigliere Marco Tedeschi chiede un nuovo parco. Il parco è grande.", "Marco Tedeschi"),
        ("es", "Alcaldesa Carmen Robles inaugura el puente. El puente costó mucho.", "Carmen Robles"),
        ("tr", "Bakıcı Mehmet Demir kaplanları besliyor. Kaplanlar et yiyor.", "Mehmet Demir"),
        ("id", "Perawat Siti Rahayu membuka klinik. Klinik itu ramai.", "Siti Rahayu"),
        ("ko", "조련사 강민지가 돌고래를 훈련한다. 돌고래는 똑똑하다.", "강민지"),
        ("ko", "잠수사 임재윤은 바다에 들어갔다. 바다는 깊다.", "임재윤"),
    ],
)
def test_a_name_after_a_role_is_a_candidate_without_the_role(language: str, text: str, name: str) -> None:
    assert name in _forms(language, text)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("it", "Teatro Marco Tedeschi chiuso per lavori. La città protesta.", "Marco Tedeschi"),
        ("es", "Hospital Carmen Robles abre el lunes. El puente costó mucho.", "Carmen Robles"),
    ],
)
def test_the_name_of_a_building_is_not_divided(language: str, text: str, name: str) -> None:
    assert name not in _forms(language, text)


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        ("pl", "Generalna Dyrekcja Ochrony Środowiska wstrzymała budowę drogi.", "Dyrekcja Ochrony Środowiska"),
        ("pl", "Polski Związek Kajakowy wybrał prezesa. Prezes wygrał głosowanie.", "Związek Kajakowy"),
        ("pl", "Książka Jana Dębskiego wygrała konkurs. Konkurs trwał rok.", "Jana Dębskiego"),
        ("it", "Orchestra Regionale Toscana suona a Prato. Il concerto è gratuito.", "Regionale Toscana"),
        ("pl", "Teatr Wielki Poznań gra operę. Opera trwa trzy godziny.", "Wielki Poznań"),
    ],
)
def test_a_body_or_a_work_is_not_cut(language: str, text: str, rest: str) -> None:
    assert rest not in _forms(language, text)


@pytest.mark.parametrize(
    ("language", "text", "model"),
    [
        ("it", "La produzione della Fiat 600e si ferma a maggio. Gli operai protestano.", "Fiat 600e"),
        ("es", "El Fiat 600e llega a Madrid. El precio baja.", "Fiat 600e"),
        ("de", "Der BMW 330e überzeugt im Test. Der Preis bleibt hoch.", "BMW 330e"),
        ("fr", "La Peugeot 308e arrive en mai. La Peugeot 308e coûte moins.", "Peugeot 308e"),
        ("zh", "工厂用3D打印制造零件。3D打印很便宜。", "3D打印"),
        ("zh", "医院采用5G直播手术。学生观看5G直播。", "5G直播"),
        ("zh", "新款8K電視上市，價格便宜。", "8K電視"),
    ],
)
def test_a_number_with_letters_and_its_noun_are_a_candidate(language: str, text: str, model: str) -> None:
    assert model in _forms(language, text)


@pytest.mark.parametrize(
    ("language", "text", "ordinal"),
    [
        ("fr", "La 100e édition du Tour part de Lille. Le peloton traverse la Bretagne à Vannes.", "100e"),
        ("it", "La 12a giornata della Serie A comincia. La 12a giornata è breve.", "12a"),
        ("es", "La 25a edición del Festival de Cine abre. La 25a edición cierra.", "25a"),
    ],
)
def test_an_ordinal_is_no_model(language: str, text: str, ordinal: str) -> None:
    assert not any(ordinal in form for form in _forms(language, text))


@pytest.mark.parametrize(
    ("language", "text", "items"),
    [
        ("en", "* Dog violet\n* Guelder rose\n* Hawthorn\n* Lady fern", {"Dog violet", "Guelder rose", "Lady fern"}),
        ("en", "Ina Moss\nCover crops\nPetr Vale\nSoil carbon\nJo Reed\nTea", {"Cover crops", "Soil carbon"}),
        ("es", "Sopa fría\nCarne asada\nPollo frito\nPan casero", {"Carne asada", "Pollo frito"}),
        ("it", "Pasta fresca\nPesce crudo\nPollo fritto\nVino cotto", {"Pollo fritto", "Vino cotto"}),
        ("fr", "Cerise noire\nMarche nordique\nPrune rouge\nPomme verte", {"Cerise noire", "Marche nordique"}),
        ("pl", "Dzika róża\nCzarny bez\nKalina koralowa\nLipa drobnolistna", {"Dzika róża", "Czarny bez"}),
        ("cs", "Divoká růže\nČerný bez\nKalina obecná\nLípa malolistá", {"Divoká růže", "Černý bez"}),
        (
            "ja",
            "GK 森下碧斗（浜松）\nDF 大和田樹生（清水）\nMF 小暮凪人（磐田）",
            {"森下碧斗", "大和田樹生", "小暮凪人"},
        ),
    ],
)
def test_a_short_item_of_a_list_is_a_candidate_as_a_whole(language: str, text: str, items: set[str]) -> None:
    assert items <= _forms(language, text)


@pytest.mark.parametrize(
    ("language", "text", "instructions"),
    [
        ("en", "* Boil water\n* Add pasta\n* Mix flour", {"Boil water", "Add pasta"}),
        ("en", "Changed\n* Minimum age raised\n* Drop cookie banners\n* Darker buttons", {"Drop cookie banners"}),
        ("es", "Cortar cebolla\nAñadir agua\nHervir arroz", {"Cortar cebolla", "Añadir agua", "Hervir arroz"}),
        ("fr", "Couper oignons\nAjouter sel\nChauffer eau", {"Couper oignons", "Ajouter sel"}),
    ],
)
def test_instructions_are_no_items(language: str, text: str, instructions: set[str]) -> None:
    assert instructions.isdisjoint(_forms(language, text))


@pytest.mark.parametrize(
    "name", ["Aziatische hoornaar", "Japanse duizendknoop", "Rotterdamse haven", "Haagse rechtbank"]
)
def test_a_dutch_adjective_of_a_country_stays_with_its_noun(name: str) -> None:
    assert name in _forms("nl", f"Onderzoekers letten op de {name}. In Gouda is dat bekend.")


def test_a_dutch_name_does_not_take_the_word_after_it() -> None:
    found = _forms("nl", "Gisteren vertelde Louise verhalen. In Kampen bleef Denise voorlopig thuis.")
    assert found.isdisjoint({"Louise verhalen", "Denise voorlopig"})


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("縣府宣布明天停班停課。家長關心停班停課。", "停班停課"),
        ("全市开展扫黑除恶。扫黑除恶持续三年，居民满意。", "扫黑除恶"),
    ],
)
def test_two_chinese_verbs_that_the_text_repeats_together_are_a_term(text: str, term: str) -> None:
    assert term in _forms("zh", text)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("大家鼓掌欢呼。观众也鼓掌欢呼。", "鼓掌欢呼"),
        ("公司宣布推出手机。公司宣布推出电视。", "宣布推出"),
        ("他们准备开始。她们准备开始。", "准备开始"),
    ],
)
def test_two_common_chinese_verbs_are_no_term(text: str, clause: str) -> None:
    assert clause not in _forms("zh", text)


def test_a_known_name_may_have_the_other_joiner() -> None:
    found = _forms("en", "Marks and Spencer sells food. Shoppers in Leeds like it.")
    assert "Marks and Spencer" in found
    assert found.isdisjoint({"Marks", "Spencer"})


@pytest.mark.parametrize(
    ("name", "language", "other"),
    [
        ("Barnes & Noble", "en", "Barnes and Noble"),
        ("Adam and the Ants", "en", "Adam and the Ants"),
        ("Dolce & Gabbana", "it", "Dolce e Gabbana"),
        ("Abbott and Costello", "en", "Abbott & Costello"),
    ],
)
def test_only_a_joiner_between_capitalised_words_has_another(name: str, language: str, other: str) -> None:
    assert with_other_joiner(name, language) == other


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Ashdown & Pell makes soap. Shoppers know Ashdown and Pell well.", "Ashdown and Pell"),
        ("en", "Harlow and Finch sells bread. The bread of Harlow and Finch is sour.", "Harlow and Finch"),
        ("de", "Kratzer und Obermoser baut Brücken. Die Firma Kratzer und Obermoser wächst.", "Kratzer und Obermoser"),
        ("en", "The duo Harlow and Finch sang. Fans love Harlow and Finch.", "Harlow and Finch"),
        ("en", "She works for Harlow and Finch, a bakery. Harlow and Finch pays well.", "Harlow and Finch"),
        ("fr", "Dubreuil et Fils vend du vin. Le vin de Dubreuil et Fils est cher.", "Dubreuil et Fils"),
        ("nl", "Bakkerij Harkema en Zonen verkoopt brood. Het brood van Harkema en Zonen is zuur.", "Harkema en Zonen"),
        ("cs", "Firma Hruška a Synové staví mosty. Mosty staví Hruška a Synové.", "Hruška a Synové"),
    ],
)
def test_two_names_that_the_text_has_only_together_may_be_one(language: str, text: str, name: str) -> None:
    assert name in _forms(language, text)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "France and Germany signed a treaty. France and Germany share the costs.", "France and Germany"),
        ("en", "Anna and Peter ran a shop. Anna and Peter sold bread.", "Anna and Peter"),
        ("en", "Mara Harlow and Tom Finch met. Smith, Harlow and Finch argued. Finch left.", "Harlow and Finch"),
        ("en", "The flood hit Velsund and Ternby. Roads in Velsund and Ternby are shut.", "Velsund and Ternby"),
        ("en", "Okafor and Brandtner met in Oslo. Okafor and Brandtner signed a pact.", "Okafor and Brandtner"),
        ("es", "Llueve en Velsunda y Ternobia. Velsunda y Ternobia piden ayuda.", "Velsunda y Ternobia"),
        (
            "de",
            "Der Zug fährt zwischen Balve und Menden. Zwischen Balve und Menden fehlt ein Gleis.",
            "Balve und Menden",
        ),
    ],
)
def test_countries_people_and_places_side_by_side_stay_two(language: str, text: str, names: str) -> None:
    assert names not in _forms(language, text)
