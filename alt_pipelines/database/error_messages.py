"""Describe a database failure in one sentence: what happened and the remedy."""

from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from alt_pipelines.database.refusals import answer_of, sqlstate_of

_BY_STATE = {
    "25006": "is read-only. Point the settings at the primary server; `alt-pipelines doctor` says what else helps.",
    "28": "refused the login. Check the user and the password in the settings.",
    "3D000": "has no database of that name. Check the name in the settings, or create the database on the server.",
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
_REFUSED_LOGIN = (
    "refused the connection. Check the user, the password and the name in the settings, and the server's log."
)


def sentence_of(error: DBAPIError, database: str = "The database", advice: Mapping[str, str] = _BY_STATE) -> str:
    """Return a sentence with the failure and the remedy, and the server's message in parentheses; it shows no SQL.

    Args:
        error: what the driver raised.
        database: the subject of the sentence.
        advice: what to say and do by SQLSTATE (or its first characters), before the usual advice.
    """
    answer = answer_of(error.orig)
    summary = _first_line(answer or str(error.orig)).removeprefix("ERROR:").strip()
    words = f" ({summary})" if summary else ""
    state = sqlstate_of(error.orig)
    if state is None:
        return f"{database} {_REFUSED_LOGIN if answer else _AWAY}{words}"
    known = {**advice, **{begin: usual for begin, usual in _BY_STATE.items() if begin not in advice}}
    done = next((each for begin, each in known.items() if state.startswith(begin)), _REFUSED)
    return f"{database} {done}{words}"


def first_line_of(error: BaseException) -> str:
    """Return the first line of the server's message, or of the error's own; the error's type if there is no message."""
    original = getattr(error, "orig", None) or error
    return _first_line(str(original)) or type(original).__name__


def _first_line(message: str) -> str:
    return next(iter(message.strip().splitlines()), "")


def message_of(error: SQLAlchemyError) -> str:
    """Return the server's message without SQL, or SQLAlchemy's own if the failure was before any statement.

    A thread that must outlive an outage catches `SQLAlchemyError`: a pool without a free connection raises one that is
    not a `DBAPIError`.
    """
    return str(getattr(error, "orig", error)).strip()
