"""Notes that differ in a word, lines with a label, and credits within a sentence: none of them tells a story."""

import pytest

from alt_pipelines.recap.corpus.affixes import cut_affixes
from alt_pipelines.recap.corpus.boilerplate import find_boilerplate

TEXTS = [
    "The harbour bridge of Karsk reopened on Monday after two years.",
    "A bear emptied a bakery in Valdasso during the night.",
    "Nurses of the Ostin hospital are on strike for higher wages.",
    "Divers raised an anchor of the frigate Lodbrog near Skerry.",
]
AFTER = {
    "en": "This text was amended on Friday because it gave a wrong {} for the company.",
    "de": "In einer früheren Fassung dieses Textes stand ein falscher {} der Firma.",
    "fr": "Une première version de ce texte donnait un mauvais {} de la société.",
    "es": "Una versión anterior de este texto daba un {} equivocado de la empresa.",
    "ru": "В прежней редакции этого текста был неверно указан {} компании.",
    "ja": "当初の記事では会社の{}に誤りがありましたので訂正しました。",
    "ko": "이전 기사에서 회사의 {} 표기가 잘못되어 바로잡았습니다.",
    "th": "บทความฉบับก่อนหน้านี้ระบุ{}ของบริษัทผิดพลาดจึงขอแก้ไข",
    "ar": "ورد في نسخة سابقة من هذا النص {} خاطئ لهذه الشركة.",
    "label": "See more: {}",
    "label-ja": "関連記事：{}",
    "label-fr": "À voir aussi : {}",
}
FILLERS = {
    "ja": ("所在地", "社長名", "設立年", "売上高"),
    "ko": ("주소", "이름", "연도", "매출"),
    "th": ("ที่อยู่", "ชื่อ", "ปี", "รายได้"),
    "label": ("Ten gardens to visit", "Why ferries are late", "The best soups", "How owls hunt"),
    "label-ja": ("庭の手入れ", "船が遅れる理由", "スープ十選", "夜の鳥"),
    "label-fr": ("Dix jardins", "Les bacs en retard", "Nos soupes", "La chasse des hiboux"),
}
BEFORE = ["From our reporter {}, Harbour Gazette", "Von {}, Redaktion Hafenblatt", "Text and pictures by {}, freelance"]
NAMES = ("Ann Lee", "Bo Ek", "Cai Fu", "Dag Ox")


def notes(kind: str) -> list[str]:
    return [AFTER[kind].format(word) for word in FILLERS.get(kind, ("address", "date", "owner", "Street"))]


@pytest.mark.parametrize("kind", AFTER)
def test_a_note_after_the_text_that_differs_in_a_word_is_boilerplate(kind: str) -> None:
    own = notes(kind)
    assert find_boilerplate([[text, note] for text, note in zip(TEXTS, own, strict=True)]) == set(own)


@pytest.mark.parametrize("form", BEFORE)
def test_a_byline_before_the_text_that_differs_in_a_name_is_boilerplate(form: str) -> None:
    own = [form.format(name) for name in NAMES]
    assert find_boilerplate([[line, text] for line, text in zip(own, TEXTS, strict=True)]) == set(own)


@pytest.mark.parametrize(
    "lines",
    [
        [f"The mayor said: “{said}”" for said in ("It is safe.", "We saw it twice.", "Wages rise.", "It stays here.")],
        ["Mayor: It is safe.", "Mayor: We saw it twice.", "Mayor: Wages rise.", "Mayor: It stays here."],
        ["Die Sprecherin sagte: kein Wort", "Die Sprecherin sagte: bald mehr", "Die Sprecherin sagte: nichts Neues"],
        ["Мэр: «Мост открыт»", "Мэр: «Медведь ушёл»", "Мэр: «Зарплаты вырастут»"],
        ["市長：「橋は安全だ」", "市長：「熊は去った」", "市長：「賃金は上がる」"],
        [f"A spokeswoman said: “{said}”" for said in ("We are sorry.", "It ran off.", "We go on.", "It is safe.")],
        [f"“{said}” said the spokeswoman." for said in ("We are sorry,", "It ran off,", "We go on,", "It is safe,")],
        [
            "Ostin: The new museum on the harbour quay opens its doors",
            "Ostin: Five people get stuck in a lift for hours",
            "Ostin: Half of the trees in the park are to be cut",
        ],
        [
            f"{place}: The council will vote on the plan on Thursday."
            for place in ("Ostin", "Karsk", "Velmar", "Skerry")
        ],
    ],
)
def test_what_a_speaker_or_place_with_a_colon_says_is_text(lines: list[str]) -> None:
    assert not find_boilerplate([[text, line] for text, line in zip(TEXTS, lines, strict=False)])


