"""`python -m deploy.worker_probe`: exit with 0 if every worker process of this machine or pod has a current heartbeat.

It also exits with 0 if the database does not answer: the worker is not at fault and waits for the database.
"""

import sys

from sqlalchemy.exc import DBAPIError

from alt_pipelines.runtime import store
from alt_pipelines.runtime.process_names import local_pid
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings


def main() -> int:
    """Check the worker processes of this host once and return the exit code."""
    try:
        with store.lease_engine(storage_url(Settings.from_environment()), "alt-probe").connect() as connection:
            workers = store.workers(connection)
    except DBAPIError:
        return 0
    here = [worker for worker in workers if local_pid(worker.application) is not None]
    return 0 if here and all(worker.silent_seconds < store.SILENT_SECONDS for worker in here) else 1


if __name__ == "__main__":
    sys.exit(main())
