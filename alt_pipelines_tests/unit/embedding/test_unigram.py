"""The Unigram tokenizer gives the token ids of the library that it replaces, for any text, in less memory."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from alt_pipelines.embedding.batching import load_tokenizer
from alt_pipelines.embedding.unigram import UnigramTokenizer, load_unigram
from alt_pipelines.settings import resources

FILE = resources() / "models" / "multilingual-e5-small" / "tokenizer.json"
LENGTH = 48

TEXTS = [
    "query: The tanker ran aground off Alaska.",
    "query: 経済産業省は月曜日、先端半導体の輸出規則を強化すると発表した。",
    "query: Le ministère a durci lundi les règles d'exportation.",
    "한국어 문장과 ไทย และ العربية",
    "ﬁ ① ｱﾞ ～ ▁ ▁▁ \t\n\u200b\ufeff � 👨‍👩‍👧 𓀀𓀁",
    "<s> </s> <pad> <mask> <s",
    "",
    " ",
    "word " * 300,
]


@pytest.fixture(scope="module")
def file() -> dict[str, Any]:
    """The shipped tokenizer with the first fifty words of its vocabulary."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    found["model"]["vocab"] = found["model"]["vocab"][:50]
    return found


@pytest.fixture(scope="module")
def theirs() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(FILE))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH)
    return tokenizer


@pytest.fixture(scope="module")
def ours() -> UnigramTokenizer:
    tokenizer = load_tokenizer(FILE, LENGTH)
    assert isinstance(tokenizer, UnigramTokenizer)
    return tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_the_ids_of_every_language_are_the_same(text: str, ours: UnigramTokenizer, theirs: Tokenizer) -> None:
    assert ours.encode(text).ids == theirs.encode(text).ids


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60).filter(lambda text: "<unk>" not in text))
def test_the_ids_of_any_text_are_the_same(ours: UnigramTokenizer, theirs: Tokenizer, text: str) -> None:
    assert ours.encode(text).ids == theirs.encode(text).ids


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_pieces_have_the_ids_of_the_text_and_begin_where_it_has_them(ours: UnigramTokenizer, text: str) -> None:
    """Lone surrogates, İ and unknown characters must not move the offsets."""
    pieces = ours.pieces(text)
    room = LENGTH - len(ours.before) - len(ours.after)
    assert ours.encode(text).ids == [*ours.before, *pieces.ids[:room], *ours.after]
    ends = [*pieces.starts[1:], len(pieces.text)] if pieces.ids else []
    assert all(start < end for start, end in zip(pieces.starts, ends, strict=True))
    assert bool(pieces.ids) == bool(pieces.text)
    for token, start, end in zip(pieces.ids, pieces.starts, ends, strict=True):
        piece = ours.processor.id_to_piece(token).replace("İ", "i")
        assert ours.processor.is_unknown(token) or pieces.text[start:end].casefold() == piece.casefold()


def test_the_name_of_the_unknown_token_is_read_as_text(ours: UnigramTokenizer, file: dict[str, Any]) -> None:
    assert file["model"]["unk_id"] not in ours.encode("an <unk> tag").ids


def test_tokenizers_of_other_kinds_are_left_to_their_library(tmp_path: Path, file: dict[str, Any]) -> None:
    assert load_unigram(resources() / "models" / "all-MiniLM-L6-v2" / "tokenizer.json", LENGTH) is None
    for change in (
        {"pre_tokenizer": {"type": "Whitespace"}},
        {"post_processor": None},
        {"added_tokens": [{"id": 4, "content": "<s>", "special": True}]},
    ):
        path = tmp_path / "tokenizer.json"
        path.write_text(json.dumps(file | change), "utf-8")
        assert load_unigram(path, LENGTH) is None
