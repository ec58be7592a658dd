"""How common a Chinese word is, simplified or traditional; wordfreq's list has simplified characters only."""

from functools import lru_cache

from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.segmentation import simplified

KNOWN = 1e-6  # share from which the list has a word as such; below it, the segmenter may have guessed the word


@lru_cache(maxsize=65536)
def share(word: str) -> float:
    """Return a word's share (0..1) of all words of the language; 0 if the list lacks it."""
    return frequency(simplified(word), "zh")
