"""SQL of what is learned of sites: `lines` for boilerplate, `names` for the names in their articles' tags."""

from alt_pipelines.sites.store.lines import (
    Totals,
    lines_of_articles,
    lines_of_site,
    newest_articles,
    prune,
    replace_lines,
    totals,
)
from alt_pipelines.sites.store.names import (
    names_of_articles,
    names_of_site,
    names_of_sites,
    newest_tags,
    prune_names,
    replace_names,
)

__all__ = [
    "Totals",
    "lines_of_articles",
    "lines_of_site",
    "names_of_articles",
    "names_of_site",
    "names_of_sites",
    "newest_articles",
    "newest_tags",
    "prune",
    "prune_names",
    "replace_lines",
    "replace_names",
    "totals",
]
