"""English names with small words that have a capital: Of Mice and Men, Never Let Me Go, Doctors Without Borders.

    find_works([["asked", "for", "Never", "Let", "Me", "Go", ",", "the", "novel"]])  ->  the four words from "Never" on

Running text gives a pronoun, a preposition or an auxiliary a capital only inside a name: of a book, a film, a band, a
charity. So it does a verb with its object: Save the Children. Such a name is known wherever the article has it, also at
the start of a sentence.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import takewhile

from alt_pipelines.tagging.extraction.english.bodies import ALONE, DIRECTIONS, KINDS
from alt_pipelines.tagging.extraction.english.lexicon import is_common_noun, usual_tag
from alt_pipelines.tagging.extraction.english.noun_runs import LONGEST_NAME
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged
from alt_pipelines.tagging.extraction.english.unknown_words import POSSESSIVE
from alt_pipelines.text.stopwords import DAYS, word_set

# The names by their first word, folded, and the number of their words, the largest first.
Works = Mapping[str, Mapping[int, Set[tuple[str, ...]]]]

# Words that have a capital only in names. Not those that are names of persons and places too: will, may, mark, down.
_PREPOSITIONS = word_set(
    "of in on at by for with without from to into onto upon under against between among through before after about"
    " across behind until since than as like"
)
_CONJUNCTIONS = word_set("and or but nor if then when where while because that why how what whose")
_PRONOUNS = word_set("me my you your yours he him his she her hers it its we us our ours they them their theirs")
_OTHERS = word_set("is are was were be been am have has had no not never there")
_FUNCTION = _PREPOSITIONS | _CONJUNCTIONS | _PRONOUNS | _OTHERS
# Small words that are written without a capital inside a name, before a common word: Call Me by Your Name.
_LINKS = word_set("of and or in on at by for with from to as &")
_ARTICLES = word_set("the a an")
_SMALL = _LINKS | _ARTICLES
_LINKING = _PREPOSITIONS | _CONJUNCTIONS
_NOT_LAST = _PREPOSITIONS - word_set("on in about before after behind") | _CONJUNCTIONS | _ARTICLES
_ADVERBS = word_set("up down out off over away back on in under")  # 3 Doors Down
# Words with a capital after "and the" that are no part of a band: the Church, the Crown.
_INSTITUTIONS = (
    KINDS
    | ALONE
    | DIRECTIONS
    | word_set("state states church city crown union bank president king queen pope prince kingdom sea ocean republic")
)
_YEAR = 4  # digits
_INSIDE = POSSESSIVE | {",", "&"}  # signs after which a word has no capital of a sentence
_FEWEST_LOWER = 2  # words in lower case of running text, besides small ones
_LONGEST = 9  # words of a name, small ones included
_MOST_BEFORE = 3  # words of a band before "and the"


def find_works(sentences: Sequence[Sequence[str]]) -> Works:
    """Return the names with capitals on small words in tokenised sentences."""
    running = [sentence for sentence in sentences if is_running(sentence)]
    found = {name for sentence in running for name in _names(sentence)}
    if bands := {name for sentence in running for name in _bands(sentence)}:
        tokens = [word.lower() for sentence in sentences for word in sentence]
        places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(tokens):
            places[word].append(at)
        found |= {name for name in bands if _is_whole(name, tokens, places)}
    works: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for name in sorted(found, key=len, reverse=True):
        works.setdefault(name[0].lower(), {}).setdefault(len(name), set()).add(name)
    return works


def mark_works(tagged: list[Tagged], works: Works) -> list[Tagged]:
    """Return the sentence with the tag ``NAME`` on every word of the names, written as the names are."""
    out = tagged
    at = 0
    while at < len(tagged):
        name = _name_at(tagged, at, works.get(tagged[at][0].lower(), {}))
        if name:
            out = list(tagged) if out is tagged else out
            out[at : at + len(name)] = [(word, NAME) for word in name]
        at += max(len(name), 1)
    return out


def _name_at(tagged: list[Tagged], at: int, names: Mapping[int, Set[tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the longest of the names that is at a place of the sentence; () if none is."""
    written = ((tuple(word for word, _ in tagged[at : at + size]), known) for size, known in names.items())
    return next((words for words, known in written if words in known), ())


def is_running(sentence: Sequence[str]) -> bool:
    """Whether a sentence has words in lower case and is no headline, which may have all words with capitals."""
    lower = 0
    for word in sentence:
        if word.islower() and word not in _SMALL and word.isalpha():
            lower += 1
            if lower == _FEWEST_LOWER:
                return True
    return False


