"""German: two nouns side by side are apart, unless they are a name."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, "de")]


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        ("Der Optiker gewährt Kunden Rabatt.", "Kunden", "Rabatt"),
        ("Das Werk meldet in Uzwil Kurzarbeit an.", "Uzwil", "Kurzarbeit"),
        ("Die Genossenschaft möchte in Kassel Wohnungen errichten.", "Kassel", "Wohnungen"),
        ("Sie hat in Tharandt Forstwissenschaft gelehrt.", "Tharandt", "Forstwissenschaft"),
        ("Über die Lücke lässt sich mit Passwort Schadcode einschleusen.", "Passwort", "Schadcode"),
        ("Der Kreis will für Schulen Laptops anschaffen.", "Schulen", "Laptops"),
        ("Am Abend hatten laut Polizei Zeugen den Wagen gesehen.", "Polizei", "Zeugen"),
        ("Seit gestern ist nach Brand Lagerhalle gesperrt.", "Brand", "Lagerhalle"),
        ("Im Keller hat der Prüfer Schadstoffe gefunden.", "Prüfer", "Schadstoffe"),
        ("Dort sind im Landkreis Vechta Verstöße häufiger geworden.", "Landkreis Vechta", "Verstöße"),
        ("Der Verein hat beim Amtsgericht Kempten Insolvenz beantragt.", "Amtsgericht Kempten", "Insolvenz"),
        ("Das Amt hat im Kreis Gütersloh Schweinepest festgestellt.", "Kreis Gütersloh", "Schweinepest"),
        ("Dann sollen mit Batterien Netzbetreiber Strom speichern.", "Batterien", "Netzbetreiber"),
    ],
)
def test_two_nouns_side_by_side_are_apart(sentence: str, first: str, second: str) -> None:
    shown = forms(sentence)
    assert {first, second} <= set(shown)
    assert f"{first} {second}" not in shown


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Das erklärte ein Sprecher am Landgericht München dazu.", "Landgericht München"),
        ("Der Empfang war in Schloss Bellevue geplant.", "Schloss Bellevue"),
        ("Das Geld kam von Deutsche Bank und anderen.", "Deutsche Bank"),
        ("Sie inszeniert seit Mai am Theater Bremen ein Stück.", "Theater Bremen"),
        ("Das Siegel heißt Grüner Knopf und gilt weiter.", "Grüner Knopf"),
        ("Der Zuschuss kommt von Aktion Mensch dazu.", "Aktion Mensch"),
        ("Die Gäste schliefen im Hotel Adler am Markt.", "Hotel Adler"),
        ("Wir trafen sie im Café Einstein zum Gespräch.", "Café Einstein"),
        ("Die Schau ist auf Zeche Zollverein zu sehen.", "Zeche Zollverein"),
        ("Die Partei verhandelt mit Bündnis Sahra Wagenknecht.", "Bündnis Sahra Wagenknecht"),
        ("Heute läuft der Tatort Weimar im Ersten.", "Tatort Weimar"),
        ("Das Urteil kommt von Stiftung Warentest im Mai.", "Stiftung Warentest"),
        ("Der Verein fördert bei Projekt Zukunft junge Leute.", "Projekt Zukunft"),
        ("Die Aufnahme entstand mit Robert Koch im Labor.", "Robert Koch"),
        ("Die Kanzlei sitzt in Zürich Altstadt.", "Zürich Altstadt"),
        ("Das Team spricht in Microsoft Teams darüber.", "Microsoft Teams"),
        ("Die Lok gehört zu Harzer Schmalspurbahnen.", "Harzer Schmalspurbahnen"),
    ],
)
def test_a_name_of_two_nouns_stays_whole(sentence: str, name: str) -> None:
    assert name in forms(sentence)


def test_a_noun_before_the_name_of_a_house_is_apart() -> None:
    shown = forms("Im Herbst erscheint im Programmheft Theater Gera zuerst.")
    assert {"Programmheft", "Theater Gera"} <= set(shown)


def test_two_nouns_that_the_text_repeats_are_a_name() -> None:
    text = "Am Freitag spielten im Saal Kraniche Wellental. Danach sangen im Hof Kraniche Wellental."
    assert "Kraniche Wellental" in forms(text)


def test_two_nouns_between_quotation_marks_are_a_name() -> None:
    assert "Nadel Wolken" in forms("Die Gruppe nennt sich jetzt „Nadel Wolken“ und probt.")


def test_an_abbreviation_before_a_number_is_not_part_of_a_name() -> None:
    shown = forms("Das Lastenrad Gen. 4 ist leichter. Das Lastenrad Gen. 4 kostet mehr.")
    assert "Lastenrad" in shown
