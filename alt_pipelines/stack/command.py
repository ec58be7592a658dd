"""The commands `alt-pipelines up`, `worker`, `daemon` and `doctor`."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.runtime.queues import Queue
from alt_pipelines.settings import LoggingSettings, Settings, resources, usable_home

if TYPE_CHECKING:
    from alt_pipelines.stack.parts import PartState
    from alt_pipelines.stack.supervisor import Stack


@click.command()
@click.option("--queue", type=click.Choice(get_args(Queue)), required=True, help="Queue to execute runs from.")
@click.option("--processes", type=click.IntRange(1), help="Number of processes. Default: from settings and CPU cores.")
@click.option("--definitions", default="alt_pipelines.definitions", hidden=True, help="Module with the definitions.")
@click.option("--models/--no-models", default=True, hidden=True, help="Load models before the first run.")
def worker(queue: Queue, processes: int | None, definitions: str, models: bool) -> None:
    """Execute the runs of a queue on warm processes until stopped.

    Start any number of workers, on any machine that can reach the broker and the databases. On SIGTERM, runs in
    progress finish before the worker exits.

    \b
    alt-pipelines worker --queue tagging                  beside the stack, with the same variables
    ALT_BROKER_URL=redis://:password@host:6379/0 alt-pipelines worker --queue recap --processes 4
    """
    from alt_pipelines.runtime.preload import Preloading
    from alt_pipelines.runtime.worker import run_worker

    settings = Settings.from_environment()
    _ensure_instance(settings)
    counts = settings.execution.process_counts(os.cpu_count() or 1, settings.recap.max_background_runs)
    run_worker(queue, processes or counts[queue], settings, Preloading(definitions, models))


@click.command()
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=resources() / "workspace.yaml",
    help="Dagster's workspace file. Default: the code server of ALT_CODE_SERVER_HOST and ALT_CODE_SERVER_PORT.",
)
def daemon(workspace: Path) -> None:
    """Run Dagster's daemon: sensors, schedules, run monitoring. Of several daemons, one runs and the others wait.

    `alt-pipelines up` starts one itself. Where the parts are separate services, it needs a running code server:

    \b
    dagster api grpc -m alt_pipelines.definitions -h 0.0.0.0 -p 4266
    ALT_CODE_SERVER_HOST=code-server alt-pipelines daemon      on the same or another machine
    """
    from alt_pipelines.stack.daemon import run_daemon

    settings = Settings.from_environment()
    _ensure_instance(settings)
    run_daemon(settings, workspace)


def _ensure_instance(settings: Settings) -> None:
    """Give a worker or daemon that runs alone Dagster's configuration; a stack or an image sets DAGSTER_HOME itself."""
    from alt_pipelines.stack.home import Home

    if not Settings.environment().get("DAGSTER_HOME"):
        os.environ["DAGSTER_HOME"] = str(Home(settings.execution.home).instance())


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port of Dagster's UI.")
@click.option("--adapter-port", type=click.IntRange(1, 65535), help="Port of the API. Default: PORT, else 9400.")
@click.option("--home", type=click.Path(path_type=Path), help="Folder for data and logs. Default: ALT_PIPELINES_HOME.")
@click.option("--demo", is_flag=True, help="Load sample articles, and show their tags and clusters.")
@click.option("--articles", type=click.Path(exists=True, path_type=Path), help="File or folder that --demo loads.")
@click.option("--once", is_flag=True, help="Stop once every part is ready and the demo, if requested, has ended.")
def up(port: int, adapter_port: int | None, home: Path | None, demo: bool, articles: Path | None, once: bool) -> None:
    """Run the whole stack on this machine until Ctrl-C.

    Postgres and the broker are embedded unless DB_*, RECAP_DB_URL, DAGSTER_POSTGRES_URL or ALT_BROKER_URL name others.
    If a port is taken, the next free one is used. Parts that exit are restarted.

    \b
    alt-pipelines up --demo                          with sample articles, their tags and clusters
    alt-pipelines up --demo --articles export.csv    with articles of your own (see `alt-pipelines tag --help`)
    alt-pipelines up --home /data/alt --port 3100    a second stack beside the first
    """
    from alt_pipelines.stack.options import StackOptions
    from alt_pipelines.stack.supervisor import Stack, StackError

    settings = _at_home(Settings.from_environment(), home)
    # The terminal shows text for people; the parts write JSON lines to their log files.
    configure_logging(LoggingSettings(level="WARNING", format="console"))
    terminal = _Terminal(settings.execution.home)
    stack = Stack(settings, StackOptions(webserver_port=port, adapter_port=adapter_port), terminal.show)
    terminal.parts = lambda: len(stack.states())
    try:
        stack.claim()
    except StackError as error:  # a refused start has neither started nor stopped anything
        raise click.ClickException(str(error)) from None
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    terminal.begin(stack.home.path)
    try:
        with _failures_as_sentences(settings):
            stack.begin()
            if demo:
                _run_demo(stack, terminal, articles)
            else:
                stack.wait_started()
                terminal.end()
                _welcome(stack)
            if not once:
                stack.wait()
    except KeyboardInterrupt:
        click.echo()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C must not leave parts running
            signal.signal(number, signal.SIG_IGN)
        stack.stop()
        click.echo("stopped; the data is kept, and `alt-pipelines up` continues from there")


