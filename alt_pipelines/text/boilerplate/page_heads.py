"""Removes what a page says of its article above the first paragraph: who made it, and when.

    without_page_head("", ["Ann Roe | 4 March 2024, 17:42 | 3 min read", one, two], ())  ->  ["", one, two]
    without_page_head("", ["Final of the cup | 4 March 2024, 17:42", one, two], ())      ->  unchanged

A line goes only if each of its parts is a date, a name with its label, an agency, an address or a time to read, or
if it is the path to the page. A name without a label counts beside such a date or agency, above a line of the
author's role or a date, or below a line that repeats the title. Whoever the article names elsewhere is its subject and
stays, and so does the head of a text of fewer than two paragraphs.
Out of scope: one label and its names (``makers``), and credits of pictures (``credit_lines``). Linear time.
"""

import re
from collections.abc import Collection, Sequence

from alt_pipelines.text.boilerplate.author_notes import OCCUPATION
from alt_pipelines.text.boilerplate.credit_lines import is_credit
from alt_pipelines.text.boilerplate.makers import BY, MAIL, PUBLISHED_WORD, TIME_TO_READ, makers_of, mentions, names_of
from alt_pipelines.text.boilerplate.page_paths import leads_from_home
from alt_pipelines.text.boilerplate.services import AGENCY
from alt_pipelines.text.sentences import SENTENCE_ENDS

_LONGEST = 120
_MOST_HEAD_LINES = 8  # above the first paragraph; more of them are a list or a programme
_MOST_DATED = 2  # lines of the head with dates; more of them are a programme
_FEWEST_PARAGRAPHS = 2
_SHORTEST_PARAGRAPH = 60
_MOST_LABEL_WORDS = 4  # before a date: "Last updated on", "Haber Giriş Tarihi:"
_MOST_PUBLISHED_WORDS = 8  # where such a label names who published it
_MOST_ROLE_WORDS = 4
_LONGEST_STEP = 30  # characters of a step of the path to a page, if it is not the title
_FEWEST_STEPS = 3

_MONTH = r"[^\W\d_]{3,12}"
_YEAR = r"(?:199|20\d)\d"
_TIME = (
    r"(?:[^\W\d_]{1,5}\.? |[,–-] ?|)\d{1,2}[:.h]\d{2}(?::\d\d)?(?: ?[ap]\.?m\b\.?)?"
    r"(?: (?:Uhr|h|uur|[A-Z]{2,4}T|UTC)\b)?(?: ?\((?:GMT|UTC)[+-]\d{1,2}\))?"
)
# Month names are not listed: a month is the word between a day and a year, or between a day and a clock time.
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:\.|st|nd|rd|th|er|º|-го)?,? (?:de |of )?{_MONTH}\.?,? (?:de |del )?{_YEAR}\b"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b"
    rf"|\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?{_YEAR}\b|{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}\b)\.?(?:,? ?{_TIME})?"
    rf"|\b\d{{1,2}}\.? (?:de )?{_MONTH}\.?,? ?{_TIME}"
)
_CLOCK = re.compile(rf"\b{_TIME}")
_AT = "\x00"  # takes the place of a date
_JOINT = re.compile(r" ?[|·•] ?| [-–—/] |; ")
_LIFE = re.compile(r"[*†✝]|\d ?[-–—] ?\d{1,2}[. ]")  # "* 12.3.1940", "12.3.1940 – 5.2.2025"
_MINUTES = re.compile(r"\b\d{1,3} ?-?(?:min|мин|хв|dk|dak|phút|perc|λεπτ|minut)\w{0,5}\.?", re.IGNORECASE)
_ROLE = re.compile(rf"(?:{OCCUPATION})\b,?:? ?", re.IGNORECASE)
_PUBLISHED = re.compile(rf"(?:{PUBLISHED_WORD})\b", re.IGNORECASE)
_STEP = re.compile(" ?[>»›] ?")
_AGENCIES = re.compile(AGENCY)


def without_page_head(title: str, lines: Sequence[str], headings: Collection[int]) -> list[str]:
    """Return the same lines, "" for those above the first paragraph that are the page's; a heading stays."""
    out = list(lines)
    paragraphs = [at for at, line in enumerate(out) if _is_paragraph(line)]
    if len(paragraphs) < _FEWEST_PARAGRAPHS:
        return out
    head = [at for at in range(paragraphs[0]) if out[at]]
    if not head or len(head) > _MOST_HEAD_LINES or sum(_DATE.search(out[at]) is not None for at in head) > _MOST_DATED:
        return out
    signed = False  # whether the line above named the author alone
    titled = False  # whether the title is repeated above, as on a page
    for place, at in enumerate(head):
        below = lines[head[place + 1]] if place + 1 < len(head) else ""
        others = [*lines[:at], *lines[at + 1 :]]
        line = lines[at]
        if at not in headings and len(line) <= _LONGEST and leads_from_home(line):
            out[at], signed = "", False
        elif at in headings or len(line) > _LONGEST or line.lower() == line.upper() or _LIFE.search(line):
            signed = False
        elif signed and _is_role(line):
            out[at], signed = "", False
        else:
            signed = (titled or _is_role(below) or _is_date(below)) and _is_unmentioned(
                names_of(line, fewest=2), title, others
            )
            if signed or _is_path(line, title) or _is_of_page(line, title, others):
                out[at] = ""
        titled = titled or (bool(title) and line.casefold() == title.casefold())
    return out


