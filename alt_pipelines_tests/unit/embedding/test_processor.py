"""Which processors multiply in eight bits without overflow."""

from pathlib import Path

import pytest

from alt_pipelines.embedding.onnx import exact_products


@pytest.mark.parametrize(
    ("cpuinfo", "exact"),
    [
        ("processor\t: 0\nflags\t\t: fpu avx2 avx512f avx512_vnni\n", True),
        ("flags\t\t: fpu avx2 avx_vnni\n", True),
        ("flags\t\t: fpu avx2 avx512f avx512bw\n", False),
        ("Features\t: fp asimd asimddp\n", False),
        ("flags", False),
        ("", False),
    ],
)
def test_products_are_exact_where_the_processor_has_vnni(tmp_path: Path, cpuinfo: str, exact: bool) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(cpuinfo)
    assert exact_products(file) is exact


def test_products_are_taken_for_inexact_where_nothing_is_known(tmp_path: Path) -> None:
    assert not exact_products(tmp_path / "none")
