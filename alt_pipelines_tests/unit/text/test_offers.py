"""Lines with which a page offers sharing, shops and materials, in many languages; and what must stay."""

import pytest

from alt_pipelines.text.boilerplate.offers import without_offers


@pytest.mark.parametrize(
    "line",
    [
        "Share on WhatsApp",
        "Deel dit artikel via WhatsApp, Facebook of e-mail",
        "Partager sur WhatsApp",
        "Auf X teilen",
        "Compártelo en WhatsApp y Facebook",
        "Compartilhar no WhatsApp",
        "Condividi su WhatsApp",
        "Dela på WhatsApp",
        "Udostępnij na Facebooku",
        "Jaa WhatsAppissa",
        "Megosztás Facebookon",
        "Поделиться в WhatsApp",
        "WhatsApp'ta paylaş",
        "Κοινοποίηση στο WhatsApp",
        "شارك على واتساب",
        "اشتراک‌گذاری در واتساپ",
        "שתפו בוואטסאפ",
        "व्हाट्सएप पर शेयर करें",
        "Bagikan ke WhatsApp",
        "Chia sẻ qua WhatsApp",
        "แชร์ คัดลอกลิงก์",
        "LINEで送る",
        "分享到微信",
        "카카오톡으로 공유하기",
        "Buy at Amazon | Waterstones",
        "Acheter sur Amazon | Fnac | Cultura",
        "Bei Amazon kaufen | Bei Thalia kaufen",
        "楽天市場・Yahoo!ショッピング・Amazon",
        "Amazonで探す 楽天市場で探す Yahoo!ショッピングで探す",
        "京东 | 淘宝 | 天猫",
        "Music: Artlist",
        "Musik: Epidemic Sound",
        "音楽提供:Artlist",
        "使用音源:DOVA-SYNDROME",
        "BGM: Artlist",
        "Stock footage provided by Pond5",
        "Scores supplied by TallyHub",
        "Daten von Wetterwerk",
        "Datos facilitados por Opta",
        "Next fixtures | Full table | Scores supplied by TallyHub",
        "Article réservé à nos abonnés",
    ],
)
def test_an_offer_goes(line: str) -> None:
    assert without_offers(line, frozenset()) == ""


@pytest.mark.parametrize(
    "line",
    [
        "WhatsApp said on Monday that users may share larger files.",
        "Share prices of the owner of WhatsApp fell.",
        "Les élèves partagent des vidéos sur WhatsApp.",
        "Los vecinos comparten el vídeo por WhatsApp desde el lunes.",
        "民众把照片分享到微信朋友圈后引发热议。",
        "写真をシェアする人が増えた。",
        "Amazonと楽天市場で買える渡し船の模型が人気だ。",
        "Amazon and eBay",
        "Amazon and eBay sell the lamp.",
        "Music by Chopin closed the evening.",
        "Data provided by Europol show a rise of 8 percent.",
        "Kunsthalle Ulvik | Eintritt frei | Daten von Wetterwerk",
    ],
)
def test_a_line_with_other_words_stays(line: str) -> None:
    assert without_offers(line, frozenset()) == line


def test_an_article_about_the_service_keeps_its_line() -> None:
    assert without_offers("Share on WhatsApp", frozenset(["whatsapp", "adds", "buttons"])) == "Share on WhatsApp"
