"""The place before a report's first sentence is written as in other texts, abbreviations stay as they are."""

import pytest

from alt_pipelines.tagging.extraction.datelines import with_plain_dateline


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("en", "LIMASSOL: Rain fell on the coast.", "Limassol: Rain fell on the coast."),
        ("en", "NEW DELHI (PTI) - The court ruled.", "New Delhi (PTI) - The court ruled."),
        ("en", "ULAN BATOR, May 3 (Xinhua) -- Voters queued.", "Ulan Bator, May 3 (Xinhua) -- Voters queued."),
        ("en", "PORT-AU-PRINCE — Aid arrived.", "Port-au-Prince — Aid arrived."),
        ("pt", "RIO DE JANEIRO: A chuva parou.", "Rio de Janeiro: A chuva parou."),
        ("de", "FRANKFURT AM MAIN - Der Senat tagt.", "Frankfurt am Main - Der Senat tagt."),
        ("vi", "CẦN THƠ, 3 tháng. Mưa lớn.", "Cần Thơ, 3 tháng. Mưa lớn."),
        ("tr", "DİYARBAKIR (AA) - Yağmur yağdı.", "Diyarbakır (AA) - Yağmur yağdı."),
        ("ru", "ВОРОНЕЖ – Мост открыли.", "Воронеж – Мост открыли."),
        ("ru", "ПЕРМЬ, 3 мая. Мост открыли.", "Пермь, 3 мая. Мост открыли."),
        ("es", "POSADAS.- La campaña empezó.", "Posadas.- La campaña empezó."),
    ],
)
def test_the_place_has_one_capital_a_word(language: str, text: str, plain: str) -> None:
    assert with_plain_dateline("News", text, language) == plain


@pytest.mark.parametrize(
    "text",
    [
        "NATO: The allies met.",
        "UNHCR: The camp is full.",
        "UNESCO – Ten sites were added.",
        "BMW AG WERK: The plant is shut.",
        "HELSINKI – Ten flights. HELSINKI Airport said so.",
        "Limassol: Rain fell.",
        "RAIN FELL ON THE COAST AND ON ALL HILLS: a report",
        "大阪: 雨が降った。",
        "LIMASSOL",
    ],
)
def test_abbreviations_and_other_beginnings_stay(text: str) -> None:
    assert with_plain_dateline("News", text, "en") == text


def test_a_place_that_the_title_has_in_capitals_stays() -> None:
    assert with_plain_dateline("RAIN IN LIMASSOL", "LIMASSOL: Rain fell.", "en") == "LIMASSOL: Rain fell."
