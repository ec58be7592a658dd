"""Numbers in words: English numerals and those of Chinese characters, with their values.

    spelt_numbers("Three hundred and twenty passengers")  ->  {320.0}
    spelt_numbers("乗客三百二十人")                         ->  {320.0}

Numerals are a closed class of words. Out of scope: digits, ordinals, and numerals of other languages.
"""

import re

ROMAN = r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})"  # a pattern: numerals of rulers and volumes, up to XXVIII
_ONES = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
    """
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: at + 1 for at, word in enumerate(_ONES.split())} | {
    word: 10 * at + 20 for at, word in enumerate(_TENS.split())
}
_SCALES = {"hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NUMERAL = rf"\b(?:{'|'.join([*_VALUES, *_SCALES])})\b"
_ENGLISH = re.compile(rf"(?:\ba )?{_NUMERAL}(?:(?: and |[ -]){_NUMERAL}){{0,20}}", re.IGNORECASE)
_ANY = re.compile(_NUMERAL)  # without regard to case it would take five times as long
_WORD = re.compile(r"[a-z]+")
_BEFORE_COUNTED = re.compile(rf"(?<![0-9] ){_NUMERAL} $", re.IGNORECASE)
_LONGEST_WORD = max(map(len, [*_VALUES, *_SCALES]))

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_FIRST, _ALL = "".join([*_DIGITS, *_PLACES]), "".join([*_DIGITS, *_PLACES, *_MYRIADS])
# Not after a digit, whose number goes on (5千万), nor after 数, which means some (数千万).
_HAN = re.compile(f"(?<![0-9数{_ALL}])[{_FIRST}][{_ALL}]{{1,20}}")


def is_numeral(word: str) -> bool:
    """Whether a word is an English numeral or several joined by hyphens: "forty", "eighty-five"."""
    return all(part in _VALUES or part in _SCALES for part in word.lower().split("-"))


def has_numeral(text: str) -> bool:
    """Whether a text contains an English numeral."""
    return _ANY.search(text.lower()) is not None


def ends_in_numeral(text: str) -> re.Match[str] | None:
    """Find an English numeral and a space at the end of a text, before what is counted; not the "million" of digits."""
    return _BEFORE_COUNTED.search(text[-_LONGEST_WORD - 3 :])


def spelt_numbers(text: str) -> frozenset[float]:
    """Return the values of the numbers in words, of two or more characters in Chinese: one may be in a name (千葉)."""
    found = {value for match in _ENGLISH.finditer(text) for value in _english(match.group().lower())}
    return frozenset(found | {_han(match.group()) for match in _HAN.finditer(text)})


def _english(numerals: str) -> list[float]:
    """Return the values of neighbouring numerals: "nineteen fifty" are two, a scale alone is none ("14 million")."""
    values: list[float] = []
    total = group = 0  # `group` collects what is below a thousand
    room = 0  # the next numeral must be smaller to belong to the same number
    begun = False
    for word in _WORD.findall(numerals):
        if word == "a":
            group, room, begun = 1, 1, True
        elif word in _SCALES and begun:
            scale = _SCALES[word]
            total, group = (total, max(1, group) * scale) if scale < 1000 else (total + max(1, group) * scale, 0)
            room = scale
        elif word in _VALUES:
            value = _VALUES[word]
            if begun and value >= room:
                values.append(float(total + group))
                total = group = 0
            group += value
            room, begun = (10 if value >= 20 else 1), True
    return [*values, float(total + group)] if begun else values


def _han(numerals: str) -> float:
    """Return the value of numerals in Chinese characters, by places (三百二十) or digit by digit (二〇二六)."""
    if all(character in _DIGITS for character in numerals):
        return float("".join(str(_DIGITS[character]) for character in numerals))
    total = group = digit = 0
    for character in numerals:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            group += max(1, digit) * _PLACES[character]
            digit = 0
        else:
            total += max(1, group + digit) * _MYRIADS[character]
            group = digit = 0
    return float(total + group + digit)
