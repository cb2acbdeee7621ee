"""What a server may say has a sentence each, or is a defect of ours."""

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from plantrack.errors import CODES, Failure
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres import failures
from plantrack.store.postgres.failures import failure_of, refused_connection, translated


def test_every_sqlstate_has_a_sentence_or_is_a_defect() -> None:
    kinds = (one for one in vars(psycopg.errors).values() if isinstance(one, type))
    states = {one.sqlstate: one for one in kinds if issubclass(one, psycopg.Error) and one.sqlstate}
    assert len(states) > 200
    for state, kind in states.items():
        failure = failure_of(kind("said"), "kh", is_lost=False)
        assert failure.code in CODES if failure else issubclass(kind, failures._DEFECTS), state
    for code in {*failures._CODES.values(), *(code for _, code, _ in failures._SAID)}:
        assert code in CODES
    assert failure_of(psycopg.errors.SyntaxError("said"), "kh", is_lost=True).code == "server-gone"  # type: ignore[union-attr]


def aborted(first: psycopg.Error) -> psycopg.Error:
    """Return what the driver raises where the answers to what was sent after an error come later than the error."""
    try:
        try:
            raise first
        finally:
            raise psycopg.errors.PipelineAborted("pipeline aborted")
    except psycopg.Error as error:
        return error


def test_what_went_wrong_first_is_told_whenever_it_is_heard() -> None:
    driver: Any = SimpleNamespace(closed=False, broken=False)
    asked_again = psycopg.errors.SerializationFailure("said")
    with pytest.raises(Failure) as caught, translated(driver, "kh"):
        raise aborted(asked_again)
    assert caught.value.code == "database-locked"
    assert caught.value.__cause__ is asked_again
    with pytest.raises(psycopg.errors.UniqueViolation), translated(driver, "kh"):
        raise aborted(psycopg.errors.UniqueViolation("said"))


_TO = 'connection to server at "10.0.0.1", port 5432 failed:'
#: What libpq says of a connection that was not made, and what it is to us.
SAID = {
    f'connection failed: {_TO} FATAL:  password authentication failed for user "an"': "server-login",
    f"connection failed: {_TO} fe_sendauth: no password supplied": "server-login",
    f'connection failed: {_TO} FATAL:  no pg_hba.conf entry for host "10.0.0.2", user "an", database "kh", no encryption': "server-login",
    f'connection failed: {_TO} FATAL:  role "an" does not exist': "server-login",
    f'connection failed: {_TO} FATAL:  permission denied for database "kh"': "not-member",
    f'connection failed: {_TO} FATAL:  role "an" is not permitted to log in': "server-login",
    f'connection failed: {_TO} FATAL:  database "kh" does not exist': "server-no-database",
    f"connection failed: {_TO} FATAL:  no such database: kh": "server-no-database",
    f"connection failed: {_TO} FATAL:  sorry, too many clients already": "server-crowded",
    f"connection failed: {_TO} FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute": "server-crowded",
    f"connection failed: {_TO} FATAL:  the database system is starting up": "server-gone",
    f"connection failed: {_TO} FATAL:  the database system is shutting down": "server-gone",
    f"connection failed: {_TO} session is read-only": "server-standby",
    f"connection failed: {_TO} received invalid response to SSL negotiation: H": "server-foreign",
    f"connection failed: {_TO} server closed the connection unexpectedly\n\tThis probably\nSSL SYSCALL error: Connection reset by peer\n{_TO} expected authentication request from server, but received S": "server-foreign",
    f"connection failed: {_TO} SSL error: certificate verify failed": "server-tls",
    f"connection failed: {_TO} server does not support SSL, but SSL was required": "server-tls",
    'connection is bad: root certificate file "/nix" does not exist': "server-tls",
    f"connection failed: {_TO} Connection refused\n\tIs the server running": "server-unreachable",
    "failed to resolve host 'may': [Errno -2] Name or service not known": "server-unreachable",
    "failed to resolve host 'may': [Errno -8] Servname not supported for ai_socktype": "address-form",
    f"connection failed: {_TO} server is not in hot standby mode": "server-unreachable",
    'connection is bad: definition of service "x" not found': "unknown-service",
    'connection is bad: invalid sslmode value: "x"': "address-form",
    "": "server-unreachable",
}  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_why_a_connection_was_not_made_is_told_apart(said: str) -> None:
    failure = refused_connection(psycopg.OperationalError(said), DatabaseAddress("kh"))
    assert failure.code == SAID[said]
    reason = failure.params["reason"]
    assert isinstance(reason, str) and reason
    assert not reason.startswith("connection failed") and "\n" not in reason


def test_of_several_hosts_the_one_line_that_tells_is_quoted() -> None:
    refused = f"connection failed: {_TO} Connection refused"
    login = f'connection failed: {_TO} FATAL: password authentication failed for user "an"'
    said = f"{refused}\nMultiple connection attempts failed. All failures were:\n- host: 'a', port: '1', hostaddr: '10.0.0.1': {login}\n- host: 'b', port: '2', hostaddr: '10.0.0.2': {refused}"
    failure = refused_connection(psycopg.OperationalError(said), DatabaseAddress("kh"))
    assert (failure.code, failure.params["reason"]) == ("server-login", "wrong password")


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_it_was_not_made_is_told_in_the_readers_words_or_in_brackets(language: str) -> None:
    words = Words(language)
    for _, code, reason in failures._SAID:
        assert not reason or words.has(f"reason.{reason.replace(' ', '-')}"), reason
        assert "({reason})" in words.template(f"error.{code}") or "{reason}" not in words.template(
            f"error.{code}"
        )
