"""Sentences that a page says of itself go, alone and after the article's own; sentences like them stay."""

import pytest

from alt_pipelines.text.boilerplate.listed_notes import without_listed_notes
from alt_pipelines.text.boilerplate.page_sentences import without_page_sentences
from alt_pipelines.text.boilerplate.pointers import without_marked_pointer
from alt_pipelines_tests.unit.text.bodies import body

TEXT = "The weir below the tannery was rebuilt in oak this spring."

NOTES = [
    "Een bericht gedeeld door De Oude Molen (@oudemolen)",
    "Ein Beitrag geteilt von Mühlenverein Ahrtal (@muehle.ahrtal)",
    "Une publication partagée par Le Vieux Moulin (@vieuxmoulin)",
    "Una publicación compartida de Molino Viejo (@molino)",
    "Eski Değirmen (@degirmen)'in paylaştığı bir gönderi",
    "古い水車(@suisha)がシェアした投稿",
    "Dit bericht bekijken op Instagram",
    "Diesen Beitrag auf Instagram ansehen",
    "この投稿をInstagramで見る",
    "Ada Roe covers rivers and mills. Reach her at aroe@weirpost.example or on Signal at aroe.11.",
    "BILLING CODE 4410-09-P",
    "[FR Doc No: 2025-00917]",
    "FOR FURTHER INFORMATION CONTACT: Ada Roe, (555) 010-2231.",
    "Aktenzeichen: 3 K 117/25",
    "(コード:1111 東証プライム)",
    "mizu_88さん カテゴリマスター",
    "A MESSAGE FROM OUR PARTNER: Oatley Bank. Save more on every trip.",
    "12% Rabatt auf die nächste Reise für unsere Leser",
    "VÍDEOS: mais vistos do portal Serra",
    "Answer by owl_keeper (score 12)",
]
SENTENCES = [
    "Today's writers were Ada Roe and Jo Lunt.",
    "Dieser Newsletter wurde von Jan Ebert und Eva Thoma geschrieben.",
    "Cet article a été rédigé par Inès Morel.",
    "Dit artikel is geschreven door Eva Smit.",
    "We are an equal opportunity employer. No agencies please.",
    "The University of Aldley is an equal opportunity employer.",
    "Schwerbehinderte Menschen werden bei gleicher Eignung bevorzugt berücksichtigt.",
    "To plant a tree in memory of Ada, please visit our Tribute Store. Sign the Guest Book. Send Flowers.",
    "Фото: Анна Белова / РИА Река.",
    "© Radio Rivière - Inès Morel",
    "Copyright © 2025 | Edited By: Ada Roe | Updated on: Mar 02, 2025 04:10 PM",
    "As an Amazon Associate we earn from qualifying sales.",
    "Laden Sie jetzt unsere App herunter.",
    "Téléchargez notre application gratuite !",
    "Votre adresse e-mail est utilisée par Radio Rivière.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_line_that_the_page_says_of_itself_goes(note: str) -> None:
    assert without_page_sentences(note) == ""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_the_page_says_of_itself_goes_after_the_articles_own(sentence: str) -> None:
    assert without_page_sentences(f"{TEXT} {sentence}") == TEXT


def test_a_wide_stop_ends_the_sentence_before_a_photographer() -> None:
    assert without_page_sentences("列车驶过大桥。记者 林小河 摄") == "列车驶过大桥。"
    assert without_page_sentences("打开微信,点击“发现”,使用“扫一扫”即可分享至朋友圈。") == ""


@pytest.mark.parametrize(
    "line",
    [
        "A post shared by the mayor on Monday drew criticism.",
        "Ein Beitrag geteilt von vielen Nachbarn löste den Streit aus.",
        "The mill says it is an equal opportunity employer, but two women sued it.",
        "The report was compiled by Amnesty International.",
        "This edition was edited by Christopher Hale.",
        "Dieser Text wurde von Thomas Berg verfasst.",
        "Ada Roe covers the roof with moss. The birds like it.",
        "Su correo electrónico será revisado por la policía.",
        "Send flowers.",
        "Light a candle.",
        "The app is free. Download the app before the election.",
        "PP-PSOE: el pacto del agua",
        "Rovers - Athletic Mar 4 at 19:45",
        "The billing code 4410 was charged twice.",
        "トヨタ(東証プライム)の株価が上がった。",
        "记者林小河拍摄了这座大桥。",
    ],
)
def test_a_sentence_of_the_article_stays(line: str) -> None:
    assert without_page_sentences(line) == line


def test_the_mark_of_a_police_report_goes() -> None:
    assert without_page_sentences("POL-AHR: Brand in der Mühle") == "Brand in der Mühle"


def test_a_byline_goes_only_above_a_dateline() -> None:
    dated = "LONDON, May 3 (Desk) - The weir held."
    assert without_listed_notes(["Mills rise", "By Ada Roe and Jo Lunt", dated]) == ["Mills rise", "", dated]
    listed = ["Tides", "By Ada Roe and Jo Lunt", "A novel of the marshes."]
    assert without_listed_notes(listed) == listed


def test_a_list_of_sponsors_or_shops_goes_with_its_heading() -> None:
    sponsors = ["This episode is brought to you by:", "Oatley: go to oatley.example/owl", "Nimbus: use code OWL15"]
    assert without_listed_notes([*sponsors, TEXT]) == ["", "", "", TEXT]
    assert without_listed_notes(["Tools (affiliate links)", "Vice - https://shop.example/1", TEXT]) == ["", "", TEXT]
    systems = ["Where to get it:", "Windows: go to python.example/downloads"]
    assert without_listed_notes(systems) == systems


@pytest.mark.parametrize(
    "line",
    [
        "REDACCIÓN / AGUA | 12/03/2025 - 21:48h.",
        "Opracowanie: Ewa Lisowska | 15 lutego 2025, 19:33",
        "12 mrt 2025, 09:15 in Binnenland",
    ],
)
def test_a_line_above_the_text_that_tells_who_filed_it_and_when_goes(line: str) -> None:
    assert without_listed_notes([line, TEXT]) == ["", TEXT]


def test_the_time_and_place_of_an_event_stay() -> None:
    lines = ["12 mei 2025, 19:30 in Paradiso Amsterdam", TEXT]
    assert without_listed_notes(lines) == lines


def test_another_article_after_a_mark_goes() -> None:
    assert without_marked_pointer("Haberin devamı >> İlginizi çekebilir: Altın yükseldi mi?") == "Haberin devamı"


def test_the_partner_below_the_last_sentence_goes() -> None:
    assert body(f"<p>{TEXT}</p><p>It holds.</p><p>In samenwerking met Rivierse Regiopost</p>") == f"{TEXT}\nIt holds."


def test_the_dateline_of_an_agency_of_two_words_goes() -> None:
    text = "Трамвай вышел на маршрут, сообщила мэрия города."
    assert body(f"<p>РЕЧНОЙ, 11 февраля – РИА Река. {text}</p>") == text
