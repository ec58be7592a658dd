"""Runs of phrasal words in English sentences, cut to what is fit for a phrase: no weak word first, no modifier last.

"new $2 million bridge" -> "bridge"; "mayor April Jones" -> "April Jones"
"""

import re
from itertools import dropwhile, takewhile

from alt_pipelines.tagging.extraction.english.calendar import CALENDAR
from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, may_be_verb, usual_tag
from alt_pipelines.tagging.extraction.english.offices import OFFICES
from alt_pipelines.tagging.extraction.english.tagger import NAME
from alt_pipelines.tagging.extraction.english.unknown_words import is_unit
from alt_pipelines.text.stopwords import word_set

LONGEST_PHRASE = 3  # words per tag, by the contract; four would gain 0.9 points of F1@10 on DUC

Placed = tuple[str, str, int]  # a word, its tag, its offset in the document

LONGEST_NAME = 5  # words per name; names are kept whole: "Grand Theft Auto VI", "United Nations Security Council"
NOUN = frozenset({"NN", "NNS", "NNP", "NNPS", NAME})
_MODIFIER = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "CD"})
PHRASAL = NOUN | _MODIFIER
# Tags before a participle that is the verb of a clause.
VERBAL = frozenset({"NN", "NNS", "NNP", "TO", "MD", "VBD", "VBZ", "VBP", "VB", "PRP", "RB"})
_TAKES_OBJECT = frozenset({"VB", "VBD", "VBP", "VBZ", "VBN"})
# Words without a topic: a phrase never starts with one.
WEAK = word_set(
    """
    other others same such last next many several few more most much own first second third another only various
    following preceding current entire whole overall respective upcoming previous subsequent
    certain recent new old late early least less some any all both each every lot lots way ways thing things kind
    part parts number percent people person man men woman women mr mrs ms said one two three four five six seven
    eight nine ten hundred thousand million billion dozen dozens total full able likely further past former
    something nothing anything everything someone anyone everyone am pm a.m. p.m. none being having doing saying
    ones including record gallons miles feet pounds tons tonnes litres liters inches yards
    ounces grams kilos kilograms hectares knots mph kph kilometers kilometres meters metres acres degrees
    """
)
# Adjectives that judge or compare, and name no kind of thing: a good coat, a separate package, so-called patent trolls.
# "large" and "common" are not among them (large language model, common law). On 188 judged articles, leaving these out
# lowers the share of unfit phrases in the shortlists from 28.8 to 28.1 %, and finds 5 more of 1011 editors' tags.
JUDGING = word_set(
    """
    good bad great nice lovely beautiful wonderful terrible perfect excellent decent proper sensible pricey cheap
    little huge tiny enormous massive vast considerable substantial significant
    different similar separate typical usual particular specific comparable
    important interesting necessary possible available obvious serious weak
    so-called popular famous well-known unnamed undisclosed unknown numerous countless
    """
)
_QUANTIFIERS = word_set("many several most some all few other both each every another")
_ENDS = frozenset({",", ".", "and", "or", "of"})
_VERB_ENDING = re.compile("s$")
_NUMBERS = word_set("two three four five six seven eight nine ten twelve")
_ROLES = ("or", "ister", "ist", "ian", "man", "eader", "ress", "eer")
_VERSION = re.compile(r"\d{1,3}(?:\.\d+)*")
_SERIES = re.compile(r"(?!1[5-9]|20)[1-9]\d{3}")  # the number of a product or a standard, and no year: Exynos 2400
# The number of a vehicle or a lens, which a result does not look like: 737-800, 777-300ER, 787-9, 70-200.
_MODEL = re.compile(r"(?!1\d\d-100)\d{1,3}-[1-9]00[A-Z]{0,2}|7\d7-\d{1,2}")
_SCORE = re.compile(r"\d{1,2}[-–]\d{1,2}")
_AMOUNT = re.compile(r"\d[\d.,]*-(?:thousand|million|billion|trillion|lakh|crore|year-old|month-old)\b.*")
# Units in the singular, as after a hyphen, and what the size of a book or a building is counted in.
_UNITS = CALENDAR | word_set(
    """
    millimetre millimeter centimetre centimeter metre meter kilometre kilometer inch foot yard mile mm cm km
    acre hectare litre liter gallon pint gram kilo kilogram ounce pound ton tonne kg
    watt kilowatt megawatt gigawatt volt kw mw gw megabyte gigabyte terabyte mb gb tb
    page story storey bed bedroom room seat
    """
)
_BRIEF = re.compile(r"[\w.]+-(?:second|minute|hour)")  # an event that lasts so long is a detail, and no topic
# Words after a number that is an amount.
_COUNTED = CALENDAR | word_set("hundred thousand million billion trillion lakh lakhs crore crores dozen percent per")
_GRADED = word_set("type class category grade level phase tier")  # before a number and what it grades
_PAIR = 2  # words: a measure and its noun
_SMALL_WORD = 2  # letters: Dar es Salaam
_PAST = ("VBN", "VBD")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def cut_run(run: list[Placed], before: str, start: int, after: str = ".") -> list[list[Placed]]:
    """Return the phrases of a run of phrasal words, which is consumed. Most runs are one phrase.

    ``before``: the tag of the word before the run, or CODE after a preposition of SQL; ``start``: the offset of the
    sentence; ``after``: the next word.
    """
    if before == "CODE":
        while run and run[0][0].isupper():
            run.pop(0)
    while run and run[-1][1] not in NOUN and not _numbered(run, after) and not _is_head(run, after):
        after = run.pop()[0]
    left_out, places = "", []
    while run and (_weak(run, start, before) or _gerund(run, before, left_out) or _role(run, start)):
        places += _place(run[0])
        left_out = run.pop(0)[0].lower()
    if _BRIEF.fullmatch(left_out) and all(word.islower() for word, _, _ in run):
        return places  # a 40-minute committee hearing
    if left_out == "former" and run and run[-1][0].islower():  # a former Harbour Police coach is not a coach
        run[:] = takewhile(lambda placed: placed[0][0].isupper(), run)
    if after == "to" and len(run) > 1 and run[-1][1] == "NNS" and run[-1][0].islower() and run[-2][0][0].isupper():
        run.pop()  # Norlink plans to build
    if before in _TAKES_OBJECT and _complemented(run):
        run.pop()
    return [*places, *_parts(run, after)]


