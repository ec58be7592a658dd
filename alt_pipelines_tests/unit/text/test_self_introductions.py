"""Introductions of the author below an article, and people who introduce themselves in one."""

import pytest

from alt_pipelines.text.boilerplate.self_introductions import without_self_introductions

ONE = "The harbour ferry runs again from Monday, after six weeks of repairs in the dock."
TWO = "Two new ramps were built over the winter, and the fare stays at four crowns until May."


@pytest.mark.parametrize(
    "line",
    [
        "Hello, I'm Ada Holm and I write about boats from a shed in Ulvik.",
        "Hallo, ich bin Wiebke Harksen und das hier ist mein Hafentagebuch.",
        "Bonjour, je suis Aliénor et je raconte les ports de ma région.",
        "¡Hola! Soy Remedios y navego desde niña.",
        "Ciao, sono Ottavia Gherardi e questo è il mio diario di bordo.",
        "Hei, olen Hilkka Rantasuo, ja tämä on satamablogini.",
        "Cześć, jestem Bogumiła i piszę o portach.",
        "The author of this post is Ada Holm, our man in the harbour.",
        "Autorką tekstu jest Bogumiła Wiśniecka, nasza specjalistka od promów.",
        "Autorem článku je Radovan Holub z naší redakce.",
        "Автор статьи — Фёкла Птицына",
        "Die Autorin des Beitrags ist Wiebke Harksen aus unserem Team in Wismar.",
        "Cet article a été rédigé par Aliénor Castagné, de notre équipe.",
        "Sobre la autora: Remedios Altuna navega y cuenta historias del mar.",
        "O autorze: Zdzisław Mrozek pływa od trzydziestu lat.",
        "この記事を書いた人:港の近くに住む元船員。",
    ],
)
def test_an_introduction_of_the_author_goes(line: str) -> None:
    assert without_self_introductions("", [ONE, TWO, line]) == [ONE, TWO, ""]


@pytest.mark.parametrize(
    "line",
    [
        "“Hi, I'm Ada,” says the child at the wheel.",
        "Hi, I'm tired of the fog, says the pilot.",
        "Soy de Ulvik y no me voy, dice el capitán.",
        "The author of this law is unknown.",
        "About the author nothing is known.",
        "Sono Ottavia e Marco a guidare la protesta.",
        "Jestem Bogumiła, mówi kapitanka i salutuje.",
    ],
)
def test_a_sentence_like_it_stays(line: str) -> None:
    assert without_self_introductions("", [ONE, TWO, line]) == [ONE, TWO, line]


def test_whom_the_article_is_about_stays() -> None:
    line = "About the author: Ada Holm was born on the ferry."
    assert without_self_introductions("Ada Holm's new novel", [ONE, TWO, line])[-1] == line
    assert without_self_introductions("", [ONE, f"{TWO} Holm wrote of it.", line])[-1] == line


def test_an_introduction_above_the_text_stays() -> None:
    line = "Hello, I'm Ada Holm and this is how I sailed to Ulvik."
    assert without_self_introductions("", [line, ONE, TWO])[0] == line
