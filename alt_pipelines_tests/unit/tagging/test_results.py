"""What an extraction becomes before it is stored, and how a run's report adds up."""

import re
import time
from datetime import datetime

import pytest

from alt_pipelines.tagging import metadata
from alt_pipelines.tagging.extraction.article import CascadeDecision, Extraction, Tag
from alt_pipelines.tagging.report import EXAMPLES, DayReport, RunReport
from alt_pipelines.tagging.store import OutcomeCounts
from alt_pipelines.tagging.store.results import REASON_CHARACTERS, ArticleResult
from alt_pipelines.tagging.store.selection import PendingArticle
from alt_pipelines.tagging.windows import Position

FEED = "00000000-0000-0000-0000-00000000000f"


def extraction(*tags: tuple[str, float]) -> Extraction:
    decision = CascadeDecision(True, "low_confidence", 0.5, len(tags), 2.0, 0.1)
    given = tuple(Tag(name, confidence) for name, confidence in tags)
    return Extraction("a", "tagged", given, 0.5, "en", "features", "1", 2.0, 400, decision)


def article(title: str = "Title") -> PendingArticle:
    return PendingArticle("a", datetime(2026, 1, 1), Position("2026-01-01", "a"), FEED, title, "text", 0, True)


@pytest.mark.parametrize(
    "unstorable", [("", 0.5), (" \0 ", 0.5), ("x" * 513, 0.5), ("nan", float("nan")), ("inf", float("inf"))]
)
def test_what_cannot_be_stored_is_left_out_and_said(unstorable: tuple[str, float]) -> None:
    kept = ArticleResult.of(extraction(("port", 0.7), unstorable), FEED)
    assert [tag.tag for tag in kept.tags] == ["port"]
    assert kept.status == "tagged"
    assert "omitted: 1" in str(kept.reason)
    alone = ArticleResult.of(extraction(unstorable), FEED)
    assert (alone.status, alone.tags) == ("empty", ())


def test_tags_are_kept_once_with_their_best_confidence_within_bounds() -> None:
    result = ArticleResult.of(extraction(("port", 0.4), (" port ", 0.6), ("sea", 1.5), ("sky", -1.0)), FEED)
    assert result.tags == (Tag("port", 0.6), Tag("sea", 1.0), Tag("sky", 0.0))
    assert result.reason is None


def test_a_reason_is_text_that_any_column_takes() -> None:
    reason = ArticleResult.failure("a", "1", "\0\ud800" + "x" * 10_000).reason
    assert reason is not None
    reason.encode("utf-8")
    assert "\0" not in reason
    assert len(reason) == REASON_CHARACTERS


def test_a_report_is_the_sum_of_its_hours_and_stays_small() -> None:
    run = RunReport(seconds=2.0)
    for day in (datetime(2026, 1, 1), datetime(2026, 1, 1, 1)):
        for _ in range(30):
            report = run.day(day)
            report.selected += 1
            report.add(article(), ArticleResult.of(extraction(("port", 0.7), ("sea", 0.2)), FEED))
        run.day(day).selected += 1
        run.day(day).add(article(), ArticleResult.failure("a", "1", "why"))
    total = run.total
    assert (total.selected, run.selected, total.outcomes) == (62, 62, {"tagged": 60, "failed": 2})
    assert (total.tags, sum(total.confidences), total.confidences[14], total.confidences[4]) == (120, 120, 60, 60)
    assert (len(total.examples), len(total.problems), total.refined) == (EXAMPLES, 2, 60)


def test_the_figures_of_a_day_are_complete() -> None:
    run = RunReport(seconds=2.0)
    report = run.day(datetime(2026, 1, 1))
    report.selected = 2
    report.add(article(), ArticleResult.of(extraction(("port", 0.7)), FEED))
    report.add(article(), ArticleResult.without_feed("a", "1"))
    figures = metadata.figures(report, run, "1", "a-model")
    assert (figures["selected"], figures["tagged"], figures["no_feed"], figures["failed"]) == (2, 1, 1, 0)
    assert (figures["articles_per_second"], figures["backend"]) == (1.0, "features 1")
    assert (figures["extractor_version"], figures["model"]) == ("1", "a-model")
    assert metadata.figures(DayReport(), RunReport(), "1", "none")["articles_per_second"] == 0.0


def test_the_time_that_a_run_waits_is_no_work() -> None:
    run = RunReport()
    with run.waiting():
        time.sleep(0.02)
    waited = run.waited
    with run.waiting():
        run.day(datetime(2026, 1, 1)).selected = 2
        time.sleep(0.02)
    assert run.waited == waited >= 0.02
    run.seconds, run.waited = 62.0, 60.0
    figures = metadata.figures(DayReport(), run, "1", "none")
    assert (figures["seconds_of_work"], figures["seconds_of_waiting"]) == (2.0, 60.0)
    assert figures["articles_per_second"] == 1.0


def test_pictures_are_drawn_where_they_say_something() -> None:
    run = RunReport()
    report = run.day(datetime(2026, 1, 1))
    assert metadata.confidence_picture(report) is None
    assert metadata.outcomes_plot(run) is None
    report.add(article(), ArticleResult.of(extraction(("port", 0.7)), FEED))
    run.day(datetime(2026, 1, 2)).add(article(), ArticleResult.failure("a", "1", "why"))
    picture, plot = metadata.confidence_picture(report), metadata.outcomes_plot(run)
    assert picture is not None
    assert "0.55 label graph" in picture
    assert plot is not None
    assert "data:image/png;base64," in plot


def test_the_summary_of_a_day_says_what_was_done_what_is_left_and_what_is_degraded() -> None:
    report = DayReport()
    report.add(article(), ArticleResult.of(extraction(("port", 0.7), ("ship", 0.6)), FEED))
    report.add(article(), ArticleResult.failure("a", "1", "why"))
    line = metadata.summary(report, None, None)
    assert re.findall(r"[\d.]+\d|\d", line) == ["1", "2.0", "1"]
    assert "failed" in line
    line = metadata.summary(DayReport(), OutcomeCounts(3, 0, 0, 0, 0, pending=2, articles=5), "no encoder")
    assert re.findall(r"\d", line) == ["0", "5", "2"]
    assert "no encoder" in line


def test_a_day_of_second_passes_alone_says_so_and_shows_them() -> None:
    report = DayReport()
    report.add_second_pass(article(), ArticleResult.of(extraction(("port", 0.7)), FEED))
    report.add_second_pass(article(), None)
    assert metadata.summary(report, None, None) == "Second passes by this run: 1."
    assert [example.tags for example in report.examples] == ["port 0.70"]


def test_examples_show_the_best_tags_and_the_id_last() -> None:
    report = DayReport()
    names = [(f"tag {number}", 0.9 - number / 10) for number in range(8)]
    report.add(article(), ArticleResult.of(extraction(*names), FEED))
    report.add(article(), ArticleResult.failure("a", "1", "why"))
    (tagged,) = metadata.example_rows(report.examples)
    assert tagged["tags"] == "tag 0 0.90, tag 1 0.80, tag 2 0.70, tag 3 0.60, tag 4 0.50"
    assert list(tagged) == ["title", "tags", "language", "id"]
    (failed,) = metadata.example_rows(report.problems)
    assert failed["reason"] == "failed: why"
