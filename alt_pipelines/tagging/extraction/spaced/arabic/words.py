"""Arabic clitics and verbs, by pairs of forms in the frequency list, since the script has neither vowels nor capitals.

clitic("لعلاج")  ->  1          (علاج, treatment, is by far the more common word)
is_arabic_verb("ينتج")  ->  True    (تنتج exists too, and the verb never has an article)
"""

import re
from collections.abc import Set
from functools import lru_cache

from alt_pipelines.tagging.extraction.words.frequencies import frequency, unmarked
from alt_pipelines.text.stopwords import word_set

# Conjunctions and relative pronouns that a verb follows (Ryding 2005, chapters 14 and 19).
BEFORE_CLAUSES = word_set(
    "حين حينما عندما بعدما قبلما بينما فيما كما كلما مثلما ريثما طالما حيث لما إذا لو ما"
    " الذي التي الذين اللذان اللذين اللتان اللتين اللاتي اللواتي"
)
# A word after one of these does not begin with "and", unless a preposition follows it (من وإلى).
_BEFORE_NAMES = re.compile("(?<!\\w)(?:في|من|إلى|مدينة|ولاية|محافظة|بلدية|إقليم|ميناء|مطار) (و\\w{3,})(?!\\w)")
_PREPOSITIONS = word_set("إلى على عن في من بين حتى خارج داخل")
_TATWEEL = "\u0640"  # lengthens the line after a clitic before a quotation mark or a digit
_COMMONER = 3.0  # the word without its clitic is this much more common
_DEFINITE = 0.02  # a noun's uses with the article are at least this share of those without it
_EITHER = 0.06  # the same of a definite noun's uses without the article; a name's are fewer (السعودية)
# The third persons of a verb are about equally common, those of a name that begins with the same letter are not.
_IMPERFECT = 0.3
_PERFECT = 0.1
_RARE = 3e-8  # rarer forms are misspellings and names
_SELDOM = 3e-7
_KNOWN = 1e-6
_COMMON = 0.2
_DUAL_SHARE = 10.0
_PLACE = 5.0  # a rare name is this much more common than with ب (بسقارة)
_SHORTEST_FUTURE = 5  # letters
_SHORTEST_WRITTEN = 4  # letters of a word that occurs with and without its preposition
_POSSESSIVE = re.compile("(?:ها|هما?|هن|نا|ه)$")
# A written u: a noun has it after its first letter (عُمان), or is a participle with m- (مُعلّم).
_PASSIVE = re.compile("[أإيتن]\u064f|ا\\w{1,3}\u064f")
# A doubled second letter is the past of the second form: شكّل, خزّنت, but not سيّد, حصّة and سرّي.
_DOUBLED = re.compile(r"[^\W\d_][^\W\d_ي]ّ[^\W\d_ةي]ت?")
_ROOT = re.compile(r"[^\W\d_][^\W\d_اوي][^\W\d_ةىي]ت?")  # the past of the first form: دفع, رفعت
_OBJECT = re.compile("(?:ها|هم|ه|نا)$")


def clitic(word: str, clitics: str, written: Set[str] = frozenset()) -> int:
    """Return the length of a conjunction or preposition attached to this word; 0 if there is none.

    A letter before the article is always one (والحكومة). Elsewhere, a letter is one if the rest is by far the more
    common word (لعلاج, وتعمل), or one of ``written``, the words of the same text, which lacks the whole with the
    article (بطاقة beside طاقة).
    """
    after_article = word.startswith("لل")
    if (
        len(word) > _SHORTEST_WRITTEN
        and word[0] in "بل"
        and not after_article
        and word[1:] in written
        and f"ال{word}" not in written
    ):
        return 1
    if len(word) > 2 and word[0] == "و" and word[1].isdigit():
        return 1  # و85 محطة
    if len(word) > 2 and word[0] in "بلكوف" and word[1] == _TATWEEL:
        return 2  # بـ16
    if len(word) < 4 or word[0] not in clitics:
        return 0
    before_article = "لل" if word.startswith("لل") else "ولل" if word.startswith("ولل") else ""
    if before_article and frequency("ال" + word[len(before_article) :], "ar") >= frequency(word, "ar"):
        return len(before_article)  # للقطار: the article loses its first letter
    if word[1:3] == "ال" and len(word) > 5:
        known = max(frequency(word[1:], "ar"), frequency(word[3:], "ar")) > 0
        return int(word[0] == "و" or known or word[1:] in written)  # not كاليدو, a name
    long_enough = word[0] == "و" or len(word) > 4
    own, rest = frequency(word, "ar"), frequency(word[1:], "ar")
    if word[0] in "بل" and frequency(f"ال{word}", "ar") <= _DEFINITE * own:  # a noun with this letter takes the article
        common = rest > _KNOWN or rest > _PLACE * own
        return int(rest + frequency(f"ال{word[1:]}", "ar") > own and rest > 0 and (common or own <= _RARE))
    if (
        word[0] == "و"
        and rest <= _COMMONER * own
        and len(bare := _POSSESSIVE.sub("", word[1:])) > 2
        and bare != word[1:]
    ):
        return int(frequency(bare, "ar") > max(_COMMONER * own, _KNOWN))  # واستقراره
    return int(long_enough and rest > _COMMONER * own)


