"""The newest vocabularies in this process: each version is read from alt-db once, since a version never changes."""

from sqlalchemy.engine import Connection

from alt_pipelines.vocabulary import store
from alt_pipelines.vocabulary.words import LANGUAGES, Vocabulary

_loaded: dict[str, Vocabulary] = {}  # by language, the version read last


def current_vocabularies(connection: Connection) -> dict[str, Vocabulary]:
    """Return the newest vocabulary by language; a language without one is absent."""
    found = {}
    for language, stored in store.newest(connection).items():
        if language not in LANGUAGES:
            continue
        known = _loaded.get(language)
        if known is None or known.version != stored.version:
            known = store.load(connection, stored.version)
        if known is not None:
            _loaded[language] = found[language] = known
    return found
