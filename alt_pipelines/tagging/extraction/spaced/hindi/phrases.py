"""Hindi runs and names, in a script without capitals: names of bodies, adverbs, predicates, units, titles of works.

    प्रस्ताव राष्ट्रीय जल विज्ञान संस्थान     ->  राष्ट्रीय जल विज्ञान संस्थान
    (के) कारण यमुना नदी                ->  यमुना नदी
    सड़क सुरक्षित (है)                   ->  सड़क
    (20) क्विंटल चना                    ->  चना

Scope: where a phrase begins and ends. Out of scope: offices before names (``spaced.offices``), forms of nouns
(``spaced.hindi.words``).
"""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.hindi.words import is_hindi_noun
from alt_pipelines.tagging.extraction.spaced.offices import PARTS_OF_NAMES, is_office
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, parts_between, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import NUMBER, Token, quotation_marks, quotations
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

_LONGEST_BODY = 5  # words
_LONGEST_TITLE = 5  # words
_WHOLE = 3  # words of a run that stays whole
_BODY_AND_MEMBER = 2  # words: सीबीआई अधिकारी
_FULL_NAME = 2  # words
# Generic nouns that end the name of a body, a building, a road, an act, an award or a competition.
_HEADS = word_set(
    """
    विश्वविद्यालय महाविद्यालय विद्यालय कॉलेज संस्थान संगठन संघ महासंघ आयोग बोर्ड मंत्रालय विभाग निदेशालय प्राधिकरण
    अधिकरण अकादमी परिषद निगम न्यायालय हाईकोर्ट कोर्ट केंद्र समिति एजेंसी बैंक अस्पताल संग्रहालय पुस्तकालय स्टेडियम
    अड्डा अड्डे एयरपोर्ट स्टेशन जंक्शन पार्टी मोर्चा फाउंडेशन ट्रस्ट सोसायटी एसोसिएशन फेडरेशन काउंसिल मिशन
    पुरस्कार सम्मान समारोह महोत्सव योजना परियोजना विधेयक अधिनियम राजमार्ग एक्सप्रेसवे हाईवे सूचकांक चैंपियनशिप ट्रॉफी लीग
    """
)
# Adjectives that begin the name of a body.
_OPENERS = word_set("राष्ट्रीय अंतरराष्ट्रीय भारतीय केंद्रीय अखिल राजकीय राज्य नेशनल इंडियन इंटरनेशनल")
_OF = frozenset({"ऑफ", "एंड"})  # English small words inside names: नेशनल बुक ऑफ ...
_GENITIVES = frozenset({"के", "की"})
# Nouns that are postpositions after a genitive: के कारण.
_AFTER_GENITIVES = word_set(
    """
    कारण बदौलत वजह जरिये ज़रिये ज़रिए मार्फत मार्फ़त हवाले खातिर ख़ातिर बजाय आसपास इर्दगिर्द किनारे पश्चात उपरांत
    अंतर्गत अनुरूप अनुकूल विरुद्ध समक्ष सामने निकट समीप मुकाबले मुक़ाबले तहत दरमियान एवज सिलसिले
    """
)
# Words between phrases: adverbs, conjunctions that explain, pronouns in the ergative, participles after an award
# (पद्मश्री से सम्मानित), and words that govern the place or thing before them (आगरा स्थित).
_BETWEEN = word_set(
    """
    तड़के जल्दी दोबारा जरूर ज़रूर लगातार तुरंत तत्काल खुलेआम अक्सर शायद अचानक काफ़ी हमेशा खासकर ख़ासकर यानी
    यानि मसलन हाल फिलहाल फ़िलहाल आखिरकार आख़िरकार आमतौर सीधे स्थित निवासी सहित मैंने तूने आपने किसने
    सम्मानित पुरस्कृत अलंकृत विभूषित
    """
)
_ADVERB = "पूर्वक"  # ending
_ORDINAL = re.compile("[0-9०-९]+(?:वां|वाँ|वीं|वें|वा|वी|वे)")
# Copulas and forms of "do", before which a word that is no noun is a predicate.
_COPULAS = word_set(
    """
    है हैं था थी थे थीं हो होता होती होते होना होने होगा होगी होंगे हुआ हुई हुए कर करना करने करता करती करते करेगा
    करेगी करेंगे किया किए कराया कराई कराना कराने रहा रही रहे रहना रहने रहता रहती रहते नहीं
    """
)
# The last words of a byline: राज्य ब्यूरो.
_BYLINES = word_set("संवाददाता ब्यूरो डेस्क सहयोगी संवादसूत्र")
# What the member of a body is called after its name: सीबीआई अधिकारी.
_MEMBERS = word_set("नेता अधिकारी प्रवक्ता सांसद विधायक कार्यकर्ता सदस्य")
_NEVER_ALONE = _OF | _BYLINES
_UNITS = word_set(
    """
    मिलीमीटर सेंटीमीटर मीटर किलोमीटर किमी मील इंच फुट फीट गज वर्गफुट वर्गमीटर एकड़ बीघा बिस्वा डिसमिल हेक्टेयर
    माइक्रोग्राम मिलीग्राम ग्राम किलो किलोग्राम क्विंटल टन लीटर मिलीलीटर बैरल कप चम्मच कटोरी गिलास
    वोल्ट एम्पियर वाट किलोवाट मेगावाट गीगावाट यूनिट डेसिबल डिग्री निट्स फीसदी फीसद फ़ीसदी प्रतिशत
    """
)
# Numerals up to twenty, the tens and the powers of ten, and the quantifiers that take their place.
_NUMERALS = word_set(
    """
    एक दो तीन चार पांच पाँच छह छः सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह पन्द्रह सोलह सत्रह अठारह उन्नीस
    बीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे सौ हजार हज़ार लाख करोड़ अरब खरब कई दोनों
    """
)
_MARKS = quotation_marks("'‘\"“")


