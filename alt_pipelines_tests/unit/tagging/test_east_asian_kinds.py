"""Kinds of Japanese, Chinese, Korean and Thai names that the analysers of these languages cut."""

import pytest

from alt_pipelines.tagging.extraction.chinese.analysis import analyse as chinese
from alt_pipelines.tagging.extraction.japanese.analysis import analyse as japanese
from alt_pipelines.tagging.extraction.korean.analysis import analyse as korean
from alt_pipelines.tagging.extraction.unspaced.analysis import analyse as unspaced


def forms(document) -> set[str]:
    return {"".join(phrase.words).strip() for phrase in document.phrases}


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("保护区迎来三百只东方白鹳。", "东方白鹳", "白鹳"),
        ("志愿者清理互花米草。", "互花米草", "米草"),
        ("湿地有青头潜鸭和黑脸琵鹭。", "青头潜鸭", "青头"),
        ("合作社再种二十亩赤松茸。", "赤松茸", "松茸"),
        ("志工看到反嘴鴴。", "反嘴鴴", "反嘴"),
    ],
)
def test_a_chinese_species_keeps_its_first_characters(text: str, name: str, cut: str) -> None:
    found = forms(chinese("", text))
    assert name in found
    assert cut not in found


def test_a_species_does_not_take_a_verb_a_measure_or_who_sees_it() -> None:
    found = forms(chinese("", "村民发现白鹳。养殖户白虾减产，两千户白虾受损。志愿者今年观察白鹭。"))
    assert {"白鹳", "村民"} <= found
    assert not any(form.startswith(("发现", "户白", "今年")) for form in found)


@pytest.mark.parametrize(
    ("analyse", "text", "name"),
    [
        (chinese, "研究发现α-突触核蛋白聚集。", "α-突触核蛋白"),
        (chinese, "团队测定了γ-氨基丁酸的含量。", "γ-氨基丁酸"),
        (chinese, "针对β淀粉样蛋白的疫苗。", "β淀粉样蛋白"),
        (chinese, "鱼油含ω-3脂肪酸。", "ω-3脂肪酸"),
        (korean, "당근에는 β-카로틴이 많다.", "β-카로틴"),
        (korean, "간 기능은 γ-GTP로 본다.", "γ-GTP"),
        (korean, "K-팝은 세계에서 인기다.", "K-팝"),
        (korean, "e-스포츠가 정식 종목이 됐다.", "e-스포츠"),
        (japanese, "えごま油はα-リノレン酸を含む。", "α-リノレン酸"),
    ],
)
def test_a_letter_and_a_hyphen_begin_a_word_of_another_script(analyse, text: str, name: str) -> None:
    assert name in forms(analyse("", text))


def test_a_letter_and_a_hyphen_begin_a_thai_word() -> None:
    found = forms(unspaced("", "ข้าวมี β-แคโรทีน สูง และ T-เซลล์", "th"))
    assert {"β-แคโรทีน", "T-เซลล์"} <= found


def test_a_greek_letter_before_a_verb_is_a_quantity_and_a_korean_match_is_not_one_name() -> None:
    assert "α为常数" not in forms(chinese("", "其中α为常数。"))
    assert "KIA-두산" not in forms(korean("", "KIA-두산 경기가 열린다."))


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("시작은 입단 테스트였다.", "입단 테스트", "입단 테스"),
        ("인기 상품은 수제 요거트이고 값이 싸다.", "수제 요거트", "수제 요거"),
        ("비결은 천연 이스트였다.", "이스트", "이스"),
    ],
)
def test_a_korean_noun_before_a_copula_keeps_its_last_syllable(text: str, name: str, cut: str) -> None:
    found = forms(korean("", text))
    assert any(form.endswith(name) for form in found)
    assert cut not in found


def test_a_verb_after_a_korean_noun_stays_one() -> None:
    found = forms(korean("", "그는 상을 받았다. 마침내 말문이 트였다. 주목받는 신인이다."))
    assert not any(form.endswith(("받", "트")) for form in found)


def test_a_korean_island_before_what_it_has_is_a_name() -> None:
    assert {"가덕도", "가덕도 신공항"} <= forms(korean("", "가덕도 신공항이 착공했다."))
    assert "학생도 공항" not in forms(korean("", "학생도 공항에 갔다."))


def test_a_korean_name_that_ends_like_and_is_whole_where_a_subject_particle_follows_it() -> None:
    found = forms(
        korean("햇살제과, 쌀 식빵 출시", "햇살제과가 쌀 식빵을 내놨다. 햇살제과 관계자는 우리 쌀만 쓴다고 했다.")
    )
    assert "햇살제과" in found
    assert "햇살제" not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("台灣登山團挑戰吉力馬札羅山。", "吉力馬札羅山"),
        ("遊客前往馬丘比丘、的的喀喀湖。", "的的喀喀湖"),
    ],
)
def test_a_transliterated_place_is_whole_if_the_text_has_it_once(text: str, name: str) -> None:
    assert name in forms(chinese("", text))


def test_a_chinese_place_of_something_is_not_part_of_it() -> None:
    found = forms(chinese("", "东方白鹳在电塔上筑巢。"))
    assert "电塔" in found
    assert not any("塔上" in form for form in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("バンドの「ずっとあした」が演奏した。", "ずっとあした"),
        ("絵本専門店「そよそよ」が開店した。", "そよそよ"),
        ("コンビの「いつかはどこか」が優勝した。", "いつかはどこか"),
        ("映画「君たちはどう歩くか」が公開された。", "君たちはどう歩くか"),
    ],
)
def test_a_japanese_quotation_after_what_it_names_is_a_name(text: str, name: str) -> None:
    assert name in forms(japanese("", text))


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("店の「また来てね」と書いた紙。", "また来てね"),
        ("商品の「おいしい」を伝える。", "おいしい"),
        ("利用者は「これからもずっと」と話した。", "これからもずっと"),
    ],
)
def test_japanese_speech_is_no_name(text: str, speech: str) -> None:
    assert not any(phrase.marked and "".join(phrase.words) == speech for phrase in japanese("", text).phrases)


@pytest.mark.parametrize("dish", ["ずんだ餅", "かぶら寿司", "てこね寿司", "ぶり大根", "くぎ煮"])
def test_a_japanese_dish_of_kana_and_kanji_is_whole(dish: str) -> None:
    assert dish in forms(japanese("", f"朝市で、名物の{dish}を売る。"))


def test_grammar_before_a_japanese_dish_is_no_part_of_it() -> None:
    found = forms(japanese("", "「ひっつみ」という汁。そばなどの汁。また餅を食べる。もう鍋の季節だ。"))
    assert not any(form.startswith(("という", "など", "また", "もう")) for form in found)


def test_a_thai_product_and_its_place_are_topics_beside_both() -> None:
    found = forms(unspaced("", "ชาวสวนเร่งเก็บทุเรียนจันทบุรีส่งออกไปจีน", "th"))
    assert {"ทุเรียนจันทบุรี", "ทุเรียน", "จันทบุรี"} <= found


def test_a_thai_fruit_before_a_place_keeps_its_letters() -> None:
    found = forms(unspaced("", "ส้มโอนครชัยศรีออกผลดก", "th"))
    assert "ส้มโอนครชัยศรี" in found
    assert "ครชัยศรี" not in found
