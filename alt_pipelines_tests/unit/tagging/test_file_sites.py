"""What the entries of a file repeat is left out of their tags, by site, while the entries stream through."""

from collections.abc import Iterator

from alt_pipelines.article_files import FileArticle, Malformed
from alt_pipelines.sites.repeated import ARTICLES_PER_SITE
from alt_pipelines.tagging.file_sites import NO_LINES, WINDOW, with_site_lines
from alt_pipelines.text.boilerplate.removal import line_key

NOTE = "The Tarnby Herald brings the county together each dawn."
TOPICS = ["cod quota", "tram strike", "opera roof", "kelp farm", "sea cable", "library hours", "otter census"]


def entry(topic: str, host: str | None, number: int = 0) -> FileArticle:
    text = f"<p>The county discussed the {topic} number {number} at length on Monday.</p><p>{NOTE}</p>"
    return FileArticle(f"line {number}", None, topic.title(), text, host and f"https://{host}/{topic}/{number}")


def test_a_site_s_repeated_line_is_known_for_all_its_entries_and_for_no_other_site() -> None:
    entries = [entry(topic, "herald.example", at) for at, topic in enumerate(TOPICS)]
    entries += [entry("ice rink", "other.example")]
    found = list(with_site_lines(iter(entries)))
    assert [one for one, _ in found] == entries
    assert all(line_key(NOTE) in lines for _, lines in found[:-1])
    assert found[-1][1] == NO_LINES


def test_entries_without_a_url_are_one_site_and_malformed_ones_have_no_lines() -> None:
    bad = Malformed("line 9", None, "not JSON")
    found = list(with_site_lines(iter([*(entry(topic, None) for topic in TOPICS), bad])))
    assert all(line_key(NOTE) in lines for _, lines in found[:-1])
    assert found[-1] == (bad, NO_LINES)


def test_a_later_window_knows_what_an_earlier_one_taught() -> None:
    first = [entry(f"{topic} {at}", "herald.example", at) for at, topic in enumerate(TOPICS * 40)][:WINDOW]
    found = list(with_site_lines(iter([*first, entry("ice rink", "herald.example")])))
    assert line_key(NOTE) in found[-1][1]


def test_no_more_than_two_windows_are_read_ahead_and_little_is_remembered() -> None:
    read = 0

    def endless() -> Iterator[FileArticle]:
        nonlocal read
        while True:
            read += 1
            yield entry(f"topic {read}", "herald.example", read)

    stream = with_site_lines(endless())
    for _ in range(WINDOW + 1):
        next(stream)
    assert read == 2 * WINDOW
    assert ARTICLES_PER_SITE < WINDOW
