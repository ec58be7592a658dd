"""English names without the role, the office or the kind of thing before them.

    painter Agnes Muir                 ->  Agnes Muir
    Welsh Secretary Owen Prys-Tudor    ->  Owen Prys-Tudor
    rail regulator Ofrail              ->  Ofrail

Roles are removed from the shortlist, after the ranking: removed before it, they lower F1@10 by 0.3 on DUC.
"""

from collections.abc import Sequence
from dataclasses import replace

from alt_pipelines.tagging.extraction.english_tagger import is_common_word, tag
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.offices import OFFICES
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.text.stopwords import word_set

# Forms of address, ranks and occupations that are not in ``offices``.
_ADDRESS = word_set("sir dame dr prof cllr mp msp rev inspector sergeant constable lieutenant officer developer")
_PART_OF_NAME = word_set("king queen prince princess emperor pope bishop cardinal general")  # King Charles III
_PERSONS = _ADDRESS | OFFICES - _PART_OF_NAME
_AGENT = ("or", "er", "ist", "ian", "man")
_FULL_NAME = 2  # words


def without_roles(ranked: Ranked) -> Ranked:
    """Return the shortlist with each phrase of a role and a name replaced by the name alone, each name once.

    A candidate keeps its feature values. A name that is in the shortlist on its own gets the better of both scores.
    """
    named = [_without_role(candidate) for candidate in ranked.candidates]
    first = {candidate.form.casefold(): place for place, candidate in enumerate(ranked.candidates)}
    scores, out = list(ranked.scores), set()
    for place, candidate in enumerate(named):
        other = first.setdefault(candidate.form.casefold(), place)
        if other != place:
            out.add(place)
            scores[other] = max(scores[other], scores[place])
    return replace(ranked, candidates=tuple(named)).without(out, scores)


def _without_role(candidate: Candidate) -> Candidate:
    if " " not in candidate.form or candidate.times > 1:
        return candidate
    words = candidate.form.split(" ")
    start = _described(words) or _held(words)
    if not start or len(words) != len(candidate.stems):
        return candidate
    return candidate._replace(stems=candidate.stems[start:], form=" ".join(words[start:]))


def _described(words: Sequence[str]) -> int:
    """Return where a name begins after nouns in lower case; 0 if the words are not such a phrase.

    A name of common words may name a thing, which needs its noun: state Supreme Court, cricket World Cup. An adjective
    before a name of one word belongs to it (central Europe). A noun before an abbreviation may belong to it, unless the
    noun is the role of a person or body.
    """
    start = next((at for at, word in enumerate(words) if not (word.islower() and word.isalpha())), 0)
    name = words[start:]
    if not start or not all(word[0].isupper() for word in name) or all(is_common_word(word.lower()) for word in name):
        return 0
    if len(name) >= _FULL_NAME:
        return start if start == 1 else 0
    if not name[0].isalpha() or (name[0].isupper() and not words[start - 1].endswith(_AGENT)):
        return 0
    return start if tag([words[start - 1]])[0][1] == "NN" else 0


def _held(words: Sequence[str]) -> int:
    """Return where a person's full name begins after a capitalised office; 0 if there is none."""
    start = 0
    for at, word in enumerate(words, 1):
        low = word.lower()
        if word[0].isupper() and (low in _PERSONS or (low == "general" and at > 1)):  # not General Motors
            start = at
    name = words[start:]
    if len(name) < _FULL_NAME or not name[0][0].isupper() or not name[-1][0].isupper():
        return 0
    given = [word for word in name[:-1] if word[0].isupper() and len(word) > 1]  # not an initial
    return 0 if any(is_common_word(word.lower()) for word in given) else start
