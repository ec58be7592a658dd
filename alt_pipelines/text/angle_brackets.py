"""Finds angle brackets that are signs of a text, not of markup: titles, addresses, generic types, comparisons.

    with_text_in_brackets("girò <<La notte>> nel 1962")  ->  "girò «La notte» nel 1962"
    with_text_in_brackets("for a<b and c>d")             ->  "for a＜b and c＞d"
    with_text_in_brackets("<td nowrap>")                 ->  unchanged

Full-width signs take the place of brackets, so that no parser reads them as tags; NFKC later makes them brackets again.
"""

import re

from alt_pipelines.text.scripts import EAST_ASIAN
from alt_pipelines.text.stopwords import word_set

# Two brackets for a guillemet, around a title with or without elements of its own: <<<i>La notte</i>>>.
_EMPHASIS = r"</?+(?:b|i|u|q|em|strong|cite|span|mark|small)>"
_DOUBLE = re.compile(rf"(?<!<)<<(?!<<)((?:[^<>|\n]|\n(?!\n)|{_EMPHASIS}){{1,200}}+)>>(?!>)")
_SINGLE = re.compile(r"<([a-zA-Z][\w:-]*+)(?!>)((?:[^<>\"'`]|(?<=[^\W\d_])'(?=[^\W\d_]))*+)>")
# What follows a name of an address, of one of several types, or an article: <mara@host>, <K, V>, <L'Avventura>.
_NOT_AFTER_NAME = ("@", ",", "&", "|", "*", "+", "'", "’")
# Attributes of HTML that may have no value, or lose it in a broken source.
_ATTRIBUTES = word_set(
    """
    align allow allowfullscreen alt async autofocus autoplay bgcolor border cellpadding cellspacing checked class clear
    color colspan compact content controls crossorigin data declare default defer dir disabled download draggable
    enctype face for frameborder headers height hidden href hreflang hspace id inert ismap itemprop itemscope itemtype
    lang language loading loop media method multiple muted name nohref nomodule noresize noshade novalidate nowrap open
    playsinline poster preload readonly rel required reversed role rowspan scope scoped scrolling seamless selected
    shape size sizes span src srcset start style summary tabindex target title translate type usemap valign value
    vspace width wrap
    """
)
_PREFIXED = re.compile(r"(?:data|aria|v|x|ng|uk|amp|on|js|wp|item|fx|xml|xmlns)[-:]|[@:#*]", re.IGNORECASE)


def with_text_in_brackets(text: str) -> str:
    """Return a text in which such brackets are not tags for a parser, and doubled ones are quotation marks."""
    if "<<" in text and ">>" in text:
        text = _DOUBLE.sub(_quoted, text)
    return _SINGLE.sub(_unless_tag, text) if "<" in text else text


def _quoted(found: re.Match[str]) -> str:
    title = found[1].strip()
    if not any(map(str.isalpha, title)) or "=" in title:
        return found.group()
    return f"《{title}》" if EAST_ASIAN.match(title) else f"«{title}»"


def _unless_tag(found: re.Match[str]) -> str:
    name, rest = found.groups()
    return found.group() if _is_tag(name, rest) else f"＜{name}{rest}＞"


def _is_tag(name: str, rest: str) -> bool:
    """Whether what follows a name, without quotation marks, is what a tag may have."""
    if rest.startswith(_NOT_AFTER_NAME):
        return False
    words = rest.strip(" \t\n\r\f/").split()
    if not words or "-" in name or ":" in name:
        return True
    first = words[0].rstrip("/")
    if (first.islower() or first.isupper()) and first.lower() in _ATTRIBUTES:
        return True
    valued = any(word.partition("=")[0].lower() in _ATTRIBUTES for word in words if "=" in word)
    return valued or "=" in first or not first[0].isalpha() or _PREFIXED.match(first) is not None
