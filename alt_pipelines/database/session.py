"""Session settings that every connection of this project has, whatever a server, database or role sets as its default.

The statements assume them: read committed is the level at which a transaction that waited for a lock sees what the
previous holder committed, and columns without a time zone hold UTC. Not pinned is what expresses an administrator's
intention: `search_path`, `default_transaction_read_only`, `role` and limits on idle sessions.
"""

from sqlalchemy.engine import URL, make_url

PINNED = {
    "default_transaction_isolation": "read committed",
    "TimeZone": "UTC",
    "DateStyle": "ISO,MDY",
    "IntervalStyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "3",  # floats as exact as stored, on any version of Postgres
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
    "quote_all_identifiers": "off",
    "lock_timeout": "0",  # the statement time-out limits waits for locks too
}


def session_options(url: URL | str, **settings: str) -> str:
    """Return libpq's `options` for a URL: its own, then `PINNED`, then `settings`; of two values the later counts."""
    given = make_url(url).query.get("options", ())
    own = given if isinstance(given, str) else " ".join(given)
    pinned = _options(PINNED)
    if pinned in own:  # the URL comes from `storage_url`
        pinned = ""
    return " ".join(part for part in (own, pinned, _options(settings)) if part)


def _options(settings: dict[str, str]) -> str:
    return " ".join(f"-c {name}={_escaped(value)}" for name, value in settings.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")
