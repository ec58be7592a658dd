"""Where the files beside the code are: in a checkout, or in an installation from a wheel.

A checkout (and the container image) has models/, workspace.yaml and deploy/dagster.yaml beside the package. A wheel has
the same files inside it, in `alt_pipelines/_resources` (see setup.py).
"""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]
IS_CHECKOUT = (PROJECT_ROOT / "pyproject.toml").is_file()


def resources() -> Path:
    """The folder that holds models/, workspace.yaml and deploy/dagster.yaml."""
    return PROJECT_ROOT if IS_CHECKOUT else PROJECT_ROOT / "alt_pipelines" / "_resources"


def default_home() -> Path:
    """Where data and logs are kept by default: `.alt` in a checkout, else the user's data folder."""
    if IS_CHECKOUT:
        return PROJECT_ROOT / ".alt"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "alt-pipelines"
