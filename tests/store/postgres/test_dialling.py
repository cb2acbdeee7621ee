"""A server is called as libpq does; what cannot be called is told in a sentence, and no password with it."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.postgres.connection import connect_server
from plantrack.store.postgres.dialling import dial
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer, free_port


@contextlib.contextmanager
def answering(said: bytes | None) -> Iterator[int]:
    """Have something on a port that is no such server; None: it says nothing at all."""
    held = list[socket.socket]()

    def serve(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                one, _ = listener.accept()
                if said is None:
                    held.append(one)
                    continue
                one.recv(100)
                one.sendall(said)
                one.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield int(listener.getsockname()[1])
    for one in held:
        one.close()


def refused(text: str, timeout: float = 10) -> Failure:
    with pytest.raises(Failure) as caught:
        dial(DatabaseAddress(text), timeout)
    assert "s3cr" not in f"{caught.value.params}{caught.value}"
    return caught.value


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"-ERR unknown command\r\n"]
)
@pytest.mark.parametrize("mode", ["prefer", "disable"])
def test_what_answers_otherwise_is_no_such_server(said: bytes, mode: str) -> None:
    with answering(said) as port:
        assert refused(f"postgresql://127.0.0.1:{port}/kh?sslmode={mode}").code in (
            "server-foreign",
            "server-unreachable",  # it hung up before it was heard
            "server-tls",  # the S of SSH says yes to an encrypted line
        )


def test_who_says_nothing_is_not_waited_for() -> None:
    with answering(None) as port:
        failure = refused(f"postgresql://127.0.0.1:{port}/kh?connect_timeout=2")
    assert (failure.code, failure.params["reason"]) == ("server-unreachable", "no answer")


#: Addresses that lead nowhere, and what is told of each.
NOWHERE = {
    "postgresql://127.0.0.1:{free}/kh": "server-unreachable",
    "postgres://127.0.0.1:{free},127.0.0.1:{free}/kh?sslmode=verify-full": "server-unreachable",
    "postgresql:///kh?host=/nonexistent": "server-unreachable",
    "postgresql://máy-chủ.invalid/kh": "server-unreachable",
    f"postgresql://{'a' * 70}.invalid/kh": "address-form",
    "postgresql://127.0.0.1:99999/kh": "address-form",
    "postgresql://127.0.0.1:abc/kh": "address-form",
    "postgresql://127.0.0.1/my kh": "address-form",
    "postgresql://127.0.0.1/kh\0x": "address-form",
    "postgresql://127.0.0.1/kh\udc80": "address-form",
    "postgresql://[::1/kh": "address-form",
    "postgresql://127.0.0.1/kh?nonsense=1": "address-form",
    "postgresql://127.0.0.1/kh?sslmode=nonsense": "address-form",
    "postgresql://127.0.0.1/kh?connect_timeout=nonsense": "address-form",
    "postgresql:///?service=nobodys": "unknown-service",
    "postgresql://127.0.0.1/kh?target_session_attrs=nonsense": "address-form",
    "postgresql://127.0.0.1:{free}/kh?options=-cstatement_timeout%3D5000&connect_timeout=3": "server-unreachable",
    "postgresql://an:s3cr%zz@127.0.0.1/kh": "address-form",
    "postgresql://an:s3cr/et@127.0.0.1/kh": "address-form",
    "postgresql://an@127.0.0.1/kh?password=s3cr%zz": "address-form",
    "postgresql://an@127.0.0.1/kh?pass%77ord=s3cr%zz": "address-form",
}


@pytest.mark.parametrize("text", NOWHERE, ids=ascii)
def test_an_address_that_leads_nowhere_is_told_so(text: str) -> None:
    assert refused(text.replace("{free}", str(free_port()))).code == NOWHERE[text]


def test_what_is_mistyped_in_an_address_is_named_with_what_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = refused("postgresql://127.0.0.1/kh?serivce=kh").params
    assert (told["reason"], told["option"], told["near"]) == ("unknown option", "serivce", ("service",))
    services = tmp_path / "services.conf"
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    for text, reason, near in (
        ("", "service file", ()),
        ("[other]\n", "no such service", ()),
        ("[ke-hoach]\nhost=may\n", "no such service", ("ke-hoach",)),
    ):
        if text:
            services.write_text(text, "utf-8")
        told = refused("postgresql:///?service=ke-hoch").params
        assert reason in str(told["reason"]) and told.get("near", ()) == near
        assert told["services"] == str(services)


def test_a_libpq_that_is_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psycopg.capabilities, "has_pipeline", lambda: False)
    assert refused("postgresql://127.0.0.1/kh").code == "driver-too-old"


def code(address: str) -> str:
    with pytest.raises(Failure) as caught, contextlib.closing(connect_server(DatabaseAddress(address))) as db:
        db.query("SELECT 1")
    return caught.value.code


def test_a_database_of_others_is_told_apart(postgres_server: PostgresServer) -> None:
    assert code(postgres_server.address("nichts")) == "server-no-database"
    assert code(postgres_server.address(user="niemand")) == "server-login"
    with postgres_server.database() as address, psycopg.connect(address, autocommit=True) as there:
        assert code(address) == "server-empty"
        there.execute("CREATE TABLE task (id INTEGER)")
        assert code(address) == "database-foreign"
        there.execute("CREATE TABLE meta (name INTEGER, value JSON)")
        assert code(address) == "database-foreign"
        there.execute("CREATE TABLE member (login INTEGER)")
        assert code(address) == "database-foreign"
        there.execute("DROP TABLE meta, member")
        there.execute("CREATE TABLE meta (id INTEGER)")
        there.execute("CREATE TABLE member (login TEXT, organisation TEXT, server_role TEXT)")
        assert code(address) == "database-foreign"
        there.execute("ALTER TABLE meta ADD COLUMN name TEXT, ADD COLUMN value TEXT")
        assert code(address) == "database-foreign"
        there.execute("INSERT INTO meta (name, value) VALUES ('version', '99')")
        assert code(address) == "database-newer"


def test_who_has_no_role_there_is_told_so(postgres_server: PostgresServer) -> None:
    with (
        database_with_tables(postgres_server) as address,
        psycopg.connect(address.text, autocommit=True) as there,
    ):
        there.execute("CREATE ROLE stranger LOGIN")
        try:
            mine = address.text.replace("postgres@", "stranger@")
            assert code(mine) == "not-member"
            there.execute("REVOKE USAGE ON SCHEMA public FROM PUBLIC")
            assert code(mine) == "not-member"
        finally:
            there.execute("DROP ROLE stranger")


def test_libpqs_own_means_lead_there(
    postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, dead = postgres_server.port, free_port()
    services = tmp_path / "services.conf"
    services.write_text(f"[kh]\nhost=127.0.0.1\nport={port}\nuser=postgres\ndbname=postgres\n", "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    for text in (
        "postgresql:///?service=kh",
        f"postgresql://postgres@127.0.0.1:{dead},127.0.0.1:{port}/postgres?target_session_attrs=read-write",
        f"postgresql://postgres@/postgres?host={postgres_server.folder}&port={port}",
    ):
        with contextlib.closing(dial(DatabaseAddress(text), 5)) as driver:
            assert driver.execute("SHOW application_name").fetchone() == ("plantrack",)
    for name, value in {
        "HOST": "127.0.0.1",
        "PORT": port,
        "USER": "postgres",
        "DATABASE": "postgres",
        "APPNAME": "x",
    }.items():
        monkeypatch.setenv(f"PG{name}", str(value))
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "7")
    with contextlib.closing(dial(DatabaseAddress("postgresql://"), 5)) as driver:
        assert driver.execute("SHOW application_name").fetchone() == ("x",)
