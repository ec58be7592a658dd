"""SQL conditions that define pending articles, shared by probes, pages, counts and adoption.

An article is pending when it has no outcome, unless an earlier service has tagged it. An article with links to
automatic tags and without an outcome counts as tagged, and `adoption` later records it as such. Every condition
concerns an article `a` (or the given alias). Those named `..._joined` are for statements that left-join the article's
outcome as `o`, because they read other columns of it.
"""

from alt_pipelines.database.shapes import Shape


def has_automatic_tags(article: str = "a") -> str:
    """Condition: the article is linked to automatic tags."""
    return f"""EXISTS (SELECT FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
                  WHERE l.article_id = {article}.id AND coalesce(t.tag_type, 'auto') = 'auto')"""


def _without_outcome(article: str) -> str:
    return f"NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = {article}.id)"


def untried(shape: Shape, article: str = "a") -> str:
    """Condition: the article has no outcome and no tags of an earlier service, and is not deleted."""
    return f"""{_without_outcome(article)}
    AND NOT {has_automatic_tags(article)} AND {shape.not_deleted(article)}"""


def adoptable(article: str = "a") -> str:
    """Condition: an earlier service has tagged the article, and it has no outcome yet."""
    return f"""{_without_outcome(article)}
               AND {has_automatic_tags(article)}"""


def unclaimed(article: str = "a") -> str:
    """Condition: the article has no claim. Expired claims of dead runs are left to `probes.expired_claims`."""
    return f"NOT EXISTS (SELECT FROM alt_pipelines.article_tag_claims c WHERE c.article_id = {article}.id)"


def untried_joined() -> str:
    """Condition: the article has no outcome and no tags of an earlier service."""
    return f"(o.article_id IS NULL AND NOT {has_automatic_tags()})"


def due_joined() -> str:
    """Condition: the article has no tags of ours, and its next attempt is due. NULL without an outcome."""
    return "(o.next_attempt_at <= now() AND o.status <> 'tagged')"


def status_joined() -> str:
    """Expression: the article's status, `pending` if it has no outcome and no tags of an earlier service."""
    return f"coalesce(o.status, CASE WHEN {has_automatic_tags()} THEN 'tagged' ELSE 'pending' END)"
