"""Check an installation: one finding per check, and a remedy for each problem.

The checks start, repair and change nothing; the writes of a rehearsal are rolled back. Those of the installation itself
are here: its packages, settings, files and disk. `database_checks` and `part_checks` have the others.

`command` prints the findings. `rehearsal` defines the rehearsals, which execute each pipeline once and roll it back.
`stopped` says which checks are skipped while the stack is stopped.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from alt_pipelines import installation
from alt_pipelines.data_files import DataFileError
from alt_pipelines.database import migrate
from alt_pipelines.embedding.protocol import EmbeddingError
from alt_pipelines.platform import Platform
from alt_pipelines.runtime.daemon_lock import DEV, dagster_dev_of
from alt_pipelines.settings import Settings
from alt_pipelines.stack import part_checks, rehearsal, space, stopped
from alt_pipelines.stack.checks import Absent, Check, Problem, answering, engine_of
from alt_pipelines.stack.database_checks import dagster_storage, database_check

_LEAST_FREE_BYTES = 2_000_000_000
_NOT_IN_DEV = ("broker", "workers")
"""Checks of parts that an installation under `dagster dev` never has."""


class Finding(NamedTuple):
    """The outcome of one check."""

    name: str
    ok: bool
    message: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Run every check, also after a failed one; those that need the stack are skipped while it is stopped."""
    down = stopped.stopped_servers(settings)
    dev = "dagster" not in down and dagster_dev_of(settings) is not None
    skipped = [name for name, (_, servers) in CHECKS.items() if not down.isdisjoint(servers)]
    for name, (check, _) in CHECKS.items():
        if name in skipped:
            if name == skipped[0]:
                yield Finding("stack", False, stopped.sentence(settings, skipped))
            continue
        if dev and name in _NOT_IN_DEV:
            yield Finding(name, True, f"not part of `{DEV}`, which starts a process per run")
            continue
        try:
            yield Finding(name, True, check(settings))
        except Absent as absence:
            yield Finding(name, dev, f"not part of `{DEV}`" if dev else str(absence))
        except (Problem, DataFileError, EmbeddingError) as problem:
            yield Finding(name, False, str(problem))
        except Exception as error:
            yield Finding(name, False, f"the check itself failed: {type(error).__name__}: {error}. Please report it.")


def _packages(settings: Settings) -> str:
    requirements = installation.declared()
    if problems := installation.unmet(requirements):
        raise Problem(installation.sentence(problems))
    return f"required packages installed: {installation.count_required(requirements)}"


def _settings(settings: Settings) -> str:
    if sentences := Settings.without_effect():  # not a problem: an older service's environment may be reused
        return "\n".join([f"variables without effect: {len(sentences)}", *(f"    {line}" for line in sentences)])
    return "no variables without effect"


def _models(settings: Settings) -> str:
    from alt_pipelines.embedding.factory import load_embedder, model_paths, verify_models
    from alt_pipelines.tagging.extraction.refinement import reads_phrases

    embedding = settings.embedding
    if embedding.backend != "onnx":
        named = embedding.distill_model if embedding.backend == "distill" else embedding.sentence_transformers_model
        return f"backend {embedding.backend} ({named}); the rehearsals below load it"
    if problems := verify_models(embedding):
        raise Problem(" ".join(problems))
    paths = model_paths(embedding)
    if len(paths) > 1 and not reads_phrases(load_embedder(embedding)):
        raise Problem(
            f"{paths[-1]} is of another version than the judgement of tags, which was fitted with other phrase layers: "
            "tags are judged by their features alone, and most languages have no second pass. Install models and code "
            "of one version; in a checkout, `git checkout -- models alt_pipelines/tagging/extraction`."
        )
    return f"files are complete; backend onnx ({embedding.model_path or embedding.models_dir})"


def _data_files(settings: Settings) -> str:
    from alt_pipelines.tagging.extraction.own_files import LOADERS, file_problems

    if problems := file_problems():
        raise Problem(" ".join(problems))
    return f"fitted models and word lists of the tagger are complete; readers: {len(LOADERS)}"


def _disk(settings: Settings) -> str:
    home, free = space.free_in(settings.execution.home)
    if free < _LEAST_FREE_BYTES:
        raise Problem(
            f"free space in {home}: {space.size(free)}. Postgres stops when the disk is full. Free some space, move "
            "the folder (ALT_PIPELINES_HOME), or shorten the retention (ALT_RETENTION_DAYS)."
        )
    return f"free space in {home}: {space.size(free)}"


def _rehearsal(database: migrate.Database, step: Callable[[Platform], str]) -> Check[str]:
    @answering(database)
    def check(settings: Settings) -> str:
        for which in ("alt", "recap"):
            engine_of(settings, which).dispose()
        platform = Platform(settings)
        try:
            return step(platform)
        except (rehearsal.RehearsalError, OSError) as error:
            raise Problem(f"{error}. See the log for details. `alt-pipelines tag` runs the extractor alone.") from error
        finally:
            platform.close()

    return check


class _Entry(NamedTuple):
    """A check, and the servers that it needs: databases, `broker`."""

    check: Check[str]
    servers: tuple[str, ...] = ()


CHECKS = {
    "packages": _Entry(_packages),
    "settings": _Entry(_settings),
    "alt-db": _Entry(database_check("alt"), ("alt",)),
    "recap-db": _Entry(database_check("recap"), ("recap",)),
    "Dagster storage": _Entry(dagster_storage, ("dagster",)),
    "models": _Entry(_models),
    "data files": _Entry(_data_files),
    "broker": _Entry(part_checks.broker, ("broker",)),
    "workers": _Entry(part_checks.workers, ("dagster",)),
    "daemon": _Entry(part_checks.daemon, ("dagster",)),
    "webserver": _Entry(part_checks.webserver, ("dagster",)),
    "automation": _Entry(part_checks.automation, ("dagster",)),
    "adapter": _Entry(part_checks.adapter, ("alt", "recap", "dagster")),
    "recent runs": _Entry(part_checks.recent_runs, ("alt", "dagster")),
    "tagging": _Entry(_rehearsal("alt", rehearsal.tag_one_article), ("alt",)),
    "genre run": _Entry(_rehearsal("recap", rehearsal.finish_one_genre_run), ("recap",)),
    "label graph": _Entry(_rehearsal("recap", rehearsal.build_one_edge), ("recap",)),
    "disk": _Entry(_disk),
}