def _parts(run: list[Placed], after: str) -> list[list[Placed]]:
    """Return a run as it is or, if it is too long for a tag, its names and the nouns at its end.

    Of "Human rights activist Malala Yousafzai returns", the name stays. A lower-case plural after a name is dropped,
    because it is usually a verb. Of "three-year gas supply agreement", the last words stay.
    """
    if len(run) <= LONGEST_PHRASE and not _holds_apart(run):
        return [run] if run else []
    if run[0][0].lower() in _GRADED and run[1][0].isdigit() and run[2][1] in NOUN:
        return [run[:LONGEST_PHRASE]]  # type 2 diabetes drugs, phase 3 trial results
    names: list[list[Placed]] = [[]]
    for placed, following in zip(run, [*run[1:], ("", "", 0)], strict=True):
        if names[-1] and _VERSION.fullmatch(names[-1][-1][0]) and "." in names[-1][-1][0]:
            names.append([])  # Firefox 1.0 | Internet Browser
        numbered = names[-1] and placed[0][0].isdigit() and following[1] != "CD"  # not Norlast 18 million
        if (not placed[0].islower() and placed[0][0].isalpha()) or placed[1] == NAME or numbered:
            names[-1].append(placed)
        elif names[-1]:
            names.append([])
    parts = [name if _capitals(name) <= LONGEST_NAME else _end(name) for name in names if name]
    last = _last_nouns(run, after)
    return [*parts, last] if len(last) > 1 else parts