@pytest.mark.parametrize("texts", [TEXTS[:3], [""] * 3, ["Velmar: Ferry sinks", "Velmar: Mayor quits", "Velmar: Snow"]])
def test_headlines_with_a_country_are_text(texts: list[str]) -> None:
    heads = ["Ostin: Bridge reopens", "Ostin: Bear in bakery", "Ostin: Nurses strike"]
    articles = [[part for part in (head, text) if part] for head, text in zip(heads, texts, strict=True)]
    assert not find_boilerplate(articles)


def test_sentences_of_one_form_that_open_articles_are_their_text() -> None:
    places = ("Karsk", "Ostin", "Velmar", "Skerry")
    leads = [f"An earthquake of magnitude 5 shook the region of {place} early on Sunday." for place in places]
    assert not find_boilerplate([[lead, text] for lead, text in zip(leads, TEXTS, strict=True)])


def test_sentences_of_one_form_within_articles_are_their_text() -> None:
    said = [f"The mayor told reporters that the {word} would be paid by the city." for word in NAMES]
    ends = ["Work starts in May.", "It was seen again.", "Talks go on.", "A museum wants it."]
    assert not find_boilerplate([[a, b, c] for a, b, c in zip(TEXTS, said, ends, strict=True)])


def test_bulletins_of_one_template_keep_all_their_sentences() -> None:
    bulletins = [
        [
            f"The shares of {name} closed {n} percent higher on the Ostin exchange.",
            f"The turnover of {name} was {n} million crowns on the day.",
        ]
        for n, name in enumerate(("Alder", "Birch", "Cedar", "Dogwood"), 2)
    ]
    assert not find_boilerplate(bulletins)


def test_the_last_sentences_of_one_story_are_not_boilerplate() -> None:
    versions = [
        f"The dam above Orlino broke at dawn, {who} said.\nThe dam of Orlino had been inspected by {who} in the spring."
        for who in ("the mayor", "a farmer", "the operator")
    ]
    assert not find_boilerplate([version.split("\n") for version in versions])


@pytest.mark.parametrize(
    "form",
    [
        "{} © Harbour Press",
        "{} | Harbour Press",
        "{} (Harbour Press)",
        "{} – Harbour Press / Archive",
        "{} · Foto: Harbour Press",
        "(Harbour Press) {}",
        "(Harbour Press) - {}",
        "【Harbour Press】{}",
        "OSTIN (Harbour Press) — {}",
    ],
)
def test_what_other_stories_write_around_a_sentence_is_cut(form: str) -> None:
    captions = ["Sandbags on the quay", "The empty bakery", "Nurses with drums", "The anchor on deck"]
    articles = [[form.format(caption), text] for caption, text in zip(captions, TEXTS, strict=True)]
    assert cut_affixes(articles) == [[caption, text] for caption, text in zip(captions, TEXTS, strict=True)]


def test_what_the_articles_of_one_story_write_is_not_cut() -> None:
    articles = [
        ["Rescue in Orlino (second dam)", "The dam of Orlino broke at dawn."],
        ["Flood in Orlino (second dam)", "The broken dam of Orlino was old."],
        ["Fear in Orlino (second dam)", "Below the broken dam of Orlino, people fled."],
    ]
    assert cut_affixes(articles) == articles


def test_the_end_of_a_sentence_is_not_cut_from_it() -> None:
    articles = [[f"{text[:-1]}, says the World Trade Board (WTB)."] for text in TEXTS]
    assert cut_affixes(articles) == articles
