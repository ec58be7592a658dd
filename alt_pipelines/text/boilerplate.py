"""Removes boilerplate from an article's lines: site marks, notes to the reader, credits, counters, labels.

    own_lines("Ferry fares rise", [Line("Fares rise by 8 %."), Line("Points: 143")])  ->  ["Fares rise by 8 %."]

Boilerplate is recognised by its structure (a label followed by a number, a repetition of the title near the end, a
label at the start of several lines, a line of links), by its share of words that sites use to address readers, and by
the lines that the site repeats (``site_lines``, learned in ``sites``). An article without a title never loses all of
its lines. Linear time.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from hashlib import blake2b

from alt_pipelines.text.attribution import without_credits
from alt_pipelines.text.code import is_statement
from alt_pipelines.text.lines import Line
from alt_pipelines.text.sentences import split_line
from alt_pipelines.text.service_words import ALONE, FUNCTION, READER, STRONG, UNSPACED, UNSPACED_SIGN, WEAK

_LABEL = re.compile(r"(?:[•*·-] |# )?([^\W\d_][\w .'’/&-]{0,30}?) ?: ?(?=\S)|【([^【】]{1,12})】 ?(?=\S)")
_COMMIT = re.compile(
    r"(?:[•*·-] )?(?:feat|fix|chore|docs|refactor|test|build|ci|perf|style|revert|deps)(?:\([\w./, -]{1,30}\))?!?: ?"
)
_SECTION = re.compile(r"(?:arXiv:\S{1,40}(?: Announce Type: [\w-]{1,20})?|(?:Abstract|Summary|TL;DR|要旨)(?:: ?|$))\s*")
_AGGREGATOR = re.compile(r"(?:Show|Ask|Tell|Launch) HN: ?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,80}")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*+")
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
_CLOCK = re.compile(
    r"(?<!\d)\d{1,2} ?(?:[:.h時] ?\d{2}分?|h(?=\s|$))(?!\d)(?: ?[ap]\.?m\.?)?"
    r"|\b\d{1,3} ?(?:h|hrs?|m|mins?|hours?|days?|時間|分|日)(?: ago|前)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?:[A-Z]{2,4}T|UTC|Uhr)\b")
_NUMERIC = re.compile(r"[+\-–−$€£¥]?\d[\d.,:/%+\-–−]*[%kKmMbB]?")
_HANDLE = re.compile(
    r"(?:\b(?:by|von|par|por|thanks to|via|and|in) )?(?:(?<![\w@/.:])(?:@|/u/|u/|id:)[\w.-]{2,40}(?:\[bot\])?"
    r"|\(?(?<!\w)#\d{1,7}\)?|\([0-9a-f]{7,40}\)),?",
    re.IGNORECASE,
)
_DIRECTION = "CROSSTALK|LAUGHTER|LAUGHS|APPLAUSE|INAUDIBLE|MUSIC|PHOTOS?|VIDEO"  # stage directions of transcripts
_BRACKETED = re.compile(rf"\[(?:[A-Z]{{4,}}|[A-Z]{{2}}:\w{{4,20}}|link|comments|編集|ヘルプ)\]|\((?:{_DIRECTION})\)")
_OPENS_WITH_HANDLE = re.compile(r"(?:[•*·-] )?@[\w.-]")
_JAPANESE = re.compile("[\u3041-\u9fff\uac00-\ud7af]")
_DIGITS = re.compile(r"\d+")
_HASHTAG = re.compile(r"(?<![\w&/#])#(?!\d+\b)(\w{2,60})")
_MARKED_HEADING = re.compile(r"[■▼◆●▲▶◎□]")
_SENTENCE_END = ".!?。！？…"
_SHORT_LINE = 60
_TITLE_SLACK = 70  # characters that "The post ... appeared first on ..." adds to a title
_LAST_LINES = 4
_SERVICE_SHARE = 0.45  # of a sentence's words without function words, with one strong word among them
_STRONG_SHARE = 0.2  # the same, with two or more strong words
_OWN_TOPIC_SHARE = 0.7
_UNSPACED_SHARE = 0.3
_EDGE = 200  # characters at either end of a line without spaces that may contain notes
_LONGEST_NOTE = 240  # characters of a line with weak words only
_STRONG_FORMS, _WEAK_FORMS = (  # as split at white space, with punctuation
    frozenset(word + mark for word in words for mark in ("", *".,:;!?)")) for words in (STRONG, WEAK)
)
_WITHIN_SHARE = 0.6  # of a sentence's words, for one sentence to be removed from a line that stays
_BLOCK_SHARE = 0.5  # of a line's characters in such sentences, for the whole line to be removed
_LINK_LINES = 0.5  # of a text's characters; a text with more link lines is a list of links


def article_title(title: str) -> str:
    """Return the title without an aggregator's prefix ("Show HN:")."""
    return _AGGREGATOR.sub("", title, count=1) or title


