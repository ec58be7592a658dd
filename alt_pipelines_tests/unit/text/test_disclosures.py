"""Sentences in which a page discloses that it is paid for its links go; what an article says of such links stays."""

import pytest

from alt_pipelines_tests.unit.text.bodies import MORE, TEXT, body

DISCLOSURES = [
    "Die mit * gekennzeichneten Links sind Affiliate-Links.",
    "Mit einem Sternchen (*) markierte Links sind Werbelinks.",
    "Dieser Artikel enthält Affiliate-Links.",
    "Einige Links im Beitrag sind Affiliate-Links. Wenn du darüber einkaufst, erhalte ich eine Provision.",
    "Links marked with * are affiliate links.",
    "This post contains affiliate links. If you buy through them, we may earn a small commission.",
    "Les liens marqués d'un astérisque sont des liens affiliés.",
    "Cet article contient des liens d'affiliation.",
    "Los enlaces marcados con * son enlaces de afiliados.",
    "Este artículo contiene enlaces de afiliados. Si compras a través de ellos, recibimos una pequeña comisión.",
    "Os links marcados com * são links de afiliados.",
    "Este artigo contém links de afiliados.",
    "I link contrassegnati con * sono link di affiliazione.",
    "Questo articolo contiene link affiliati.",
    "De met * gemarkeerde links zijn affiliatelinks.",
    "Dit artikel bevat affiliatelinks.",
    "Länkar märkta med * är affiliatelänkar.",
    "Inlägget innehåller annonslänkar.",
    "Denne artikel indeholder affiliate-links.",
    "Denne artikkelen inneholder annonselenker.",
    "Tähdellä (*) merkityt linkit ovat kumppanuuslinkkejä.",
    "Linki oznaczone * to linki afiliacyjne.",
    "Ten artykuł zawiera linki afiliacyjne.",
    "Odkazy označené * jsou affiliate odkazy.",
    "Ссылки, отмеченные *, являются партнёрскими.",
    "Статья содержит партнёрские ссылки.",
    "Стаття містить партнерські посилання.",
    "Bu yazı satış ortaklığı bağlantıları içermektedir.",
    "Artikel ini mengandung tautan afiliasi.",
]


@pytest.mark.parametrize("disclosure", DISCLOSURES)
def test_a_disclosure_of_paid_links_goes_as_a_line_and_as_a_last_sentence(disclosure: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE} {disclosure}</p>") == f"{TEXT}\n{MORE}"
    assert body(f"<p>{disclosure}</p><p>{TEXT}</p><p>{MORE}</p>") == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "sentence",
    [
        "The regulator wants affiliate links to be marked with an asterisk.",
        "Die Verbraucherzentrale fand im Test 40 Affiliate-Links ohne Sternchen.",
        "Der Makler erhält eine kleine Provision vom Verkäufer.",
        "Die Partei lehnt die Provision ab.",
        "Le site touche une commission sur chaque vente à Lyon.",
        "We may earn a commission in the army, said the cadets.",
        "Los afiliados al sindicato votaron a favor.",
        "Questo articolo della Costituzione tutela i partiti affiliati.",
        "Партнёрские клубы подписали соглашение.",
        "These affiliates of the bank pay no commission.",
    ],
)
def test_a_sentence_about_links_or_commissions_stays(sentence: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE} {sentence}</p>") == f"{TEXT}\n{MORE} {sentence}"


def test_an_article_about_such_links_keeps_its_sentences() -> None:
    disclosure = "Dieser Artikel enthält Affiliate-Links."
    assert disclosure in body(f"<p>{TEXT}</p><p>{MORE} {disclosure}</p>", "Affiliate-Links im Netz: was erlaubt ist")


@pytest.mark.parametrize(
    ("disclosure", "sentence"),
    [
        ("I can get a commission.", "That is my story."),
        ("Wir erhalten eine Provision.", "Das ist unsere Seite."),
        ("Nous touchons une commission.", "Les étoiles sont dans ce billet."),
    ],
)
def test_a_sentence_behind_a_disclosure_that_tells_of_no_price_stays(disclosure: str, sentence: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE} {disclosure} {sentence}</p>").endswith(sentence)


@pytest.mark.parametrize(
    ("disclosure", "sentence"),
    [
        ("We may earn a commission.", "For you the cost is as small."),
        ("Wir erhalten eine Provision.", "Der Preis ändert sich dabei nicht."),
    ],
)
def test_a_sentence_of_the_price_behind_a_disclosure_goes(disclosure: str, sentence: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE} {disclosure} {sentence}</p>") == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir erhalten keine Provision von dem Händler.",
        "Wir erhalten die Provision nicht.",
        "We earn no commission.",
        "We get no additional commission if you buy something.",
        "Wij ontvangen zonder commissie.",
    ],
)
def test_a_denial_stays(sentence: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE} {sentence}</p>") == f"{TEXT}\n{MORE} {sentence}"
