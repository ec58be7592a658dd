"""The tags of runs that a person starts: taken over from the assets, combined where there are several."""

from alt_pipelines.runtime.queues import (
    MAX_RETRIES_TAG,
    MAX_RUNTIME_TAG,
    QUEUE_TAG,
    RECAP,
    RETRY_STRATEGY_TAG,
    TAGGING,
    combined_tags,
    run_tags,
)


def test_a_run_of_one_asset_takes_over_all_its_tags() -> None:
    tags = run_tags(RECAP, max_runtime_seconds=600, max_retries=0)
    assert combined_tags([tags]) == tags
    assert combined_tags([{}, {"other": "tag"}]) == {}


def test_a_run_of_several_assets_has_their_time_together_and_the_retries_of_the_most_careful() -> None:
    tagging, learning = run_tags(TAGGING, 86_400), run_tags(RECAP, 600, max_retries=0)
    assert combined_tags([tagging, {}, learning]) == {
        QUEUE_TAG: TAGGING,
        RETRY_STRATEGY_TAG: "ALL_STEPS",
        MAX_RUNTIME_TAG: "87000",
        MAX_RETRIES_TAG: "0",
    }
    assert MAX_RUNTIME_TAG not in combined_tags([tagging, run_tags(RECAP)]), "one of them may take as long as it likes"