def words_with_waw(text: str) -> frozenset[str]:
    """Return the words of a text whose first letter is not "and", by the word before them: في وهران, ولاية ورقلة."""
    return frozenset(word for word in _BEFORE_NAMES.findall(text) if word[1:] not in _PREPOSITIONS)


def opens_clause(word: str) -> bool:
    """Whether the first word of a clause is a verb although it may also be a noun: تواصل, سجل, فاز."""
    if _PASSIVE.match(word):
        return True  # اعتُقل
    word = unmarked(word)
    if len(word) < 3 or word.startswith("ال"):
        return False
    if len(word) == 3 and word[2] == "ت":  # رأت (رأى), but not بنت
        return frequency(f"{word[:2]}ى", "ar") > _DEFINITE * frequency(word, "ar") and not takes_article(word)
    if word[0] in "تي" and len(word) > 3:
        third = ("ت" if word[0] == "ي" else "ي") + word[1:]
        return frequency(third, "ar") > 0 and frequency(word[1:], "ar") > _DEFINITE * frequency(word, "ar")
    if _is_passive(word) or _is_future(word) or _is_imperative(word):
        return True
    past = word.removesuffix("ت") if len(word) > 3 else word
    stem = past[1:] if past[0] in "أا" else past
    forms = [stem] if len(stem) != 3 or stem[1] != "ا" else [f"{stem[0]}و{stem[2]}", f"{stem[0]}ي{stem[2]}"]
    return any(frequency(f"ي{form}", "ar") > _DEFINITE * frequency(word, "ar") for form in forms if len(form) > 1)


def opens_main_clause(word: str, after: str) -> bool:
    """Whether a word after a comma or "that" is a verb before its subject, a definite noun of a person: دفع المدرب."""
    if not after.startswith("ال") or not is_person(after):
        return False
    return reads_as_present(word, often=False) or (_ROOT.fullmatch(word) is not None and opens_clause(word))


def takes_article(word: str) -> bool:
    """Whether a word occurs with the article, unlike most names."""
    return frequency(f"ال{word}", "ar") > max(_DEFINITE * frequency(word, "ar"), _SELDOM)


def is_common_noun(word: str) -> bool:
    """Whether a word has the article so often that it is not a name, not even a name that is also a noun (مصطفى)."""
    return frequency(f"ال{word}", "ar") > max(_COMMON * frequency(word, "ar"), _SELDOM)


@lru_cache(maxsize=65536)
def noun_share(word: str) -> float:
    """Return the share of a noun, with and without the article, of all words; 0 for a name, which has one of the two.

    الوزارة (وزارة), but not القاهرة and مصر
    """
    articled = word.startswith("ال")
    bare, definite = (word[2:], word) if articled else (word, f"ال{word}")
    own, other = frequency(word, "ar"), frequency(bare if articled else definite, "ar")
    return own + other if other > (_EITHER if articled else _DEFINITE) * own else 0.0


@lru_cache(maxsize=65536)
def is_possessed(word: str) -> bool:
    """Whether a word is a noun with a possessive pronoun: حسابه, استقالته, but not مياه."""
    bare = _POSSESSIVE.sub("", word)
    if bare == word or len(bare) < 3 or word.startswith("ال"):
        return False
    bases = (bare, f"{bare[:-1]}ة") if bare.endswith("ت") else (bare,)
    return any(takes_article(base) and frequency(base, "ar") > frequency(word, "ar") for base in bases)


@lru_cache(maxsize=65536)
def is_dual(word: str) -> bool:
    """Whether an indefinite word is a noun's dual in an oblique case: إنذارين, but not فلسطين or لاعبين (لاعبون)."""
    base = f"{word[:-3]}ة" if word.endswith("تين") else word[:-2]  # بطاقتين (بطاقة)
    if not word.endswith("ين") or len(base) < 3 or takes_article(word) or frequency(f"{word[:-2]}ون", "ar") > 0:
        return False
    return takes_article(base) and frequency(base, "ar") > _COMMONER * frequency(word, "ar")


@lru_cache(maxsize=65536)
def is_construct_dual(word: str) -> bool:
    """Whether a word before a genitive is a noun's dual: هدفي (المباراة), but not مصري or هاني."""
    base = word[:-1]
    if not word.endswith("ي") or len(base) < 3 or takes_article(word) or not takes_article(base):
        return False
    return frequency(base, "ar") > _DUAL_SHARE * frequency(word, "ar")


@lru_cache(maxsize=65536)
def is_possessed_dual(word: str) -> bool:
    """Whether a word is the dual of a feminine noun before a genitive, or that noun with "my": مدينتي (مدينة)."""
    noun = f"{word[:-2]}ة"
    if not word.endswith("تي") or len(noun) <= _SHORTEST_WRITTEN or takes_article(word) or not takes_article(noun):
        return False
    return frequency(noun, "ar") > _COMMONER * frequency(word, "ar")