def _names(sentence: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names with capitals on small words in a sentence of running text."""
    at = 0
    while at < len(sentence):
        if not sentence[at][0].isupper():
            at += 1
            continue
        end = _end(sentence, at)
        opens = at == 0 or not (sentence[at - 1][0].isalpha() or sentence[at - 1] in _INSIDE)
        start = at
        if opens and end - at > 1 and sentence[at + 1][0].isupper() and sentence[at].lower() in _LINKING:
            start, opens = at + 1, False  # In Never Let Me Go, a girl ...
        if not _owns_name(sentence, end) and _is_name(sentence[start:end], opens=opens):
            yield tuple(sentence[start:end])
        at = end


def _owns_name(sentence: Sequence[str], end: int) -> bool:
    """Whether a possessive and a word with a capital follow, so that a name goes on: Our Savior's Church."""
    following = sentence[end : end + 2]
    return len(following) > 1 and following[0] in POSSESSIVE and following[1][0].isupper()


def _bands(sentence: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield what may be names in a sentence of running text: with "and the" (Echo and the Bunnymen), with a number
    (5 Seconds of Summer), or with a verb before a preposition (Gone with the Wind). Other things are said so too: a
    name is whole wherever the article has it.
    """
    for at, word in enumerate(sentence[:-2]):
        following = sentence[at + 1]
        if word.isdigit() and len(word) < _YEAR and following.istitle() and following.endswith("s"):
            name = tuple(sentence[at : _end(sentence, at)])
            if len(name) > 2 and _is_common(following) and (not name[2].istitle() or name[2].lower() in _ADVERBS):
                yield name
        elif word == "and" and following == "the" and at and sentence[at - 1].istitle() and sentence[at + 2].istitle():
            start = at - sum(1 for _ in takewhile(str.istitle, sentence[max(at - _MOST_BEFORE, 0) : at][::-1]))
            end = at + 2 + sum(1 for _ in takewhile(str.istitle, sentence[at + 2 :]))
            head = sentence[end - 1].lower()
            if end - at <= LONGEST_NAME and (_is_common(head) or head.endswith("men")) and head not in _INSTITUTIONS:
                yield tuple(sentence[start:end])
        elif following in _PREPOSITIONS and at and sentence[at - 1][0].isalpha() and _is_verb(word):
            first = at + 2 + (sentence[at + 2] in _ARTICLES)
            end = first + sum(1 for _ in takewhile(str.istitle, sentence[first : at + _LONGEST]))
            if end > first:
                yield tuple(sentence[at:end])


def _is_verb(word: str) -> bool:
    """Whether a word with a capital is a verb in lower case."""
    return word.istitle() and (usual_tag(word.lower()) or "").startswith("VB")


def _is_whole(name: tuple[str, ...], tokens: Sequence[str], places: Mapping[str, Sequence[int]]) -> bool:
    """Whether the folded tokens of an article have a name more than once, and its first and last words nowhere else.

    A number or a word with a hyphen may be elsewhere, but not both the first and the last word.

    Args:
        name: the words of the name.
        tokens: the tokens, folded.
        places: where each of them is.
    """
    folded = [word.lower() for word in name]
    ends = [at for at in (0, len(name) - 1) if name[at].isalpha()]
    own = [places[folded[at]] for at in ends]
    if not own or len(own[0]) < 2 or len(own[0]) != len(own[-1]):
        return False
    starts = (at - ends[0] for at in own[0])  # the first place with other words decides
    return all(start >= 0 and tokens[start : start + len(name)] == folded for start in starts)


def _end(sentence: Sequence[str], start: int) -> int:
    """Return the end of the words with capitals from here on, with the small words between them."""
    end = at = start + 1
    while at < len(sentence) and at - start < _LONGEST:
        word, inner = sentence[at], sentence[start + 1 : at]
        if word[0].isupper() and word[-1].isalpha():
            if _begins_name(word, sentence[at - 1]):
                break  # Of Mice and Men and | Never Let Me Go
            end = at = at + 1
            continue
        linked = word in _LINKS
        after = at + 1 if linked or word in _ARTICLES else at
        if linked and after < len(sentence) and sentence[after] in _ARTICLES:
            after += 1
        if after == at or after >= len(sentence) or not sentence[after][0].isupper():
            break
        if word in ("and", "or") and any(before.istitle() and before.lower() in _FUNCTION for before in inner):
            break  # The Last of Us and | Lost in Space
        if linked and word != "of" and not _is_common(sentence[after]):
            break  # Never Let Me Go by | Kazuo Ishiguro
        at = after
    while end > start and sentence[end - 1].lower() in _NOT_LAST:
        end -= 1
    return max(end, start + 1)


def _begins_name(word: str, before: str) -> bool:
    """Whether a word with a capital after a small word begins a name: readers of | Where the Crawdads Sing."""
    low = word.lower()
    if before in ("and", "or"):
        return word == "I" or low in _FUNCTION
    return before in _LINKS and low in _LINKING


def _is_name(words: Sequence[str], *, opens: bool) -> bool:
    """Whether words with capitals are a name because a small word among them has one.

    ``opens``: whether the first word may owe its capital to the start of a sentence.
    """
    if len(words) < 2 or sum(word[0].isupper() for word in words) > LONGEST_NAME:
        return False
    if words[0] == "I" and words[1].istitle() and len(words[1]) > 1 and _is_common(words[1]):
        return True  # I Capture the Castle
    for at, word in enumerate(words):
        if (opens and at == 0) or not (len(word) > 1 and word.istitle()):
            continue
        if at == 0 and words[1] in _ARTICLES and usual_tag(word.lower()) in ("VB", "VBP"):
            return True  # Save the Children
        after = words[at + 1] if at + 1 < len(words) else words[at - 1]
        if word.lower() in _FUNCTION and _is_common(after):
            return True  # not He Jiankui
    return False


def _is_common(word: str) -> bool:
    low = word.lower()
    return low not in DAYS and is_common_noun(low)
