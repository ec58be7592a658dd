"""Variables of the two replaced services that have no effect here, and what to set instead.

Most variables of the tag generator and the recap sub-worker are read under their own names (see docs/settings.md). The
others are listed here, so that no variable is ignored silently: `alt-pipelines doctor` and the start of each
long-running process call `without_effect`, and docs/settings.md shows the same table.
"""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from alt_pipelines.settings.embedding import EmbeddingSettings
from alt_pipelines.settings.reading import SettingsError

Service = Literal["tag generator", "recap sub-worker", "both"]

_OWN_PREFIXES = ("ALT_PIPELINES_", "RECAP_SUBWORKER_", "TAG_")
_NOT_SETTINGS = re.compile(r"ALT_PIPELINES_(DATA|TAG|HOST_.*)$|TAG_GENERATOR_.*$")  # of compose, tests, the platform


@dataclass(frozen=True, slots=True)
class OldVariable:
    """Names (shell patterns) that have no effect here, and what to set or do instead."""

    patterns: tuple[str, ...]
    service: Service
    instead: str


def _old(service: Service, names: str, instead: str) -> OldVariable:
    return OldVariable(tuple(names.split()), service, instead)


OLD_VARIABLES: tuple[OldVariable, ...] = (
    # tag generator
    _old("tag generator", "PROCESSING_INTERVAL TAG_ACTIVE_PROCESSING_INTERVAL", "set TAG_PROCESSING_INTERVAL"),
    _old("tag generator", "BATCH_LIMIT", "set TAG_BATCH_LIMIT"),
    _old("tag generator", "ERROR_RETRY_INTERVAL TAG_ERROR_RETRY_INTERVAL", "set TAG_RETRY_DELAY_SECONDS"),
    _old(
        "tag generator",
        "MEMORY_CLEANUP_INTERVAL TAG_MEMORY_CLEANUP_INTERVAL ENABLE_GC_COLLECTION TAG_ENABLE_GC_COLLECTION",
        "processes are replaced instead; set ALT_WORKER_MAX_RUNS or ALT_WORKER_MAX_MEMORY_MB",
    ),
    _old("tag generator", "MAX_CONNECTION_RETRIES TAG_MAX_CONNECTION_RETRIES", "set ALT_DB_RETRY_SECONDS"),
    _old("tag generator", "CONNECTION_RETRY_DELAY TAG_CONNECTION_RETRY_DELAY", "set ALT_DB_RETRY_FIRST_DELAY_SECONDS"),
    _old(
        "tag generator",
        "HEALTH_CHECK_INTERVAL TAG_HEALTH_CHECK_INTERVAL PROGRESS_LOG_INTERVAL TAG_PROGRESS_LOG_INTERVAL",
        "nothing to set; see GET /health/ready and GET /metrics",
    ),
    _old(
        "tag generator",
        "MAX_CONSECUTIVE_EMPTY_CYCLES TAG_MAX_CONSECUTIVE_EMPTY_CYCLES",
        "set TAG_HEALTH_EMPTY_TICKS",
    ),
    _old("tag generator", "TAG_MAX_EMPTY_EXTRACTION_RETRIES", "an empty article is not retried; nothing to set"),
    _old("tag generator", "TAG_USE_FP16", "the shipped models are 8-bit ONNX; nothing to set"),
    _old("tag generator", "TORCH_NUM_THREADS", "set TAG_ONNX_INTRA_OP_THREADS or TAG_ONNX_INTER_OP_THREADS"),
    _old(
        "tag generator",
        "REDIS_STREAMS_URL CONSUMER_ENABLED CONSUMER_GROUP CONSUMER_NAME",
        "articles are found in alt-db by a sensor; nothing to set",
    ),
    _old(
        "tag generator",
        "BACKEND_API_URL BACKEND_API_MTLS_URL SERVICE_TOKEN SERVICE_TOKEN_FILE",
        "articles are read from alt-db; set the five DB_ variables",
    ),
    _old(
        "both",
        "MTLS_* PEER_IDENTITY_TRUSTED",
        "TLS is terminated in front of the adapter; nothing to set",
    ),
    _old("both", "OTEL_ENABLED", "traces are sent when OTEL_EXPORTER_OTLP_ENDPOINT is set"),
    # recap sub-worker
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_PIPELINE_MODE",
        "genre runs always use warm worker processes (a process per run under `dagster dev`)",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_PROCESS_POOL_SIZE RECAP_PROCESS_POOL_SIZE RECAP_SUBWORKER_WORKER_PROCESSES",
        "set ALT_RECAP_PROCESSES",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_GUNICORN_GRACEFUL_TIMEOUT RECAP_SUBWORKER_PIPELINE_WORKER_INIT_TIMEOUT_SECONDS "
        "RECAP_SUBWORKER_WARMUP_PARALLELISM RECAP_SUBWORKER_PROMETHEUS_NAMESPACE RECAP_SUBWORKER_BASE_URL",
        "nothing to set",
    ),
    _old("recap sub-worker", "RECAP_SUBWORKER_ONNX_MODEL_PATH RECAP_ONNX_MODEL_PATH", "set TAG_ONNX_MODEL_PATH"),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_ONNX_TOKENIZER_NAME RECAP_ONNX_TOKENIZER_NAME RECAP_SUBWORKER_ONNX_POOLING RECAP_ONNX_POOLING",
        "the tokenizer and the pooling are read from the model's folder (TAG_ONNX_MODEL_PATH)",
    ),
    _old(
        "recap sub-worker",
        "OLLAMA_EMBED_* RECAP_SUBWORKER_OLLAMA_EMBED_*",
        "sentences are encoded in the worker; for another model set TAG_ONNX_MODEL_PATH, or "
        "RECAP_SUBWORKER_MODEL_BACKEND=sentence-transformers with RECAP_SUBWORKER_MODEL_ID",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_DEFAULT_UMAP_N_COMPONENTS RECAP_SUBWORKER_DEFAULT_HDBSCAN_MIN_CLUSTER_SIZE "
        "RECAP_SUBWORKER_MAX_SENTENCES_PER_CLUSTER",
        "every request sends its own values (params)",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_UMAP_* RECAP_UMAP_* RECAP_SUBWORKER_ENABLE_UMAP_* RECAP_ENABLE_UMAP_*",
        "articles are clustered without UMAP; RECAP_SUBWORKER_CLUSTERING=umap uses it, with params.umap_n_components",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_HDBSCAN_MIN_CLUSTER_SIZE RECAP_HDBSCAN_MIN_CLUSTER_SIZE "
        "RECAP_SUBWORKER_HDBSCAN_SELECTION_METHOD RECAP_HDBSCAN_SELECTION_METHOD",
        "the request's params.hdbscan_min_cluster_size; the method is eom",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_HDBSCAN_MIN_SAMPLES RECAP_HDBSCAN_MIN_SAMPLES",
        "set RECAP_SUBWORKER_DEFAULT_HDBSCAN_MIN_SAMPLES",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_USE_BAYES_OPT RECAP_USE_BAYES_OPT RECAP_SUBWORKER_BAYES_OPT_* RECAP_BAYES_OPT_TRIALS "
        "RECAP_SUBWORKER_CLUSTERING_SEARCH_* RECAP_SUBWORKER_CLUSTERING_MAX_TOKENS_PER_CLUSTER "
        "RECAP_SUBWORKER_CLUSTERING_RECURSIVE_ENABLED RECAP_SUBWORKER_CLUSTERING_MIN_SPLIT_SIZE "
        "RECAP_SUBWORKER_NOISE_RECLUSTER_* RECAP_SUBWORKER_RECURSIVE_* RECAP_SUBWORKER_RANDOM_SEED "
        "RECAP_SUBWORKER_MAX_GENRE_SENTENCES",
        "clustering needs no parameter search and has a fixed seed; nothing to set",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_GENRE_DEDUP_THRESHOLDS RECAP_GENRE_DEDUP_THRESHOLDS",
        "one threshold for all genres; set RECAP_SUBWORKER_DEDUP_THRESHOLD",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_ENABLE_SUDACHI_PREPROCESSING RECAP_ENABLE_SUDACHI_PREPROCESSING",
        "Japanese text is always analyzed; nothing to set",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_LEARNING_SCHEDULER_ENABLED",
        "switch the schedule of genre_thresholds on or off in the Dagster UI",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_LEARNING_BAYES_ENABLED RECAP_SUBWORKER_LEARNING_GRAPH_MARGIN "
        "RECAP_SUBWORKER_LEARNING_CLUSTER_GENRES RECAP_SUBWORKER_LEARNING_AUTO_DETECT_GENRES",
        "thresholds are always optimized, over all genres; nothing to set",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_GRAPH_BUILD_WINDOWS RECAP_SUBWORKER_GRAPH_BUILD_MAX_CONCURRENCY",
        "the graph has a 7-day and a 30-day window; nothing to set",
    ),
    _old(
        "recap sub-worker",
        "RECAP_SUBWORKER_CLASSIFICATION_* RECAP_CLASSIFICATION_* RECAP_SUBWORKER_GENRE_* RECAP_GENRE_* "
        "RECAP_SUBWORKER_TFIDF_* RECAP_TFIDF_* RECAP_SUBWORKER_LEARNING_MACHINE_* RECAP_LEARNING_MACHINE_* "
        "RECAP_SUBWORKER_ALLOW_EMBEDDING_DRIFT RECAP_SUBWORKER_EXTRACT_CONCURRENCY_MAX "
        "RECAP_SUBWORKER_DATA_HOST_PATH",
        "this product does not classify articles by genre; keep the old service for that endpoint",
    ),
)


