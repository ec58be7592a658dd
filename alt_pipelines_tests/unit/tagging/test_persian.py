"""Persian: verbs are recognised by their endings and at the end of a clause; a light verb takes the noun before it."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.persian.words import is_persian_verb, is_with_light_verb
from alt_pipelines.text.clean import CleanText, clean_article


@pytest.mark.parametrize(
    ("word", "after", "verb"),
    [
        ("کشیدند", ".", True),
        ("نگران\u200cاند", "و", True),
        ("درخشید", ".", True),
        ("گنجشک\u200cهاست", ".", True),
        ("گنجشک\u200cها", ".", False),
        ("خواسته", "است", True),
        ("خواسته", "مردم", False),
        ("کشت", "زعفران", False),
        ("برداشت", "آب", False),
        ("تولید", ".", False),
        ("دانشمند", ".", False),
        ("پختیم", "نان", True),
        ("دوختم", "پیراهن", True),
        ("بنویسید", "نامه", True),
        ("مردم", "شهر", False),
        ("تمدید", "قرارداد", False),
        ("تقدیم", "جایزه", False),
    ],
)
def test_a_verb_ends_its_clause_or_has_an_ending_of_verbs_alone(word: str, after: str, verb: bool) -> None:
    assert is_persian_verb(word, after) == verb


def test_the_noun_of_a_compound_verb_is_no_candidate() -> None:
    assert is_with_light_verb("می\u200cکند")
    assert not is_with_light_verb("می\u200cنویسد")
    forms = [c.form for c in find_candidates("", "نیروگاه برق تولید می\u200cکند. نیروگاه در سبلان است.", "fa")]
    assert "نیروگاه برق" in forms
    assert not any("تولید" in form for form in forms)


def test_no_tag_begins_or_ends_with_a_joiner_where_a_name_of_a_user_was_removed() -> None:
    text = "@می\u200cگویند @می\u200cرود @می\u200cکردند و کتاب\u200cخانه @می\u200cروند پنجره تازه‌ای باز شد. " * 3
    cleaned = clean_article("", text)
    assert isinstance(cleaned, CleanText)
    assert "\u200cگویند" not in cleaned.text
    words = [word for c in find_candidates("", cleaned.text, "fa") for word in c.form.split()]
    assert words
    assert [word for word in words if word != word.strip("\u200c\u200d")] == []
