"""What is shown of a database's error."""

import pytest
from sqlalchemy.exc import OperationalError

from alt_pipelines.database.error_messages import first_line_of, sentence_of


@pytest.mark.parametrize("message", ["", " \n ", "\n"])
def test_an_error_without_a_message_is_named_by_its_type(message: str) -> None:
    error = OperationalError("SELECT 1", {}, TimeoutError(message))
    assert first_line_of(error) == "TimeoutError"
    assert first_line_of(ValueError(message)) == "ValueError"
    assert sentence_of(error).startswith("The database does not answer.")
    assert "()" not in sentence_of(error)


def test_only_the_first_line_of_a_message_is_shown() -> None:
    error = OperationalError("SELECT 1", {}, RuntimeError("\n it broke\nLINE 1: SELECT secret"))
    assert first_line_of(error) == "it broke"
