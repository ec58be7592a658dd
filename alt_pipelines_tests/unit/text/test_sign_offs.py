"""What ends a text below its last sentence, titles of other articles below a label, and what of such forms stays."""

import pytest

from alt_pipelines.text.boilerplate.sign_offs import without_sign_offs
from alt_pipelines_tests.unit.text.bodies import TEXT, body

LAST = "The mill stands idle."


def below(markup: str, text: str = TEXT, last: str = LAST) -> list[str]:
    """Return the lines that are left of what is below a text."""
    return body(f"<p>{text}</p><p>{last}</p>{markup}").split("\n")[2:]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>　（高瀬 千尋）</p>",
        "<p>(mk)</p>",
        "<p>(mk/pes)</p>",
        "<p>(ANSA).</p><p>KTR-VBN</p><p>RIPRODUZIONE RISERVATA © Copyright ANSA</p>",
        "<p>© RIPRODUZIONE RISERVATA</p>",
        "<p>Prohibida su reproducción total o parcial</p>",
        "<p>dpa/lnw</p>",
        "<p>Reuters/NAN</p>",
        "<p>Com informações da Rádio Pampa.</p>",
        "<p>Con información de La Voz del Río.</p>",
        "<p>Mit Informationen des Weserkurier</p>",
        "<p>Produced by Otis Fenn. Mixed by Clara Boyle.</p>",
        "<p>Edited and mixed by Otis Fenn and Clara Boyle. Music by Ada Roe.</p>",
        "<p>Produziert von Jan Ebert. Geschnitten von Eva Thoma.</p>",
        "<p>Présenté par Inès Morel. Mixé par Luc Barde.</p>",
        "<p style='text-align:right;'><strong>Trần Khải</strong></p>",
        '<p align="right"><b>Milica Jovanović</b></p>',
        '<p class="has-text-align-right"><em>Anna von Berg</em></p>',
        "<p>— END —</p>",
        "<p>(完)</p>",
        "<p>Startseite | Kommentare (12) | Drucken</p>",
        "<p>Ultima ora | Video | Condividi | Link copiato</p>",
        "<p>Chia sẻ | Bình luận (4) | In bài viết</p>",
        "<p>シェア　印刷　メールで送る</p>",
        "<p>スクラップ・印刷・共有</p>",
        "<p>記事一覧へ<br>ページトップへ</p>",
    ],
)
def test_what_ends_a_text_goes(markup: str) -> None:
    assert below(markup) == []


@pytest.mark.parametrize(
    "line",
    [
        "Produced by hand, the cheese ripens for a year.",
        "Mixed by the river, salt and sweet water meet here",
        "Produced by Otis Fenn.",
        "Royal Albert Hall",
        "RNA-DNA hybrids",
        "Con información de primera mano",
        "Home | Sport | Wetter | Garten",
        "挑戦は世界のトップへ",
        "(高瀬千尋氏は来月、堰の歴史を本にまとめる)",
        "Copyright law changes in May",
        "- Greta Holm",
        "— Ada Lovelace",
        "– Jorge Amado",
        "NL-BE",
        "USA-IRN",
        "NO/SE",
        "“Fin!”",
        "„Ende!“",
        "Con información de Sevilla y Granada",
        "With files from Ottawa and Halifax",
        "Real Valladolid",
    ],
)
def test_a_line_that_tells_something_stays(line: str) -> None:
    assert below(f"<p>{line}</p>") == [line]


def test_a_person_whom_the_text_names_stays() -> None:
    assert below("<p>(高瀬千尋)</p>", text="高瀬千尋さんが堰を直した。", last="うなぎが戻った。") == ["(高瀬千尋)"]


def test_the_name_below_a_quotation_stays() -> None:
    assert below("<p>— Oscar Wilde</p>", last="“Be yourself; everyone else is already taken.”") == ["— Oscar Wilde"]


def test_names_of_a_list_stay() -> None:
    names = ["– Vigdis Holm", "– Otis Fenn"]
    assert below(f"<p>{names[0]}<br>{names[1]}</p>") == names


@pytest.mark.parametrize("name", ["Atlético Madrid", "Grand Prix Fjord", "Słoneczna Polana", "Nobelova cena"])
def test_a_name_at_the_right_that_nothing_marks_as_a_signature_stays(name: str) -> None:
    assert below(f'<p style="text-align:right">{name}</p>') == [name]


def test_a_row_loses_only_what_the_site_offers() -> None:
    assert below("<p>Home · Save · Lisbon Nights · Corvo</p>") == ["Lisbon Nights · Corvo"]
    assert below("<p>Startseite | Drucken | Wolfsschlucht</p>") == ["Wolfsschlucht"]
    assert below("<p>ホーム画面・印刷・共有・鬼怒川</p>") == ["ホーム画面・鬼怒川"]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Band", ["ABBA", "INXS", "REM"]),
        ("Firm", ["DHL", "KLM", "AEG"]),
        ("Klub", ["PSV", "AIK", "HJK"]),
        ("Auto", ["BMW", "VW", "MG"]),
        ("Land", ["USA", "UK", "DDR"]),
    ],
)
def test_names_in_capitals_in_a_ranking_stay(heading: str, names: list[str]) -> None:
    rows = "".join(f"<tr><td>{rank}</td><td>{name}</td></tr>" for rank, name in enumerate(names, 1))
    lines = body(f"<p>{LAST}</p><table><tr><th>#</th><th>{heading}</th></tr>{rows}</table>").split("\n")
    assert set(names) <= set(lines)


