"""The terminal output of `make run`: load articles, show their tagging and clustering, and print the results.

The demo uses a stack (see `stack.supervisor`) as a client would: SQL for loading and progress, HTTP for genre runs and
the graph. Loading needs only the databases, so articles wait for the stack and are tagged while it starts.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.engine import Engine

from alt_pipelines.demo import genre_runs, store
from alt_pipelines.demo.corpus import LoadedArticle, read_articles, split_problems
from alt_pipelines.demo.learning_rows import learning_rows
from alt_pipelines.recap.story.headline import headline

SPREAD = timedelta(days=6)  # the first load fills a week of partitions, as a feed reader would
STALL_SECONDS = 900
_EXAMPLES = 10


class Demo:
    """The demo on a running stack. `check` raises if the stack has ended, so that nothing waits for it."""

    def __init__(
        self, alt: Engine, recap: Engine, adapter_url: str, console: Console, check: Callable[[], None] = lambda: None
    ) -> None:
        self._alt, self._recap, self._adapter_url, self._console = alt, recap, adapter_url, console
        self._check = check
        self._started = time.monotonic()
        self._untagged: list[str] = []  # URLs of new articles, until the first of them has tags

    def load(self, source: Path) -> list[LoadedArticle]:
        """Load a source. Print the number of new articles and the entries that could not be read.

        Raises:
            UnreadableError: the source cannot be read.
            PlatformDatabaseError: alt-db belongs to a platform.
        """
        store.refuse_platform(self._alt)
        loaded, problems = split_problems(read_articles(source))
        first = not store.has_articles(self._alt)
        arrivals = store.arrivals_of(loaded, SPREAD if first else None)
        new = store.insert_articles(self._alt, loaded, arrivals)
        self._console.print(
            f"  articles from {escape(source.name)}: [bold]{len(loaded)}[/] "
            f"(new: {new}, already in alt-db: {len(loaded) - new})"
        )
        for problem in problems[:5]:
            self._console.print(f"  [yellow]{escape(problem.where)}: {escape(problem.why)}[/]")
        if len(problems) > 5:
            self._console.print(f"  [yellow]... and {len(problems) - 5} more malformed entries[/]")
        if new == len(loaded):
            self._untagged = [article.url for article in loaded]
        return loaded

    def watch_first_tags(self) -> None:
        """Print the tags of the first new article that has any, once. Cheap, to be called while the stack starts."""
        found = store.first_tagged(self._alt, self._untagged) if self._untagged else None
        if found is not None:
            self._untagged = []
            tags = ", ".join(tag for tag, _ in found.tags[:5])
            seconds = time.monotonic() - self._started
            title = escape(found.title[:60])
            self._console.print(f"  first tags after {seconds:.0f} s: [bold]{title}[/]: {escape(tags)}")

    def follow(self, loaded: Sequence[LoadedArticle]) -> None:
        """Follow tagging, genre runs and the graph of loaded articles on the running stack until they finish."""
        if not loaded:
            return
        urls = [article.url for article in loaded]
        self.follow_tagging(urls)
        tagged = store.tagged_articles(self._alt, urls)
        self.print_examples(loaded, tagged)
        with httpx.Client(base_url=self._adapter_url) as client:
            self.follow_genre_runs(client, loaded, tagged)
            self.grow_graph(client, loaded, tagged)

    def follow_tagging(self, urls: Sequence[str]) -> None:
        """Wait until every article has an outcome while showing progress, then print the outcomes and the rate."""
        started = time.monotonic()
        pending = store.outcome_counts(self._alt, urls).get("pending", 0)
        if pending:
            self._progress(
                "tagging", pending, lambda: pending - store.outcome_counts(self._alt, urls).get("pending", 0)
            )
        seconds = time.monotonic() - started
        counts = store.outcome_counts(self._alt, urls)
        tagged = store.tagged_articles(self._alt, urls)
        tags = sum(len(article.tags) for article in tagged.values())
        table = Table("outcome", "articles")
        for status, count in sorted(counts.items(), key=lambda item: -item[1]):
            table.add_row(status, str(count))
        self._print_table("Loaded articles by outcome", table)
        if pending:
            self._console.print(
                f"tags: {tags} of {len(urls)} loaded articles. Tagged {pending} articles in {seconds:.1f} s, including "
                f"the start of the run ({pending / seconds:.0f} articles/s, "
                f"{tags * pending / len(urls) / seconds:.0f} tags/s)"
            )

    def print_examples(self, loaded: Sequence[LoadedArticle], tagged: Mapping[str, store.TaggedArticle]) -> None:
        """Print up to ten tagged articles, half of them Japanese if there are enough."""
        found = [tagged[article.url] for article in loaded if article.url in tagged and tagged[article.url].tags]
        japanese = _spaced([article for article in found if article.language == "ja"], _EXAMPLES // 2)
        english = _spaced([article for article in found if article.language == "en"], _EXAMPLES - len(japanese))
        table = Table("article", "tags with confidence", show_lines=True)
        for article in english + japanese:
            tags = ", ".join(f"{escape(tag)} [dim]{confidence:.2f}[/]" for tag, confidence in article.tags)
            table.add_row(escape(article.title), tags)
        self._print_table("Examples", table)

    def follow_genre_runs(
        self, client: httpx.Client, loaded: Sequence[LoadedArticle], tagged: Mapping[str, store.TaggedArticle]
    ) -> None:
        """Submit one genre run per genre through the API and print each as it ends."""
        requests = genre_runs.requests_by_genre(loaded, tagged)
        if not requests:
            self._console.print("No genre has at least three articles, so nothing was clustered.")
            return
        runs = genre_runs.submit(client, genre_runs.job_id_of(requests), requests)
        self._console.print(f"\ngenre runs submitted: [bold]{len(runs)}[/] ({escape(', '.join(runs))})")
        started = time.monotonic()
        for genre, run in genre_runs.finished_runs(client, runs):
            self._print_run(genre, run, len(requests[genre]["documents"]))
        self._console.print(f"All genre runs finished after {time.monotonic() - started:.1f} s.")

    def grow_graph(
        self, client: httpx.Client, loaded: Sequence[LoadedArticle], tagged: Mapping[str, store.TaggedArticle]
    ) -> None:
        """Write the demo's learning rows, build the graph through the API and print its strongest edges."""
        requests = genre_runs.requests_by_genre(loaded, tagged)
        rows = learning_rows(genre_runs.job_id_of(requests), loaded, tagged)
        store.insert_learning_rows(self._recap, rows)
        response = client.post("/admin/build-graph", timeout=120)
        if response.is_error:
            detail = escape(str(response.json().get("detail")))
            self._console.print(f"[yellow]the label graph was not built: {detail}[/]")
            return
        edges = store.strongest_edges(self._recap, "7d", 6)
        table = Table("genre", "strongest tags")
        for genre, tags in sorted(edges.items()):
            table.add_row(
                escape(genre), ", ".join(f"{escape(tag)} [dim]{weight:.2f} ×{size}[/]" for tag, weight, size in tags)
            )
        self._console.print(f"\nlearning rows written: {len(rows)}; edges: {response.json()['total_edges']}")
        self._print_table("Tag label graph, 7 days", table)

    def _print_run(self, genre: str, run: Mapping[str, Any], documents: int) -> None:
        if run["status"] == "failed":
            reason = escape(str(run["diagnostics"].get("error_message")))
            self._console.print(f"[red]{escape(genre)}: failed, {reason}[/]")
            return
        title = f"{escape(genre)} ({run['status']}): {run['cluster_count']} clusters from {documents} articles"
        table = Table("sentences", "story", "first sentence")
        for cluster in [cluster for cluster in run["clusters"] if cluster["cluster_id"] >= 0][:8]:
            lead = cluster["representatives"][0]["sentence_text"] if cluster["representatives"] else ""
            story = headline(cluster["cluster_id"], cluster["label"], cluster["top_terms"])
            table.add_row(str(cluster["size"]), escape(story), escape(lead[:160]))
        self._print_table(title, table)

    def _print_table(self, title: str, table: Table) -> None:
        """Print a table below its title; a title of the table would be wrapped to the table's width."""
        self._console.print(f"[italic]{title}[/]")
        self._console.print(table)

    def _progress(self, what: str, total: int, done: Callable[[], int]) -> None:
        """Show `done()` of `total` until they are equal, with the rate and the remaining time.

        Raises:
            TimeoutError: there was no progress for `STALL_SECONDS`.
        """
        started = time.monotonic()
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console, disable=not self._console.is_terminal) as bar:
            task = bar.add_task(what, total=total, rate="")
            best, rate, moved, said = -1, 0.0, time.monotonic(), time.monotonic()
            while best < total:
                self._check()
                current = done()
                if current > best:
                    best, moved = current, time.monotonic()
                    rate = current / max(time.monotonic() - started, 1e-9)
                    bar.update(task, completed=current, rate=f"{rate:,.0f}/s")
                if not self._console.is_terminal and time.monotonic() - said > 5:
                    said = time.monotonic()
                    left = (total - best) / rate if best > 0 else 0
                    more = f", {rate:,.0f}/s, about {left:.0f} s left" if best > 0 else ""
                    self._console.print(f"{what}: {max(best, 0)} of {total}{more}")
                if time.monotonic() - moved > STALL_SECONDS:
                    raise TimeoutError(
                        f"{what} has made no progress for {STALL_SECONDS} s ({best} of {total}); "
                        "run `alt-pipelines doctor` to find the cause"
                    )
                time.sleep(0.5)


def _spaced(items: list[store.TaggedArticle], count: int) -> list[store.TaggedArticle]:
    """Take `count` items evenly from the list."""
    step = max(1, len(items) // max(count, 1))
    return items[::step][:count]
