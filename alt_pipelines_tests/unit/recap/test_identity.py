"""Who, where and when of a text, and what follows from sharing none of them."""

import numpy as np
import pytest

from alt_pipelines.recap.clustering.identity import (
    distinctive,
    identifiers,
    latin_words,
    quantities,
    same_name,
    spoken_names,
)
from alt_pipelines.recap.clustering.kinds import KindSettings, part_kinds
from alt_pipelines.recap.story.fitness import FRAGMENT, LEANING, SENTENCE, UNREADABLE, fitness
from alt_pipelines.recap.story.uses import counted_terms
from alt_pipelines.text.stopwords import stop_words


def test_names_numbers_and_days_identify_and_first_words_do_not() -> None:
    found = identifiers(["Heavy rain hit Velsund on Friday. Schools in Arneby closed at 14:30, officials said."])
    assert found == {"velsund", "friday", "arneby", "14:30"}


def test_japanese_numbers_identify_with_their_counters() -> None:
    assert {"18号", "ソーリック"} <= identifiers(["台風18号「ソーリック」は北西に進んでいる。"])


@pytest.mark.parametrize(
    ("latin", "kana"),
    [
        ("Alcaraz", "アルカラス"),
        ("Sulawesi", "スラウェシ"),
        ("Marysville", "メアリズビル"),
        ("Solheim", "ソールハイム"),
        ("Olympia", "オリンピア"),
        ("Komabin", "コマビン"),
    ],
)
def test_a_name_is_known_by_its_sound_in_both_scripts(latin: str, kana: str) -> None:
    (one,), (other,) = spoken_names(f"in {latin}"), spoken_names(f"{kana}で")
    assert same_name(one, other)


def test_other_names_sound_different() -> None:
    (one,), (other,) = spoken_names("in Wellington"), spoken_names("ワシントンで")
    assert not same_name(one, other)


def test_numbers_are_compared_by_value() -> None:
    assert quantities("1.2 million cars and 14 billion") == quantities("120万台と140億") == {1_200_000, 14_000_000_000}
    assert quantities("3 people in 2 cars") == frozenset()
    assert 210_000_000 in quantities("2億1000万円") & quantities("210 million yen")
    assert quantities("1兆2千億円") >= quantities("1.2 trillion yen")
    assert quantities("Forty-two ships and six hundred sailors") == quantities("船四十二隻と水夫六百人") == {42, 600}


def test_a_multiplier_that_begins_with_another_is_read_whole_in_every_spelling() -> None:
    assert quantities("3千亿元") == quantities("3千億円") == quantities("300 billion yen") == {300_000_000_000}
    assert quantities("2百亿元") == quantities("2百億円") == {20_000_000_000}
    assert quantities("5千万元") == {50_000_000}


def test_latin_words_of_japanese_texts_are_names() -> None:
    assert latin_words("ispaceの着陸船") & latin_words("the lander of ispace") == {"ispace"}


KINDS = [
    "台風18号「ソーリック」が硫黄島に接近した。",
    "台風18号「ソーリック」は硫黄島を通過した。",
    "台風20号「チェービー」がルソン島に上陸した。",
    "台風20号「チェービー」のルソン島の被害が明らかになった。",
    "台風9号「ボーファ」が台湾に上陸した。",
]


def test_a_group_without_a_common_name_is_parted_by_its_names() -> None:
    texts = [[text, "詳しいことは分かっていない。"] for text in KINDS]
    labels = part_kinds(np.zeros(5, np.intp), texts, ["ja"] * 5, KindSettings())
    assert labels[0] == labels[1] != labels[2] == labels[3]
    assert labels[4] == -1


def test_a_group_of_single_sentences_is_not_judged_by_its_names() -> None:
    texts = [[text] for text in KINDS]
    assert set(part_kinds(np.zeros(5, np.intp), texts, ["ja"] * 5, KindSettings()).tolist()) == {0}


def test_a_group_with_a_common_name_stays_whole() -> None:
    texts = [[f"{text}台風19号「ロンワン」も発生した。"] for text in KINDS]
    assert set(part_kinds(np.zeros(5, np.intp), texts, ["ja"] * 5, KindSettings()).tolist()) == {0}


def test_texts_without_capitals_are_not_judged_by_names() -> None:
    texts = [[f"storm number {word} moves over the sea"] for word in ("one", "two", "three", "four", "five")]
    assert set(part_kinds(np.zeros(5, np.intp), texts, ["en"] * 5, KindSettings()).tolist()) == {0}


ELECTIONS = [
    ("Mwale wins vote in Zambia.", "President Hakainde Mwale won on Monday.", "Edgar Chanda conceded in Lusaka."),
    ("Rusu wins vote in Moldova.", "President Maia Rusu won on Monday.", "Igor Dodan conceded in Chisinau."),
    ("Observers praise the vote.", "The European Union was content with Zambia.", "In Lusaka, Mwale thanked Chanda."),
]