def _holds_apart(run: list[Placed]) -> bool:
    """Whether a run of three words is two names with a noun between them, a kind or a verb that the tagger takes for a
    noun: Ipswich studio Harrowell, Carlisle host Barnsley."""
    if len(run) != LONGEST_PHRASE:
        return False
    (first, _, _), (noun, pos, _), (last, last_pos, _) = run
    if not (first[0].isupper() and last[0].isupper() and last_pos in ("NNP", NAME)):
        return False
    named = not is_common_word(first.lower()) and usual_tag(first) != "JJ"
    return named and noun.islower() and len(noun) > _SMALL_WORD and pos == "NN" and usual_tag(noun) == "NN"


def _last_nouns(run: list[Placed], after: str) -> list[Placed]:
    """Return the last words of a run that are neither names nor numbers, as many as a phrase has.

    After a name, a word that may be a verb is left out, unless a verb follows: Peru and Nova Bolivia sign railway
    treaty, but La Paz cable car adds.
    """
    lower = [*takewhile(lambda placed: placed[0][0].islower() and placed[1] != NAME, reversed(run))][::-1]
    if lower and len(lower) < len(run) and may_be_verb(_VERB_ENDING.sub("", lower[0][0])) and not _is_finite(after):
        lower = lower[1:]
    return [*dropwhile(lambda placed: placed[0] in WEAK or placed[0] in JUDGING, lower[-LONGEST_PHRASE:])]


def _is_finite(word: str) -> bool:
    """Whether a word is usually a finite verb: adds, will."""
    return usual_tag(word) in ("VBZ", "VBD", "MD")


def _end(name: list[Placed]) -> list[Placed]:
    """Return the last words of a name that is too long, without a small word first."""
    return [*dropwhile(lambda placed: placed[0].islower(), name[-LONGEST_PHRASE:])]


def _capitals(name: list[Placed]) -> int:
    """Return the number of words of a name without the small words inside it."""
    return sum(not word.islower() for word, _, _ in name)


def _weak(run: list[Placed], start: int, before: str) -> bool:
    """Whether the run's first word cannot start a phrase.

    Numbers that belong to a name stay (a year, a hyphenated measure), but not the year of "in 1967 Szell". Capitalised
    words stay too, unless they owe the capital to the start of the sentence: "New York" stays, "Many" in "Many
    athletes" does not.
    """
    word, pos, offset = run[0]
    if pos == NAME:
        return False
    if _placed_by_name(word, run):
        return True
    if pos == "CD" and _YEAR.fullmatch(word):
        return before == "IN" and len(run) == 2 and run[1][1] == "NNP" and not is_common_word(run[1][0].lower())
    if pos == "CD":
        return "-" not in word or (_SCORE.fullmatch(word) is not None and len(run) > 1 and run[1][0][0].isupper())
    if _measures(word, run):
        return True
    opens = offset == start and len(run) > 1
    if opens and (run[1][0].islower() or word.lower() in _QUANTIFIERS or _is_coined(run[1][0])):
        word = word.lower()
    return word in WEAK or pos in ("JJR", "JJS") or (word in JUDGING and len(run) > 1)


def _is_coined(word: str) -> bool:
    """Whether a word has capitals or a stop inside, as a name that no adjective begins: ASP.NET, iOS."""
    shaped = len(word) > 1 and (not word[1:].islower() or "." in word[1:-1])
    return shaped and "-" not in word and not is_common_word(word.lower())


def _measures(word: str, run: list[Placed]) -> bool:
    """Whether a run starts with the size or duration of a thing, and not with its kind: 640-kg weather satellite.

    With a single noun, both are the tag: 6-day march.
    """
    if word[0].isdigit() and _AMOUNT.fullmatch(word):
        return True
    number, _, unit = word.lower().partition("-")
    counted = number[:1].isdigit() or number in _NUMBERS
    return counted and unit in _UNITS and len(run) > _PAIR and run[1][0].islower()


def _is_head(run: list[Placed], after: str) -> bool:
    """Whether an -ing form at the end of a run is its noun, after an adjective: coastal flooding, wireless charging."""
    word, pos, _ = run[-1]
    modified = len(run) > 1 and run[-2][1] == "JJ" and run[-2][0] not in WEAK
    return pos == "VBG" and modified and word.islower() and after in _ENDS


def _placed_by_name(word: str, run: list[Placed]) -> bool:
    """Whether a run starts with a participle that a name modifies: Leeds-based group, US-listed Dunmore."""
    return len(run) > 1 and _modifier(word)[:1].isupper()


