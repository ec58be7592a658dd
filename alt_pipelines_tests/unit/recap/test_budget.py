"""Turn-taking over documents: nothing is lost unsaid, nobody is crowded out."""

from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.recap.corpus.budget import Limits, spread_order, take_turns

CORPORA = st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=8), min_size=1, max_size=20)


@given(CORPORA, st.integers(1, 300), st.integers(1, 3000))
def test_what_is_kept_and_what_is_cut_is_everything(tokens: list[list[int]], sentences: int, budget: int) -> None:
    taken = take_turns(tokens, Limits(sentences, 200, budget))
    cuts = (taken.over_tokens, taken.over_requested, taken.over_installed)
    assert sum(taken.kept) + sum(cuts) == sum(map(len, tokens))
    assert min(cuts) >= 0


@given(CORPORA, st.integers(1, 300), st.integers(1, 3000))
def test_both_limits_keep_the_same_sentences(tokens: list[list[int]], sentences: int, budget: int) -> None:
    by_request = take_turns(tokens, Limits(sentences, 10_000, budget))
    by_installation = take_turns(tokens, Limits(10_000, sentences, budget))
    assert by_installation.kept == by_request.kept
    assert by_installation.leads_over_limit == by_request.leads_over_limit
    assert (by_installation.over_installed, by_installation.over_requested) == (by_request.over_requested, 0)


@given(CORPORA, st.integers(1, 300))
def test_the_requested_number_is_exceeded_by_opening_sentences_only(tokens: list[list[int]], sentences: int) -> None:
    taken = take_turns(tokens, Limits(sentences, 10_000, 10**9))
    assert min(taken.kept) >= 1
    assert sum(taken.kept) <= max(sentences, len(tokens))
    assert taken.leads_over_limit == max(0, sum(taken.kept) - sentences)
    assert taken.over_installed == 0


def test_a_cut_is_counted_under_the_limit_that_made_it() -> None:
    tokens = [[10] * 5] * 4
    assert take_turns(tokens, Limits(12, 100, 10**6)).over_requested == 8
    assert take_turns(tokens, Limits(100, 12, 10**6)).over_installed == 8
    assert take_turns(tokens, Limits(2, 3, 10**6)).over_requested == 16


@given(CORPORA, st.integers(1, 3000))
def test_no_document_is_lost_to_the_token_budget(tokens: list[list[int]], budget: int) -> None:
    assert min(take_turns(tokens, Limits(10_000, 10_000, budget)).kept) >= 1


@given(CORPORA, st.integers(1, 3000))
def test_tokens_over_the_budget_are_opening_sentences_only(tokens: list[list[int]], budget: int) -> None:
    kept = take_turns(tokens, Limits(10_000, 10_000, budget)).kept
    openings = sum(each[0] for each in tokens)
    assert sum(sum(each[:count]) for each, count in zip(tokens, kept, strict=True)) <= max(budget, openings)


@given(CORPORA, st.integers(1, 300))
def test_sentences_are_cut_round_robin_over_documents(tokens: list[list[int]], sentences: int) -> None:
    kept = take_turns(tokens, Limits(sentences, 10_000, 10**9)).kept
    waiting = [count for count, each in zip(kept, tokens, strict=True) if count < len(each)]
    assert all(max(kept) - count <= 1 for count in waiting)


@given(CORPORA)
def test_budgets_that_are_large_enough_cut_nothing(tokens: list[list[int]]) -> None:
    taken = take_turns(tokens, Limits(sum(map(len, tokens)), 10_000, sum(map(sum, tokens))))
    assert taken.kept == tuple(map(len, tokens))
    assert (taken.over_tokens, taken.over_requested, taken.over_installed) == (0, 0, 0)


@given(st.integers(1, 500))
def test_the_order_of_turns_names_everybody_once(count: int) -> None:
    assert sorted(spread_order(count)) == list(range(count))


def test_the_first_half_of_the_turns_is_spread_over_the_whole_list() -> None:
    half = spread_order(100)[:50]
    assert all(sum(start <= index < start + 20 for index in half) >= 8 for start in range(0, 100, 20))
