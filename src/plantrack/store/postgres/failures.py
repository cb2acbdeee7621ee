"""What a server says when it cannot do what it was asked, as failures of ours; a defect of ours passes through."""

import contextlib
from collections.abc import Iterator
from typing import Final

import psycopg

from plantrack.errors import Failure

#: By the beginning of the SQLSTATE, the longest first. https://www.postgresql.org/docs/current/errcodes-appendix.html
_CODES: Final = {
    "40001": "database-locked",
    "40P01": "database-locked",
    "55P03": "database-locked",
    "53100": "database-full",
    "53300": "server-crowded",
    "25006": "server-standby",
    "25P03": "server-gone",
    "42501": "not-permitted",
    "42P01": "server-empty",
    "42703": "database-foreign",
    "3D000": "server-no-database",
    "3F000": "server-empty",
    "28": "server-login",
    "57P": "server-gone",
    "08": "server-gone",
    "58": "database-io",
    "XX": "database-damaged",
}
#: What libpq says of a connection that was not made, where the server itself gave no SQLSTATE.
_SAID: Final = (
    ("password authentication failed", "server-login"),
    ("no password supplied", "server-login"),
    ("no pg_hba.conf entry", "server-login"),
    ("permission denied for database", "not-member"),
    ("does not exist", "server-no-database"),
    ("too many clients", "server-crowded"),
    ("remaining connection slots", "server-crowded"),
    ("certificate", "server-tls"),
    ("SSL", "server-tls"),
    ("received invalid response", "server-foreign"),
    ("expected authentication request", "server-foreign"),
    ("invalid connection option", "address-form"),
    ("definition of service", "address-form"),
    ("starting up", "server-gone"),
    ("shutting down", "server-gone"),
)
#: After these the same transaction may be tried once more.
_AGAIN: Final = ("40001", "40P01")


def failure_of(error: psycopg.Error, name: str, *, is_lost: bool) -> Failure | None:
    """Return the failure that an error is; None: it is a defect of ours. `is_lost`: the connection is gone with it."""
    reason = _first_line(error)
    state = error.sqlstate or ""
    if isinstance(error, psycopg.errors.ConnectionTimeout):
        return Failure("server-unreachable", file=name, reason=reason)
    code = next((code for start, code in _CODES.items() if state.startswith(start)), None)
    if code is None and is_lost:
        code = "server-gone"
    if code is None and not isinstance(error, psycopg.OperationalError):
        return None
    if code == "not-permitted":
        return Failure(code, file=name, reason="said by the server", said=reason)
    return Failure(code or "database-error", file=name, reason=reason)


def refused_connection(error: psycopg.Error, name: str) -> Failure:
    """Return why a connection could not be made."""
    said = str(error)
    state = error.sqlstate or ""
    code = next((code for start, code in _CODES.items() if state and state.startswith(start)), None)
    code = code or next((code for words, code in _SAID if words in said), "server-unreachable")
    if code == "not-permitted":  # to whom the database is closed
        code = "not-member"
    return Failure(code, file=name, reason=_first_line(error))


def _first_line(error: psycopg.Error) -> str:
    said = error.diag.message_primary or str(error)
    return " ".join(said.split("\n", 1)[0].split())


def may_be_tried_again(failure: Failure) -> bool:
    """Return whether what a transaction does may be done once more: the server asks for it, or is gone."""
    cause = failure.__cause__
    if isinstance(cause, psycopg.Error) and (cause.sqlstate or "") in _AGAIN:
        return True
    return failure.code in ("server-gone", "server-unreachable") and isinstance(cause, psycopg.Error)


@contextlib.contextmanager
def translated(driver: "psycopg.Connection[tuple[object, ...]]", name: str) -> Iterator[None]:
    """Turn what the server says into failures."""
    try:
        yield
    except psycopg.Error as error:
        failure = failure_of(error, name, is_lost=driver.closed or driver.broken)
        if failure is None:
            raise
        raise failure from error
