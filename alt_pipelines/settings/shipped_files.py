"""Find the files shipped with the code, in a checkout or in an installation from a wheel.

A checkout and the container image have models/, workspace.yaml and deploy/dagster.yaml beside the package. A wheel has
them inside the package, in `alt_pipelines/_resources` (see setup.py).
"""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]
IS_CHECKOUT = (PROJECT_ROOT / "pyproject.toml").is_file()


def resources() -> Path:
    """Return the folder with models/, workspace.yaml and deploy/dagster.yaml."""
    return PROJECT_ROOT if IS_CHECKOUT else PROJECT_ROOT / "alt_pipelines" / "_resources"


def usable_home(path: Path) -> Path:
    """Return a folder for data and logs with `~` expanded, as a shell would have done.

    Raises:
        ValueError: no folder can have this path; the message gives the reason.
    """
    try:
        found = path.expanduser()
        str(found).encode()
        found.resolve()
    except UnicodeEncodeError:
        raise ValueError("the path is not valid UTF-8; choose another folder") from None
    except (RuntimeError, OSError) as error:  # a loop of symbolic links, a user without a home
        raise ValueError(f"the path leads nowhere ({error}); choose another folder") from None
    return found


def default_home() -> Path:
    """Return the default folder of data and logs: `.alt` in a checkout, else the user's data folder."""
    if IS_CHECKOUT:
        return PROJECT_ROOT / ".alt"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "alt-pipelines"
