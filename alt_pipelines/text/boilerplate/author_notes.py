"""Removes what an article says about its author at its end.

    without_author_note(["Night trains return.", "Rosalind Pike is a freelance writer based in Bristol."])
        ->  ["Night trains return.", ""]

Only a person whom the rest of the article does not name, so that an article about a journalist keeps its end.
"""

import re
from collections.abc import Sequence

_PART = r"[A-ZÀ-ÞŁŚŻČŠŽ][\w'’-]+"
_NAME = rf"{_PART}(?: (?:[A-Z]\.|van|von|de|der|den|da|di|del|la|le|bin)){{0,3}}(?: {_PART}){{1,3}}"
_WRITER = (
    r"(?:\w+[ -]){0,4}?(?:writer|journalist|reporter|editor|columnist|correspondent|contributor|critic|blogger"
    r"|novelist|author"
    r"|professor|lecturer|(?:research )?fellow|redakteur(?:in)?|journalistin|autorin|autor|kolumnist(?:in)?"
    r"|korrespondent(?:in)?"
    r"|journaliste|rédact(?:eur|rice)|chroniqueu(?:r|se)|correspondante?|periodista|redactora?|columnista|corresponsal"
    r"|jornalista|repórter|editora?|colunista|giornalista|redattore|redattrice|corrispondente|redacteur|columniste"
    r"|verslaggever|skribent|dziennikarz|dziennikarka|novinářka?|gazeteci)\b"
)
_NOTE = re.compile(
    rf"(?:About the author ?:? ?|L['’]auteure? ?: ?|Über die Autorin ?:? ?|Zum Autor ?:? ?)?({_NAME}),? "
    rf"(?:is|are|ist|est|es|é|è|är|er|jest|je) (?:(?:an?|the|eine?|une?|uno|una?|um|uma|en|ett|our|freier?|freie"
    rf"|[A-Z]\w+['’]s) )?(?i:{_WRITER})"
)
_LAST_LINES = 5
_LONGEST = 400


def without_author_note(title: str, lines: Sequence[str]) -> list[str]:
    """Return the same lines, "" for a note about the author among the last ones."""
    out = list(lines)
    for at in range(max(1, len(out) - _LAST_LINES), len(out)):
        note = _NOTE.match(out[at]) if len(out[at]) <= _LONGEST else None
        if note is None:
            continue
        surname = note.group(1).split()[-1]
        if surname not in title and not any(surname in line for line in out[:at]):
            out[at] = ""
    return out
