"""Which words of a spaced language may form a phrase: names, nouns and the small words inside them.

``read`` collects the context of an article once, and ``runs`` yields its runs of content words. A word is judged by
the closed classes of its language, its form, its capital and its neighbours.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from alt_pipelines.tagging.extraction.arabic import opens_clause
from alt_pipelines.tagging.extraction.hebrew import is_hebrew_verb, is_present, without_article
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.persian import is_persian_verb, is_with_light_verb
from alt_pipelines.tagging.extraction.spaced_compounds import (
    free_nouns,
    is_compound,
    is_institution,
    is_number,
    joins_two_names,
)
from alt_pipelines.tagging.extraction.spaced_tokens import Token
from alt_pipelines.tagging.extraction.verbs import (
    is_infinitive,
    is_participle,
    is_role,
    is_strong_participle,
    is_verb,
    is_word,
    lemma_of,
    may_be_verb,
)
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.stopwords import word_set

HAS_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d[\d.,:/]*%?")
_VERSION = re.compile(r"\d{1,3}(?:\.\d+)*")
_ORDINAL = re.compile(r"\d+-?(?:[^\W\d_]{2,}|[^\W\d_dgk])")  # 12e, 3o, 25a, 23-jarige; 5g and 3d are names
_UNIT = re.compile(r"\d[\d.,]*(?:[kmc]?m|km/h|[km]?g|[mc]?l|h|min|s|[KMGT]B|[kMGT]?Hz|[kMG]?Wh?|€|°[CF])")
_PARTICIPLE_TR = re.compile(r"(?:[dt][ıiuü]ğ[ıiuü]n[ıi]|[ae]c[ae]ğ[ıi]n[ıi])$")
_MOST_SMALL = 5  # adjacent small words that are examined, so that a text of nothing else takes linear time
_SHORTEST_FOREIGN = 4
_INFLECTED = re.compile("(?:e[nmrs]?|t|st|ig|lich|isch|bar|sam|los|weise|mal|wärts)$")  # endings of German words
_BEFORE_INFINITIVES = frozenset({"de", "d'", "d’", "di", "à", "al"})  # small words that are not always articles
_BEFORE_OBJECTS = word_set("el los las un una unos unas le les l' l’ une il lo gli i")
_REFLEXIVE = re.compile(r"-(?:se|lhes?|[lmn]?[oa]s?|me|te|nos)$")


class Placed(NamedTuple):
    token: Token
    at: int
    link: bool  # a small word, which can only be inside a phrase


class Reading(NamedTuple):
    """The context of an article for the extraction of its phrases: language row, stop words, names and nouns."""

    code: str
    row: Language
    stop: frozenset[str]  # function words, and the words listed in the row
    listed: frozenset[str]  # the words listed in the row
    names: frozenset[tuple[str, str]]  # a stop word and the name that follows it
    capitals: frozenset[str]  # words that are capitalised inside a sentence somewhere, folded
    nouns: frozenset[str]  # words that follow an article somewhere
    repeated: frozenset[str]  # phrases with a small word inside that occur more than once
    free: frozenset[str]  # nouns, without -s, that occur outside one compound with a small word (see spaced_compounds)
    foreign: frozenset[str]  # lower-case words that recur and that the dictionary of a language with capitals lacks
    inside: frozenset[tuple[str, str]]  # Arabic words inside a clause, where no verb is, each with the following word


def read(code: str, row: Language, common: frozenset[str], tokens: list[Token]) -> Reading:
    """Return the context of an article in the language ``code``. ``common``: the language's function words."""
    listed = row.weak | row.calendar | row.articles | row.links
    stop = common | listed
    names: set[tuple[str, str]] = set()
    nouns: set[str] = set()
    before = Token(".", 0, 0, True)
    linked: Counter[str] = Counter()
    capitals: set[str] = set()
    for index, token in enumerate(tokens):
        low = before.text.lower()
        articled = low in row.articles and not before.opens | token.text[0].isupper()
        if articled and not (low in _BEFORE_INFINITIVES and is_infinitive(token.text, code)):
            nouns.add(token.text.lower())
        capital = before.text[0].isupper() and not before.opens and before.text.lower() in stop
        saint = before.opens and before.text[0].isupper() and before.text.lower() in row.saints
        day = row.noun_capitals and before.text.lower() in row.calendar  # am Montag Bad Ems
        if (capital or saint) and token.text[0].isupper() and not before.text.isupper() and not day:
            names.add((before.text, token.text))
        if token.text[0].isupper() and not token.opens:
            capitals.add(token.text.lower())
        if token.text.lower() in row.links and 0 < index < len(tokens) - 1:
            linked[_linked(tokens, index, row)] += 1
        before = token
    repeated = frozenset(phrase for phrase, count in linked.items() if count > 1 and phrase)
    free = free_nouns(tokens, row) if row.of else frozenset()
    foreign = _foreign(tokens, code) if row.noun_capitals else frozenset()
    inside = _inside_clauses(tokens) if row.clitics else frozenset()
    found = frozenset(names), frozenset(capitals), frozenset(nouns)
    return Reading(code, row, stop, listed, *found, repeated, free, foreign, inside)


