"""Documents to articles: every document that is kept has sentences, in a language that its neighbours agree with."""

import pytest

from alt_pipelines.recap.corpus.articles import MAX_SENTENCE_CHARACTERS, estimate_tokens, prepare_corpus
from alt_pipelines.recap.corpus.languages import settle_languages
from alt_pipelines_tests.unit.recap.corpora import document, english, japanese, metadata, request


def test_sentences_know_their_paragraph_and_their_place_in_the_article() -> None:
    texts = ["The first paragraph has one sentence.", "The second has two of them. This is the other one."]
    corpus = prepare_corpus(request([document(f"a{i}", *texts) for i in range(3)]), 200)
    found = [(s.paragraph, s.position) for s in corpus.articles[0].sentences]
    assert found == [(0, 0), (1, 1), (1, 2)]


def test_a_repeated_paragraph_of_a_repeated_id_counts_once() -> None:
    documents = english(stories=1, each=3)
    corpus = prepare_corpus(request([*documents, documents[0]]), 200)
    assert len(corpus.articles) == 3
    assert corpus.duplicate_documents == 1
    assert len(corpus.articles[0].sentences) == 3


def test_a_text_without_punctuation_is_cut_where_words_end() -> None:
    corpus = prepare_corpus(request([document(f"a{i}", "word " * 2000) for i in range(3)]), 200)
    sentences = corpus.articles[0].sentences
    assert len(sentences) > 9
    assert all(len(s.text) <= MAX_SENTENCE_CHARACTERS and s.text.endswith("word") for s in sentences)


@pytest.mark.parametrize(
    "text", ["!" * 40, "x " * 20, "1 2 3 4 5 6 7 8 9 10 11 12 13 14", "a\nb\nc\nd" + " " * 30 + "e"]
)
def test_fragments_alone_still_make_a_sentence(text: str) -> None:
    corpus = prepare_corpus(request([document(f"a{i}", f"{text:<30}." + "-" * 5) for i in range(3)]), 200)
    assert all(article.sentences for article in corpus.articles)


TABLE = "<table><tr><th>Pier</th><th>Height</th></tr><tr><td>North</td><td>41 m</td></tr></table>"
NUMBERS = TABLE.replace("</table>", "<tr><td>2.5 °C</td><td>310 t</td></tr><tr><td>7</td><td>12%</td></tr></table>")


def test_a_table_of_numbers_among_paragraphs_is_no_text() -> None:
    prose = "<p>The old viaduct of Velsund is being pulled down.</p>"
    corpus = prepare_corpus(request([document(f"a{i}", prose, NUMBERS) for i in range(3)]), 200)
    assert [sentence.text for sentence in corpus.articles[0].sentences] == [prose[3:-4]]


def test_an_article_that_is_only_a_table_is_read() -> None:
    corpus = prepare_corpus(request([document(f"a{i}", NUMBERS) for i in range(3)]), 200)
    assert "North" in {sentence.text for sentence in corpus.articles[0].sentences}


def test_the_most_doubtful_documents_go_first_and_ten_remain() -> None:
    documents = english(stories=4, each=3)
    for number, each in enumerate(documents):
        each["confidence"] = number / 100
    corpus = prepare_corpus(request(documents, metadata(0.5, 0.5)), 200)
    assert [a.article_id for a in corpus.articles] == [d["article_id"] for d in documents[2:]]


@pytest.mark.parametrize("summary", [None, metadata(0.5, 0.49)])
def test_without_enough_coverage_no_document_is_dropped(summary: dict[str, object] | None) -> None:
    documents = [{**each, "confidence": 0.0} for each in english(stories=4, each=4)]
    assert prepare_corpus(request(documents, summary), 200).low_confidence == 0


def test_tokens_are_a_quarter_of_latin_and_two_thirds_of_japanese_characters() -> None:
    assert estimate_tokens("abcd" * 10) == 10
    assert estimate_tokens("日本語" * 10) == 20
    assert estimate_tokens(".") == 1


def test_the_script_overrules_a_hint_and_a_hint_overrules_a_guess() -> None:
    english_text, japanese_text = "The minister said on Monday that taxes would rise.", "首相は月曜日に増税を発表した。"
    assert settle_languages([[japanese_text], [english_text]], ["en", "ja"]) == ["ja", "en"]
    assert settle_languages([[english_text]] * 2, ["en-GB", "DE"]) == ["en", "de"]


def test_a_short_text_is_in_the_language_of_the_corpus() -> None:
    long = ["The minister said on Monday that taxes on fuel would rise in the spring of next year, by a tenth." * 3]
    assert settle_languages([long, long, long, ["wes welker patriot bronco punt"]], [None] * 4) == ["en"] * 4


def test_japanese_among_english_stays_japanese() -> None:
    corpus = prepare_corpus(request(english(stories=4) + japanese(stories=1)), 200)
    assert [a.language for a in corpus.articles] == ["en"] * 16 + ["ja"] * 3


def test_a_reference_of_thousands_of_digits_costs_no_run() -> None:
    text = f"The port &amp; the railway of Rotterdam reopened. &#{'1' * 5000}; Ships left on Monday."
    (first, *_) = prepare_corpus(request([document(f"a{i}", text) for i in range(3)]), 200).articles
    assert first.sentences[0].text == "The port & the railway of Rotterdam reopened."


@pytest.mark.parametrize("dateline", ["CUPERTINO, Calif. — ", "SALEM, Ore. - ", "WASHINGTON, D.C. – "])
def test_a_sentence_after_an_abbreviated_dateline_does_not_begin_with_its_dash(dateline: str) -> None:
    said = "The maker is recalling forty thousand watch bands."
    (article, *_) = prepare_corpus(request([document(f"a{i}", dateline + said) for i in range(3)]), 9).articles
    assert article.sentences[-1].written.endswith(said)
    assert not [s.written for s in article.sentences if s.written.startswith(("—", "-", "–"))]


def test_a_dash_that_begins_speech_stays() -> None:
    told = "— Привет, капитан, сказал он матросу. — Как дела на корабле сегодня?"
    (article, *_) = prepare_corpus(request([document(f"a{i}", told) for i in range(3)]), 9).articles
    assert [s.written[0] for s in article.sentences] == ["—", "—"]
