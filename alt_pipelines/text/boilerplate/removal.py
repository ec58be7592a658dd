"""Removes boilerplate from an article's lines: site marks, notes to the reader, credits, counters, labels.

    own_lines("Ferry fares rise", [Line("Fares rise by 8 %."), Line("Points: 143")])  ->  ["Fares rise by 8 %."]

Boilerplate is recognised by its structure (a label followed by a number, a repetition of the title near the end, a
label at the start of several lines, a line of links), by its share of words that sites use to address readers, and by
the lines that the site repeats (``site_lines``, learned in ``sites``). An article without a title never loses all of
its lines. Linear time.
"""

import re
from collections.abc import Iterator, Sequence, Set
from hashlib import blake2b

from alt_pipelines.text.boilerplate.author_notes import without_author_note
from alt_pipelines.text.boilerplate.blog_footers import without_blog_footers
from alt_pipelines.text.boilerplate.clocks import without_clocks
from alt_pipelines.text.boilerplate.consent_notes import without_consent_notes
from alt_pipelines.text.boilerplate.controls import without_controls
from alt_pipelines.text.boilerplate.credit_lines import without_credits
from alt_pipelines.text.boilerplate.disclosures import without_disclosures
from alt_pipelines.text.boilerplate.east_asian_notes import without_page_lines
from alt_pipelines.text.boilerplate.field_labels import (
    LABEL,
    MARKED_HEADING,
    chapters,
    label_of,
    points_to_itself,
    repeated_labels,
    without_label,
)
from alt_pipelines.text.boilerplate.firm_notes import without_firm_note
from alt_pipelines.text.boilerplate.greetings import without_salutation
from alt_pipelines.text.boilerplate.invitations import without_invitations
from alt_pipelines.text.boilerplate.joined_notes import without_joined_notes
from alt_pipelines.text.boilerplate.letters import without_closings
from alt_pipelines.text.boilerplate.line_classifier import without_boilerplate
from alt_pipelines.text.boilerplate.listed_notes import without_listed_notes
from alt_pipelines.text.boilerplate.makers import without_makers
from alt_pipelines.text.boilerplate.number_rows import column_rows, is_row_of_numbers
from alt_pipelines.text.boilerplate.offers import without_offers
from alt_pipelines.text.boilerplate.page_heads import without_page_head
from alt_pipelines.text.boilerplate.page_sentences import without_page_sentences
from alt_pipelines.text.boilerplate.pointers import (
    heads_titles,
    is_title,
    points_elsewhere,
    without_last_pointer,
    without_marked_pointer,
)
from alt_pipelines.text.boilerplate.reader_notes import WORD, without_reader_notes
from alt_pipelines.text.boilerplate.reference_lists import without_reference_lists
from alt_pipelines.text.boilerplate.self_introductions import without_self_introductions
from alt_pipelines.text.boilerplate.sign_offs import without_sign_offs
from alt_pipelines.text.boilerplate.social_notes import is_campaign, without_post_notes
from alt_pipelines.text.code import is_statement
from alt_pipelines.text.lines import Line
from alt_pipelines.text.scripts import EAST_ASIAN, INDIC, UNSPACED
from alt_pipelines.text.sentences import split_line

_AGGREGATOR = re.compile(r"(?:Show|Ask|Tell|Launch) HN: ?")
# The marks of a repeated post, of a mail with a patch, and of an answer to a mailing list.
_MARKED = re.compile(
    r"^(?:(?:RT|MT|QT) @[\w.@-]{1,60}:? "
    r"|(?:(?:Re|RE|Fwd|FW|Fw|AW|SV): ?){0,3}\[(?:[\w.-]{1,16} ){0,3}PATCH[^\]\n]{0,30}\] "
    r"|(?:(?:Re|RE|Fwd|FW|Fw|AW|SV|WG|TR|RV): )+(?:\[[\w.-]{2,30}\] )?)+"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,80}")
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
_CLOCK = re.compile(
    r"(?<!\d)\d{1,2} ?(?:[:.h時] ?\d{2}分?|h(?=\s|$))(?!\d)(?: ?[ap]\.?m\.?)?"
    r"|\b\d{1,3} ?(?:h|hrs?|m|mins?|hours?|days?|時間|分|日)(?: ago|前)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?:[A-Z]{2,4}T|UTC|Uhr)\b")
