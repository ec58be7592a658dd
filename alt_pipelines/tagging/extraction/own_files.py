"""The data files of extraction and of its texts: each has one loader, which raises `DataFileError` if the file is
missing or damaged.

Most are loaded with the first text of their language; `file_problems` finds a damaged one before, and one that changed
(`checksums`).
"""

from collections.abc import Callable

from alt_pipelines.tagging.extraction.checksums import comparisons, problems_of
from alt_pipelines.tagging.extraction.chinese.words import word_lists as chinese_words
from alt_pipelines.tagging.extraction.english.lexicon import lexicon as english_lexicon
from alt_pipelines.tagging.extraction.english.verbs import verb_model as english_verbs
from alt_pipelines.tagging.extraction.judgement import judgement
from alt_pipelines.tagging.extraction.known_names import known_names
from alt_pipelines.tagging.extraction.languages import languages
from alt_pipelines.tagging.extraction.ranking import fitted
from alt_pipelines.tagging.extraction.unspaced.thai_words import thai_table as thai_words
from alt_pipelines.text.boilerplate.line_classifier import classifier as line_classifier

LOADERS: tuple[Callable[[], object], ...] = (
    fitted,
    judgement,
    languages,
    known_names,
    chinese_words,
    english_lexicon,
    english_verbs,
    thai_words,
    line_classifier,
)


def file_problems() -> list[str]:
    """Return a sentence with the remedy for each file that cannot be used or has changed; [] if there are none."""
    return problems_of((*LOADERS, *comparisons()))
