"""Simplemma's dictionaries from their index on disk: the same lemmas, from any state of the file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries import dictionary_factory
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

from alt_pipelines.tagging.extraction.words.dictionaries import Lemmas, keep_in, lemmas

LANGUAGES = ("se", "id", "ms")  # small; the keys of some languages are stored reversed


@pytest.fixture(autouse=True)
def _without_a_home_afterwards() -> Iterator[None]:
    yield
    keep_in(None)


def _sample(mapping: Mapping[str, str]) -> dict[str, str]:
    return {word: mapping[word] for word in list(mapping)[::997]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_gives_the_lemmas_of_the_library_for_every_word_and_for_words_it_lacks(
    language: str, tmp_path: Path
) -> None:
    expected = StreamDictionaryFactory(cache_max_size=1).get_dictionary(language)
    keep_in(tmp_path)
    found = lemmas(language)
    assert isinstance(found, Lemmas)
    words = list(expected)
    assert list(found) == words
    assert len(found) == len(words)
    some = words[::97]
    asked = [*some, *(word + "q" for word in some), *(word[:-1] for word in some), "", "\0", "\U0010ffff", "zzzzzz"]
    assert [found.get(word) for word in asked] == [expected.get(word) for word in asked]
    assert "\ud800" not in found


def test_a_second_process_reads_the_file_and_decodes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_in(tmp_path)
    before = lemmas("ms")
    keep_in(tmp_path)  # forgets what is loaded, as in a new process
    monkeypatch.setattr(dictionary_factory, "DATA_FOLDER", tmp_path / "nowhere")
    assert _sample(lemmas("ms")) == _sample(before)


@pytest.mark.parametrize("damage", [b"", b"lemmas01", b"lemmas00" + bytes(100), None])
def test_a_damaged_file_is_written_again(damage: bytes | None, tmp_path: Path) -> None:
    keep_in(tmp_path)
    expected = _sample(lemmas("ms"))
    (file,) = (tmp_path / "cache" / "dictionaries").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:5000] + b"?" + whole[5001:] if damage is None else damage)
    keep_in(tmp_path)
    assert _sample(lemmas("ms")) == expected
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_time_and_not_lemmas(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    keep_in(tmp_path)
    assert not isinstance(lemmas("ms"), Lemmas)
    assert lemmas("ms")


def test_a_language_without_a_dictionary_has_no_lemmas(tmp_path: Path) -> None:
    keep_in(tmp_path)
    assert lemmas("ja") == {}
