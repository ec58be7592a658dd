"""From a request's documents to the articles and sentences that a run works on.

    documents -> low-confidence filter -> one article per id -> sentences of at most 1000 characters -> no boilerplate
    -> at most 200 sentences per article

Every document that is kept yields at least one sentence, so that none disappears silently. Scope: which documents
count, how they become sentences, the estimate of their tokens. Out of scope: their language (`languages`), what is
boilerplate (`boilerplate`), how many sentences a run may use (`budget`), anything about vectors.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from alt_pipelines.recap.corpus.boilerplate import find_boilerplate
from alt_pipelines.recap.corpus.languages import settle_languages
from alt_pipelines.recap.corpus.request import ClassifierSummary, Document, GenreRunRequest
from alt_pipelines.recap.corpus.spelling import spellings
from alt_pipelines.text.markup import looks_like_markup, text_of
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.sentences import split_sentences

MIN_CONFIDENCE = 0.3
MIN_COVERAGE = 0.5
MIN_FILTERED_DOCUMENTS = 10
MAX_SENTENCE_CHARACTERS = 1000  # a text without punctuation is cut here; encoders read some 256 tokens, about this much

_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27);")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        paragraph: the paragraph of the document that it is in.
        position: its place among its article's sentences as they were sent, boilerplate included.
        text: NFKC, for comparing and embedding.
        tokens: estimated.
        written: the sentence as it was sent, for showing.
    """

    paragraph: int
    position: int
    text: str
    tokens: int
    written: str


@dataclass(frozen=True)
class Article:
    """One article of the corpus. `language` is two letters or "und"; `sentences` is never empty."""

    article_id: str
    title: str
    language: str
    published_at: datetime | None
    sentences: tuple[Sentence, ...]

    @cached_property
    def lead(self) -> tuple[str, ...]:
        """What a reader sees first: the title, unless the first sentence repeats it, then the sentences."""
        texts = tuple(sentence.text for sentence in self.sentences)
        return (self.title, *texts) if self.title and self.title != texts[0] else texts


@dataclass(frozen=True)
class Corpus:
    """The articles of a run, and what was left out while preparing them."""

    articles: tuple[Article, ...]
    documents_seen: int
    low_confidence: int
    duplicate_documents: int
    boilerplate_sentences: int
    sentences_over_document_limit: int


def prepare_corpus(request: GenreRunRequest, max_sentences_per_doc: int) -> Corpus:
    """The request's documents as articles, in the order in which their ids first appear.

    Documents with one id are one article: their paragraphs follow one another, a repeated paragraph counts once, the
    first title and the first time are taken.
    """
    classifier = request.metadata.classifier if request.metadata else None
    documents = drop_low_confidence(request.documents, classifier)
    by_id: dict[str, list[Document]] = {}
    for document in documents:
        by_id.setdefault(document.article_id, []).append(document)
    groups = list(by_id.values())
    sentences = [list(_sentences(group)) for group in groups]
    boilerplate = find_boilerplate([[sentence.text for sentence in found] for found in sentences])
    told = [[s for s in found if s.text not in boilerplate] or found for found in sentences]
    languages = settle_languages(
        [[sentence.text for sentence in found] for found in told],
        [next((document.lang_hint for document in group if document.lang_hint), None) for group in groups],
    )
    return Corpus(
        articles=tuple(
            Article(
                article_id=group[0].article_id,
                title=nfkc(next((d.title for d in group if d.title), "")),
                language=language,
                published_at=next((d.published_at for d in group if d.published_at), None),
                sentences=tuple(found[:max_sentences_per_doc]),
            )
            for group, found, language in zip(groups, told, languages, strict=True)
        ),
        documents_seen=len(request.documents),
        low_confidence=len(request.documents) - len(documents),
        duplicate_documents=len(documents) - len(groups),
        boilerplate_sentences=sum(map(len, sentences)) - sum(map(len, told)),
        sentences_over_document_limit=sum(max(0, len(found) - max_sentences_per_doc) for found in told),
    )


def drop_low_confidence(documents: Sequence[Document], classifier: ClassifierSummary | None) -> list[Document]:
    """Without the documents the genre classifier doubts, where it judged at least half of them and ten or more remain.

    The most doubtful go first; documents without a confidence stay.
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
    """Tokens of a text as the budget counts them: characters / 4, of Chinese and Japanese ones / 1.5; at least 1."""
    wide = len(CJK.findall(text))
    return max(1, round(wide / 1.5 + (len(text) - wide) / 4))


def _sentences(group: Sequence[Document]) -> Iterator[Sentence]:
    position, paragraph = 0, 0
    seen: set[str] = set()
    for document in group:
        for text in document.paragraphs:
            if text not in seen:
                seen.add(text)
                for sentence, written in _split(_plain(text)):
                    yield Sentence(paragraph, position, sentence, estimate_tokens(sentence), written)
                    position += 1
            paragraph += 1
    if position == 0:  # nothing but fragments and symbols: better one odd sentence than a document that is nowhere
        text = " ".join(group[0].paragraphs[0].split())[:MAX_SENTENCE_CHARACTERS]
        yield Sentence(0, 0, text, estimate_tokens(text), text)


def _plain(paragraph: str) -> str:
    """The paragraph without markup, for callers who send HTML; one without markup stays letter for letter."""
    if looks_like_markup(paragraph):
        return text_of(paragraph)
    return html.unescape(paragraph) if _ESCAPED.search(paragraph) else paragraph


def _split(paragraph: str) -> Iterator[tuple[str, str]]:
    """(text, as written) of each sentence; a long one is cut at white space or a comma."""
    found = split_sentences(paragraph) or split_sentences(paragraph, min_length=1)
    pieces = [piece for sentence in found for piece in _cut(sentence)]
    return zip(pieces, spellings(paragraph, pieces), strict=True)


def _cut(sentence: str) -> Iterator[str]:
    while len(sentence) > MAX_SENTENCE_CHARACTERS:
        cut = max(sentence.rfind(mark, MAX_SENTENCE_CHARACTERS // 2, MAX_SENTENCE_CHARACTERS) for mark in " 、,;")
        cut = cut + 1 if cut > 0 else MAX_SENTENCE_CHARACTERS
        yield sentence[:cut].strip()
        sentence = sentence[cut:].strip()
    if sentence:
        yield sentence
