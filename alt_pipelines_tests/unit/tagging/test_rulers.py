"""Names of rulers: a given name with its number, apart from numbered things and the English pronoun."""

import pytest

from alt_pipelines.tagging.extraction.rulers import is_ruler


@pytest.mark.parametrize(
    ("form", "language"),
    [
        ("Edward VI", "en"),
        ("George XIV Adolf", "en"),
        ("Gustav IV Adolf", "sv"),
        ("Juan Carlos I", "es"),
        ("Felipe VI", "es"),
    ],
)
def test_a_given_name_with_a_number_is_a_ruler(form: str, language: str) -> None:
    assert is_ruler(form, language, f"{form}.")


@pytest.mark.parametrize(
    ("form", "language"),
    [
        ("Chapter VI", "en"),
        ("World War II", "en"),
        ("Article I", "en"),
        ("Kapitel VI", "sv"),
        ("siglo XVI", "es"),
        ("Capítulo IV", "es"),
        ("XVI", "sv"),
        ("Edward Lumley", "en"),
        ("Edward VI", "xx"),
    ],
)
def test_a_numbered_thing_is_no_ruler(form: str, language: str) -> None:
    assert not is_ruler(form, language, f"{form}.")


def test_an_english_pronoun_is_no_number() -> None:
    assert not is_ruler("Claire I", "en", "With Claire I travelled north.")
    assert is_ruler("Claire I", "en", "A portrait of Claire I, the queen, was sold.")
