"""The asset site_boilerplate: the lines that each site repeats.

articles  ->  site_boilerplate  ->  article_tags
              keys of lines that    omits these lines
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
    """Lines and sentences that recur in a site's articles, such as newsletter notes, paywall notices and footers.

    A line counts if at least three stories and 10 % of the site's stories contain it. Lines are learned from the 2000
    newest articles and stored as 64-bit keys in `alt_pipelines.site_lines`, at most 100 per site. Tagging removes them
    from every article of the site before it extracts tags.
    """
    report = learn_lines(platform.alt_engine, platform.settings.pool)
    context.add_output_metadata({**report._asdict(), "seconds": round(report.seconds, 2)})


learn_site_boilerplate = dg.define_asset_job(
    "learn_site_boilerplate",
    selection=dg.AssetSelection.assets(site_boilerplate),
    description="Learns which lines sites repeat, from the newest articles.",
    tags=JOB_TAGS,
)
