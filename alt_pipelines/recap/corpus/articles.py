"""Convert a request's documents to articles and sentences.

    documents -> low-confidence filter -> one article per id -> sentences of at most 1000 characters
    -> no credits within them, no boilerplate -> at most 200 sentences per article

Every article yields at least one sentence, so no document that passes the filter disappears silently.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from alt_pipelines.recap.corpus.affixes import cut_affixes
from alt_pipelines.recap.corpus.boilerplate import find_boilerplate
from alt_pipelines.recap.corpus.languages import settle_languages
from alt_pipelines.recap.corpus.request import ClassifierSummary, Document, GenreRunRequest
from alt_pipelines.recap.corpus.spelling import spellings
from alt_pipelines.text.clean import unescaped
from alt_pipelines.text.markup import looks_like_markup, text_of
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.sentences import split_sentences

MIN_CONFIDENCE = 0.3
MIN_COVERAGE = 0.5
MIN_FILTERED_DOCUMENTS = 10
MAX_SENTENCE_CHARACTERS = 1000  # a text without punctuation is cut here; encoders read about 256 tokens, this length

_ESCAPED = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
# The stop of "CUPERTINO, Calif. — Apple is recalling" ends a sentence; the dash after it begins none.
_ABBREVIATED_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,30}, ?[A-Z][\w. ]{0,20}\. ?[–—-]")
_DASH = re.compile("^[–—-]{1,2} +(?=[^ ])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        paragraph: index of its paragraph in the article.
        position: index among its article's sentences as sent, boilerplate included.
        text: the sentence under NFKC, for comparison and embedding.
        tokens: estimated number of tokens.
        written: the sentence as sent, for display.
    """

    paragraph: int
    position: int
    text: str
    tokens: int
    written: str


@dataclass(frozen=True)
class Article:
    """One article of the corpus.

    Attributes:
        title: under NFKC, for comparison and embedding; "" if there is none.
        headline: the title as sent, for display.
        language: two letters or "und".
        sentences: never empty.
    """

    article_id: str
    title: str
    headline: str
    language: str
    published_at: datetime | None
    sentences: tuple[Sentence, ...]

    @cached_property
    def lead(self) -> tuple[str, ...]:
        """The title, unless the first sentence repeats it, followed by the sentences."""
        texts = tuple(sentence.text for sentence in self.sentences)
        return (self.title, *texts) if self.title and self.title != texts[0] else texts


@dataclass(frozen=True)
class Corpus:
    """The articles of a run, and counts of what was left out."""

    articles: tuple[Article, ...]
    documents_seen: int
    low_confidence: int
    duplicate_documents: int
    boilerplate_sentences: int
    sentences_over_document_limit: int


def prepare_corpus(request: GenreRunRequest, max_sentences_per_doc: int) -> Corpus:
    """Convert the request's documents to articles, in the order in which their ids first appear.

    Documents with the same id form one article: their paragraphs are concatenated, repeated paragraphs are dropped, and
    the first title and the first publication time are used.
    """
    classifier = request.metadata.classifier if request.metadata else None
    documents = drop_low_confidence(request.documents, classifier)
    by_id: dict[str, list[Document]] = {}
    for document in documents:
        by_id.setdefault(document.article_id, []).append(document)
    groups = list(by_id.values())
    sentences = _without_affixes([_sentences(group) for group in groups])
    boilerplate = find_boilerplate([[sentence.text for sentence in found] for found in sentences])
    told = [[s for s in found if s.text not in boilerplate] or found for found in sentences]
    headlines = [next((document.title for document in group if document.title), "") for group in groups]
    languages = settle_languages(
        [[sentence.text for sentence in found] for found in told],
        [next((document.lang_hint for document in group if document.lang_hint), None) for group in groups],
    )
    return Corpus(
        articles=tuple(
            Article(
                article_id=group[0].article_id,
                title=nfkc(headline),
                headline=headline,
                language=language,
                published_at=next((d.published_at for d in group if d.published_at), None),
                sentences=tuple(found[:max_sentences_per_doc]),
            )
            for group, headline, found, language in zip(groups, headlines, told, languages, strict=True)
        ),
        documents_seen=len(request.documents),
        low_confidence=len(request.documents) - len(documents),
        duplicate_documents=len(documents) - len(groups),
        boilerplate_sentences=sum(map(len, sentences)) - sum(map(len, told)),
        sentences_over_document_limit=sum(max(0, len(found) - max_sentences_per_doc) for found in told),
    )


