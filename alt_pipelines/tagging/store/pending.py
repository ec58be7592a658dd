"""SQL conditions that define pending articles, shared by probes, pages, counts and adoption.

An article is pending when it has no outcome, unless an earlier service has tagged it. An article with links to
automatic tags and without an outcome counts as tagged, and `adoption` later records it as such. Every condition
concerns an article `a` (or the given alias) and its outcome `o`.
"""

from alt_pipelines.database.shapes import Shape


def has_automatic_tags(article: str = "a") -> str:
    """Condition: the article is linked to automatic tags."""
    return f"""EXISTS (SELECT FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
                  WHERE l.article_id = {article}.id AND coalesce(t.tag_type, 'auto') = 'auto')"""


def untried(shape: Shape, article: str = "a") -> str:
    """Condition: the article has no outcome and no tags of an earlier service, and is not deleted."""
    deleted = f"AND {article}.deleted_at IS NULL" if shape.deleted_at else ""
    return f"""NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = {article}.id)
    AND NOT {has_automatic_tags(article)} {deleted}"""


def unclaimed(article: str = "a") -> str:
    """Condition: the article has no claim. Expired claims of dead runs are left to `probes.expired_claims`."""
    return f"NOT EXISTS (SELECT FROM alt_pipelines.article_tag_claims c WHERE c.article_id = {article}.id)"
