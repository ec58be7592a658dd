"""Numbers beside words: the number of a name, a label, an amount, a score, a measure of a recipe.

iPhone 16, el Boeing 737 de Iberia               ->  the number belongs to the name
diabète de type 2, Livret A                      ->  the number or letter is the label of its noun
Heilbronn 420 der Arbeitsplätze, 18.600 Euro     ->  an amount, which is in no phrase
Palmares 4 - 3 Deportivo                         ->  a score, between two names
2 TL Zimt, 2 cucharadas de azúcar                ->  a measure, before the name of what is measured
"""

import re

from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.spaced.compounds import IN_NUMERALS
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.hebrew.words import (
    is_construct,
    is_plural_construct,
    is_possessed,
    without_article,
)
from alt_pipelines.tagging.extraction.spaced.hindi.words import is_version
from alt_pipelines.tagging.extraction.spaced.numbered_names import is_numbered_name
from alt_pipelines.tagging.extraction.spaced.reading import HAS_LETTER, Reading
from alt_pipelines.tagging.extraction.spaced.tokens import NUMBER, Token, is_numeral
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb
from alt_pipelines.tagging.extraction.spaced.vietnamese import numbers_a_name
from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

_VERSION = re.compile(r"\d{1,3}(?:\.\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_GROUP = re.compile(r"\d{3}")  # 1 200
_GOALS = re.compile(r"\d{1,3}")
_PLURALS = {"fr": "sxz", "es": "s", "pt": "s", "ca": "s", "it": "ieàù"}  # last letters of nouns after a number
_SHORTEST_SIDE = 3  # tokens: 2 Racing 0
_LONGEST_SIDE = 5
_DASHES = frozenset("-–—")
_BETWEEN_GOALS = _DASHES | {"x", "X", "×"}
# Words between the numbers of a range: 12 bis 15 Prozent.
_TO = {"de": "bis", "nl": "tot", "fr": "à", "es": "a", "pt": "a", "ca": "a", "it": "a"}
_RUPIAH = re.compile(r"Rp\d[\d.,]*")
_UNIT = re.compile(
    r"\d[\d.,]*(?:[kmc]?m|km/h|[km]?g|[mcd]?l|h(?:\d\d)?|min|s|[KMGT]B|MP|mAh|[kMGT]?Hz|[kMG]?Wh?|€|°[CF])"
)
# Symbols of units that begin with a small letter and go on with a capital one, after a number: 120 mmHg, 60 dB.
_SYMBOL = re.compile("(?:mm|[kmcdhnμ])(?:Pa|N|J|V|A|W[ph]?|Sv|Bq|Gy|eV|B[AC]?|Bit|Hg)")
# What is counted although it is no noun of the sentence: currencies, per cent, thousands and millions.
_CURRENCY = re.compile(
    r"[$€£¥%₺₽]|euros?|dollar[ois]?|dólar(?:es)?|pesos?|reais|francs?|franken|złot\w+|lir[aeı]\w?"
    r"|pro[zc]ent\w*|mil|mille|mila|duizend|tausend|tys|bin|mi[ln]l?[ij]\w{2,5}|milliard\w*|miljard|milyar|ml[nd]",
    re.IGNORECASE,
)
# Measures before "of", also after a numeral or an article: un kilo de maíz.
_MEASURED = re.compile(
    r"kilo(?:gram)?s?|kilogramm?[oie]s?|gram(?:m?[oie])?s?|litr(?:o|e|i)s?|cucharad(?:it)?as?|cuill(?:e|è)r(?:ée)s?"
    r"|pincées?|cucchiai(?:n?[oi])?|tazas?|tasses?|tazz[ae]|xícaras?|chávenas?|colher(?:inha)?(?:es|s)?"
)
# Spoons, pinches and glasses, in full and abbreviated. Those of two letters are measures after a number only.
_MEASURE = re.compile(
    "[te]l|msp|päckchen|(?:ess|tee)löffel|prisen?|messerspitzen?"
    "|cdas?|cdtas?|cucharad(?:it)?as?|c[àa][sc]|cs|cc|cuill(?:e|è)r(?:ée)?s?|pincées?"
    "|cucchiai(?:n?[oi])?|colher(?:inha)?(?:es|s)?|(?:eet|thee)lepels?|łyż(?:ecz)?(?:k[aię]|ek)|szklan(?:k[aię]|ek)"
    "|kaşı[kğ]ı?",
    re.IGNORECASE,
)
_ABBREVIATED = frozenset({"TL", "EL"})  # at the start of a line of a recipe, in German
# Units and packages of German amounts, between a number and what is measured: ein Kilo Zwetschgen, 3 Kilometer Gleis.
_UNITS_DE = word_set(
    """
    Tonne Tonnen Zentner Kilo Kilogramm Pfund Gramm Milligramm Hektoliter Liter Deziliter Zentiliter Milliliter
    Kilometer Meter Zentimeter Millimeter Mikrometer Nanometer Hektar Quadratkilometer Quadratmeter Kubikmeter
    Watt Kilowatt Megawatt Gigawatt Kilowattstunden Megawattstunden Gigawattstunden Terawattstunden
    Kilobyte Megabyte Gigabyte Terabyte MByte GByte TByte Grad Euro Cent Franken Rappen
    Prise Prisen Messerspitze Esslöffel Teelöffel Löffel
    Bund Päckchen Packung Packungen Beutel Tüte Tüten Flasche Flaschen Glas Gläser Becher Tasse Tassen Dose Dosen
    Würfel Scheibe Scheiben Zehe Zehen Stange Stangen Zweig Zweige Tropfen Klecks Schuss Spritzer Handvoll Stück
    """
)
_SPOONS = frozenset({"soupe", "café", "thé", "dessert", "sopa", "chá", "sobremesa"})  # cuillère à soupe, colher de chá
_OF_SPOONS = frozenset({"à", "a", "de"})
_PLURALS_HE = ("ים", "ות", "יים")
_IN_NAMES = word_set("שלוש ארבע חמש שש שבע שמונה תשע עשר")  # באר שבע, קריית שמונה
_AGES = word_set("גיל בן בת בני בנות שכבת")
_GERMAN_ARTICLES = frozenset({"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"})
_ONE_DE = frozenset({"ein", "eine", "einen", "einem", "einer", "halbes", "halben", "halbe"})


def is_amount(word: str) -> bool:
    """Whether a word is a number with its unit: 90MB, 17h45, Rp16."""
    return (_UNIT.fullmatch(word) or _RUPIAH.fullmatch(word)) is not None


def is_measure(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a word is the unit of the number before it (90 MB), or a measure of a recipe (2 TL, 1 c. à soupe)."""
    token = tokens[index]
    word = token.text
    if reading.row.noun_capitals and word in _UNITS_DE and _is_measured(tokens, index, reading.row):
        return True
    if index and tokens[index - 1].text[0].isnumeric():
        number = NUMBER.fullmatch(tokens[index - 1].text) is not None
        if number and (_UNIT.fullmatch(f"1{word}") or _SYMBOL.fullmatch(word) or is_currency(word)):
            return True
        if number and reading.code == "fa":
            return not _follows_label(tokens, index, reading)
        return _MEASURE.fullmatch(word) is not None
    if index > 1 and tokens[index - 2].text[0].isdigit() and is_currency(tokens[index - 1].text):
        return is_currency(word)  # 3 Millionen Euro
    of_what = reading.row.of and index + 1 < len(tokens) and tokens[index + 1].text in reading.row.of
    if of_what and _MEASURED.fullmatch(word):
        return True
    if index > 1 and word in _SPOONS and tokens[index - 1].text in _OF_SPOONS:
        head = tokens[index - 2 - (tokens[index - 2].text == "." and index > 2)].text
        return head in ("c", "cs") or _MEASURE.fullmatch(head) is not None
    return token.opens and reading.row.noun_capitals and word in _ABBREVIATED


def _is_measured(tokens: list[Token], index: int, row: Language) -> bool:
    """Whether a German unit is between a number, in digits or words, and what it measures: ein Bund Salbei."""
    if index + 1 >= len(tokens) or not tokens[index + 1].text[0].isalpha():
        return False
    before = tokens[index - 1].text.lower() if index else "\n"
    numeral = is_numeral(before, row.numerals)
    return before[0].isnumeric() or numeral or before in _ONE_DE or before in row.weak or before == "\n"


def _follows_label(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether the number before a Persian word is the label of a noun (خط ۲ قطار شهری) and does not count the word."""
    labelled = tokens[index - 2].text if index > 1 else "."
    return labelled[0].isalpha() and labelled not in reading.stop


def is_number_of_a_name(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a number belongs to the name before it: Python 3.14; not in "Piyasada 100 bin", "Satka 88. dakika".

    It is followed by punctuation, a name, the end of the line, or a word that is not counted: a verb, a conjunction.
    Otherwise it belongs to the name if the text repeats both, or if an article precedes the name.
    """
    if index == 0:
        return False
    before, token, row = tokens[index - 1], tokens[index], reading.row
    if row.proclitics:
        return is_number_of_a_noun(tokens, index, reading)
    after, second = (tokens[at].text if at < len(tokens) else "." for at in (index + 1, index + 2))
    if after == "." and (second.islower() or _is_ordinal(tokens, index, row)):
        return False
    if before.end + 1 != token.start:
        return False
    if row.lone_letters:
        return numbers_a_name(tokens, index, reading)
    if is_label(tokens, index, reading):
        return True
    if token.text[-1] == "+":
        return before.text.isalpha() and not (before.text.lower() in reading.stop or after[0].isupper())
    if reading.code == "hi":
        return before.text not in reading.stop and is_version(before.text, token.text, after)
    if not _has_capital(before.text) or _VERSION.fullmatch(token.text) is None:
        return False
    small = before.text.lower() in reading.stop and not is_numbered_name(before.text, token.text, reading)
    if small or _THOUSANDS.fullmatch(token.text):
        return False
    if _is_unit(after, row):
        return False
    joins = after in _BETWEEN_GOALS or after == _TO.get(reading.code)
    if _GROUP.fullmatch(after) or (joins and _GOALS.fullmatch(second)):
        return False
    if row.numerals and after not in IN_NUMERALS and is_numeral(after.lower(), row.numerals):
        return False
    if row.noun_capitals and len(token.text) > 1 and after[0].isupper() and is_common_noun(after):
        return False  # Index 40 Sekunden
    if row.of and _is_score(tokens, index):
        return False
    if not after[0].islower() or (before.text, token.text) in reading.numbered:
        return True
    return not _is_counted(tokens, index + 1, reading)


def _is_unit(word: str, row: Language) -> bool:
    """Whether a word after a number is what it measures: a unit, a currency, a word for an amount."""
    if _MEASURE.fullmatch(word) and word not in row.articles:
        return True
    return _UNIT.fullmatch(f"1{word}") is not None or is_currency(word)


def is_currency(word: str) -> bool:
    """Whether a word is what an amount counts: a currency, per cent, thousands."""
    return _CURRENCY.fullmatch(word) is not None


def is_number_of_a_noun(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a number, in digits or a Hebrew numeral, follows its noun instead of counting the next one: כביש 90.

    A numeral that counts precedes a plural. One before no noun, or in a pair that the text repeats, is a name's.
    """
    if index == 0 or not (_VERSION.fullmatch(tokens[index].text) or tokens[index].text in _IN_NAMES):
        return False
    before, after = tokens[index - 1], tokens[index + 1] if index + 1 < len(tokens) else None
    low = without_article(before.text)
    noun = before.text.isalpha() and len(before.text) > 1 and before.end + 1 == tokens[index].start
    if not noun or low in reading.stop or low in _AGES or before.text.endswith(_PLURALS_HE) or _is_bound(low):
        return False
    if reads_as_verb(tokens, index - 1, reading):
        return False
    if after is None or not (after.text[0].isalnum() or after.text in "%:-/"):
        return True
    if after.text[0].isdigit() or after.text.endswith(_PLURALS_HE):
        return False
    if (before.text, tokens[index].text) in reading.numbered or tokens[index].text in _IN_NAMES:
        return True
    prefixed = len(after.text) == 1 and index + 2 < len(tokens) and tokens[index + 2].start == after.end
    return prefixed or after.text in reading.listed or reads_as_verb(tokens, index + 1, reading)


def _is_bound(word: str) -> bool:
    """Whether a Hebrew word needs its genitive, or has a pronoun in its place: תמורת, תושבי, מתוכם."""
    return is_construct(word) or is_plural_construct(word) or is_possessed(word)


def _is_ordinal(tokens: list[Token], index: int, row: Language) -> bool:
    """Whether a number with a full stop is a Turkish ordinal before a name: Karayolları 10. Bölge."""
    if not row.suffixes or index + 2 >= len(tokens):
        return False
    stop, after = tokens[index + 1], tokens[index + 2]
    return stop.start == tokens[index].end and after.text[0].isupper()


def _is_score(tokens: list[Token], index: int) -> bool:
    """Whether a number is the score of a match between two names, with their scores: Talleres 2 - Racing 0."""
    after, before = index + 1, index - 1
    while after < min(len(tokens), index + _LONGEST_SIDE) and not tokens[after].text[0].isdigit():
        after += 1
    while before > max(0, index - _LONGEST_SIDE) and not tokens[before].text[0].isdigit():
        before -= 1
    return _is_side(tokens[index : after + 1]) or _is_side([*tokens[before:index], tokens[index]])


def _is_side(tokens: list[Token]) -> bool:
    """Whether tokens are a goal, a dash or nothing, a name, and a goal."""
    if len(tokens) < _SHORTEST_SIDE or not (_GOALS.fullmatch(tokens[0].text) and _GOALS.fullmatch(tokens[-1].text)):
        return False
    name = tokens[2:-1] if tokens[1].text in _DASHES else tokens[1:-1]
    return bool(name) and all(token.text[0].isupper() for token in name)


def _has_capital(word: str) -> bool:
    """Whether a word is written like a name: Windows, iPhone, .NET."""
    return word.lstrip(".")[:1].isupper() or (word.isalpha() and not word.islower() and word[1:2].isupper())


def _is_counted(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether the word after a number is what it counts, or an article before that: 420 der Stellen, 420 salariés."""
    low, row = tokens[index].text.lower(), reading.row
    if low in row.of or low in row.articles or (row.noun_capitals and low in _GERMAN_ARTICLES):
        named = not row.noun_capitals and index + 1 < len(tokens) and tokens[index + 1].text[0].isupper()
        return not (named or has_article(tokens, index - 2, reading))  # Terminal 2 de Roissy
    if (
        low in row.links
        or low in row.auxiliaries
        or (low in reading.stop and lemma_of(low, reading.code) in (None, low))
    ):
        return False
    if low[-1] not in _PLURALS.get(reading.code, low[-1]):
        return False
    if row.names_end and low.endswith("en"):
        return True  # Dutch banen, a plural that may also be a verb
    return not (reads_as_verb(tokens, index, reading) or has_article(tokens, index - 2, reading))


def is_label(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a number or a letter distinguishes kinds of a thing, in a Romance language: diabète de type 2, Livret A.

    A number that counts precedes its noun, so that a number after a noun is its label if no noun follows.
    """
    row, word = reading.row, tokens[index].text
    if not row.of or index == 0:
        return False
    before, after = tokens[index - 1], tokens[index + 1].text if index + 1 < len(tokens) else "."
    if not before.text[0].isalpha() or before.text.lower() in reading.stop or before.text.isupper():
        return False
    if len(word) == 1 and word.isalpha():
        return word.isupper() and before.text.istitle() and not (after[0].isupper() or tokens[index].opens)
    if word.isdigit() and _is_numbered(tokens, index, reading):
        return True
    kind = index > 1 and tokens[index - 2].text in row.of and before.text.islower() and len(word) == 1
    return kind and word.isdigit() and (not after[0].isalnum() or after.lower() in reading.stop)


def _is_numbered(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether the text repeats a noun with a number after it, and no noun follows: la statale 36."""
    noun, number = tokens[index - 1].text, tokens[index].text
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    repeated = noun.islower() and (noun, number) in reading.numbered and _VERSION.fullmatch(number) is not None
    return repeated and (not after[0].isalnum() or after.lower() in reading.stop)


def has_article(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether an article precedes a name that is not a common noun: el Boeing 737 de Iberia."""
    if index == 0 or tokens[index].opens or not HAS_LETTER.search(tokens[index - 1].text):
        return False
    if reading.row.noun_capitals:
        return tokens[index - 1].text.lower() in _GERMAN_ARTICLES and not is_common_noun(tokens[index].text)
    return tokens[index - 1].text.lower() in reading.row.articles
