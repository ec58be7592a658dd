"""Compile the modules that the parts of a stack import, so that their first start is fast.

usage: python deploy/bytecode.py        after pip, with the environment's Python; `make install` does it

pip would compile every file of every package: 145 MB, of which the product imports half. A module that is not compiled
here is compiled when it is first imported.
"""

import importlib
import os
import pkgutil
import subprocess
import sys
import warnings

_OURS = ("alt_pipelines", "api")
_OTHERS = (  # modules that commands import by name or only when they run
    "alembic.command",
    "celery.apps.worker",
    "celery.bin.worker",
    "celery.concurrency.prefork",
    "dagster._cli",
    "dagster._daemon.cli",
    "dagster._grpc.server",
    "dagster_celery.app",
    "dagster_webserver.app",
    "dagster_webserver.cli",
    "hdbscan",
    "kombu.transport.redis",
    "matplotlib.backends.backend_agg",
    "optuna",
    "sklearn.cluster",
    "umap",
    "uvicorn.lifespan.on",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
)


def import_all() -> None:
    """Import every module of the product and `_OTHERS`; Python writes the compiled files."""
    warnings.simplefilter("ignore")
    names = list(_OTHERS)
    for package in _OURS:
        found = pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
        names += [name for _, name, _ in found if not name.endswith("__main__") and ".migrations." not in name]
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:  # an optional package; a command that needs it reports the same error
            sys.stderr.write(f"not compiled: {name} ({error})\n")


def main() -> int:
    """Import in a child process without PYTHONDONTWRITEBYTECODE, and return its exit code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = "from deploy.bytecode import import_all; import_all()"
    return subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
