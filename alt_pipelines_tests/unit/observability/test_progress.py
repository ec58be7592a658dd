"""Progress without a terminal: each line tells what happened since the last one."""

import io
import re
import time
from collections import Counter
from contextlib import redirect_stderr
from types import SimpleNamespace

import pytest

from alt_pipelines.observability import progress
from alt_pipelines.observability.progress import Progress


def test_a_line_has_the_rate_since_the_last_line_and_not_an_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 10.0, 15.0, 20.0])
    monkeypatch.setattr(progress, "time", SimpleNamespace(perf_counter=lambda: next(moments)))
    shown = Progress(1000)
    shown.read(250)
    shown.done(Counter(tagged=100))
    assert shown.line() == "tagging: 100, 10/s, 25% of the input, about 0:30 left"
    shown.done(Counter(tagged=150, rejected=50))
    assert shown.line().startswith("tagging: 200, 20/s, ")
    assert shown.line().startswith("tagging: 200, none in the last 5 s, "), "the rate of the line before is over"


def test_lines_go_on_while_one_article_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FIRST_SECONDS", 0.01)
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.01)
    with redirect_stderr(io.StringIO()) as said, Progress(None):
        deadline = time.monotonic() + 180
        while said.getvalue().count("tagging: starting") < 3:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert said.getvalue().splitlines()[-1] == "articles: 0; the input has none"


def test_the_time_is_shown_before_the_first_article_is_done() -> None:
    assert re.fullmatch(r"tagging: starting, \d+ s so far", Progress(None).line())
