"""Chinese names that the segmenter splits: people, transliterations, titles of works, and words new to its dictionary.

    with_names("队长龚翔宇", chinese("队长龚翔宇"))  ->  [Word("队长", 0, "n"), Word("龚翔宇", 2, "nr")]

The segmenter tags words by its dictionary alone. A name is found by closed classes (surnames, the characters of
transliterations) and by repetition: characters that the article never separates are one word, as in accessor variety
and branching entropy (Feng et al. 2004, "Accessor Variety Criteria for Chinese Word Extraction").
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese.cantonese import segmented
from alt_pipelines.tagging.extraction.chinese.characters import (
    RARE_SURNAMES,
    SURNAMES,
    has_sounding_place,
    is_sounding_place,
    is_sounds,
    is_surname,
)
from alt_pipelines.tagging.extraction.chinese.cuts import is_short_name, mended, sounding_place
from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.chinese.given_names import (
    begun,
    completed_by_verbs,
    completed_names,
    completed_pairs,
    cut_person,
    shared_beginnings,
    whole_names,
)
from alt_pipelines.tagging.extraction.chinese.listings import listed_companies
from alt_pipelines.tagging.extraction.chinese.new_words import Counts, new_word
from alt_pipelines.tagging.extraction.chinese.speakers import PERSON, after_roles, has_compound_surname, speakers
from alt_pipelines.tagging.extraction.chinese.words import FUNCTION, GRAMMATICAL, guesses_cut, shifted
from alt_pipelines.tagging.extraction.string_finder import StringFinder
from alt_pipelines.text.segmentation import Word

_DOTS = frozenset("·•・‧")
_LONGEST_WORK = 20  # characters
_WORK = re.compile(f"《([^《》\n]{{1,{_LONGEST_WORK}}})》")
_MOST_PARTS = 12  # words of a foreign name
_LONGEST_NAME = 6  # characters between two dots
_LONGEST_REST = 3  # characters
_PERSON = 3
_MOST_PASSES = 8  # nouns of the body at which a title is divided again


def name_words(title: str, text: str) -> tuple[list[Word], list[Word]]:
    """Return the words of a title and of a body, in which a split name is a single word."""
    surnames = SURNAMES | RARE_SURNAMES
    body = _segmented(text, surnames)
    heading = _divided_again(title, _segmented(title, surnames), body)
    counts = Counts(Counter(), Counter())
    for words in (heading, body):
        counts.words.update(word.surface for word in words)
        counts.pairs.update((a.surface, b.surface) for a, b in pairwise(words))
    joined = (_joined(title, heading, counts), _joined(text, body, counts))
    plain = counts.words.keys()
    new = {word.surface for words in joined for word in words if word.surface not in plain and len(word.surface) > 2}
    new |= completed_pairs(f"{title}\n{text}", [*heading, *body])
    new |= begun(new, [*heading, *body])
    new |= shared_beginnings([*heading, *body])
    people = speakers(text, body, surnames) | speakers(title, heading, surnames)
    people |= {word.surface for word in (*heading, *body) if word.pos == PERSON}
    both = [*joined[0], Word("\n", -1, "x"), *joined[1]]
    people |= completed_names(both, surnames) | completed_by_verbs(both, surnames)
    tags = dict.fromkeys(listed_companies(f"{title}\n{text}"), "nt") | dict.fromkeys(people, PERSON)
    new |= tags.keys()
    return _divided(title, joined[0], new, tags), _divided(text, joined[1], new, tags)


def _segmented(text: str, surnames: Set[str]) -> list[Word]:
    return whole_names(after_roles(mended(text, guesses_cut(text, segmented(text))), surnames), surnames)


def _divided(text: str, words: list[Word], strings: Set[str], tags: Mapping[str, str]) -> list[Word]:
    """Return the words, divided so that each of `strings` is one word: 王子|豪以 becomes 王子豪|以.

    ``tags``: the tags of those strings that the text shows to be people or firms, whatever their characters are.
    """
    if not strings:
        return words
    out: list[Word] = []
    ahead = list(reversed(words))  # the next one is the last
    for first, last in StringFinder(strings).spans(text):
        string = text[first:last]
        while ahead and ahead[-1].start + len(ahead[-1].surface) <= first:
            out.append(ahead.pop())
        size = 0
        while size < len(ahead) and ahead[-1 - size].start < last:
            size += 1
        if not size:
            continue
        begin, end = ahead[-1].start, ahead[-size].start + len(ahead[-size].surface)
        same = size == 1 and ahead[-1].surface == string
        pos = tags.get(string, "nr" if _is_full_name(string) else "nz")
        if (same and (ahead[-1].pos.startswith("nr") or pos != "nr")) or max(first - begin, end - last) > _LONGEST_REST:
            continue
        out += [*shifted(text[begin:first], begin), Word(string, first, pos)]
        ahead[-size:] = reversed(shifted(text[last:end], last))
    return [*out, *reversed(ahead)]


def _is_full_name(form: str) -> bool:
    return (len(form) <= _PERSON and is_surname(form[0])) or has_compound_surname(form)


def _divided_again(title: str, words: list[Word], body: Sequence[Word]) -> list[Word]:
    """Return the title's words, divided again where a noun of the body crosses them: 花|花生|日 with the body's 花花.

    None of the crossed words of two or more characters may occur in the body.
    """
    known = Counter(word.surface for word in body)
    nouns = {word.surface for word in body if len(word.surface) > 1 and word.pos.startswith(("n", "j"))}
    for noun in sorted(noun for noun in nouns if noun in title)[:_MOST_PASSES]:
        first = title.find(noun)
        last = first + len(noun)
        inside = [w for w in words if w.start < last and w.start + len(w.surface) > first]
        begin, end = inside[0].start, inside[-1].start + len(inside[-1].surface)
        if (begin, end) == (first, last) or any(len(w.surface) > 1 and known[w.surface] for w in inside):
            continue
        kept = sum(len(w.surface) == 1 for w in inside)
        singles = (first - begin == 1) + (end - last == 1)
        if singles >= max(kept, 1) and share(noun) < KNOWN:
            continue  # 老|厂房 is not 老厂|房, but 偏|鄉長|者 is 偏鄉|長者
        before = [w for w in words if w.start < begin] + shifted(title[begin:first], begin)
        rest = shifted(title[last:], last)
        words = [*before, Word(noun, first, next(w.pos for w in body if w.surface == noun)), *rest]
    return words


def _joined(text: str, words: list[Word], counts: Counts) -> list[Word]:
    """Return the words, with works, names and new words as single ones, and the last characters of others cut off."""
    works = dict(match.span(1) for match in _WORK.finditer(text)) if "《" in text else {}
    out: list[Word] = []
    at, has_places = 0, has_sounding_place(text)
    while at < len(words):
        word = words[at]
        end = works.get(word.start)
        if end is not None:
            size, pos = sum(part.start < end for part in words[at : at + _LONGEST_WORK]), "nw"
        else:
            size, pos = _name(words, at, counts, has_places=has_places)
        if size > 1:
            out.append(Word("".join([part.surface for part in words[at : at + size]]), word.start, pos))
        else:
            out += (
                cut_person(word) if word.pos == pos == "nr" else [word if pos == word.pos else word._replace(pos=pos)]
            )
        at += size
    return out


def _name(words: list[Word], at: int, counts: Counts, *, has_places: bool) -> tuple[int, str]:
    """Return the number of words of the name or new word that begins here and its tag; 1 if there is none."""
    word = words[at]
    if (dotted := _initial(words, at)) and (foreign := _foreign(words, at + 1)) > 1:
        return foreign + dotted, "nrt"
    if _may_be_foreign(words, at) and (foreign := _foreign(words, at)) > 1:
        return foreign, "nrt"
    if has_places and (place := sounding_place(words, at)) > 1:
        return place, "ns"
    if (person := _person(words, at, counts)) > 1:
        return person, "nr"
    if (new := new_word(words, at, counts)) > 1:
        return new, "nr" if word.pos.startswith("nr") and is_surname(word.surface[0]) else "nz"
    if words[at].pos == "q" and is_short_name(words, at):
        return 2, "nz"
    return 1, "x" if word.pos in ("nr", "n") and _is_guess(word, counts) else word.pos


def _initial(words: list[Word], at: int) -> int:
    """Return 1 if a word of one character begins a foreign name whose first part has two: 约|恩·安德森; otherwise 0."""
    if at + 2 >= len(words) or words[at + 2].surface not in _DOTS:
        return 0
    both = words[at : at + 2]
    named = all(len(word.surface) == 1 and word.surface.isalpha() and not word.surface.isascii() for word in both)
    return int(named and both[1].pos.startswith("nr") and both[0].pos not in ("p", "c", "u", "uj", "r"))


def _may_be_foreign(words: list[Word], at: int) -> bool:
    """Whether a word may begin a transliterated name, judged by its length and tag only."""
    if len(words[at].surface) == 1 or words[at].pos.startswith("nr"):
        return True
    unknown = words[at].pos == "ns" and _is_guessed_name(words[at])
    return unknown or (at + 1 < len(words) and words[at + 1].surface in _DOTS)


def _foreign(words: list[Word], at: int) -> int:
    """Return the number of words of a transliterated name that begins here: 加布里|埃拉, 埃|尔多|安, A·B."""
    end = at
    seeded = False
    while end < min(len(words), at + _MOST_PARTS):
        word = words[end]
        if word.surface in _DOTS:
            if not (end > at and end + 1 < len(words) and _may_follow_dot(words[end + 1])):
                break
            end += 2
            seeded = True
            continue
        if seeded and word.pos == "ns" and _is_guessed_name(word) and is_sounding_place(word.surface):
            end += 1  # 塔塔巴|宁湖
            break
        sounds = is_sounds(word.surface)
        seed = word.pos == "nrt" or (sounds and len(word.surface) > 1 and _is_guessed_name(word))
        last = seeded and word.pos in ("m", "q")  # 科尼亚|克: a measure that ends a name, because no number precedes it
        if not (seed or (sounds and len(word.surface) == 1 and (last or not word.pos.startswith(FUNCTION)))):
            dotted = end == at and end + 1 < len(words) and words[end + 1].surface in _DOTS and _may_follow_dot(word)
            if not dotted:
                break
        if word.pos.startswith("v") and end + 1 < len(words) and words[end + 1].pos.startswith(("m", "u")):
            break  # 达30%
        seeded = seeded or seed
        end += 1
    return end - at if seeded else 0


def _is_guessed_name(word: Word) -> bool:
    """Whether a word is a person's name, or a place that the frequency list does not know."""
    unknown = word.pos == "ns" and share(word.surface) < KNOWN
    return word.pos.startswith("nr") or unknown


