"""Names with a slash between letters or before a digit, whole: HTTP/2, TCP/IP, S/4HANA.

The readers of all languages but English divide words at a slash, as most texts mean "or" by it.
"""

import re

from alt_pipelines.tagging.extraction.features import Document
from alt_pipelines.tagging.extraction.known_names import Place, with_whole

_BEFORE = r"(?<![A-Za-z0-9À-ÿ/._:@&=?+-])"
_AFTER = r"(?![A-Za-z0-9À-ÿ/_%]|[.-][A-Za-z0-9])"
_VERSION = r"[A-Z]{2,6}/\d(?:\.\d)?|[A-Z]{1,3}/\d[A-Z]{2,6}"  # HTTP/2, HTTP/1.1, S/4HANA
_PAIR = r"[A-Z]{2,5}/[A-Z]{2,5}"  # TCP/IP
_WITH_VERSION = re.compile(f"{_BEFORE}(?:{_VERSION}){_AFTER}")
_OF_TWO = re.compile(rf"(?<![(\n–—]){_BEFORE}{_PAIR}{_AFTER}(?![)\n])")  # (EFE/EPA) is a credit


def with_signed_names(document: Document, title: str, text: str) -> Document:
    """Return the document with such names as phrases, and without pieces of those that have a digit.

    Two abbreviations may also be two things (CDU/CSU), so that they stay.

    Args:
        document: of the title and text.
        title, text: clean.
    """
    whole = f"{title}\n{text}"
    if "/" not in whole:
        return document
    known = {"".join(phrase.words) for phrase in document.phrases}
    for pattern, pieces in ((_WITH_VERSION, False), (_OF_TWO, True)):
        places = [Place(*match.span()) for match in pattern.finditer(whole) if match.group() not in known]
        document = with_whole(document, whole, places, "", pieces=pieces) if places else document
    return document