def _place(placed: Placed) -> list[list[Placed]]:
    """Return the name in a participle that is left out of a phrase: Leeds of Leeds-based; none of another word."""
    word, _, offset = placed
    name = _modifier(word)
    named = name.istitle() and not is_common_word(name.lower()) and usual_tag(name) != "JJ"
    return [[(name, "NNP", offset)]] if named else []


def _modifier(word: str) -> str:
    """Return what modifies a participle that is composed with a hyphen: Leeds of Leeds-based; "" for other words."""
    first, _, last = word.rpartition("-")
    return first if last.islower() and usual_tag(last) in _PAST else ""


def _role(run: list[Placed], start: int) -> bool:
    """Whether the run starts with a person's role before a name of two or more words: "mayor April Jones"."""
    (word, pos, offset), names = run[0], run[1:]
    if len(names) < 2 or not all(n[0][0].isupper() and n[1] in ("NNP", NAME) for n in names):
        return False
    if offset == start and len(names) == 2 and word.istitle() and is_common_word(word.lower()):
        return not any(is_common_word(n[0].lower()) or n[0].isupper() for n in names)  # Coach Rita D'Angelo
    return pos == "NN" and word.islower() and word.endswith(_ROLES)


def _complemented(run: list[Placed]) -> bool:
    """Whether the run is a full name and an office without an article, after a verb: elected Maud Petten mayor."""
    if len(run) < 3 or run[-1][0] not in OFFICES:
        return False
    return all(word[0].isupper() and pos in ("NNP", NAME) for word, pos, _ in run[:-1])


def new_phrase(last: Placed, word: str, pos: str) -> bool:
    """Whether a word begins another phrase: a modifier after a noun, or a name after a plural (sources | Brazil)."""
    if pos in _MODIFIER and last[1] in NOUN and pos != "CD" and not word[0].isupper():
        return not (last[0][0].isupper() and _MODEL.fullmatch(word))
    if pos == "CD" and last[0][0].isupper() and _SCORE.fullmatch(word):
        return True  # Carrick Rovers 3-2 Dunmore United
    if last[1] == NAME and last[0][0].isdigit() and "." in last[0] and word.islower():
        return True  # nginx 1.29 | users
    return last[1] == "NNS" and last[0].islower() and word[0].isupper() and pos in ("NNP", NAME)


def spanned(word: str, before: str) -> bool:
    """Whether a word of time follows its duration and is a topic: the 4-day week, the eight-hour day."""
    return word.lower() in CALENDAR and "-" in before and (before[0].isdigit() or before.partition("-")[0] in _NUMBERS)


def _gerund(run: list[Placed], before: str, left_out: str) -> bool:
    """Whether the run starts with a verb in -ing and its object ("spilling oil"), and not with an attribute.

    After a number that was left out, it is one: 33 sleeping cars.
    """
    if left_out and (left_out.isdigit() or left_out in _NUMBERS) and len(run) > 1 and run[1][1] == "NNS":
        return False
    word, pos, _ = run[0]
    lower = word.islower() or (len(run) > 1 and before == "." and run[1][0].islower())
    return len(run) > 1 and pos == "VBG" and lower and before not in ("DT", "JJ", "PRP$")


def _numbered(run: list[Placed], after: str) -> bool:
    """Whether the run is a name that ends in a number or version: Flight 103, Python 3.14, League One."""
    if len(run) > 1 and run[-2][0][0].isupper() and _MODEL.fullmatch(run[-1][0]):
        return after.lower() not in _COUNTED
    if len(run) < 2 or run[-1][1] != "CD" or after.lower() in _COUNTED or (is_unit(after) and after != "in"):
        return False  # gave Meridian Orbit 11 hours, paid Meridian Orbit 11 million
    word = run[-1][0]
    named = run[-2][1] in ("NNP", NAME) or run[-2][0][0].isupper()
    series = after != "of" and _SERIES.fullmatch(word)
    return named and bool(word.istitle() or _VERSION.fullmatch(word) or series)
