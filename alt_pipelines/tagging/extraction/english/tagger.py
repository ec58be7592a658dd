"""English part-of-speech tagger: most common tag by lexicon, suffix rules, neighbour rules.

This is Brill's tagger without most of its context rules (Brill 1992). A statistical tagger gave no better article tags
(F1@10 36.8 against 37.0 on DUC) at a fifth of the speed, because noun phrases hardly depend on the cases that better
taggers get right. The most common tags are in ``english.lexicon``, the rules of suffixes in ``english.unknown_words``.
"""

from alt_pipelines.tagging.extraction.english.lexicon import lexicon, may_be_verb
from alt_pipelines.tagging.extraction.english.unknown_words import guess, guess_number, is_numbered, is_unit
from alt_pipelines.text.stopwords import word_set

Tagged = tuple[str, str]
NAME = "NAME"  # tag of a word that is part of a name, whatever its usual tag

# Words after a number that belong to the amount: 12 crore, 3 cloves garlic.
_AMOUNTS = word_set(
    "crore crores lakh lakhs litre litres liter liters millilitre millilitres milliliter milliliters gallon gallons"
    " pint pints quart quarts ounce ounces cup cups tablespoon tablespoons teaspoon teaspoons tin tins"
    " clove cloves slice slices sprig sprigs pinch pinches handful handfuls"
)
_AGES = word_set("older over up above younger under")
_CURRENCIES = word_set("Rs Rs. EUR USD GBP JPY INR CAD AUD NZD CHF CNY SEK NOK DKK PLN")
# Plurals that usually modify the following noun ("sports car"), so the noun is not a verb (as in "cars sport").
ATTRIBUTIVE = word_set(
    "arms communications customs drugs earnings futures goods news operations sales savings securities services sports"
    " systems weapons"
)
_OPENS_OBJECT = frozenset({"DT", "PRP$", "TO", "IN", "JJ", "JJR", "RB", "PRP"})
# Tags of function words and punctuation, which keep them, except at the start of a sentence and after a number.
_CLOSED_CLASS = frozenset({"DT", "IN", "CC", ",", ".", ":", "PRP", "PRP$", "TO", "WDT", "WP", "WRB", "EX"})
_AUXILIARY = frozenset({"is", "are", "was", "were", "be", "am", "has", "have", "had", "do", "does", "did"})
_SUBJECTS = frozenset({"we", "they", "i", "you"})
_INTERJECTIONS = word_set("thanks thank hello hi welcome congratulations sorry please yes okay ok well bye")
_BEFORE_PAST = frozenset({"NN", "NNS", "NNP", "PRP", "WP"})
_STRAY = frozenset({"UH", "RB", "FW", "JJR", "VBD", "VBZ"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_DOUBTFUL = frozenset({"VBN", "VBZ", "NN", "NNS"})  # tags that the word after them may correct

# Adjectives that are nouns after a noun (charity single): songs and shows, vehicles, substances, persons.
_NOMINAL = word_set(
    """
    single musical commercial documentary hybrid convertible chemical explosive adhesive antibiotic narcotic nutrient
    contraceptive anesthetic anaesthetic sedative civilian migrant fugitive dissident insurgent militant antique
    """
)
# Verbs with an infinitive without "to": helps protect.
_BEFORE_INFINITIVE = word_set("helps lets makes dares needs goes comes gets does has")


def tag(sentence: list[str]) -> list[Tagged]:
    """Tag one tokenised sentence with Penn Treebank tags; returns (word, tag) pairs.

    The neighbour rules correct the noun/verb confusions that harm noun phrases most.
    """
    tags = lexicon()
    out: list[Tagged] = []
    previous = "."
    for index, word in enumerate(sentence):
        if word[0].isdigit():
            pos = guess_number(word)
        else:
            pos = tags.get(word) or (tags.get(word.lower()) if index == 0 else None) or guess(word)
        if pos not in _CLOSED_CLASS or previous in (".", "CD"):
            pos = _in_context(sentence, index, pos, out)
        if previous in _DOUBTFUL and out:
            corrected = _corrected(out, sentence, index, pos)
            if corrected != previous:
                out[-1] = (out[-1][0], corrected)
                pos = "VBP" if previous == "VBZ" and pos in ("VB", "NN") else pos
        out.append((word, pos))
        previous = pos
    return out


def _corrected(out: list[Tagged], sentence: list[str], index: int, pos: str) -> str:
    """Return the tag of the last word in ``out``, one of ``_DOUBTFUL``, before the word at ``index`` with its tag."""
    word, previous = sentence[index], out[-1][1]
    if previous == "VBN":
        if pos in ("CD", "NNP") and word[0] != "'" and _is_finite(out):
            return "VBD"
        nested = len(out) > 1 and pos in _NOUNS and _has_object(out[-2])  # treats nested fences
        return "JJ" if nested else previous
    if previous == "VBZ":
        return "NNS" if len(out) > 1 and _is_subject(out, sentence, index, pos) else previous
    # A noun before this word may be a verb.
    if previous == "NNS":
        return "VBZ" if _follows_verb(out, pos) else previous
    return "VBP" if _follows_base_verb(out, pos, word) else previous


def _in_context(sentence: list[str], index: int, pos: str, out: list[Tagged]) -> str:
    """Return the tag of a word after the words before it, whose tags are final or corrected by what follows them."""
    word, previous = sentence[index], out[-1][1] if out else "."
    if pos == "JJ" and previous == "TO" and word.islower() and _separates(sentence, index):
        pos = "VB"
    if pos in ("VB", "VBP", "VBZ") and previous in ("DT", "PRP$", "JJ", "POS") and word.lower() not in _AUXILIARY:
        pos = "NNS" if pos == "VBZ" else "NN"
    elif pos in ("NN", "NNS") and previous in ("TO", "MD") and word.islower() and (index > 1 or previous == "TO"):
        pos = "VB"
    elif pos == "VB" and previous == "NNP" and word.islower():
        pos = "NN"  # Karsk lock
    elif word.istitle() and _in_name(sentence, index, pos, out):
        pos = "NNP"
    elif previous == "PRP" and pos in ("NN", "JJ") and out[-1][0].lower() in _SUBJECTS and may_be_verb(word):
        pos = "VBP"  # we present
    elif pos == "VBN" and "-" not in word and (previous in _BEFORE_PAST or _relative(out)):
        pos = "VBD"
    elif pos == "JJ" and _is_nominal(word, previous) and not _describes(sentence, index):
        pos = "NN"
    elif pos == "CD" and _is_age(sentence, index):
        pos = "RB"
    elif (previous == "CD" or word == "cent") and _is_amount(sentence, index, previous):
        pos = "CD"
    elif word in _CURRENCIES and index + 1 < len(sentence) and sentence[index + 1][0].isdigit():
        pos = "$"
    if pos in ("VBG", "VBN") and "-" in word:
        pos = "JJ"
    elif word[-1] in "tT" and word[-3:].lower() in ("n't", "n’t"):
        pos = "MD"
    if index == 0 and word.lower() in _INTERJECTIONS:
        pos = "UH"
    return pos


def _in_name(sentence: list[str], index: int, pos: str, out: list[Tagged]) -> bool:
    """Whether a word with a capital is part of a name: of the one before it, or of one that begins the sentence."""
    if index == 0:  # Rose Byrne, but not Was Trump
        return pos == "VBD" and sentence[0].lower() not in _AUXILIARY and any(map(str.istitle, sentence[1:2]))
    before, previous = out[-1]
    if previous != "NNP":
        return False
    return pos in ("VB", "VBP") or (pos in _STRAY and before.istitle() and len(sentence[index]) > 2)  # Gareth Pugh


def _is_amount(sentence: list[str], index: int, previous: str) -> bool:
    """Whether a word belongs to the amount before it: a unit, crore, the sign in 2 x 400g, the cent of per cent."""
    word = sentence[index]
    if previous != "CD":
        return index > 0 and sentence[index - 1].lower() == "per"
    if word == "x":
        return index + 1 < len(sentence) and sentence[index + 1][0].isdigit()
    return word in _AMOUNTS or (word != "in" and is_unit(word))


def _is_age(sentence: list[str], index: int) -> bool:
    """Whether a number begins a range of ages: adults 75 and older."""
    return index + 2 < len(sentence) and sentence[index + 1] in ("and", "or") and sentence[index + 2] in _AGES


def _relative(before: list[Tagged]) -> bool:
    """Whether the last word is "that" after a noun: disclosures that highlighted slow progress."""
    return len(before) > 1 and before[-1][0] == "that" and before[-2][1] in ("NN", "NNS")


def _is_finite(before: list[Tagged]) -> bool:
    """Whether a participle before a number or name is a verb: suspended one game, and elected Maud Petten."""
    return before[-1][0].islower() and (len(before) < 2 or before[-2][1] not in ("DT", "PRP$", "JJ", "POS"))


def _is_nominal(word: str, previous: str) -> bool:
    """Whether a word that is tagged as an adjective is a noun, if no other noun follows: charity single, blink-182."""
    return (word in _NOMINAL and previous in _NOUNS) or ("-" in word and is_numbered(word))


def _describes(sentence: list[str], index: int) -> bool:
    """Whether a noun or another adjective is after a word."""
    after = sentence[index + 1] if index + 1 < len(sentence) else "."
    return after[0].isupper() or (after.islower() and (lexicon().get(after) or guess(after)) in ("NN", "NNS", "JJ"))


def _separates(sentence: list[str], index: int) -> bool:
    """Whether an adjective after "to" is a verb: it has a verb's past form in -ated (to separate nitrogen)."""
    word = sentence[index]
    return word.endswith("ate") and may_be_verb(word) and index + 1 < len(sentence)


def _has_object(verb: Tagged) -> bool:
    """Whether a word is a finite verb that takes an object, and not an auxiliary of the participle after it."""
    return verb[1] in ("VBZ", "VBP", "VBD") and verb[0].lower() not in _AUXILIARY


def _is_subject(before: list[Tagged], sentence: list[str], index: int, pos: str) -> bool:
    """Whether a word in -s that is tagged as a verb is the plural before one: Peat bogs hold, orchid thieves broke."""
    word, after = before[-1][0], sentence[index]
    if (
        not word.islower()
        or before[-2][1] not in ("NN", "NNP", "JJ")
        or word in _BEFORE_INFINITIVE
        or word in _AUXILIARY
    ):
        return False
    if lexicon().get(after) in ("VB", "VBP") and after.islower():
        return True
    if word in lexicon() or not after.islower():
        return False
    ends = index + 1 == len(sentence) or sentence[index + 1][0].isupper()
    return pos in ("VBD", "MD") or (ends and may_be_verb(after))


def _follows_verb(before: list[Tagged], pos: str) -> bool:
    """Whether the plural noun before a word with this tag is a verb: "Obama hosts a", "Italy signs various".

    Two adjacent noun phrases need a verb between them: of 57 plurals matched by this rule in news, 54 were verbs.
    """
    if len(before) < 2 or before[-1][1] != "NNS" or not before[-1][0].islower():
        return False
    subject = before[-2][1]
    if subject == "CD" and len(before) > 2 and before[-3][0][0].isupper():
        subject = "NNP"  # Formula 1 returns to
    if pos in ("DT", "PRP$", "CD"):
        if len(before) > 3 and before[-3][1] == "DT" and before[-4][1] in ("VBD", "VBZ", "VBP"):
            return False  # called the job cuts a scandal
        return subject in ("NN", "NNP", "NNPS")
    return pos in ("JJ", "NNP", "TO") and subject in ("NNP", "NNPS")


def _follows_base_verb(before: list[Tagged], pos: str, word: str) -> bool:
    """Whether the singular noun before ``word`` is the verb of a plural: "fares rise in", "engineers hope to"."""
    priced = pos == "CD" and word[0] == "$"
    if len(before) < 2 or before[-1][1] != "NN" or word == "of" or not (pos in _OPENS_OBJECT or priced):
        return False
    (subject, subject_pos), verb = before[-2], before[-1][0]
    if not verb.islower() or not may_be_verb(verb):
        return False
    if subject_pos == "NNS":
        return subject.lower() not in ATTRIBUTIVE
    return priced or ((subject_pos in ("NNP", "NNPS") or subject[0].isupper()) and pos in ("DT", "PRP$"))
