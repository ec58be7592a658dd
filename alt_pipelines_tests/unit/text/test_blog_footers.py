"""What a blog writes below a post goes in every language; times, programmes and quoted comments stay."""

import pytest

from alt_pipelines.text.boilerplate.blog_footers import without_blog_footers
from alt_pipelines_tests.unit.text.bodies import MORE, TEXT, body

FOOTERS = [
    "Posted by Ada Roe at 7:14 AM | Labels: notes | No comments:",
    "Diposting oleh Sari Kencana di 08.21 | Label: resep | Tidak ada komentar:",
    "Diposting oleh Sari Kencana di 08.21 | Label: resep | 3 komentar:",
    "Publicado por Lola Prats en 9:05 | Etiquetas: huerto, tomates | No hay comentarios:",
    "Postado por Rui às 22:10 | Marcadores: viagem | Nenhum comentário:",
    "Publié par Lise à 18:42 | Libellés : jardin | Aucun commentaire:",
    "Eingestellt von Uwe um 11:30 | Labels: Garten | Keine Kommentare:",
    "Pubblicato da Nino alle 16:05 | Etichette: orto | Nessun commento:",
    "Gönderen Ece zaman: 14:22 | Etiketler: bahçe | Hiç yorum yok:",
    "Đăng bởi Lan lúc 20:15 | Nhãn: vườn | Không có nhận xét nào:",
    "Geplaatst door Jan op 10:12 | Labels: tuin | Geen opmerkingen:",
    "Автор: Оля на 12:40 | Ярлыки: сад | Комментариев нет:",
    "Eingestellt von Uwe um 11:30 Keine Kommentare:",
    "Diposting oleh Sari Kencana di 08.21 Tidak ada komentar:",
    "投稿者 ada 時刻: 7:14 0 件のコメント:",
    "Keine Kommentare:",
    "Aucun commentaire:",
    "Nenhum comentário:",
    "Brak komentarzy:",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_goes(footer: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE}</p><p>{footer}</p>") == f"{TEXT}\n{MORE}"


def test_a_footer_of_several_lines_goes() -> None:
    lines = "Eingestellt von Uwe um 11:30<br>Labels: Garten, Kompost<br>Keine Kommentare:"
    assert body(f"<p>{TEXT}</p><p>{MORE}</p><p>{lines}</p>") == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "Konzert um 20.00 | Eintritt: 12 Euro",
        "Finale ab 20:45 | Arena: Lindhalle | Live: Kanal Eins",
        "The mayor had no comment: the file is closed",
        "Statsministerens kommentar:",
        "Sin comentarios: la ministra no respondió",
        "Die Stadt sammelte um 11:30 schon 400 Kommentare zum Plan",
        "No comments, no answers: the hearing ended at 7:14",
        "5 key comments:",
        "3 frühe Kommentare:",
        "Kein Kommentar:",
        "Sin comentario:",
        "Meeting starts 10:30 | Topic: parking | 5 comments",
        "Sitzung um 18:30 | Thema: Parken | 5 Kommentare",
    ],
)
def test_another_line_stays(line: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE}</p><p>{line}</p>") == f"{TEXT}\n{MORE}\n{line}"


@pytest.mark.parametrize(
    ("line", "counter"),
    [
        ("The mayor spoke to residents in the town hall from 10:30", "3 comments:"),
        ("Die Bürgermeisterin sprach im Rathaus ab 10:30", "3 Kommentare:"),
        ("La alcaldesa habló con los vecinos a las 10:30", "3 comentarios:"),
    ],
)
def test_a_sentence_with_a_time_above_a_counter_stays(line: str, counter: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE}</p><p>{line}</p><p>{counter}</p>").startswith(f"{TEXT}\n{MORE}\n{line}")


@pytest.mark.parametrize("heading", ["3 comments:", "Keine Kommentare:", "Aucun commentaire:"])
def test_a_heading_with_a_text_below_stays(heading: str) -> None:
    below = [f"{TEXT} {number}" for number in ("One", "Two", "Three", "Four", "Five", "Six", "Seven")]
    assert without_blog_footers([TEXT, heading, *below]) == [TEXT, heading, *below]


@pytest.mark.parametrize("line", ["No comment:", "Kein Kommentar:", "Sin comentarios:"])
def test_a_refusal_stays(line: str) -> None:
    assert without_blog_footers([TEXT, MORE, line, MORE]) == [TEXT, MORE, line, MORE]