_HANDLE = re.compile(
    r"(?:\b(?:by|von|par|por|thanks(?: to)?|via|and|in|(?-i:RT|MT|QT)|h/t|cc) )?"
    rf"(?:(?<![\w@/.:])(?:@|/u/|u/|id:)[\w{INDIC}\u064b-\u0652\u200c.-]{{2,40}}(?:\[bot\]|@[\w-]{{2,40}}\.[\w.-]{{2,40}})?"
    r"|\(?(?<!\w)#\d{1,7}\)?|\([0-9a-f]{7,40}\))(?:,|:(?= ))?",
    re.IGNORECASE,
)
_DIRECTION = "CROSSTALK|LAUGHTER|LAUGHS|APPLAUSE|INAUDIBLE|MUSIC|PHOTOS?|VIDEO"  # stage directions of transcripts
_BRACKETED = re.compile(rf"\[(?:[A-Z]{{4,}}|[A-Z]{{2}}:\w{{4,20}}|link|comments|編集|ヘルプ)\]|\((?:{_DIRECTION})\)")
_OPENS_WITH_HANDLE = re.compile(r"(?:[•*·-] )?@[\w.-]")
_HASHTAG = re.compile(rf"(?<![\w&/#])#(?!\d+\b)([\w{INDIC}{UNSPACED}\u064b-\u0652]{{2,60}})")
_RANKED = re.compile(r"\d{1,2}(?:[.)位]| ) ?[^\W\d_]")
_BULLETED = re.compile(r"[-–•*·▪▸►»>→] ?[^\W_]")
_NAVIGATION = re.compile(r"← ?\S.{0,120}|\S.{0,120} ?→")  # links to the posts before and after
_TIMES = re.compile(  # of a recipe: "Prep Time: 20 mins Cook Time: 45 mins"
    r"(?:[^\W\d_]+(?: [^\W\d_]+){0,2} ?: ?(?:\d{1,3} ?(?:hours?|hrs?|h|minutes|mins?|minuten|std"
    r"|stunden|minutos|minuti)\.? ?){1,2}[|,·]? ?){1,6}",
    re.IGNORECASE,
)
# A label of reports of matches and its number: "Att: 11,204. HT: 1-1."
_FIGURE = re.compile(r"(?:^|(?<=[.;|] ))(?:Att|HT|FT|Agg)\.? ?: ?\d[\d,.:/–-]{0,11}\d(?:[.;|](?: |$)|$)")
# Labels with their numbers: レシピID:1234567 公開日:26/02/01
_PAIRS = re.compile(r"(?:[^\W\d_]{1,12} ?: ?\d[\d/.,:%-]{0,20}(?: +|$)){2,6}")
_SENTENCE_END = ".!?。！？…"
_SHORT_LINE = 60
_TITLE_SLACK = 70  # characters that "The post ... appeared first on ..." adds to a title
_LAST_LINES = 4
_MOST_TITLES = 5  # of other articles below a label
_MOST_BESIDE_TIME = 10  # East Asian characters of a line that is a time
_LINK_LINES = 0.5  # of a text's characters; a text with more link lines is a list of links


def article_title(title: str) -> str:
    """Return the title without the prefix of an aggregator ("Show HN:"), a repeated post ("RT @user:") or a mail."""
    return _MARKED.sub("", _AGGREGATOR.sub("", title, count=1), count=1) or title


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


