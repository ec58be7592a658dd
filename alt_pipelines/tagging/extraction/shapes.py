"""Names of letters, digits and signs, which analysers of other scripts split: 5G, C++, Node.js 26, COVID-19.

spans("Next.js 15とC#で")  ->  [(0, 10), (11, 13)]
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from alt_pipelines.text.stopwords import word_set

# Endings of the names of files of source code, settings and notes, which projects are also named after (llama.cpp). Not
# those that are English words (main.go), since a full stop without a space may be before a word.
FILES = (
    "cpp|hpp|cc|cxx|cs|py|rs|rb|ts|tsx|jsx|mjs|cjs|kt|php|css|scss|sql|ipynb|wasm"
    "|json|jsonl|yaml|yml|toml|ini|cfg|conf|xml|proto|lock|mod|env|csv|tsv|txt|md|rst|tex"
)
# Signs of units of measure, which texts of every script have.
UNIT_SIGNS = word_set(
    "g kg mg t ml mL l L cl cc cm mm m km % ℃ kB KB MB GB TB Mbps Gbps Hz kHz MHz GHz W kW MW GW Wh kWh MWh GWh TWh"
    " V mAh dB fps px"
)
_CORE = (
    r"(?<![A-Za-z0-9_.])\.[A-Z]{2,}(?![A-Za-z])"  # .NET
    r"|(?<![\w-])[α-λν-ω]-(?:[A-Za-z][A-Za-z0-9]*|\d{1,2}(?![\d.]))"  # γ-GTP, ω-3
    r"|[A-Z]{1,4}\.\d+(?:\.\d+)*"  # BA.5
    r"|[A-Z]{2,4}\d{1,2}\.\d+"  # PM2.5
    r"|[A-Za-z][A-Za-z0-9-]*\.(?:js|io|ai|NET)(?![A-Za-z])"  # Node.js
    r"|(?<![A-Za-z0-9_.])[a-z][a-z0-9_]+(?:\.[a-z][a-z0-9_]+)+(?![A-Za-z0-9_])"  # conftest.py, os.environ
    r"|[A-Za-z][A-Za-z0-9]*(?:\+\+?|#)(?![A-Za-z0-9+#])|[A-Z]\+\+\d{1,2}(?![A-Za-z0-9])"  # C++, Pro+, C++26
    r"|(?<!\d)\d{1,6}\([a-z]\)"  # 401(k)
    r"|(?<!\d)\d{0,6}[A-Za-z][A-Za-z0-9]*(?:[-&'’_]+(?:[A-Za-z0-9]+|[α-λν-ω]))*"  # 5G, AT&T, depends_on, TNF-α
)
# A version or number after a name with a capital belongs to it: Python 3.14, iPhone 16.
_NAME = re.compile(rf"(?:{_CORE})(?:(?<=[A-Za-z0-9+#]) \d{{1,3}}(?:\.\d+)*(?!\.?[A-Za-z0-9]|[%/:]))?")
_RELEASE = re.compile(r"[a-z][a-z0-9_-]{2,} \d{1,3}\.\d+(?:\.\d+)*")  # curl 8.17
_UNIT = re.compile(
    r"\d*(?:[kmcn]?m|km/h|[kmμ]?g|[mc]?l|[KMGTk]?B|[kMGT]?Hz|[kMG]?Wh?|am|pm|mm|cc|ml|hPa|px|fps|[MG]?bps|ms|ha|mAh|dB)"
    r"(?: \d.*)?"
)


def spans(text: str) -> list[tuple[int, int]]:
    """Return the non-overlapping (start, end) positions of such names in order. Numbers with a unit are not names."""
    found = []
    for match in _NAME.finditer(text):
        name = match.group()
        if " " in name and not any(c.isupper() for c in name) and not _RELEASE.fullmatch(name):
            name = name[: name.index(" ")]
        if not (
            _UNIT.fullmatch(name) and ((match.start() > 0 and text[match.start() - 1].isdigit()) or name[0].isdigit())
        ):
            found.append((match.start(), match.start() + len(name)))
    return found


def enclosing(positions: Iterable[int], among: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int] | None]:
    """Yield for each position (ascending) the one of the ordered spans that holds it, or None."""
    at = 0
    for position in positions:
        while at < len(among) and among[at][1] <= position:
            at += 1
        yield among[at] if at < len(among) and among[at][0] <= position else None
