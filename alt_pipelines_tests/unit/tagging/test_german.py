"""German: names without roles and kinds, titles of works with their article, ordinals of clubs."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(title: str, text: str) -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, "de")]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Auch die Wachfirma Nokturna meldete Verluste.", "Nokturna"),
        ("Im Ort baut der Anlagenbauer Steinhöfer eine Halle.", "Steinhöfer"),
        ("Seit Mai nutzt das Amt die Lagersoftware RegalOS.", "RegalOS"),
    ],
)
def test_a_kind_or_a_trade_is_not_part_of_a_name_that_looks_like_a_compound(sentence: str, name: str) -> None:
    shown = forms("", sentence)
    assert name in shown
    assert not any(form.endswith(f" {name}") for form in shown)


def test_a_title_between_quotation_marks_has_its_article() -> None:
    shown = forms("", "Für den Roman „Das graue Haus“ und das Bilderbuch »Der Luchs im Mantel« gab es Preise.")
    assert {"Das graue Haus", "Der Luchs im Mantel"} <= set(shown)
    assert "Luchs" not in shown


def test_a_sentence_between_quotation_marks_is_not_a_title() -> None:
    shown = forms("", "„Das bleibt Handarbeit“, sagte die Schreinerin.")
    assert "Handarbeit" in shown
    assert "Das bleibt Handarbeit" not in shown


def test_the_ordinal_of_a_club_is_part_of_its_name() -> None:
    shown = forms("", "Der Aufsteiger schlug den 1. FC Kaltenfeld deutlich. Unter 3. BMW Motoren steht mehr.")
    assert "1. FC Kaltenfeld" in shown
    assert "3. BMW Motoren" not in shown


def test_the_first_number_of_a_range_is_not_part_of_the_name_before_it() -> None:
    shown = forms("", "Bisher erwartete Henrike Molsdorf 12 bis 15 Prozent Wachstum.")
    assert "Henrike Molsdorf" in shown
    assert "Henrike Molsdorf 12" not in shown


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Das Turnier im Saal in Hentringen beginnt.", "Hentringen"),
        ("Das Sägewerk in Oberwäldern brennt seit gestern.", "Oberwäldern"),
        ("Der Bus fährt nach Kleinhöfen und weiter.", "Kleinhöfen"),
        ("Am Sonntag gastiert der Zirkus in Eichsteinen.", "Eichsteinen"),
        ("Vom Gipfel sieht man zu den Churfirsten hinüber.", "Churfirsten"),
    ],
)
def test_a_name_that_ends_as_a_dative_plural_stays_whole(sentence: str, place: str) -> None:
    shown = forms("", sentence)
    assert place in shown
    assert place[:-1] not in shown


@pytest.mark.parametrize(
    ("sentence", "plural"),
    [
        ("Der Karpfen zermahlt Schnecken mit seinen Schlundzähnen.", "Schlundzähne"),
        ("Der Pfarrer las aus den Nestroy-Briefen vor.", "Nestroy-Briefe"),
        ("Die Torfkähne sind alt. Auf Torfkähnen fuhr man bis Bremen.", "Torfkähne"),
        ("Auf Rübenfeldern blüht jetzt Mohn.", "Rübenfelder"),
        ("Der Verein fuhr mit seinen Torfkähnen nach Bremen.", "Torfkähne"),
    ],
)
def test_a_dative_plural_of_a_compound_of_known_nouns_is_in_the_nominative(sentence: str, plural: str) -> None:
    assert plural in forms("", sentence)
