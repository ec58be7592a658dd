"""A shortlist by the rules of its language: one form for each thing before it is judged, and the tags selected from
it afterwards.
"""

from functools import partial

from alt_pipelines.sites.names import Names
from alt_pipelines.tagging.extraction.dictionary import has_word
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.name_variants import renamed
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.tagging.extraction.same_thing import one_each
from alt_pipelines.tagging.extraction.selection import select
from alt_pipelines.tagging.extraction.stand_ins import without_stand_ins
from alt_pipelines.tagging.extraction.words.verbs import is_word


def prepared(ranked: Ranked, text: str, language: str, site_names: Names = ()) -> Ranked:
    """Return a shortlist with one form for each thing, without words that stand in for a name that the text has.

    ``text`` is the title and body; ``site_names`` are the names that the article's site has been seen to use.
    """
    row = language_of(language)
    if site_names:
        ranked = renamed(ranked, site_names, language, text)
    if row.reader in ("japanese", "chinese", "korean") or row.clitics:
        ranked = one_each(ranked, text, row)
    if row.reader == "english" or row.of or row.noun_capitals:
        ranked = without_stand_ins(ranked, text, language)
    return ranked


def selected(ranked: Ranked, count: int, language: str) -> list[tuple[Candidate, float]]:
    """Return up to ``count`` phrases that name different things, with their scores, best first (see ``selection``)."""
    row = language_of(language)
    head_first = row.head_first or bool(row.clitics)
    return select(
        ranked,
        count,
        noun_capitals=row.noun_capitals,
        head_first=head_first,
        is_word=partial(has_word if row.reader == "english" else is_word, language=language),
    )
