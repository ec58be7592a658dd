"""The doctor's findings by name, for the tests of its checks."""

from alt_pipelines.settings import Settings
from alt_pipelines.stack.doctor import Finding, examine


def findings(variables: dict[str, str]) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(Settings.from_environment(variables))}
