"""Asset checks that a run evaluates although it does not select them.

Dagster shows a check as not evaluated if its asset has been materialized since by another run. Of the runs that plan a
check, it shows the one planned last, even if an earlier one materializes after it. An evaluation that was not planned
counts from its own time, so a run that evaluates after it has materialized keeps its checks visible.
"""

import dagster as dg


def evaluation_of(result: dg.AssetCheckResult, asset: dg.AssetKey | None = None) -> dg.AssetCheckEvaluation:
    """Return a result, which names its check and, unless it is of `asset`, its asset, as an event to log."""
    key = result.asset_key or asset
    assert key is not None
    assert result.check_name is not None
    return dg.AssetCheckEvaluation(
        key,
        result.check_name,
        result.passed,
        result.metadata,
        severity=result.severity,
        description=result.description,
    )
