"""The preparation of a shortlist: one form for each thing, before the phrases are judged and selected."""

from alt_pipelines.sites.names import Names
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.name_variants import renamed
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.tagging.extraction.same_thing import one_each
from alt_pipelines.tagging.extraction.stand_ins import without_stand_ins


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
