"""Spans reach a collector where one is named, and nobody where none is."""

import gzip
import http.server
import threading
from collections.abc import Iterator

import pytest

from alt_pipelines.observability.tracing import span, tracer_provider


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bytes]]]:
    """What was sent to an OTLP collector, as (path, body); the environment names it."""
    received: list[tuple[str, bytes]] = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            received.append((self.path, body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "alt-under-test")
    yield received
    provider = tracer_provider()
    if provider is not None:
        provider.shutdown()
    server.shutdown()
    server.server_close()


def test_without_a_collector_a_span_goes_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    with span("genre_run", run_id=1):
        assert tracer_provider() is None


def test_spans_are_sent_with_their_attributes_and_their_errors(collector: list[tuple[str, bytes]]) -> None:
    with span("genre_run", run_id=7, genre="経済"):
        pass
    with pytest.raises(ValueError, match="broken on purpose"), span("article_tags", hours=3):
        raise ValueError("broken on purpose")
    provider = tracer_provider()
    assert provider is not None
    assert provider.force_flush(10_000)
    assert {path for path, _ in collector} == {"/v1/traces"}
    sent = b"".join(body for _, body in collector)
    for expected in ("genre_run", "経済", "article_tags", "broken on purpose", "alt-under-test"):
        assert expected.encode() in sent


def test_the_adapter_traces_its_requests_but_not_its_probes(collector: list[tuple[str, bytes]]) -> None:
    from fastapi.testclient import TestClient

    from alt_pipelines.platform import Platform
    from alt_pipelines.settings import Settings
    from api.app import create_app

    client = TestClient(create_app(Platform(Settings())), raise_server_exceptions=False)  # its services are not started
    client.get("/v1/runs/no-number")
    client.get("/health/live")
    provider = tracer_provider()
    assert provider is not None
    assert provider.force_flush(10_000)
    sent = b"".join(body for _, body in collector)
    assert b"/v1/runs/{run_id}" in sent
    assert b"/health/live" not in sent
