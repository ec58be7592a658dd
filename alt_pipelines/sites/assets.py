"""What sites repeat, as an asset.

articles  ->  site_boilerplate  ->  article_tags
              keys of lines that    leaves these lines out
              a site repeats
"""

import dagster as dg

from alt_pipelines.platform import Platform
from alt_pipelines.runtime.queues import TAGGING, run_tags
from alt_pipelines.sites.run import learn_lines

JOB_TAGS = run_tags(TAGGING, max_runtime_seconds=600)


@dg.asset(
    deps=["articles"],
    op_tags=JOB_TAGS,
    group_name="tagging",
    kinds={"postgres"},
    owners=["team:tagging"],
)
def site_boilerplate(context: dg.AssetExecutionContext, platform: dg.ResourceParam[Platform]) -> None:
    """Lines and sentences that three or more stories of a site hold: its newsletter notes, paywalls and footers.

    Learned from the newest articles, kept as 64-bit keys in `alt_pipelines.site_lines` (at most 100 per site), and left
    out of every article of the site before its tags are chosen.
    """
    report = learn_lines(platform.alt_engine, platform.settings.pool)
    context.add_output_metadata({**report._asdict(), "seconds": round(report.seconds, 2)})


learn_site_boilerplate = dg.define_asset_job(
    "learn_site_boilerplate",
    selection=dg.AssetSelection.assets(site_boilerplate),
    description="Learns which lines sites repeat, from the newest articles.",
    tags=JOB_TAGS,
)
