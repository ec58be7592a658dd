"""Linear time: no text from outside makes a step cost more than in proportion to its length."""

from alt_pipelines.embedding import hashing
from alt_pipelines.recap import articles, languages, representatives, topics
from alt_pipelines.tagging import candidates, english, english_tagger, features, generic, japanese
from alt_pipelines.text import clean, language, markup, morphemes, normal, sentences, terms
from alt_pipelines.tagging.extractor import RawArticle, TagExtractor
from alt_pipelines.settings import TaggingSettings

LIMIT = 100_000
extractor = TagExtractor(TaggingSettings(), None)
extractor._fallback_tried = True

STEPS = {
    "clean_text": (lambda s: clean.clean_text(s, LIMIT), [clean, markup, normal]),
    "clean_article": (lambda s: clean.clean_article(s, s), []),
    "looks_like_markup": (markup.looks_like_markup, [markup]),
    "text_of": (markup.text_of, [markup]),
    "nfkc": (normal.nfkc, [normal]),
    "collapse": (normal.collapse, [normal]),
    "remove_unseen": (normal.remove_unseen, [normal]),
    "split_sentences": (sentences.split_sentences, [sentences]),
    "mask_addresses": (sentences.mask_addresses, [sentences]),
    "terms": (terms.terms, [terms]),
    "terms ja": (lambda s: terms.terms(s, language="ja"), []),
    "words": (terms.words, [terms]),
    "names": (terms.names, [terms]),
    "detect": (language.detect, [language]),
    "morphemes": (morphemes.morphemes, [morphemes]),
    "is_readable": (representatives.is_readable, [representatives]),
    "is_code": (representatives.is_code, [representatives]),
    "stands_alone": (representatives.stands_alone, [representatives]),
    "label_from_title": (topics.label_from_title, []),
    "find_topics": (lambda s: topics.find_topics([[s]]*3, ["en"]*3, __import__("numpy").array([0,0,0])), [topics]),
    "settle_languages": (lambda s: languages.settle_languages([[s]], [None]), [languages]),
    "articles._split": (lambda s: list(articles._split(s)), []),
    "hash embedder": (hashing._WORD.findall, [hashing]),
    "english_tagger": (english_tagger.tokenise, [english_tagger]),
    "english": (lambda s: english.analyse(s[:1000], s), [english]),
    "japanese": (lambda s: japanese.analyse(s[:1000], s), [japanese]),
    "generic fr": (lambda s: generic.analyse(s[:1000], s, "fr"), [generic]),
    "generic ko": (lambda s: generic.analyse(s[:1000], s, "ko"), []),
    "generic zh": (lambda s: generic.analyse(s[:1000], s, "zh"), []),
    "generic th": (lambda s: generic.analyse(s[:1000], s, "th"), []),
    "generic de": (lambda s: generic.analyse(s[:1000], s, "de"), []),
    "presentable": (candidates.presentable, [candidates]),
    "find_candidates en": (lambda s: candidates.find_candidates(s[:1000], s, "en"), []),
    "find_candidates ja": (lambda s: candidates.find_candidates(s[:1000], s, "ja"), []),
    "extract": (lambda s: extractor.extract([RawArticle("1", s, s)]), []),
}