def _is_paragraph(line: str) -> bool:
    return len(line) >= _SHORTEST_PARAGRAPH and "|" not in line and line.rstrip("\"'”’»)]").endswith(SENTENCE_ENDS)


def _is_path(line: str, title: str) -> bool:
    """Whether a line is the path from the home page to this one: "Home > News > The ferry sails"."""
    steps = _STEP.split(line)
    titled = bool(steps[-1]) and title.startswith(steps[-1].rstrip(".…"))
    short = steps[:-1] if titled else steps
    return len(steps) >= _FEWEST_STEPS and all(2 < len(step) <= _LONGEST_STEP and step[0].isupper() for step in short)


def _is_role(line: str) -> bool:
    return len(line.split()) <= _MOST_ROLE_WORDS and _ROLE.match(line) is not None and line[-1] not in ".!?"


def _is_date(line: str) -> bool:
    """Whether a line is a date and nothing else, or tells with one when the article was published."""
    if len(line) > _LONGEST or _LIFE.search(line) or not _DATE.search(line):
        return False
    parts = _JOINT.split(_DATE.sub(_AT, line))
    # A place may stand before the date and its time: "Albarzón - 21 abr 2024 - 05:30"
    first = parts[0] if len(parts) == 1 or _AT in parts[0] else ""
    rest = parts if first or len(parts) == 1 or " " in parts[0] else parts[1:]
    return _PUBLISHED.match(line) is not None or all(
        _CLOCK.sub("", part.replace(_AT, "")).strip(" ,.:") in ("", *_zones(part)) for part in rest
    )


def _zones(part: str) -> list[str]:
    return [word for word in part.split() if word.isupper() and len(word) <= 4]


def _is_unmentioned(names: Sequence[str] | None, title: str, others: Sequence[str]) -> bool:
    """Whether there are names without labels, and none of their words is in the article in any case."""
    if not names:
        return False
    words = [word.casefold() for name in names for word in name.split() if len(word) > 2]
    return not mentions(words, title.casefold(), [line.casefold() for line in others])


def _is_of_page(line: str, title: str, others: Sequence[str]) -> bool:
    """Whether each part of a line is the page's, and one of them is a date, or a name with its label."""
    dated = _DATE.sub(_AT, line)
    if _AT in dated:
        dated = _CLOCK.sub(_AT, dated)
        if TIME_TO_READ.search(line):  # only a page says both
            return True
    elif line[-1] in ".!?":
        return False
    parts = [part.strip(" ,") for part in _JOINT.split(dated)]
    bare: list[str] = []
    labelled: list[str] = []
    agencies = 0
    for place, part in enumerate(parts):
        if (named := _dated_label(part, clock=dated.count(_AT) > 1 or _CLOCK.search(line) is not None)) is not None:
            labelled += named
            continue
        text = part.replace(_AT, "").strip(" ,")
        if not text or TIME_TO_READ.fullmatch(text) or (place and _is_time_to_read(text)):
            continue
        if _AGENCIES.fullmatch(text) or is_credit(text):
            agencies += 1
        elif (found := _labelled(text)) is not None:
            labelled += found
        elif (names := names_of(text, fewest=2)) is not None and _AT not in part and _AT not in "".join(parts[:place]):
            bare += names
        elif not (place and _is_role(text) and (bare or labelled)):
            return False
    if labelled and mentions([name.split()[-1] for name in labelled], title, others):
        return False
    if bare and not _is_unmentioned(bare, title, others):
        return False
    return _AT in dated or bool(labelled) or (bool(bare) and agencies > 0)


def _dated_label(part: str, *, clock: bool) -> list[str] | None:
    """Return the names in what stands before a date; None if it is more than a label or a day of the week.

    "Last updated on Thursday, 4 March"  ->  []      "Posted by Ann Roe on 4 March"  ->  ["Ann", "Roe"]
    """
    before, at, after = part.partition(_AT)
    if not at or any(len(word) > 2 and not word.isupper() for word in after.replace(_AT, "").split()):
        return None
    words = before.strip(" ,").split()
    capital = [word.strip(":,") for word in words[1:] if word[0].isupper()]
    if _PUBLISHED.match(before) and len(words) <= _MOST_PUBLISHED_WORDS:
        return capital
    if len(words) > _MOST_LABEL_WORDS:
        return None
    if not words or words[-1].endswith(":") or (clock and not capital):
        return []
    return [] if len(words) == 1 and words[0][0].isupper() and not before.rstrip().endswith(",") else None


def _is_time_to_read(text: str) -> bool:
    return _MINUTES.search(text) is not None and not any(word[0].isupper() for word in text.split()[1:])


def _labelled(text: str) -> list[str] | None:
    """Return the names after a label, a preposition or a role; None if the text is not of that form."""
    rest = MAIL.sub("", text) if "@" in text else text
    if (found := makers_of(rest)) is not None:
        return found
    label = BY.match(rest) or _ROLE.match(rest)
    if label is not None:
        return names_of(rest[label.end() :], fewest=2)
    return names_of(rest, fewest=2) if rest != text else None
