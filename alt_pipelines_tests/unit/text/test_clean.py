"""What a feed delivers and what is left of it: markup, entities, encodings, invisible characters, lengths."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alt_pipelines.text.clean import CleanText, Refusal, clean_article, clean_text
from alt_pipelines_tests.support.speed import takes_at_most

FIVE_MILLION = 5_000_000


def body(content: str) -> str:
    cleaned = clean_article("A title", content)
    assert isinstance(cleaned, CleanText)
    return cleaned.text


@pytest.mark.parametrize("element", ["script", "style", "iframe", "object", "embed", "noscript", "svg"])
def test_invisible_elements_are_dropped_with_their_content(element: str) -> None:
    left = body(f"<p>Before</p><{element}>secret words</{element}><p>After</p>")
    assert left == ("Before\nAfter" if element != "embed" else "Before\nsecret words\nAfter")  # embed has no content


def test_code_blocks_are_dropped_in_html_and_in_markdown() -> None:
    assert body("<p>Text</p><pre><code>for (i=0;i<9;i++)</code></pre><p>more</p>") == "Text\nmore"
    assert body("Text\n```python\nimport os\n```\nmore") == "Text\nmore"


def test_an_article_wholly_in_pre_is_kept() -> None:
    assert body("<pre>The whole article</pre>") == "The whole article"


@pytest.mark.parametrize(
    "escaped",
    [
        "Tom &amp; Jerry",
        "Tom &amp;amp; Jerry",
        "Tom &amp;amp;amp; Jerry",
        "&lt;p&gt;Tom &amp;amp; Jerry&lt;/p&gt;",
        "Tom &#38; Jerry",
    ],
)
def test_entities_are_unescaped_however_often_they_were_escaped(escaped: str) -> None:
    assert body(escaped) == "Tom & Jerry"


def test_torn_entities_leave_no_word_behind() -> None:
    assert body("one nbsp; two & nbsp; three &nbsp four") == "one two three four"


def test_double_escaped_scripts_are_dropped_too() -> None:
    assert body("&lt;script&gt;alert(1)&lt;/script&gt;Text") == "Text"


def test_comparisons_are_not_tags() -> None:
    assert body("if 3 < 5 and x > 2 then a < b") == "if 3 < 5 and x > 2 then a < b"


def test_invisible_and_control_characters_are_removed_but_lines_stay() -> None:
    assert body("a\x00b\u200bc\u202ed\ufeffe\x07 f\tg\nnext\ud800 line") == "abcde f g\nnext line"


def test_half_width_kana_and_full_width_letters_are_brought_to_one_form() -> None:
    assert body("ﾊﾝｶｸとＡＢＣ") == "ハンカクとABC"


def test_text_read_in_the_wrong_encoding_is_repaired() -> None:
    garbled = "café, it’s あい".encode().decode("latin-1")
    assert body(garbled) == "café, it’s あい"


def test_bytes_that_no_encoding_explains_survive_as_text() -> None:
    assert "caf" in body(b"caf\xe9 \xff\xfe \x80 text".decode("utf-8", errors="replace"))


def test_lines_wrapped_by_a_mail_program_are_joined_and_paragraphs_are_not() -> None:
    wrapped = "The quick brown fox jumps over the lazy dog and then it\n" * 4 + "rests."
    assert "\n" not in body(wrapped)
    assert body("A first paragraph.\nA second, rather longer paragraph of text.\nThird.").count("\n") == 2


def test_boilerplate_of_a_long_page_is_dropped_and_its_article_is_kept() -> None:
    menu = "".join(f'<li><a href="/{i}">Menu entry {i}</a></li>' for i in range(80))
    story = "".join(
        f"<p>Paragraph {i}, in which the story goes on, and on, with commas and all.</p>" for i in range(40)
    )
    article = f"<article><h1>Story</h1>{story}</article>"
    page = f"<html><body><nav><ul>{menu}</ul></nav>{article}<footer>{menu}</footer></body></html>"
    left = body(page)
    assert "Menu entry" not in left
    assert all(f"Paragraph {i}," in left for i in range(40))


def test_a_long_fragment_without_boilerplate_stays_whole() -> None:
    left = body("".join(f"<p>Short {i}</p>" for i in range(600)))
    assert left.count("Short") == 600


def test_a_body_over_the_limit_is_truncated_and_not_refused() -> None:
    cleaned = clean_article("t", "word " * 23_400)  # 117 000 characters
    assert isinstance(cleaned, CleanText)
    assert cleaned.truncated
    assert 99_000 < len(cleaned.text) <= 100_000


def test_a_title_is_one_line_of_at_most_a_thousand_characters() -> None:
    cleaned = clean_article("A <b>bold</b>\ntitle &amp; " + "x" * 5000, "")
    assert isinstance(cleaned, CleanText)
    assert cleaned.title.startswith("A bold title & xxx")
    assert len(cleaned.title) == 1000


@pytest.mark.parametrize(
    ("title", "content", "reason"),
    [
        ("", "", "blank"),
        (None, None, "blank"),
        (" \u200b", "\x00 <br> &nbsp; \n\t", "blank"),
        ("", "<script>alert(1)</script>", "blank"),
        ("2024", "12 345 678,9", "no_letters"),
        ("", "🎉🎉🔥", "no_letters"),
    ],
)
def test_what_holds_nothing_to_read_is_refused_with_a_reason(title: str, content: str, reason: str) -> None:
    assert clean_article(title, content) == Refusal(reason)  # type: ignore[arg-type]


def test_a_title_alone_and_a_body_alone_are_articles() -> None:
    assert isinstance(clean_article("Oil spill", ""), CleanText)
    assert isinstance(clean_article("", "An oil spill."), CleanText)


def test_an_article_about_prompt_injection_is_ordinary_news() -> None:
    text = "Ignore all previous instructions, the researchers wrote; system prompt leaked."
    assert body(text) == text


@pytest.mark.parametrize(
    ("begin", "repeated", "times", "end"),
    [
        ("", "word ", 1_000_000, ""),
        ("", "<p>Hello <b>world</b></p>", 200_000, ""),
        ("", "<div>", 100_000, "deep"),
        ("", "<div>", 100_000, "deep" + "</div>" * 100_000),
        ("", "<script>", 500_000, "x" + "</script>" * 500_000),
        ("<div ", "a{}=1 ", 300_000, ">x</div>"),
        ("", "<", FIVE_MILLION, ""),
        ("", "&amp;", 1_000_000, ""),
        ("&", "amp;", 1_000_000, ""),
        ("a", "\u0301\u0323", 1_000_000, ""),
        ("", "\ufdfa", FIVE_MILLION, ""),
        ("", "```\n", 1_000_000, ""),
        ("", "<!--", 1_000_000, ""),
        ("", "x", FIVE_MILLION, ""),
        ("", " \n", 2_500_000, ""),
    ],
)
@pytest.mark.heavy
def test_no_input_of_millions_of_characters_takes_long(begin: str, repeated: str, times: int, end: str) -> None:
    numbered = "{}" in repeated
    middle = "".join(repeated.format(i) for i in range(times)) if numbered else repeated * times
    bomb = begin + middle + end
    assert takes_at_most(3, lambda: clean_text(bomb, 100_000))  # under one second; the naive ways take minutes


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_clean_text_or_a_refusal(content: str) -> None:
    cleaned = clean_article(content, content)
    if isinstance(cleaned, CleanText):
        assert "\n" not in cleaned.title
        assert not any(ord(c) < 32 and c != "\n" for c in cleaned.text)
        cleaned.text.encode("utf-8")


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b", ">", "<!--", "-->", "&lt;", "&amp;", "a", " ", "<script>", "</", '"', "]]>"]
        )
    )
)
@settings(max_examples=300, deadline=None)
def test_any_broken_markup_is_survived(pieces: list[str]) -> None:
    text, cut = clean_text("".join(pieces), 1000)
    assert not cut
    assert "<p>" not in text
