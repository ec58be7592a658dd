"""Workers import and load in a parent, fork, and embed in the children."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from alt_pipelines.embedding.cache import CachedEmbedder
from alt_pipelines.embedding.factory import load_embedder, preload_before_fork
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.settings import EmbeddingSettings

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def in_child(check: Callable[[], bool], seconds: float = 60) -> bool:
    """Fork, run the check in the child, and tell whether it held; a child that hangs is killed and counts as no."""
    child = os.fork()
    if child == 0:
        held = False
        try:
            held = check()
        finally:
            sys.stderr.flush()
            os._exit(0 if held else 1)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        finished, status = os.waitpid(child, os.WNOHANG)
        if finished:
            return status == 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def test_a_child_gives_the_same_vectors_as_a_parent_that_never_opened_a_session(settings: EmbeddingSettings) -> None:
    preload_before_fork(settings)
    embedder = load_embedder(settings)
    texts, languages = ["The bank raised rates.", "日銀が利上げを決めた。"], ["en", "ja"]
    read, write = os.pipe()
    assert in_child(lambda: os.write(write, embedder.encode(texts, languages).tobytes()) > 0)
    assert os.read(read, 10_000) == embedder.encode(texts, languages).tobytes()


def test_a_child_opens_a_session_of_its_own_after_its_parent_used_one(english: OnnxEmbedder) -> None:
    expected = english.encode(["The bank raised rates."]).tobytes()
    opened = english._open()
    assert in_child(
        lambda: english._open() is not opened and english.encode(["The bank raised rates."]).tobytes() == expected
    )
    assert english._open() is opened


def test_a_fork_while_another_thread_holds_the_locks_does_not_hang(settings: EmbeddingSettings) -> None:
    inner = OnnxEmbedder(settings.models_dir / "all-MiniLM-L6-v2", settings)
    cache = CachedEmbedder(inner, capacity=10)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with inner._loading, cache._lock:
            held.set()
            release.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        assert in_child(lambda: cache.encode(["The bank raised rates."]).shape == (1, 384), seconds=30)
    finally:
        release.set()
        holder.join()
