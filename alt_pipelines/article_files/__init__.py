"""Readers of article files in any common format, as one stream of articles, for `alt-pipelines tag` and `load`.

    a path, a folder or standard input ─▶ opening ─▶ encoding ─▶ formats ─▶ FileArticle | Malformed, in order

Formats: JSON Lines, JSON arrays, CSV and TSV with a header, RSS, Atom and JSON feeds, OPML lists of local feeds, HTML,
Markdown and plain text; each may be gzipped and in any encoding. An entry that is not an article becomes a `Malformed`
with its place. A file that cannot be read raises `UnreadableError`, whose message is one sentence with the place.

Scope: files to articles. Out of scope: the use of the articles, and downloads.
"""

from alt_pipelines.article_files.entries import FileArticle, Malformed, UnreadableError
from alt_pipelines.article_files.opening import FORMATS, open_articles, read_articles

__all__ = ["FORMATS", "FileArticle", "Malformed", "UnreadableError", "open_articles", "read_articles"]
