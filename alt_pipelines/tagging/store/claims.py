"""Claims: which articles are being tagged now, and which articles a process died on.

A run claims an article before it tags it, and the transaction that writes the outcome deletes the claim. Two runs over
the same day therefore share the work instead of doing it twice. An expired claim means that a process was killed. The
next run tags such articles one at a time, between and after the others, and an article that kills every process ends as
`failed` instead of blocking the system. A live process renews its claims, however long a page takes. If a claim expires
nevertheless, the work is done twice without harm: writing an outcome twice changes nothing.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.tagging.store.selection import Wanted

# Ordered, so that two runs claiming overlapping pages wait for each other instead of deadlocking.
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


# A separate statement has a newer snapshot than the claim: the previous owner may have finished the article meanwhile.
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
    """Claim articles for an owner for some seconds; returns the ids that were unclaimed, abandoned or already its own.

    `owner` identifies one run in one process; a repeated claim by the same owner does not count as another attempt.
    Unless `wanted` is "all", articles that are no longer pending (or requested) are not claimed.
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
    """Extend the lease on all claims of an owner. Returns the number of claims."""
    renewed = """
        UPDATE alt_pipelines.article_tag_claims SET claimed_until = now() + :seconds * interval '1 second'
        WHERE owner = :owner
    """
    return connection.execute(text(renewed), {"owner": owner, "seconds": seconds}).rowcount


def live_owners(connection: Connection) -> int:
    """Return how many runs are tagging articles now."""
    owners = "SELECT count(DISTINCT owner) FROM alt_pipelines.article_tag_claims WHERE claimed_until > now()"
    return int(connection.execute(text(owners)).scalar_one())


def release(connection: Connection, ids: Sequence[str]) -> None:
    """Delete the claims on these articles; call it in the transaction that writes their outcomes."""
    released = "DELETE FROM alt_pipelines.article_tag_claims WHERE article_id = ANY(CAST(:ids AS uuid[]))"
    connection.execute(text(released), {"ids": list(ids)})


def hand_back(connection: Connection, owner: str) -> None:
    """Release an owner's claims without counting a crash: the owner stops, but did not die."""
    for statement in (
        "DELETE FROM alt_pipelines.article_tag_claims WHERE owner = :owner AND attempts <= 1",
        "UPDATE alt_pipelines.article_tag_claims SET attempts = attempts - 1, claimed_until = now() "
        "WHERE owner = :owner",
    ):
        connection.execute(text(statement), {"owner": owner})
