"""An element, comment or declaration that never ends removes nothing after it; a closed script or frame still goes."""

from html import escape

import pytest

from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines.text.markup import DEEPEST, MOST, text_of
from alt_pipelines.text.stopwords import word_set

FERRY = [
    "The ferry to Skerry Island was cancelled on Monday after a storm damaged the pier.",
    "Officials in Port Haven said repairs would take three weeks and cost two million euros.",
    "Residents asked the council for a temporary landing at Grey Bay instead.",
]
MINISTERS = [
    f"Minister number {i} of the northern region said that the bridge of Port Haven would be closed for repairs."
    for i in range(45)
]  # as long as a page
ELEMENTS = sorted(
    word_set(
        """
    a abbr address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas caption
    center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption
    figure font footer form frame frameset h1 h2 head header hgroup hr html i iframe img input ins kbd label legend li
    link listing main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option
    output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small
    source span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr tt u ul
    var video wbr xmp dialog-box
        """
    )
)
PIECES = [
    *(f"<{name}>" for name in ELEMENTS),
    *(f"<{name} class='x'>" for name in ELEMENTS),
    *(f"<{name} src='x' />" for name in ELEMENTS),
    *("<!--", "<!-- ->", "<!--[if IE]>", "<!-- x --", "<![CDATA[", "<!DOCTYPE x [", "<?xml", "<?php", "<?", "<!"),
    *("</3", "<script", "<ruby><rt>", "<ruby>x<rp>", "<figure><figcaption>", "<select><option>", "<svg><path>"),
    *("<table><tr><td>", "<noscript><img src=x>", "<a href='x", "<b holds. We said so"),
]
REAL = "<script>var a = 1;</script><style>p{}</style><!-- ad --><iframe src='x'>frame</iframe>"


def forms(piece: str, sentences: list[str]) -> dict[str, str]:
    """Return articles with a piece of markup within or between their sentences, by what kind of text they are."""
    first, second, *rest = sentences
    lines = "</p>\n<p>".join(rest)
    paragraphs = f"<p>{second}</p><p>{'</p><p>'.join(rest)}</p>"
    return {
        "its own line": "\n".join([first, piece, second, *rest]),
        "a word of plain text": f"{first} Then {piece} was typed. {' '.join([second, *rest])}",
        "the first word": f"{piece} {' '.join(sentences)}",
        "between paragraphs": f"<p>{first}</p>{piece}{paragraphs}",
        "in a paragraph": f"<p>{first} {piece} {second}</p><p>{'</p><p>'.join(rest)}</p>",
        "in a paragraph of lines": f"<p>{first} {piece}\n{second}</p>\n<p>{lines}</p>",
        "in open paragraphs": f"<p>{first} {piece} {second}<p>{'<p>'.join(rest)}",
        "before a real one": f"<p>{first} Use {piece} here.</p><p>{second}</p>{REAL}<p>{'</p><p>'.join(rest)}</p>",
    }


def body(content: str) -> str:
    cleaned = clean_article("A title", content)
    assert isinstance(cleaned, CleanText)
    return cleaned.text


def lost(content: str, sentences: list[str]) -> list[str]:
    left = " ".join(body(content).split())
    return [sentence for sentence in sentences if sentence not in left]


@pytest.mark.parametrize("piece", PIECES)
def test_what_never_ends_loses_no_sentence(piece: str) -> None:
    faults = {}
    for form, content in forms(piece, FERRY).items():
        faults[form] = lost(content, FERRY)
        faults[form, "escaped"] = lost(escape(content), FERRY)
        faults[form, "escaped within"] = lost(content.replace(piece, escape(piece), 1), FERRY)
    assert not {form: sentences for form, sentences in faults.items() if sentences}


@pytest.mark.parametrize("piece", [f"<{name}>" for name in ELEMENTS] + ["<!--", "<?xml", "<!DOCTYPE x ["])
def test_what_never_ends_loses_no_sentence_of_a_long_article(piece: str) -> None:
    faults = {form: lost(content, MINISTERS) for form, content in forms(piece, MINISTERS).items()}
    assert not {form: sentences for form, sentences in faults.items() if sentences}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (
            "Vue renders <template> blocks once. Evan You said so.",
            "Vue renders template blocks once. Evan You said so.",
        ),
        ("<dialog> is supported now. Testers cheered.", "dialog is supported now. Testers cheered."),
        ("<p>Use <select>, they said.</p><p>Testers agreed.</p>", "Use select, they said.\nTesters agreed."),
        ("新しい<dialog>要素が使える。", "新しい dialog 要素が使える。"),
        ("<p>(<dialog>) or “<dialog>”.</p>", "(dialog) or “dialog”."),
        ("<p><a href='x'>Arc</a>&lt;T&gt; shares.</p>", "Arc T shares."),
        ("Then <!-- was typed. Nobody saw it.", "Then was typed. Nobody saw it."),
        ("Write <?xml at the start. That is all.", "Write xml at the start. That is all."),
        ("Write <!DOCTYPE html [ at the start.", "Write DOCTYPE html [ at the start."),
        ("<p>I </3 you. Nobody else > does.</p>", "I </3 you. Nobody else > does."),
        ("<b>So</b> x <y holds. We said so. Then z> w.", "So x <y holds. We said so. Then z> w."),
        ("<p>They call <code>run the text.</p>", "They call run the text."),
        ("<p>One.</p><pre>Two.", "One.\nTwo."),  # where no word is missing, the name of an element is none
        ("<p>One.</p><noscript><p>Two.</p>", "One.\nTwo."),
    ],
)
def test_an_element_that_never_ends_is_a_word_of_its_sentence(text: str, cleaned: str) -> None:
    assert body(text) == cleaned


