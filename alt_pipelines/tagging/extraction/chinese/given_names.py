"""Given names whose last character the Chinese segmenter takes for a function word, and others it does not join.

    whole_names(words of "险胜陈幸同，")  ->  陈幸同/nrf

A conjunction or preposition has a noun after it; before a verb or a comma, the character is a part of the name.
"""

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese.characters import is_sounds, is_surname
from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.chinese.speakers import PERSON, SAID, has_compound_surname, is_role
from alt_pipelines.tagging.extraction.chinese.words import FUNCTION, shifted
from alt_pipelines.tagging.extraction.features import LONGEST_UNSPACED
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.segmentation import Word, simplified

# Function words that the segmenter may attach to a name.
_AFTER_NAMES = frozenset("为為说說在将將与與和是被对對从從向等称稱也已会會要不都又还還曾把跟同于於到的了")
# Verbs and adverbs of one character that stand between a name and the verb of its clause.
_BEFORE_VERBS = _AFTER_NAMES | frozenset(
    "赴去来來获獲遭受率带帶应應拟擬仍再又均正刚剛就才先后後并並却卻能可需须須欲盼愿肯敢想因由让讓到往看指曾另则則只更"
)
_NEVER_IN_NAMES = (*FUNCTION, "v", "a")
_LINKS = frozenset("和与與同于於为為向")
_NO_SYLLABLE = ("u", "p", "c", "m", "r", "q", "f", "k", "n")
_NOMINAL = ("n", "x", "j")
_SHORT, _FULL = 2, 3  # characters of a name before the character that completes it
_ENDS = frozenset("，。；：！？、,;:!?\n”」』）)")
_AFTER_SOUNDS = frozenset("则則已也又或")


