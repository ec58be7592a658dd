"""No regular expression of the packages costs more than in proportion to the text, whoever sends the text.

The patterns are found by walking the modules, so that a new one cannot be forgotten. `support.hostile` derives strings
from each pattern and measures. A step's own bounds are not considered: a pattern must be linear without them.
"""

import re

import pytest

import alt_pipelines
import api
from alt_pipelines_tests.support.hostile import at_most, growth_fault
from alt_pipelines_tests.support.patterns import calling, compiled_in, repetitions, sources

pytestmark = pytest.mark.heavy

SOURCES = sources(alt_pipelines, api)
MODULES = [name for name, source in SOURCES.items() if "re.compile(" in source]


def test_patterns_in_modules_and_containers_of_both_packages_are_found() -> None:
    assert "_SPECIAL.0" in compiled_in("alt_pipelines.recap.genre_key", SOURCES)
    assert "_SQL.2" in compiled_in("alt_pipelines.text.code", SOURCES)
    assert "_SAFE_ID.0" in compiled_in("api.middleware", SOURCES)
    assert len(MODULES) > 40


@pytest.mark.parametrize("pattern", [r"\s+$", r"[a-z]+\d", r"(?:\w+,)*\w+;"])
def test_a_slow_pattern_is_found(pattern: str) -> None:
    compiled = re.compile(pattern)
    step = calling(compiled, ["search"])
    assert any(growth_fault(step, make) for _, make in repetitions(compiled))


def test_a_pattern_that_does_not_end_is_stopped() -> None:
    with pytest.raises(TimeoutError), at_most(0.5):
        re.search("(?:x+x+)+y", "x" * 100)


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_is_linear_on_repetitions_of_what_it_is_made_of(name: str) -> None:
    faults = {
        (variable, shape): fault
        for variable, (pattern, methods) in compiled_in(name, SOURCES).items()
        for shape, make in repetitions(pattern)
        if (fault := growth_fault(calling(pattern, methods), make))
    }
    assert not faults
