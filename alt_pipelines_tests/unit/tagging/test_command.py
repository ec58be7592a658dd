"""`alt-pipelines tag`: every line has its row, in order, whatever it holds."""

import codecs
import csv
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from alt_pipelines.cli import cli
from alt_pipelines.settings.tagging import TaggingSettings
from alt_pipelines.tagging.command import SOME_MALFORMED
from alt_pipelines.tagging.extraction import extractor
from alt_pipelines.tagging.extraction.article import TOOK_TOO_LONG
from alt_pipelines.text.clean import clean_article

TEXT = "The tanker Exxon Valdez spilled crude oil in Prince William Sound, and the Coast Guard closed it to ships."
BAD_LINES = [
    b"{not json",
    b"",
    b"[1, 2]",
    b'"text"',
    b'{"id": true, "text": "x"}',
    b'{"id": "t", "text": 5}',
    b'{"id": "t", "text": ["a"]}',
    b'{"id": "u"}',
    b'{"id": "\xff"}',
    b"[" * 100_000,
]


@pytest.fixture(autouse=True)
def _hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECAP_SUBWORKER_MODEL_BACKEND", "hash")
    monkeypatch.setenv("RECAP_SUBWORKER_ALLOW_HASH_BACKEND", "true")


def run(source: Path, target: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["tag", "-i", str(source), "-o", str(target), *options])
    return result.exit_code, result.stderr


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def mixed_input(path: Path, copies: int = 1) -> list[bytes]:
    good = [
        json.dumps({"id": "a", "title": "Oil spill", "text": TEXT}).encode(),
        json.dumps({"id": 7, "content": f"<p>{TEXT}</p>"}).encode(),
        json.dumps(
            {"id": "ja", "title": "半導体", "text": "愛知県で半導体工場の建設が始まった。"}, ensure_ascii=False
        ).encode(),
        json.dumps({"id": "fr", "text": "Le gouvernement a annoncé une réforme.", "lang": "fr"}).encode(),
        json.dumps({"id": "blank", "text": ""}).encode(),
        b'{"id": "s\\ud800", "text": "Oil spill in Alaska, says the Coast Guard"}',
    ]
    lines = (good + BAD_LINES) * copies
    path.write_bytes(b"\n".join(lines) + b"\n")
    return lines


def test_every_line_has_one_row_in_order_and_bad_ones_are_reported_with_their_number(tmp_path: Path) -> None:
    lines = mixed_input(tmp_path / "in.jsonl")
    code, said = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    found = rows(tmp_path / "out.jsonl")
    assert code == SOME_MALFORMED
    assert len(found) == len(lines)
    assert [r["id"] for r in found[:6]] == ["a", 7, "ja", "fr", "blank", "s\ud800"]
    assert [r["status"] for r in found] == ["tagged"] * 4 + ["rejected", "tagged"] + ["rejected"] * len(BAD_LINES)
    for number in range(7, 7 + len(BAD_LINES)):
        assert f"line {number}: " in said
        assert str(found[number - 1]["reason"]).startswith(f"line {number}: ")
    assert f"articles: {len(lines)}" in said


def test_rows_have_the_keys_that_are_promised(tmp_path: Path) -> None:
    mixed_input(tmp_path / "in.jsonl")
    run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    promised = {"id", "status", "tags", "confidence", "language", "backend", "inference_ms", "cascade"}
    for row in rows(tmp_path / "out.jsonl"):
        assert set(row) == promised | ({"reason"} if row["status"] != "tagged" else set())
    tagged = rows(tmp_path / "out.jsonl")[0]
    assert {"tag", "confidence"} == set(tagged["tags"][0])  # type: ignore[index]
    assert {"needs_refine", "reason", "confidence", "tag_count", "inference_ms", "refine_ratio"} == set(
        tagged["cascade"]
    )  # type: ignore[call-overload]


@pytest.mark.heavy
def test_several_workers_give_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    mixed_input(tmp_path / "in.jsonl", copies=12)
    run(tmp_path / "in.jsonl", tmp_path / "one.jsonl")
    code, _ = run(tmp_path / "in.jsonl", tmp_path / "two.jsonl", "--workers", "2")
    assert code == SOME_MALFORMED

    def ids(path: Path) -> list[tuple[object, object]]:
        return [(r["id"], r["status"]) for r in rows(path)]

    assert ids(tmp_path / "one.jsonl") == ids(tmp_path / "two.jsonl")


