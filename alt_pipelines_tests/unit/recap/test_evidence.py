"""Topics and representatives: what a reader is shown of a story."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from alt_pipelines.recap.clustering.by_sentences import adapted_size
from alt_pipelines.recap.corpus.request import ClassifierSummary
from alt_pipelines.recap.story.fitness import is_readable, stands_alone
from alt_pipelines.recap.story.labels import label_from_title, make_label
from alt_pipelines.recap.story.layout import lay_out
from alt_pipelines.recap.story.representatives import Pool, choose, rank_scores
from alt_pipelines.recap.story.topics import find_topics, operator_stop_words

EN = [
    ["Voters in Carpania elected Helena Brandt as president.", "Helena Brandt leads the Green Union."],
    ["President Helena Brandt of Carpania named a cabinet.", "The Green Union holds nine posts."],
    ["The Green Union of Helena Brandt won Carpania's election."],
    ["A volcano on Tessaly closed two airports.", "Ash from Mount Kerulak fell on Tessaly."],
    ["Mount Kerulak on Tessaly erupted again, and ash closed the airports."],
    ["Ash clouds from Mount Kerulak kept Tessaly's airports closed."],
]
JA = [
    ["北島重工業は新型ロケット「あけぼの」の打ち上げに成功した。"],
    ["ロケット「あけぼの」を打ち上げた北島重工業の株価が上がった。"],
    ["将棋の桐生名人が三連覇を達成した。"],
    ["桐生名人の三連覇を将棋ファンが祝った。"],
]


def test_terms_are_those_of_the_story_in_their_natural_casing() -> None:
    topics = find_topics(EN, ["en"] * 6, np.repeat([0, 1], 3))
    assert {"Helena Brandt", "Green Union", "Carpania"} <= set(topics[0].terms)
    assert {"Mount Kerulak", "Tessaly"} <= set(topics[1].terms)
    assert all(len(topic.terms) <= 5 for topic in topics.values())
    assert topics[1].label is not None
    assert "Mount Kerulak" in topics[1].label


OTHER = {
    "ko": (
        ["부산항 자동화 부두에서 항운노조의 파업이 시작됐다.", "항운노조는 파업을 끝내지 않겠다고 말했다."],
        ["부산항의 파업으로 컨테이너가 쌓였다.", "자동화 부두는 멈췄다."],
        {"부산항", "파업"},
    ),
    "zh": (
        ["敦煌研究院修复了莫高窟的壁画。", "莫高窟的壁画受到盐分损害。"],
        ["莫高窟的壁画重现原色。", "敦煌研究院公布了数据。"],
        {"莫高窟", "壁画"},
    ),
    "th": (
        ["กระทรวงคมนาคมเลื่อนเปิดรถไฟ เพราะอุโมงค์ถล่ม", "อุโมงค์ถล่มที่ปากช่อง"],
        ["อุโมงค์ถล่มทำให้รถไฟล่าช้า", "กระทรวงคมนาคมตรวจสอบอุโมงค์"],
        {"อุโมงค์", "คมนาคม"},
    ),
}


@pytest.mark.parametrize("language", OTHER)
def test_terms_of_other_scripts_are_words_of_the_story(language: str) -> None:
    first, second, expected = OTHER[language]
    topic = find_topics([first, second], [language] * 2, np.zeros(2, int))[0]
    joined = " ".join(topic.terms)
    assert all(word in joined for word in expected), topic
    assert topic.label is not None


def test_japanese_terms_are_nouns_and_names() -> None:
    topics = find_topics(JA, ["ja"] * 4, np.repeat([0, 1], 2))
    assert "ロケット" in "".join(topics[0].terms)
    assert any("北島" in term for term in topics[0].terms)
    assert "将棋" in topics[1].terms


def test_one_cluster_of_one_language_has_terms() -> None:
    assert find_topics(EN[:3], ["en"] * 3, np.zeros(3, int))[0].terms
    assert find_topics(JA[:2], ["ja"] * 2, np.zeros(2, int))[0].terms


def test_a_word_is_not_shown_twice() -> None:
    for topic in find_topics(EN, ["en"] * 6, np.repeat([0, 1], 3)).values():
        words = [word for term in topic.terms for word in term.lower().split()]
        assert len(words) == len(set(words))


def test_a_term_of_one_article_is_not_the_storys() -> None:
    noisy = [["Zanzibar Quux prices soared in Carpania under Helena Brandt."], *EN[1:3]]
    assert "Zanzibar Quux" not in find_topics(noisy, ["en"] * 3, np.zeros(3, int))[0].terms


def test_texts_without_words_give_no_terms_and_no_label() -> None:
    topic = find_topics([["!!!"], ["1 2 3"]], ["und"] * 2, np.zeros(2, int))[0]
    assert (topic.terms, topic.label) == ((), None)


def test_web_words_and_the_operators_own_are_never_terms(tmp_path: Path) -> None:
    listed = tmp_path / "stop.txt"
    listed.write_text("# ours\nCarpania\n", "utf-8")
    stop = operator_stop_words(listed, ["Brandt"])
    texts = [[f"{text} https://example.com/a &amp;nbsp;" for text in each] for each in EN]
    terms = find_topics(texts, ["en"] * 6, np.repeat([0, 1], 3), stop)[0].terms
    assert not {"carpania", "brandt", "https", "com", "amp", "nbsp"} & {t.lower() for t in terms}


def test_labels_are_at_most_128_characters() -> None:
    assert make_label(["x" * 60, "y" * 60, "z" * 60]) == "x" * 60 + " · " + "y" * 60
    cut = label_from_title("word " * 60)
    assert cut is not None
    assert len(cut) <= 128
    assert cut.endswith("word…")
    assert label_from_title(" \n ") is None
    assert label_from_title(" 津波の心配なし　気象庁…\n１０％増：ﾃﾚﾋﾞ ") == "津波の心配なし　気象庁… １０％増：ﾃﾚﾋﾞ"
    assert make_label([]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Traceback (most recent call last):",
        'File "/srv/app/main.py", line 12, in run',
        "at com.example.Server.start(Server.java:88)",
        "java.lang.NullPointerException: Cannot invoke method",
        "const answer = await fetch(url, { method: 'POST' });",
        "def handler(event, context): return event['body']",
        "import numpy as np; from scipy import sparse",
        "$ docker run --rm -it example/image:latest bash",
        "SELECT id, title FROM articles WHERE created_at > now();",
        "<div class='x'><a href='/y'>link</a></div>",
        "Too short",
    ],
)
def test_code_traces_and_fragments_are_not_readable(text: str) -> None:
    assert not is_readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister tightened export rules for advanced chips on Monday.",
        "Arsenal beat Chelsea 2-1 (Saka 45', Rice 89') at the Emirates.",
        "“We import from China,” she said; the class of 2020 will return.",
        "At Com.tech, 45% of the staff (some 3,000 people) were let go.",
        "首相は四日、来年度の予算案を閣議決定したと発表した。",
        "The update from Apple fixes a function that let attackers in.",
    ],
)
def test_ordinary_prose_is_readable(text: str) -> None:
    assert is_readable(text)


def test_a_sentence_that_points_back_does_not_stand_alone() -> None:
    assert not stands_alone("He also said that it would rain.")
    assert not stands_alone("しかし、首相は否定した。")
    assert stands_alone("Heathrow closed a runway on Monday.")
    assert stands_alone("Itochu bought the plant.")


def test_every_article_has_a_turn_before_one_has_its_second() -> None:
    rows = np.eye(6, dtype=np.float32) + 0.5
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    chosen = choose(Pool(rows, groups=[0, 0, 0, 0, 1, 2]), 4, 0.7)
    assert {[0, 0, 0, 0, 1, 2][at] for at in chosen[:3]} == {0, 1, 2}


def test_relevance_alone_orders_by_the_centre_and_diversity_avoids_repeats() -> None:
    rows = np.array([[1, 0], [0.999, 0.04], [0.6, 0.8]], np.float32)
    assert choose(Pool(rows), 3, 1.0) == [1, 0, 2]
    assert choose(Pool(rows), 2, 0.3)[1] == 2


def test_scores_start_at_one_and_fall_but_stay_above_zero() -> None:
    scores = rank_scores(50)
    assert scores[0] == 1
    assert all(a > b > 0 for a, b in pairwise(scores))


@pytest.mark.parametrize(("average", "coverage", "expected"), [(0.3, 0.1, 50), (0.8, 0.7, 4), (0.5, 0.9, 5), (0, 0, 5)])
def test_hdbscans_size_follows_the_classifiers_confidence(average: float, coverage: float, expected: int) -> None:
    summary = ClassifierSummary(avg_confidence=average, coverage_ratio=coverage)
    assert adapted_size(5, 600, summary) == expected


@pytest.mark.parametrize("count", [0, 1, 2, 3, 15])
def test_a_map_of_few_sentences_needs_no_umap(count: int) -> None:
    rows = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    positions = lay_out(rows)
    assert positions.shape == (count, 2)
    assert np.isfinite(positions).all()


@pytest.mark.heavy
def test_a_map_is_drawn_the_same_twice() -> None:
    rows = np.random.default_rng(0).normal(size=(60, 8)).astype(np.float32)
    assert (lay_out(rows) == lay_out(rows)).all()
    assert (lay_out(rows[:10]) == lay_out(rows[:10])).all()


@pytest.mark.parametrize(
    ("language", "texts", "term"),
    [
        (
            "th",
            ["เปิดสะพานข้ามแม่น้ำวังทองแล้ว", "ชาวบ้านเดินบนสะพานข้ามแม่น้ำวังทองเมื่อเช้า", "สะพานข้ามแม่น้ำวังทองยาวสองร้อยเมตร"],
            "สะพานข้ามแม่น้ำวังทอง",
        ),
        (
            "de",
            ["Die Molkerei Hartwig schließt.", "Aus: Die Molkerei Hartwig geht.", "Ihr Ende: Die Molkerei Hartwig."],
            "Molkerei Hartwig",
        ),
        (
            "fr",
            ["Le gel tue à Saint\u2011Brac.", "Nuit blanche à Saint\u2011Brac.", "Saint\u2011Brac a froid."],
            "Saint\u2010Brac",
        ),
        (
            "fa",
            ["کتاب\u200cخانه در آتش سوخت.", "آتش کتاب\u200cخانه خاموش شد.", "کتاب\u200cخانه بسته ماند."],
            "کتاب\u200cخانه",
        ),
    ],
)
def test_a_term_is_a_whole_name(language: str, texts: list[str], term: str) -> None:
    topic = find_topics([[text] for text in texts], [language] * 3, np.zeros(3, int))[0]
    assert term in topic.terms


@pytest.mark.parametrize(
    ("language", "texts", "forms"),
    [
        (
            "ar",
            ["افتتح المتحف أبوابه.", "زوار المتحف كثيرون في متحف جديد.", "يعرض متحف المدينة تحفا."],
            ("متحف", "المتحف"),
        ),
        (
            "ru",
            ["Старый маяк погас.", "У маяка собрались люди.", "К маяку пришли, маяк чинят."],
            ("маяк", "маяка", "маяку"),
        ),
        (
            "de",
            ["Ein Hirsch kam ins Dorf.", "Das Fell des Hirsches glänzt.", "Der Hirsch ist weg, Hirsche bleiben."],
            ("Hirsch", "Hirsches", "Hirsche"),
        ),
    ],
)
def test_two_forms_of_a_word_are_not_two_terms(language: str, texts: list[str], forms: tuple[str, ...]) -> None:
    topic = find_topics([[text] for text in texts], [language] * 3, np.zeros(3, int))[0]
    assert sum(term in forms for term in topic.terms) == 1
