"""UI metadata of `site_boilerplate` and `site_names` as plain values: a summary line, a table and counts."""

from collections.abc import Mapping

from alt_pipelines.observability.tables import cell
from alt_pipelines.sites.names import LEAST_ARTICLES
from alt_pipelines.sites.repeated import LEAST_STORIES
from alt_pipelines.sites.run import LinesReport, NamesReport

ROWS = 25


def lines_summary(report: LinesReport) -> str:
    """Summarize a run of site_boilerplate in one line: what was learned, or why nothing was."""
    if not report.learned:
        return f"Articles read: {report.articles}. No site has the {LEAST_STORIES} that learning needs."
    with_lines = sum(map(bool, report.learned.values()))
    if not report.lines:
        return f"No repeated lines on {_counted(len(report.learned), 'site')} with enough articles."
    return (
        f"{_counted(report.lines, 'repeated line')} on {_counted(with_lines, 'site')}, of "
        f"{_counted(len(report.learned), 'site')} with enough articles. Articles tagged from now on are read without "
        "these lines."
    )


def line_rows(report: LinesReport) -> list[dict[str, str | int]]:
    """Return rows of the lines that occur in the most stories, over all sites."""
    rows = [(site, line) for site, lines in report.learned.items() for line in lines.values()]
    rows.sort(key=lambda row: (-row[1].stories, row[0], row[1].text))
    return [{"line": cell(line.text), "stories": line.stories, "site": cell(site)} for site, line in rows[:ROWS]]


def lines_figures(report: LinesReport) -> Mapping[str, int | float]:
    """Return the counts of a run of site_boilerplate."""
    return {
        "articles": report.articles,
        "sites": len(report.learned),
        "sites_with_lines": sum(map(bool, report.learned.values())),
        "lines": report.lines,
        "pruned_lines": report.pruned,
        "stored_lines": report.stored.lines,
        "stored_sites": report.stored.sites,
        "seconds": round(report.seconds, 2),
    }


def names_summary(report: NamesReport) -> str:
    """Summarize a run of site_names in one line."""
    if not report.names:
        return f"No site has the {LEAST_ARTICLES} articles with the same tag that learning needs."
    return (
        f"{_counted(report.names, 'name')} of {_counted(len(report.learned), 'site')}. Tags of new articles use these "
        "spellings where the article's text has them."
    )


def name_rows(report: NamesReport) -> list[dict[str, str | int]]:
    """Return rows of the names with the most articles, over all sites."""
    rows = [(site, name) for site, names in report.learned.items() for name in names]
    rows.sort(key=lambda row: (-row[1].articles, row[1].name, row[0]))
    return [
        {"name": cell(name.name), "articles": name.articles, "language": name.language, "site": cell(site)}
        for site, name in rows[:ROWS]
    ]


def names_figures(report: NamesReport) -> Mapping[str, int | float]:
    """Return the counts of a run of site_names."""
    return {
        "sites": len(report.learned),
        "names": report.names,
        "pruned_names": report.pruned,
        "seconds": round(report.seconds, 2),
    }


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
