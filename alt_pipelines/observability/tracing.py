"""Export traces over OTLP if OTEL_EXPORTER_OTLP_ENDPOINT names a collector and the extra `otel` is installed.

    with span("genre_run", genre="politics"): ...

Without a collector, a span does nothing. The provider, with its thread and connection, is created with the first span
of each process, so a worker's parent forks before it has one. The SDK reads its other variables itself
(OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER).

`api.app` decides which requests the adapter traces.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

import structlog

from alt_pipelines.settings import Settings, TracingSettings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

log = structlog.get_logger(__name__)


@contextmanager
def span(name: str, **attributes: str | int | float | bool) -> Iterator[None]:
    """Trace a block as a span, which records an exception that leaves the block."""
    provider = tracer_provider()
    if provider is None:
        yield
        return
    with provider.get_tracer(__name__).start_as_current_span(name, attributes=attributes):
        yield


def tracer_provider() -> "TracerProvider | None":
    """Return the provider of this process, None if no collector is configured or the extra `otel` is missing."""
    settings = TracingSettings.read(Settings.environment())
    return None if settings.endpoint is None else _provider(settings.endpoint, settings.service_name, os.getpid())


def flush(seconds: float = 2.0) -> None:
    """Send the pending spans before the process ends. Does nothing without a collector."""
    provider = tracer_provider()
    if provider is not None:
        provider.force_flush(int(seconds * 1000))


@lru_cache(maxsize=1)
def _provider(endpoint: str, service_name: str, process: int) -> "TracerProvider | None":
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.warning(
            "traces_not_exported",
            endpoint=endpoint,
            detail="OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not installed: pip install "
            "'alt-pipelines[otel]', or unset the variable.",
        )
        return None
    provider = TracerProvider(resource=Resource.create({"service.name": service_name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces")))
    log.info("traces_exported", endpoint=endpoint, process=process)
    return provider
