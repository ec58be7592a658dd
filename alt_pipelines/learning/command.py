"""`alt-pipelines learn`: start one learning run now, to inspect or send the thresholds.

It calls `run.run_learning`, as the schedule and the API do.
"""

import json

import click
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import make_engine, recap_url
from alt_pipelines.database.error_messages import sentence_of
from alt_pipelines.learning.report import LearningReport
from alt_pipelines.learning.run import LearningInProgress, SendFailed, run_learning
from alt_pipelines.settings import Settings

_EPILOG = """\b
Example:
  alt-pipelines learn --dry-run

\b
Exit codes: 0 the recap worker accepted the thresholds (or --dry-run), 1 otherwise.
The receiver is RECAP_WORKER_LEARNING_URL. The database is RECAP_DB_DSN, else the embedded one."""


@click.command(epilog=_EPILOG)
@click.option("--dry-run", is_flag=True, help="Print the payload, and neither send nor store anything.")
def learn(dry_run: bool) -> None:
    """Learn the genre thresholds from the last week's rows and send them to the recap worker."""
    settings = Settings.from_environment()
    try:
        engine = make_engine(recap_url(settings), settings.pool, "learning")
        with engine.connect():  # a person waits: no retries for a server that does not answer
            pass
        report = run_learning(engine, settings.learning, dry_run=dry_run, pool=settings.pool)
    except SendFailed as error:
        raise click.ClickException(f"{error} The attempt is stored with id {error.attempt_id}.") from None
    except LearningInProgress as error:
        raise click.ClickException(str(error)) from None
    except DBAPIError as error:
        raise click.ClickException(sentence_of(error)) from None
    _say(report, dry_run=dry_run)


def _say(report: LearningReport, *, dry_run: bool) -> None:
    click.echo(
        f"rows read: {report.rows_read}; labeled: {report.rows_learned_from}, of which by feedback: "
        f"{report.feedback_rows}"
    )
    for reason, count in sorted(report.rows_skipped.items()):
        click.echo(f"  rows skipped ({reason}): {count}")
    if report.reason:
        click.echo(f"The reference thresholds are unchanged: {report.reason}.")
    else:
        tested = "" if report.test_accuracy is None else f", test part {report.test_accuracy:.3f}"
        click.echo(f"Accuracy: training part {report.train_accuracy:.3f}{tested}")
    click.echo(json.dumps(report.payload, indent=2, ensure_ascii=False))
    if dry_run:
        click.echo("Dry run: nothing was sent.")
    elif report.withheld:
        click.echo(f"Nothing was sent: {report.withheld}. Attempt: {report.attempt_id}.")
    else:
        click.echo(f"The recap worker accepted the thresholds. Attempt: {report.attempt_id}.")
