"""The lease of a tagging run outlives a pool without a free connection, which is no failure of the database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from structlog.testing import capture_logs

from alt_pipelines.tagging.lease import renewed_lease
from alt_pipelines.tagging.store import claims
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.support.waiting import wait_until

CLAIMED_UNTIL = "SELECT claimed_until FROM alt_pipelines.article_tag_claims"


@pytest.fixture
def narrow(alt_engine: Engine) -> Iterator[Engine]:
    """An engine with a single connection, for which nothing waits."""
    engine = create_engine(alt_engine.url, pool_size=1, max_overflow=0, pool_timeout=0)
    yield engine
    engine.dispose()


def test_a_lease_is_renewed_again_after_no_connection_was_free(narrow: Engine, alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    with alt_engine.begin() as connection:
        claims.claim(connection, [article], "run", 3600)
    claimed = corpus.scalar(alt_engine, CLAIMED_UNTIL)
    with capture_logs() as logs, renewed_lease(narrow, "run", 1):
        with narrow.connect():
            wait_until(lambda: any(line["event"] == "claim_renewal_failed" for line in logs), "a renewal fails")
        wait_until(lambda: corpus.scalar(alt_engine, CLAIMED_UNTIL) != claimed, "the lease is renewed")