def own_lines(
    title: str, lines: Sequence[Line], site_lines: Set[int] = frozenset(), labels: Set[str] | None = None
) -> list[str]:
    """Return the lines that belong to the article, without their labels, handles and credits.

    ``labels``: the result of ``repeated_labels`` for these lines, if the caller has it.
    """
    own = without_boilerplate(title, lines_after_rules(title, lines, site_lines, labels))
    entries = without_clocks(own, [line.text for line in lines])
    return own if entries == own else list(filter(None, without_page_lines(title, entries)))


def lines_after_rules(
    title: str, lines: Sequence[Line], site_lines: Set[int] = frozenset(), labels: Set[str] | None = None
) -> list[str]:
    """Return what ``own_lines`` returns before the classifier has removed other lines."""
    about = frozenset(word.lower() for word in WORD.findall(title))
    labels = repeated_labels(lines) if labels is None else labels
    chaptered = chapters(lines)
    own: dict[str, str] = {}  # what is left of a line
    kept: list[str] = []
    headings: list[str] = []  # headings without text under them yet
    emptied = False  # whether a line under the last heading was removed
    pointed = False  # whether the last line is a label of other articles, or one of those below it
    titles = 0  # lines since a label that has titles of other articles below it
    for at, (line, text) in enumerate(zip(lines, _without_page_lines(title, lines), strict=True)):
        labelled = label_of(text, labels) is not None
        ranked = emptied and _RANKED.match(text) is not None and _is_short(text)  # a list of the most read articles
        if at in chaptered:
            text = chaptered[at]
        bulleted = _BULLETED.match(text) is not None and _is_short(text)
        below = 0 < titles <= _MOST_TITLES and (not text or (line.all_link and not line.heading and is_title(text)))
        titles = 1 if heads_titles(text or line.text) else (titles + 1) * below
        pointed = points_elsewhere(text) or (pointed and (bulleted or not text))
        if ranked or pointed or titles or _is_value(text) or points_to_itself(text):
            text = ""
        bare = without_last_pointer(without_label(text, labels))
        if bare not in own:  # lines of a broken page may be the same a thousand times
            own[bare] = _own_part(bare, about, site_lines)
        text = own[bare]
        if not text:
            emptied = True
            continue
        if line.heading or (MARKED_HEADING.match(text) and _is_short(text)):
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
    return [part for text in kept for part in text.split("\n")]


def _without_page_lines(title: str, lines: Sequence[Line]) -> list[str]:
    """Return the texts of the lines, "" for credits, links, and what repeats the title near the end."""
    links = sum(len(line.text) for line in lines if line.all_link)
    list_of_links = links > _LINK_LINES * sum(len(line.text) for line in lines)
    written = [line.text for line in lines]
    headings = {at for at, line in enumerate(lines) if line.heading}
    texts = without_firm_note(without_reference_lists(without_closings(title, written)), written, title)
    texts = without_blog_footers(without_listed_notes(texts))
    bare = {text: without_page_sentences(without_marked_pointer(text)) for text in set(texts)}
    texts = [bare[text] for text in texts]
    texts = without_page_lines(title, without_salutation(title, texts, headings))
    texts = without_makers(title, without_credits(title, without_joined_notes(title, texts)))
    texts = without_sign_offs(title, texts)
    texts = without_self_introductions(title, without_author_note(title, texts))
    texts = without_page_head(title, texts, headings)
    columns = column_rows(written)
    for at, line in enumerate(lines):
        near_end = at > 0 and at >= len(lines) - _LAST_LINES
        is_link = line.all_link and not list_of_links and _is_short(line.text)
        if is_link or at in columns or (near_end and _repeats_title(title, texts[at])):
            texts[at] = ""
    return texts


