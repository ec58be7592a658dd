"""English names without the role, the office or the kind of thing before them.

    painter Agnes Muir                 ->  Agnes Muir
    Welsh Secretary Owen Prys-Tudor    ->  Owen Prys-Tudor
    rail regulator Ofrail              ->  Ofrail

Roles are removed from the shortlist, after the ranking: removed before it, they lower F1@10 by 0.3 on DUC.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from alt_pipelines.tagging.extraction.english.given_names import WORDS_AND_NAMES
from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, usual_tag
from alt_pipelines.tagging.extraction.english.offices import OFFICES
from alt_pipelines.tagging.extraction.english.tagger import tag
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.tagging.extraction.words.dictionaries import starts_of_ends
from alt_pipelines.text.stopwords import word_set

# Forms of address, ranks of the police, of the forces and of the clergy, and members of councils and assemblies that
# are not in ``english.offices``. Not "private" and "imam": Private Equity, Imam Reza Shrine. A rank may be composed:
# rear-admiral.
_ADDRESS = word_set(
    """
    sir dame dr prof
    rev revd reverend ven venerable archdeacon prebendary curate deacon pastor vicar chaplain msgr monsignor rabbi
    constable sergeant inspector superintendent detective officer trooper
    corporal ensign lieutenant brigadier commodore marshal
    cllr councillor councilor councilman councilwoman alderman assemblyman assemblywoman mp msp mep
    """
)
_SECOND_RANKS = word_set("general canon")  # after another: Attorney General, Rev Canon; not General Motors, Canon EOS
_PART_OF_NAME = word_set("king queen prince princess emperor pope bishop cardinal general")  # King Charles III
# Persons by their standing in a team or a contest.
_STANDING = word_set("skipper teammate team-mate compatriot veteran rookie newcomer debutant runner-up")
_PERSONS = _ADDRESS | _STANDING | OFFICES - _PART_OF_NAME
_AGENT = ("or", "er", "ist", "ian", "man")
_SCHOLAR = ("logist", "nomist", "metrist", "iatrist", "grapher", "therapist", "ician")  # whatever they study or treat
_SMALL = word_set("of for the and on in")
_SURNAMES = ("NN", "JJ", "RB", "CD", "IN")  # tags of words that are surnames too: Moon, Short, Early
# Endings of a player's position that are not occupations, and of ages: Fly-half, Centre-forward, Nine-year-old.
_NEVER_NAMES = ("-year-old", "-half", "-back", "-forward", "-centre", "-center", "-row", "-eighth", "-stop")
_FULL_NAME = 2  # words
_OF_PLACE = 2  # words: of York
_SHORTEST_AGENT = 5  # letters of an occupation inside a longer one: goaltender
_ABBREVIATION = re.compile("[A-Z0-9]{2,4}")
_DOUBLED = re.compile(r"(?<=([bdgklmnprt]))\1$")  # spinner, of spin
_FROM_Y = re.compile("i$")  # qualifier, of qualify
_INNER_SIGN = re.compile("[-'’]")
_BEGIN_PLACES = word_set("San Santa Los Las La El Le")  # UC San Diego
_CLAUSE_END = re.compile(r"[.:?!—–\"“] ?$")
_SHIPS = word_set("USS HMS HMAS HMCS RMS MV MS SS")  # whose names are people's
# Kinds of bodies and products, also by their standing, before a name that may be an abbreviation or a common word: the
# union Equity, the fintech rival PAYLO.
_BODIES = word_set(
    "company firm giant group startup start-up unicorn rival competitor challenger union agency charity retailer"
    " supermarket airline bank insurer lender broadcaster publisher app platform website"
)
# Persons that a name before them describes, but does not name.
_HOLDERS = OFFICES | word_set(
    "man woman men women player players captain striker official officials spokesman fans fan resident residents"
    " columnist economist economists analyst analysts researcher researchers scientist scientists legislator"
    " legislators"
)


def without_roles(ranked: Ranked, text: str = "") -> Ranked:
    """Return the shortlist with each phrase of a role and a name replaced by the name alone, each name once.

    A candidate keeps its feature values. A name that is in the shortlist on its own gets the better of both scores.
    ``text``: the title and body, where a name that also occurs alone does not need the word before it.
    """
    named = [_without_role(candidate, text) for candidate in ranked.candidates]
    first = {candidate.form.casefold(): place for place, candidate in enumerate(ranked.candidates)}
    scores, out = list(ranked.scores), set()
    for place, candidate in enumerate(named):
        other = first.setdefault(candidate.form.casefold(), place)
        if other != place:
            out.add(place)
            scores[other] = max(scores[other], scores[place])
    return replace(ranked, candidates=tuple(named)).without(out, scores)


def _without_role(candidate: Candidate, text: str) -> Candidate:
    words = candidate.form.split(" ")
    if len(words) == 1:
        return candidate
    titled = _titled(words, text)
    start = _described(words) or _held(words, text) or titled or _abbreviated(words)
    end = _holder(words)
    if not (start or end) or len(words) != len(candidate.stems):
        return candidate
    kept = slice(start, end or None)
    if candidate.times > 1 + titled and not _stands_alone(words, words[kept], text):
        return candidate  # a headline and its first sentence may begin with the same role and name
    return candidate._replace(stems=candidate.stems[kept], form=" ".join(words[kept]))


def _described(words: Sequence[str]) -> int:
    """Return where a name begins after nouns in lower case; 0 if the words are not such a phrase.

    The first noun may have the capital of a sentence: Payment firm Quillen. A name of common words may name a thing,
    which needs its noun: state Supreme Court, cricket World Cup. An adjective before a name of one word belongs to it
    (central Europe). A noun before an abbreviation may belong to it, unless the noun is the role of a person or body.
    """
    lower = [words[0].lower() if _begins_description(words) else words[0], *words[1:]]
    start = next((at for at, word in enumerate(lower) if not (word.islower() and _is_plain(word))), 0)
    name, noun = words[start:], words[start - 1]
    if not start or not all(word[0].isupper() for word in name):
        return 0
    if len(name) == 1 and noun in _BODIES and _is_plain(name[0]):
        return start
    if all(is_common_word(word.lower()) for word in name):
        return 0
    if len(name) >= _FULL_NAME:
        return start if start == 1 or lower[0] != words[0] else 0
    if not _is_plain(name[0]) or (name[0].isupper() and not noun.endswith(_AGENT)):
        return 0
    return start if tag([noun])[0][1] == "NN" else 0


def _begins_description(words: Sequence[str]) -> bool:
    """Whether the first word has the capital of a sentence or a demonym, and a noun in lower case follows."""
    first, low = words[0], words[0].lower()
    followed = first[0].isupper() and words[1].islower() and words[1] not in _SMALL
    return followed and (is_common_word(low) or "-" in low or usual_tag(first) == "JJ")


def _is_plain(word: str) -> bool:
    """Whether a word has only letters, apart from a hyphen or an apostrophe."""
    return _INNER_SIGN.sub("", word).isalpha()


def _held(words: Sequence[str], text: str) -> int:
    """Return where a person's full name begins after a capitalised office; 0 if there is none."""
    start = 0
    for at, word in enumerate(words, 1):
        low = word.lower()
        second = low in _SECOND_RANKS and at > 1
        if word[0].isupper() and (second or low in _PERSONS or _has_composed_rank(low)):
            start = at
    if start and words[start : start + 1] == ["of"] and len(words) - start == _OF_PLACE + _FULL_NAME:
        start += _OF_PLACE  # Archbishop of York Stephen Cottrell
    name = words[start:]
    if not start or not name or not name[0][0].isupper() or not name[-1][0].isupper():
        return 0
    if len(name) < _FULL_NAME:  # Dr Selwyn
        addressed = words[start - 1].lower() in _ADDRESS and not is_common_word(name[0].lower())
        return start if addressed and _stands_alone(words, name, text) else 0
    if _is_common_name(name):
        return start  # Captain Will Moon
    given = [word for word in name[:-1] if word[0].isupper() and len(word) > 1]  # not an initial
    if not any(is_common_word(word.lower()) for word in given) or _stands_alone(words, name, text):
        return start
    return start if len(name) == _FULL_NAME and not is_common_word(name[-1].lower()) else 0


