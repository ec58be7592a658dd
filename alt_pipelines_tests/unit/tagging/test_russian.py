"""Russian: all cases of a phrase are one candidate, in the nominative, and a verb or a preposition ends a phrase."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.inflected.analysis import analyse
from alt_pipelines.tagging.extraction.inflected.russian_words import readings

LONG = (
    "Мэр открыл мост. Рабочие красят перила. Завод закупил станки. Фермеры собрали урожай. Врачи ждут вакцину. "
    "Учитель пишет книгу. Пожарные тушат склад. Студенты сдают экзамен. Музей купил картину. Суд вынес приговор."
)


def forms(title: str, text: str) -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, "ru")]


def found(title: str, text: str, form: str) -> Candidate:
    return next(c for c in find_candidates(title, text, "ru") if c.form == form)


def test_all_cases_and_numbers_of_a_phrase_are_one_candidate_whose_occurrences_are_summed() -> None:
    text = "Старая пристань сгорела. У старой пристани стоял катер. О старых пристанях написали книгу."
    evidence = found("", f"{text} {LONG}", "Старая пристань").evidence
    assert evidence is not None
    assert len(evidence.alone) == 3
    assert not {"старой пристани", "старых пристанях"} & set(forms("", f"{text} {LONG}"))


def test_a_nominative_that_begins_a_written_word_is_shown() -> None:
    assert "Байкал" in forms("", f"Экспедиция вернулась с Байкала. {LONG}")


def test_the_nominative_may_be_the_titles() -> None:
    assert "Вакцина" in forms("Вакцина от гриппа", f"Город ждёт вакцину. Партию вакцины везут поездом. {LONG}")


@pytest.mark.parametrize(
    ("sentence", "form"),
    [("Трещины нашли в старой плотине.", "старой плотине"), ("Экипаж наградили медалями.", "медалями")],
)
def test_a_phrase_without_a_nominative_is_left_out_where_the_text_has_enough_others(sentence: str, form: str) -> None:
    assert form not in forms("", f"{sentence} {LONG}")
    assert form in forms("", sentence)


def test_the_noun_of_a_phrase_without_a_nominative_takes_its_place_if_it_has_one() -> None:
    assert "пристань" in forms("", f"Катер стоял у старой пристани. Эта пристань сгорела. {LONG}")


def test_a_mans_surname_is_not_read_as_a_womans() -> None:
    shown = forms("", f"Суд оправдал Павла Ступникова. Ступникова встретили родные. {LONG}")
    assert "Ступников" in shown
    assert "Ступникова" not in shown


def test_a_genitive_belongs_to_its_noun_and_a_persons_name_stands_alone() -> None:
    shown = forms("", f"Министерство культуры купило архив. Тренер Глеб Завьялов уехал. {LONG}")
    assert {"Министерство культуры", "Глеб Завьялов"} <= set(shown)
    assert not {"Тренер Глеб", "Тренер Глеб Завьялов"} & set(shown)


def test_the_likeliest_reading_of_an_ambiguous_form_comes_first() -> None:
    assert readings("стали")[0].kind in ("noun", "other")
    assert {reading.kind for reading in readings("построили")} == {"other"}
    assert readings("вагонов")[0][1:4] == ("вагон", "gent", "plur")


def test_a_text_of_adjectives_alone_and_an_empty_one_have_no_phrases() -> None:
    assert analyse("", "новый " * 50, "ru").phrases == []
    assert analyse("", "", "ru").phrases == []


def test_a_name_in_quotation_marks_is_in_the_case_of_its_words() -> None:
    assert "Крутым Берегом" not in forms("", f"Встречу с «Крутым Берегом» перенесли. {LONG}")
    assert "Стальной Арене" not in forms("", f"Матч прошёл на «Стальной Арене». {LONG}")
    assert "Берег на Каме" in forms("", f"Роман «Берег на Каме» издали. {LONG}")


def test_a_name_is_apart_from_what_describes_it() -> None:
    shown = forms("", f"Вернулась двадцатилетняя Ирина Савельева. Её встретил тренер СКА Олег Тихонов. {LONG}")
    assert {"Ирина Савельева", "Олег Тихонов"} <= set(shown)
    assert not {"двадцатилетняя Ирина Савельева", "СКА Олег Тихонов"} & set(shown)
    shown = forms("", f"Облачное хранилище Stowly закрыли. {LONG}")
    assert "Stowly" in shown
    assert "Облачное хранилище Stowly" not in shown


def test_a_womans_foreign_surname_and_a_given_name_that_opens_a_sentence_belong_to_her_name() -> None:
    text = "Вера Дубровская играет мать. Об этом пишет критик Полина Вольф. Постановку показали дважды."
    assert {"Вера Дубровская", "Полина Вольф"} <= set(forms("Премьера", text))


def test_a_given_name_alone_is_not_a_candidate_if_the_text_has_the_full_name() -> None:
    text = "Кристина Зотова открыла школу. Кристина учит детей. Школу ждали давно. Кристина довольна."
    found_forms = forms("Школа", f"{text} {LONG}")
    assert "Кристина Зотова" in found_forms
    assert "Кристина" not in found_forms


def test_a_surname_that_the_dictionary_takes_for_the_plural_of_a_word_is_read_by_its_other_forms() -> None:
    found_forms = forms("Суд", f"Суд наказал Ильдара Мингазова. Адвокат говорит, что Мингазов не виноват. {LONG}")
    assert "Мингазов" in found_forms
    assert "Мингаз" not in found_forms


def test_a_town_in_the_plural_is_not_shown_in_the_singular() -> None:
    found_forms = forms("Пожар в Лисках", f"В Лисках загорелся склад. Город Лиски стоит у реки. {LONG}")
    assert "Лиски" in found_forms
    assert "Лиска" not in found_forms


def test_a_version_belongs_to_a_foreign_name_and_a_unit_to_its_number() -> None:
    text = "Планшет Lenovo Tab 12 Plus вышел на Android 15. Экран на 120 Гц, память 256 Гбайт. В ящике Tesla 3 провода."
    found_forms = set(forms("Планшет", text))
    assert {"Lenovo Tab 12 Plus", "Android 15"} <= found_forms
    assert not {"Tab", "Plus", "Гц", "Гбайт", "Tesla 3"} & found_forms


def test_a_noun_is_the_one_that_agrees_with_its_adjective() -> None:
    found_forms = forms("Атмосфера", f"Признаки водяного пара видит телескоп. {LONG}")
    assert "Признаки водяного пара" in found_forms
    assert not {"пара", "Признаки водяного"} & set(found_forms)


def test_a_phrase_does_not_cross_from_the_title_to_the_body() -> None:
    found_forms = forms("Победа Тимофеева", f"Анна Тимофеева стала первой. {LONG}")
    assert "Анна Тимофеева" in found_forms


def test_a_quoted_name_in_another_case_is_left_out() -> None:
    assert "Вестнику степи" not in forms("Озеро", f"Об этом учёный рассказал «Вестнику степи». {LONG}")
    assert "Науке в Сибири" not in forms("Озеро", f"Учёный рассказал «Науке в Сибири», что озеро растёт. {LONG}")


def test_a_given_name_does_not_continue_the_name_of_a_place() -> None:
    assert "Мириам Левина" in forms("Архив", f"Письма нашла жительница Хайфы Мириам Левина. {LONG}")


def test_an_adjective_that_is_also_a_surname_is_not_a_phrase_in_the_plural() -> None:
    text = "Казанские инженеры построили катер. Инженеры Казанского университета рады."
    assert "Казанские" not in forms("Казанские инженеры", f"{text} {LONG}")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Команда вышла в финал Кубка Сурикова.", "Кубка Сурикова"),
        ("Катер нашли в Печорском море.", "Печорском море"),
        ("Портрет написал отец Инны Малеевой.", "Инны Малеевой"),
    ],
)
def test_a_name_of_several_words_without_a_nominative_is_shown_as_written(sentence: str, name: str) -> None:
    assert name in forms("", f"{sentence} {LONG}")


def test_a_name_without_a_nominative_gives_way_to_one() -> None:
    shown = forms("", f"Катер нашли в Печорском море. Печорское море замёрзло. {LONG}")
    assert "Печорское море" in shown
    assert "Печорском море" not in shown


def test_a_repeated_phrase_without_a_nominative_is_shown_as_written() -> None:
    assert "учётную ставку" in forms("Банк снизил учётную ставку", f"Банк снизил учётную ставку. {LONG}")


@pytest.mark.parametrize("name", ["Марк Гентли", "Тимофей Велидов", "Глеб Раздольной", "Варвара Крушлова"])
def test_a_surname_that_does_not_agree_with_its_given_name_is_a_part_of_the_name(name: str) -> None:
    shown = forms("", f"На вопросы ответил тренер {name}. {LONG}")
    assert name in shown
    assert not set(name.split()) & set(shown)


def test_a_word_without_a_capital_is_not_a_given_name() -> None:
    shown = forms("", f"Измерения вели геологи. {LONG}")
    assert "Измерения" in shown
    assert not {"вели", "Измерения вели"} & set(shown)


def test_a_role_is_apart_from_whose_it_is() -> None:
    shown = forms("", f"Об этом сказали биологи Арктического института и наставник хоккеистов. {LONG}")
    assert "Арктического института" in shown
    assert not {"биологи Арктического института", "наставник хоккеистов"} & set(shown)


def test_an_abbreviation_at_the_start_of_a_sentence_is_a_name() -> None:
    assert "КХЛ" in forms("", f"КХЛ перенесла матч. {LONG}")


def test_the_nominative_of_a_word_that_the_dictionary_lacks_is_the_beginning_of_its_only_reading() -> None:
    assert "Энергополис" in forms("", f"Завод построят в Энергополисе. {LONG}")


def test_a_double_name_that_the_dictionary_lacks_is_shown_as_written() -> None:
    assert "Каран-Кала" in forms("", f"Туристы поднялись в крепость Каран-Кала. {LONG}")


@pytest.mark.parametrize(
    ("sentence", "name", "no_name"),
    [
        ("Вертолёт Ка-52 остался на земле.", "Ка-52", "Вертолёт Ка-52"),
        ("Мобильную связь 5G проверили в порту.", "5G", "связь 5G"),
        ("Телескоп JWST снял туманность.", "JWST", "Телескоп JWST"),
        ("Снимки разметила нейросеть U-Net.", "U-Net", "нейросеть U-Net"),
        ("Летом собрали ледокол ЛК-60Я.", "ЛК-60Я", "ледокол ЛК-60Я"),
    ],
)
def test_the_kind_of_thing_before_a_designation_is_not_part_of_it(sentence: str, name: str, no_name: str) -> None:
    shown = forms("", f"{sentence} {LONG}")
    assert name in shown
    assert no_name not in shown


def test_a_letter_with_a_number_keeps_its_noun() -> None:
    assert "Витамин B12" in forms("", f"Витамин B12 нашли в печени. {LONG}")


@pytest.mark.parametrize(
    ("sentences", "name", "oblique"),
    [
        ("Гол Никиты Кучерова стал победным. Кучеров получил приз.", "Кучеров", "Никиты Кучерова"),
        ("Картины Кузьмы Петрова-Водкина везут. Петров-Водкин умер.", "Петров-Водкин", "Кузьмы Петрова-Водкина"),
        ("Книгу Анны Щербаковой издали. Щербакова рада.", "Щербакова", "Анны Щербаковой"),
    ],
)
def test_a_person_is_shown_by_the_nominative_that_the_text_has(sentences: str, name: str, oblique: str) -> None:
    shown = forms("", f"{sentences} {LONG}")
    assert name in shown
    assert oblique not in shown


@pytest.mark.parametrize(
    ("sentence", "singular"),
    [
        ("В магазине очередь грузчиков.", "грузчик"),
        ("Лес вырос на месте карьеров.", "карьер"),
        ("Дорога идёт вдоль оврагов.", "овраг"),
        ("Туристы шли по барханам.", "бархан"),
        ("Нехватка водолазов остановила ремонт.", "водолаз"),
    ],
)
def test_the_singular_of_a_governed_noun_in_the_plural_is_not_shown(sentence: str, singular: str) -> None:
    assert singular not in forms("", f"{sentence} {LONG}")


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Магазин нашёл грузчика.", "грузчик"),
        ("Закон защитит велосипедистов.", "велосипедист"),
        ("Школьники рисуют вулканы. Жерла вулканов опасны.", "вулканы"),
        ("Водолаз нашёл якорь. Шесть водолазов ждали.", "Водолаз"),
        ("Ущелье известно барсами и барсом Алтаем.", "барс"),
    ],
)
def test_a_noun_that_nothing_governs_or_that_the_text_has_in_the_singular_is_shown(sentence: str, shown: str) -> None:
    assert shown in forms("", f"{sentence} {LONG}")


@pytest.mark.parametrize(
    ("sentences", "genitive"),
    [
        ("Это дом Анны Шведовой, скрипачки, без которой нет зала. Скрипачку помнят.", "скрипачки"),
        ("Нет плотины, которую снесли. Плотину строили зэки.", "плотины"),
        ("Портрет балерины вернули. Балерину писал Репин.", "балерины"),
    ],
)
def test_a_form_that_may_be_a_plural_is_a_genitive_where_the_text_has_only_the_singular(
    sentences: str, genitive: str
) -> None:
    assert genitive not in forms("", f"{sentences} {LONG}")


@pytest.mark.parametrize(
    ("sentences", "nominative"),
    [
        ("Скрипачки играли квартет. Скрипачек вызывали на бис.", "Скрипачки"),
        ("Плотины прорвало. Одну плотину чинят, у плотин дежурят.", "Плотины"),
        ("Балерины бастуют.", "Балерины"),
        ("Премию дали балерине. Балерина живёт в Перми, имя балерины скрывают.", "Балерина"),
    ],
)
def test_a_plural_that_the_text_shows_to_be_one_stays(sentences: str, nominative: str) -> None:
    assert nominative in forms("", f"{sentences} {LONG}")


def test_a_genitive_of_a_shown_phrase_is_not_shown_in_a_short_text() -> None:
    shown = forms("", "Мост закрыт: нехватка водолазов остановила ремонт.")
    assert "нехватка водолазов" in shown
    assert "водолазов" not in shown


@pytest.mark.parametrize(
    ("title", "place"),
    [("В Калуге сгорела пристань", "Калуге"), ("Жителям Твери вернут паром", "Твери")],
)
def test_a_place_in_the_title_is_shown_as_written_where_the_text_has_no_nominative(title: str, place: str) -> None:
    assert place in forms(title, LONG)
    assert place not in forms("Новости недели", f"{title}. {LONG}")
    nominative = {"Калуге": "Калуга", "Твери": "Тверь"}[place]
    assert {nominative, place} & set(forms(title, f"{LONG} {nominative} строится.")) == {nominative}


@pytest.mark.parametrize(
    "title", ["Орлу подарили клетку", "Премию Надежде вручил мэр", "Соседям в Лисках вернут паром"]
)
def test_a_word_in_the_title_that_may_be_no_place_is_not_shown_in_another_case(title: str) -> None:
    assert not {"Орлу", "Надежде", "Лисках", "Соседям"} & set(forms(title, LONG))
