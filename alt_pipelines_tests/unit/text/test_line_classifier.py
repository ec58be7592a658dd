"""The classifier of lines: boilerplate that no rule names goes in any language, and an article's own lines stay."""

from pathlib import Path

import pytest

from alt_pipelines.data_files import DataFileError
from alt_pipelines.text.boilerplate import line_classifier
from alt_pipelines.text.boilerplate.line_classifier import without_boilerplate
from alt_pipelines_tests.support.judged_data import judged_articles
from alt_pipelines_tests.support.labelled_lines import labelled_articles

TEXTS = {
    "en": (
        "Eel pass opens at Harrow Weir",
        [
            "Young eels can swim past Harrow Weir again after the trust opened an eel pass on Friday.",
            "The weir had blocked the river since 1911, said the trust's ecologist Moira Tennant.",
            "Volunteers counted forty eels on the first night.",
            "The trust plans a second eel pass at Colne Mill.",
        ],
    ),
    "de": (
        "Fischtreppe am Wehr Lindach eröffnet",
        [
            "Am Wehr Lindach können Aale seit Freitag wieder flussaufwärts schwimmen.",
            "Das Wehr hatte den Fluss seit 1911 versperrt, sagte die Biologin Moira Tennert.",
            "Helfer zählten in der ersten Nacht vierzig Aale.",
            "Eine zweite Fischtreppe ist an der Kolbmühle geplant.",
        ],
    ),
    "ja": (
        "原堰にウナギの魚道が完成",
        [
            "原堰にウナギの魚道が完成し、金曜日から遡上が始まった。",
            "堰は1911年から川をふさいでいたと、生態学者の天野萌さんは話す。",
            "最初の夜、ボランティアは40匹のウナギを数えた。",
            "二つ目の魚道は古礼の水車のそばに造られる。",
        ],
    ),
    "ru": (
        "У плотины Линдах открыли рыбоход",
        [
            "С пятницы угри снова могут подниматься по реке мимо плотины Линдах.",
            "Плотина перегораживала реку с 1911 года, сказала биолог Мария Теннерт.",
            "В первую ночь добровольцы насчитали сорок угрей.",
            "Второй рыбоход построят у старой мельницы.",
        ],
    ),
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Last reviewed: 4 March 2026 · Print this page · Report a problem"),
        ("en", "Was this page useful? Yes / No / Report a problem"),
        ("en", "Share · Save · Print · Comments (12)"),
        ("de", "Teilen · Merken · Drucken · 14 Kommentare"),
        ("ja", "この記事をシェアする 印刷する 文字サイズ 小 中 大"),
        ("ja", "最新情報はアプリでチェック! 今すぐダウンロードはこちらから"),
    ],
)
def test_a_line_that_no_rule_names_goes(language: str, line: str) -> None:
    title, own = TEXTS[language]
    assert without_boilerplate(title, [*own, line]) == own


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Eels, lampreys and salmon parr"),
        ("en", "The pass was paid for by readers of the county's newsletter, who gave £12,000."),
        ("en", "Moira Tennant, ecologist"),
        ("de", "Aale, Neunaugen und Junglachse"),
        ("ja", "ウナギ、ヤツメウナギ、サケの稚魚"),
        ("ru", "Угри, миноги и молодь лосося"),
        ("en", "Riga · Oslo · Vilnius"),
        ("de", "Gold: Mara Lind · Silber: Eva Smit"),
        ("ja", "京都 | 金沢 | 仙台"),
        ("ru", "Рига · Осло · Вильнюс"),
    ],
)
def test_an_own_line_at_the_end_stays(language: str, line: str) -> None:
    title, own = TEXTS[language]
    assert without_boilerplate(title, [*own, line]) == [*own, line]


PAGES = {
    "en": (
        "Otters return to the Braid",
        [
            "Otters have returned to the River Braid for the first time in sixty years, and wardens say a pair has "
            "dug a holt below the old mill at Tarrow.",
            "The water became clean enough for trout after the dye works closed, and the otters followed the fish, "
            "says the warden Ines Calloway, who filmed two cubs last week.",
        ],
        ["Gemma Thackwell, Countryside editor", "Most read", "Bus strike called off in Brackley"],
    ),
    "de": (
        "Fischotter sind zurück an der Lauter",
        [
            "Zum ersten Mal seit sechzig Jahren leben wieder Fischotter an der Lauter, und ein Paar hat unterhalb der "
            "alten Mühle in Tarrow einen Bau gegraben.",
            "Seit die Färberei geschlossen ist, gibt es in dem sauberen Wasser wieder Forellen, und die Otter folgten "
            "den Fischen, sagt die Rangerin Ines Kallweit.",
        ],
        ["Von Gesa Thalwegen", "Das könnte Sie auch interessieren", "Busstreik in Brackel abgesagt"],
    ),
    "es": (
        "Las nutrias vuelven al río Braña",
        [
            "Las nutrias han vuelto al río Braña por primera vez en sesenta años, y los guardas dicen que una pareja "
            "ha excavado su madriguera bajo el viejo molino de Tarro.",
            "El agua quedó limpia para las truchas cuando cerró la tintorería, y las nutrias siguieron a los peces, "
            "explica la guarda Inés Callobre, que filmó dos crías.",
        ],
        ["Gema Tacuel, redactora de Medio Ambiente", "Lo más leído", "Suspendida la huelga de autobuses de Bracle"],
    ),
}


