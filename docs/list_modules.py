"""Write docs/modules.md: every module of the code with the first line of its docstring, by room.

usage: python docs/list_modules.py [--check]
"""

import ast
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(__file__).with_name("modules.md")
HEAD = """# Modules

Every module with the first line of its docstring, by room (package). The docstring goes on where the room or the module
needs it. `make docs` writes this file.
"""


def listing() -> str:
    """Return the text of modules.md."""
    return "\n".join([HEAD, *_lines()])


def _lines() -> Iterator[str]:
    paths = [path for top in ("alt_pipelines", "api") for path in (ROOT / top).rglob("*.py")]
    for folder, modules in groupby(sorted(paths, key=lambda path: (path.parent, path.name)), lambda path: path.parent):
        room = folder.relative_to(ROOT).as_posix()
        yield f"## `{room}/`\n"
        for path in modules:
            line = _first_line(path)
            yield f"{line}\n" if path.name == "__init__.py" else f"* [`{path.stem}`](../{room}/{path.name}): {line}"
        yield ""


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0].replace("<", "&lt;")


if __name__ == "__main__":
    if "--check" not in sys.argv:
        TARGET.write_text(listing(), "utf-8")
    elif TARGET.read_text("utf-8") != listing():
        sys.exit("docs/modules.md is not up to date. Run `make docs`.")