def _may_follow_dot(word: Word) -> bool:
    return (
        0 < len(word.surface) <= _LONGEST_NAME
        and word.pos.startswith(("n", "z", "x", "g", "v", "a", "eng"))
        and word.surface[0].isalpha()
        and not (word.pos == "n" and len(word.surface) > _PERSON and not is_sounds(word.surface))  # ·年度图书
    )


def _person(words: list[Word], at: int, counts: Counts) -> int:
    """Return the number of words of a person's name that begins here with its surname: 龚|翔宇, 郭|明|錤."""
    word = words[at]
    if len(word.surface) != 1 or not is_surname(word.surface) or at + 1 == len(words):
        return 0
    given = words[at + 1]
    if not word.pos.startswith(("nr", "x", "zg", "g")):
        return 0
    named = given.pos.startswith(("nr", "nz", "x")) or (given.pos == "ns" and _is_guessed_name(given))
    if len(given.surface) == 2 and named and given.surface.isalpha():
        return 2
    if len(given.surface) != 1 or not given.surface.isalpha() or given.pos.startswith(GRAMMATICAL):
        return 0
    second = words[at + 2] if at + 2 < len(words) else None
    if second and len(second.surface) == 1 and second.surface.isalpha() and second.pos[0] not in "updcrm":
        return 3
    return 2 if counts.pairs[word.surface, given.surface] > 1 else 0


def _is_guess(word: Word, counts: Counts) -> bool:
    """Whether a name of two characters is only the segmenter's guess: unknown, without a surname, and found once."""
    named = word.pos == "nr" and is_surname(word.surface[0])
    known = len(word.surface) != 2 or counts.words[word.surface] > 1 or named or word.surface[0].isascii()
    return not known and share(word.surface) == 0
