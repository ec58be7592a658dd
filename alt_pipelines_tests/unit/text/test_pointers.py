"""Lines that point to other articles, in every language; and sentences that begin like one."""

import unicodedata

import pytest

from alt_pipelines.text.boilerplate.field_labels import is_pointer
from alt_pipelines.text.boilerplate.pointers import points_elsewhere, without_last_pointer
from alt_pipelines_tests.unit.text.bodies import body


@pytest.mark.parametrize(
    "line",
    [
        "Das könnte Sie auch interessieren: Rezept für Apfelkuchen",
        "À lire également : Nos recettes de crêpes",
        "También te puede interesar: Horóscopo de hoy",
        "Saiba mais: Previsão do tempo",
        "Potrebbe interessarti anche: Le ricette di Natale",
        "Lue myös: Sää huomenna",
        "Přečtěte si také: Předpověď počasí",
        "Ez is érdekelheti: Időjárás holnap",
        "Читайте ещё: Прогноз погоды",
        "Прочетете още: Времето утре",
        "Ayrıca okuyun: Hava durumu",
        "Διαβάστε επίσης: Ο καιρός αύριο",
        "اقرأ أيضًا: حالة الطقس غدا",
        "همچنین بخوانید: آب و هوای فردا",
        "קראו גם: תחזית מזג האוויר",
        "इसे भी पढ़ें: कल का मौसम",
        ">> Đọc thêm: Thời tiết ngày mai",
        "อ่านเพิ่มเติม: สภาพอากาศพรุ่งนี้",
        "(Baca juga: Cuaca besok)",
        "Lestu líka: Veðrið á morgun",
        "Loe ka: Homne ilm",
        "Veel samast rubriigist: Homne ilm",
        "Lasi vēl: Laikapstākļi rīt",
        "Taip pat skaitykite: Orai rytoj",
        "Preberite še: Vreme jutri",
        "Pročitajte i ovo: Vrijeme sutra",
        "Vous aimerez peut-être : La météo de demain",
        "Recomendamos também: O tempo amanhã",
        "També et pot interessar: El temps de demà",
        "Inni czytali również: Pogoda na jutro",
        "Что почитать ещё: Погода на завтра",
        "Related stories: Weather tomorrow",
        "Lees verder",
    ],
)
def test_a_line_that_points_to_another_article_is_known_in_every_language(line: str) -> None:
    assert body(f"<p>Ferry fares rise in Ulvik.</p><p>{line}</p>", "Ferry") == "Ferry fares rise in Ulvik."


@pytest.mark.parametrize(
    "line", ["Mira también canta en el coro.", "Read alsop fables", "Zum Thema Torf sprach Ada Holm.", "Polecamy się!"]
)
def test_a_sentence_that_begins_like_such_a_line_is_not_one(line: str) -> None:
    assert not points_elsewhere(line)


@pytest.mark.parametrize(
    "line",
    [
        "Further reading – a column by Ada Holm – ends after thirty years.",
        "Keep reading: that is what the librarian of Ulvik tells every child.",
        "Zum Thema: Torfabbau wollte Holm sich nicht äußern, sie verwies auf den Landrat.",
        "По теме: пароход молчали обе стороны.",
        "بخوانید: معلم به شاگردان گفت.",
        "Mira también - dice ella - por los barcos del puerto",
        "Lesen Sie auch: " + "Die Fähre nach Ulvik fährt im Winter nur noch zweimal am Tag. " * 3,
        "Listen: the harbour is louder than it was. Ada walks on.",
        "Watch: the tide comes in fast here.",
        "More from the harbour master: he will close the bridge.",
    ],
)
def test_a_sentence_after_such_a_label_stays(line: str) -> None:
    assert not is_pointer(line)