def _at_home(settings: Settings, home: Path | None) -> Settings:
    """Return the settings of a stack whose home folder is `home`, if one is given."""
    if home is None:
        return settings
    try:
        chosen = usable_home(home).resolve()
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--home") from None
    return settings.model_copy(update={"execution": settings.execution.model_copy(update={"home": chosen})})


@contextlib.contextmanager
def _failures_as_sentences(settings: Settings) -> Iterator[None]:
    """Have the command end with a sentence instead of a traceback where the stack, a file or a database fails."""
    from sqlalchemy.exc import SQLAlchemyError

    from alt_pipelines.article_files import UnreadableError
    from alt_pipelines.demo.store import PlatformDatabaseError
    from alt_pipelines.stack.space import database_failure
    from alt_pipelines.stack.supervisor import StackError

    try:
        yield
    except (StackError, UnreadableError, PlatformDatabaseError, TimeoutError) as error:
        raise click.ClickException(str(error)) from None
    except SQLAlchemyError as error:
        raise click.ClickException(database_failure(error, settings)) from None


class _Terminal:
    """Shows the start of a stack: what is ready, how many parts are left, and how long the last start took."""

    def __init__(self, home: Path) -> None:
        self._record = home / "start_seconds"
        self._began = time.monotonic()
        self._ready: set[str] = set()
        self.parts: Callable[[], int] = lambda: 0

    def begin(self, home: Path) -> None:
        """Announce the start with the time that it is likely to take."""
        try:
            usual = f"the last start took {float(self._record.read_text('utf-8')):.0f} s"
        except (OSError, ValueError):
            usual = "the first start takes about half a minute"
        click.echo(f"starting in {home} ({usual})")

    def end(self) -> None:
        """Say how long the start took, and record it for the next one."""
        seconds = time.monotonic() - self._began
        click.echo(f"  all parts are ready after {seconds:.0f} s")
        with contextlib.suppress(OSError):
            self._record.write_text(f"{seconds:.1f}", "utf-8")

    def show(self, state: "PartState", reason: str) -> None:
        """Print a change of a part's state."""
        name = f"  {state.part.name:<16}"
        if state.state == "ready":
            self._ready.add(state.part.name)
            took = (state.ready_at or 0) - state.started
            count = f"{len(self._ready)}/{self.parts()}"
            click.echo(f"{name}{click.style('ready', fg='green')} {count} after {took:.1f} s")
        elif state.state == "restarting":
            click.echo(f"{name}{click.style(reason, fg='red')}; restarting in {state.pause:.1f} s")
        elif state.state == "stopped":
            click.echo(f"{name}stopped")


def _welcome(stack: "Stack", again: bool = False) -> None:
    for what, wanted, found in stack.moved_ports:
        click.echo(f"\n  port {wanted} is in use, perhaps by another stack; {what} uses port {found} instead")
    click.echo(f"\n  Dagster   {stack.addresses.webserver}")
    click.echo(f"  API       {stack.addresses.adapter}/docs")
    click.echo(f"  pages     {stack.addresses.adapter}/")
    click.echo(f"  logs      {stack.home.path / 'logs'}")
    if stack.secret_is_new and not again:
        secret = (stack.home.path / "service_secret").read_text("utf-8")
        click.echo(f"  X-Service-Token: {secret}  (shown once; stored in {stack.home.path / 'service_secret'})")
    click.echo("  Ctrl-C stops the stack\n")


def _run_demo(stack: "Stack", terminal: _Terminal, articles: Path | None) -> None:
    """Load articles while the stack starts, then show what becomes of them."""
    from rich.console import Console

    from alt_pipelines.database.engines import alt_url, make_engine, recap_url
    from alt_pipelines.demo.corpus import default_source
    from alt_pipelines.demo.show import Demo

    settings = stack.settings
    engines = [make_engine(url(settings), settings.pool, "alt-demo") for url in (alt_url, recap_url)]
    try:
        show = Demo(engines[0], engines[1], stack.addresses.adapter, Console(), stack.check)
        loaded = show.load(articles or default_source())
        stack.wait_started(meanwhile=show.watch_first_tags)
        terminal.end()
        _welcome(stack)
        show.follow(loaded)
    except Exception:
        stack.check()  # an end of the stack explains what else failed
        raise
    finally:
        for engine in engines:
            engine.dispose()
    _welcome(stack, again=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object: ok, and findings of name, ok and message.")
def doctor(as_json: bool) -> None:
    """Check this installation and print a remedy for each problem. Exits with 1 if there is a problem.

    Checks packages, settings, databases, rights, models, broker, workers, daemon, webserver, adapter and disk, and
    rehearses tagging, a genre run and an edge of the graph. Every write is rolled back.

    \b
    alt-pipelines doctor --json | jq '.findings[] | select(.ok | not)'
    """
    from alt_pipelines.stack.doctor import examine

    problems = 0
    findings = []
    for finding in examine(Settings.from_environment()):
        problems += not finding.ok
        if as_json:
            findings.append(finding._asdict())
            continue
        mark = click.style("ok     ", fg="green") if finding.ok else click.style("problem", fg="red")
        click.echo(f"{mark} {finding.name:<16}{finding.message}")
    if as_json:
        click.echo(json.dumps({"ok": problems == 0, "findings": findings}, ensure_ascii=False, indent=2))
    if problems:
        raise SystemExit(1)
