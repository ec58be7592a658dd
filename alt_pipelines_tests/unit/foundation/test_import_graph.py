"""The import graph of the packages: no circle, and every room imports only rooms below it."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from alt_pipelines_tests.support.imports import files, imports, imports_of, name_of, parsed

PACKAGES = ("alt_pipelines", "api")
# From the bottom to the top. A room imports rooms of lower layers only, never one of its own layer.
LAYERS = (
    {"utc"},
    {
        "atomic",
        "clock",
        "dagster_names",
        "memory",
        "overwriting",
        "processes",
        "settings",
        "stillness",
        "wakeups",
    },
    {"data_files"},
    {"text"},
    {"article_files", "database", "embedding", "installation"},
    {"observability"},
    {"runtime"},
    {"consumers", "sites", "vocabulary"},
    {"label_graph", "learning", "recap", "tagging"},
    {"demo", "maintenance", "platform"},
    {"resources", "stack"},
    {"api", "cli", "definitions"},
)
ENTRY_POINTS = "__main__"  # they start a program, so they may import anything, and nothing imports them


def test_no_module_imports_itself_through_others_not_even_in_a_function() -> None:
    assert list(_circles(_graph())) == []


def test_every_room_imports_only_rooms_below_it() -> None:
    layer_of = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
    across = [
        (module, other)
        for module, imported in _graph().items()
        for other in imported
        if _room(module) != _room(other) and not module.endswith(ENTRY_POINTS)
    ]
    assert across
    assert [pair for pair in across if layer_of[_room(pair[1])] >= layer_of[_room(pair[0])]] == []


def test_every_room_has_a_layer() -> None:
    rooms = {_room(name_of(path)) for path in files(*PACKAGES)} - {"", ENTRY_POINTS}
    assert rooms == set().union(*LAYERS)


def test_nothing_imports_an_entry_point() -> None:
    assert [f"{one.path} imports {one.module}" for one in imports(*PACKAGES) if one.module.endswith(ENTRY_POINTS)] == []


def test_what_benchmarks_import_is_there() -> None:
    """The tests do not run them."""
    packages = ("alt_pipelines", "alt_pipelines_tests", "api", "benchmarks")
    modules = {name_of(path): path for path in files(*packages)}
    missing = [
        f"{one.path} imports {name} from {one.module}"
        for one in imports("benchmarks")
        for name in one.names
        if one.module.split(".")[0] in packages
        and name != one.module
        and f"{one.module}.{name}" not in modules
        and (one.module not in modules or name not in _defined(modules[one.module]))
    ]
    assert missing == []


def test_the_search_finds_a_circle() -> None:
    assert list(_circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == [["a", "b", "c"]]
    assert list(_circles({"a": {"b", "c"}, "b": {"c"}, "c": set()})) == []


def _graph() -> dict[str, set[str]]:
    """Return, for every module, the modules of the packages that it imports, also inside functions."""
    modules = {name_of(path): path for path in files(*PACKAGES)}
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        named = [
            f"{one.module}.{name}" if f"{one.module}.{name}" in modules else one.module
            for one in imports_of(path)
            for name in one.names
        ]
        graph[module] = {other for other in named if other in modules and other != module}
    return graph


def _circles(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Yield a circle through each module that is the first of one, in alphabetical order."""
    for start in sorted(graph):
        path = [start]
        seen = {start}
        if _leads_back(graph, start, start, path, seen):
            yield path
            return


def _leads_back(graph: Mapping[str, set[str]], start: str, module: str, path: list[str], seen: set[str]) -> bool:
    for other in sorted(graph[module]):
        if other == start:
            return True
        if other not in seen:
            seen.add(other)
            path.append(other)
            if _leads_back(graph, start, other, path, seen):
                return True
            path.pop()
    return False


def _defined(path: Path) -> set[str]:
    """Return the names that a module has after its import."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
    return names


def _room(module: str) -> str:
    """Return a module's room: `api`, or its name below alt_pipelines; empty for alt_pipelines itself."""
    parts = module.split(".")
    return parts[0] if parts[0] == "api" else ".".join(parts[1:2])
