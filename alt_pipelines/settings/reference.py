"""Generate the reference of all settings from their fields, for docs/settings.md and `alt-pipelines settings`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from alt_pipelines.settings.old_services import OLD_VARIABLES
from alt_pipelines.settings.reading import SettingsGroup, is_secret, variables_of

_SIGNS = ((Ge, "ge", "≥"), (Gt, "gt", ">"), (Le, "le", "≤"), (Lt, "lt", "<"))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, formatted for people."""

    group: str
    name: str
    older_names: tuple[str, ...]
    default: str
    bounds: str
    description: str
    value: str
    source: str
    """The variable that set the value; empty for the default."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of settings; `title` is the first paragraph of its docstring."""

    name: str
    title: str
    settings: tuple[Setting, ...]


def groups(
    models: Mapping[str, type[SettingsGroup]], environ: Mapping[str, str], read: Mapping[str, SettingsGroup]
) -> Iterator[Group]:
    """Yield every group with its settings. `read` holds the groups as read from `environ`."""
    for name, model in models.items():
        title = " ".join((model.__doc__ or "").split("\n\n")[0].split())
        rows = tuple(_setting(name, field, info, environ, read[name]) for field, info in model.model_fields.items())
        yield Group(name, title, rows)


def markdown(described: Iterator[Group]) -> str:
    """Return the text of docs/settings.md, which contains no values of this machine."""
    lines = [
        "# Settings",
        "",
        "Written by `alt-pipelines settings --write docs/settings.md`; a test fails when it is stale.",
        "",
        "Every setting is an environment variable. An empty variable counts as not set. As with Docker and Kubernetes",
        "secrets, `NAME_FILE` may hold the path of a file that contains the value. A process with invalid values does",
        "not start and reports all of them. `alt-pipelines settings` prints the values that it has in an environment.",
        "",
    ]
    for group in described:
        lines += [
            f"## {group.name}",
            "",
            group.title,
            "",
            "| Variable | Default | Allowed | Meaning |",
            "|---|---|---|---|",
        ]
        for row in group.settings:
            names = f"`{row.name}`" + "".join(f"<br>`{name}`" for name in row.older_names)
            lines.append(f"| {names} | {row.default} | {row.bounds.replace('|', '&#124;')} | {row.description} |")
        lines.append("")
    return "\n".join([*lines, *_old_variables()])


def _old_variables() -> list[str]:
    lines = [
        "## Variables of the old services that have no effect",
        "",
        "The additional names in the tables above are those of the old services, and are read. The names below are",
        "ignored. `alt-pipelines doctor` lists those that are set, and every process logs them at startup.",
        "",
        "| Variable | Service | Instead |",
        "|---|---|---|",
    ]
    for old in OLD_VARIABLES:
        names = "<br>".join(f"`{pattern}`" for pattern in old.patterns)
        lines.append(f"| {names} | {old.service} | {old.instead} |")
    hash_backend = "`RECAP_SUBWORKER_MODEL_BACKEND` = `hash`, `ollama-remote`"
    lines.append(f"| {hash_backend} | recap sub-worker | the shipped models are used; unset it |")
    return [*lines, ""]


def _setting(group: str, field: str, info: FieldInfo, environ: Mapping[str, str], read: SettingsGroup) -> Setting:
    names = variables_of(info)
    source = next((name for name in names for name in (name, f"{name}_FILE") if environ.get(name)), "")
    value = getattr(read, field)
    shown = "(hidden)" if is_secret(info) and value is not None else _shown(value)
    return Setting(group, names[0], names[1:], _default(info), _bounds(info), info.description or "", shown, source)


def _default(info: FieldInfo) -> str:
    extra = info.json_schema_extra
    if isinstance(extra, dict) and "shown_default" in extra:
        return str(extra["shown_default"])
    shown = _shown(info.default)
    return f"`{shown}`" if shown else ""


def _bounds(info: FieldInfo) -> str:
    choices = _choices(info.annotation)
    if choices:
        return ", ".join(f"`{choice}`" for choice in choices)
    parts = []
    for item in info.metadata:
        for kind, attribute, sign in _SIGNS:
            if isinstance(item, kind):
                parts.append(f"{sign} {_shown(getattr(item, attribute))}")
    return ", ".join(parts) or _kind(info.annotation)


def _choices(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _kind(annotation: Any) -> str:
    text = str(annotation)
    for name, kind in (("bool", "true, false"), ("tuple", "list"), ("Path", "path"), ("datetime", "date")):
        if name in text:
            return kind
    return "text" if "str" in text or "Secret" in text else "number"


def _shown(value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, SecretStr):
        return "(hidden)"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)
