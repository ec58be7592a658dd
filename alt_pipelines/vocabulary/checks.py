"""The check of the vocabularies: the newest version counts at least half as many articles as the previous one."""

from collections.abc import Iterator

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.vocabulary import store
from alt_pipelines.vocabulary.assets import vocabulary_key
from alt_pipelines.vocabulary.words import LANGUAGES

SMALLEST_SHARE = 0.5  # of the previous version's articles; a sample halves only if articles or their titles were lost
NAME = "sample_has_not_collapsed"


@dg.multi_asset_check(
    name="vocabulary_checks",
    specs=[
        dg.AssetCheckSpec(
            NAME,
            asset=vocabulary_key(language),
            description="The newest version counts at least half as many articles as the one before.",
        )
        for language in LANGUAGES
    ],
    can_subset=True,
)
def vocabulary_checks(
    context: dg.AssetCheckExecutionContext, alt_db: dg.ResourceParam[Engine]
) -> Iterator[dg.AssetCheckResult]:
    """Compare the two newest versions of each selected language."""
    wanted = {check.asset_key for check in context.selected_asset_check_keys}
    for language in (language for language in LANGUAGES if vocabulary_key(language) in wanted):
        with alt_db.connect() as connection:
            versions = store.history(connection, language, 2)
        articles = [version.articles for version in versions]
        passed = len(articles) < 2 or articles[0] >= SMALLEST_SHARE * articles[1]
        yield dg.AssetCheckResult(
            check_name=NAME,
            asset_key=vocabulary_key(language),
            passed=passed,
            severity=dg.AssetCheckSeverity.WARN,
            description=None
            if passed
            else f"Version {versions[0].version} counts {articles[0]} articles, the one before {articles[1]}. Check "
            "whether articles or their titles were deleted, and whether the language is still detected.",
            metadata={"articles": articles[0] if articles else 0, "versions": len(versions)},
        )
