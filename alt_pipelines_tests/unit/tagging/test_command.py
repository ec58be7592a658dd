"""`alt-pipelines tag`: every line has its row, in order, whatever it holds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from alt_pipelines.cli import cli
from alt_pipelines.tagging.jsonl import Line, Malformed, parse

TEXT = "The tanker Exxon Valdez spilled crude oil in Prince William Sound, and the Coast Guard closed it to ships."
BAD_LINES = [
    b"{not json",
    b"",
    b"[1, 2]",
    b'"text"',
    b'{"title": "no id", "text": "x"}',
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
    assert code == 0
    assert len(found) == len(lines)
    assert [r["id"] for r in found[:6]] == ["a", 7, "ja", "fr", "blank", "s\ud800"]
    assert [r["status"] for r in found] == ["tagged"] * 4 + ["rejected", "tagged"] + ["rejected"] * len(BAD_LINES)
    for number in range(7, 7 + len(BAD_LINES)):
        assert f"line {number}: " in said
        assert str(found[number - 1]["reason"]).startswith(f"line {number}: ")
    assert f"{len(lines)} articles" in said


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


def test_several_workers_give_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    mixed_input(tmp_path / "in.jsonl", copies=12)
    run(tmp_path / "in.jsonl", tmp_path / "one.jsonl")
    code, _ = run(tmp_path / "in.jsonl", tmp_path / "two.jsonl", "--workers", "2")
    assert code == 0

    def ids(path: Path) -> list[tuple[object, object]]:
        return [(r["id"], r["status"]) for r in rows(path)]

    assert ids(tmp_path / "one.jsonl") == ids(tmp_path / "two.jsonl")


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
    assert "no/such" in said


def test_an_empty_file_gives_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"")
    code, said = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (code, (tmp_path / "out.jsonl").read_bytes()) == (0, b"")
    assert "0 articles" in said


def test_it_reads_and_writes_streams() -> None:
    line = json.dumps({"id": "a", "text": TEXT})
    program = [sys.executable, "-c", "from alt_pipelines.cli import main; main()", "tag"]
    done = subprocess.run(program, input=f"{line}\nbad\n", capture_output=True, text=True, timeout=120, check=True)
    assert [json.loads(row)["status"] for row in done.stdout.splitlines()] == ["tagged", "rejected"]
    assert "line 2: not JSON" in done.stderr


def test_help_teaches() -> None:
    said = CliRunner().invoke(cli, ["tag", "--help"]).stdout
    for word in ("An input line", "An output line", "Exit codes", "--workers", "zcat"):
        assert word in said


@pytest.mark.parametrize("raw", BAD_LINES, ids=lambda raw: repr(raw[:20]))
def test_any_bad_line_is_described(raw: bytes) -> None:
    found = parse(Line(3, raw))
    assert isinstance(found, Malformed)
    assert found.number == 3
    assert found.problem


def test_a_line_too_long_to_hold_is_described() -> None:
    assert isinstance(parse(Line(1, None)), Malformed)


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert not isinstance(parse(Line(1, b'\xef\xbb\xbf{"id": 1, "text": "x"}')), Malformed)
