"""Refinement in a tagging run: after the first tags, within the budget, and later if the run had no time for it."""

from collections.abc import Sequence

from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import FIRST_PASS_ONLY, Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import Recorder, counts, run
from api.gauges_store import tagging_backends


def test_without_an_encoder_the_first_pass_tags_and_every_outcome_says_so(
    platform: Platform, alt_engine: Engine
) -> None:
    article = corpus.add_article(alt_engine)
    run(platform, TagExtractor(TaggingSettings(), None, fallback=False))
    outcome = corpus.outcome(alt_engine, article)
    assert (outcome.status, outcome.backend, outcome.reason) == ("tagged", "features", FIRST_PASS_ONLY)
    with alt_engine.connect() as connection:
        assert tagging_backends(connection) == {"none"}, "pipeline_fallback_active is 1"


def test_a_backlog_has_its_first_tags_at_once_and_is_refined_in_the_same_run(
    platform: Platform, alt_engine: Engine
) -> None:
    ids = [corpus.add_article(alt_engine) for _ in range(40)]
    loads: list[tuple[Load | None, int]] = []

    class Watching(Recorder):
        def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
            loads.append((load, len(articles)))
            return super().extract(articles, load)

    report = run(platform, Watching(platform.tag_extractor))

    assert loads == [("backlog", 40), ("trickle", 16), ("trickle", 16), ("trickle", 8)]
    assert (report.selected, counts(alt_engine).tagged) == (40, 40)
    for article in ids:
        outcome = corpus.outcome(alt_engine, article)
        assert outcome.cascade["needs_refine"] is True
        assert outcome.backend == "features+hash"
        assert outcome.next_attempt_at is None


def test_a_refinement_that_a_run_postponed_is_done_by_the_next(platform: Platform, alt_engine: Engine) -> None:
    ids = [corpus.add_article(alt_engine) for _ in range(20)]
    hurried = platform.settings.tagging.model_copy(update={"run_limit": 20})

    run(platform, settings=hurried)
    waiting = [corpus.outcome(alt_engine, article) for article in ids]
    assert {o.cascade["reason"] for o in waiting} == {"refine_ratio_budget_capped"}
    assert all(o.status == "tagged" and o.next_attempt_at is not None for o in waiting)
    assert counts(alt_engine).pending == 0  # they have tags

    run(platform)
    assert all(corpus.outcome(alt_engine, article).cascade["needs_refine"] for article in ids)


def test_a_budget_of_nothing_defers_nothing(platform: Platform, alt_engine: Engine) -> None:
    ids = [corpus.add_article(alt_engine) for _ in range(20)]
    run(
        platform,
        TagExtractor(TaggingSettings(refine_budget=0), platform.embedder),
        settings=TaggingSettings(refine_budget=0),
    )
    assert {corpus.outcome(alt_engine, article).next_attempt_at for article in ids} == {None}


def test_the_first_article_of_a_new_extraction_process_has_tags_before_the_models_are_loaded(
    platform: Platform, alt_engine: Engine
) -> None:
    backends: list[list[str]] = []

    class Watching(Recorder):
        def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
            found = super().extract(articles, load)
            backends.append([extraction.backend for extraction in found])
            return found

    own = Platform(platform.settings)  # as after TAG_IDLE_SECONDS, it has no child yet
    try:
        extractor = own.isolated_extractor
        assert extractor.model_id == platform.tag_extractor.model_id  # a run asks first, which starts the child
        for number in range(2):
            article = corpus.add_article(alt_engine)
            run(platform, Watching(extractor))
            assert corpus.outcome(alt_engine, article).backend == "features+hash"
            assert backends == [["features"], ["features+hash"], ["features+hash"]][: 2 + number]
    finally:
        own.close()
