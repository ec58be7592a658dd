"""Names in Japanese articles: names in quotation marks, names of one person, and references to names (同府警)."""

import re
from collections import Counter
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.text.morphemes import morphemes

QUOTED = re.compile(r"[「『]([^「」『』\n]{2,20})[」』]")
_LONGEST_END = 15  # characters of a phrase's end that is looked for; no phrase is longer


def repeated_quotes(title: str, text: str) -> frozenset[str]:
    """Return what occurs more than once in quotation marks, in the title or in the body."""
    counts = Counter(QUOTED.findall(title) + QUOTED.findall(text))
    return frozenset(quote for quote, count in counts.items() if count > 1)


def same_person(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a phrase is another one without the given name: 牧野選手 and 牧野颯太選手, 大島 and 大島里美."""
    if len(long) != len(short) + 1 or long[0] != short[0] or tuple(long[2:]) != tuple(short[1:]):
        return False
    words = morphemes("".join(long))
    return len(words) > 1 and words[0].pos3 == words[1].pos3 == "人名" and words[0].surface == long[0]


def without_references(phrases: list[Phrase]) -> list[Phrase]:
    """Drop 同 with the end of a longer phrase of the text, because it refers to that: 大阪府警 and 同府警."""
    if not any(p.words[0][:1] == "同" for p in phrases):
        return phrases
    forms = {"".join(p.words) for p in phrases}
    ends = {form[-size:] for form in forms if form[0] != "同" for size in range(2, min(len(form), _LONGEST_END))}
    return [p for p in phrases if p.words[0][:1] != "同" or "".join(p.words)[1:] not in ends]