def test_every_uncertain_article_of_a_file_is_refined_and_with_fast_a_share_of_them(tmp_path: Path) -> None:
    entries = [{"id": n, "title": f"Oil spill {n}", "text": TEXT} for n in range(40)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, entries)), "utf-8")

    def refined(*options: str) -> list[bool]:
        command = [sys.executable, "-m", "alt_pipelines", "tag", *options]  # a process has a budget of its own
        subprocess.run([*command, "-i", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl"], check=True)
        return [row["cascade"]["needs_refine"] for row in rows(tmp_path / "out.jsonl")]  # type: ignore[index]

    assert all(refined())
    share = sum(refined("--fast")) / len(entries)
    assert 0 < share <= TaggingSettings().refine_budget + 0.05


def test_the_output_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("what was there before")
    code, said = run(tmp_path / "missing.jsonl", target)
    assert code == 1
    assert "missing.jsonl" in said
    assert target.read_text() == "what was there before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    mixed_input(tmp_path / "in.jsonl")
    code, said = run(tmp_path / "in.jsonl", tmp_path / "no" / "such" / "folder.jsonl")
    assert code == 1
    assert f"{tmp_path}/no/such: the folder does not exist" in said


def test_an_output_in_a_format_that_is_not_written_is_refused_before_the_work(tmp_path: Path) -> None:
    mixed_input(tmp_path / "in.jsonl")
    code, said = run(tmp_path / "in.jsonl", tmp_path / "out.parquet")
    assert code == 2
    assert "tags are not written as parquet" in said
    assert "--format" in said
    assert run(tmp_path / "in.jsonl", tmp_path / "out.parquet", "--format", "csv")[0] in (0, 3)


def test_an_empty_file_gives_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"")
    code, said = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (code, (tmp_path / "out.jsonl").read_bytes()) == (0, b"")
    assert "articles: 0" in said


@pytest.mark.heavy
def test_it_reads_and_writes_streams() -> None:
    line = json.dumps({"id": "a", "text": TEXT})
    program = [sys.executable, "-c", "from alt_pipelines.cli import main; main()", "tag"]
    done = subprocess.run(program, input=f"{line}\nbad\n", capture_output=True, text=True, timeout=120)
    assert done.returncode == SOME_MALFORMED
    assert [json.loads(row)["status"] for row in done.stdout.splitlines()] == ["tagged", "rejected"]
    assert "line 2: not JSON" in done.stderr


def test_help_teaches() -> None:
    said = CliRunner().invoke(cli, ["tag", "--help"]).stdout
    for word in ("INPUT is", ".csv", "An output row", "Exit codes", "--workers", "zcat"):
        assert word in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps([{"headline": "Oil spill", "body": TEXT}], indent=2).encode()),
        ("a.csv", f'title,text\nOil spill,"{TEXT}"\n'.encode()),
        ("a.jsonl.gz", gzip.compress(json.dumps({"text": TEXT}).encode(), mtime=0)),
        (
            "a.rss",
            f"<rss version='2.0'><channel><item><description>{TEXT}</description></item></channel></rss>".encode(),
        ),
        ("a.html", f"<html><title>Oil spill</title><p>{TEXT}</p></html>".encode()),
        ("a.md", f"# Oil spill\n\n{TEXT}".encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_people_have_is_tagged(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    code, _ = run(tmp_path / name, tmp_path / "out.jsonl")
    (row,) = rows(tmp_path / "out.jsonl")
    assert (code, row["status"], row["id"]) == (0, "tagged", 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"a,b\n1,2\n", "line 1 has no text column"),
        ("a.json", b'[{"text": "x"', "is not valid JSON"),
        ("a.bin", b"\x00\x01\x02", "binary"),
        ("a.gz", gzip.compress(b'{"text": "x"}\n' * 500, mtime=0)[:-9], "damaged"),
        ("a.dat", b"some prose that nobody named", "unknown format"),
        ("a.xml", b"<rss version='2.0'><chan", "is not an RSS or Atom feed"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("a.") else "",
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_1(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    code, output = run(tmp_path / name, tmp_path / "out.jsonl")
    assert code == 1
    assert said in output
    assert name in output
    assert "Traceback" not in output
    assert not (tmp_path / "out.jsonl").exists()


def test_csv_output_opens_in_a_spreadsheet_with_one_row_per_entry(tmp_path: Path) -> None:
    mixed_input(tmp_path / "in.jsonl")
    run(tmp_path / "in.jsonl", tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    table = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert table[0]["status"] == "tagged"
    assert len(table[0]["tags"].split("; ")) == len(table[0]["tag_confidences"].split("; ")) >= 3
    assert table[6]["reason"].startswith("line 7: ")


def test_a_table_keeps_its_columns_with_wide_characters_and_control_characters(tmp_path: Path) -> None:
    article = {"title": "半導体\x1b[31m工場" * 9, "text": "愛知県で半導体工場の建設が始まった。"}
    (tmp_path / "in.jsonl").write_text(json.dumps(article))
    result = CliRunner().invoke(cli, ["tag", "-i", str(tmp_path / "in.jsonl"), "--format", "table"])
    header, row = result.stdout.splitlines()
    assert "\x1b" not in row
    assert cell_len(row[: row.index("…")]) < header.index("TAGS")
    assert "半導体工場" in row


@pytest.mark.heavy
def test_rows_go_to_a_pipe_as_they_come(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}))
    os.mkfifo(tmp_path / "pipe")
    files = ["-i", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "pipe")]
    with subprocess.Popen([sys.executable, "-m", "alt_pipelines", "tag", *files]) as process:
        assert json.loads((tmp_path / "pipe").read_text())["id"] == "a"
    assert process.returncode == 0
    assert (tmp_path / "pipe").is_fifo()


def test_an_article_that_takes_too_long_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hanging(title: str, content: str, **options: object) -> object:
        while "hang" in content:
            pass
        return clean_article(title, content, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(extractor, "clean_article", hanging)
    monkeypatch.setenv("TAG_ARTICLE_CPU_SECONDS", "0.3")
    entries = [{"id": "a", "text": TEXT}, {"id": "b", "text": "hang"}, {"id": "c", "text": TEXT}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, entries)), "utf-8")
    code, _ = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    found = rows(tmp_path / "out.jsonl")
    assert code == 0
    assert [row["status"] for row in found] == ["tagged", "failed", "tagged"]
    assert found[1]["reason"] == TOOK_TOO_LONG


def test_a_malformed_entry_has_its_id_else_its_url_else_its_number(tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": 5}', '{"url": "https://a.example/1", "text": 5}', "{not json", '{"id": "d"}']
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    code, _ = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert code == SOME_MALFORMED
    assert [row["id"] for row in rows(tmp_path / "out.jsonl")] == ["a", "https://a.example/1", 3, "d"]


@pytest.mark.parametrize("target", ["out.jsonl", "out.csv"])
def test_rows_of_a_folder_name_their_file_because_ids_may_repeat(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    entry = json.dumps({"id": 1, "text": TEXT})
    (folder / "a.jsonl").write_text(f"{entry}\n{entry}\n{{bad\n", "utf-8")
    (folder / "sub" / "x.md").write_text(f"# Oil spill\n\n{TEXT}\n", "utf-8")
    code, _ = run(folder, tmp_path / target)
    assert code == SOME_MALFORMED
    if target.endswith("csv"):
        found = list(csv.DictReader((tmp_path / target).read_text("utf-8-sig").splitlines()))
    else:
        found = rows(tmp_path / target)  # type: ignore[assignment]
    assert [row["source"] for row in found] == ["a.jsonl: line 1", "a.jsonl: line 2", "a.jsonl: line 3", "sub/x.md"]
    run(folder / "a.jsonl", tmp_path / target)
    assert "source" not in (tmp_path / target).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("list.opml", []),
        ("LIST.OPML", []),
        ("feeds.xml", []),
        ("feeds", []),
        ("feeds.txt", ["--from", "opml"]),
        ("list.opml.gz", []),
        ("-", []),
    ],
)
def test_rows_of_a_list_of_feeds_name_their_feed_however_the_list_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, options: list[str]
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}), "utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}), "utf-8")
    outlines = '<outline xmlUrl="a.jsonl"/><outline xmlUrl="b.jsonl"/>'
    opml = f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'.encode()
    monkeypatch.chdir(tmp_path)
    if name != "-":
        Path(name).write_bytes(gzip.compress(opml) if name.endswith(".gz") else opml)
    result = CliRunner().invoke(cli, ["tag", "-i", name, "-o", "out.csv", *options], input=opml)
    assert result.exit_code == 0, result.output
    found = csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines())
    assert [row["source"] for row in found] == ["a.jsonl: line 1", "b.jsonl: line 1"]


def test_rows_of_one_file_have_no_source_whatever_its_name_has_in_it(tmp_path: Path) -> None:
    (tmp_path / "from.opml.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}), "utf-8")
    run(tmp_path / "from.opml.jsonl", tmp_path / "out.jsonl")
    assert "source" not in rows(tmp_path / "out.jsonl")[0]
