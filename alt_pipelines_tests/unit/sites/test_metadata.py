"""What the UI shows of site_boilerplate: what was learned, and nothing about lines if there are none."""

from alt_pipelines.sites import metadata
from alt_pipelines.sites.run import LinesReport
from alt_pipelines.sites.store import Totals


def test_without_a_repeated_line_the_summary_promises_nothing_about_lines() -> None:
    report = LinesReport(90, {"a.example": {}, "b.example": {}}, 0, Totals(0, 0), 0.1)
    assert metadata.lines_summary(report) == "No repeated lines on 2 sites with enough articles."