@lru_cache(maxsize=65536)
def is_person(word: str) -> bool:
    """Whether a definite noun has a form of the other gender, as nouns of persons do: الباحث (الباحثة)."""
    other = word[:-1] if word.endswith("ة") else f"{word}ة"
    return frequency(other, "ar") > _DEFINITE * frequency(word, "ar")


@lru_cache(maxsize=65536)
def is_arabic_verb(word: str) -> bool:
    """Whether a word is a verb: one that never takes the article, and whose other forms occur."""
    if _PASSIVE.match(word):
        return True  # يُدفن
    doubled, word = _DOUBLED.fullmatch(word), unmarked(word)
    if doubled and frequency(f"ي{word.removesuffix('ت')}", "ar") > _DEFINITE * frequency(word, "ar"):
        return True
    if len(word) < 3 or word.startswith("ال") or frequency(f"ال{word}", "ar") > _DEFINITE * frequency(word, "ar"):
        return False
    if (word.endswith("وا") and len(word) > 4) or _is_future(word):  # the plural of the past; سيحضر
        return True
    if _is_first_person(word):
        return True
    bare = _OBJECT.sub("", word)
    if bare != word and _is_first_person(bare):  # استقبلناه
        return True
    for form in {word, bare, word.removeprefix("س"), word.removesuffix("ون"), bare.removesuffix("ان")}:
        if len(form) > 2 and form[0] in "يت" and _pairs(form, ("ت" if form[0] == "ي" else "ي") + form[1:], _IMPERFECT):
            return True
    if bare != word and bare.endswith("ت") and _past_with_object(bare[:-1]):
        return True
    past = word.removesuffix("ت") if len(word) > 3 else word
    stem = past[1:] if past[0] in "أا" else past
    return len(stem) > 2 and _pairs(word, f"ي{stem}", _PERFECT)


def _is_first_person(word: str) -> bool:
    """Whether a word is a first person of the plural, whose third persons occur: نتفاوض, سنرسل, أضفنا (أضفت)."""
    if word.endswith("نا") and len(word) > _SHORTEST_WRITTEN:
        past = word[:-2]
        return frequency(f"{past}ت", "ar") > _PERFECT * frequency(word, "ar") and not takes_article(past)
    present = word.removeprefix("س")
    if len(present) < _SHORTEST_WRITTEN or present[0] != "ن":
        return False
    thirds = [frequency(person + present[1:], "ar") for person in "يت"]
    return min(thirds) > max(_IMPERFECT * frequency(word, "ar"), _RARE)


def _is_future(word: str) -> bool:
    """Whether a word is sa- and the present of a verb, which on its own may be a noun too: ستخصص."""
    if len(word) < _SHORTEST_FUTURE or word[0] != "س" or word[1] not in "يت" or takes_article(word):
        return False
    present = word[1:]
    third = ("ت" if present[0] == "ي" else "ي") + present[1:]
    return frequency(present, "ar") > frequency(word, "ar") and _pairs(present, third, _DEFINITE)


def _is_imperative(word: str) -> bool:
    """Whether a word is a command to a woman, as in recipes: اسلقي (يسلق)."""
    if len(word) < _SHORTEST_FUTURE or word[0] != "ا" or word[-1] != "ي" or takes_article(word):
        return False
    return frequency(f"ي{word[1:-1]}", "ar") > max(frequency(word, "ar"), _RARE)


def _is_passive(word: str) -> bool:
    """Whether a word is the passive past of a hollow verb of the eighth form: اختير (يختار)."""
    past = word.removesuffix("ت")
    if len(past) < _SHORTEST_FUTURE or past[0] != "ا" or past[-2] != "ي":
        return False
    return frequency(f"ي{past[1:-2]}ا{past[-1]}", "ar") > _DEFINITE * frequency(word, "ar")


def _past_with_object(stem: str) -> bool:
    """Whether a stem before -at and a pronoun is a verb's (سببتها), not a noun in -a (زيارتها)."""
    if len(stem) < 3 or frequency(f"{stem}ة", "ar") > _DEFINITE * frequency(stem, "ar"):
        return False
    return frequency(f"ي{stem[1:] if stem[0] in 'أا' else stem}", "ar") > 0


@lru_cache(maxsize=65536)
def reads_as_present(word: str, *, often: bool) -> bool:
    """Whether a word that may be a noun too has the other third person of a verb: تواصل (يواصل), not تطوير.

    ``often``: whether that form must be about as common as the word.
    """
    if len(word) < 4 or word[0] not in "تي" or word.endswith("ة"):
        return False
    return _pairs(word, ("ت" if word[0] == "ي" else "ي") + word[1:], _IMPERFECT if often else _DEFINITE)


def _pairs(one: str, other: str, share: float) -> bool:
    first, second = frequency(one, "ar"), frequency(other, "ar")
    return second > max(share * first, _RARE)
