"""HTML pages: the state of the installation, its recaps and stories, the newest tags.

The server renders the pages from stored rows. They load nothing from other hosts, and everything except the automatic
refresh of the newest tags works without JavaScript. Every value is escaped, links lead only to http(s) addresses, and
the content security policy allows only the pages' own style and script.
"""

import asyncio
import base64
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import structlog
from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.recap.store import submissions
from alt_pipelines.tagging.store.reads import canonical_uuid
from api import reader, reader_store
from api.errors import documented
from api.routes.runs import dagster_run_url
from api.services import Needs, Services, runs_token

log = structlog.get_logger(__name__)

router = APIRouter(tags=["pages"], dependencies=[Depends(runs_token)], default_response_class=HTMLResponse)

JOBS_ON_HOME, JOBS_ON_PAGE, TAGGED_ARTICLES = 5, 25, 15
MAX_ID = 2**63 - 1

_FOLDER = Path(__file__).parents[1] / "templates"
_STYLE = (_FOLDER / "style.css").read_text("utf-8")
_SCRIPT = (_FOLDER / "latest.js").read_text("utf-8")


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"


HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src {_digest(_STYLE)}; script-src {_digest(_SCRIPT)}; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

JobId = Annotated[str, PathParameter(description="UUID of the recap job")]

# The pages are HTML; a request that breaks a rule is answered with JSON, as everywhere.
_INVALID: dict[int | str, dict[str, Any]] = {
    422: {
        "description": documented(422)[422]["description"],
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ValidationErrorBody"}}},
    }
}
_MISSING: dict[int | str, dict[str, Any]] = {
    404: {"description": "The page does not exist", "content": {"text/html": {}}},
    **_INVALID,
}


def _colour(hue: int | None) -> str:
    return "#9a9a9a" if hue is None else f"hsl({hue} 62% 48%)"


_templates = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_templates.filters["path"] = lambda value: quote(value, safe="")
_templates.globals.update(
    style=Markup(_STYLE),  # noqa: S704 - our own file
    script=Markup(_SCRIPT),  # noqa: S704 - our own file
    here="",
    status_text=reader.status_text,
    safe_url=reader.safe_url,
    hue=reader.hue,
    colour=lambda cluster: _colour(reader.hue(cluster)),
    colour_of=_colour,
    width=reader.MAP_WIDTH,
    height=reader.MAP_HEIGHT,
)


@router.get("/", summary="Show the installation, its newest recaps and tags")
async def home(request: Request, services: Needs) -> HTMLResponse:
    """Shows the state of each component, the newest recaps and the newest tags.

    If a database is unreachable, only its part of the page is missing.
    """
    readiness, jobs, tagged = await asyncio.gather(
        services.probes.readiness(), _jobs(services, reader_store.NEWEST, JOBS_ON_HOME), _tagged(services)
    )
    state = services.models.state
    return _page(
        request,
        "home.html",
        title="This installation",
        here="home",
        readiness=readiness,
        jobs=jobs,
        tagged=tagged,
        model=f"{state.model_id} on {state.backend}",
        dagster_url=services.settings.dagster_ui_url,
    )


@router.get("/tags/latest", summary="Return the newest tags as an HTML fragment")
async def latest_tags(request: Request, services: Needs) -> HTMLResponse:
    """The list that the home page refreshes every five seconds."""
    return _page(request, "tags.html", tagged=await _tagged(services))


@router.get("/recaps", summary="List recap jobs, newest first", responses=_INVALID)
async def recaps(
    request: Request,
    services: Needs,
    before: Annotated[
        int, Query(ge=1, le=MAX_ID, description="Only jobs whose runs are all older than this run id")
    ] = MAX_ID,
) -> HTMLResponse:
    """Recap jobs with their genres. The link to the next page contains its `before`."""
    jobs = await services.recap.run(reader_store.recent_jobs, before, JOBS_ON_PAGE)
    following = jobs[-1].newest_run if len(jobs) == JOBS_ON_PAGE else None
    return _page(
        request, "recaps.html", title="Recaps", here="recaps", jobs=jobs, next=following, older=before != MAX_ID
    )


@router.get("/recaps/{job_id}", summary="Show the genres of a recap job", responses=_MISSING)
async def job(request: Request, services: Needs, job_id: JobId) -> HTMLResponse:
    """Shows each genre's status and first stories."""
    known = canonical_uuid(job_id)
    genres = await services.recap.run(reader_store.genres_of_job, known) if known else []
    if not genres:
        return _missing(request, "Recap not found", "No genre run has this job id. Retention may have deleted it.")
    shown = []
    first = reader_store.STORIES_IN_OVERVIEW
    for overview in genres:
        evidence = await services.recap.run(reader_store.evidence_of_run, overview.run_id, first)
        shown.append({"overview": overview, "stories": reader.stories(overview.stories, evidence)})
    began: datetime = min(overview.started_at for overview in genres)
    title = f"Recap of {began:%Y-%m-%d}"
    return _page(
        request,
        "job.html",
        title=title,
        here="recaps",
        job_id=known,
        genres=shown,
        started_at=began,
    )


@router.get("/recaps/{job_id}/{genre:path}", summary="Show the stories of a genre", responses=_MISSING)
async def genre(
    request: Request, services: Needs, job_id: JobId, genre: Annotated[str, PathParameter(description="The genre")]
) -> HTMLResponse:
    """Shows the genre's newest run: headlines, terms, evidence with links and dates, the map, and what was left out."""
    known = canonical_uuid(job_id)
    run_id = await services.recap.run(reader_store.newest_run, known, genre) if known and "\x00" not in genre else None
    stored = None if run_id is None else await services.recap.run(submissions.read_stored_run, run_id)
    if stored is None or run_id is None:
        return _missing(request, "Genre not found", "This job has no run of this genre.")
    run = stored.run
    evidence = await services.recap.run(reader_store.evidence_of_run, run_id)
    points = await services.recap.run(reader_store.map_of_run, run_id)
    stories = reader.stories(run["clusters"], evidence)
    real = [story for story in stories if not story.is_noise]
    return _page(
        request,
        "genre.html",
        title=run["genre"],
        here="recaps",
        run=run,
        dagster_run_url=dagster_run_url(stored.dagster_run_id, services.settings),
        stories=stories,
        cuts=reader.cuts(run["diagnostics"]),
        dots=reader.dots(points, {story.number: story.headline for story in real}),
        named=real[: reader.MAP_NAMES],
    )


async def _jobs(services: Services, before: int, limit: int) -> list[reader_store.JobOverview] | None:
    try:
        return await services.recap.run(reader_store.recent_jobs, before, limit)
    except SQLAlchemyError as error:
        log.warning("page_part_missing", part="jobs", error=type(error).__name__)
        return None


async def _tagged(services: Services) -> list[reader_store.TaggedArticle] | None:
    try:
        return await services.alt.run(reader_store.new_tags, TAGGED_ARTICLES)
    except SQLAlchemyError as error:
        log.warning("page_part_missing", part="tags", error=type(error).__name__)
        return None


def _missing(request: Request, title: str, sentence: str) -> HTMLResponse:
    return _page(request, "missing.html", status=404, title=title, sentence=sentence)


def _page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    root = request.scope.get("root_path", "").rstrip("/")
    content = _templates.get_template(template).render(root=root, **values)
    return HTMLResponse(content, status_code=status, headers=HEADERS)
