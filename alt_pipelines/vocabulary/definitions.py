"""The definitions of the vocabularies, made from settings: the assets, their check, job and schedule."""

import dagster as dg

from alt_pipelines.settings import Settings
from alt_pipelines.vocabulary import assets, automation, checks
from alt_pipelines.vocabulary.words import LANGUAGES


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resource is `alt_db`."""
    return dg.Definitions(
        assets=[assets.make_vocabulary(settings.pool, language) for language in LANGUAGES],
        asset_checks=[checks.vocabulary_checks],
        jobs=[assets.build_vocabularies],
        schedules=[automation.vocabularies_schedule],
    )