def _inside_clauses(tokens: list[Token]) -> frozenset[tuple[str, str]]:
    threes = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return frozenset((word.text, after.text) for before, word, after in threes if not word.opens and before.text != "و")


def _foreign(tokens: list[Token], code: str) -> frozenset[str]:
    """Return the lower-case words that recur and that neither the dictionary nor German word formation explains."""
    counts = Counter(token.text for token in tokens if token.text.islower() and token.text.isalpha())
    found = (word for word, count in counts.items() if count > 1 and len(word) >= _SHORTEST_FOREIGN)
    return frozenset(word for word in found if not is_word(word, code) and not _INFLECTED.search(word))


def _linked(tokens: list[Token], index: int, row: Language) -> str:
    """Return the phrase around a small word, folded; "" if there is none."""
    after = index + 1
    inside = row.links | row.articles
    while after < min(len(tokens) - 1, index + _MOST_SMALL) and tokens[after].text.lower() in inside:
        after += 1
    words = [token.text.lower() for token in tokens[index - 1 : after + 1]]
    letters = all(word[0].isalpha() for word in words)
    return " ".join(words) if letters and words[0] not in inside else ""


def runs(tokens: list[Token], reading: Reading) -> Iterator[list[Placed]]:
    """Yield runs of content words; small words stay inside a run if they belong to a name or a repeated phrase."""
    run: list[Placed] = []
    for index, token in enumerate(tokens):
        if _content(tokens, index, reading):
            run.append(Placed(token, index, False))
        elif run and _links(tokens, index, run, reading):
            run.append(Placed(token, index, True))
        else:
            yield trimmed(run)
            run = []
    yield trimmed(run)


def trimmed(run: list[Placed]) -> list[Placed]:
    """Remove the small words at the end of a run, in place, and return the run."""
    while run and run[-1].link:
        run.pop()
    return run


