"""The source files of the packages and their imports, read without importing anything."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from alt_pipelines.settings import PROJECT_ROOT


class Import(NamedTuple):
    """An import statement of a file: the module as written, and the names; for `import module`, the module itself."""

    path: Path
    module: str
    names: tuple[str, ...]


def files(*roots: str) -> Iterator[Path]:
    """Yield the Python files of packages in the project's folder."""
    for root in roots:
        yield from sorted((PROJECT_ROOT / root).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text("utf-8"))


def imports(*roots: str) -> Iterator[Import]:
    """Yield every import of the packages."""
    for path in files(*roots):
        yield from imports_of(path)


@cache
def imports_of(path: Path) -> tuple[Import, ...]:
    """Return the imports of a file, including those inside functions."""
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found += [Import(path, alias.name, (alias.name,)) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} is a relative import"
            found.append(Import(path, node.module or "", tuple(alias.name for alias in node.names)))
    return tuple(found)


def name_of(path: Path) -> str:
    """Return a file's name as a module."""
    parts = path.relative_to(PROJECT_ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