def test_a_single_maker_goes_below_a_recording() -> None:
    assert below("<p>Produced by Otis Fenn.</p>", text=f"In this episode: {TEXT}") == []


@pytest.mark.parametrize(
    ("label", "titles"),
    [
        ("LEIA TAMBÉM:", ["Loteria: veja os números", "Bolo de fubá viraliza na rede"]),
        ("READ MORE:", ["Otters return to the Tarn", "Why the salmon stay away"]),
        ("Leggi anche:", ["Le lontre tornano nel Po", "Salmoni, un anno di attesa"]),
        ("Lire aussi :", ["Le saumon revient à Gerberoy"]),
        ("Читайте также:", ["Выдры вернулись на реку Тарн"]),
        ("Xem thêm:", ["Cá hồi trở về sông Hồng"]),
        ("■関連記事", ["鬼怒川にサケが戻る", "堰の歴史をたどる展示"]),
        ("相關新聞：", ["鮭魚重返立霧溪 漁民歡喜", "攔河堰改建延宕三年"]),
    ],
)
def test_linked_titles_below_a_label_go_up_to_the_next_sentence(label: str, titles: list[str]) -> None:
    linked = "<br>".join(f'<a href="/1">{title}</a>' for title in titles)
    text = f"<p>{TEXT}<br>{label}<br>{linked}<br>{LAST}</p>"
    assert body(text) == f"{TEXT}\n{LAST}"


OTTERS = '<a href="/1">Otters return to the Tarn</a>'


def test_a_heading_and_a_field_below_titles_stay() -> None:
    text = f"<p>{TEXT}<br>READ MORE:<br>{OTTERS}</p><h2>What the eels need now</h2><p>{LAST}</p>"
    assert body(text) == f"{TEXT}\nWhat the eels need now\n{LAST}"


def test_a_button_takes_no_lines_below_it() -> None:
    lines = ["Willow weaving in the barn", "Lime plaster for beginners"]
    assert body(f"<p>{TEXT}<br>Read more<br>{'<br>'.join(lines)}</p>") == "\n".join([TEXT, *lines])
    assert body(f"<p>{TEXT}<br>See also:<br>{'<br>'.join(lines)}</p>") == "\n".join([TEXT, *lines])


RANKING = (
    "<p>Rain fell on all of them.</p><table><thead><tr><th>Pos</th><th>Name</th><th>Cat</th><th>Team</th></tr></thead>"
    "<tbody>"
    "<tr><td>1</td><td>Odile Brandt</td><td>F</td><td>Tarn Runners</td></tr>"
    "<tr><td>2</td><td>Piotr Lis</td><td>MV50</td><td>BMW</td></tr>"
    "<tr><td>DNS</td><td>Ned Ash</td><td>M</td><td>Weir AC</td></tr></tbody></table>"
)


def test_codes_in_a_ranking_go_and_its_names_stay() -> None:
    lines = body(RANKING).split("\n")
    assert {"Odile Brandt", "Tarn Runners", "Piotr Lis", "BMW", "Ned Ash", "Weir AC"} <= set(lines)
    assert not {"DNS", "MV50", "F", "M"} & set(lines)


def test_cells_that_repeat_their_heading_go() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>checksum</td></tr>" for name in ("Kestrel", "Merlin"))
    lines = body(f"<p>{LAST}</p><table><tr><th>System</th><th>Checksum</th></tr>{rows}</table>").split("\n")
    assert {"Kestrel", "Merlin"} <= set(lines) and "checksum" not in lines


def test_models_in_a_table_that_is_no_ranking_stay() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{plane}</td></tr>" for name, plane in (("Nordair", "A320"), ("Südluft", "B737"))
    )
    lines = body(f"<p>{LAST}</p><table><tr><th>Line</th><th>Typ</th></tr>{rows}</table>").split("\n")
    assert {"A320", "B737"} <= set(lines)


@pytest.mark.parametrize(
    "line",
    [
        "誤字や間違いがあればコメントで指摘をお願いします。",
        "内容に誤りがありましたら編集リクエストをいただけると嬉しいです。",
        "오타나 틀린 부분이 있으면 댓글로 알려 주세요.",
        "文中如有错误,欢迎留言指正。",
        "7 posts - 4 participants",
    ],
)
def test_a_request_to_report_mistakes_goes(line: str) -> None:
    assert below(f"<p>{line}</p>") == []


def test_a_report_about_mistakes_stays() -> None:
    line = "県は計算の誤りがあったとして指摘を受けた全市町村に謝罪した。"
    assert below(f"<p>{line}</p>") == [line]


@pytest.mark.parametrize(
    "line", ["Help us: PayPal, Patreon", "Wesprzyj nas: Patreon, PayPal, BLIK", "Допоможіть нам: Monobank, Patreon"]
)
def test_ways_to_support_a_site_below_a_text_go(line: str) -> None:
    assert without_sign_offs("", ["The weir held all night.", line]) == ["The weir held all night.", ""]


@pytest.mark.parametrize(
    "line", ["Ways to pay: PayPal, Twint", "She left: Patreon, the band, the town", "Platforms: Patreon"]
)
def test_ways_to_pay_that_a_text_tells_of_stay(line: str) -> None:
    assert without_sign_offs("", ["The weir held all night.", line])[1] == line


def test_a_row_of_what_a_site_offers_goes_with_its_note_on_ads() -> None:
    rows = ["Share | Comments (4) | Disable your ad blocker", "Skomentuj (4) | Drukuj | Wyłącz AdBlocka"]
    assert [without_sign_offs("", ["The weir held.", row])[1] for row in rows] == ["", ""]
