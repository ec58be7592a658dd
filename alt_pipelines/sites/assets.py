"""The asset site_boilerplate: the lines that each site repeats.

articles  ->  site_boilerplate  ->  article_tags
              keys of lines that    omits these lines
              a site repeats
"""

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.runtime.metadata import PRODUCT
from alt_pipelines.runtime.queues import TAGGING, run_tags
from alt_pipelines.settings import PoolSettings
from alt_pipelines.sites.run import learn_lines

SITE_BOILERPLATE = dg.AssetKey("site_boilerplate")
JOB_TAGS = run_tags(TAGGING, max_runtime_seconds=600)


def make_site_boilerplate(pool: PoolSettings) -> dg.AssetsDefinition:
    """Define the asset `site_boilerplate`; its runs retry as `pool` says."""

    @dg.asset(
        name=SITE_BOILERPLATE.path[-1],
        deps=["articles"],
        op_tags=JOB_TAGS,
        group_name="tagging",
        kinds={"postgres"},
        owners=["team:tagging"],
        tags=PRODUCT,
    )
    def site_boilerplate(context: dg.AssetExecutionContext, alt_db: dg.ResourceParam[Engine]) -> None:
        """Lines and sentences that recur in a site's articles, such as newsletter notes, paywall notices and footers.

        A line counts if at least three stories and 10 % of the site's stories contain it. Lines are learned from the
        2000 newest articles and stored as 64-bit keys in `alt_pipelines.site_lines`, at most 100 per site. Tagging
        removes them from every article of the site before it extracts tags.
        """
        report = learn_lines(alt_db, pool)
        context.add_output_metadata({**report._asdict(), "seconds": round(report.seconds, 2)})

    return site_boilerplate


learn_site_boilerplate = dg.define_asset_job(
    "learn_site_boilerplate",
    selection=dg.AssetSelection.assets(SITE_BOILERPLATE),
    description="Learns the boilerplate lines of sites from the newest articles.",
    tags=JOB_TAGS,
)
