"""The assets site_boilerplate and site_names: the lines that each site repeats, and the names that it uses.

articles  ->  site_boilerplate  ->  article_tags            ->  site_names
              keys of lines that    omits these lines and       the commonest form of
              a site repeats        uses the site's names       each name in the tags

`article_tags` reads `site_names` too. Dagster's graph has no edge for that, because it would create a cycle.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.runtime.metadata import PRODUCT, Cell, tables
from alt_pipelines.runtime.queues import RECAP, run_tags
from alt_pipelines.settings import PoolSettings
from alt_pipelines.sites import metadata
from alt_pipelines.sites.run import learn_lines, learn_names

SITE_BOILERPLATE = dg.AssetKey("site_boilerplate")
SITE_NAMES = dg.AssetKey("site_names")
JOB_TAGS = run_tags(RECAP, max_runtime_seconds=600)
_site_asset = partial(
    dg.asset, op_tags=JOB_TAGS, group_name="tagging", kinds={"postgres"}, owners=["team:tagging"], tags=PRODUCT
)


def make_site_boilerplate(pool: PoolSettings) -> dg.AssetsDefinition:
    """Define the asset `site_boilerplate`. `pool` sets how often and how long its statements are retried."""

    @_site_asset(name=SITE_BOILERPLATE.path[-1], deps=["articles"])
    def site_boilerplate(context: dg.AssetExecutionContext, alt_db: dg.ResourceParam[Engine]) -> None:
        """Lines and sentences that recur in a site's articles, such as newsletter notes, paywall notices and footers.

        A line counts if at least three stories and 10 % of the site's stories contain it. Lines are learned from the
        2000 newest articles and stored as 64-bit keys in `alt_pipelines.site_lines`, at most 100 per site. Tagging
        removes them from every article of the site before it extracts tags.
        """
        report = learn_lines(alt_db, pool)
        _show(context, metadata.lines_summary(report), metadata.line_rows(report), metadata.lines_figures(report))

    return site_boilerplate


def make_site_names(pool: PoolSettings) -> dg.AssetsDefinition:
    """Define the asset `site_names`. `pool` sets how often and how long its statements are retried."""

    @_site_asset(name=SITE_NAMES.path[-1], deps=["article_tags"])
    def site_names(context: dg.AssetExecutionContext, alt_db: dg.ResourceParam[Engine]) -> None:
        """Each site's commonest form of the names that its articles are tagged with.

        A name counts if at least three of the 2000 newest articles have it as a tag, in any spelling. At most 200 names
        per site are stored in `alt_pipelines.site_names`. Tagging then uses this form for variants of the name (a
        spelling such as Covid-19, or May for Theresa May) if the tag stays a piece of the article's text.
        """
        report = learn_names(alt_db, pool)
        _show(context, metadata.names_summary(report), metadata.name_rows(report), metadata.names_figures(report))

    return site_names


def _show(
    context: dg.AssetExecutionContext,
    summary: str,
    rows: Sequence[Mapping[str, Cell]],
    figures: Mapping[str, int | float],
) -> None:
    context.log.info(summary)
    context.add_output_metadata({"summary": summary, **tables(commonest=rows), **figures})


learn_site_boilerplate = dg.define_asset_job(
    "learn_site_boilerplate",
    selection=dg.AssetSelection.assets(SITE_BOILERPLATE),
    description="Learns the boilerplate lines of sites from the newest articles.",
    tags=JOB_TAGS,
)

learn_site_names = dg.define_asset_job(
    "learn_site_names",
    selection=dg.AssetSelection.assets(SITE_NAMES),
    description="Learns the names of sites from the tags of the newest articles.",
    tags=JOB_TAGS,
)
