"""Cut what a site writes before or after the sentences of many articles: photo credits, agencies, its own name.

    "Volunteers fill sandbags © Harbour Press"   ->  "Volunteers fill sandbags"
    "(Northern Agency) - Volunteers fill bags."  ->  "Volunteers fill bags."

A piece of a sentence is cut if a sign sets it apart and the sentences of three or more articles that tell different
stories begin or end with it. The rest of the sentence stays: it belongs to its article.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from alt_pipelines.recap.corpus.likeness import REPEATED, Likeness
from alt_pipelines.text.sentences import SENTENCE_ENDS

_LONGEST = 80  # characters of a piece
_BEFORE_END = re.compile(r" ?(?:[©®|·•/]|(?<= )[–—-](?= )|[(\[（【［])")
_AFTER_START = re.compile(r"(?:[|·•=＝]|(?<= )[–—-](?= )|[)\]）】］]) ?")
_SIGN = re.compile(r"[©®|·•/()\[\]（）【】［］=＝]| [–—-] ")  # in every sentence with a piece
_OPENS = "([（【［"
_LETTERS = 3  # minimum letters of a piece and of the rest

Piece = tuple[bool, str]  # whether it is at the end, and its text without white space around it


def cut_affixes(articles: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the sentences of each article without the pieces that other stories share. No sentence becomes empty."""
    if len(articles) < REPEATED:
        return [list(sentences) for sentences in articles]
    owners: dict[Piece, set[int]] = defaultdict(set)
    pieces: dict[str, list[Piece]] = {}
    for article, sentences in enumerate(articles):
        for sentence in sentences:
            if sentence not in pieces and _SIGN.search(sentence) and (found := list(_pieces(sentence))):
                pieces[sentence] = found
            for piece in pieces.get(sentence, ()):
                owners[piece].add(article)
    shared = {piece for piece, own in owners.items() if len(own) >= REPEATED}
    if not shared:
        return [list(sentences) for sentences in articles]
    likeness = Likeness([[_without(s, pieces.get(s, ()), shared) for s in sentences] for sentences in articles])
    foreign = {piece for piece in shared if not likeness.is_one_story(sorted(owners[piece]))}
    return [[_without(s, pieces.get(s, ()), foreign) for s in sentences] for sentences in articles]


def _without(sentence: str, pieces: Sequence[Piece], cut: set[Piece]) -> str:
    """Cut the longest piece at either end."""
    for at_end in (True, False):
        if longest := max((text for end, text in pieces if end == at_end and (end, text) in cut), key=len, default=""):
            rest = sentence[: -len(longest)] if at_end else sentence[len(longest) :]
            if sum(map(str.isalpha, rest)) >= _LETTERS:
                sentence = rest.strip()
    return sentence


def _pieces(sentence: str) -> Iterator[Piece]:
    """Yield the pieces at both ends, longest first. What ends the sentence itself is part of it: "the Fund (IMF)."."""
    size = len(sentence)
    for match in _BEFORE_END.finditer(sentence, max(1, size - _LONGEST)):
        piece = sentence[match.start() :].strip()
        before = sentence[: match.start()].rstrip()
        ends_both = piece.endswith(SENTENCE_ENDS) and not before.endswith(SENTENCE_ENDS)
        opens = match.group().strip() in _OPENS
        if _is_piece(piece, before) and not ends_both and (not opens or piece[-1] in ")]）】］"):
            yield True, piece
    for match in _AFTER_START.finditer(sentence, 1, _LONGEST):
        piece = sentence[: match.end()].strip()
        if _is_piece(piece, sentence[match.end() :]) and (piece[-1] not in ")]）】］" or piece[0] in _OPENS):
            yield False, piece


def _is_piece(piece: str, rest: str) -> bool:
    return sum(map(str.isalpha, piece)) >= _LETTERS - 1 and sum(map(str.isalpha, rest)) >= _LETTERS
