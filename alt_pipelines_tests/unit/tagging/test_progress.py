"""When a run reports: its first results at once, a line per minute, changed days every ten minutes or when it waits."""

from datetime import datetime

from alt_pipelines.tagging.progress import LINE_ARTICLES, LINE_SECONDS, REPORT_SECONDS, Due, Progress
from alt_pipelines.tagging.report import RunReport

FRIDAY, SATURDAY = datetime(2026, 11, 27), datetime(2026, 11, 28)
START = 1000.0


def report(articles: dict[datetime, int], status: str = "tagged") -> RunReport:
    made = RunReport()
    for day, count in articles.items():
        made.day(day).selected = count
        made.day(day).outcomes[status] = count
    return made


def test_results_are_first_once() -> None:
    progress = Progress(START)
    assert progress.after_batch(report({}), START + 1) == Due()
    assert progress.after_batch(report({FRIDAY: 2}, "failed"), START + 2) == Due(), "failures are no results"
    assert progress.after_batch(report({FRIDAY: 3}), START + 3) == Due(first_results=True)
    assert progress.after_batch(report({FRIDAY: 4}), START + 4) == Due()


def test_every_batch_sets_the_duration() -> None:
    latest = report({FRIDAY: 1})
    Progress(START).after_batch(latest, START + 2.5)
    assert latest.seconds == 2.5


def test_a_line_needs_both_a_minute_and_many_articles() -> None:
    progress = Progress(START)
    assert progress.after_batch(report({FRIDAY: LINE_ARTICLES}), START + LINE_SECONDS - 1).line is None
    assert progress.after_batch(report({FRIDAY: LINE_ARTICLES - 1}), START + LINE_SECONDS).line is None
    line = progress.after_batch(report({FRIDAY: LINE_ARTICLES + 100}), START + LINE_SECONDS).line
    assert line == "Articles so far: 600 (10.0/s)"
    again = report({FRIDAY: 3 * LINE_ARTICLES})
    assert progress.after_batch(again, START + LINE_SECONDS + 1).line is None, "a minute after the last line"
    assert progress.after_batch(again, START + 2 * LINE_SECONDS).line is not None


def test_the_speed_in_the_line_leaves_out_the_time_of_waiting() -> None:
    latest = report({FRIDAY: 600})
    latest.waited = 30.0
    assert Progress(START).after_batch(latest, START + 60).line == "Articles so far: 600 (20.0/s)"


def test_changed_days_are_due_every_ten_minutes() -> None:
    progress = Progress(START)
    both = report({SATURDAY: 2, FRIDAY: 1})
    assert progress.after_batch(both, START + REPORT_SECONDS - 1).days == ()
    assert progress.after_batch(both, START + REPORT_SECONDS).days == (FRIDAY, SATURDAY)
    more = report({SATURDAY: 3, FRIDAY: 1})
    assert progress.after_batch(more, START + 2 * REPORT_SECONDS - 1).days == ()
    assert progress.after_batch(more, START + 2 * REPORT_SECONDS).days == (SATURDAY,)
    assert progress.after_batch(more, START + 3 * REPORT_SECONDS).days == (), "nothing has changed"


def test_a_day_whose_articles_other_runs_took_is_not_due() -> None:
    skipped = RunReport()
    skipped.day(FRIDAY).selected = skipped.day(FRIDAY).skipped = 3
    assert Progress(START).changed_days(skipped) == ()


def test_a_day_of_second_passes_is_due() -> None:
    refined = RunReport()
    refined.day(FRIDAY).refined = 2
    assert Progress(START).changed_days(refined) == (FRIDAY,)


def test_a_run_of_several_days_reports_them_when_it_first_waits() -> None:
    progress = Progress(START)
    both = report({FRIDAY: 1, SATURDAY: 2})
    progress.after_batch(both, START + 1)
    assert progress.while_idle() == (both, (FRIDAY, SATURDAY))
    more = report({FRIDAY: 1, SATURDAY: 3})
    progress.after_batch(more, START + 2)
    assert progress.while_idle() == (more, ()), "only once; the rest is due after ten minutes or at the end"
    assert progress.changed_days(more) == (SATURDAY,)


def test_a_run_of_one_day_leaves_its_report_to_its_end() -> None:
    progress = Progress(START)
    only = report({FRIDAY: 1})
    progress.after_batch(only, START + 1)
    assert progress.while_idle() == (only, ())
    assert progress.changed_days(only) == (FRIDAY,)
    assert progress.changed_days(only) == ()
