"""Boilerplate of the sites in a file, learned from the file's own entries while they stream through.

Entries pass in windows. Each window is tagged with what its sites repeat in it and in the windows before. The entries
without a URL are one site: the file is their feed. Memory does not grow with the input.
"""

from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice

from alt_pipelines.article_files import FileArticle, Malformed
from alt_pipelines.sites.repeated import ARTICLES_PER_SITE, LEAST_STORIES, SeenArticle, repeated_lines, site_of

WINDOW = 256  # entries that are read before the first of them is tagged
_SITES = 200  # most recent sites whose entries are remembered
_EDGE = 6000  # characters remembered at either end of an entry; boilerplate is there

Entry = FileArticle | Malformed
NO_LINES: frozenset[int] = frozenset()


def with_site_lines(entries: Iterator[Entry]) -> Iterator[tuple[Entry, frozenset[int]]]:
    """Yield every entry, in order, with the keys of the lines that its site repeats."""
    sites: OrderedDict[str, list[SeenArticle]] = OrderedDict()
    lines: dict[str, frozenset[int]] = {}
    while window := list(islice(entries, WINDOW)):
        new = [_seen(entry) for entry in window if isinstance(entry, FileArticle)]
        for site in dict.fromkeys(article.site for article in new):
            known = sites.setdefault(site, [])
            sites.move_to_end(site)
            if len(known) < ARTICLES_PER_SITE:  # a site with this many is known
                known += [article for article in new if article.site == site][: ARTICLES_PER_SITE - len(known)]
                if len(known) >= LEAST_STORIES:
                    lines[site] = frozenset(repeated_lines(known))
        while len(sites) > _SITES:
            lines.pop(sites.popitem(last=False)[0], None)
        for entry in window:
            yield entry, lines.get(site_of(entry.url), NO_LINES) if isinstance(entry, FileArticle) else NO_LINES


def _seen(entry: FileArticle) -> SeenArticle:
    text = entry.text
    if len(text) > 2 * _EDGE:
        text = f"{text[:_EDGE]}\n{text[-_EDGE:]}"
    return SeenArticle(site_of(entry.url), entry.title[:1000], text)
