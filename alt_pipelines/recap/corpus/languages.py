"""Determine the language of each article from the caller's hint, the script, a detector and the rest of the corpus.

The language determines the encoder, so a wrong language separates an article from its story. A detector is reliable on
long texts only, and most of a corpus is in one language.
"""

import re
from collections import Counter
from collections.abc import Sequence

from alt_pipelines.text.declared_language import language_code
from alt_pipelines.text.language import detect
from alt_pipelines.text.scripts import CJK, HANGUL, has_kana

UNKNOWN = "und"
_SAMPLE = 1500  # characters; more do not change the detector's result
_SHORT = 200  # characters up to which the detector is unreliable
_MAJORITY = 0.6  # share of the articles that are long or have a hint

_EAST_ASIAN = frozenset({"ja", "zh", "ko"})
_HANGUL = re.compile(f"[{HANGUL}]")


def settle_languages(texts: Sequence[Sequence[str]], hints: Sequence[str | None]) -> list[str]:
    """Return a two-letter code, or "und", for each article.

    A hint is used unless the script contradicts it. A text with kana is Japanese. Otherwise the detector decides,
    except that a short text in the script of the corpus's main language gets that language.

    Args:
        texts: the sentences of each article.
        hints: the caller's hint for each article, e.g. "en", "en-US" or None.
    """
    samples = [" ".join(sentences)[:_SAMPLE] for sentences in texts]
    found = [_hinted(hint, sample) or _by_text(sample) for hint, sample in zip(hints, samples, strict=True)]
    sure = [bool(_hinted(hint, s)) or has_kana(s) or len(s) > _SHORT for hint, s in zip(hints, samples, strict=True)]
    main = _main_language([code for code, is_sure in zip(found, sure, strict=True) if is_sure] or found)
    if main is None:
        return found
    return [
        main if not is_sure and _east_asian(sample) == (main in _EAST_ASIAN) else code
        for code, is_sure, sample in zip(found, sure, samples, strict=True)
    ]


def _hinted(hint: str | None, sample: str) -> str | None:
    code = language_code(hint)
    if code is None or (code != "ja" and has_kana(sample)):
        return None
    return code if _east_asian(sample) == (code in _EAST_ASIAN) else None


def _by_text(sample: str) -> str:
    return "ja" if has_kana(sample) else detect(sample)


def _east_asian(sample: str) -> bool:
    return len(CJK.findall(sample)) + len(_HANGUL.findall(sample)) > len(sample) / 5


def _main_language(codes: Sequence[str]) -> str | None:
    (code, count), *_ = Counter(codes).most_common(1)
    return code if code != UNKNOWN and count >= _MAJORITY * len(codes) else None
