"""`alt-pipelines learn`: start one learning run now, to inspect or send the thresholds.

It calls `run.run_learning`, as the schedule and the API do.
"""

import json

import click
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import make_engine, recap_url
from alt_pipelines.database.sentences import sentence_of
from alt_pipelines.learning.report import LearningReport
from alt_pipelines.learning.run import LearningInProgress, SendFailed, run_learning
from alt_pipelines.settings import Settings

_EPILOG = """\b
Exit codes: 0 the recap worker has accepted the thresholds (or --dry-run), 1 anything else.
The receiver is RECAP_WORKER_LEARNING_URL, the database RECAP_DB_DSN or the embedded one."""


@click.command(epilog=_EPILOG)
@click.option("--dry-run", is_flag=True, help="Learn and print the payload; send and store nothing.")
def learn(dry_run: bool) -> None:
    """Learn the genre thresholds from the last week's rows and send them to the recap worker."""
    settings = Settings.from_environment()
    try:
        engine = make_engine(recap_url(settings), settings.pool, "learning")
        report = run_learning(engine, settings.learning, dry_run=dry_run, pool=settings.pool)
    except SendFailed as error:
        raise click.ClickException(f"{error} The attempt is stored as number {error.attempt_id}.") from None
    except LearningInProgress as error:
        raise click.ClickException(str(error)) from None
    except DBAPIError as error:
        raise click.ClickException(sentence_of(error)) from None
    _say(report, dry_run=dry_run)


def _say(report: LearningReport, *, dry_run: bool) -> None:
    click.echo(f"{report.rows_read} rows read, {report.rows_learned_from} labelled, {report.feedback_rows} by feedback")
    for reason, count in sorted(report.rows_skipped.items()):
        click.echo(f"  {count} rows skipped: {reason}")
    if report.reason:
        click.echo(f"References unchanged: {report.reason}.")
    else:
        tested = "" if report.test_accuracy is None else f", {report.test_accuracy:.3f} on the test part"
        click.echo(f"Accuracy {report.train_accuracy:.3f} on the training part{tested}")
    click.echo(json.dumps(report.payload, indent=2, ensure_ascii=False))
    click.echo("Dry run: nothing was sent." if dry_run else f"Sent and accepted, attempt {report.attempt_id}.")
