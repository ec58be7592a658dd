"""Hostile strings that could make text steps slow, and measurements that detect it.

`SHAPES` holds strings that cannot be derived from a pattern (`support.patterns` does that): nested and unclosed markup,
runs of combining marks, entities, surrogates, endless words.

Growth is measured in CPU time of the calling thread, so the load of the machine has little effect. Ten times the input
may take at most fifteen times as long; times below a floor count as the floor. A step that does not end is stopped.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alt_pipelines_tests.support.speed import cpu_seconds, slowness, takes_at_most

SHORT, LONG = 1_000, 10_000
GROWTH = 15.0
QUICK = 0.2  # seconds for LONG characters: below it, growth up to there proves little
FLOOR = 0.03  # seconds for LONG characters: below it, ratios are meaningless
PER_MEGABYTE = 3.0  # CPU seconds on the reference machine
ENDLESS = 60  # CPU seconds after which a step is stopped

SHAPES: dict[str, Callable[[int], str]] = {
    "a tag that does not end": lambda n: "Rotterdam port <a x" + " " * n,
    "a tag full of quotes": lambda n: "port <a x" + " '\"" * (n // 3),
    "unclosed article divs": lambda n: "<div class=article>" * (n // 19) + "The port reopened.",
    "unclosed article divs in a page": lambda n: (
        "<html><body>" + "<div class=article>" * (n // 19) + "<p>The port, which closed in May, reopened.</p>" * 90
    ),
    "unclosed article divs with sentences": lambda n: (
        "<html><body>" + "<div class=article><p>The port, closed in May, has been reopened now.</p>" * (n // 70)
    ),
    "unclosed article divs around sentences": lambda n: (
        "<html><body>"
        + "<div class=article>" * min(240, n // 80)
        + "<p>The port, which closed in May, has reopened.</p>" * (n // 80)
    ),
    "nested article divs": lambda n: "<div class=article>" * (n // 25) + "port" + "</div>" * (n // 25),
    "divs with a word between": lambda n: "<html><body>" + "<div>port, reopened " * (n // 20),
    "unclosed spans": lambda n: "<span>a" * (n // 7),
    "unclosed links": lambda n: '<a href="x">port ' * (n // 17),
    "unclosed bold and italics": lambda n: "<b><i>port" * (n // 10),
    "unclosed paragraphs in lists": lambda n: "<ul><li><p>port" * (n // 15),
    "paragraphs around forms": lambda n: "<p><form a=1>" * (n // 17) + "</p>" * (n // 17),
    "paragraphs around asides with words": lambda n: "<p><aside>w " * (n // 16) + "</p>" * (n // 16),
    "tables in tables": lambda n: "<table><tr><td>" * (n // 15),
    "forms and nobr": lambda n: "<nobr><form><b>" * (n // 15),
    "selects and options": lambda n: "<select><option>" * (n // 16),
    "svg and math": lambda n: "<svg><math><mi>" * (n // 15),
    "line breaks": lambda n: "port<br>" * (n // 8),
    "attributes": lambda n: "<div " + "a=1 " * (n // 4) + ">x</div>",
    "classes": lambda n: "<div class='" + "port " * (n // 5) + "'>x</div>",
    "ids": lambda n: "<i id=" * (n // 6),
    "comments": lambda n: "<!--" * (n // 4),
    "comments closed": lambda n: "<!---->" * (n // 7),
    "processing instructions": lambda n: "<?xml " * (n // 6),
    "CDATA": lambda n: "<![CDATA[" * (n // 9),
    "scripts": lambda n: "<script>" * (n // 8),
    "style and script": lambda n: "<style></script>" * (n // 16),
    "data addresses": lambda n: "data:image/png;" * (n // 15),
    "data address of a megabyte": lambda n: "data:image/png;base64," + "A" * n,
    "angle brackets": lambda n: "<" * n,
    "angle bracket and letters": lambda n: "<a" * (n // 2),
    "slashes": lambda n: "</" * (n // 2),
    "ampersands": lambda n: "&" * n,
    "entities escaped often": lambda n: "&" + "amp;" * (n // 4),
    "entities": lambda n: "&amp;" * (n // 5),
    "entities without an end": lambda n: "&amp" * (n // 4),
    "a character reference of many digits": lambda n: "port &#" + "1" * n + "; reopened",
    "a reference of many digits beside another": lambda n: "port &amp; &#" + "1" * n + "; reopened",
    "a hexadecimal reference": lambda n: "port &#x" + "f" * n + "; reopened",
    "a character reference with leading zeros": lambda n: "port &#" + "0" * n + "65; reopened",
    "references": lambda n: "&#99999;" * (n // 8),
    "combining marks": lambda n: "a" + "\u0301\u0323" * (n // 2),
    "combining marks of another script": lambda n: "a" + "\u2de0\u093c" * (n // 2),
    "musical combining marks": lambda n: "a" + "\U0001d165\U0001d16d" * (n // 2),
    "marks of many classes": lambda n: "a" + "\u05b0\u0e38\u0f71\u302a\u1037\u094d" * (n // 6),
    "variation selectors": lambda n: "a" + "\ufe0f\U000e0100" * (n // 2),
    "characters that decompose into many": lambda n: "\ufdfa" * n,
    "hangul letters": lambda n: "\u1100\u1161\u11a8" * (n // 3),
    "lone surrogates": lambda n: "\ud800" * n,
    "surrogates in words": lambda n: "port\udfff " * (n // 6),
    "nul": lambda n: "a\x00" * (n // 2),
    "zero-width characters": lambda n: "a\u200b" * (n // 2),
    "mojibake": lambda n: "Ã©" * (n // 2),
    "mojibake of Japanese": lambda n: "ã\x81\x82" * (n // 3),
    "mojibake unfinished": lambda n: "â€" * (n // 2),
    "one word": lambda n: "x" * n,
    "one word with dots": lambda n: "x." * (n // 2),
    "one word with hyphens": lambda n: "x-" * (n // 2),
    "one word with apostrophes": lambda n: "x'" * (n // 2),
    "one capitalised word": lambda n: "Xx" * (n // 2),
    "one number": lambda n: "7" * n,
    "one grouped number": lambda n: "7,7." * (n // 4),
    "dots and an x": lambda n: "." * n + "x",
    "exclamation marks and an x": lambda n: "!" * n + "x",
    "wide stops": lambda n: "。" * n,
    "closing brackets": lambda n: ".)" * (n // 2) + "x",
    "closers only": lambda n: "." + ")" * n + "x",
    "opening brackets": lambda n: "「" * n,
    "brackets of two kinds": lambda n: "「）" * (n // 2),
    "quotes": lambda n: '"' * n,
    "fences": lambda n: "```\n" * (n // 4),
    "fences with words": lambda n: "```\nport\n" * (n // 9),
    "fences of one kind": lambda n: "```py\n" * (n // 6) + "x",
    "fences with prose": lambda n: "```py\nthe council opened seven quiet new gardens today\n" * (n // 55),
    "fences with code": lambda n: "```a b c\nfoo = 1\n" * (n // 16),
    "tildes": lambda n: "~" * n,
    "rules of tildes": lambda n: "~~~~\nport\n" * (n // 10),
    "backticks": lambda n: "`" * n,
    "indented lines": lambda n: " \t" * (n // 2) + "x",
    "blank lines": lambda n: "\n" * n,
    "lines of one word": lambda n: "port\n" * (n // 5),
    "lines of a mail": lambda n: "The port of Rotterdam reopened on Monday after the storm had\n" * (n // 61),
    "white space": lambda n: "port" + " " * n + "reopened",
    "ideographic spaces": lambda n: "\u3000" * n + "x",
    "links": lambda n: "https://a" * (n // 9),
    "one link": lambda n: "https://a.example/" + "a/" * (n // 2),
    "addresses": lambda n: "a.b@c" * (n // 5),
    "one address": lambda n: "a@" + "b." * (n // 2),
    "words before an at sign": lambda n: "a" * n + "@",
    "dotted names": lambda n: "a.b" * (n // 3) + "Error",
    "dotted names and a colon": lambda n: "a." * (n // 2) + ":",
    "SELECT FROM": lambda n: "SELECT a FROM b " * (n // 16),
    "SELECT": lambda n: "SELECT a " * (n // 9),
    "shell commands": lambda n: "$ a" + " -" * (n // 2),
    "imports": lambda n: "import " + "a, " * (n // 3),
    "stack frames": lambda n: "at " + "a$." * (n // 3) + "(",
    "declarations": lambda n: "export " * (n // 7),
    "front matter": lambda n: "---\n" * (n // 4),
    "front matter unfinished": lambda n: "---\n" + "title: a\n" * (n // 9),
    "shortcodes": lambda n: "[caption id=" * (n // 12),
    "shortcode brackets": lambda n: "[" * n,
    "braces": lambda n: "{" * n,
    "braces in pairs": lambda n: "{}" * (n // 2),
    "style sheet": lambda n: ".a{b:c}" * (n // 7),
    "dollars": lambda n: "$" * n,
    "formulas": lambda n: "$a$ " * (n // 4),
    "backslashes": lambda n: "\\" * n,
    "formula brackets": lambda n: "\\(" * (n // 2),
    "pipes": lambda n: "|" * n,
    "table rows": lambda n: "| a | b |\n" * (n // 10),
    "hash signs": lambda n: "#" * n,
    "at signs": lambda n: "@" * n,
    "directives": lambda n: ":::" * (n // 3),
    "ruby": lambda n: "<ruby>港<rt>みなと" * (n // 14),
    "readings": lambda n: "港（みなと" * (n // 5),
    "readings one bracket": lambda n: "港（" + "みなと・" * (n // 4),
    "speaker labels": lambda n: "HOST: " * (n // 6),
    "Thai in one line": lambda n: ("ท่าเรือรอตเทอร์ดามเปิดอีกครั้งหลังพายุ" * n)[:n],
    "Thai vowels": lambda n: "ก" + "ิ" * n,
    "Japanese in one line": lambda n: ("港は嵐のあと月曜日に再開したと市長が述べた" * n)[:n],
    "hiragana": lambda n: "の" * n,
    "katakana": lambda n: "ア" * n,
    "middle dots": lambda n: "ア・" * (n // 2),
    "kanji": lambda n: ("港嵐市長再開" * n)[:n],
    "one kanji": lambda n: "々" * n,
    "Chinese": lambda n: ("港口在风暴之后星期一重新开放" * n)[:n],
    "Korean": lambda n: ("항구는폭풍후에월요일에다시열렸다" * n)[:n],
    "Hindi": lambda n: ("बंदरगाह सोमवार को फिर से खुला " * n)[:n],
    "Arabic": lambda n: ("أعيد فتح الميناء يوم الاثنين " * n)[:n],
    "Khmer": lambda n: ("កំពង់ផែបានបើកឡើងវិញ" * n)[:n],
    "emoji": lambda n: "🚀" * n,
    "emoji joined": lambda n: "👩\u200d" * (n // 2),
    "capitals": lambda n: "PORT " * (n // 5),
    "French elisions": lambda n: "l'" * (n // 2),
    "Latin in kana": lambda n: "aア" * (n // 2),
    "Latin words in Japanese": lambda n: "港 AQUOS PHONE" * (n // 14),
}  # fmt: skip


def growth_fault(step: Callable[[str], object], make: Callable[[int], str]) -> str | None:
    """Return what is wrong with the growth of a step's time on a kind of string, or None.

    Growth that looks superlinear is measured three more times, and the best measurement counts. If the time is still
    short, a text ten times as long decides.
    """
    text, tenth = make(LONG), make(SHORT)
    try:
        with at_most(ENDLESS):
            step(tenth)  # an exponential step does not end on the short text either
        long = cpu_seconds(lambda: step(text))
        if long <= FLOOR:
            return None
        short = max(cpu_seconds(lambda: step(tenth)), FLOOR / GROWTH)
        for _ in range(3 if long / short > GROWTH and long < 2 else 0):
            long = min(long, cpu_seconds(lambda: step(text)))
            short = max(short, min(cpu_seconds(lambda: step(tenth)) for _ in range(2)))
        if long > FLOOR and long / short > GROWTH and long < QUICK:
            longest = make(10 * LONG)
            with at_most(ENDLESS):
                longer = cpu_seconds(lambda: step(longest))
            if longer / long <= GROWTH:
                return None  # the short text was quick for other reasons, such as caches; a fault grows on
    except Exception as error:
        return f"raises {type(error).__name__}: {str(error)[:60]}"
    if long <= FLOOR or long / short <= GROWTH:
        return None
    return f"{LONG:,} characters take {long:.2f} s, {SHORT:,} {short:.4f} s"


def megabyte_fault(step: Callable[[str], object], make: Callable[[int], str]) -> str | None:
    """Return what is wrong with a step's time for a megabyte, or None.

    The limit is in seconds of the reference machine (`support.speed`); the best of three measurements counts.
    """
    text = make(1_000_000)
    try:
        if takes_at_most(PER_MEGABYTE, lambda: step(text)):
            return None
        seconds, slower = cpu_seconds(lambda: step(text)), slowness()
    except Exception as error:
        return f"raises {type(error).__name__}: {str(error)[:60]}"
    return f"a megabyte takes {seconds:.1f} s, {seconds / slower:.1f} s on the reference machine"


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the main thread after so many CPU seconds, within a regular expression too."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"it takes more than {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
