"""Which words of a spaced language may form a phrase: names, nouns and the small words inside them.

``runs`` yields an article's runs of content words. A word is judged by the closed classes of its language, its form,
its capital and its neighbours.
"""

import re
from collections.abc import Iterator

from alt_pipelines.tagging.extraction.spaced.adverbs import is_adverb
from alt_pipelines.tagging.extraction.spaced.arabic.names import PARTS_OF_NAMES, is_name
from alt_pipelines.tagging.extraction.spaced.arabic.words import is_arabic_verb
from alt_pipelines.tagging.extraction.spaced.compounds import (
    is_compound,
    is_institution,
    is_number,
    joins_firm,
    joins_two_names,
)
from alt_pipelines.tagging.extraction.spaced.days import is_name_with_day, is_weekday
from alt_pipelines.tagging.extraction.spaced.germanic.dutch import is_dutch_demonym
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_lower_case_word
from alt_pipelines.tagging.extraction.spaced.hebrew.words import IN_PREPOSITIONS, without_article
from alt_pipelines.tagging.extraction.spaced.models import is_model
from alt_pipelines.tagging.extraction.spaced.numbered_names import is_numbered_name
from alt_pipelines.tagging.extraction.spaced.numbers import (
    is_amount,
    is_currency,
    is_label,
    is_measure,
    is_number_of_a_name,
    is_number_of_a_noun,
)
from alt_pipelines.tagging.extraction.spaced.opening_names import is_in_opening_name
from alt_pipelines.tagging.extraction.spaced.persian.words import is_with_light_verb, without_ezafe
from alt_pipelines.tagging.extraction.spaced.reading import HAS_LETTER, MOST_SMALL, Placed, Reading, is_small, linked
from alt_pipelines.tagging.extraction.spaced.suspended import is_suspended
from alt_pipelines.tagging.extraction.spaced.tokens import DUTCH_GENITIVE, NUMBER, SHORTENED, Token, is_numeral
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import turkish_lower
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb
from alt_pipelines.tagging.extraction.spaced.vietnamese import joins_institution
from alt_pipelines.tagging.extraction.words.frequencies import unmarked
from alt_pipelines.tagging.extraction.words.verbs import is_participle, is_role, is_word
from alt_pipelines.text.scripts import CJK

_ORDINAL = re.compile(r"\d+-?(?:[^\W\d_]{2,}|[^\W\d_dgk])")  # 12e, 3o, 25a, 23-jarige; 5g and 3d are names


def runs(tokens: list[Token], reading: Reading) -> Iterator[list[Placed]]:
    """Yield runs of content words; small words stay inside a run if they belong to a name or a repeated phrase."""
    run: list[Placed] = []
    for index, token in enumerate(tokens):
        if _content(tokens, index, reading):
            if run and run[-1].token.text[0].isdigit() and _ends_with_number(run, token, reading):
                yield run  # Boeing 737 | azul
                run = []
            run.append(Placed(token, index, False))
        elif run and _links(tokens, index, run, reading):
            run.append(Placed(token, index, True))
        else:
            yield trimmed(run)
            run = []
    yield trimmed(run)


def _ends_with_number(run: list[Placed], token: Token, reading: Reading) -> bool:
    """Whether a run ends with the number of a name, which a word in lower case does not continue."""
    lower = token.text[0].islower() and not reading.row.lone_letters
    return lower and NUMBER.fullmatch(run[-1].token.text) is not None


def trimmed(run: list[Placed]) -> list[Placed]:
    """Remove the small words at the end of a run, in place, and return the run."""
    while run and run[-1].link:
        run.pop()
    return run


