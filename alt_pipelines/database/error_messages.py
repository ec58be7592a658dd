"""Describe a database failure in one sentence: what happened and the remedy."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

_BY_STATE = {
    "25006": "is read-only. Point the settings at the primary server.",
    "28": "refused the login. Check the user and the password in the settings.",
    "42P01": "lacks a table. Run `alt-pipelines db upgrade`.",
    "42703": "lacks a column. Run `alt-pipelines db upgrade`.",
    "42501": "denied a right. `alt-pipelines doctor` names the right and the GRANT statement.",
    "53100": "has no disk space left. Free some space on its server.",
    "53300": "has no free connection. Increase its max_connections, or run fewer processes.",
    "57014": "canceled a statement that ran too long. Increase ALT_DB_STATEMENT_TIMEOUT_SECONDS, or find its cause in "
    "pg_stat_activity.",
    "57P": "is shutting down or starting. Try again in a moment.",
}
_AWAY = "does not answer. Check the server and the connection settings; `alt-pipelines doctor` checks each."
_REFUSED = "refused a statement."


def sentence_of(error: DBAPIError, database: str = "The database") -> str:
    """Return a sentence with the failure and the remedy, and the server's message in parentheses; it shows no SQL."""
    said = str(error.orig).strip().splitlines()
    words = f" ({said[0].removeprefix('ERROR:').strip()})" if said else ""
    state = getattr(error.orig, "pgcode", None)
    if state is None:
        return f"{database} {_AWAY}{words}"
    advice = next((advice for known, advice in _BY_STATE.items() if state.startswith(known)), _REFUSED)
    return f"{database} {advice}{words}"


def message_of(error: SQLAlchemyError) -> str:
    """Return the server's message without SQL, or SQLAlchemy's own if the failure was before any statement.

    A thread that must outlive an outage catches `SQLAlchemyError`: a pool without a free connection raises one that is
    not a `DBAPIError`.
    """
    return str(getattr(error, "orig", error)).strip()
