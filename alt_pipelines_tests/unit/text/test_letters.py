"""What mails and press releases have around their text; and prose that looks like it."""

import pytest

from alt_pipelines.text.boilerplate.letters import without_armour, without_closings


def test_a_key_and_the_header_of_a_quotation_are_removed_and_the_signed_message_stays() -> None:
    text = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe owl is back.\n"
        "Am 3.2.25 um 09:12 schrieb Marcus Teal\n<m@mail.example>:\n> Is it?\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQIzBAEB+/=\n-----END PGP SIGNATURE-----\n"
    )
    assert " ".join(without_armour(text).split()) == "The owl is back. > Is it?"


@pytest.mark.parametrize(
    "end",
    [
        ["--", "Rosa Timm", "Harbour Board"],
        ["Von meinem iPhone gesendet"],
        ["Envoyé de mon iPad"],
        ["Mit freundlichen Grüßen", "Rosa Timm"],
        ["Saludos cordiales,", "Rosa Timm"],
        ["Pressekontakt:", "Rosa Timm", "+49 30 123456"],
        ["Ufficio stampa", "Rosa Timm"],
        ["Avviso legale: questo messaggio è riservato"],
        ["Forward-Looking Statements", "This release contains statements that involve risks."],
    ],
)
def test_what_a_letter_ends_with_is_removed(end: list[str]) -> None:
    assert [line for line in without_closings("", ["The owl is back on the fence.", *end]) if line] == [
        "The owl is back on the fence."
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["The menu.", "--", "A long last part, in which the cook tells how he came to the island, what he found there "
         "and why he stayed for eleven winters with two goats."],
        ["The strike.", "Press office staff of the ministry went on strike on Monday."],
        ["Two poems.", "Cheers from the harbour", "The boats come in"],
    ],
)  # fmt: skip
def test_other_ends_stay(lines: list[str]) -> None:
    assert without_closings("", lines) == lines


@pytest.mark.parametrize(
    "text",
    [
        "A certificate opens with -----BEGIN CERTIFICATE----- and a dull block.\nBrowsers read it.",
        "Am 9. März 1931 schrieb Ada Holm an ihre Schwester:\nDas Eis trägt.",
        "On 9 March 1931 at 10:40, Ada Holm wrote in the ship's log:\nThe ice holds.",
    ],
)
def test_prose_about_keys_and_quoted_diaries_stays(text: str) -> None:
    assert without_armour(text) == text


def test_of_a_key_without_end_only_its_own_lines_are_removed() -> None:
    key = "-----BEGIN PGP SIGNATURE-----\nVersion: GnuPG v2\n\n" + "iQIzBAEB" * 8 + "\n=Qz9a\n"
    kept = without_armour(f"The owl is back.\n{key}Nobody\nsaw it leave.").split("\n")
    assert [line for line in kept if line] == ["The owl is back.", "Nobody", "saw it leave."]


@pytest.mark.parametrize(
    "line",
    [
        "On Sun, 9 Mar 2025 at 10:40, Ada Holm <ada@mail.example> wrote:",
        "Le dim. 9 mars 2025 à 10:40, Ada Holm <ada@mail.example> a écrit :",
        "Am 09.03.25 um 10:40 schrieb Ada Holm:",
    ],
)
def test_the_header_of_a_quoted_mail_is_removed(line: str) -> None:
    assert without_armour(f"{line}\nThe ice holds.") == "\nThe ice holds."


@pytest.mark.parametrize(
    "lines",
    [
        ["We met at the pier.", "--", "Why sail?", "It is quiet.", "And the storms?"],
        ["First.", "--", "Second", "--", "Third"],
        ["The fair opens.", "Sent from the islands, the wool is grey", "It ends in June"],
        ["Das Archiv wächst.", "Gesendet von der Insel, kamen zwölf Kisten"],
        ["She named the boat.", "Its name?", "Best", "It sails on Monday."],
        ["Three cafés.", "Best", "Harbour Inn", "Worst", "Gull Bar"],
        ["Law.", "Disclaimer: a word that a judge defined in 1990 now costs a baker his shop, lawyers said."],
        ["A disclaimer is no shield.", "Disclaimer: this article is no advice, many blogs say."],
        ["Tax.", "Legal notice: the city's paper loses it", "Ada", "Ida", "Ole", "Una"],
        ["CW: the channel that showed the regatta closes"],
        ["TW/h: how to read a meter"],
        ["Embargoed for 30 years by its neighbours, Ulvik wove sails."],
        ["Sperrfrist: Was das Wort seit 1950 bedeutet"],
        ["Порт закрыт.", "Пресс-служба: суда ушли, экипажи в гостинице"],
        ["The ministry moved.", "Press office", "It now has two floors", "and a view of the harbour"],
        ["Firms hedge.", "Note on forward-looking statements", "The court threw out a suit by anglers of Ulvik."],
    ],
)
def test_a_line_of_the_article_that_looks_like_the_end_of_a_letter_stays(lines: list[str]) -> None:
    assert without_closings("", lines) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my Samsung Galaxy S21",
        "Get Outlook for Android",
        "Gesendet mit Proton Mail",
        "iPhoneから送信",
        "iPhone'umdan gönderildi",
        "Disclaimer: This article is no advice.",
        "Embargoed until 9 March 2026, 10:40 GMT",
        "Sperrfrist: Montag, 9. März 2026, 10 Uhr",
        "CW: blood",
        "Trigger warning: violence and death",
        "Press office: Ada Holm, +47 56 52 00 00",
    ],
)
def test_one_line_around_an_article_is_removed(line: str) -> None:
    assert without_closings("", ["The owl is back on the fence.", line]) == ["The owl is back on the fence.", ""]