def test_a_pair_that_shares_only_what_everyday_language_uses_is_parted() -> None:
    labels = part_kinds(np.zeros(2, np.intp), ELECTIONS[:2], ["en"] * 2, KindSettings())
    assert labels.tolist() == [-1, -1]


def test_a_pair_with_distinctive_names_in_common_stays_whole() -> None:
    labels = part_kinds(np.zeros(2, np.intp), ELECTIONS[::2], ["en"] * 2, KindSettings())
    assert labels[0] == labels[1] != -1


def test_times_of_day_do_not_tell_the_reports_of_a_live_blog_apart() -> None:
    assert distinctive(["14:31 Smoke rises over Velsund.", "14:47:05 I see flames."], "en") == {"velsund"}


def test_distinctive_names_are_neither_common_words_nor_years_nor_small_numbers() -> None:
    found = distinctive(["On Sunday in 2024 President Mwale met 3 ministers and 57.2 per cent."], "en")
    assert found == {"mwale", "57.2"}


def test_every_word_of_a_script_without_capitals_counts_unless_it_has_no_spaces() -> None:
    assert {"مقديشو", "فرماجو"} <= distinctive(["قال فرماجو في مقديشو إن النتيجة مقبولة."], "ar")
    assert distinctive(["น้ำท่วมหนักในจังหวัดเชียงใหม่"], "th") == frozenset()


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("Japan tightened export rules for advanced chips on Monday.", SENTENCE),
        ("Published 12:30, 3 May 2026 by John Smith", FRAGMENT),
        ("Updated at 3:15 p.m. on Monday, May 3, 2026", FRAGMENT),
        ("LONDON, May 3 (Northern News Agency) -", FRAGMENT),
        ("He said that the talks would go on until Friday.", LEANING),
        ("“We will never give up this harbour,” the mayor said.", LEANING),
        ("and closed the harbour for two days after the storm.", LEANING),
        ("同社は来年度の業績予想を大きく引き下げたと発表した。", LEANING),
        ("2026年5月3日 12時30分 配信 更新 経済 政治 社会", FRAGMENT),
        ("北島重工業は四日、新型ロケットの打ち上げに成功したと発表した。", SENTENCE),
        ("def handler(event, context): return {'x': event['y']};", UNREADABLE),
    ],
)
def test_how_fit_a_sentence_is(text: str, fit: int) -> None:
    assert fitness(text) == fit


@pytest.mark.parametrize(
    ("sentence", "language", "kept", "dropped"),
    [
        ("8日14時20分ごろ、北浜県南部を震源とする地震があった。", "ja", "地震", "分ごろ"),
        ("最大震度5弱を北浜県南部で観測した。", "ja", "南部", "弱"),
        ("東西新聞によると、白浜市の中央病院で停電が起きた。", "ja", "停電", "東西新聞"),
        ("The bridge cost 14 million crowns, according to the Northern Herald.", "en", "bridge", "Herald"),
        ("The bridge cost 14 million crowns.", "en", "bridge", "crowns"),
        ("VELSUND - The ferry ran aground.", "en", "ferry", "VELSUND"),
        ("VELSUND (Northern Agency) — The ferry ran aground.", "en", "ferry", "VELSUND"),
        ("The UN - and the ferry of VELSUND - wait.", "en", "VELSUND", ""),
        ("Some 14 million pilgrims came to Velsund.", "en", "pilgrims", "million"),
        ("Die Brücke in Velsund wird im Dezember fertig.", "de", "Brücke", "Dezember"),
        ("Galatasaray Kadıköy'de dev derbi oynadı.", "tr", "Kadıköy", "Kadıköy'de"),
        ("삼성전자는 지난해 공장을 멈췄다.", "ko", "삼성전자", "지난해"),
        ("ارتفعت أسعار النفط يوم الأحد.", "ar", "النفط", "الأحد"),
        ("The 2026 Olympics begin in Velsund.", "en", "Olympics", ""),
        ("The dairy lost €47m in spring.", "en", "dairy", "47m"),
        ("The dairy borrowed $3M for its new cheese.", "en", "cheese", "3M"),
        ("Trains pass the viaduct at 90 miles an hour.", "en", "viaduct", "hour"),
        ("Forty-two sailors left the frigate.", "en", "frigate", "sailors"),
        ("Forty-two sailors left the frigate.", "en", "frigate", "Forty-two"),
        ("The first 5G masts of Velsund broke in the storm.", "en", "5G", ""),
    ],
)
def test_units_of_numbers_and_cited_sources_are_not_terms(
    sentence: str, language: str, kept: str, dropped: str
) -> None:
    found = [term.surface for term in counted_terms(sentence, stop_words(language), language)]
    assert any(kept in surface for surface in found)
    assert dropped not in found
