"""The data files of this folder: each is read by one function, which raises `DataFileError` if it is damaged.

Most are read when the first text of their language is, so a damaged one would otherwise show only then.
"""

from collections.abc import Callable

from alt_pipelines.data_files import DataFileError
from alt_pipelines.tagging.extraction import chinese_words, english_tagger, english_verbs, thai_words
from alt_pipelines.tagging.extraction.judgement import judges
from alt_pipelines.tagging.extraction.languages import languages
from alt_pipelines.tagging.extraction.ranking import fitted

LOADERS: tuple[Callable[[], object], ...] = (
    fitted,
    judges,
    languages,
    chinese_words.word_lists,
    english_tagger.english_lexicon,
    english_verbs.verb_model,
    thai_words.thai_table,
)


def file_problems() -> list[str]:
    """Return a sentence with the remedy for each file that cannot be used; [] if there are none."""
    problems = []
    for load in LOADERS:
        try:
            load()
        except DataFileError as error:
            problems.append(str(error))
    return list(dict.fromkeys(problems))