def _own_part(text: str, about: Set[str], site_lines: Set[int]) -> str:
    """Return the part of a line that belongs to the article; "" if none does."""
    if not any(map(str.isalnum, text)) or _is_time(text) or is_row_of_numbers(text) or is_statement(text):
        return ""
    bare = without_disclosures(without_consent_notes(without_controls(text, about), about), about)
    bare = without_post_notes(without_offers(bare, about))
    bare = _without_handles(without_invitations(bare, about))
    if ": " in bare and len(bare) <= 4 * _SHORT_LINE:
        bare = _FIGURE.sub("", bare)
    parts = _HASHTAG.sub(_tagged, bare).split("\n") if "#" in bare else [bare]
    own = "\n".join(filter(None, (_read(without_post_notes(part.strip()), about) for part in parts)))
    return _unrepeated(own, site_lines) if site_lines and own else own


def _read(part: str, about: Set[str]) -> str:
    """Return a part without notes to the reader; what goes on as a sentence after a hashtag stays."""
    return part if part[-1:] == "." and part[:1].islower() else without_reader_notes(part, about)


def _tagged(tag: re.Match[str]) -> str:
    return "\n" if is_campaign(tag[1]) else f"\n{tag[1]}\n"


def _unrepeated(text: str, site_lines: Set[int]) -> str:
    parts = list(keyed_parts(text))
    if parts[0][0] in site_lines:
        return ""
    repeated = [part for key, part in parts[1:] if key in site_lines]
    return " ".join(part for _, part in parts[1:] if part not in repeated) if repeated else text


# Lines without content


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT_LINE and text[-1:] not in ".!?。!?"


def _is_value(text: str) -> bool:
    """Whether a line has no letters or digits, is an address, or a label followed only by a number or an address."""
    if len(text) > 4 * _SHORT_LINE:
        return False
    if not any(map(str.isalnum, text)):
        return True
    if (text.startswith(("http", "www.")) or "@" in text) and _ADDRESS.fullmatch(text):
        return True
    if _TIMES.fullmatch(text) or ((text[0] == "←" or text[-1] == "→") and _NAVIGATION.fullmatch(text)):
        return True
    match = LABEL.match(text)
    if match is not None and not text.isascii() and _PAIRS.fullmatch(text):
        return True
    if match is None or ". " in match.group():
        return False
    rest = text[match.end() :]
    return _LONG_WORD.search(_ADDRESS.sub("", rest)) is None and not EAST_ASIAN.search(rest)


def _is_time(text: str) -> bool:
    """Whether a line is a clock time, alone or after a few lower-case words: a live blog's "Updated at 10.45am GMT"."""
    if len(text) > _SHORT_LINE or text[-1:] in _SENTENCE_END:
        return False
    match = _CLOCK.search(text)
    if match is None:
        return False
    rest = _ZONE.sub("", text[: match.start()] + text[match.end() :])
    words = WORD.findall(rest)
    if len(EAST_ASIAN.findall(rest)) > _MOST_BESIDE_TIME:
        return False
    return not words or (match.start() > 0 and len(words) <= 4 and not any(word[0].isupper() for word in words[1:]))


def _repeats_title(title: str, text: str) -> bool:
    """Whether a line is the title with a few words around it: "The post TITLE appeared first on SITE."."""
    return (
        len(title) >= 6 and len(title) < len(text) <= len(title) + _TITLE_SLACK and title.casefold() in text.casefold()
    )


def _without_handles(text: str) -> str:
    """Remove user names, issue and commit numbers and stage directions; "" if hardly anything else remains."""
    marked = _BRACKETED.sub(" ", text) if "[" in text or "(" in text else text
    if "@" in text or "#" in text or "/u/" in text or "id:" in text:
        if _OPENS_WITH_HANDLE.match(text) and len(text) <= _SHORT_LINE and not EAST_ASIAN.search(text):
            return ""
        marked = _HANDLE.sub(" ", marked)
    if marked == text:
        return text
    bare = " ".join(marked.split())
    if EAST_ASIAN.search(bare):
        return bare
    return bare if _LONG_WORD.search(bare) and (len(bare.split()) > 2 or len(text) <= len(bare) + 8) else ""
