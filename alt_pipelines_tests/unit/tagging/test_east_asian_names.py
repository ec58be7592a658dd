"""Names and terms of Japanese, Chinese and Korean that the analysers divide."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.text.clean import CleanText, clean_article


def forms(language: str, title: str, text: str) -> set[str]:
    clean = clean_article(title, text)
    assert isinstance(clean, CleanText)
    return {candidate.form for candidate in find_candidates(clean.title, clean.text, language, clean.labels)}


@pytest.mark.parametrize(
    ("sentence", "name", "cut"),
    [
        ("榛ノ瀬駅の前で朝市が開かれ、野菜が売られた。", "榛ノ瀬駅", "瀬駅"),
        ("紅葉ヶ池公園に桜が植えられ、市民が集まった。", "紅葉ヶ池公園", "池公園"),
        ("監督はクレール・デュポン＝ルロワで、市民が集まった。", "クレール・デュポン＝ルロワ", "デュポン"),
        ("画家のミケーレ・ダ・ヴィンチに市民が学んだ。", "ミケーレ・ダ・ヴィンチ", "ダ・ヴィンチ"),
        ("講師はC# Dev Kitの使い方を市民に見せた。", "C# Dev Kit", "Dev Kit"),
        ("講師は.NET Aspireの使い方を市民に見せた。", ".NET Aspire", "Aspire"),
    ],
)
def test_a_japanese_name_is_whole(sentence: str, name: str, cut: str) -> None:
    found = forms("ja", "岡山市の朝市と公開講座", f"{sentence}岡山市の朝市と公開講座は来週も開かれる。")
    assert name in found
    assert cut not in found


def test_countries_are_counted_and_not_linked() -> None:
    assert "三ヶ国協議" in forms("ja", "三ヶ国協議が再開", "三ヶ国協議が京都で再開した。協議は来週も続く。")


@pytest.mark.parametrize(
    ("text", "names", "cut"),
    [
        ("武汉市长江二桥周六封闭检修。长江二桥的人行道照常开放。", {"长江二桥"}, "江二桥"),
        ("深圳市长安镇周六举行龙舟赛。长安镇的龙舟赛有八十支队伍。", {"长安镇"}, "安镇"),
        ("台南麻豆文旦節週六開幕，農會推出文旦茶。", {"麻豆文旦節"}, "文旦節週六"),
        ("演員表\n周亦遠\n簡大為\n方羽\n林若溪", {"簡大為", "周亦遠"}, "大為"),
        ("主演：林若溪、連大為、方羽、周亦遠", {"連大為"}, "大為"),
    ],
)
def test_a_chinese_name_is_whole(text: str, names: set[str], cut: str) -> None:
    found = forms("zh", "本周消息", text)
    assert names <= found
    assert cut not in found


def test_a_list_of_vegetables_is_not_a_cast() -> None:
    assert "马铃薯" in forms("zh", "一周菜价", "黄瓜、马铃薯、高丽菜、金针菇的价格下降，黄瓜降得最多。")


def test_a_quotation_that_the_article_repeats_as_a_noun_is_the_title_of_a_work() -> None:
    text = "극단 은하는 '비는 내리지 않았다'를 다시 올린다. '비는 내리지 않았다'는 초연 때 매진됐다."
    assert "비는 내리지 않았다" in forms("ko", "극단 은하, '비는 내리지 않았다' 재공연", text)


@pytest.mark.parametrize("after", ["고 말했다", "는 입장을 밝혔다", "라며 웃었다"])
def test_repeated_speech_is_not_the_title_of_a_work(after: str) -> None:
    text = f"시장은 '끝까지 가겠다'{after}. 시민은 '끝까지 가겠다'를 구호로 삼았다."
    assert "끝까지 가겠다" not in forms("ko", "시장 '끝까지 가겠다'", text)


@pytest.mark.parametrize(
    ("name", "particle"), [("남궁서아", "가"), ("황보결", "은"), ("제갈민정", "은"), ("독고영재", "의"), ("남궁빈", "")]
)
def test_a_korean_surname_may_have_two_syllables(name: str, particle: str) -> None:
    assert name in forms("ko", "새 연극 공연", f"연출은 {name}{particle} 맡았다. 공연은 시청 광장에서 열렸다.")


def test_an_ingredient_is_a_noun_and_its_amount_is_not() -> None:
    found = forms("ko", "묵은지 국수", "재료\n묵은지 한 포기\n소면 반 봉지\n들기름 2큰술\n묵은지를 볶는다.")
    assert {"묵은지", "들기름"} <= found
    assert not {"반 봉지", "한 포기"} & found
