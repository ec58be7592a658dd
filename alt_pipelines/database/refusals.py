"""SQLSTATEs of the driver's errors, including those of refused logins, for which psycopg2 has none.

libpq reports a failed login as text: for each address that it tried, what failed, and the server's answer after a
severity, a colon and two spaces, in the language of the server's `lc_messages`. English answers are recognized. An
answer in another language is known as an answer, but it has no SQLSTATE here, so it is retried like a server that does
not answer.
"""

import re

_ANSWER = re.compile(r"(?:\A|: )[^:\n]+:  (\S.*)")  # lines of detail, which follow it, start with their severity
_NO_PASSWORD = "no password supplied"  # libpq's own words: the server asked for one  # noqa: S105

# What an outside service decides (LDAP, RADIUS, PAM, GSSAPI) is left out: it may be that service that is away. The last
# alternative of 28000 and of 3D000 is pgbouncer's.
_BY_ANSWER = {
    "28P01": re.compile(r"password authentication failed"),
    "28000": re.compile(
        r"(?:Peer|Ident|certificate) authentication failed|no pg_hba\.conf entry|pg_hba\.conf rejects|no such user"
        r'|role ".*" (?:does not exist|is not permitted to log in)'
    ),
    "3D000": re.compile(r'database ".*" does not exist|no such database'),
    "42501": re.compile(r'permission denied for database ".*"'),
    "53300": re.compile(r"sorry, too many clients|too many connections for|remaining connection slots"),
    "57P03": re.compile(r"the database system is "),
}


def sqlstate_of(error: BaseException | None) -> str | None:
    """Return the SQLSTATE of a driver's error (`DBAPIError.orig`); None if there is none or it is not known."""
    state = getattr(error, "pgcode", None)
    if isinstance(state, str):
        return state
    if _NO_PASSWORD in str(error):
        return "28P01"
    answer = answer_of(error) or ""
    return next((state for state, known in _BY_ANSWER.items() if known.match(answer)), None)


def answer_of(error: BaseException | None) -> str | None:
    """Return the server's answer to a refused login; None for other errors. The last address of a host decides."""
    if error is None or getattr(error, "pgcode", None) is not None:
        return None
    answers: list[str] = _ANSWER.findall(str(error))
    return answers[-1].strip() if answers else None
