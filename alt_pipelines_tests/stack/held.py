"""`python -m alt_pipelines_tests.stack.held HOME`: run a stack with trivial definitions until this process ends."""

import dataclasses
import signal
import sys

from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import LoggingSettings, Settings
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.stack.conftest import OPTIONS

if __name__ == "__main__":
    configure_logging(LoggingSettings())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = dataclasses.replace(OPTIONS, worker_groups={"tagging worker": "tagging"})
    stack = Stack(Settings.from_environment({"ALT_PIPELINES_HOME": sys.argv[1]}), options)
    try:
        stack.start(240)
        sys.stdout.write(f"{stack.addresses.webserver}\n")
        sys.stdout.flush()
        signal.pause()
    except KeyboardInterrupt:
        pass
    finally:
        stack.stop()