def parts(run: list[Placed], part: Part, article: Article) -> Iterator[list[Placed]]:
    """Yield the parts of a run that may be phrases."""
    for piece in _apart(run):
        piece = _without_beginning(piece, part.tokens)
        if len(piece) > 1:
            yield from _at_bodies(_without_end(piece, part.tokens))
        elif piece and piece[0].token.text not in _NEVER_ALONE:
            yield piece


def _is_between(word: str) -> bool:
    return word in _BETWEEN or word.endswith(_ADVERB) or _ORDINAL.fullmatch(word) is not None


def _apart(run: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Yield the parts of a run between adverbs, ordinals and the like, cut after the number of a name."""
    for piece in parts_between(run, lambda placed: _is_between(placed.token.text)):
        start = 0
        for at in range(1, len(piece)):
            if NUMBER.fullmatch(piece[at - 1].token.text) and not piece[at].token.text.isascii():
                yield piece[start:at]  # उबंटू 24 | फोन
                start = at
        yield piece[start:]


def _without_beginning(run: list[Placed], tokens: Sequence[Token]) -> list[Placed]:
    """Return a run without a noun that is a postposition here, and without the unit of the number before it."""
    while run and run[0].at:
        before, word = tokens[run[0].at - 1].text, run[0].token.text
        if not (before in _GENITIVES and word in _AFTER_GENITIVES) and not (_is_number(before) and word in _UNITS):
            break
        run = run[1:]
    return run[1:] if run and run[0].token.text in _OF else run


def _without_end(run: list[Placed], tokens: Sequence[Token]) -> list[Placed]:
    """Return a run without "of", the member of a body or a predicate at its end; nothing of a byline."""
    while run and run[-1].token.text in _OF:
        run = run[:-1]
    if run and run[-1].token.text in _BYLINES:
        return []
    if len(run) == _BODY_AND_MEMBER and run[-1].token.text in _MEMBERS and not is_hindi_noun(run[0].token.text):
        return run[:-1]
    return run[:-1] if len(run) > 1 and _ends_in_predicate(run, tokens) else run


def _ends_in_predicate(run: list[Placed], tokens: Sequence[Token]) -> bool:
    """Whether the last word of a run is before a copula and neither a noun nor the end of a name: सड़क | सुरक्षित है.

    A name ends in a word that the language does not have, in a common part of names, or two words after an office:
    (के) निर्देशक राजकुमार हिरानी (हैं).
    """
    after, word = run[-1].at + 1, run[-1].token.text
    if after >= len(tokens) or tokens[after].text not in _COPULAS or is_hindi_noun(word):
        return False
    if word in PARTS_OF_NAMES or not frequency(word, "hi"):
        return False
    return len(run) <= _FULL_NAME or not is_office(run[-1 - _FULL_NAME].token.text, "hi")


def _at_bodies(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the parts of a run, with the names of bodies apart from what follows and, in a long run, precedes them."""
    start, at = 0, 1
    while at < len(run):
        ends = run[at].token.text in _HEADS and (at + 1 == len(run) or run[at + 1].token.text not in _HEADS | _OF)
        at += 1
        if ends and (at == len(run) or len(run) > _WHOLE or not is_hindi_noun(run[at].token.text)):
            yield from _body(run[start:at])
            start = at
    if start < len(run):
        yield run[start:]


def _body(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield what precedes the name of a body, and the name."""
    start = max(0, len(run) - _LONGEST_BODY)
    if start:
        first = max(1, start - 1)
        start = next((at for at in range(first, len(run) - 1) if run[at].token.text in _OPENERS), start)
    if start:
        yield run[:start]
    yield run[start:]


def is_whole(run: Sequence[Placed]) -> bool:
    """Whether a run of more than three words is one name: of a body, or with an English "of"."""
    words = [placed.token.text for placed in run]
    return len(words) <= _LONGEST_BODY + 1 and (words[-1] in _HEADS or not _OF.isdisjoint(words[1:-1]))


def without_counted(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases except single units, and single words that the text has only after numbers."""
    tokens = article.tokens
    counted = [len(p.words) == 1 and p.start > 0 and _is_number(tokens[p.start - 1].text) for p in phrases]
    alone = {phrase.stems for phrase, after in zip(phrases, counted, strict=True) if not after}
    return [
        phrase
        for phrase, after in zip(phrases, counted, strict=True)
        if not (after and phrase.stems not in alone) and not (len(phrase.words) == 1 and phrase.words[0] in _UNITS)
    ]


def _is_number(word: str) -> bool:
    return word in _NUMERALS or (word[0].isdigit() and NUMBER.fullmatch(word) is not None)


def with_titles(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the quoted titles that have a small word inside, and without their parts."""
    return article.with_pieces(phrases, _titles)


def _titles(part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield short quotations that end in a noun: उपन्यास 'आग का दरिया'."""
    tokens = part.tokens
    for at, end in quotations(tokens, _MARKS, _LONGEST_TITLE):
        if end <= at + 2 or tokens[at + 1].start != tokens[at].end:
            continue
        listed = [token.text in reading.listed for token in tokens[at + 1 : end]]
        if any(listed) and not listed[0] and not listed[-1]:
            yield stretch(tokens, at + 1, end)
