"""No regular expression of the packages costs more than in proportion to the text, whoever sends the text.

The patterns are found by walking the modules, so that a new one cannot be forgotten. `support.hostile` derives strings
from each pattern and measures. A step's own bounds are not considered: a pattern must be linear without them.
"""

import re

import pytest

import alt_pipelines
import api
from alt_pipelines_tests.support.hostile import at_most, growth_fault
from alt_pipelines_tests.support.patterns import all_patterns, calling, repetitions

pytestmark = pytest.mark.heavy

PATTERNS = all_patterns(alt_pipelines, api)


def test_patterns_in_modules_containers_and_both_packages_are_found() -> None:
    found = {key.rpartition(".")[0] for key in PATTERNS}
    assert {
        "alt_pipelines.recap.genre_key._SPECIAL",
        "alt_pipelines.text.code._SQL",
        "api.middleware._SAFE_ID",
    } <= found
    assert len(PATTERNS) > 150


@pytest.mark.parametrize("pattern", [r"\s+$", r"[a-z]+\d", r"(?:\w+,)*\w+;"])
def test_a_slow_pattern_is_found(pattern: str) -> None:
    compiled = re.compile(pattern)
    step = calling(compiled, ["search"])
    assert any(growth_fault(step, make) for _, make in repetitions(compiled))


def test_a_pattern_that_does_not_end_is_stopped() -> None:
    with pytest.raises(TimeoutError), at_most(0.5):
        re.search("(?:x+x+)+y", "x" * 100)


@pytest.mark.parametrize("key", PATTERNS)
def test_a_pattern_is_linear_on_repetitions_of_what_it_is_made_of(key: str) -> None:
    pattern, methods = PATTERNS[key]
    step = calling(pattern, methods)
    assert not {shape: fault for shape, make in repetitions(pattern) if (fault := growth_fault(step, make))}
