"""Text from outside in the tables of Dagster's UI."""

import pytest

from alt_pipelines.observability.tables import cell, reasons_table


@pytest.mark.parametrize(
    "headline",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![beacon](https://tracker.example/p.png)",
        "[click](javascript:alert(1))",
        "`code` and ```fence```",
        "one | two | three",
        "line\nbreak\r\nand | tab\t",
        "\x00nul and \ud800 half an emoji",
        "<" * 100_000,
    ],
)
def test_a_headline_carries_no_markup(headline: str) -> None:
    shown = cell(headline)
    assert not set("<>|`\n\r\t\x00\\") & set(shown)
    assert "](" not in shown
    assert len(shown) <= 3000
    shown.encode()


def test_an_ordinary_headline_reads_as_it_is() -> None:
    for headline in ("AT&T cuts R&D budget by 8 %", "「灯台の声」が公開", "C# and C++: what's new?", "3*4 = 12_000"):
        assert cell(headline) == headline


def test_a_reason_from_outside_adds_no_column() -> None:
    assert reasons_table({"a | b <i>": 3}).splitlines()[-1].count("|") == 3
