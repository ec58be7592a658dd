"""The partitions that a run was started for, with a sentence for the run's page if there are none."""

import dagster as dg


def partition_keys(context: dg.AssetExecutionContext, kind: str) -> list[str]:
    """Return the partition keys of a run. `kind` names a partition for people: "day", "genre", "window".

    Raises:
        dg.Failure: the run was started without a partition; the message gives the remedy.
    """
    if context.has_partition_key or context.has_partition_key_range:
        return list(context.partition_keys)
    # Dagster refuses such a run only if an upstream asset has an event. Refusing it here makes the behaviour the same.
    asset = context.assets_def.node_def.name
    raise dg.Failure(
        f"The run was started without a partition, and {asset} has one per {kind}. "
        f"Choose a {kind} under Materialize on the asset's page, or send the tag dagster/partition.",
        allow_retries=False,
    )
