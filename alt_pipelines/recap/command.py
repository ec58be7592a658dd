"""`alt-pipelines cluster`: one genre run from a file to a file, without a database or Dagster.

The input is the body of `POST /v1/runs`. The output is the run object that `GET /v1/runs/{id}` would return, so that a
request can be tried before it is sent. `pipeline.run_genre` does the clustering.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

import click
from pydantic import ValidationError

from alt_pipelines.atomic import opened_whole
from alt_pipelines.recap.corpus.request import DOCUMENT_LIMIT_EXCEEDED, GenreRunRequest
from alt_pipelines.recap.story.response import response_parts
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import Settings

INVALID, FAILED = 2, 1
_SHOWN_PROBLEMS = 10
_SHOWN_VALUE = 60

_REMEDIES = {
    "missing": "add it",
    "extra_forbidden": "remove it, the contract knows no such field",
    "json_invalid": "the file must hold one JSON object, in UTF-8",
    "too_short": "a run needs that many at least",
    "greater_than_equal": "raise it",
    "less_than_equal": "lower it",
    "string_too_long": "shorten it",
    "url_scheme": "only http and https addresses can be cited",
}

_EXAMPLE = """\b
A small request:
  {"params": {"max_sentences_total": 2000, "umap_n_components": 25,
              "hdbscan_min_cluster_size": 5, "mmr_lambda": 0.7},
   "documents": [
     {"article_id": "a1", "title": "Chip exports", "published_at": "2026-03-01T08:00:00Z",
      "paragraphs": ["The ministry tightened export rules for advanced chips on Monday."]},
     ... at least three documents; a paragraph has 30 characters or more
   ]}

\b
What the parameters do:
  max_sentences_total        20..10000  more sentences are cut, in turns over all documents
  hdbscan_min_cluster_size   3..500     a story with fewer sentences is noise
  umap_n_components          0..128     dimensions, for RECAP_SUBWORKER_CLUSTERING=umap only
  mmr_lambda                 0..1       representatives: 1 = most central, 0 = most different
  max_sentences_per_cluster  1..50      representatives of a story, 7 unless given

\b
The answer: "clusters" are the stories, largest first, each with a label, top terms and representative
sentences; "diagnostics" say what was cut ("partial": true) and which model and strategy ran. Settings are the
service's own, e.g. RECAP_SUBWORKER_MAX_TOKENS_BUDGET=100000 lifts the token budget of 12000.