def _content(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a token is a content word, which may form a phrase on its own."""
    token, row = tokens[index], reading.row
    word, low = token.text, token.text.lower()
    if not low.isascii():
        low = unmarked(low) if row.clitics else without_ezafe(low)
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    for judge in (_by_form, _by_class, _by_capital):
        judged = judge(tokens, index, low, after, reading)
        if judged is not None:
            return judged
    if low in reading.stop or (row.suffixes and ("İ" in word or "I" in word) and turkish_lower(word) in reading.listed):
        numbered = NUMBER.fullmatch(after) is not None and is_numbered_name(word, after, reading)
        return numbered or _is_in_name(tokens, index, reading)
    if word[0].isupper() and (not token.opens or (word.isupper() and len(word) > 1 and word.isalpha())):
        return True
    if reading.code == "nl" and index and low.endswith("en") and is_dutch_demonym(tokens[index - 1].text):
        return True  # de Rotterdamse haven, which is an infinitive too
    if row.light and (after in row.light or (reading.code == "fa" and is_with_light_verb(after))):
        return False
    return not reads_as_verb(tokens, index, reading) and not is_adverb(low, reading.code)


def _by_form(tokens: list[Token], index: int, low: str, after: str, reading: Reading) -> bool | None:
    """Judge a number, a measure, a weekday or a single letter; None for another word. `low`: the word, folded."""
    word, row = tokens[index].text, reading.row
    letters = word.isalpha()
    if after == "-" and is_suspended(tokens, index):
        return False
    if not letters and NUMBER.fullmatch(word):  # the number of a name: iPhone 16, Python 3.14
        return is_number_of_a_name(tokens, index, reading)
    if (low in row.weekdays or "-" in word) and is_weekday(tokens, index, row):
        return False
    if not letters and SHORTENED.fullmatch(word):
        return True
    if not letters and (not HAS_LETTER.search(word) or is_amount(word) or (word[-1] in "'’" and not row.proclitics)):
        return False
    if is_measure(tokens, index, reading):
        return False
    if not letters and word[0].isdigit() and word.islower() and _ORDINAL.fullmatch(word):
        return is_model(tokens, index, reading)
    if len(word) == 1 and low in reading.stop and is_label(tokens, index, reading):
        return True
    if len(word) == 1 and not (word.isupper() or CJK.match(word) or row.lone_letters):
        return False
    return None


def _by_class(tokens: list[Token], index: int, low: str, after: str, reading: Reading) -> bool | None:
    """Judge a small word, a numeral, what is counted, and a German word that is no noun; None for another word."""
    token, row = tokens[index], reading.row
    word, before = token.text, tokens[index - 1] if index else None
    if low in row.links and word.islower():
        return False
    if before is not None and before.text == "&" and joins_firm(tokens, index - 1):
        return True
    named = word[0].isupper() and not token.opens and not row.noun_capitals  # Segunda Guerra Mundial
    if row.numerals and not named and is_numeral(low, row.numerals):
        return row.proclitics and is_number_of_a_noun(tokens, index, reading)
    if before is not None and after in row.of and is_number(before.text, row):
        return False  # trois tonnes de cannabis
    if _is_clitic(before, token, reading):
        return False
    if row.head_first and after[0].isdigit() and word.islower() and _is_priced(tokens, index, reading):
        return False
    if not row.noun_capitals:
        return None
    if word.islower() and (low in reading.foreign or "." in word[1:] or "_" in word[1:]):
        return True  # a lower-case name such as pandas or llama.cpp
    if low in row.calendar:
        return before is not None and before.text.istitle() and not before.opens and is_lower_case_word(before.text)
    alone = token.opens and word.istitle() and not after[0].isupper() and low not in reading.capitals
    return False if alone and is_lower_case_word(word) else None


def _by_capital(tokens: list[Token], index: int, low: str, after: str, reading: Reading) -> bool | None:
    """Judge a word by its capital, where that shows a name, and by that of the word before it; None for another."""
    token, row = tokens[index], reading.row
    word, before = token.text, tokens[index - 1] if index else None
    if token.opens and word[0].isupper() and low in reading.capitals and low not in reading.stop:
        return True
    if word.istitle() and (token.opens or low in reading.listed) and is_in_opening_name(tokens, index, reading):
        return True
    capital = word[0].isupper() and not word.isupper() and not token.opens and not row.noun_capitals
    if capital and low not in reading.listed:
        return True
    follows = capital and before is not None and before.text[0].isupper()
    if follows and (row.lone_letters or _is_adjective_of_a_name(before, low, reading)):
        return True  # Huỳnh Như
    if capital and low in row.calendar and is_name_with_day(tokens, index, reading):
        return True
    if word[0] in "'’" and DUTCH_GENITIVE.match(word):
        return True
    if row.lone_letters and low in reading.listed and word.isupper() and len(word) > 1:
        return not (after.isupper() or (before is not None and before.text.isupper()))  # AI, unless all is in capitals
    return None


def _is_adjective_of_a_name(before: Token | None, word: str, reading: Reading) -> bool:
    """Whether a capitalised word of little meaning is part of the name before it: Jawa Tengah, Canal Grande."""
    if word not in reading.row.weak:
        return False
    return reading.code == "id" or (reading.row.head_first and before is not None and not before.opens)


def _is_priced(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a word is the participle of a noun with a price: antivol vendu 89 €."""
    word, before = tokens[index].text, tokens[index - 1].text.lower() if index else "."
    priced = index + 2 < len(tokens) and is_currency(tokens[index + 2].text)
    noun = before.isalpha() and before not in reading.stop and word not in reading.nouns
    return priced and noun and is_participle(word, reading.code)


def _is_clitic(before: Token | None, token: Token, reading: Reading) -> bool:
    """Whether a word is an Arabic preposition (لل, لـ), or a Hebrew small word after its prefix."""
    if reading.row.clitics and (token.text in ("لل", "ولل") or token.text.endswith("\u0640")):
        return True
    if not reading.row.proclitics:
        return False
    if without_article(token.text) in reading.stop:
        return True
    prefixed = before is not None and (before.text, before.end) == ("ב", token.start)
    return prefixed and token.text in IN_PREPOSITIONS  # בהשתתפות


def _is_in_name(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a stop word is part of a name: with the name before or after it, or at the end of a linked one."""
    word, row = tokens[index].text, reading.row
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    if row.clitics and word in PARTS_OF_NAMES and is_name(after) and not is_arabic_verb(after):
        return True  # أم درمان
    if index and word in row.saints and is_name_with_day(tokens, index - 1, reading):
        return True  # Vendredi saint
    if index == 0 or not word[0].isupper():
        return (word, after) in reading.names or (index > 0 and (tokens[index - 1].text, word) in reading.names)
    if row.of and not tokens[index].opens and word.istitle() and _begins_linked_name(tokens, index, reading):
        return True
    before = tokens[index - 1].text
    linked = before.lower() in row.links and index > 1 and not row.noun_capitals
    linked = (linked and not (word.lower() in row.calendar or word.lower() in row.weak)) or _linked_name(
        tokens, index, reading
    )
    return (word, after) in reading.names or (before, word) in reading.names or linked


def _begins_linked_name(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a numeral begins a name with "of": Dos de Mayo."""
    after, beyond = (one.text for one in tokens[index + 1 : index + 3]) if index + 2 < len(tokens) else (".", ".")
    numeral = bool(reading.row.numerals) and is_numeral(tokens[index].text.lower(), reading.row.numerals)
    return numeral and after in reading.row.of and beyond.istitle()


def _linked_name(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether a listed word is the end of a name after small words: Rio de Janeiro, Jan van der Meer."""
    first = index - 1
    while first > max(0, index - MOST_SMALL) and tokens[first].text.lower() in reading.row.links:
        first -= 1
    return first < index - 1 and tokens[first].text[0].isupper() and tokens[index - 1].text.islower()


def _links(tokens: list[Token], index: int, run: list[Placed], reading: Reading) -> bool:
    """Whether a small word is inside a name, or inside a phrase that the text repeats."""
    token, row = tokens[index], reading.row
    if token.text == "&":
        return joins_firm(tokens, index)
    if row.lone_letters:
        return joins_institution(tokens, index, run, row)
    inner = run[-1].link and token.text.lower() in row.articles  # Hugo de La Tour, bay of the
    if not (token.text.lower() in row.links or inner) or index + 1 >= len(tokens):
        return False
    after = index
    last = min(len(tokens) - 1, index + MOST_SMALL)
    while after < last and is_small(tokens[after].text.lower(), row) and not tokens[after].text[0].isupper():
        after += 1
    follows = tokens[after].text
    head = next((p.token for p in reversed(run) if not p.link), None)
    if head is None or not follows[0].isalpha():
        return False
    named = head.text[0].isupper() and follows[0].isupper()
    words = [placed.token for placed in run if not placed.link]
    if named and after == index + 1 and joins_two_names(tokens, index, words, reading.code, row):
        return reading.code == "nl" and linked(tokens, index, row) in reading.repeated  # Hester Jansen van Galen, twice
    if named and not row.noun_capitals and (not head.opens or not is_word(head.text.lower(), reading.code)):
        return True
    if named and is_in_opening_name(tokens, index, reading):
        return True
    first = index
    while first > max(0, index - MOST_SMALL) and is_small(tokens[first - 1].text.lower(), row):
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
    return linked(tokens, first, row) in reading.repeated
