"""The regular expressions of the packages, and strings that are derived from them.

Every literal, and one character of every class, is an atom. Atoms are repeated, paired and put before one another.
"""

import importlib
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

CATEGORIES = {
    sre.CATEGORY_DIGIT: "7",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_DIGIT: "x",
    sre.CATEGORY_NOT_WORD: "-",
    sre.CATEGORY_NOT_SPACE: "y",
}
METHODS = frozenset(("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"))
DEEPEST = 3  # containers within containers in which patterns are looked for
LONGEST_ATOMS = 9  # atoms per pattern; patterns with more are sampled


def atoms_of(pattern: re.Pattern[str]) -> list[str]:
    """Return each literal run and one character of each class of a pattern, in order, without duplicates."""
    found: list[str] = []
    literal = ""

    def end_literal() -> None:
        nonlocal literal
        if literal:
            found.append(literal)
        literal = ""

    def visit(parsed: Iterable[Any]) -> None:
        nonlocal literal
        for op, argument in parsed:
            if op is sre.LITERAL:
                literal += chr(argument)
                continue
            end_literal()
            if op is sre.IN:
                found.extend(_members(argument))
            elif op is sre.NOT_LITERAL or op is sre.ANY:
                found.append("z")
            elif op is sre.BRANCH:
                for branch in argument[1]:
                    visit(branch)
                    end_literal()
            elif op is sre.SUBPATTERN:
                visit(argument[3])
            elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
                visit(argument[2])
            elif op in (sre.ASSERT, sre.ASSERT_NOT):
                visit(argument[1])
            elif op is sre.ATOMIC_GROUP:
                visit(argument)
            end_literal()
        end_literal()

    visit(sre_parser.parse(pattern.pattern, pattern.flags))
    unique = list(dict.fromkeys(found))
    step = max(1, -(-len(unique) // LONGEST_ATOMS))
    return unique[::step]


def _members(members: Iterable[Any]) -> Iterator[str]:
    """Yield characters that a class matches: its single characters, and one of each range and category."""
    for op, argument in members:
        if op is sre.LITERAL:
            yield chr(argument)
        elif op is sre.RANGE:
            yield chr(argument[0])
        elif op is sre.CATEGORY:
            yield CATEGORIES[argument]
        elif op is sre.NEGATE:
            yield "z"


def patterns_of(*modules: ModuleType) -> dict[str, re.Pattern[str]]:
    """Return the private compiled patterns of modules, by name."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and name.startswith("_")  # public patterns are imported from other modules
    }


def sources(*packages: ModuleType) -> dict[str, str]:
    """Return the source of every module of the packages by name, without importing them."""
    return {
        ".".join((package.__name__, *path.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__"): (
            path.read_text("utf-8")
        )
        for package in packages
        for folder in map(Path, package.__path__)
        for path in sorted(folder.rglob("*.py"))
    }


def compiled_in(name: str, known: Mapping[str, str]) -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Return every compiled pattern of a module by variable, with the methods that the `known` sources call on it.

    Patterns in the module's containers and classes are included. A pattern whose calls are not found (it is handed on)
    counts as called with every method.
    """
    found = {}
    for variable, value in vars(importlib.import_module(name)).items():
        if variable.startswith("__"):
            continue
        places = [known[name]] if variable.startswith("_") else known.values()
        called = {method for place in places for method in re.findall(rf"\b{variable}\.(\w+)", place)}
        for number, pattern in enumerate(_inside(value)):
            found[f"{variable}.{number}"] = (pattern, frozenset(called & METHODS) or METHODS)
    return found


def _inside(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < DEEPEST:
        within: Iterable[object] = ()
        if type(value) in (list, tuple, set, frozenset):
            within = value  # type: ignore[assignment]
        elif type(value) is dict:
            within = value.values()
        elif isinstance(value, type) and value.__module__.partition(".")[0] in ("alt_pipelines", "api"):
            within = vars(value).values()
        for one in within:
            yield from _inside(one, depth + 1)


def calling(pattern: re.Pattern[str], methods: Iterable[str]) -> Callable[[str], object]:
    """Return a step that runs a pattern over a text, as the methods given do."""
    whole = "fullmatch" in methods
    first = "match" in methods
    anywhere = METHODS.intersection(methods) - {"fullmatch", "match"}

    def step(text: str) -> None:
        if whole:
            pattern.fullmatch(text)
        if first:
            pattern.match(text)
        if anywhere:
            deque(pattern.finditer(text), maxlen=0)

    return step


def repetitions(pattern: re.Pattern[str]) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Yield (name, function that makes a string of about n characters) per atom and per ordered pair of atoms."""
    atoms = [*atoms_of(pattern), " ", "\n", "a"]
    for atom in atoms:
        yield f"{atom!r} repeated", partial(_repeated, "", atom, "")
        yield f"{atom!r} repeated, then !x", partial(_repeated, "", atom, "!x")
    for one, other in product(atoms, atoms):
        if one != other:
            yield f"{one!r} before {other!r} repeated", partial(_repeated, one, other, "\x01")
            yield f"{one + other!r} repeated", partial(_repeated, "", one + other, "")


def _repeated(before: str, atom: str, behind: str, length: int) -> str:
    return before + (atom * (length // len(atom) + 1))[:length] + behind