def drop_low_confidence(documents: Sequence[Document], classifier: ClassifierSummary | None) -> list[Document]:
    """Drop documents with a classifier confidence below 0.3, the lowest first, but keep at least ten documents.

    Nothing is dropped if the classifier rated less than half of the documents. Documents without a confidence are kept.
    """
    if classifier is None or classifier.coverage_ratio < MIN_COVERAGE or len(documents) <= MIN_FILTERED_DOCUMENTS:
        return list(documents)
    doubtful = sorted(
        (document.confidence, position)
        for position, document in enumerate(documents)
        if document.confidence is not None and document.confidence < MIN_CONFIDENCE
    )
    dropped = {position for _, position in doubtful[: len(documents) - MIN_FILTERED_DOCUMENTS]}
    return [document for position, document in enumerate(documents) if position not in dropped]


def estimate_tokens(text: str) -> int:
    """Estimate the tokens of a text: Chinese and Japanese characters / 1.5 plus other characters / 4; at least 1."""
    wide = len(CJK.findall(text))
    return max(1, round(wide / 1.5 + (len(text) - wide) / 4))


def _sentences(group: Sequence[Document]) -> list[Sentence]:
    found = list(_read(group)) or list(_read(group, everything=True))
    if not found:  # only fragments and symbols: one odd sentence is better than losing the document
        text = " ".join(group[0].paragraphs[0].split())[:MAX_SENTENCE_CHARACTERS]
        found = [Sentence(0, 0, text, estimate_tokens(text), text)]
    return found


def _read(group: Sequence[Document], *, everything: bool = False) -> Iterator[Sentence]:
    """Yield the sentences of an article; with `everything`, also fragments and what is only a table."""
    position, paragraph = 0, 0
    seen: set[str] = set()
    for document in group:
        for text in document.paragraphs:
            if text not in seen:
                seen.add(text)
                for sentence, written in _split(_plain(text, everything), everything):
                    yield Sentence(paragraph, position, sentence, estimate_tokens(sentence), written)
                    position += 1
            paragraph += 1


def _without_affixes(articles: Sequence[Sequence[Sentence]]) -> list[list[Sentence]]:
    """Cut what many articles write before or after a sentence, in its text and in its spelling as sent."""
    cut = cut_affixes([[sentence.text for sentence in sentences] for sentences in articles])
    return [
        [s if text == s.text else _cut_to(s, text) for s, text in zip(sentences, texts, strict=True)]
        for sentences, texts in zip(articles, cut, strict=True)
    ]


def _cut_to(sentence: Sentence, text: str) -> Sentence:
    (written,) = spellings(sentence.written, [text])
    return replace(sentence, text=text, tokens=estimate_tokens(text), written=written)


def _plain(paragraph: str, everything: bool) -> str:
    """Remove markup, for callers that send HTML. A paragraph without markup stays unchanged."""
    if looks_like_markup(paragraph):
        return text_of(paragraph, part=not everything)
    return unescaped(paragraph) if _ESCAPED.search(paragraph) else paragraph


def _split(paragraph: str, everything: bool) -> Iterator[tuple[str, str]]:
    """Yield (text, text as sent) for each sentence. A long sentence is cut at white space or a comma."""
    found = split_sentences(paragraph, min_length=1) if everything else split_sentences(paragraph)
    if _ABBREVIATED_DATELINE.match(paragraph):
        found[:2] = [_DASH.sub("", sentence) for sentence in found[:2]]
    pieces = [piece for sentence in found for piece in _cut(sentence)]
    return zip(pieces, spellings(paragraph, pieces), strict=True)


def _cut(sentence: str) -> Iterator[str]:
    begin, end = 0, len(sentence)
    while end - begin > MAX_SENTENCE_CHARACTERS:
        middle, limit = begin + MAX_SENTENCE_CHARACTERS // 2, begin + MAX_SENTENCE_CHARACTERS
        mark = max(sentence.rfind(mark, middle, limit) for mark in " 、,;")
        cut = mark + 1 if mark >= 0 else limit
        yield sentence[begin:cut].strip()
        begin = cut
        while begin < end and sentence[begin].isspace():
            begin += 1
    if rest := sentence[begin:].strip():
        yield rest
