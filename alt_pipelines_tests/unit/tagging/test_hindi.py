"""Hindi candidates: no phrase ends in an oblique plural."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.hindi import is_oblique_plural


@pytest.mark.parametrize("word", ["ठगों", "आरोपियों", "नदियों", "घोड़ों"])
def test_an_oblique_plural_is_known_by_its_singular(word: str) -> None:
    assert is_oblique_plural(word)


def test_a_surname_with_the_same_ending_is_none() -> None:
    assert not is_oblique_plural("ढिल्लों")


def test_no_candidate_ends_in_an_oblique_plural() -> None:
    text = "पुलिस ने बैंक के खातों की जांच की और दो आरोपियों को पकड़ा। अमरजीत ढिल्लों ने साइबर ठगों पर रिपोर्ट लिखी।"
    found = [candidate.form for candidate in find_candidates("", text, "hi")]
    assert "अमरजीत ढिल्लों" in found
    assert not any(form.endswith(("खातों", "आरोपियों", "ठगों")) for form in found)
