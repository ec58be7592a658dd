"""Names with a slash or with an ending after a colon."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

_TEXTS = {
    "de": "Der Server spricht seit gestern HTTP/2. Die Firma nutzt S/4HANA und TCP/IP.",
    "fr": "Le serveur parle HTTP/2 depuis hier. L'entreprise utilise S/4HANA et TCP/IP.",
    "ru": "Сервер поддерживает HTTP/2 со вчерашнего дня. Компания внедрила S/4HANA и TCP/IP.",
    "ja": "このサーバーはHTTP/2に対応した。企業はS/4HANAとTCP/IPを使う。",
    "zh": "服务器昨天开始支持HTTP/2。企业部署S/4HANA和TCP/IP。",
    "ko": "서버는 어제부터 HTTP/2를 지원한다. 기업은 S/4HANA와 TCP/IP를 쓴다.",
}


@pytest.mark.parametrize("language", _TEXTS)
def test_a_name_with_a_slash_is_whole_in_every_language(language: str) -> None:
    forms = {candidate.form for candidate in find_candidates("", _TEXTS[language], language)}
    assert {"HTTP/2", "S/4HANA", "TCP/IP"} <= forms
    assert "4HANA" not in forms


@pytest.mark.parametrize(
    "text", ["Le procès a repris hier à Nantes. (AFP/DPA)", "Le stock 12/2026 est vide, écrit Q1/24."]
)
def test_a_credit_and_a_date_are_no_names(text: str) -> None:
    assert not any("/" in candidate.form for candidate in find_candidates("Justice", text, "fr"))


def test_a_numbered_road_with_an_ending_is_a_swedish_name_without_it() -> None:
    text = (
        "En lastbil välte på E6:an vid Kungsbacka. Polisen stängde av körfältet. Bärgningen tog två timmar. "
        "Räddningstjänsten sanerade diesel. Chauffören fördes till sjukhus. Bilköerna växte mot Göteborg. "
        "Trafikverket ledde om fjärrtrafiken. Olyckorna på E6:an har blivit fler."
    )
    assert "E6" in {candidate.form for candidate in find_candidates("Olycka på E6:an", text, "sv")}
