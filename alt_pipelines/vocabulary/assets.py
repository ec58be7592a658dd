"""The assets vocabulary_en and vocabulary_ja: one per language whose ranking uses a vocabulary.

article_tags  ->  vocabulary_LANGUAGE  ->  article_tags
                  counts of words in       ranks phrases by how often
                  texts and titles         their words are in titles

`article_tags` reads the newest version. Dagster's graph has no edge for that, because it would create a cycle.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.runtime.metadata import PRODUCT, drawn, tables
from alt_pipelines.runtime.queues import RECAP, run_tags
from alt_pipelines.settings import PoolSettings
from alt_pipelines.vocabulary import metadata
from alt_pipelines.vocabulary.run import build_vocabulary
from alt_pipelines.vocabulary.words import LANGUAGES

JOB_TAGS = run_tags(RECAP, max_runtime_seconds=900)


def vocabulary_key(language: str) -> dg.AssetKey:
    """Return the key of a language's vocabulary."""
    return dg.AssetKey(f"vocabulary_{language}")


def make_vocabulary(pool: PoolSettings, language: str) -> dg.AssetsDefinition:
    """Define the vocabulary of a language. `pool` sets how often and how long its statements are retried."""

    @dg.asset(
        key=vocabulary_key(language),
        deps=["article_tags"],
        op_tags=JOB_TAGS,
        group_name="tagging",
        kinds={"postgres"},
        owners=["team:tagging"],
        tags=PRODUCT,
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(days=3)),
        description="How often words occur in the articles of this language and in their titles: a row of "
        "`vocabularies` in the schema alt_pipelines of alt-db. The counts come from a sample of the tagged articles, "
        "and the sample changes every day. Tagging ranks phrases by the newest version; an outcome's `vocabulary` "
        "names the version used. Until the language has enough articles, there is no vocabulary, and the ranking uses "
        "the word list alone.",
    )
    def vocabulary(context: dg.AssetExecutionContext, alt_db: dg.ResourceParam[Engine]) -> None:
        """Build the newest version and report it as metadata."""
        report = build_vocabulary(alt_db, pool, language, datetime.now(UTC).date())
        context.log.info(metadata.summary(report))
        built = report.vocabulary
        shown = {}
        if built is not None:
            shown = {
                **tables(
                    words_of_titles=metadata.headline_words(built),
                    words_of_texts=metadata.headline_words(built, most=False),
                ),
                **drawn(context, {"picture": partial(metadata.picture, built)}),
            }
        context.add_output_metadata({"summary": metadata.summary(report), **shown, **metadata.figures(report)})

    return vocabulary


build_vocabularies = dg.define_asset_job(
    "build_vocabularies",
    selection=dg.AssetSelection.assets(*map(vocabulary_key, LANGUAGES)),
    description="Counts the words of a sample of the archive, for every language whose ranking uses a vocabulary.",
    tags=JOB_TAGS,
)
