"""The walls between the rooms: every import in the code respects the rules of docs/architecture.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

from alt_pipelines import dagster_names
from alt_pipelines.settings import PROJECT_ROOT
from alt_pipelines_tests.support.imports import files, imports, parsed

DAGSTER_ROOMS = ("runtime/", "stack/", "maintenance/")
DAGSTER_FILES = {
    "assets.py",
    "automation.py",
    "partitions.py",
    "checks.py",
    "definitions.py",
    "resources.py",
    "reporting.py",
}
ALGORITHMS = (
    "alt_pipelines/tagging/extraction/",
    "alt_pipelines/recap/corpus/",
    "alt_pipelines/recap/clustering/",
    "alt_pipelines/recap/story/",
)
PROCESSES = ("multiprocessing", "concurrent", "subprocess", "signal", "asyncio", "psutil")
SQL_MODULES = ("sqlalchemy", "psycopg2")
# Names that any module may import, because they write no SQL: URLs, engines that are passed on, errors.
NOT_SQL = {
    "TimeoutError",
    "Error",
    "URL",
    "Connection",
    "Engine",
    "make_url",
    "ArgumentError",
    "DBAPIError",
    "OperationalError",
    "SQLAlchemyError",
}


def test_dagster_is_imported_only_where_it_is_wired() -> None:
    for path, module, _ in imports("alt_pipelines", "api"):
        if module.split(".")[0] in ("dagster", "dagster_celery", "dagster_postgres"):
            inside = path.relative_to(PROJECT_ROOT / "alt_pipelines").as_posix() if _in_pipelines(path) else "api"
            assert inside.startswith(DAGSTER_ROOMS) or path.name in DAGSTER_FILES, f"{path} imports {module}"


def test_sql_is_written_only_in_database_and_in_stores() -> None:
    for path, module, names in imports("alt_pipelines", "api"):
        if module.split(".")[0] not in SQL_MODULES:
            continue
        allowed = _in_pipelines(path) and path.relative_to(PROJECT_ROOT / "alt_pipelines").parts[0] == "database"
        store = "store" in path.stem or "store" in path.parts
        assert allowed or store or set(names) <= NOT_SQL, f"{path} imports {set(names) - NOT_SQL} from {module}"


def test_the_algorithms_know_nothing_of_processes_databases_and_runs() -> None:
    """At most a lock, which lets threads share what an algorithm has loaded."""
    imported = set()
    for path, module, names in imports("alt_pipelines"):
        if not path.relative_to(PROJECT_ROOT).as_posix().startswith(ALGORITHMS):
            continue
        imported.add(path)
        assert module.split(".")[0] not in (*PROCESSES, *SQL_MODULES), f"{path} imports {module}"
        assert module != "threading" or names == ("Lock",), f"{path} imports {names} from {module}"
        forbidden = ("alt_pipelines.runtime", "alt_pipelines.database", "alt_pipelines.processes")
        assert not module.startswith(forbidden) and ".store" not in module, f"{path} imports {module}"
    assert len(imported) > 100


def test_the_adapter_never_imports_assets() -> None:
    for path, module, _ in imports("api"):
        assert not set(module.split(".")) & {name.removesuffix(".py") for name in DAGSTER_FILES}, f"{path}: {module}"
        assert module != "alt_pipelines.definitions", f"{path}: {module}"


def test_tests_and_benchmarks_share_only_what_is_made_for_both() -> None:
    for path, module, _ in imports("alt_pipelines_tests"):
        assert not module.startswith("benchmarks"), f"{path} imports {module}"
    for path, module, _ in imports("benchmarks"):
        if module.startswith("alt_pipelines_tests"):
            assert module.startswith("alt_pipelines_tests.support"), f"{path} imports {module}"
    for path, module, _ in imports("alt_pipelines", "api"):
        assert not module.startswith(("benchmarks", "alt_pipelines_tests")), f"{path} imports {module}"


def test_private_modules_of_dagster_are_imported_in_one_place() -> None:
    for path, module, _ in imports("alt_pipelines", "api"):
        parts = module.split(".")
        private = parts[0].startswith("dagster") and any(part.startswith("_") for part in parts)
        assert not private or path.name == "dagster_internals.py", f"{path} imports {module}"


def test_the_names_of_jobs_and_tags_are_written_once() -> None:
    names = {value for name, value in vars(dagster_names).items() if name.endswith(("_JOB", "_TAG"))}
    assert len(names) > 8
    for path in files("alt_pipelines", "api"):
        if path.name != "dagster_names.py":
            copies = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant) and node.value in names]
            assert not copies, f"{path}:{copies[0].lineno} copies {copies[0].value}"


def test_only_the_settings_read_the_environment() -> None:
    for path in files("alt_pipelines", "api"):
        if "settings" in path.parts:
            continue
        tree = parsed(path)
        writes = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Subscript | ast.Attribute) and _sets(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and _name(node.value) == "os":
                assert id(node) in writes, f"{path}:{node.lineno} reads the environment"


def test_only_the_definitions_read_settings_while_they_are_imported() -> None:
    for path in files("alt_pipelines", "api"):
        if path == PROJECT_ROOT / "alt_pipelines" / "definitions.py" or "settings" in path.parts:
            continue
        for node in _run_by_an_import(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                reads = node.func.attr in ("from_environment", "environment", "for_process")
                reads = reads or (node.func.attr == "read" and _name(node.func.value).endswith("Settings"))
                assert not reads, f"{path}:{node.lineno} reads settings at import"


def test_the_rooms_of_the_assets_import_no_checks() -> None:
    for path, module, names in imports("alt_pipelines"):
        assert path.name != "assets.py" or "checks" not in {*module.split("."), *names}, f"{path} imports {module}"


def test_tests_and_benchmarks_read_no_private_attribute_of_what_they_test() -> None:
    """Except for names that their owners document: named tuples, rows of SQLAlchemy, the end of a forked process."""
    documented = {"_asdict", "_replace", "_fields", "_mapping", "_exit"}
    for path in files("alt_pipelines_tests", "benchmarks"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                own = _name(node.value) in ("self", "cls")
                assert own or node.attr in documented, f"{path}:{node.lineno} reads {node.attr}"
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith(("alt_pipelines", "api", "benchmarks")):
                private = [alias.name for alias in node.names if alias.name.startswith("_")]
                assert not private, f"{path}:{node.lineno} imports {private}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setattr":
                replaced = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                private = [name for name in replaced if str(name).split(".")[-1].startswith("_")]
                assert not private, f"{path}:{node.lineno} replaces {private}"


def _run_by_an_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what Python evaluates at import: everything outside function bodies, including defaults and decorators."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        outside = [*node.args.defaults, *(default for default in node.args.kw_defaults if default)]
        outside += [] if isinstance(node, ast.Lambda) else node.decorator_list
    elif isinstance(node, ast.If) and "__main__" in ast.dump(node.test):
        outside = []
    else:
        outside = list(ast.iter_child_nodes(node))
    yield node
    for child in outside:
        yield from _run_by_an_import(child)


def _sets(node: ast.Subscript | ast.Attribute) -> bool:
    """Whether this is `os.environ[x] = ...` or `os.environ.setdefault(...)`, for libraries without another setting."""
    return isinstance(node.ctx, ast.Store) or (isinstance(node, ast.Attribute) and node.attr == "setdefault")


def _in_pipelines(path: Path) -> bool:
    return path.relative_to(PROJECT_ROOT).parts[0] == "alt_pipelines"


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
