"""Overhead of a Dagster run: one process per run compared with a warm worker, in one session.

    python -m benchmarks.run_overhead [--runs 12] [--genre-runs 5]

Executes the same trivial asset and the same genre run (12 articles of the sample corpus) with both launchers on the
same Postgres and measures seconds from submission to end, p50 and p95. The whole time of the trivial asset is overhead.
The two launchers are measured one after the other, so neither disturbs the other.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from alt_pipelines.demo.corpus import default_source, read_articles, split_problems
from alt_pipelines.settings import PROJECT_ROOT, Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.ports import hold_port
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.support.dagster_client import Dagster
from alt_pipelines_tests.support.report import recorded

ARTICLES = 12
TRIVIAL = "alt_pipelines_tests.support.trivial"


def main() -> None:
    """Measure both launchers and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--genre-runs", type=int, default=5)
    arguments = parser.parse_args()
    measured: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory(prefix="alt-overhead-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with warm_stack(Path(folder) / "trivial", TRIVIAL) as stack:
            measured["trivial asset"] = {"warm": trivial(Dagster(stack.addresses.webserver), arguments.runs)}
            with default_launcher(stack, TRIVIAL) as webserver:
                cold = Dagster(webserver, location=TRIVIAL)
                measured["trivial asset"]["default"] = trivial(cold, arguments.runs)
        show(measured)
        with warm_stack(Path(folder) / "genre", "alt_pipelines.definitions") as stack:
            measured["genre run"] = {"warm": genre_runs(stack.addresses.adapter, arguments.genre_runs)}
        with cold_adapter(Path(folder) / "genre") as adapter:
            measured["genre run"]["default"] = genre_runs(adapter, arguments.genre_runs)
    show(measured)


def trivial(dagster: Dagster, runs: int) -> list[float]:
    """Return the seconds of consecutive runs of the trivial asset, without the first."""
    found = []
    for _ in range(runs + 1):
        started = time.time()
        run = dagster.wait(dagster.launch(), 120)
        found.append(run["endTime"] - started)  # Dagster's own end time: a polling client sees the end later
        assert run["status"] == "SUCCESS", run
    return found[1:]


def genre_runs(adapter: str, runs: int) -> list[float]:
    """Return the seconds from POST /v1/runs to the end of consecutive genre runs, without the first."""
    loaded, _ = split_problems(read_articles(default_source()))
    english = [article for article in loaded if len(article.content) > 200]
    chooser, found = random.Random(1), []
    with httpx.Client(base_url=adapter, timeout=90) as client:
        for number in range(runs + 1):
            job = str(uuid.uuid4())
            documents = [
                {"article_id": str(uuid.uuid4()), "paragraphs": [article.content]}
                for article in chooser.sample(english, ARTICLES)
            ]
            metadata = {"article_count": ARTICLES, "sentence_count": 60, "character_count": 9000}
            params = {"max_sentences_total": 400, "umap_n_components": 5, "hdbscan_min_cluster_size": 3}
            body = {
                "params": {**params, "mmr_lambda": 0.4},
                "documents": documents,
                "metadata": {**metadata, "primary_language": "en"},
            }
            started = time.perf_counter()
            answer = client.post("/v1/runs", json=body, headers={"X-Alt-Job-Id": job, "X-Alt-Genre": f"genre {number}"})
            answer.raise_for_status()
            run = answer.json()
            while run["status"] == "running":
                run = client.get(f"/v1/runs/{run['run_id']}", params={"wait": 30}).json()
            found.append(time.perf_counter() - started)
            assert run["status"] in ("succeeded", "partial"), run
    return found[1:]


@contextmanager
def warm_stack(home: Path, definitions: str) -> Iterator[Stack]:
    """Run the stack as `alt-pipelines up` does."""
    product = definitions == "alt_pipelines.definitions"
    options = StackOptions(
        definitions=definitions,
        models=product,
        adapter=product,
        environment={"PYTHONPATH": str(PROJECT_ROOT)},
    )
    stack = Stack(Settings.from_environment({**os.environ, "ALT_PIPELINES_HOME": str(home)}), options)
    stack.start(600)
    try:
        yield stack
    finally:
        stack.stop()


@contextmanager
def default_launcher(stack: Stack, definitions: str) -> Iterator[str]:
    """Run a webserver like `dagster dev`'s on the stack's databases; it launches runs immediately, as processes."""
    home = stack.home.path / "cold"
    home.mkdir()
    (home / "dagster.yaml").write_text(
        (PROJECT_ROOT / "dagster.yaml")
        .read_text()
        .replace("module: alt_pipelines.runtime.coordinator", "module: dagster._core.run_coordinator")
        .replace("class: LimitedRunCoordinator", "class: DefaultRunCoordinator")
    )
    port = _free_port(3600)
    command = ["-m", "dagster_webserver", "-h", "127.0.0.1", "-p", port, "-m", definitions]
    yield from serve([sys.executable, *command], {**stack.variables, "DAGSTER_HOME": str(home)}, home, port)


def _free_port(wanted: int) -> str:
    held = hold_port(wanted)
    held.close()
    return str(held.port)


@contextmanager
def cold_adapter(home: Path) -> Iterator[str]:
    """Run `dagster dev` and the adapter on the home of a stopped stack."""
    port, adapter_port = _free_port(3600), _free_port(9600)
    variables = {
        **os.environ,
        "ALT_PIPELINES_HOME": str(home),
        "DAGSTER_WEBSERVER_URL": f"http://127.0.0.1:{port}",
        "PORT": adapter_port,
        "RECAP_SUBWORKER_GUNICORN_WORKERS": "1",
    }
    variables.pop("DAGSTER_HOME", None)
    dev = [str(Path(sys.executable).with_name("dagster")), "dev", "-p", port, "-h", "127.0.0.1"]
    with contextmanager(serve)(dev, variables, PROJECT_ROOT, port):
        adapter = [sys.executable, "-m", "api"]
        with contextmanager(serve)(adapter, variables, PROJECT_ROOT, adapter_port, "/health/live") as url:
            time.sleep(10)  # until the daemon has evaluated the sensors for the first time
            yield url
    subprocess.run([sys.executable, "-m", "alt_pipelines", "db", "stop"], env=variables, check=False)


def serve(
    command: list[str], variables: dict[str, str], folder: Path, port: str, path: str = "/server_info"
) -> Iterator[str]:
    """Start a server, yield its address once it answers, and stop it at the end."""
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, env=variables, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 180
        while True:
            try:
                if httpx.get(f"{url}{path}", timeout=3).status_code == 200:
                    break
            except httpx.HTTPError:
                pass
            assert process.poll() is None, f"{command} ended"
            assert time.monotonic() < deadline, f"{command} does not answer"
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(90)


def show(measured: dict[str, dict[str, list[float]]]) -> None:
    """Print a Markdown table."""
    print("| run | launcher | p50 s | p95 s | default / warm |")
    print("|---|---|---|---|---|")
    for what, by_launcher in measured.items():
        ratio = statistics.median(by_launcher["default"]) / statistics.median(by_launcher["warm"])
        for launcher, seconds in by_launcher.items():
            p95 = sorted(seconds)[min(len(seconds) - 1, round(0.95 * len(seconds)))]
            print(f"| {what} | {launcher} | {statistics.median(seconds):.2f} | {p95:.2f} | {ratio:.1f} |")


if __name__ == "__main__":
    with recorded("benchmarks.run_overhead"):
        main()
