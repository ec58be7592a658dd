"""Leaves out phrases that stand for another phrase of the shortlist: an office for its holder, a demonym for a country.

    "Brazilian President", "President of Brazil"   beside "President Lula"
    "Microsoft founder"                            beside "Bill Gates", of "Bill Gates, Microsoft founder, ..."
    "Australians"                                  beside "Australia"
    "Kmart Corp."                                  beside "Kmart"
    "VfL"                                          beside "VfL Osnabrück", and "Auftakt" beside "Weltcup-Auftakt"
    "CSIC"                                         beside "Consejo Superior ..." , of "Consejo Superior ... (CSIC)"

The text decides: a phrase stands for a person if it is next to the person's name somewhere (an apposition). Phrases
that differ in a word are compared in ``selection``. The name keeps its own score: with the better score of the two,
F1@10 rises by 0.1 on DUC and falls by as much on 500N.
"""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.english.analysis import rarity
from alt_pipelines.tagging.extraction.english.offices import OFFICES
from alt_pipelines.tagging.extraction.english.roles import without_roles
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.germanic.german_short_forms import short_forms
from alt_pipelines.tagging.extraction.words.verbs import has_feminine, is_word

_LONGEST_CONTEXT = 80  # characters on either side of a name
_MOST_PLACES = 4  # occurrences of a name that are examined
_ARTICLE = r"(?:(?:the|an?|le|la|les|l['’]|une?|el|los|las|un[ao]?|der|die|das|eine?|il|lo|gli|[ao]s?|um|uma) ?)"
_COPULA = r"(?:is|was|est|fut|es|era|fue|ist|war|è|fu|foi)"
# Between a name and its apposition: "Bill Gates, the founder", "Arafat was a leader".
_AFTER = re.compile(rf"(?:, | {_COPULA} ){_ARTICLE}?(?=\w)", re.IGNORECASE)
_COMPLEMENT = re.compile(
    r"(?:\b(?:of|in|at|for|from|de|en|à|du|des|di|del|della|do|da|dos|das) |d['’])(?:the |la |les? |el |l['’])?$"
)
_CLOSES = re.compile(r"[,.;:)]|$")
_COMPANY = re.compile(r",? (?:Corp|Inc|Ltd|Co|LLC|plc|PLC|AG|SE|GmbH|SA|S\.A|SpA|NV|Corporation)\.?$")
_DEMONYM = re.compile(r"(?:ians?|ans?|ese|ish|is?|ns?|ers?)$")
_SHORTEST_ROOT = 4  # letters that a country and its demonym share
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&-]{1,7}s?")
_WORDS_BESIDE = 5
_SELDOM = 3  # occurrences of an abbreviation; one that is used more often is the text's own name for its topic
_UNKNOWN = 0.65  # rarity of a name that is not widely known: fewer than 3 occurrences in a million words
_PLURAL = re.compile("s$")


def without_stand_ins(ranked: Ranked, text: str, language: str) -> Ranked:
    """Return a shortlist without the phrases that stand for another one in it.

    Where the head of a phrase is its first word, a head and the only phrase that begins with it are one tag (reforma,
    reforma judicial): the phrase if the text repeats it or the head has a capital, otherwise the one with the better
    score.
    """
    row = language_of(language)
    if row.reader == "english":
        ranked = without_roles(ranked, text)
    forms = [candidate.form for candidate in ranked.candidates]
    scores = list(ranked.scores)
    out: set[int] = set()
    heads: dict[int, int] = {}  # the head that each phrase replaces
    for head, phrase in _heads(ranked.candidates, language) if row.head_first else ():
        only = text.count(forms[head]) == text.count(forms[phrase]) > 0  # tirs au but, never tirs alone
        preferred = ranked.candidates[phrase].times > 1 or forms[head][0].isupper() or only
        better = preferred or scores[phrase] > scores[head]
        out.add(head if better else phrase)
        if better:
            heads[phrase] = head
        if preferred:
            scores[phrase] = max(scores[phrase], scores[head])
    for stand_in, stays in _pairs(forms, text) if not row.noun_capitals else ():
        if stand_in != stays and stays not in out:
            out.add(stand_in)
    for short, whole in short_forms(ranked.candidates) if row.noun_capitals else ():
        out.add(short)
        scores[whole] = max(scores[whole], scores[short])
    for described, name in _apposed(forms) if row.reader == "english" else ():
        if name not in out:
            out.add(described)
            scores[name] = max(scores[name], scores[described])
    for one, other in _described(forms, language):
        if one in out or other in out:
            continue
        if row.head_first and _is_part_of(forms[one], forms[other], text, language):
            out.add(one)
            scores[other] = max(scores[one], scores[other])
        else:
            dropped = min(one, other, key=lambda at: (scores[at], -at))
            out.add(dropped)
            out.discard(heads.get(dropped, -1))  # phare and Kerbihan, of phare de Kerbihan
    return ranked.without(out, scores)


