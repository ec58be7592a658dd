"""`alt-pipelines cluster` as a person uses it: files in, files out, and errors that say what to do."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from structlog.testing import capture_logs

from alt_pipelines.recap.command import cluster
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract
from alt_pipelines_tests.unit.recap.corpora import english, request


@pytest.fixture(autouse=True)
def _hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The hashing encoder. Log records do not go to standard output: `alt-pipelines` sends them to standard error."""
    monkeypatch.setenv("RECAP_SUBWORKER_MODEL_BACKEND", "hash")
    monkeypatch.setenv("RECAP_SUBWORKER_ALLOW_HASH_BACKEND", "true")
    with capture_logs():
        yield


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cluster, [str(argument) for argument in arguments])


def body(**more: Any) -> dict[str, Any]:
    return {**request(english(stories=3, each=4)).canonical_payload(), **more}


def written(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


@pytest.mark.heavy
def test_a_request_file_becomes_a_run_object_with_assignments_and_a_map(tmp_path: Path) -> None:
    source = written(tmp_path / "request.json", body())
    target, assigned, picture = tmp_path / "out" / "run.json", tmp_path / "a.jsonl", tmp_path / "map.png"
    done = call("--input", source, "--output", target, "--assignments", assigned, "--map", picture)
    assert done.exit_code == 0, done.output
    run = json.loads(target.read_text("utf-8"))
    assert_keeps_contract(run)
    assert run["cluster_count"] == 3
    assert run["diagnostics"]["backend"] == "hash"
    rows = [json.loads(line) for line in assigned.read_text("utf-8").splitlines()]
    assert len(rows) == run["diagnostics"]["total_sentences"]
    assert set(rows[0]) == {"article_id", "sentence_idx", "cluster_id"}
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "stories: 3; articles: 12" in done.stderr


def test_output_can_be_piped_and_nothing_else_is_on_standard_output(tmp_path: Path) -> None:
    done = call("--input", written(tmp_path / "r.json", body()), "--output", "-")
    assert json.loads(done.stdout)["status"] == "succeeded"
    assert "documents" in done.stderr


def test_quiet_is_quiet(tmp_path: Path) -> None:
    done = call("--input", written(tmp_path / "r.json", body()), "--output", tmp_path / "o.json", "--quiet")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "documents" not in done.stderr


def test_a_wrong_field_is_named_with_its_value_and_a_remedy(tmp_path: Path) -> None:
    wrong = body()
    wrong["params"]["mmr_lambda"] = 1.5
    wrong["documents"][1]["paragraphs"] = ["short"]
    wrong["documents"][1]["colour"] = "red"
    done = call("--input", written(tmp_path / "r.json", wrong), "--output", tmp_path / "o.json")
    assert done.exit_code == 2
    assert "params.mmr_lambda is 1.5: Input should be less than or equal to 1; decrease it" in done.stderr
    assert 'documents[1].paragraphs is ["short"]: paragraph 0 has 5 characters' in done.stderr
    assert 'documents[1].colour is "red"' in done.stderr
    assert "remove it" in done.stderr
    assert not (tmp_path / "o.json").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [("{not json", "the body: Invalid JSON"), ("[]", "the body is []"), ("", "the body: Invalid JSON")],
)
def test_a_file_that_is_no_request_is_refused(tmp_path: Path, content: str, said: str) -> None:
    done = call("--input", written(tmp_path / "r.json", content), "--output", tmp_path / "o.json")
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = call("--input", tmp_path / "none.json", "--output", tmp_path / "o.json")
    assert done.exit_code == 2
    assert "none.json" in done.stderr
    assert "No such file" in done.stderr


def test_too_many_documents_are_refused_with_the_setting_to_raise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECAP_SUBWORKER_MAX_DOCS_PER_GENRE", "11")
    done = call("--input", written(tmp_path / "r.json", body()), "--output", tmp_path / "o.json")
    assert done.exit_code == 2
    assert "document limit exceeded: 12 documents, the limit is 11" in done.stderr
    assert "RECAP_SUBWORKER_MAX_DOCS_PER_GENRE" in done.stderr


def test_an_output_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    blocked = written(tmp_path / "file", "x")
    done = call("--input", written(tmp_path / "r.json", body()), "--output", blocked / "o.json")
    assert done.exit_code == 1
    assert "cannot write" in done.stderr


def test_an_existing_output_is_replaced_whole(tmp_path: Path) -> None:
    target = written(tmp_path / "o.json", "x" * 1_000_000)
    call("--input", written(tmp_path / "r.json", body()), "--output", target)
    assert json.loads(target.read_text("utf-8"))["status"] == "succeeded"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["o.json", "r.json"]


def test_help_shows_a_request_and_explains_the_parameters() -> None:
    shown = call("--help").output
    for word in ("paragraphs", "hdbscan_min_cluster_size", "diagnostics", "Exit codes", "--assignments"):
        assert word in shown
