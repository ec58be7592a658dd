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
from alt_pipelines.overwriting import refuse_overwriting
from alt_pipelines.recap.corpus.request import DOCUMENT_LIMIT_EXCEEDED, GenreRunRequest, request_of
from alt_pipelines.recap.story.headline import headline
from alt_pipelines.recap.story.response import response_parts
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import Settings

INVALID, FAILED = 2, 1
_SHOWN_PROBLEMS = 10
_SHOWN_VALUE = 60

_REMEDIES = {
    "missing": "add it",
    "extra_forbidden": "remove it; requests have no such field",
    "json_invalid": "the input must be a single JSON object in UTF-8",
    "too_short": "add more",
    "greater_than_equal": "increase it",
    "less_than_equal": "decrease it",
    "string_too_long": "shorten it",
    "url_scheme": "use an http or https URL",
}

_EXAMPLE = """\b
A small request:
  {"params": {"max_sentences_total": 2000, "umap_n_components": 25,
              "hdbscan_min_cluster_size": 5, "mmr_lambda": 0.7},
   "documents": [
     {"article_id": "a1", "title": "Chip exports", "published_at": "2026-03-01T08:00:00Z",
      "paragraphs": ["The ministry tightened export rules for advanced chips on Monday."]},
     ... at least three documents; every paragraph has at least 30 characters
   ]}

\b
Parameters:
  max_sentences_total        20..10000  sentences kept, taken round-robin over the documents
  hdbscan_min_cluster_size   3..500     minimum number of sentences per story
  umap_n_components          0..128     dimensions; used only with RECAP_SUBWORKER_CLUSTERING=umap
  mmr_lambda                 0..1       representatives: 1 = most central, 0 = most diverse
  max_sentences_per_cluster  1..50      representatives per story; default 7

\b
Output: "clusters" holds the stories, largest first, each with a label, top terms and representative
sentences. "diagnostics" holds what was cut, and the model and strategy used. The settings of the service
apply, for example RECAP_SUBWORKER_MAX_TOKENS_BUDGET.

\b
Example:
  alt-pipelines cluster --input request.json --output response.json --map map.png

\b
Exit codes: 0 success (including partial results), 1 the run failed, 2 invalid input or settings.
"""


@click.command(epilog=_EXAMPLE)
@click.option(
    "--input",
    "-i",
    "source",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="JSON file with the body of POST /v1/runs; - is standard input.",
)
@click.option(
    "--output",
    "-o",
    "target",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="File for the run object; - is standard output.",
)
@click.option(
    "--assignments",
    type=click.Path(path_type=Path, dir_okay=False),
    help='Also write {"article_id", "sentence_idx", "cluster_id"} for each sentence kept; cluster -1 is noise.',
)
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also plot the sentences in two dimensions, colored by cluster, as a PNG.",
)
@click.option("--genre", default="cli", show_default=True, help="Genre in the run object.")
@click.option("--quiet", is_flag=True, help="Suppress progress and summary on standard error.")
def cluster(
    source: Path, target: Path, assignments: Path | None, map_file: Path | None, genre: str, quiet: bool
) -> None:
    """Cluster the articles of one request into stories, exactly as a genre run of the service does."""
    say: Callable[[str], None] = (lambda line: None) if quiet else (lambda line: click.echo(line, err=True))
    settings = Settings.from_environment()
    refuse_overwriting([source], [path for path in (target, assignments, map_file) if path is not None])
    request = read_request(source, settings.recap.max_docs_per_genre)
    started = time.monotonic()
    say(f"documents: {len(request.documents)}")
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
        say("drawing the map (takes a few seconds)")
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
            f"cannot read {str(source)!r}: {error.strerror}. Pass the path of a JSON file, or - for standard input."
        )
    try:
        request = request_of(body)
    except ValidationError as error:
        _refuse("\n".join(explain(error, str(source))))
    if len(request.documents) > max_documents:
        _refuse(
            f"{DOCUMENT_LIMIT_EXCEEDED}: {len(request.documents)} documents, the limit is {max_documents}. "
            "Send fewer documents or increase RECAP_SUBWORKER_MAX_DOCS_PER_GENRE."
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
        say(f"model: {embedder.model_id} ({embedder.backend})")
        return run_genre(request, settings.recap, embedder, progress=progress)
    except (ValueError, RuntimeError) as error:
        click.echo(f"Error: the run failed: {error}", err=True)
        sys.exit(FAILED)


def _summarise(result: GenreResult, seconds: float, say: Callable[[str], None]) -> None:
    found = result.diagnostics
    say(
        f"{result.status} in {seconds:.1f} s: stories: {len(result.stories)}; articles: {found['documents_used']}, "
        f"in no story: {found['articles_in_noise']}; sentences: {found['total_sentences']}"
    )
    if found["sentences_cut"]:
        reasons = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in found["sentences_cut_by"].items())
        say(f"sentences cut: {found['sentences_cut']} ({reasons})")
    if "fallback" in found:
        say(f"fallback: {found['fallback']}")
    for story in result.stories[:10]:
        named = headline(story.cluster_id, story.label, story.top_terms)
        say(f"  {story.cluster_id:3d}  {len(story.article_ids):4d} articles  {named}")
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
            f"Error: cannot write {str(target)!r}: {error.strerror}. Choose a file in a writable folder.", err=True
        )
        sys.exit(FAILED)