@pytest.mark.parametrize(
    "real",
    [
        "<script>secret words</script>",
        '<script type=\'application/ld+json\'>{"text": "secret words of a story that has many words in it"}</script>',
        "<script>document.write('<script>secret words</' + 'script>')</script>",
        "<script data-x='<p>'>secret()</script>",
        "<SCRIPT\n>secret()</SCRIPT >",
        "<script>if (a < b) { secret() } <!-- secret --></script>",
        "<style media='print'>.secret { color: red }</style>",
        "<!-- secret words -->",
        "<!-- secret <!-- words -->",
        "<!-- secret --!>",
        "<!--[if IE]><p>secret words</p><![endif]-->",
        "<!-- <script>secret()</script> -->",
        "<iframe src='x'>secret words of a browser without frames.</iframe>",
        "<noscript><p>Please enable the secret words. They are needed here.</p></noscript>",
        "<noscript><iframe src='x'></noscript>",
        "<object data='x'><p>secret words</p></object>",
        "<button class='x'>secret words</button>",
        "<select><option>secret</option><option>words</select>",
        "<template><p>secret words</p></template>",
        "<dialog open><p>secret words</p></dialog>",
        "<textarea>secret words</textarea>",
        "<svg><title>secret</title><text>words</text></svg>",
        "<math><mi>secret</mi></math>",
        "<ruby>A<rp>(</rp><rt>secret<rp>)</rp></ruby>",
        "<ruby>A<rt>secret</ruby>",
        "<datalist><option>secret</option></datalist>",
        "<pre>secret = words()</pre>",
        "<?xml version='1.0' encoding='secret'?>",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'secret'>",
    ],
)
@pytest.mark.parametrize("place", ["<p>{}</p>{}<p>{}</p>", "<div><p>{}</p><div>{}</div></div><p>{}</p>"])
def test_what_is_closed_goes_with_its_contents(real: str, place: str) -> None:
    for content in (place.format(FERRY[0], real, FERRY[1]), escape(place.format(FERRY[0], real, FERRY[1]))):
        assert lost(content, FERRY[:2]) == []
        assert "secret" not in body(content)


def test_a_script_that_its_sentence_names_is_not_a_script() -> None:
    sentence = "It came in 1995 and many pages still have it."
    named = f"<p>The <script> tag is old. {sentence}</p><p>It ends with </script> now.</p>"
    assert sentence in body(named)
    assert sentence in body(escape(named))


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<script>", "</script>"),
        ("<style>", "</style>"),
        ("<!--", "-->"),
        ("<dialog>", "</dialog>"),
        ("<pre>", "</pre>"),
    ],
)
def test_what_two_paragraphs_name_removes_nothing_between_them(begin: str, end: str) -> None:
    sentence = "It sets a[0] = 1; in old pages, and nobody minds."
    named = f"<p>Write {begin} at the start.</p><p>{sentence}</p><p>Then write {end} at the end.</p>"
    assert sentence in body(named)
    assert sentence in body(escape(named))


def test_an_arrow_that_ends_no_comment_stays() -> None:
    assert body("<p>Press A --> B.</p>") == "Press A --> B."


def test_code_that_a_script_without_an_end_leaves_at_the_end_goes() -> None:
    assert body("<p>One.</p><script>window.data = {a: 1}; run(data); b = [a, c];") == "One."


def test_an_empty_element_in_the_notation_of_xml_ends_at_once() -> None:
    assert body("<p>One.</p><script src='x.js' /><p>Two.</p><iframe src='x' /><p>Three.</p>") == "One.\nTwo.\nThree."


def test_a_comment_that_shows_its_contents_to_other_browsers_hides_nothing() -> None:
    shown = "<p>One.</p><!--[if !IE]><!--><p>Two.</p><!--<![endif]--><p>Three.</p>"
    assert body(shown) == body(escape(shown)) == "One.\nTwo.\nThree."


def test_an_element_that_ends_beyond_the_limits_of_depth_and_number_loses_no_sentence() -> None:
    deep = "<p>" * (DEEPEST - 1) + "One.<button>no<p>no</button>"
    assert text_of(deep + "<p>Two.").split("\n")[-1] == "Two."
    many = "<p>One.</p><button>" + "<br>" * MOST + "</button><p>Two.</p>"
    assert text_of(many).split("\n")[-1] == "Two."


def test_a_page_without_the_end_of_its_main_element_keeps_its_article_and_what_reads_like_text_before_it() -> None:
    menu = "".join(f'<li><a href="/{i}">Menu entry {i}</a></li>' for i in range(80))
    story = "".join(f"<h2>Part {i}</h2><p>{sentence}</p>" for i, sentence in enumerate(MINISTERS))
    page = f"<html><body><nav>{menu}</nav><p>{FERRY[0]} {FERRY[1]}</p><main><h1>Story</h1>{story}"
    left = body(page)
    assert lost(page, [*FERRY[:2], *MINISTERS]) == []
    assert "Story" in left
    assert "Menu entry" not in left


def test_a_long_text_that_names_elements_of_pages_is_not_a_page() -> None:
    text = "\n".join(f"Line {i}: the <nav> element comes before <main>." for i in range(100))
    assert body(text).count("\n") == 99