def _heads(candidates: Sequence[Candidate], language: str) -> Iterator[tuple[int, int]]:
    """Yield (head, phrase) for each single word that begins exactly one phrase, or exactly one repeated phrase."""
    phrases: dict[str, list[int]] = {}
    for at, candidate in enumerate(candidates):
        if len(candidate.stems) > 1:
            phrases.setdefault(candidate.stems[0], []).append(at)
    for at, candidate in enumerate(candidates):
        if len(candidate.stems) > 1 or not candidate.form.isalpha() or candidate.form.isupper():
            continue
        begun = phrases.get(candidate.stems[0], [])
        repeated = [phrase for phrase in begun if candidates[phrase].times > 1]
        begun = repeated or begun
        noun = candidate.form.islower() or is_word(candidate.form.lower(), language)  # Assemblée, not Orgeval
        if len(begun) == 1 and (noun or repeated):
            yield at, begun[0]


def _apposed(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a lower-case noun with a name, and the name alone: start-up Quellet, Quellet.

    The name takes the better score of the two: F1@10 rises by 0.08 on 500N and is the same within 0.02 elsewhere.
    """
    at = {form: index for index, form in enumerate(forms)}
    for index, form in enumerate(forms):
        noun, _, name = form.partition(" ")
        if name in at and name.isalpha() and name[0].isupper() and noun.islower() and noun[0].isalpha():
            yield index, at[name]


def _described(forms: Sequence[str], language: str) -> Iterator[tuple[int, int]]:
    """Yield pairs of a name and the same name after a description or a first part: Ventoux, mont Ventoux; Roh Moo-hyun,
    President Roh Moo-hyun; Firefox 1.0, Mozilla Firefox 1.0."""
    names = [(at, form) for at, form in enumerate(forms) if form[:1].isupper() and len(form) > 1]
    ending: dict[str, list[int]] = {}  # the forms of several words by the words at their end
    for at, form in enumerate(forms):
        for space, character in enumerate(form):
            if character == " ":
                ending.setdefault(form[space + 1 :], []).append(at)
    for at, name in names:
        for other in ending.get(name, ()):
            first = forms[other][: -len(name) - 1]
            described = (first.islower() and language != "en") or first.lower() in OFFICES
            numbered = " " in name and name[-1].isdigit()
            noun = language == "de" and is_common_noun(first) and not first.endswith("er")  # Bremer Neustadt
            if described or numbered or noun:
                yield at, other


def _is_part_of(name: str, whole: str, text: str, language: str) -> bool:
    """Whether the text has a name only after the noun that describes it, which is then a part of it: lycée Brizeux.

    A noun with a feminine form is a person's role (président Durand), which is not a part of the name.
    """
    noun, _, small = whole[: -len(name) - 1].partition(" ")
    if " " in name or (small and small not in language_of(language).links) or has_feminine(noun, language):
        return False
    folded = text.casefold()
    return folded.count(name.casefold()) == folded.count(whole.casefold())


def _pairs(forms: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield (stand-in, phrase that stays)."""
    folded = [form.casefold() for form in forms]
    people = [at for at, form in enumerate(forms) if _is_full_name(form) and not _office(folded[at])]
    others = [at for at in range(len(forms)) if at not in people]
    holders: dict[str, int] = {}
    for at in people:
        first = folded[at].split(" ", 1)[0]
        if first in OFFICES:
            holders.setdefault(first, at)
        for before, after in _contexts(forms[at], text):
            holders.update({word: at for word in _offices(before, after) if word not in holders})
            for other in others:
                beside = before.endswith(folded[other]) or after.startswith(folded[other])
                if beside and _is_description(forms[other], before, after):
                    yield other, at
    for other in others:
        holder = next((holders[word] for word in _office(folded[other]) if word in holders), None)
        if holder is not None:
            yield other, holder
    yield from _same_names(forms, folded, text)


def _is_full_name(form: str) -> bool:
    """Whether a form may be a person's full name: words with capitals, apart from the small words inside it."""
    words = form.split(" ")
    if not 1 < len(words) <= 5 or not (words[0][:1].isupper() and words[-1][:1].isupper()):
        return False
    return all(word.isalpha() or "-" in word or "'" in word or word[-1] == "." for word in words)


def _contexts(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the folded text on either side of a name that may be an apposition: next to it, a comma or a copula."""
    start = -1
    for _ in range(_MOST_PLACES):
        start = text.find(name, start + 1)
        if start < 0:
            return
        end = start + len(name)
        before, after = text[max(0, start - _LONGEST_CONTEXT) : start], text[end : end + _LONGEST_CONTEXT]
        joint = _AFTER.match(after)
        comma = before.endswith(", ")
        if not before.endswith(" ") or (comma and not _CLOSES.match(after)):
            before = ""
        yield before.rstrip(" ,").casefold(), after[joint.end() :].casefold() if joint else ""


def _is_description(form: str, before: str, after: str) -> bool:
    """Whether a phrase beside a name describes its bearer: in lower case, and not the first of a list after it."""
    if before.endswith(form.casefold()):
        inside = _COMPLEMENT.search(before[: -len(form)])  # director of the film festival
        return inside is None and form.rsplit(" ", 1)[-1][0].islower()
    rest = after[len(form) :]
    return form.islower() and (not rest or rest[0] in ",.;:)" or rest.startswith((" of ", " de ", " der ", " who ")))


def _offices(before: str, after: str) -> list[str]:
    """Return the offices in the text beside a name: its last words before the name, and its first ones after it."""
    clause = re.split("[.,;:()]", before)[-1]
    found = clause.split(" ")[-_WORDS_BESIDE:] + [word.strip(",.;") for word in after.split(" ")[:_WORDS_BESIDE]]
    return [word for word in found if word in OFFICES]


def _office(folded: str) -> list[str]:
    """Return the office that a phrase names as its head or before "of": Brazilian President, President of Brazil."""
    words = folded.split(" ")
    heads = [words[-1]] if "of" not in words else [words[words.index("of") - 1]]
    return [word for head in heads for word in (head, _PLURAL.sub("", head)) if word in OFFICES]


def _introduced(form: str, at: dict[str, int], text: str) -> int | None:
    """Return the place of the rare first word of a name if the body has the whole name first: Calder Athletic, Calder.

    A first word that readers know may name another thing: Paris beside Paris Saint-Germain.
    """
    first, *rest = form.split(" ")
    short = at.get(first.casefold())
    if short is None or not rest or not all(word[0].isupper() for word in (first, *rest)) or rarity(first) < _UNKNOWN:
        return None
    body = text.partition("\n")[2]
    return short if 0 <= body.find(form) <= body.find(first) else None


def _same_names(forms: Sequence[str], folded: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield pairs of names that differ only by a company's legal form, a demonym's ending or an abbreviation."""
    at = {form: index for index, form in enumerate(folded)}
    single = [
        i for i, form in enumerate(forms) if " " not in form and form[:1].isupper() and len(form) > _SHORTEST_ROOT
    ]
    for index, form in enumerate(forms):
        bare = at.get(_COMPANY.sub("", form).casefold())
        if bare is not None and bare != index:
            yield index, bare
        if (short := _introduced(form, at, text)) is not None:
            yield short, index
        if _ACRONYM.fullmatch(form) and text.count(form) <= _SELDOM:
            for other, long in enumerate(forms):
                if other != index and " " in long and f"{long} ({form})" in text:
                    yield index, other
    for demonym in single:
        root = _DEMONYM.sub("", folded[demonym])
        if root == folded[demonym] or len(root) < _SHORTEST_ROOT:
            continue
        for country in single:
            rest = folded[country][len(root) :] if folded[country].startswith(root) else None
            if country != demonym and rest in ("", "a", "e", "y", "o", "ia", "land"):
                yield demonym, country
