"""Article files of any common format, as one stream of articles: what `alt-pipelines tag` and `load` read.

    a path, a folder or standard input ─▶ opening ─▶ encoding ─▶ formats ─▶ FileArticle | Malformed, in order

JSON Lines, JSON arrays, CSV and TSV with a header, RSS, Atom and JSON feeds, OPML lists of local feeds, HTML, Markdown
and plain text, each also gzipped, in any encoding. An entry that is not an article becomes a `Malformed` with its
place; a file that cannot be read raises `UnreadableError`, whose text is one sentence with the place.

Out of scope: what is done with an article, and downloads.
"""

from alt_pipelines.article_files.entries import FileArticle, Malformed, UnreadableError
from alt_pipelines.article_files.opening import FORMATS, read_articles

__all__ = ["FORMATS", "FileArticle", "Malformed", "UnreadableError", "read_articles"]
