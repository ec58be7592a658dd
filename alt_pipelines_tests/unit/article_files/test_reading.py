"""Article files: every common format and encoding gives its articles; what is malformed is named with its place."""

import codecs
import csv
import gzip
import io
import json
from datetime import datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alt_pipelines.article_files import FileArticle, Malformed, UnreadableError, read_articles
from alt_pipelines.article_files.encoding import detect_encoding
from alt_pipelines.article_files.entries import entry_of, moment
from alt_pipelines_tests.support.speed import cpu_seconds

JAPANESE = "名古屋市で新しい半導体工場の建設が始まった。大村秀章知事は起工式で期待を述べた。"
BAD_LINES = [
    b"{not json",
    b"",
    b"[1, 2]",
    b'"text"',
    b'{"id": true, "text": "x"}',
    b'{"id": "t", "text": 5}',
    b'{"id": "t", "text": ["a"]}',
    b'{"id": "u"}',
    b"[" * 100_000,
]


def articles(path: Path, form: str | None = None) -> list[FileArticle]:
    return [entry for entry in read_articles(path, form) if isinstance(entry, FileArticle)]


def one(path: Path, content: bytes | str) -> FileArticle:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = articles(path)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp", "utf-32"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_a_table_in_any_encoding_is_read(tmp_path: Path, encoding: str, name: str) -> None:
    separator = "," if name == "a.csv" else "\t"
    rows = [["見出し", "本文", "URL"], [JAPANESE[:9], JAPANESE, "https://a.example/1"]]
    found = one(tmp_path / name, "\n".join(separator.join(row) for row in rows).encode(encoding))
    assert (found.title, found.text, found.url) == (JAPANESE[:9], JAPANESE, "https://a.example/1")
    assert found.place == "line 2"


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16"])
def test_json_lines_in_an_older_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    line = json.dumps({"title": JAPANESE, "text": JAPANESE}, ensure_ascii=False) + "\n"
    (tmp_path / "a.jsonl").write_bytes((line * 3).encode(encoding))
    assert [article.text for article in articles(tmp_path / "a.jsonl")] == [JAPANESE] * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Die Küche ist größer als müde Bäume und süße Äpfel", "cp1252"),
        ("L'été dernier, à Genève, les élèves étaient énervés", "cp1252"),
        ("Zażółć gęślą jaźń, powiedział prezydent Łodzi w środę", "iso8859_2"),
        ("Президент подписал новый закон об образовании", "cp1251"),
        ("北京市政府今天宣布新的交通政策，市民表示欢迎", "gb18030"),
        ("서울시는 오늘 새로운 교통 정책을 발표했다", "cp949"),
    ],
)
def test_legacy_encodings_of_other_languages_are_detected(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert data.decode(detect_encoding(data)) == text


def test_a_few_damaged_bytes_do_not_turn_utf8_into_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        json.dumps({"text": JAPANESE}, ensure_ascii=False).encode() + b'\n{"text": "\xff"}\n'
    )
    good, bad = read_articles(tmp_path / "a.jsonl")
    assert isinstance(good, FileArticle)
    assert good.text == JAPANESE
    assert isinstance(bad, Malformed)
    assert "not valid UTF-8" in bad.problem


def test_a_declared_encoding_counts_for_markup(tmp_path: Path) -> None:
    page = f'<html lang="ja"><head><meta charset="Shift_JIS"><title>髙島屋</title></head><p>{JAPANESE}</p></html>'
    found = one(tmp_path / "a.html", page.encode("cp932"))
    assert (found.title, found.language) == ("髙島屋", "ja")
    assert JAPANESE in found.text


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"headline": "h", "body": "b"}]),
        json.dumps([{"headline": "h", "body": "b"}], indent=2),
        json.dumps({"articles": [{"headline": "h", "body": "b"}]}, indent=1),
        json.dumps({"headline": "h", "body": "b"}),
        json.dumps({"headline": "h", "body": "b"}, indent=2),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_json_is_read_however_it_is_laid_out_and_called(tmp_path: Path, content: str, name: str) -> None:
    found = one(tmp_path / name, content)
    assert (found.title, found.text) == ("h", "b")


