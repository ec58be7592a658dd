"""What a reader is shown is what the caller sent, letter for letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.recap.corpus.articles import prepare_corpus
from alt_pipelines.recap.corpus.spelling import spellings
from alt_pipelines.text.sentences import split_sentences
from alt_pipelines_tests.support.speed import cpu_seconds
from alt_pipelines_tests.unit.recap.corpora import document, request

TEXTS = [
    "น้ำท่วมหนักในจังหวัดเชียงใหม่เมื่อวันจันทร์ ประชาชนกว่าสองพันคนต้องอพยพ",
    "ﾊﾟﾘの美術館でﾊﾞﾗ展が始まった。ＮＨＫが３日に報じた！次の文はここから始まります。",
    "Ｆｕｌｌ－ｗｉｄｔｈ　ｔｅｘｔ with ﬁne ligatures and ½ measures.  Two  spaces stay.",
    "Ame\u0301lie came home to the old ha\u0308user of the town. She stayed there.",
    "한국 정부는 월요일에 새로운 정책을 발표했다. 국회는 논의를 시작했다.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_sentence_is_a_passage_of_what_was_sent(text: str) -> None:
    corpus = prepare_corpus(request([document(f"a{i}", text) for i in range(3)]), 200)
    for sentence in corpus.articles[0].sentences:
        assert sentence.written in text


@pytest.mark.parametrize("title", ["日銀、０.７５％に利上げ…　３０年ぶり", "ﬁne ligatures：ﾊﾟﾘ", "Amé\u0301lie ½"])
def test_a_headline_is_compared_under_nfkc_and_shown_as_sent(title: str) -> None:
    (article, *_) = prepare_corpus(
        request([{**document(f"a{i}", TEXTS[0]), "title": title} for i in range(3)]), 9
    ).articles
    assert (article.title, article.headline) == (unicodedata.normalize("NFKC", title), title)


@given(st.text(max_size=300))
def test_no_text_stops_the_way_back(text: str) -> None:
    sentences = split_sentences(text, 1)
    assert len(spellings(text, sentences)) == len(sentences)


def test_a_sentence_that_is_nowhere_stays_as_it_is() -> None:
    assert spellings("Something else.", ["Not there at all."]) == ["Not there at all."]


def test_the_way_back_takes_linear_time() -> None:
    def seconds(length: int) -> float:
        text = "か\u3099" * length + "。"
        return min(cpu_seconds(lambda: spellings(text, split_sentences(text))) for _ in range(2))

    seconds(100)
    assert seconds(100_000) < 30 * max(seconds(10_000), 0.005)


def test_markup_in_paragraphs_is_taken_away() -> None:
    html = "<p>Rain &amp; wind closed the <b>harbour</b> of Skaldvik.</p><p>The ferry waits for the storm to pass.</p>"
    corpus = prepare_corpus(request([document(f"a{i}", html) for i in range(3)]), 200)
    assert [s.written for s in corpus.articles[0].sentences] == [
        "Rain & wind closed the harbour of Skaldvik.",
        "The ferry waits for the storm to pass.",
    ]