@pytest.mark.parametrize("language", PAGES)
def test_what_stands_below_paragraphs_needs_to_be_less_certain(language: str) -> None:
    title, own, page = PAGES[language]
    assert without_boilerplate(title, [*own, *page]) == own


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "Version 3.2 of Tidewatch",
            ["New", "Maps: Harwell basin added", "Alarms: Quieter at night", "Fixed", "Charts: No gaps on Sundays"],
        ),
        (
            "新作アイスを食べてみた",
            [
                "駅前の店で「すいかの雫バー」を発見〜!!めっちゃ冷たいwww",
                "コンビニアイス",
                "今日のおやつ",
                "みんなも食べてみて〜",
                "また行く",
            ],
        ),
        (
            "Programm am Samstag",
            [
                "14 Uhr: Kinderzirkus Pompon",
                "15 Uhr: Blaskapelle Rott",
                "17 Uhr: Lesung mit Edda Brink",
                "Markt",
                "Tanz",
            ],
        ),
    ],
)
def test_lists_and_posts_without_paragraphs_stay(title: str, lines: list[str]) -> None:
    assert without_boilerplate(title, lines) == lines


def test_a_short_text_is_left_to_the_rules() -> None:
    lines = ["Young eels can swim past Harrow Weir again.", "Share · Save · Print · Comments (12)"]
    assert without_boilerplate("Eel pass opens", lines) == lines


def test_a_text_never_loses_all_of_its_lines() -> None:
    lines = [f"Share · Save · Print · Comments ({number})" for number in range(12, 20)]
    assert without_boilerplate("", lines) == lines


def test_articles_of_readers_keep_their_lines() -> None:
    """Articles with little but bylines around their text; the classifier was not fitted on half of them."""
    lost = lines = 0
    for article in list(judged_articles())[::3]:
        own = [line for line in article.content.split("\n") if line.strip()]
        lines += len(own)
        lost += len(own) - len(without_boilerplate(article.title, own))
    assert lines > 2000
    assert lost < 0.007 * lines


def test_labelled_articles_lose_more_boilerplate_than_text() -> None:
    lost = {True: 0, False: 0}
    count = {True: 0, False: 0}
    for article in labelled_articles():
        left = set(without_boilerplate(article.title, [line for line, _ in article.lines]))
        for line, boilerplate in article.lines:
            lost[boilerplate] += line not in left
            count[boilerplate] += 1
    assert lost[True] > 0.15 * count[True]
    assert lost[False] < 0.01 * count[False]


def test_a_damaged_file_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / line_classifier.FILE
    damaged.write_bytes(b"PK\x03\x04")
    monkeypatch.setattr("alt_pipelines.data_files.files", lambda package: tmp_path)
    line_classifier.classifier.cache_clear()
    try:
        with pytest.raises(DataFileError, match=line_classifier.FILE):
            line_classifier.classifier()
    finally:
        line_classifier.classifier.cache_clear()


@pytest.mark.parametrize("language", PAGES)
def test_of_a_few_lines_a_certain_one_below_a_paragraph_goes(language: str) -> None:
    title, own, _ = PAGES[language]
    line = {"en": "Follow us on Facebook", "de": "Folgen Sie uns auf Facebook", "es": "Síguenos en Facebook"}[language]
    assert without_boilerplate(title, [own[0], line]) == [own[0]]


@pytest.mark.parametrize(
    "items",
    [
        ["Where to watch otters:", "- Tarrow mill at dusk", "- Brack weir in winter", "- Harwell marsh"],
        ["1. Tarrow mill", "2. Brack weir", "3. Harwell marsh", "4. Lowe bridge"],
        ["10.00 Town hall: Ines Calloway on otters", "13.30 Library: Otter crafts", "19:00 Mill: Quiz | Music"],
        ["Share it, said the otter to the weir,", "follow us, said the mill,"],
    ],
)
def test_a_list_below_the_paragraphs_stays(items: list[str]) -> None:
    title, own, _ = PAGES["en"]
    assert without_boilerplate(title, [*own, *items]) == [*own, *items]


def test_words_that_only_other_lines_of_the_page_have_do_not_hold_a_line() -> None:
    title, own, _ = PAGES["en"]
    page = ["By Gemma Thackwell | Published 4 March, 9:15 am", "Gemma Thackwell on Facebook"]
    assert without_boilerplate(title, [page[0], *own, page[1]]) == own