def line_key(line: str) -> int:
    """Return a signed 64-bit key of a line or sentence, independent of its case and numbers."""
    folded = re.sub(r"\d+", "0", " ".join(line.casefold().split()))
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def keyed_parts(line: str) -> Iterator[tuple[int, str]]:
    """Yield (key, part) of a line and, if it has several sentences, of each of them."""
    yield line_key(line), line
    sentences = [sentence.strip() for sentence in split_line(line)]
    if len(sentences) > 1:
        yield from ((line_key(sentence), sentence) for sentence in sentences if sentence)


def own_lines(title: str, lines: Sequence[Line], site_lines: Set[int] = frozenset()) -> list[str]:
    """Return the lines that belong to the article, without their labels, handles and credits."""
    about = frozenset(word.lower() for word in _WORD.findall(title))
    links = sum(len(line.text) for line in lines if line.all_link)
    list_of_links = links > _LINK_LINES * sum(len(line.text) for line in lines)
    labels = _repeated_labels(lines)
    credited = without_credits(title, [line.text for line in lines])
    kept: list[str] = []
    headings: list[str] = []  # headings without text under them yet
    emptied = False  # whether a line under the last heading was removed
    for at, (line, text) in enumerate(zip(lines, credited, strict=True)):
        near_end = at > 0 and at >= len(lines) - _LAST_LINES
        if (line.all_link and not list_of_links and _is_short(line.text)) or (near_end and _repeats_title(title, text)):
            text = ""
        labelled = labels and _label(text, labels) is not None
        text = "" if _is_value(text) else _own_part(_without_label(text, labels), about, site_lines)
        if not text:
            emptied = True
            continue
        if line.heading or (_MARKED_HEADING.match(text) and _is_short(text)):
            headings = [text] if emptied else [*headings, text]
            emptied = False
            continue
        if not labelled:
            kept.extend(headings)
        headings, emptied = [], False
        kept.append(text)
    if not emptied:
        kept.extend(headings)
    if not kept and not title:
        return [line.text for line in lines]
    return kept


def _own_part(text: str, about: Set[str], site_lines: Set[int]) -> str:
    """Return the part of a line that belongs to the article; "" if none does."""
    if not any(map(str.isalnum, text)) or _is_time(text) or _is_row_of_numbers(text) or is_statement(text):
        return ""
    own = _without_service_notes(_without_handles(text), about)
    if site_lines and own:
        own = _unrepeated(own, site_lines)
    return _HASHTAG.sub(r"\n\1\n", own).strip("\n ") if "#" in own else own


def _unrepeated(text: str, site_lines: Set[int]) -> str:
    parts = list(keyed_parts(text))
    if parts[0][0] in site_lines:
        return ""
    repeated = [part for key, part in parts[1:] if key in site_lines]
    return " ".join(part for _, part in parts[1:] if part not in repeated) if repeated else text


# Labels


def _label(text: str, labels: Set[str]) -> str | None:
    match = _LABEL.match(text)
    label = (match.group(1) or match.group(2)).strip() if match else None
    return label if label in labels else None


def _repeated_labels(lines: Sequence[Line]) -> frozenset[str]:
    """Return the labels of speakers, which recur, and of fields, which start consecutive lines."""
    found = [
        (at, (m.group(1) or m.group(2)).strip()) for at, line in enumerate(lines) if (m := _LABEL.match(line.text))
    ]
    counts = Counter(label for _, label in found)
    again = {label for label, count in counts.items() if count > 1}
    labels = again if len(again) > 1 or any(counts[label] > 2 for label in again) else set()
    run: list[str] = []
    before = -2
    for at, label in [*found, (len(lines) + 2, "")]:
        if at != before + 1:
            if len(run) > 2:
                labels.update(run)
            run = []
        if at < len(lines) and len(lines[at].text) <= 2 * _SHORT_LINE:
            run.append(label)
        before = at
    bracketed = [label for at, label in found if lines[at].text[0] == "【"]
    if len(bracketed) > 1:
        labels.update(bracketed)
    return frozenset(labels)


def _without_label(text: str, labels: Set[str]) -> str:
    text = _SECTION.sub("", text, count=1) if text[:1] in "aAST要" and _SECTION.match(text) else text
    commit = _COMMIT.match(text)
    if commit:
        return text[commit.end() :]
    if labels and _label(text, labels) is not None:
        match = _LABEL.match(text)
        return text[match.end() :] if match else text
    return text


# Lines without content


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT_LINE and text[-1:] not in ".!?。!?"


def _is_value(text: str) -> bool:
    """Whether a line has no letters or digits, or is a label followed only by a number or an address."""
    if len(text) > 4 * _SHORT_LINE:
        return False
    if not any(map(str.isalnum, text)):
        return True
    match = _LABEL.match(text)
    if match is None:
        return False
    rest = text[match.end() :]
    return _LONG_WORD.search(_ADDRESS.sub("", rest)) is None and not _JAPANESE.search(rest)


