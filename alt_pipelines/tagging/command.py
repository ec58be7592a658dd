"""`alt-pipelines tag`: tags a file of articles, without a database or Dagster.

Entries stream through in windows and small batches, in order, so memory use does not grow with the input. The output
file is written atomically. `article_files` reads the entries, and `extraction` tags the articles.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from alt_pipelines.article_files import FORMATS, FileArticle, Malformed, UnreadableError, open_articles
from alt_pipelines.article_files.opening import input_files, input_size
from alt_pipelines.atomic import opened_whole
from alt_pipelines.observability.progress import progress_for
from alt_pipelines.overwriting import refuse_overwriting
from alt_pipelines.tagging.file_sites import with_site_lines
from alt_pipelines.tagging.parallel import BATCH, Numbered, tagged
from alt_pipelines.tagging.rows import Form, formatted, header_of

SOME_MALFORMED = 3
_OTHER_FORMATS = frozenset((".arrow", ".feather", ".html", ".md", ".ods", ".parquet", ".tsv", ".xlsx", ".xml", ".yaml"))

_EPILOG = """\b
INPUT is a file, a folder, or - for standard input:
  .jsonl .ndjson   one object per line: {"id": "a1", "title": "Oil spill off Alaska", "text": "..."}
  .json            an array of such objects, or a JSON Feed
  .csv .tsv        a table with a header line
  .rss .atom .xml  a feed; .opml is a list of feed files on this machine
  .html .md .txt   one article per file
A folder is read with its subfolders; its hidden files and files of other types are skipped.
Files may be gzipped (.gz) and in any encoding, including Shift_JIS and EUC-JP. Recognized columns and keys:
title, headline; text, content, body, summary, description; url, link; published, date; lang, language; id.
The id of an output row is the entry's id, else its URL, else its number. Texts may contain HTML.
Rows of a folder or an OPML list also have a "source": the entry's file, and its line or number there.
Lines that several entries of one site repeat (newsletter notes, footers) are left out; entries without
a URL are one site.

Articles whose first tags are uncertain, which most are, get a second pass with an encoder. It takes most
of the time; with --fast, only a share of the articles gets it, the least certain ones.

\b
An output row (--format jsonl):
  {"id": "a1", "status": "tagged", "tags": [{"tag": "oil spill", "confidence": 0.91}, ...],
   "confidence": 0.83, "language": "en", "backend": "features", "inference_ms": 4.2,
   "cascade": {"needs_refine": false, "reason": "high_confidence_exit", ...}}
"status" is tagged, empty (no phrase is suitable as a tag), rejected (no readable text, or a
malformed entry) or failed (such as took_too_long, beyond TAG_ARTICLE_CPU_SECONDS); all except
tagged have a "reason".

\b
Exit codes:
  0  every entry was read and has a row
  1  the input could not be read, or the output could not be written
  2  invalid arguments or settings
  3  every entry has a row, but some entries were malformed; each is reported on standard error

\b
Examples:
  alt-pipelines tag --input articles.jsonl --output tags.jsonl --workers 2
  alt-pipelines tag --input export.csv --output tags.csv
  zcat articles.jsonl.gz | alt-pipelines tag > tags.jsonl
"""


@click.command(epilog=_EPILOG)
@click.option("--input", "-i", "source", default="-", show_default=True, help="File or folder; - is standard input.")
@click.option("--output", "-o", "target", default="-", show_default=True, help="File; - is standard output.")
@click.option("--from", "form", type=click.Choice(FORMATS), help="Format of the input. Default: detected.")
@click.option(
    "--format",
    "output_form",
    type=click.Choice(("jsonl", "csv", "table")),
    help="Format of the output. Default: csv if --output ends in .csv, a table on a terminal, otherwise jsonl.",
)
@click.option(
    "--workers", "-w", type=click.IntRange(1, 64), default=1, show_default=True, help="Number of tagging processes."
)
@click.option(
    "--fast",
    is_flag=True,
    help="Give the second pass to no more than the share TAG_CASCADE_MAX_REFINE_RATIO of the articles.",
)
def tag(source: str, target: str, form: str | None, output_form: Form | None, workers: int, *, fast: bool) -> None:
    """Extract tags from a file: one output row per input entry, in the same order, even for malformed entries."""
    counts: Counter[str] = Counter()
    path = None if source == "-" else Path(source)
    written_as = output_form or _form_of(target)
    refuse_overwriting([source] if path is None else input_files(path), [target])
    malformed = 0
    try:
        size = input_size(path) if path is not None and path.exists() else None
        with opened_whole(target) as out, progress_for(size) as progress:
            entries, several = open_articles(path, form, progress.read)
            out.write(header_of(written_as, with_source=several).encode("utf-8"))
            for rows in tagged(_batches(entries), workers, "steady" if fast else "trickle"):
                shown = (row.with_source if several else row for row in rows)
                out.write("".join(formatted(row, written_as) for row in shown).encode("utf-8"))
                counts.update(row.values["status"] for row in rows)
                for row in filter(lambda row: row.malformed, rows):
                    malformed += 1
                    progress.say(row.values["reason"])
                progress.done(counts)
    except BrokenPipeError:  # the reader closed the pipe (such as `head`), which is not an error
        sys.stderr.close()
        sys.exit(0)
    except UnreadableError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or target}: {error.strerror or error}") from None
    if malformed:
        sys.exit(SOME_MALFORMED)


def _batches(entries: Iterator[FileArticle | Malformed]) -> Iterator[list[Numbered]]:
    numbered = (Numbered(number, *entry) for number, entry in enumerate(with_site_lines(entries), 1))
    while batch := list(islice(numbered, BATCH)):
        yield batch


def _form_of(target: str) -> Form:
    if target == "-":
        return "table" if sys.stdout.isatty() else "jsonl"
    suffix = Path(target).suffix.lower()
    if suffix in _OTHER_FORMATS:
        raise click.UsageError(
            f"--output {target}: tags are not written as {suffix[1:]}. Use the ending .csv or .jsonl, or pass --format."
        )
    return "csv" if suffix == ".csv" else "jsonl"
