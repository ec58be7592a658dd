"""A new version of the extractor re-tags nothing by itself; `alt-pipelines retag` does, behind what is new."""

import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.tagging import retag as command
from alt_pipelines.tagging.windows import floor, key_of
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import Sensor
from alt_pipelines_tests.integration.tagging.runs import Recorder, run

RETAG = "SELECT count(*) FROM alt_pipelines.article_tag_outcomes WHERE retag_requested_at IS NOT NULL"


@pytest.fixture
def call(alt_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(command, "alt_url", lambda _: alt_engine.url)

    def called(*arguments: str) -> Result:
        result = CliRunner().invoke(command.retag, arguments)
        assert result.exit_code == 0, result.output
        return result

    return called


def day(days: float) -> str:
    return key_of(floor(corpus.hours_ago(24 * days)))


def test_marked_days_are_tagged_again_behind_what_is_new(
    call: object, platform: Platform, sensor: Sensor, alt_engine: Engine
) -> None:
    assert callable(call)
    old = [corpus.add_article(alt_engine, created_at=corpus.hours_ago(24 * n)) for n in (9, 5, 4)]
    run(platform)
    for article in old:
        corpus.change_outcome(alt_engine, "extractor_version = '0'", article)
    assert "Nothing pending" in sensor.skipped(), "a new version re-tags nothing by itself"

    said = call("--from", day(6), "--to", day(1), "--yes").output
    assert "articles: 2; estimated time" in said
    assert "ms per article" in said
    assert "marked: 2" in said

    new = corpus.add_article(alt_engine)
    requested = sensor.requested()
    assert (requested["retag"], requested["days"]) == (False, [day(0)])
    recorder = Recorder(platform.tag_extractor)
    run(platform, recorder)
    assert recorder.batches == [[new]]

    requested = sensor.requested()
    assert (requested["retag"], requested["days"]) == (True, [day(4), day(5)])
    run(platform, recorder, retag=True)
    assert sorted(recorder.batches[-1]) == sorted(old[1:])
    assert corpus.outcome(alt_engine, old[1]).extractor_version != "0"
    assert corpus.outcome(alt_engine, old[0]).extractor_version == "0"
    assert corpus.scalar(alt_engine, RETAG) == 0
    assert "Nothing pending" in sensor.skipped()


def test_articles_of_an_earlier_service_can_be_marked_and_unmarked_for_retagging(
    call: object, platform: Platform, alt_engine: Engine
) -> None:
    assert callable(call)
    article = corpus.add_article(alt_engine, created_at=corpus.hours_ago(24 * 5))
    run(platform)
    corpus.execute(alt_engine, "DELETE FROM alt_pipelines.article_tag_outcomes")  # as if an earlier service had done it
    assert "marked: 1" in call("--from", day(5), "--yes").output
    assert corpus.outcome(alt_engine, article).extractor_version == "adopted"
    assert "marks removed: 1" in call("--from", day(5), "--cancel").output
    assert corpus.scalar(alt_engine, RETAG) == 0


def test_nothing_is_marked_unless_it_is_confirmed(call: object, platform: Platform, alt_engine: Engine) -> None:
    nothing = CliRunner().invoke(command.retag, ["--from", day(1)])
    assert "nothing to tag again" in nothing.output
    assert "estimated" not in nothing.output
    corpus.add_article(alt_engine)
    run(platform)
    declined = CliRunner().invoke(command.retag, ["--from", day(1)], input="n\n")
    assert "Mark" in declined.output
    assert "Nothing was marked." in declined.output
    assert corpus.scalar(alt_engine, RETAG) == 0
    wrong = CliRunner().invoke(command.retag, ["--from", "2026-02-01", "--to", "2026-01-01"])
    assert "is before --from" in wrong.output


@pytest.fixture(params=["Etc/GMT+12", "Etc/GMT-14"])
def local_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two time zones: at any moment, it is yesterday in the one or tomorrow in the other."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("local_time")
def test_the_last_day_is_today_in_utc_wherever_the_command_is_called() -> None:
    refused = CliRunner().invoke(command.retag, ["--from", day(-1)])
    assert f"--to {day(0)} is before --from {day(-1)}" in refused.output
