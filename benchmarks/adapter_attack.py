"""Attack the adapter: latency of /health/live under hostile texts, and memory under slow clients.

    python -m benchmarks.adapter_attack                  takes half a minute

Starts a real server (`python -m api`, two processes) and a real Postgres in a temporary folder. Eight clients send
texts that once took minutes to analyse. Then 120 clients each send 9 of 10 MB and stop. Clients and server share the
machine. A process of its own measures the latency: a thread beside the attackers would wait for their interpreter.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil

from alt_pipelines.database import embedded
from alt_pipelines_tests.support.report import recorded

SECRET = "only-for-this-benchmark"
MEGABYTE = 2**20
SLOW_CLIENTS = 120
TEXTS = (
    "Rotterdam port <a x" + 150_000 * " ",
    "." * 300_000 + "x",
    "<div class=article>" * 5000,
    "\u2de0\u093c" * 100_000,
    "a" * 1_000_000,
    "&#" + "5" * 5000,
    "ไทย" * 100_000,
    "日本" * 200_000,
)


def main() -> None:
    """Measure at rest, under hostile texts, and under slow clients."""
    with tempfile.TemporaryDirectory(prefix="alt-attack-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # under root, Postgres runs as another user
        embedded.ensure_running(home / "postgres")
        try:
            with server(home) as (url, process):
                print("| /health/live | requests | p50 ms | p99 ms | longest ms |\n|---|---|---|---|---|")
                report("at rest", live(url, 5.0))
                codes: list[int] = []
                with attackers(url, codes):
                    report("under 8 hostile texts", live(url, 15.0))
                print(f"\nanswers to the texts: { {code: codes.count(code) for code in sorted(set(codes))} }")
                before, peak = resident(process), slow_clients(url, process)
                print(f"memory: {before:.0f} MB, at most {peak:.0f} MB under {SLOW_CLIENTS} slow clients")
        finally:
            embedded.stop(home / "postgres")


@contextmanager
def server(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Run an adapter and yield its address and its supervisor process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    variables = {
        "ALT_PIPELINES_HOME": str(home),
        "PORT": str(port),
        "SERVICE_SECRET": SECRET,
        "RECAP_SUBWORKER_GUNICORN_WORKERS": "2",
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, "-m", "api"], env={**os.environ, **variables})
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{url}/health", timeout=2).json()["model_id"] != "loading":
                    break
            time.sleep(0.3)
        yield url, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def live(url: str, seconds: float) -> list[float]:
    """Return the latency of every /health/live request in milliseconds, sorted; another process measures it."""
    command = [sys.executable, "-m", "benchmarks.adapter_attack", url, str(seconds)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return [float(milliseconds) for milliseconds in found]


def measure_live(url: str, seconds: float) -> list[float]:
    """Measure in this process."""
    found = []
    with httpx.Client(timeout=120) as client:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            began = time.perf_counter()
            client.get(f"{url}/health/live")
            found.append((time.perf_counter() - began) * 1000)
            time.sleep(0.02)
    return sorted(found)


def report(what: str, times: list[float]) -> None:
    """Print a row of the table."""
    p99 = times[int(len(times) * 0.99)]
    print(f"| {what} | {len(times)} | {times[len(times) // 2]:.0f} | {p99:.0f} | {times[-1]:.0f} |", flush=True)


@contextmanager
def attackers(url: str, codes: list[int]) -> Iterator[None]:
    """Run eight clients, each of which sends its text repeatedly, until the block ends."""
    stop = threading.Event()

    def attack(text: str) -> None:
        with httpx.Client(timeout=120, headers={"X-Service-Token": SECRET}) as client:
            while not stop.is_set():
                body = {"title": "t", "content": text}
                with suppress(httpx.HTTPError):
                    codes.append(client.post(f"{url}/api/v1/extract-tags", json=body).status_code)

    threads = [threading.Thread(target=attack, args=(text,), daemon=True) for text in TEXTS]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join(timeout=120)


def slow_clients(url: str, process: psutil.Process) -> float:
    """Return the peak memory in MB while many clients leave their bodies unfinished."""
    host, port = url.removeprefix("http://").split(":")

    def send() -> None:
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=30) as client:
            client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (10 * MEGABYTE))
            client.sendall(b" " * (9 * MEGABYTE))
            client.recv(65_536)

    threads = [threading.Thread(target=send, daemon=True) for _ in range(SLOW_CLIENTS)]
    for thread in threads:
        thread.start()
    peak = 0.0
    while any(thread.is_alive() for thread in threads):
        peak = max(peak, resident(process))
        time.sleep(0.05)
    return peak


def resident(process: psutil.Process) -> float:
    """Return the memory in MB of the processes that answer requests. Tagging children have their own limit."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.Error):
            if "api.child" not in one.cmdline():
                total += one.memory_info().rss
    return total / MEGABYTE


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure_live(sys.argv[1], float(sys.argv[2]))))
    else:
        with recorded("benchmarks.adapter_attack"):
            main()