@pytest.mark.parametrize(
    "line",
    [
        "Zum Thema: Torfabbau in Ulvik",
        "Further reading: Ferries of the North",
        "По теме: Пароход вернулся",
        "Lee también - El puerto de Ulvik",
        "Listen: Harbour Stories, Part 2",
        "Tags: " + ", ".join(["ferry", "harbour", "winter"] * 9),
    ],
)
def test_such_a_label_with_a_title_is_a_pointer(line: str) -> None:
    assert is_pointer(line)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("The pier is shut, he said. Read also: Fares rise in Ulvik", "The pier is shut, he said."),
        ("El muelle está cerrado. Te puede interesar: La receta del arroz", "El muelle está cerrado."),
        ("O cais fechou. Leia também: Receita de bolo", "O cais fechou."),
        ("Il molo è chiuso. Leggi anche: La ricetta", "Il molo è chiuso."),
        ("The pier is shut. See also: the map shows it.", "The pier is shut. See also: the map shows it."),
        ("He reads also: novels", "He reads also: novels"),
        ("The pier is shut. See also: what the map shows", "The pier is shut. See also: what the map shows"),
        ("El muelle está cerrado. Lea también: así lo dice", "El muelle está cerrado. Lea también: así lo dice"),
    ],
)
def test_a_pointer_after_the_last_sentence_is_cut(line: str, kept: str) -> None:
    assert without_last_pointer(line) == kept


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("See also:", "Harbour Tower in northern Ulvik"),
        ("Read more:", "The town opened a second pier, too, and will open a third"),
        ("Mehr zum Thema:", "Die Fähre fährt im Winter zweimal am Tag"),
        ("Lees ook:", "De pont vaart in de winter twee keer per dag"),
        ("関連記事：", "町長は喜びを語り新しい桟橋を開いた"),
        ("ดูเพิ่มเติม:", "เรือจะออก ในฤดูหนาว วันละสองเที่ยว ทุกวัน จากท่า"),
    ],
)
def test_below_such_a_label_only_links_go(label: str, line: str) -> None:
    tail = "<p>Ada Holm opened the pier in Ulvik.</p>" * 3
    kept = body(f"<p>Ferry fares rise in Ulvik.</p><p>{label}</p><p>{line}</p>{tail}", "Ferry")
    assert unicodedata.normalize("NFKC", line) in kept
    linked = f'<p><a href="/2">{line}</a></p>'
    assert line not in body(f"<p>Ferry fares rise in Ulvik.</p><p>{label}</p>{linked}{tail}", "Ferry")


@pytest.mark.parametrize(
    ("heading", "titles"),
    [
        ("You might also like", ["Five hedges for windy gardens", "Sharpening shears"]),
        ("Das könnte Sie auch interessieren", ["Hecken für windige Gärten", "Scheren schärfen"]),
        ("À lire également", ["Cinq haies contre le vent", "Affûter ses cisailles"]),
    ],
)
def test_titles_without_links_below_a_heading_of_other_articles_go(heading: str, titles: list[str]) -> None:
    items = "".join(f"<li>{title}</li>" for title in titles)
    rest = "The ferry to Ulvik sails at noon, says the harbour master."
    text = f"<p>Ferry fares rise in Ulvik.</p><h3>{heading}</h3><ul>{items}</ul><p>{rest}</p>"
    assert body(text, "Ferry") == f"Ferry fares rise in Ulvik.\n{rest}"


@pytest.mark.parametrize("heading", ["What you also like", "Hedges we like", "Read me also in winter"])
def test_a_list_below_a_heading_of_the_article_stays(heading: str) -> None:
    text = f"<p>Ferry fares rise in Ulvik.</p><h3>{heading}</h3><ul><li>Hornbeam by the lake</li><li>Yew</li></ul>"
    assert body(text, "Ferry").endswith("Hornbeam by the lake\nYew")


def test_what_follows_the_next_heading_stays() -> None:
    text = "<p>Fares rise.</p><h3>Read also</h3><ul><li>Ten hedges</li></ul><h3>Timetable</h3><p>Ulvik to Eidfjord</p>"
    assert body(text, "Ferry").split("\n")[-1] == "Ulvik to Eidfjord"
