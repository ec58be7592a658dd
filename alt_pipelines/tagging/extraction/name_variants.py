"""Maps variants of a name to the form that the article's site uses most.

    names = SiteNames({"くも膜下出血": 9, "牧野選手": 12}, "ja")
    names.preferred("クモ膜下出血", text)    ->  "くも膜下出血"
    names.preferred("牧野颯太選手", text)    ->  "牧野選手", if the text has 牧野選手 too

A tag stays a piece of the article's text. Two kinds of variants are therefore distinguished:

* Spellings of one name (``text.spelling``) become the site's commonest spelling. Of single words that differ in whether
  they have a capital (turkey, Turkey), only one that occurs in the article is used.
* A shorter and a longer form of one name (Theresa May, May) are exchanged only if the other form occurs in the article,
  and only if it is the one form that it can stand for: a site with two people called Makino keeps all three tags. A
  single word in a language with capitals never replaces a longer name, and a number is never dropped (World War II).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from alt_pipelines.tagging.extraction.japanese.names import same_person
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.text.morphemes import morphemes
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.spelling import spelling_keys

_NUMERAL = re.compile(r"[IVX]+|\d+(?:\.\d+)*")
_LONGEST_GIVEN = 4  # characters of a Japanese given name


class SiteNames:
    """The names that a site's articles are tagged with: each name's commonest form and the number of its articles."""

    def __init__(self, names: Mapping[str, int], language: str) -> None:
        """Index names for one language of the site."""
        self._names = names
        self._language = language
        self._by_key: dict[str, str] = {}
        by_end: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names, key=lambda name: (-names[name], name)):
            for key in spelling_keys(name, language):
                self._by_key.setdefault(key, name)
            by_end[_end(name)].append(name)
            if unnumbered := _unnumbered(name):
                by_end[unnumbered].append(name)
        self._by_end = dict(by_end)

    def preferred(self, form: str, text: str) -> str:
        """Return the form to use for a tag of an article with this text; ``form`` itself if no other is preferred."""
        spelled = self._spelled(form, text)
        return self._longer(spelled, text) or self._shorter(spelled, text) or spelled

    def _spelled(self, form: str, text: str) -> str:
        if form in self._names:
            return form
        found = (self._by_key.get(key) for key in spelling_keys(form, self._language))
        name = next(filter(None, found), form)
        if " " in form or CJK.search(form) or form.islower() == name.islower() or _occurs(name, text):
            return name
        return form

    def _longer(self, form: str, text: str) -> str | None:
        """Return the one longer form of this name that the article has, if the site prefers it."""
        longer = [name for name in self._related(form) if len(name) > len(form) and _occurs(name, text)]
        roots = [name for name in longer if not any(name.endswith(f" {other}") for other in longer)]
        if len(roots) != 1:  # Mrs Theresa May and Theresa May are one name, Newcastle United is another
            return None
        (name,) = roots
        single = " " not in form and not CJK.search(form)
        numbered = _unnumbered(name) == form.casefold()
        return name if single or numbered or self._count(name) > self._count(form) else None

    def _shorter(self, form: str, text: str) -> str | None:
        """Return the shorter form of this name that the site uses more, if the article has it on its own."""
        shorter = [
            name
            for name in self._related(form)
            if len(name) < len(form)
            and (" " in name or CJK.search(name))
            and self._count(name) > self._count(form)
            and _unnumbered(form) != name.casefold()
            and _occurs(name, text, apart_from=form)
        ]
        if len(shorter) != 1:
            return None
        (name,) = shorter
        others = {other for other in self._related(name) if len(other) > len(name)} - {form}
        return None if others else name

    def _count(self, name: str) -> int:
        return self._names.get(name, 0)

    def _related(self, form: str) -> list[str]:
        """Return the names that are longer or shorter forms of this one."""
        if CJK.search(form):
            same_start = self._by_end.get(_end(form), [])
            return [name for name in same_start if name != form and _one_person(form, name)]
        words = form.split(" ")
        if language_of(self._language).noun_capitals or not _capitals(words):
            return []
        ends = [_end(form), form.casefold(), *([_end(bare)] if (bare := _unnumbered(form)) else [])]
        found = [name for end in ends for name in self._by_end.get(end, [])]
        return [name for name in dict.fromkeys(found) if name != form and _forms_of_one(words, name.split(" "))]


def renamed(ranked: Ranked, names: tuple[tuple[str, int], ...], language: str, text: str) -> Ranked:
    """Return a shortlist with the forms that the site prefers, given as (name, number of articles)."""
    if not names:
        return ranked
    index = site_names(names, language)
    return replace(ranked, candidates=tuple(c._replace(form=index.preferred(c.form, text)) for c in ranked.candidates))


@lru_cache(maxsize=256)
def site_names(names: tuple[tuple[str, int], ...], language: str) -> SiteNames:
    """Return the index of a site's (name, articles), built once per process, site and language."""
    return SiteNames(dict(names), language)


def _end(name: str) -> str:
    return name[0] if CJK.search(name) else name.rpartition(" ")[2].casefold()


def _unnumbered(name: str) -> str | None:
    """Return a name without the number at its end, folded; None if it has none."""
    head, _, last = name.rpartition(" ")
    return head.casefold() if head and _NUMERAL.fullmatch(last) else None


def _capitals(words: Sequence[str]) -> bool:
    return all(word[:1].isupper() or word[:1].isdigit() for word in (words[0], words[-1]))


def _forms_of_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the longer form ends with the shorter one, or only adds a number to it."""
    short, long = sorted((list(one), list(other)), key=len)
    if len(short) == len(long) or not _capitals(short) or not _capitals(long):
        return False
    if _NUMERAL.fullmatch(short[-1]) and len(short) == 1:
        return False
    return long[-len(short) :] == short or (long[:-1] == short and _NUMERAL.fullmatch(long[-1]) is not None)


def _one_person(one: str, other: str) -> bool:
    """Whether one Japanese form is the other one without the given name."""
    short, long = sorted((one, other), key=len)
    extra = len(long) - len(short)
    if not 0 < extra <= _LONGEST_GIVEN:
        return False
    if not any(long.startswith(short[:cut]) and long.endswith(short[cut:]) for cut in range(1, len(short) + 1)):
        return False
    return same_person([m.surface for m in morphemes(short)], [m.surface for m in morphemes(long)])


def _occurs(name: str, text: str, apart_from: str = "") -> bool:
    """Whether a text has a name as whole words, also outside ``apart_from``."""
    if apart_from:
        text = text.replace(apart_from, "\n")
    if CJK.search(name):
        return name in text
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
