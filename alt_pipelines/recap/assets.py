"""The assets `genre_clusters` and `cluster_evidence`, written by one step in one transaction.

    stored request (recap_subworker_runs) -> claim -> pipeline -> genre_clusters[genre], cluster_evidence[genre]

The Dagster tag `alt/recap_run_id` names the genre run, which is the row that holds the request. A Dagster run without
the tag, such as one launched in the UI, creates a new genre run from the genre's newest stored request. Re-executing a
Dagster run creates a new genre run from the same request if its genre run has ended. If several Dagster runs name the
same genre run, one of them processes it and the others end without a materialization.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import dagster as dg
import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import GENRE_JOB, JOB_ID_TAG, RUN_TAG
from alt_pipelines.database.engines import with_retries
from alt_pipelines.embedding.lazy import Encoder
from alt_pipelines.observability.tables import folded_json
from alt_pipelines.recap import metadata
from alt_pipelines.recap.genre_key import genre_of
from alt_pipelines.recap.partitions import genres
from alt_pipelines.recap.reporting import Progress, by_hand
from alt_pipelines.recap.store import claims, launches, submissions
from alt_pipelines.recap.store.claims import Claim
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.runtime.dagster_internals import RETRY_NUMBER_TAG, AssetJob
from alt_pipelines.runtime.metadata import PRODUCT, SOURCE, Metadata, drawn, tables
from alt_pipelines.runtime.partitions import partition_keys
from alt_pipelines.runtime.queues import MAX_RETRIES_TAG, RECAP, run_tags
from alt_pipelines.runtime.unplanned import evaluation_of
from alt_pipelines.settings import RecapSettings, Settings

if TYPE_CHECKING:
    from alt_pipelines.recap.run import Finished

log = structlog.get_logger(__name__)

CLUSTERS = dg.AssetKey("genre_clusters")
EVIDENCE = dg.AssetKey("cluster_evidence")
GROUP = "recap"
OWNERS = ["team:recap"]
GUARD_SECONDS = 60
"""Dagster's time limit exceeds the genre run's by this; it ends only processes that have not ended by themselves."""

_FULL_WAIT_SECONDS = 1.0


class ResultChecks(NamedTuple):
    """The checks that the step evaluates: their specs, and the function that evaluates all of them on a result."""

    specs: Sequence[dg.AssetCheckSpec]
    evaluate: Callable[[GenreResult], Iterator[dg.AssetCheckResult]]


genre_run_requests = dg.AssetSpec(
    "genre_run_requests",
    deps=[dg.AssetDep("articles", partition_mapping=dg.AllPartitionMapping())],
    description="Articles of one genre of a recap job, as posted by the recap worker (`POST /v1/runs`) and stored in "
    "recap_subworker_runs.request_payload. The first request of a genre adds its partition.",
    partitions_def=genres,
    group_name=GROUP,
    kinds={"postgres"},
    owners=OWNERS,
    tags=SOURCE,
)


def make_genre_run(settings: Settings, checks: ResultChecks) -> dg.AssetsDefinition:
    """Define the step that writes both assets, with the settings of its runs and the checks of their results."""

    @dg.multi_asset(
        name="genre_run",
        specs=[
            dg.AssetSpec(
                CLUSTERS,
                deps=[genre_run_requests],
                description="Story clusters of the genre's newest run: rows of recap_subworker_clusters.",
                group_name=GROUP,
                kinds={"postgres", "python"},
                owners=OWNERS,
                tags=PRODUCT,
            ),
            dg.AssetSpec(
                EVIDENCE,
                deps=[CLUSTERS],
                description="Representative sentences and articles of each cluster: rows of recap_subworker_sentences "
                "and recap_cluster_evidence.",
                group_name=GROUP,
                kinds={"postgres", "python"},
                owners=OWNERS,
                tags=PRODUCT,
            ),
        ],
        check_specs=checks.specs,
        partitions_def=genres,
        op_tags=_run_tags(settings.recap),
        can_subset=True,  # lets a step with checks end without results, as it does for a duplicate launch
    )
    def genre_run(
        context: dg.AssetExecutionContext, recap_db: dg.ResourceParam[Engine], encoder: dg.ResourceParam[Encoder]
    ) -> Iterator[Any]:
        """Cluster the articles of one stored request and store the clusters with their evidence.

        The partition is the genre. A run launched by hand repeats the genre's newest stored request as a new genre run.
        """
        from alt_pipelines.recap.run import RunFailedError, work_on  # imports scikit-learn, which only runs need

        (key,) = partition_keys(context, "genre")
        genre = genre_of(key)
        context.instance.add_dynamic_partitions(genres.name or "", [key])
        claim = _claim(context, recap_db, settings, genre)
        if claim is None:
            return
        if JOB_ID_TAG not in context.run.tags:
            context.instance.add_run_tags(context.run.run_id, {JOB_ID_TAG: claim.job_id})
        documents = len(claim.request_payload["documents"])
        context.log.info(f"Claimed genre run {claim.run_id} of job {claim.job_id}; documents: {documents}")
        try:
            finished = work_on(claim, recap_db, settings, encoder.load, Progress(context))
        except RunFailedError as error:
            raise dg.Failure(str(error), metadata={"run_id": claim.run_id}, allow_retries=False) from error
        except dg.DagsterExecutionInterruptedError:
            _settle_interruption(context, recap_db, claim)
            raise
        if sentence := metadata.degraded(finished.result):
            context.log.warning(sentence)
        events = _materializations(context, claim, finished, settings.public_url)
        yield from (event for event in events if event.asset_key in context.selected_asset_keys)
        yield from _evaluations(context, checks.evaluate(finished.result))

    return genre_run


def _claim(context: dg.AssetExecutionContext, engine: Engine, settings: Settings, genre: str) -> Claim | None:
    """Claim this Dagster run's genre run. Return None if it has ended or another Dagster run has claimed it."""
    run = context.run
    try:
        if RUN_TAG not in run.tags:
            run_id = submissions.resubmit_newest(engine, genre)
            if run_id is None:
                raise dg.Failure(
                    f"Genre {genre!r} has no stored request to rerun. POST /v1/runs stores a request and starts its "
                    "run.",
                    allow_retries=False,
                )
            return _claim_row(context, engine, settings, _bound(context, engine, run_id))
        run_id = int(run.tags[RUN_TAG])
        claim = _claim_row(context, engine, settings, run_id)
        again_by_hand = run.parent_run_id is not None and RETRY_NUMBER_TAG not in run.tags
        if claim is None and again_by_hand and (copy := submissions.resubmit(engine, run_id)) is not None:
            return _claim_row(context, engine, settings, _bound(context, engine, copy))
    except (submissions.RunInProgress, claims.UnknownRunError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    if claim is None:
        context.log.info(f"Skipped: genre run {run_id} has ended or belongs to another Dagster run.")
    return claim


def _bound(context: dg.AssetExecutionContext, engine: Engine, run_id: int) -> int:
    """Link a genre run to the Dagster run that created it, so that no other is launched for it and a retry finds it."""
    launches.mark_launched(engine, run_id, context.run.run_id)
    context.instance.add_run_tags(context.run.run_id, {RUN_TAG: str(run_id), MAX_RETRIES_TAG: "0"})
    return run_id


def _claim_row(context: dg.AssetExecutionContext, engine: Engine, settings: Settings, run_id: int) -> Claim | None:
    """Claim a row. Without a broker, wait while the maximum number of genre runs is running."""
    waited = False
    # With a broker, the number of worker processes is the limit: a run that waited here would keep one from other work.
    limit = settings.recap.max_background_runs if settings.execution.broker_url is None else None
    attempt = partial(
        claims.claim_run, engine, run_id, context.run.run_id, limit=limit, successor_of=context.run.parent_run_id
    )
    while True:
        claim = with_retries(attempt, settings.pool, "claim genre run")
        if isinstance(claim, Claim):
            return claim
        if claim == "taken":
            return None
        if not waited:
            context.log.info(f"Genre run {run_id} is waiting: the limit of {limit} concurrent genre runs is reached.")
            waited = True
        time.sleep(_FULL_WAIT_SECONDS)


def _settle_interruption(context: dg.AssetExecutionContext, engine: Engine, claim: Claim) -> None:
    """Mark a canceled genre run as failed. If the worker is shutting down, leave it to the reconciliation sensor.

    So is a run that cannot be marked because a database is away: its failure must not replace the interruption.
    """
    try:
        run = context.instance.get_run_by_id(context.run.run_id)
        if run is not None and run.status == dg.DagsterRunStatus.CANCELING:
            reason = f"Dagster run {claim.dagster_run_id} was canceled"
            claims.fail_run(engine, claim.run_id, reason, claim.dagster_run_id)
    except Exception as error:
        log.warning("interruption_not_settled", **claim.log_fields, error=type(error).__name__)


def _evaluations(
    context: dg.AssetExecutionContext, results: Iterable[dg.AssetCheckResult]
) -> Iterator[dg.AssetCheckResult]:
    """Yield the results of the checks that the run selects, and log the others; the job selects none."""
    for result in results:
        evaluation = evaluation_of(result)
        if evaluation.asset_check_key in context.selected_asset_check_keys:
            yield result
        else:
            context.log_event(evaluation)


def _materializations(
    context: dg.AssetExecutionContext, claim: Claim, finished: "Finished", public_url: str
) -> Iterator[dg.MaterializeResult[Any]]:
    """Yield both assets' metadata: the summary, then table, picture and page, then counters, and objects last."""
    result, documents = finished.result, finished.request.documents
    facts = metadata.RunFacts(claim.run_id, claim.job_id, claim.genre)
    opening = {"summary": metadata.summary(result, documents)}
    page = {"page": dg.MetadataValue.url(metadata.page(public_url, facts))}
    objects = {name: dg.MetadataValue.md(folded_json(value)) for name, value in metadata.objects(result).items()}
    yield dg.MaterializeResult(
        asset_key=CLUSTERS,
        metadata={
            **opening,
            **tables(stories_table=metadata.story_rows(result)),
            **_maps(context, result),
            **page,
            **metadata.cluster_counters(result, documents, facts),
            **objects,
        },
    )
    yield dg.MaterializeResult(
        asset_key=EVIDENCE,
        metadata={
            **opening,
            **tables(evidence_table=metadata.evidence_rows(result, documents)),
            **page,
            **drawn(context, {"sources": partial(metadata.sources, result, documents)}),
            **metadata.evidence_counters(result, facts),
        },
    )


def _maps(context: dg.AssetExecutionContext, result: GenreResult) -> Metadata:
    """Draw the map and, for a run launched by hand, also a large one with UMAP.

    UMAP takes seconds, which would delay a client's run that is waiting for this worker.
    """
    drawings: dict[str, Callable[[], str | None]] = {"map": partial(metadata.map_picture, result)}
    if by_hand(context):
        context.log.info("The result is stored. Drawing the maps, which takes a minute on a busy machine.")
        drawings["large_map"] = partial(_large_map, result)
    return drawn(context, drawings)


def _large_map(result: GenreResult) -> str:
    from alt_pipelines.observability.plots import png_markdown  # imports matplotlib, which only these runs need
    from alt_pipelines.recap.story.layout import draw_map

    return png_markdown(draw_map(result), "Sentences of the run, coloured by story")


def make_cluster_genre(settings: RecapSettings) -> AssetJob:
    """Define the job of genre runs."""
    return dg.define_asset_job(
        GENRE_JOB,
        selection=dg.AssetSelection.assets(CLUSTERS, EVIDENCE).without_checks(),  # its step evaluates them
        description="Clusters the articles of one genre. The API launches it for each POST /v1/runs; the sensor "
        "`genre_run_outbox` launches what the API could not.",
        tags=_run_tags(settings),
        executor_def=dg.in_process_executor,
    )


def _run_tags(settings: RecapSettings) -> dict[str, str]:
    """Return the tags of genre runs. Dagster never retries one: the reconciliation sensor restarts lost runs."""
    return run_tags(RECAP, settings.run_timeout_seconds + GUARD_SECONDS, max_retries=0)
