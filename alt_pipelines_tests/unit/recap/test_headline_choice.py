"""The headline of a story is that of a report: it says what happened."""

import pytest

from alt_pipelines.recap.story.statements import is_statement


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Can the new mayor really make ferries free?", "en"),
        ("Is it a bubble? Lumora at two billion", "en"),
        ("Why the ferry strike matters", "en"),
        ("Opinion: a victory for the ferries", "en"),
        ('Velsund shook again: "We have not slept since August"', "en"),
        ("“We will rebuild the harbour”", "en"),
        ("Kommentar: Der Hafen, die unendliche Baustelle", "de"),
        ("Por qué Brandt decidirá la presidencia", "es"),
        ("لماذا غرقت المدينة؟", "ar"),
        ("기자수첩: 항구의 봄", "ko"),
        ("[현장] 항구에 다시 불이 켜졌다", "ko"),
        ("経済か環境か 北浜知事選の構図", "ja"),
        ("社説:北浜の選択", "ja"),
        ("召回之后车主怎么办", "zh"),
        ("「北浜の港を必ず建て直す」", "ja"),
        ("「港は必ず建て直す」と知事", "ja"),
        ("新しい港は誰のものか", "ja"),
        ("【社説】北浜の選択", "ja"),
        ("[Analysis] The ferries after the strike", "en"),
        ("Book review: The Ferries of Velsund", "en"),
        ("Entrevista a Brandt: el puerto que viene", "es"),
        ("Kim kazanacak Velsund seçimini", "tr"),
        ("कौन बनेगा वेलसुंड का मेयर", "hi"),
    ],
)
def test_questions_quotations_and_comments_state_nothing(title: str, language: str) -> None:
    assert not is_statement(title, language)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Brandt elected mayor of Velsund", "en"),
        ("WHO declares the end of the outbreak", "en"),
        ("Velsund: ferry runs aground with 214 on board", "en"),
        ("Brandt calls rival 'unfit' for office", "en"),
        ("Stau auf der A7: Brücke gesperrt", "de"),
        ("北浜県で震度5弱、津波の心配なし", "ja"),
        ("삼한전자, 5공장 공사 재개…2028년 양산", "ko"),
        ("Kim Ji-won Velsund'da kazandı", "tr"),
        ("Ai Cập mở cửa bến phà", "vi"),
        ("कबड्डी टीम ने वेलसुंड में जीता फाइनल", "hi"),
        ("「あさかぜ」が北浜に入港", "ja"),
        ("「あさかぜ」脱線、2人けが", "ja"),
        ("北浜の海は静か", "ja"),
        ("«Маяк» победил", "ru"),
        ("“Faro” gana", "es"),
        ('"Lighthouse" beats "Harbour"', "en"),
        ("【速報】北浜知事が辞任", "ja"),
        ("[Breaking] Mayor of Velsund resigns", "en"),
        ("Live Harbour: ticket sales fall", "en"),
        ("Opinion poll: Brandt leads", "en"),
        ("Harbour Watch: 20 ferries were late", "en"),
        ("Inside Velsund, the ferries run again", "en"),
        ("Кто-то поджёг паром", "ru"),
    ],
)
def test_reports_state_something(title: str, language: str) -> None:
    assert is_statement(title, language)