\b
Exit codes: 0 done (also when partial), 1 the run failed, 2 the input or a setting is wrong.
"""


@click.command(epilog=_EXAMPLE)
@click.option(
    "--input",
    "source",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="The request: the body of POST /v1/runs as JSON; - reads standard input.",
)
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="Where the run object goes; - writes standard output.",
)
@click.option(
    "--assignments",
    type=click.Path(path_type=Path, dir_okay=False),
    help='Also write {"article_id", "sentence_idx", "cluster_id"} for every sentence kept; -1 is noise.',
)
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also draw the sentences in two dimensions, colored by cluster, as a PNG.",
)
@click.option("--genre", default="cli", show_default=True, help="The genre to write into the run object.")
@click.option("--quiet", is_flag=True, help="No progress and no summary on standard error.")
def cluster(
    source: Path, target: Path, assignments: Path | None, map_file: Path | None, genre: str, quiet: bool
) -> None:
    """Group the articles of one request into stories, as a genre run of the service does."""
    say: Callable[[str], None] = (lambda line: None) if quiet else (lambda line: click.echo(line, err=True))
    settings = Settings.from_environment()
    request = read_request(source, settings.recap.max_docs_per_genre)
    started = time.monotonic()
    say(f"{len(request.documents)} documents")
    result = _run(request, settings, say)
    run = {"run_id": 1, "job_id": str(UUID(int=0)), "genre": genre, **response_parts(result)}
    _write(target, json.dumps(run, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    if assignments:
        lines = (
            {"article_id": a.article_id, "sentence_idx": a.sentence_idx, "cluster_id": a.cluster_id}
            for a in result.assignments
        )
        _write(assignments, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    if map_file:
        say("drawing the map (some seconds)")
        from alt_pipelines.observability.plots import png
        from alt_pipelines.recap.story.layout import draw_map

        _write(map_file, png(draw_map(result)))
    _summarise(result, time.monotonic() - started, say)


def read_request(source: Path, max_documents: int) -> GenreRunRequest:
    """Read and validate the request in a file, or from standard input for `-`.

    Raises:
        SystemExit: with code 2, after printing which field holds which value and what to do.
    """
    try:
        body = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        _refuse(
            f"cannot read {str(source)!r}: {error.strerror}. Give the path of a JSON file, or - for standard input."
        )
    try:
        request = GenreRunRequest.model_validate_json(body)
    except ValidationError as error:
        _refuse("\n".join(explain(error, str(source))))
    if len(request.documents) > max_documents:
        _refuse(
            f"{DOCUMENT_LIMIT_EXCEEDED}: {len(request.documents)} documents, the limit is {max_documents}. "
            "Send fewer, or raise RECAP_SUBWORKER_MAX_DOCS_PER_GENRE."
        )
    return request


def explain(error: ValidationError, source: str) -> list[str]:
    """Explain each problem of a request in one line: the field, its value, the problem and the remedy."""
    problems = error.errors(include_url=False)
    lines = [f"{source} is not a valid request ({len(problems)} problem{'s' * (len(problems) > 1)}):"]
    for problem in problems[:_SHOWN_PROBLEMS]:
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"]).lstrip(".")
        value = "" if problem["type"] in ("missing", "json_invalid") else f" is {_short(problem['input'])}"
        remedy = _REMEDIES.get(problem["type"], "")
        message = problem["msg"].removeprefix("Value error, ")
        lines.append(f"  {place or 'the body'}{value}: {message}{f'; {remedy}' if remedy else ''}")
    if len(problems) > _SHOWN_PROBLEMS:
        lines.append(f"  ... and {len(problems) - _SHOWN_PROBLEMS} more")
    return lines


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN_VALUE else f"{text[:_SHOWN_VALUE]}…"


def _run(request: GenreRunRequest, settings: Settings, say: Callable[[str], None]) -> GenreResult:
    from alt_pipelines.embedding.factory import load_embedder
    from alt_pipelines.recap.pipeline import run_genre

    announced: set[tuple[str, int]] = set()

    def progress(stage: str, done: int, total: int) -> None:
        if total > 1 or done == 0:
            line = stage if total <= 1 else f"{stage}: {done} of {total}"
            if (stage, done) not in announced:
                announced.add((stage, done))
                say(line)

    try:
        embedder = load_embedder(settings.embedding)
        say(f"model {embedder.model_id} ({embedder.backend})")
        return run_genre(request, settings.recap, embedder, progress=progress)
    except (ValueError, RuntimeError) as error:
        click.echo(f"Error: the run failed: {error}", err=True)
        sys.exit(FAILED)


def _summarise(result: GenreResult, seconds: float, say: Callable[[str], None]) -> None:
    found = result.diagnostics
    say(
        f"{result.status}: {len(result.stories)} stories of {found['documents_used']} articles, "
        f"{found['articles_in_noise']} articles in none, {found['total_sentences']} sentences, {seconds:.1f} s"
    )
    if found["sentences_cut"]:
        reasons = ", ".join(
            f"{count} by the {name.replace('_', ' ')}" for name, count in found["sentences_cut_by"].items()
        )
        say(f"cut: {found['sentences_cut']} sentences ({reasons})")
    if "fallback" in found:
        say(f"fallback: {found['fallback']}")
    for story in result.stories[:10]:
        say(f"  {story.cluster_id:3d}  {len(story.article_ids):4d} articles  {story.label or ''}")
    if len(result.stories) > 10:
        say(f"  ... and {len(result.stories) - 10} more")


def _refuse(message: str) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    sys.exit(INVALID)


def _write(target: Path, content: str | bytes) -> None:
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if str(target) != "-":
            target.parent.mkdir(parents=True, exist_ok=True)
        with opened_whole(target) as out:
            out.write(data)
    except OSError as error:
        click.echo(
            f"Error: cannot write {str(target)!r}: {error.strerror}. Give a path in a writable folder.", err=True
        )
        sys.exit(FAILED)