def _is_time(text: str) -> bool:
    """Whether a line is a clock time, alone or after a few lower-case words: a live blog's "Updated at 10.45am GMT"."""
    if len(text) > _SHORT_LINE or text[-1:] in _SENTENCE_END:
        return False
    match = _CLOCK.search(text)
    if match is None:
        return False
    rest = _ZONE.sub("", text[: match.start()] + text[match.end() :])
    words = _WORD.findall(rest)
    return not words or (match.start() > 0 and len(words) <= 4 and not any(word[0].isupper() for word in words[1:]))


def _is_row_of_numbers(text: str) -> bool:
    if len(text) > 4 * _SHORT_LINE or len(_DIGITS.findall(text)) < 3:
        return False
    tokens = text.replace("|", " ").split()
    if not 4 <= len(tokens) <= 40:
        return False
    numbers = sum(_NUMERIC.fullmatch(token) is not None for token in tokens)
    return numbers >= 3 and numbers >= 0.6 * len(tokens)


def _repeats_title(title: str, text: str) -> bool:
    """Whether a line is the title with a few words around it: "The post TITLE appeared first on SITE."."""
    return (
        len(title) >= 6 and len(title) < len(text) <= len(title) + _TITLE_SLACK and title.casefold() in text.casefold()
    )


def _without_handles(text: str) -> str:
    """Remove user names, issue and commit numbers and stage directions; "" if hardly anything else remains."""
    marked = _BRACKETED.sub(" ", text) if "[" in text or "(" in text else text
    if "@" in text or "#" in text or "/u/" in text or "id:" in text:
        if _OPENS_WITH_HANDLE.match(text) and len(text) <= _SHORT_LINE and not _JAPANESE.search(text):
            return ""
        marked = _HANDLE.sub(" ", marked)
    if marked == text:
        return text
    bare = " ".join(marked.split())
    if _JAPANESE.search(bare):
        return bare
    return bare if _LONG_WORD.search(bare) and (len(bare.split()) > 2 or len(text) <= len(bare) + 8) else ""


# Notes to the reader


def _without_service_notes(text: str, about: Set[str]) -> str:
    """Remove the sentences in which the site addresses its reader; "" if they make up half of the line or more."""
    if not text or not _may_be_service(text, about):
        return text
    sentences = split_line(text)
    shares = [_service_share(s, about) if _may_be_service(s, about) else 0.0 for s in sentences]
    service = sum(len(sentence) for sentence, share in zip(sentences, shares, strict=True) if share >= _SERVICE_SHARE)
    if service >= _BLOCK_SHARE * len(text):
        return ""
    kept = [s for s, share in zip(sentences, shares, strict=True) if share < _WITHIN_SHARE]
    return text if len(kept) == len(sentences) else "".join(kept).strip()


def _may_be_service(text: str, about: Set[str]) -> bool:
    """Whether to examine a line in detail: it contains a strong word, or it is short and mostly weak words."""
    if not text.isascii() and (UNSPACED_SIGN.search(text[:_EDGE]) or UNSPACED_SIGN.search(text[_EDGE:][-_EDGE:])):
        return True
    words = text.lower().split()
    if not _STRONG_FORMS.isdisjoint(words):
        return True
    if len(text) > _LONGEST_NOTE:
        return False
    weak = sum(map(_WEAK_FORMS.__contains__, words))
    return weak > 0 and weak >= _SERVICE_SHARE * (len(words) - sum(map(FUNCTION.__contains__, words)))


def _service_share(sentence: str, about: Set[str]) -> float:
    """Return how much of a sentence addresses the site's reader, 0..1; from `_SERVICE_SHARE` on, it is a note."""
    if not sentence.isascii():
        found = sum(len(match) for match in UNSPACED.findall(sentence))
        if found >= _UNSPACED_SHARE * sum(map(str.isalnum, sentence)) and found:
            return 1.0
    words = [word for word in _WORD.findall(sentence.lower()) if word not in FUNCTION and len(word) > 1]
    strong = sum(word in STRONG and word not in about for word in words)
    weak = sum(word in WEAK and word not in about for word in words)
    if not strong and not weak:
        return 0.0
    share = (strong + weak) / len(words)
    if not about.isdisjoint(STRONG):  # an article about newsletters: only a sentence of hardly anything else is a note
        return share if share >= _OWN_TOPIC_SHARE else 0.0
    if strong > 1 and share >= _STRONG_SHARE:
        return max(share, _WITHIN_SHARE if strong > 2 else _SERVICE_SHARE)
    if strong or (weak > 3 and not READER.isdisjoint(words)):
        return share
    alone = weak > 1 or not ALONE.isdisjoint(words) or sentence[-1:] in "…." or any(map(str.isdigit, sentence))
    return 1.0 if weak == len(words) and alone else 0.0