def _is_common_name(name: Sequence[str]) -> bool:
    """Whether a given name that is a word too is followed by a surname; not by a verb: Minister Will Resign."""
    if len(name) != _FULL_NAME or name[0].lower() not in WORDS_AND_NAMES or not name[1].istitle():
        return False
    surname = name[1].lower()
    return not is_common_word(surname) or (usual_tag(surname) or "").startswith(_SURNAMES)


def _has_composed_rank(word: str) -> bool:
    """Whether a word in lower case is an office or a rank with a hyphen: rear-admiral, major-general, ex-mayor."""
    _, hyphen, rank = word.rpartition("-")
    return bool(hyphen) and (rank in _PERSONS or rank == "general")


def _titled(words: Sequence[str], text: str) -> int:
    """Return 1 if a name follows an occupation or a role with the capital of a sentence: Off-spinner Ravi Mehta said.

    Archer Daniels Midland, which is elsewhere in a sentence too, is a name.
    """
    name = words[1:]
    if not words[0][0].isupper() or not all(word.istitle() and _is_plain(word) for word in name):
        return 0
    if _follows_agents(words):
        return int(_only_begins_sentences(" ".join(words), text))
    names = _follows_agent if _is_agent(words[0].lower()) else _follows_role
    return int(names(words, name, text) and _only_begins_sentences(" ".join(words), text))