def without_effect(environ: Mapping[str, str], known: Collection[str]) -> list[str]:
    """Return one sentence per variable that is set in `environ` and has no effect; `known` are the variables read."""
    found = list(_unread(environ, known))
    with suppress(SettingsError):  # reported where the settings are read
        embedding = EmbeddingSettings.read(environ)
        found += [*_backends(environ, embedding), *_device(embedding)]
    return sorted(found)


def _unread(environ: Mapping[str, str], known: Collection[str]) -> Iterator[str]:
    for name, value in environ.items():
        setting = name.removesuffix("_FILE")
        if not value or setting in known or name in known:
            continue
        old = next((old for old in OLD_VARIABLES for pattern in old.patterns if fnmatchcase(setting, pattern)), None)
        if old is not None:
            yield f"{name} has no effect: {old.instead}."
        elif name.startswith(_OWN_PREFIXES) and not _NOT_SETTINGS.match(name):
            close = difflib.get_close_matches(setting, known, 1, 0.85)
            yield f"{name} has no effect: no setting has this name" + (f"; did you mean {close[0]}?" if close else ".")


def _backends(environ: Mapping[str, str], embedding: EmbeddingSettings) -> Iterator[str]:
    name = "RECAP_SUBWORKER_MODEL_BACKEND"
    backend = environ.get(name)
    if backend == "hash" and embedding.backend != "hash":
        yield (
            f"{name}=hash has no effect: its vectors are random, so the shipped models are used instead. "
            "Unset it; for a test, also set RECAP_SUBWORKER_ALLOW_HASH_BACKEND=true."
        )
    elif backend == "ollama-remote":
        yield (
            f"{name}=ollama-remote has no effect: sentences are encoded in the worker by the shipped models. Unset it, "
            "or set sentence-transformers and RECAP_SUBWORKER_MODEL_ID for the model that the platform used."
        )


def _device(embedding: EmbeddingSettings) -> Iterator[str]:
    if embedding.device != "cpu" and embedding.backend not in ("sentence-transformers", "distill"):
        yield (
            f"RECAP_SUBWORKER_DEVICE={embedding.device} has no effect on ONNX models: set TAG_ONNX_RUNTIME_PROVIDERS, "
            "for example CUDAExecutionProvider,CPUExecutionProvider."
        )
