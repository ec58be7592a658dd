"""Read a group of settings from environment variables, and report each invalid value in one sentence.

pydantic-settings reads the variables. This module adds mappings other than `os.environ`, secrets in the files that
`<NAME>_FILE` variables name, and one sentence per problem. An empty variable counts as not set. A group constructed in
code (`TaggingSettings(max_tags=5)`) does not read the environment.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AliasChoices, BeforeValidator, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

_environment: ContextVar[Mapping[str, str] | None] = ContextVar("settings_environment", default=None)


class SettingsError(ValueError):
    """A setting is invalid; the message names the variable, its value and the remedy."""


class SettingsGroup(BaseSettings):
    """Base of the groups: immutable, and read from the variables that its fields name (see `env`)."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        case_sensitive=True,
        env_ignore_empty=True,
        enable_decoding=False,  # lists are comma-separated, not JSON
        protected_namespaces=(),
    )

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Build the group from environment variables.

        Raises:
            SettingsError: a value is invalid, or the file of a `_FILE` variable cannot be read.
        """
        values, problems = _values(cls, environ)
        token = _environment.set(values)
        try:
            group = cls()
        except ValidationError as error:
            problems += _sentences(cls, error, values)
        finally:
            _environment.reset(token)
        if problems:
            raise SettingsError(" ".join(problems))
        return group

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Use the variables passed to `read`, or only the arguments if the group is constructed in code."""
        values = _environment.get()
        if values is None:
            return (init_settings,)
        assert isinstance(env_settings, EnvSettingsSource)
        env_settings.env_vars = values
        return (init_settings, env_settings)


def env(*variables: str, description: str = "", shown_default: str | None = None, **constraints: Any) -> Any:
    """Declare a field that environment variables set.

    Args:
        variables: Names of the variables; the first one that is set wins. The first is the documented name, the others
            are names that older services use.
        description: What the setting does, with its unit, in one or two sentences. A test requires it.
        shown_default: What the reference shows for a default that depends on the machine.
        constraints: `default=` and pydantic's bounds (`ge=`, `le=`, `gt=`, `lt=`).
    """
    default = constraints.pop("default", ...)
    extra = {} if shown_default is None else {"shown_default": shown_default}
    alias = AliasChoices(*variables)
    field: Any = Field
    return field(default, validation_alias=alias, description=description, json_schema_extra=extra, **constraints)


def variables_of(field: FieldInfo) -> tuple[str, ...]:
    """Return the environment variables that set a field, the documented one first."""
    alias = field.validation_alias
    return tuple(str(choice) for choice in alias.choices) if isinstance(alias, AliasChoices) else ()


def is_secret(field: FieldInfo) -> bool:
    """Whether the value must never be shown."""
    return "Secret" in str(field.annotation)


def _values(group: type[SettingsGroup], environ: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the group's variables that are set, with `_FILE`s resolved, and a sentence per unreadable file."""
    values: dict[str, str] = {}
    problems = []
    for field in group.model_fields.values():
        for name in variables_of(field):
            if environ.get(name):
                values[name] = environ[name]
            elif path := environ.get(f"{name}_FILE"):
                try:
                    text = Path(path).read_text("utf-8").strip()
                except (OSError, UnicodeDecodeError) as error:
                    problems.append(f"{name}_FILE={path!r} cannot be read ({error}). Name a readable file.")
                else:
                    values |= {name: text} if text else {}
    return values, problems


def _sentences(group: type[SettingsGroup], error: ValidationError, values: Mapping[str, str]) -> list[str]:
    fields = {name: field for field in group.model_fields.values() for name in variables_of(field)}
    sentences = []
    for problem in error.errors():
        message = problem["msg"].removeprefix("Value error, ")
        field = fields.get(str(problem["loc"][0])) if problem["loc"] else None
        if field is None:
            sentences.append(message)
            continue
        variable = next(name for name in variables_of(field) if name in values)
        value = "(hidden)" if is_secret(field) else repr(values[variable])
        sentences.append(f"{variable} is {value}: {message}.")
    return sentences


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


CommaSeparated = Annotated[tuple[str, ...], BeforeValidator(_split)]
