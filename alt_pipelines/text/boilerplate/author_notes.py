"""Removes what an article says about its author at its end.

    without_author_note("", [article, "Rosalind Pike is a freelance writer based in Bristol."])  ->  [article, ""]
    without_author_note("", [article, "Rosalind Pike is the writer who saved the trains."])       ->  unchanged

Only a person whom the rest of the article does not name, so that an article about a journalist keeps its end.
"""

import re
from collections.abc import Sequence

from alt_pipelines.text.boilerplate.invitations import without_invitations
from alt_pipelines.text.boilerplate.pointers import points_elsewhere
from alt_pipelines.text.boilerplate.reader_notes import without_reader_notes
from alt_pipelines.text.stopwords import NAME_PARTICLE

_PART = r"[A-ZÀ-ÞŁŚŻČŠŽ][\w'’-]+"
_NAME = rf"{_PART}(?: (?:[A-Z]\.|{NAME_PARTICLE})){{0,3}}(?: {_PART}){{1,3}}"
# Occupations of those who make articles, in all languages.
OCCUPATION = (
    "writer|journalist|reporter|editor|columnist|correspondent|contributor|critic|blogger|novelist|author|photographer"
    "|professor|lecturer|(?:research )?fellow|redakteur(?:in)?|journalistin|autorin|autor|kolumnist(?:in)?"
    "|korrespondent(?:in)?|fotografi?n?"
    "|journaliste|rédact(?:eur|rice)|chroniqueu(?:r|se)|correspondante?|periodista|redactora?|columnista|corresponsal"
    "|jornalista|repórter|editora?|colunista|giornalista|redattore|redattrice|corrispondente|redacteur|columniste"
    "|verslaggever|verslaggeefster|skribent|redaktør|redaktör|toimittaja|kirjeenvaihtaja|dziennikarz|dziennikarka"
    "|novinářka?|redaktork?a?|újságíró|szerkesztő|jurnalist|журналист(?:ка)?|журналіст(?:ка)?"
    "|корреспондент(?:ка)?|кореспондент(?:ка)?|δημοσιογράφος|gazeteci|muhabir"
)
_WRITER = rf"(?:\w+[ -]){{0,4}}?(?:{OCCUPATION})\b"
_LABEL = r"(?:About the author|L['’]auteure?|Über die Autorin|Zum Autor) ?:? ?"
_AND = r"(?:and|und|et|y|e|i|och|en|og|a|&)"
_FIELD = r" (?:of|on|and|für|de|di|for|in)(?: [a-zà-ÿ]+){1,4}"  # a professor of marine biology
_AT = (
    r"(?:for|at|with|in|from|bei|beim|für|aus|im|an|à|au|chez|pour|en|del?|da|do|em|para|per|di|a|bij|voor|van|på|i|för"
    r"|w|we|z|v|na)"
)
_ARTICLE = r"(?:the|der|die|das|den|dem|la|le|les|el|il|o|de|het) |l['’]"
_NOTE = re.compile(
    rf"(?:(?P<label>{_LABEL})|)(?P<name>{_NAME}),? (?:is|ist|est|es|é|è|är|er|jest|je) "
    rf"(?:(?P<outlet>our|[A-Z]\w+['’]s) |(?:an?|eine?|une?|uno|una?|um|uma|en|ett|freier?|freie) )?(?i:{_WRITER})"
    rf"(?P<place>(?: {_AND} \w+)?(?:{_FIELD})?(?: based| living| working)? {_AT} (?:{_ARTICLE})?[A-ZÀ-ÞŁŚŻČŠŽ])?"
)
# What a person did is the article's matter: "is a reporter for the Post who found the papers".
_DEED = re.compile(
    r"\b(?:who|whose|whom|qui|dont|quien|que|che|która|który|som|která|který)\b|, (?:der|die|deren|dessen)\b"
    r"|\b(?:and|und|et|y|e|en|och|og|i) (?:was|were|wurde|a été|fue|foi|è stat[oa]|werd|greps|blev|ble|został[ao]?)\b"
)
_NOTHING: frozenset[str] = frozenset()
# What a site asks its reader to do, in a line that may say more than that.
_REQUEST = re.compile(
    r"\b(?:click here|please (?:click|e-?mail|write|send|contact)|klicken sie|schreiben sie (?:uns|an)|cliquez ici"
    r"|haga clic|haz clic|clique aqui|clicca qui|klik hier)\b",
    re.IGNORECASE,
)
_LONGEST = 400
_SHORT = 60
_TEXT_ABOVE = 2  # times the note's length; a shorter text that ends with a person is about that person


def without_author_note(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for a note about the author at their end.

    The note names where the author works or lives, and only lines that are no sentences follow it.
    """
    out = list(lines)
    at = next((at for at in range(len(out) - 1, 0, -1) if _is_note(out[at])), 0)
    name = _NOTE.match(out[at]) if at else None
    if name is None or not all(map(_is_furniture, out[at + 1 :])):
        return out
    before = out[:at]
    surname = name["name"].split()[-1]
    enough = sum(map(len, before)) >= _TEXT_ABOVE * len(out[at])
    last = next((line for line in reversed(before) if line), "")
    if enough and surname not in title and not any(surname in line for line in before) and not _presents(last):
        out[at] = ""
    return out


def _presents(line: str) -> bool:
    """Whether a line introduces a person as well, so that both may be those whom the article is about."""
    return len(line) <= _LONGEST and _NOTE.match(line) is not None


def _is_note(line: str) -> bool:
    note = _NOTE.match(line) if len(line) <= _LONGEST else None
    if note is None:
        return False
    return note["label"] is not None or (
        (note["outlet"] is not None or note["place"] is not None) and _DEED.search(line) is None
    )


def _is_furniture(line: str) -> bool:
    """Whether a line may follow the note: a pointer, what the reader is asked to do, or no sentence."""
    if not line or points_elsewhere(line) or _REQUEST.search(line):
        return True
    if not without_reader_notes(without_invitations(line, _NOTHING), _NOTHING):
        return True
    return len(line) <= _SHORT and line[-1] not in ".!?" and not _presents(line)
