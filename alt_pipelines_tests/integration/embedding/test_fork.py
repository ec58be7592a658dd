"""Workers import and load in a parent, fork, and embed in the children."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from alt_pipelines.embedding import onnx
from alt_pipelines.embedding.cache import CachedEmbedder
from alt_pipelines.embedding.factory import load_embedder, preload_before_fork
from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.model_folder import ModelFolder
from alt_pipelines.embedding.onnx import OnnxEmbedder, OnnxSession, open_session
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.settings import EmbeddingSettings
from alt_pipelines_tests.support.waiting import LONG_SECONDS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def in_child(check: Callable[[], bool], seconds: float = LONG_SECONDS) -> bool:
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


def test_a_child_opens_a_session_of_its_own_after_its_parent_used_one(
    settings: EmbeddingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    openers: list[int] = []

    def counted(folder: ModelFolder, settings: EmbeddingSettings) -> OnnxSession:
        openers.append(os.getpid())
        return open_session(folder, settings)

    monkeypatch.setattr(onnx, "open_session", counted)
    embedder = OnnxEmbedder(settings.models_dir / "all-MiniLM-L6-v2", settings)
    expected = embedder.encode(["The bank raised rates."]).tobytes()

    def own_session() -> bool:
        same = embedder.encode(["The bank raised rates."]).tobytes() == expected
        return same and openers == [os.getppid(), os.getpid()]

    assert in_child(own_session)
    embedder.encode(["The bank raised rates."])
    assert openers == [os.getpid()], "the parent keeps its session"


def test_a_fork_while_another_thread_opens_a_model_does_not_hang(
    settings: EmbeddingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, opening, release = os.getpid(), threading.Event(), threading.Event()

    def slow(folder: ModelFolder, settings: EmbeddingSettings) -> OnnxSession:
        if os.getpid() == parent:
            opening.set()
            release.wait(LONG_SECONDS)
        return open_session(folder, settings)

    monkeypatch.setattr(onnx, "open_session", slow)
    embedder = OnnxEmbedder(settings.models_dir / "all-MiniLM-L6-v2", settings)
    thread = threading.Thread(target=embedder.encode, args=(["The bank raised rates."],))
    thread.start()
    assert opening.wait(LONG_SECONDS)
    try:
        assert in_child(lambda: embedder.encode(["The bank raised rates."]).shape == (1, 384), seconds=LONG_SECONDS / 2)
    finally:
        release.set()
        thread.join()


def test_a_fork_while_another_thread_writes_to_the_cache_does_not_hang() -> None:
    parent, writing, release = os.getpid(), threading.Event(), threading.Event()

    class SlowRow(np.ndarray):
        """A row that the cache cannot copy in the parent before it is told to."""

        def copy(self, order: Any = "C") -> Any:
            if os.getpid() == parent:
                writing.set()
                release.wait(LONG_SECONDS)
            return np.array(self, order=order)

    class SlowRows(HashingEmbedder):
        def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
            return super().encode(texts, languages).view(SlowRow)

    cache = CachedEmbedder(SlowRows(), capacity=10)
    thread = threading.Thread(target=cache.encode, args=(["The bank raised rates."],))
    thread.start()
    assert writing.wait(LONG_SECONDS)
    try:
        assert in_child(lambda: cache.encode(["The bank raised rates."]).shape == (1, 384), seconds=LONG_SECONDS / 2)
    finally:
        release.set()
        thread.join()
