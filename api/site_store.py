"""What is learned of a site, read for the tags of a submitted text."""

from sqlalchemy.engine import Engine

from alt_pipelines.sites.names import Names
from alt_pipelines.sites.store import lines_of_site, names_of_site


def site_knowledge(engine: Engine, site: str) -> tuple[frozenset[int], Names]:
    """Return the keys of the lines that a site repeats, and the names that it uses."""
    with engine.connect() as connection:
        return lines_of_site(connection, site), names_of_site(connection, site)
