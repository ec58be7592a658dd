"""Digests, statistics and addresses are no text; numbers with units, products and labels in prose are."""

import pytest

from alt_pipelines.text.notation import without_notation


@pytest.mark.parametrize(
    "notation",
    [
        "9f86d081884c",
        "3f2a9c1",
        "44d88612fea8a8f36de82e1278abb02f",
        "D41D8CD98F00B204E9800998ECF8427E",
        "acast.com/privacy",
        "pic.twitter.com/aB3xQ",
    ],
)
def test_digests_and_addresses_with_a_path_are_removed(notation: str) -> None:
    assert without_notation(f"See {notation} for more") == "See  ;  for more"


@pytest.mark.parametrize(
    "text",
    [
        "The 20000000b run of the facade was defaced in 1999.",
        "The decade 2020 and the A320neo, 737-800 and 1080p.",
        "Node.js/Express and TCP/IP run at 2.5 km/h.",
        "HR 12 and the OR gate: the US 4.2 line and SD 1.5.",
        "A 95% confidence interval is often misread, says CI.",
    ],
)
def test_words_numbers_and_products_stay(text: str) -> None:
    assert without_notation(text) == text


@pytest.mark.parametrize(
    "statistics",
    [
        "HR 0.62; 95% CI 0.44-0.88; p<0.01",
        "OR 0.81; 95% CI, 0.70 to 0.93; P = .004",
        "RR 0,42; IC 95 % 0,31-0,57; p < 0,001",
        "HR: 1.2; 95 %-KI: 1,1-1,4; n = 412",
    ],
)
def test_the_statistics_of_an_abstract_are_removed(statistics: str) -> None:
    assert not any(map(str.isalpha, without_notation(f"({statistics})")))


def test_a_label_without_a_number_stays_in_an_abstract() -> None:
    assert "CI users heard" in without_notation("CI users heard more (p < 0.01) than others.")


@pytest.mark.parametrize(
    "path",
    [
        "/srv/mail/box.conf",
        "/srv/mail/*.conf",
        "~/.config/mailbox",
        "./configure.sh",
        "C:\\Users\\lena\\Mail Box\\settings.ini",
        "%APPDATA%\\Mailbox",
        "lib/parser/lexer.rs",
        "*.yaml",
        "/dev/null",
        "$HOME/.ssh/config",
    ],
)
@pytest.mark.parametrize(
    "sentence", ["The settings moved to {} in May.", "Die Datei {} fehlt.", "設定は {} にあります。", "Файл {} удалён."]
)
def test_paths_and_globs_are_removed_from_every_language(path: str, sentence: str) -> None:
    assert without_notation(sentence.format(path)) == sentence.format(" ; ")


@pytest.mark.parametrize(
    "text",
    [
        "Bündnis 90/Die Grünen und CDU/CSU stimmen ab, und/oder auch nicht.",
        "AC/DC, 24/7 and 3/4 cups, main.py and package.json.",
        "Madrid, 3 may /EFE/.- El alcalde habla.",
        "文/写真 山田、東京/大阪。",
        "The phonemes /s/ and /z/ differ; he/she may.",
        "The phone runs /e/OS without a store.",
    ],
)
def test_slashes_between_words_stay(text: str) -> None:
    assert without_notation(text) == text