def _follows_agents(words: Sequence[str]) -> bool:
    """Whether a firm's name of several words follows the plural of an occupation: Developers Castleford Homes.

    A common word after it belongs with it to one name: Farmers Insurance Group.
    """
    agent = words[0].lower().removesuffix("s")
    plural = agent != words[0].lower() and usual_tag(words[0].lower()) == "NNS" and _is_agent(agent)
    return plural and len(words) > _FULL_NAME and not is_common_word(words[1].lower())


def _follows_agent(words: Sequence[str], name: Sequence[str], text: str) -> bool:
    """Whether a name follows an occupation.

    A name of one word must occur alone in the text, and the occupation in lower case: "Hunter Brown" is a person. A
    longer one must be a person's or occur alone, except after a composed occupation: Chipmaker Corvin Devices.
    """
    role, common = words[0].lower(), [is_common_word(word.lower()) for word in name]
    alone = _stands_alone(words, name, text)
    if len(name) == 1:
        return alone and not common[0] and re.search(rf"\b{re.escape(role)}\b", text) is not None
    person = len(name) == _FULL_NAME and (not common[-1] or name[0].lower() in WORDS_AND_NAMES)
    particle = len(name) > _FULL_NAME and role.endswith("ist") and not any(common)  # Novelist Marit Mac Aodha
    return alone or person or particle or (_is_composed(role) and not common[0])


def _follows_role(words: Sequence[str], name: Sequence[str], text: str) -> bool:
    """Whether a person's full name follows a player's position, or the text also has its surname alone and what comes
    before it may be a role."""
    if not _is_role(words[0]) or len(name) != _FULL_NAME or any(is_common_word(word.lower()) for word in name):
        return False
    return words[0].endswith(_NEVER_NAMES) or _stands_alone(words, name[-1:], text)


def _only_begins_sentences(form: str, text: str) -> bool:
    """Whether every occurrence of a phrase begins a line, or follows a sign that ends a clause."""
    pieces = text.split(form)[:-1]
    return all(piece == "" or piece[-1] == "\n" or _CLAUSE_END.search(piece[-3:]) for piece in pieces)


def _is_agent(noun: str) -> bool:
    """Whether a word in lower case is an occupation: in the lexicon, or derived from a word (shrimper, off-spinner) or
    composed with an occupation (goaltender) that it has."""
    noun = noun.rpartition("-")[2]
    if not noun.endswith(_AGENT):
        return False
    if is_common_word(noun):
        return usual_tag(noun) == "NN"
    if noun.endswith(_SCHOLAR):
        return True
    root = noun[:-2] if noun.endswith(("er", "or")) else ""
    verbs = (root, f"{root}e", _DOUBLED.sub("", root), _FROM_Y.sub("y", root)) if root else ()
    return any(map(is_common_word, verbs)) or _is_composed(noun)


def _is_role(word: str) -> bool:
    """Whether a word with the capital of a sentence may be a role although it does not end like one: Understudy,
    Scrum-half, Nine-year-old."""
    _, hyphen, last = word.rpartition("-")
    return last.islower() if hyphen else usual_tag(word.lower()) == "NN"


def _is_composed(noun: str) -> bool:
    """Whether a noun that the lexicon does not have ends in an occupation that it has: chipmaker."""
    ends = (noun[at:] for at in starts_of_ends(noun, 2, _SHORTEST_AGENT))
    return not is_common_word(noun) and any(usual_tag(end) == "NN" and end.endswith(_AGENT) for end in ends)


def _abbreviated(words: Sequence[str]) -> int:
    """Return where a person's full name begins after an abbreviated role: Seattle RHP Wes Calderon."""
    start = next((at for at, word in enumerate(words, 1) if _ABBREVIATION.fullmatch(word)), 0)
    name = words[start:]
    if not start or len(name) != _FULL_NAME or words[start - 1] in _SHIPS or name[0] in _BEGIN_PLACES:
        return 0
    person = all(word.istitle() and _is_plain(word) and not is_common_word(word.lower()) for word in name)
    return start if person else 0


def _holder(words: Sequence[str]) -> int:
    """Return the number of words of the name before a person in lower case: Leeds manager. The phrase names nobody."""
    head, name = words[-1], words[:-1]
    if head not in _HOLDERS or not all(word[0].isupper() for word in name):
        return 0
    return len(name) if not is_common_word(name[-1].lower()) or len(name) > 1 else 0


def _stands_alone(words: Sequence[str], name: Sequence[str], text: str) -> bool:
    """Whether the text also has a name without the other words of a phrase."""
    return text.count(" ".join(name)) > text.count(" ".join(words))
