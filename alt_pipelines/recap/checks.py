"""Asset checks of every genre run, evaluated inside its step: an empty or degraded recap is never a silent success.

A check reports and undoes nothing: the run's result is stored before the check is evaluated. Each check adds three rows
per run to Dagster's event log, so there are few checks and each covers several conditions. Rules that the store or the
pipeline enforce are not repeated here.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import dagster as dg

from alt_pipelines.recap.assets import CLUSTERS, EVIDENCE
from alt_pipelines.recap.story.result import GenreResult

MAX_NOISE = 0.8
"""Share of sentences outside every story above which a genre counts as barely clustered."""


class Finding(NamedTuple):
    """A check's outcome: what is wrong (None if nothing), the severity, and the figures."""

    wrong: str | None
    severity: dg.AssetCheckSeverity
    figures: Mapping[str, int | float | str]


def finds_stories(result: GenreResult) -> Finding:
    """The run found stories, and most sentences belong to one."""
    noise = float(result.diagnostics.get("noise_ratio", 0.0))
    figures: dict[str, int | float | str] = {"clusters": len(result.clusters), "noise_ratio": noise}
    if not result.stories:
        return Finding("The run found no stories.", dg.AssetCheckSeverity.ERROR, figures)
    wrong = None
    if noise > MAX_NOISE:
        wrong = f"{noise:.0%} of the sentences belong to no story; the limit is {MAX_NOISE:.0%}."
    return Finding(wrong, dg.AssetCheckSeverity.WARN, figures)


def is_not_degraded(result: GenreResult) -> Finding:
    """A real model embedded the sentences, no input was cut, and no stage used a fallback."""
    said = result.diagnostics
    backend, model, cut = str(said.get("backend")), str(said.get("model_id")), int(said.get("sentences_cut", 0))
    figures: dict[str, int | float | str] = {"backend": backend, "model": model, "sentences_cut": cut}
    if backend in ("hash", "None"):
        wrong = (
            f"The embedding backend {backend} ignores meaning, so the clusters are random. "
            "Set RECAP_SUBWORKER_MODEL_BACKEND to onnx."
        )
        return Finding(wrong, dg.AssetCheckSeverity.ERROR, figures)
    if result.status == "partial":
        wrong = f"The result is partial. Sentences cut: {cut}; fallback: {said.get('fallback') or 'none'}."
        return Finding(wrong, dg.AssetCheckSeverity.WARN, figures)
    return Finding(None, dg.AssetCheckSeverity.WARN, figures)


def is_consistent(result: GenreResult) -> Finding:
    """Every story has a representative sentence, and no article is evidence for two stories."""
    silent = [story.cluster_id for story in result.stories if not story.representatives]
    owners = Counter(article for c in result.clusters for article in {r.article_id for r in c.representatives})
    twice = sorted(article for article, count in owners.items() if count > 1)
    faults = [f"Stories without a representative sentence: {silent}"] if silent else []
    faults += [f"Articles that are evidence for two stories: {twice[:5]}"] if twice else []
    figures: dict[str, int | float | str] = {"stories_without_sentence": len(silent), "shared_articles": len(twice)}
    return Finding("; ".join(faults) or None, dg.AssetCheckSeverity.ERROR, figures)


_CHECKS: tuple[tuple[dg.AssetKey, Callable[[GenreResult], Finding]], ...] = (
    (CLUSTERS, finds_stories),
    (CLUSTERS, is_not_degraded),
    (EVIDENCE, is_consistent),
)

check_specs = [dg.AssetCheckSpec(check.__name__, asset=asset, description=check.__doc__) for asset, check in _CHECKS]


def evaluate(result: GenreResult) -> Iterator[dg.AssetCheckResult]:
    """Evaluate every check on the result of a finished run."""
    for asset, check in _CHECKS:
        finding = check(result)
        yield dg.AssetCheckResult(
            passed=finding.wrong is None,
            asset_key=asset,
            check_name=check.__name__,
            severity=finding.severity,
            description=finding.wrong or check.__doc__,
            metadata=finding.figures,
        )
