"""Claims: which articles are being tagged right now, and which ones a process died at.

A claim is taken before an article is worked on and goes in the transaction that writes its outcome. So two runs over
the same day share the work instead of doing it twice, and a claim that outlived its time tells of a process that was
killed: the next run takes such articles one at a time, and an article that kills every process that touches it ends as
`failed` instead of stopping the system. A living process renews its claims, however long a page takes. One that expires
all the same costs double work, nothing more: writing an outcome twice changes nothing.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.tagging.store.selection import Wanted

# Ordered, so that two runs that claim overlapping pages wait for each other instead of deadlocking.
_CLAIM = text(
    """
    INSERT INTO alt_pipelines.article_tag_claims AS c (article_id, owner, attempts, claimed_until)
    SELECT id, :owner, 1, now() + :seconds * interval '1 second'
    FROM unnest(CAST(:ids AS uuid[])) AS id ORDER BY id
    ON CONFLICT (article_id) DO UPDATE
    SET owner = excluded.owner, claimed_until = excluded.claimed_until,
        attempts = c.attempts + CASE WHEN c.owner = excluded.owner THEN 0 ELSE 1 END
    WHERE c.claimed_until <= now() OR c.owner = excluded.owner
    RETURNING article_id::text
    """
)


# A statement of its own, with a newer view than the claim: whoever had the article may have finished it meanwhile.
_LET_GO_OF_DONE = text(
    """
    DELETE FROM alt_pipelines.article_tag_claims c USING alt_pipelines.article_tag_outcomes o
    WHERE c.owner = :owner AND c.article_id = ANY(CAST(:ids AS uuid[])) AND o.article_id = c.article_id
      AND (o.next_attempt_at IS NULL OR o.next_attempt_at > now())
      AND (o.retag_requested_at IS NULL OR NOT :requested)
    RETURNING c.article_id::text
    """
)


def claim(connection: Connection, ids: Sequence[str], owner: str, seconds: int, wanted: Wanted = "all") -> set[str]:
    """Take articles for this owner for some seconds; returns those that were free or had been abandoned.

    `owner` is unique to one piece of work in one process: claiming again under the same name is no second attempt.
    Unless all are wanted, articles that are no longer pending (or requested) are not taken.
    """
    if not ids:
        return set()
    parameters = {"ids": list(ids), "owner": owner, "seconds": seconds}
    taken = set(connection.execute(_CLAIM, parameters).scalars())
    if taken and wanted != "all":
        parameters = {"ids": sorted(taken), "owner": owner, "requested": wanted == "requested"}
        done = connection.execute(_LET_GO_OF_DONE, parameters)
        taken.difference_update(done.scalars())
    return taken


def renew(connection: Connection, owner: str, seconds: int) -> int:
    """Extend the lease on everything an owner has claimed. Returns how many claims it has."""
    renewed = """
        UPDATE alt_pipelines.article_tag_claims SET claimed_until = now() + :seconds * interval '1 second'
        WHERE owner = :owner
    """
    return connection.execute(text(renewed), {"owner": owner, "seconds": seconds}).rowcount


def live_owners(connection: Connection) -> int:
    """How many runs are tagging articles at this moment."""
    owners = "SELECT count(DISTINCT owner) FROM alt_pipelines.article_tag_claims WHERE claimed_until > now()"
    return int(connection.execute(text(owners)).scalar_one())


def release(connection: Connection, ids: Sequence[str]) -> None:
    """End the claims on these articles, in the transaction that writes their outcomes."""
    released = "DELETE FROM alt_pipelines.article_tag_claims WHERE article_id = ANY(CAST(:ids AS uuid[]))"
    connection.execute(text(released), {"ids": list(ids)})


def hand_back(connection: Connection, owner: str) -> None:
    """Give up an owner's claims without counting them as a crash: it stops, but it lives."""
    for statement in (
        "DELETE FROM alt_pipelines.article_tag_claims WHERE owner = :owner AND attempts <= 1",
        "UPDATE alt_pipelines.article_tag_claims SET attempts = attempts - 1, claimed_until = now() "
        "WHERE owner = :owner",
    ):
        connection.execute(text(statement), {"owner": owner})


def forget_deleted(connection: Connection) -> int:
    """Remove the abandoned claims on articles that no longer exist. Returns how many."""
    return connection.execute(
        text(
            """
            DELETE FROM alt_pipelines.article_tag_claims c WHERE c.claimed_until <= now()
            AND NOT EXISTS (SELECT FROM articles a WHERE a.id = c.article_id)
            """
        )
    ).rowcount
