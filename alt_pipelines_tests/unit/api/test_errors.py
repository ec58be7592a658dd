"""The validation list is safe to send whatever the request held."""

import json
import math
from typing import Any

import pytest

from api.errors import MAX_PROBLEMS, validation_detail


def problem(**changes: Any) -> dict[str, Any]:
    return {"type": "t", "loc": ("body", 0, "x"), "msg": "m", "input": None, **changes}


@pytest.mark.parametrize(
    "given", [math.nan, math.inf, -math.inf, 10**400, object(), {"a": math.nan}, [1] * 10_000, "\ud800", b"\xff"]
)
def test_an_input_of_any_kind_gives_valid_json_in_utf8(given: Any) -> None:
    detail = validation_detail([problem(input=given)])
    assert json.dumps(detail, allow_nan=False, ensure_ascii=False).encode("utf-8")


def test_exceptions_and_long_inputs_are_not_echoed() -> None:
    (found,) = validation_detail([problem(ctx={"error": ValueError("inside")}, input="y" * 10_000)])
    assert set(found) == {"type", "loc", "msg", "input"}
    assert len(found["input"]) < 300


@pytest.mark.parametrize("given", [None, {"a": 1}, [1], 10**400])
def test_every_problem_has_an_input_as_in_fastapis_list(given: Any) -> None:
    assert validation_detail([problem(input=given)])[0]["input"] is None


def test_short_inputs_are_echoed_as_they_are() -> None:
    for value in ("short", 7, 0.5, True):
        assert validation_detail([problem(input=value)])[0]["input"] == value


def test_a_thousand_problems_give_the_first_of_them() -> None:
    assert len(validation_detail([problem()] * 1000)) == MAX_PROBLEMS
