"""What a server says when it cannot do what it was asked, as failures of ours; a defect of ours passes through."""

import contextlib
import re
from collections.abc import Iterator
from typing import Final

import psycopg

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.services import unknown_service

#: By the beginning of the SQLSTATE, the first that fits. https://www.postgresql.org/docs/current/errcodes-appendix.html
_CODES: Final = {
    "40001": "database-locked",
    "40P01": "database-locked",
    "55P03": "database-locked",
    "53100": "database-full",
    "53300": "server-crowded",
    "25006": "server-standby",
    "25P03": "server-gone",  # it waited for us too long
    "25P04": "server-gone",
    "42501": "not-permitted",
    "42P01": "database-damaged",
    "42703": "database-damaged",
    "3F000": "database-damaged",
    "3D000": "server-no-database",
    "28": "server-login",
    "57P": "server-gone",
    "08": "server-gone",
    "58": "database-io",
    "XX001": "database-damaged",
    "XX002": "database-damaged",
}
#: What is said of a connection that was not made, the first that is found: no SQLSTATE comes with it. Each has its code and,
#: where the catalogues have words of ours for it, why that is; else what was said is told as it is.
_SAID: Final = tuple(
    (re.compile(pattern), code, reason)
    for pattern, code, reason in (
        (r'root certificate file ".*" does not exist', "server-tls", "no root certificate"),
        (r"certificate verify failed", "server-tls", "certificate not trusted"),
        (r"does not match host name", "server-tls", "certificate of another"),
        (r"does not support SSL", "server-tls", "no encryption there"),
        (r"certificate|SSL error|SSL connection is required", "server-tls", ""),
        (r"received invalid response|expected authentication request", "server-foreign", ""),
        (r"no password supplied", "server-login", "no password"),
        (r"password authentication failed|SASL authentication failed", "server-login", "wrong password"),
        (r"pg_hba\.conf", "server-login", "not from here"),
        (r"not permitted to log in", "server-login", "login of a group"),
        (r"authentication failed|authentication method requirement|channel binding required", "server-login", ""),
        (r"permission denied for database", "not-member", ""),
        (r'role ".*" does not exist|no such user', "server-login", "no such login"),
        (r'database ".*" does not exist|no such database', "server-no-database", ""),
        (r"too many (clients|connections)|remaining connection slots|no more connections", "server-crowded", ""),
        (r"the database system is", "server-gone", "starting or stopping"),
        (r"terminating connection|server login has been failing", "server-gone", ""),
        (r"session is not read-only|is not in hot standby mode", "server-unreachable", "not as wanted"),
        (r"session is read-only|hot standby mode", "server-standby", ""),
        (r"invalid port|Servname not supported", "address-form", "bad port"),
        (r"invalid .*value|invalid connection option|could not (match|parse)|weak sslmode", "address-form", ""),
        (r"unrecognized configuration parameter|invalid command-line argument", "address-form", ""),
        (r"unsupported startup parameter", "address-form", ""),
        (r"Connection refused", "server-unreachable", "nobody listens"),
        (r"timeout expired|timed out", "server-unreachable", "no answer"),
        (r"failed to resolve|could not translate host name", "server-unreachable", "unknown host"),
        (r"^No such file or directory", "server-unreachable", "nobody listens"),
        (r"Network is unreachable|No route to host", "server-unreachable", "no network"),
        (r"closed the connection unexpectedly|reset by peer", "server-unreachable", "hung up"),
    )
)  # fmt: skip
_OF_SERVICES: Final = re.compile("service file|definition of service")
#: What stands before the reason: which connection it is of, which the address tells.
_HOW: Final = re.compile(
    r"^(- host: .*?hostaddr: \S+: )?(connection (failed|is bad): )?"
    r'(connection to server (at ".*?", port \d+|on socket ".*?") failed: )?(FATAL: )?'
)
#: Of a statement or of values of ours that nobody looked at before.
_DEFECTS: Final = (
    *(psycopg.ProgrammingError, psycopg.DataError, psycopg.IntegrityError, psycopg.NotSupportedError),
)
#: After these the same transaction may be tried once more.
_AGAIN: Final = ("40001", "40P01")
#: While these last nothing can be recorded; they pass where a server starts again, or another one takes over.
_GONE: Final = ("server-gone", "server-gone-saving", "server-unreachable")
_COMING_BACK: Final = ("server-crowded", "server-standby")


def failure_of(error: psycopg.Error, name: str, *, is_lost: bool) -> Failure | None:
    """Return the failure that an error is; None: it is a defect of ours. `is_lost`: the connection is gone with it."""
    state = error.sqlstate or ""
    code = next((code for start, code in _CODES.items() if state.startswith(start)), None)
    if code is None and is_lost:
        code = "server-gone"
    if code is None and isinstance(error, _DEFECTS):
        return None
    said = _line(error.diag.message_primary or str(error))
    if code == "not-permitted":
        return Failure(code, file=name, reason="said by the server", said=said)
    return Failure(code or "database-error", file=name, reason=said)


def refused_connection(error: psycopg.Error, address: DatabaseAddress) -> Failure:
    """Return why a connection could not be made."""
    name, said_of_it = str(address), address.without_secrets(str(error))
    lines = [line for line in map(_line, said_of_it.split("\n")) if line]
    if of_service := next((line for line in lines if _OF_SERVICES.search(line)), None):
        return unknown_service(address, of_service)
    for pattern, code, reason in _SAID:
        if said := next((line for line in lines if pattern.search(line)), None):
            return Failure(code, file=name, reason=reason or said)
    return Failure("server-unreachable", file=name, reason=lines[0] if lines else type(error).__name__)


def _line(said: str) -> str:
    """Return the first line of what was said, without the words that say no more than that it failed."""
    line = " ".join(said.strip().split("\n", 1)[0].split())
    return re.sub(_HOW, "", line)


def may_be_tried_again(failure: Failure, *, is_first: bool) -> bool:
    """Return whether what a transaction does may be done once more: the server asks for it, is gone, or comes back."""
    cause = failure.__cause__
    if not isinstance(cause, psycopg.Error):
        return False
    return (
        (cause.sqlstate or "") in _AGAIN
        or failure.code in _GONE
        or (failure.code in _COMING_BACK and not is_first)
    )


@contextlib.contextmanager
def translated(driver: "psycopg.Connection[tuple[object, ...]]", name: str) -> Iterator[None]:
    """Turn what the server says into failures."""
    try:
        yield
    except psycopg.Error as last:
        error = _first(last)
        failure = failure_of(error, name, is_lost=driver.closed or driver.broken)
        if failure is not None:
            raise failure from error
        if error is last:
            raise
        raise error from None


def _first(error: psycopg.Error) -> psycopg.Error:
    """Return what went wrong first: what was sent after it is only said not to have been done."""
    before = error.__context__
    if isinstance(error, psycopg.errors.PipelineAborted) and isinstance(before, psycopg.Error):
        return before
    return error
