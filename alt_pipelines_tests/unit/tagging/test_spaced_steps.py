"""The tables of steps: a misspelt key would leave a step out without an error."""

from dataclasses import fields

import pytest

from alt_pipelines.tagging.extraction.languages import Language, languages
from alt_pipelines.tagging.extraction.spaced.steps import LAST, PHRASES, PIECES, REPEATS, RUNS, steps_of

KEYS = [key for table in (RUNS, PIECES, PHRASES, REPEATS, LAST) for key, _ in table]


@pytest.mark.parametrize("key", dict.fromkeys(KEYS))
def test_a_step_belongs_to_a_language_or_to_a_property_of_its_row(key: str) -> None:
    assert (key in languages()) != (key in {field.name for field in fields(Language)})


def test_each_step_is_taken_by_a_language_and_none_by_a_language_without_a_row() -> None:
    taken = {id(step) for code in languages() for steps in steps_of(code) for step in steps}
    assert {id(step) for table in (RUNS, PIECES, PHRASES, REPEATS, LAST) for _, step in table} == taken
    assert not any(steps_of("xx"))
