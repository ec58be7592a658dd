"""Puts the files beside the packages into wheels: the models, the workspace and Dagster's configurations.

A checkout (also an editable installation) uses them where they are, so nothing is copied there. Everything else about
the build is in pyproject.toml.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

RESOURCES = ("models/*/*", "workspace.yaml", "dagster.yaml", "deploy/dagster.yaml")
FOR_BUILDING = ("models/building/*", "models/*/phrase_layers.npz")  # what models are built from and with


class BuildWithResources(build_py):
    """Copies the resources into the package, below `alt_pipelines/_resources`."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "alt_pipelines" / "_resources"
        for pattern in RESOURCES:
            for source in Path().glob(pattern):
                if source.is_file() and not any(source.match(unused) for unused in FOR_BUILDING):
                    (target / source).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source, target / source)


setup(cmdclass={"build_py": BuildWithResources})