def test_rss_atom_and_json_feeds_give_title_text_link_and_time(tmp_path: Path) -> None:
    rss = """<?xml version="1.0"?><rss version="2.0"><channel><title>c</title><language>en-us</language>
      <item><title>Oil &amp; gas</title><link>https://a.example/1</link><guid>g1</guid><category>energy</category>
      <description>&lt;p&gt;The tanker&lt;/p&gt;</description><pubDate>Mon, 05 Jan 2026 10:00:00 +0900</pubDate></item>
      </channel></rss>"""
    found = one(tmp_path / "a.xml", rss)
    assert (found.id, found.title, found.url) == ("g1", "Oil & gas", "https://a.example/1")
    assert (found.published, found.language, found.genre) == (datetime(2026, 1, 5, 1), "en", "energy")
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><id>i</id><summary>short</summary>
      <content type="html">the longer content</content><updated>2026-01-05T10:00:00Z</updated></entry></feed>"""
    assert one(tmp_path / "a.atom", atom).text == "the longer content"
    items = [{"id": "1", "content_html": "<p>x</p>", "url": "https://a.example/2", "date_published": "2026-01-01"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "ja", "items": items}
    found = one(tmp_path / "feed.json", json.dumps(feed))
    assert (found.text, found.language, found.published) == ("<p>x</p>", "ja", datetime(2026, 1, 1))


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.csv.gz"])
@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_table_has_no_articles_and_is_no_error(tmp_path: Path, name: str, content: str) -> None:
    data = content.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert [entry for entry in read_articles(tmp_path / name) if isinstance(entry, FileArticle)] == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<rss><channel><item><title>A</title><description>b</description>", "</item></channel></rss>"),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><summary>b</summary>',
            "</entry></feed>\n<!-- cached -->",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_without_its_end_is_read_and_reported(tmp_path: Path, start: str, end: str, encoding: str) -> None:
    path = tmp_path / "a.xml"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    path.write_bytes((head + start + end).encode(encoding))
    assert [type(entry) for entry in read_articles(path)] == [FileArticle]
    path.write_bytes((head + start).encode(encoding))
    *_, last = read_articles(path)
    assert isinstance(last, Malformed)
    assert "without an end tag" in last.problem


def test_an_opml_list_reads_the_feeds_on_this_machine_and_names_the_others(tmp_path: Path) -> None:
    (tmp_path / "my feed.xml").write_text("<rss version='2.0'><channel><item><title>T</title></item></channel></rss>")
    outlines = "".join(
        f'<outline text="group"><outline xmlUrl="{url}"/></outline>'
        for url in ("my feed.xml", f"file://{tmp_path}/my%20feed.xml", "https://a.example/rss", "absent.xml")
    )
    (tmp_path / "list.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    found = list(read_articles(tmp_path / "list.opml"))
    assert [type(entry) for entry in found] == [FileArticle, FileArticle, Malformed, Malformed]
    assert [word in entry.problem for word, entry in zip(("download", "not exist"), found[2:], strict=True)] == [
        True
    ] * 2  # type: ignore[union-attr]


GOOD_FEED = "<rss version='2.0'><channel><item><title>T</title></item></channel></rss>"


def opml(path: Path, *addresses: str) -> Path:
    outlines = "".join(f'<outline xmlUrl="{address}"/>' for address in addresses)
    path.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    return path


@pytest.mark.parametrize("in_folder", [False, True])
def test_an_opml_list_that_is_listed_is_not_read_and_costs_no_other_entry(tmp_path: Path, in_folder: bool) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "feed.rss").write_text(GOOD_FEED)
    (tmp_path / "other").write_bytes(gzip.compress(opml(tmp_path / "other", "list.opml").read_bytes()))
    (tmp_path / "link").symlink_to(tmp_path / "lists" / "list.opml")
    own, other, link = "list.opml", "../other", "../link"
    opml(tmp_path / "lists" / "list.opml", "../feed.rss", own, other, link, f"file://{tmp_path}/link", "../feed.rss")
    source = tmp_path / "lists" if in_folder else tmp_path / "lists" / "list.opml"
    found = list(read_articles(source))
    assert [type(entry) for entry in found] == [FileArticle, *[Malformed] * 4, FileArticle]
    assert {entry.problem for entry in found if isinstance(entry, Malformed)} == {
        f"{name} is an OPML list; list the feeds themselves" for name in ("list.opml", "other", "link")
    }


@pytest.mark.parametrize("listed", ["folder", "cut.rss.gz", "damaged.rss.gz", "binary", "absent"])
def test_a_listed_file_that_cannot_be_read_costs_no_other_entry(tmp_path: Path, listed: str) -> None:
    (tmp_path / "feed.rss").write_text(GOOD_FEED)
    (tmp_path / "folder").mkdir()
    (tmp_path / "cut.rss.gz").write_bytes(gzip.compress(GOOD_FEED.encode())[:-9])
    (tmp_path / "damaged.rss.gz").write_bytes(gzip.compress(GOOD_FEED.encode())[:20] + bytes(40))
    (tmp_path / "binary").write_bytes(bytes(100))
    found = list(read_articles(opml(tmp_path / "list.opml", "feed.rss", listed, "feed.rss")))
    assert [type(entry) for entry in found] == [FileArticle, Malformed, FileArticle]


def test_text_and_markdown_take_their_title_from_the_first_line(tmp_path: Path) -> None:
    assert one(tmp_path / "a.txt", "The title\n\nThe body.\nMore.").title == "The title"
    assert one(tmp_path / "b.txt", "Just one paragraph of prose.").title == ""
    assert one(tmp_path / "c.md", "# The title\nBody").title == "The title"
    found = one(tmp_path / "d.md", "---\ntitle: Front\ndate: 2026-01-02\nlang: de\n---\nText.")
    assert (found.title, found.published, found.language, found.text) == ("Front", datetime(2026, 1, 2), "de", "Text.")


def test_a_folder_is_read_in_order_with_its_folders_as_genres(tmp_path: Path) -> None:
    for name in ("sports/b.txt", "sports/a.md", "tech/c.html", ".hidden/d.txt", "sports/LICENSE.txt", "tech/x.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<p>{name}</p>")
    (tmp_path / "tech" / "z.jsonl.gz").write_bytes(gzip.compress(b'{"text": "zipped", "genre": "own"}\n'))
    (tmp_path / "tech" / "broken.csv").write_text("a,b\n1,2\n")
    found = list(read_articles(tmp_path))
    assert [entry.place for entry in found] == [
        "sports/a.md", "sports/b.txt", "tech/broken.csv", "tech/c.html", "tech/z.jsonl.gz: line 1",
    ]  # fmt: skip
    genres = [entry.genre for entry in found if isinstance(entry, FileArticle)]
    assert genres == ["sports", "sports", "tech", "own"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableError, match="contains no article files"):
        list(read_articles(tmp_path / "empty"))


@pytest.mark.parametrize("raw", BAD_LINES, ids=lambda raw: repr(raw[:20]))
def test_any_bad_line_is_named_and_its_neighbours_are_read(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "before"}\n' + raw + b'\n{"text": "after"}\n')
    before, bad, after = read_articles(tmp_path / "a.jsonl")
    assert isinstance(bad, Malformed)
    assert (bad.place, bool(bad.problem)) == ("line 2", True)
    assert [entry.text for entry in (before, after) if isinstance(entry, FileArticle)] == ["before", "after"]


def test_an_uneven_row_of_a_table_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,text\none,"first\nsecond"\na,b,c\n\nlast\n')
    good, bad, short = read_articles(tmp_path / "a.csv")
    assert isinstance(good, FileArticle)
    assert good.text == "first\nsecond"
    assert isinstance(bad, Malformed)
    assert (bad.place, "3 columns" in bad.problem) == ("line 4", True)
    assert isinstance(short, FileArticle)
    assert (short.title, short.text, short.place) == ("last", "", "line 6")


def test_a_stream_of_json_lines_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    reader, writer = os.pipe()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(os.fdopen(reader, "rb")))
    entries = read_articles(None)
    for number in range(3):  # each is read while the pipe is still open
        os.write(writer, json.dumps({"text": f"article {number}"}).encode() + b"\n")
        assert next(entries).text == f"article {number}"  # type: ignore[union-attr]
    os.close(writer)
    assert list(entries) == []


def test_bytes_read_are_reported_as_the_file_holds_them(tmp_path: Path) -> None:
    data = gzip.compress(b'{"text": "x"}\n' * 5_000)
    (tmp_path / "a.jsonl.gz").write_bytes(data)
    read: list[int] = []
    assert sum(1 for _ in read_articles(tmp_path / "a.jsonl.gz", on_bytes=read.append)) == 5_000
    assert sum(read) == len(data)


@pytest.mark.parametrize(
    "value",
    ["2026-01-05T10:00:00+09:00", "Mon, 05 Jan 2026 10:00:00 +0900", 1767574800, "2026-01-05T01:00:00Z"],
)
def test_a_time_of_any_spelling_becomes_utc(value: object) -> None:
    assert moment(value) == datetime(2026, 1, 5, 1)


@pytest.mark.parametrize("value", ["soon", "", None, True, 1e300, float("nan"), [], "0000-00-00"])
def test_what_is_not_a_time_is_none(value: object) -> None:
    assert moment(value) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "Title", "published", "lang", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(json_values)
def test_any_value_is_an_article_or_malformed(value: object) -> None:
    assert isinstance(entry_of(value, "line 1"), FileArticle | Malformed)


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    for form in (None, "jsonl", "json", "csv", "feed", "opml", "html", "text"):
        try:
            list(read_articles(path, form))
        except UnreadableError as error:
            assert str(error).endswith(".")  # noqa: PT017 - every other exception fails the test


def test_time_grows_with_the_size(tmp_path: Path) -> None:
    def seconds(lines: int) -> float:
        (tmp_path / "a.jsonl").write_bytes(b'{"text": "some text that is quite short"}\n' * lines)

        def read() -> None:
            assert sum(1 for _ in read_articles(tmp_path / "a.jsonl")) == lines

        return min(cpu_seconds(read) for _ in range(2))

    seconds(1000)
    assert seconds(40_000) < 40 * max(seconds(4000), 0.01)


def test_the_mark_of_utf8_is_not_part_of_the_text(tmp_path: Path) -> None:
    assert one(tmp_path / "a.csv", codecs.BOM_UTF8 + b"title,text\nt,x\n").title == "t"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ('1,a,b\n2,"open,c\n3,d,e\n', ["1", "2: line 3", "3"]),
        ('1,a,b\n2,"open,c\n3,"d","e"\n4,f,g\n', ["1", "2: line 3", "3", "4"]),
        ('1,"a\nwith ""quotes"" and, commas",b\n2,"open,c\n3,d,"""e"""\n', ["1", "2: line 4", "3"]),
        ('1,a,b\n2,d,"cut off\nin its text', ["1", "2: line 3"]),
        ('1,a,"two\n\nparagraphs"\n2,d,"" \n', ["1", "2"]),
        ('1,a,"He said\nthat ""it, too, is"" one"\n2,d,e\n', ["1", "2"]),
        ("1,a,b,more\n2,d,e\n", ["1: line 2", "2"]),
    ],
    ids=range(7),
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_an_unclosed_quote_costs_its_own_record_only(tmp_path: Path, table: str, expected: list[str], end: str) -> None:
    (tmp_path / "a.csv").write_text(f"id,title,text\n{table}".replace("\n", end), "utf-8", newline="")
    found = [f"{e.id}: {e.place}" if isinstance(e, Malformed) else e.id for e in read_articles(tmp_path / "a.csv")]
    assert found == expected


@given(
    rows=st.lists(st.lists(st.text('a ",\n\r', min_size=1, max_size=8), min_size=3, max_size=3), min_size=1, max_size=6)
)
def test_what_a_writer_of_csv_writes_is_read(rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["id", "title", "text"], *rows])
    found = [(e.id, e.title, e.text) for e in read_articles(path) if isinstance(e, FileArticle)]
    assert found == [tuple(row) for row in rows]


def test_a_file_full_of_quotes_is_read_in_linear_time(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,title,text\n" + '1,a,"b\n' * 20_000 + '1,a,"""b\n' * 20_000, "utf-8")
    assert cpu_seconds(lambda: list(read_articles(tmp_path / "a.csv"))) < 4


_DEEP = "<div>" * 40_000 + "Bomb about Airbus A380" + "</div>" * 40_000
_FEED = "<rss><channel><item><title>{}</title><description>{}</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.html", _DEEP),
        ("comments.html", "<!--" * 100_000),
        ("title.rss", _FEED.format(escape(_DEEP), "text")),
        ("text.rss", _FEED.format("title", escape(_DEEP))),
        ("comments.rss", _FEED.format("title", escape("<!--" * 20_000))),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_a_hostile_file_is_read_in_linear_time(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert cpu_seconds(lambda: articles(tmp_path / name)) < 2
