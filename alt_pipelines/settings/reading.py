"""How a group of settings is read from environment variables, and how a wrong value is reported.

Each field of a group names the variables that set it, first match wins. `<NAME>_FILE` may hold the path of a file with
the value instead (how Docker and Kubernetes hand out secrets). An empty variable counts as not set.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

PROJECT_ROOT = Path(__file__).resolve().parents[2]


class SettingsError(ValueError):
    """Settings that cannot be used; the message says which variable, what it holds and what to do."""


class SettingsGroup(BaseModel):
    """Base of the groups: immutable, and read from the variables that its fields name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Build the group from environment variables.

        Raises:
            SettingsError: a value is out of bounds, or a `_FILE` cannot be read.
        """
        found: dict[str, str] = {}
        names: dict[str, str] = {}
        for field, info in cls.model_fields.items():
            variables = (
                (info.json_schema_extra or {}).get("env", ()) if isinstance(info.json_schema_extra, dict) else ()
            )
            names[field] = " or ".join(variables)  # type: ignore[arg-type]
            for variable in variables:  # type: ignore[union-attr]
                value = _variable(str(variable), environ)
                if value is not None:
                    found[field] = value
                    names[field] = str(variable)
                    break
        try:
            return cls(**found)  # type: ignore[arg-type]
        except ValidationError as error:
            raise SettingsError(_sentence(cls, error, found, names)) from None


def env(*variables: str, **constraints: Any) -> Any:
    """A pydantic field that the named environment variables set."""
    default = constraints.pop("default", ...)
    return Field(default, json_schema_extra={"env": list(variables)}, **constraints)  # type: ignore[call-overload]


def _variable(name: str, environ: Mapping[str, str]) -> str | None:
    if environ.get(name):
        return environ[name]
    path = environ.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}_FILE is {path!r}, which cannot be read ({error}). Give a readable file.") from None


def _sentence(group: type[SettingsGroup], error: ValidationError, found: dict[str, str], names: dict[str, str]) -> str:
    lines = []
    for problem in error.errors():
        field = str(problem["loc"][0]) if problem["loc"] else ""
        message = problem["msg"].removeprefix("Value error, ")
        if not field:
            lines.append(message)
            continue
        secret = "Secret" in str(group.model_fields[field].annotation)
        value = "(hidden)" if secret else repr(found.get(field, ""))
        lines.append(f"{names[field] or field} is {value}: {message}.")
    return " ".join(lines)


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


CommaSeparated = Annotated[tuple[str, ...], BeforeValidator(_split)]