def _content(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a token is a content word, which may form a phrase on its own."""
    token = tokens[index]
    word, low = token.text, token.text.lower()
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    if _NUMBER.fullmatch(word):  # the number of a name: iPhone 16, Python 3.14
        named = before is not None and before.text[0].isupper() and before.end + 1 == token.start
        return bool(named and before and before.text.lower() not in reading.stop and _VERSION.fullmatch(word))
    if not HAS_LETTER.search(word) or _UNIT.fullmatch(word) or word[-1] in "'’":
        return False
    if word[0].isdigit() and word.islower() and _ORDINAL.fullmatch(word):
        return False
    if len(word) == 1 and not (word.isupper() or CJK.match(word) or reading.row.lone_letters):
        return False
    if low in reading.row.links and word.islower():
        return False
    named = word[0].isupper() and not token.opens and not reading.row.noun_capitals  # Segunda Guerra Mundial
    if reading.row.numerals and not named and _is_numeral(low, reading.row.numerals):
        return False
    if before is not None and after in reading.row.of and is_number(before.text, reading.row):
        return False  # trois tonnes de cannabis
    if reading.row.clitics and word in ("لل", "ولل"):
        return False
    if reading.row.proclitics and without_article(word) in reading.stop:
        return False
    if reading.row.noun_capitals and word.islower() and low in reading.foreign:
        return True  # a lower-case name such as pandas
    if reading.row.noun_capitals and low in reading.row.calendar:
        return False
    if token.opens and word[0].isupper() and low in reading.capitals and low not in reading.stop:
        return True
    capital = word[0].isupper() and not word.isupper() and not token.opens and not reading.row.noun_capitals
    if capital and low not in reading.listed:
        return True
    if capital and reading.row.lone_letters and before is not None and before.text[0].isupper():
        return True  # Huỳnh Như
    if low in reading.stop:
        if before is None or not word[0].isupper():
            return (word, after) in reading.names
        linked = before.text.lower() in reading.row.links and index > 1 and not reading.row.noun_capitals
        linked = (linked and low not in reading.row.calendar | reading.row.weak) or _linked_name(tokens, index, reading)
        return (word, after) in reading.names or (before.text, word) in reading.names or linked
    if word[0].isupper() and not token.opens:
        return True
    if reading.row.light and (after in reading.row.light or (reading.code == "fa" and is_with_light_verb(after))):
        return False
    return not _reads_as_verb(tokens, index, reading) and not _adverb(low, reading.code)


def _linked_name(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a listed word is the end of a name after small words: Rio de Janeiro, Jan van der Meer."""
    first = index - 1
    while first > max(0, index - _MOST_SMALL) and tokens[first].text.lower() in reading.row.links:
        first -= 1
    return first < index - 1 and tokens[first].text[0].isupper() and tokens[index - 1].text.islower()


def _reads_as_verb(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a word is a verb in this place: by its form, unless an article makes it a noun, or by its neighbours."""
    word, row = tokens[index].text.lower(), reading.row
    before = tokens[index - 1] if index else Token(".", 0, 0, True)
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    articled = before.text.lower() in row.articles
    if articled and before.text.lower() in _BEFORE_INFINITIVES and is_infinitive(word, reading.code):
        return word not in reading.nouns  # d'approuver, al vencer
    clause = tokens[index].opens or (before.text == "و" and before.end == tokens[index].start)
    if row.clitics and clause and (word, after) not in reading.inside and opens_clause(word):
        return True
    if reading.code == "fa" and is_persian_verb(word, after):
        return True
    if row.proclitics:
        inside = HAS_LETTER.search(before.text) is not None and before.text not in reading.stop
        return is_hebrew_verb(word) or (inside and is_present(word))
    if row.verbs_last and HAS_LETTER.search(after) and not _PARTICIPLE_TR.search(word):
        return False
    if row.passive and not articled and _governs_object(before.text, word, after, reading):
        return True
    if is_verb(word, reading.code):
        return row.noun_capitals or not (word in reading.nouns or articled)
    if _ends_clause(tokens, index, reading) and is_participle(word, reading.code):
        return True
    if articled or not HAS_LETTER.search(before.text) or before.text.lower() in reading.stop:
        return bool(_REFLEXIVE.search(word)) and reading.code == "pt"
    named = before.text[0].isupper() and (not before.opens or before.text.lower() in reading.capitals)
    if named and not row.noun_capitals and tokens[index + 1 :] and tokens[index + 1].text.lower() in reading.capitals:
        return after[0].isupper() and may_be_verb(word, reading.code)  # Nantes renverse Montpellier
    opens_object = after.lower() in row.articles or _NUMBER.fullmatch(after) is not None or after.lower() in row.weak
    opens_object = opens_object or index + 1 == len(tokens)  # a headline: Île de Ré rouvre
    links = after.lower() in row.links and after[0] in "dl"  # not "rouvre au public"
    return (named or opens_object) and not links and may_be_verb(word, reading.code)


def _governs_object(before: str, word: str, after: str, reading: Reading) -> bool:
    """Whether a word is a participle by its place: after an auxiliary (ha aperto), before an article (chiusi i conti).

    The participles of irregular verbs look like nouns; a noun without an article is seldom before an article.
    """
    if before.lower() in reading.row.auxiliaries and is_strong_participle(word, reading.code):
        return True
    if after.lower() not in _BEFORE_OBJECTS or (HAS_LETTER.search(before) and before.lower() not in reading.stop):
        return False
    return is_participle(word, reading.code) or is_strong_participle(word, reading.code)


def _ends_clause(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a participle is a verb here: after an auxiliary, or between a noun and a function word or the text's end.

    The second applies only if the language's row lists past participles (`passive`).
    """
    before = tokens[index - 1].text if index else "."
    if before.lower() in reading.row.auxiliaries:
        return True
    if not reading.row.passive or not HAS_LETTER.search(before) or before.lower() in reading.stop:
        return False
    return index + 1 == len(tokens) or tokens[index + 1].text.lower() in reading.stop


def _is_numeral(word: str, numerals: str) -> bool:
    return re.fullmatch(numerals, word) is not None


def _adverb(word: str, language: str) -> bool:
    """Whether a word is an adverb by its ending: -mente; -ment after an adjective; Polish -ie of an adjective in -y."""
    if language == "pl":
        adjective = f"{word[:-2]}y"
        return word.endswith("ie") and lemma_of(adjective, language) == adjective
    if language in ("it", "es", "pt", "ca"):
        return word.endswith("mente") or (language == "ca" and word.endswith("ment"))
    if language == "fr" and word.endswith(("-là", "-ci")):
        return True  # ce jour-là
    if language != "fr" or not word.endswith("ment"):
        return False
    stem = word[:-4]
    return stem.endswith(("am", "em")) or (is_word(stem, language) and not is_verb(stem, language))


def _links(tokens: list[Token], index: int, run: list[Placed], reading: Reading) -> bool:
    """Whether a small word is inside a name, or inside a phrase that the text repeats."""
    token, row = tokens[index], reading.row
    inner = run[-1].link and token.text.lower() in row.articles  # Hugo de La Tour, bay of the
    if not (token.text.lower() in row.links or inner) or index + 1 >= len(tokens):
        return False
    after = index
    inside = row.links | row.articles
    last = min(len(tokens) - 1, index + _MOST_SMALL)
    while after < last and tokens[after].text.lower() in inside and not tokens[after].text[0].isupper():
        after += 1
    follows = tokens[after].text
    head = next((p.token for p in reversed(run) if not p.link), None)
    if head is None or not follows[0].isalpha():
        return False
    named = head.text[0].isupper() and follows[0].isupper()
    words = [placed.token for placed in run if not placed.link]
    if named and after == index + 1 and joins_two_names(tokens, index, words, reading.code, row):
        return False
    if named and not row.noun_capitals and (not head.opens or not is_word(head.text.lower(), reading.code)):
        return True
    first = index
    while first > max(0, index - _MOST_SMALL) and tokens[first - 1].text.lower() in inside:
        first -= 1
    if follows.lower() in reading.stop and not follows[0].isupper():
        return False
    if row.of:
        if is_compound(tokens, index, words, reading.free, reading.code, row):
            return follows.lower() not in reading.stop and _content(tokens, index + 1, reading)
        if is_institution(tokens, first, words, reading.code, row):
            return _content(tokens, after, reading)
    if row.noun_capitals:
        return not is_role(follows, reading.code) and (
            head.text[0].isupper() and follows[0].isupper() and token.text.lower() in ("von", "van", "zu", "zur", "der")
        )
    return _linked(tokens, first, row) in reading.repeated