def whole_names(words: Sequence[Word], surnames: Set[str]) -> list[Word]:
    """Return the words, with such names as single words tagged as people."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        size = 1
        if _is_surname_and_noun(words, at, surnames) or _is_syllable_and_name(words, at):
            size = 2
        elif people := _without_surname(words, at):
            size = people
        elif _has_function_end(words, at) or _has_link_end(words, at):
            word = words[at]
            last = len(word.surface) - 1
            out += [Word(word.surface[:last], word.start, "ng" if last == 1 else word.pos)]
            out += [Word(word.surface[last:], word.start + last, "p")]
            at += 1
            continue
        if size > 1:
            name = "".join([word.surface for word in words[at : at + size]])
            out.append(Word(name, words[at].start, PERSON))
        else:
            out.append(words[at])
        at += size
    return out


def completed_names(words: Sequence[Word], surnames: Set[str]) -> set[str]:
    """Return names with the function word that is their last character: 陈幸|同 before a comma, 张本智|和."""
    linked = {
        (name.surface, link.surface)
        for name, link, after in zip(words, words[1:], words[2:], strict=False)
        if link.surface in _LINKS and name.pos in ("nr", "nz", PERSON)
        if simplified(name.surface[0]) in surnames and _ends_name(after)
    }
    if not linked:
        return set()
    counts = Counter(word.surface for word in words)
    followed = Counter((a.surface, b.surface) for a, b in pairwise(words))
    return {
        name + link
        for name, link in linked
        if counts[name] == followed[name, link] and (len(name) == _SHORT or (len(name) == _FULL and counts[name] > 1))
    }


def completed_by_verbs(words: Sequence[Word], surnames: Set[str]) -> set[str]:
    """Return names of two characters with the third, which stands between them and a verb: 特首|李家|超|发表."""
    found = set()
    for role, name, last, verb in zip(words, words[1:], words[2:], words[3:], strict=False):
        form = simplified(name.surface)
        person = name.pos.startswith("nr") and len(form) == _SHORT and form[0] in surnames and is_role(role)
        acts = verb.pos.startswith("v") and len(verb.surface) > 1
        if person and acts and last.surface not in _BEFORE_VERBS and _is_syllable(last):
            found.add(name.surface + last.surface)
    return found


def completed_pairs(text: str, words: Sequence[Word]) -> set[str]:
    """Return names of two characters with the third that always follows: 宋予安 of 宋予|安 and 宋予|安说."""
    pairs = set()
    for name, after in pairwise(words):
        short = name.pos == "nr" and len(name.surface) == 2 and is_surname(name.surface[0])
        if not short or len(after.surface) != 1 or not after.surface.isalpha() or after.surface in _AFTER_NAMES:
            continue
        pairs.add((name.surface, name.surface + after.surface))
    written = Counter(text[at : at + size] for size in (2, 3) for at in range(len(text) - size + 1)) if pairs else {}
    return {full for name, full in pairs if written[name] == written[full] > 1}


def begun(strings: Set[str], words: Sequence[Word]) -> set[str]:
    """Return those of the strings that one character always precedes, with it: 澜|芯|科技, if 芯科技 is a string."""
    before: dict[str, set[Word]] = {}
    for at in range(1, len(words) - 1):
        pair = words[at].surface + words[at + 1].surface
        if pair in strings:
            before.setdefault(pair, set()).add(words[at - 1]._replace(start=0))
    found = set()
    for form, first in before.items():
        one = next(iter(first))
        name = len(first) == 1 and is_han(one.surface)
        if name and not one.pos.startswith(_NEVER_IN_NAMES):
            found.add(one.surface + form)
    return found


def _ends_name(word: Word) -> bool:
    """Whether a word cannot follow a conjunction or preposition: a verb, an adverb, or the end of the clause."""
    return word.pos.startswith(("v", "d")) or (word.pos == "x" and word.surface in _ENDS)


def _is_surname_and_noun(words: Sequence[Word], at: int, surnames: Set[str]) -> bool:
    """Whether a surname has a given name after it that is not a word: 麥|書豪."""
    if at + 1 >= len(words):
        return False
    name, given = words[at : at + 2]
    if name.pos != "nr" or given.pos != "n" or len(name.surface) > 1 or len(given.surface) != _SHORT:
        return False
    return simplified(name.surface) in surnames and share(given.surface) < KNOWN


def _without_surname(words: Sequence[Word], at: int) -> int:
    """Return the number of words of a name without a surname between a role and a verb of speech: 才|让|卓玛."""
    if not at or words[at - 1].pos != "n" or len(words[at].surface) > 1:
        return 0
    for size in (2, 3):
        parts = words[at : at + size + 1]
        if len(parts) <= size or not all(map(_is_syllable, parts[: size - 1])):
            return 0
        last, said = parts[size - 1], parts[size]
        if last.pos == "nr" and len(last.surface) > 1 and SAID.match(simplified(said.surface)):
            return size
    return 0


def _is_syllable(word: Word) -> bool:
    return len(word.surface) == 1 and word.surface.isalpha() and not word.pos.startswith(_NO_SYLLABLE)


def _has_function_end(words: Sequence[Word], at: int) -> bool:
    """Whether a guess after a foreign name is its last character and a function word: 斯卢茨|基则."""
    word = words[at]
    named = at > 0 and words[at - 1].pos == "nrt" and len(word.surface) == _SHORT
    unknown = named and word.surface[1] in _AFTER_SOUNDS and is_sounds(word.surface[0])
    return unknown and share(word.surface) < KNOWN


def _has_link_end(words: Sequence[Word], at: int) -> bool:
    """Whether a guessed name of three characters ends in a conjunction or preposition before another name: 王毅|同."""
    word = words[at]
    guess = word.pos in ("nr", PERSON) and len(word.surface) == _FULL and word.surface[-1] in _LINKS
    return guess and at + 1 < len(words) and words[at + 1].pos in ("nr", "nrt", "ns", "nt", PERSON)


def _is_syllable_and_name(words: Sequence[Word], at: int) -> bool:
    """Whether a foreign name is cut after its first character: 泽|连斯基."""
    if at + 1 >= len(words) or len(words[at].surface) > 1 or words[at].pos != "nr":
        return False
    rest = words[at + 1]
    return rest.pos == "nr" and len(rest.surface) > _SHORT and is_sounds(words[at].surface + rest.surface[1:])


def shared_beginnings(words: Sequence[Word]) -> set[str]:
    """Return the words and names with which several guesses of the segmenter begin: 港鐵 of 港鐵|指 and 港鐵|車務."""
    plain = {word.surface for word in words if word.pos.startswith(_NOMINAL) and word.pos != "nr"}
    guesses = {word.surface for word in words if len(word.surface) > _SHORT and _is_guess(word)}
    verbs = {w.surface for w in words if w.pos == "v" and len(w.surface) == _FULL and _is_unlisted(w.surface)}
    beginnings: Counter[str] = Counter()
    for guess in guesses:
        beginnings.update(guess[:size] for size in range(_FULL, min(len(guess), LONGEST_UNSPACED + 1)))
    found = {form for form, times in beginnings.items() if times > 1}
    sizes = range(_SHORT, LONGEST_UNSPACED + 1)
    found |= {guess[:size] for guess in guesses for size in sizes if size < len(guess) and guess[:size] in plain}
    short = Counter(guess[:_SHORT] for guess in guesses | verbs if len(guess) == _FULL)
    # 港鐵 of 港鐵|北 and 港鐵|設
    return found | {form for form, times in short.items() if times > 1 and not is_surname(form[0])}


def _is_guess(word: Word) -> bool:
    return word.pos.startswith(_NOMINAL) and _is_unlisted(word.surface)


def _is_unlisted(surface: str) -> bool:
    form = simplified(surface)
    return form.isalpha() and not form.isascii() and frequency(form, "zh") == 0


def cut_person(word: Word) -> list[Word]:
    """Return a person's name and, apart, the function word or the character too many at its end."""
    name, last = word.surface[:-1], word.surface[-1]
    end = word.start + len(name)
    if len(word.surface) == _FULL and last in _AFTER_NAMES:
        return [Word(name, word.start, "nr"), Word(last, end, "p")]  # 索林|为
    if len(word.surface) == _FULL + 1 and _is_too_long(word.surface):
        return [Word(name, word.start, "nr"), *shifted(last, end)]  # 吳佩芸|會教
    return [word]


def _is_too_long(name: str) -> bool:
    """Whether a guessed name has one character too many: a surname of one character and three others."""
    last = simplified(name[-1])
    return is_surname(name[0]) and not has_compound_surname(name) and (last in _AFTER_NAMES or not is_sounds(name[1:]))
