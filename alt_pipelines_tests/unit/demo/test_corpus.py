"""Article files: what is readable is loaded, what is not is named with its place."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alt_pipelines.article_files import UnreadableError
from alt_pipelines.demo import store
from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, Problem, read_articles, split_problems


def test_the_sample_holds_stories_of_several_articles_in_two_languages() -> None:
    rows = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    assert len(rows) == 120
    assert {row["genre"] for row in rows} == {"technology", "business", "science", "sports"}
    assert Counter(row["lang"] for row in rows) == {"en": 80, "ja": 40}
    assert set(Counter(row["story"] for row in rows).values()) == {5}
    days = {row["published"][:10] for row in rows}
    assert len(days) == 7


def test_a_bad_line_is_named_and_the_others_are_loaded(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "first"}\nnot json\n[1]\n{"title": "no text"}\n\n{"content": "last", "lang": "en"}\n')
    articles, problems = split_problems(read_articles(source))
    assert [article.content for article in articles] == ["first", "last"]
    assert [problem.where for problem in problems] == ["line 2", "line 3", "line 4"]


def test_text_files_take_their_genre_from_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sports"
    folder.mkdir()
    (folder / "one.txt").write_text("https://a.example/1\n2012-05-07T10:00:00+0900\nTitle\nBody\nmore\n")
    (folder / "LICENSE.txt").write_text("not an article\n")
    (folder / "empty.txt").write_text(" \n")
    articles, problems = split_problems(read_articles(tmp_path))
    assert articles == [
        LoadedArticle("https://a.example/1", "Title", "Body\nmore", "sports", None, datetime(2012, 5, 7, 1, 0))
    ]
    assert [problem.where for problem in problems] == ["sports/empty.txt"]


def test_items_that_share_a_page_stay_apart(tmp_path: Path) -> None:
    source = tmp_path / "events.jsonl"
    rows = [{"id": f"e{i}", "url": "https://a.example/day", "text": f"event {i}"} for i in range(3)]
    source.write_text("\n".join(map(json.dumps, rows)))
    articles, _ = split_problems(read_articles(source))
    assert len({article.url for article in articles}) == 3


def test_a_missing_source_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="absent does not exist"):
        list(read_articles(tmp_path / "absent"))


def test_a_first_load_keeps_the_order_of_publication_inside_the_spread() -> None:
    start = datetime(2012, 1, 1)
    loaded = [LoadedArticle(f"u{i}", "", "x", "g", None, start + timedelta(days=30 * i)) for i in range(5)]
    arrivals = store.arrivals_of(loaded, timedelta(days=6))
    assert arrivals == sorted(arrivals)
    assert arrivals[-1] - arrivals[0] == timedelta(days=6)


def test_problems_are_not_articles() -> None:
    assert split_problems([Problem("a:1", "why")]) == ([], [Problem("a:1", "why")])
