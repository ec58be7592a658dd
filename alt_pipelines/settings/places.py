"""Where the files beside the code are: in a checkout, or in an installation from a wheel.

A checkout (and the container image) has models/, workspace.yaml and deploy/dagster.yaml beside the package. A wheel
installs the same files below `share/alt-pipelines` of the environment.
"""

import os
import sysconfig
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]
IS_CHECKOUT = (PROJECT_ROOT / "pyproject.toml").is_file()
_SHARE = Path("share") / "alt-pipelines"


def resources() -> Path:
    """The folder that holds models/, workspace.yaml and deploy/dagster.yaml."""
    if IS_CHECKOUT:
        return PROJECT_ROOT
    candidates = [  # of `pip install`, `pip install --user` and `pip install --target`
        Path(sysconfig.get_path("data")) / _SHARE,
        Path(sysconfig.get_path("data", f"{os.name}_user")) / _SHARE,
        PROJECT_ROOT / _SHARE,
    ]
    return next((folder for folder in candidates if folder.is_dir()), candidates[0])


def default_home() -> Path:
    """Where data and logs are kept by default: `.alt` in a checkout, else the user's data folder."""
    if IS_CHECKOUT:
        return PROJECT_ROOT / ".alt"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "alt-pipelines"
