"""An encrypted line, and who may come in: each way that it goes wrong has a sentence of its own, and shows no password."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
import trustme

from plantrack.i18n.words import Words
from tests.faults.processes import Outcome, inside
from tests.support.postgres_server import PostgresServer, running_server

_PASSWORD: Final = "s3cr3t-matkhau"
_ADMITTED: Final = """
local   all all                trust
host    all postgres samehost  trust
hostssl all all      samehost  scram-sha-256
"""


class Secured(NamedTuple):
    """A server that lets in only who is encrypted and knows a password."""

    server: PostgresServer
    #: Who signed its certificate, and somebody else.
    own: Path
    other: Path

    def address(
        self, host: str = "localhost", user: str = "an", password: str = _PASSWORD, **options: str
    ) -> str:
        """Return an address as somebody who knows a password types it."""
        rest = "&".join(f"{name}={value}" for name, value in options.items())
        return f"postgresql://{user}:{password}@{host}:{self.server.port}/postgres?{rest}"


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "own.pem"))
    trustme.CA().cert_pem.write_to_path(str(folder / "other.pem"))
    with running_server() as server:
        certificate = authority.issue_cert("localhost")
        certificate.private_key_pem.write_to_path(str(server.data / "server.key"))
        certificate.cert_chain_pems[0].write_to_path(str(server.data / "server.crt"))
        (server.data / "server.key").chmod(0o600)
        if os.geteuid() == 0:
            for name in ("server.key", "server.crt"):
                shutil.chown(server.data / name, "postgres")
        (server.data / "pg_hba.conf").write_text(_ADMITTED, "utf-8")
        with server.admin() as admin:
            admin.execute("ALTER SYSTEM SET ssl = on")
            admin.execute(f"CREATE ROLE an LOGIN PASSWORD '{_PASSWORD}'")
            admin.execute(f"CREATE ROLE cu LOGIN PASSWORD '{_PASSWORD}' VALID UNTIL '2020-01-01'")
            admin.execute("SELECT pg_reload_conf()")
        yield Secured(server, folder / "own.pem", folder / "other.pem")


def listed(folder: Path, address: str, language: str = "en") -> Outcome:
    return inside(folder, ("--db", address, "--lang", language, "list"))


def test_who_is_sure_of_the_server_comes_in(secured: Secured, workspace: Path) -> None:
    at = secured.address(sslmode="verify-full", sslrootcert=str(secured.own))
    ended = listed(workspace, at)
    assert (ended.code, ended.said) == (6, "server-empty")  # it has no tables
    assert _PASSWORD not in ended.out + ended.err
    assert "~/.pgpass" in ended.err


#: What is wrong, the code of it, and what a sentence of it has to name.
WRONG = {
    "another authority": ({"sslmode": "verify-full", "sslrootcert": "{other}"}, 6, "server-tls", "certificate-not-trusted"),
    "another name": ({"host": "127.0.0.1", "sslmode": "verify-full", "sslrootcert": "{own}"}, 6, "server-tls", "certificate-of-another"),
    "no authority": ({"sslmode": "verify-full", "sslrootcert": "/nonexistent.pem"}, 6, "server-tls", "no-root-certificate"),
    "not encrypted": ({"sslmode": "disable"}, 4, "server-login", "not-from-here"),
    "wrong password": ({"password": "s3cr3t-khac", "sslmode": "require"}, 4, "server-login", "wrong-password"),
    "expired password": ({"user": "cu", "sslmode": "require"}, 4, "server-login", "wrong-password"),
    "no such login": ({"user": "niemand", "sslmode": "require"}, 4, "server-login", "wrong-password"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said(what: str, secured: Secured, workspace: Path) -> None:
    given, code, said, named = WRONG[what]
    options = {name: value.format(own=secured.own, other=secured.other) for name, value in given.items()}
    for language in ("en", "vi"):
        ended = listed(workspace, secured.address(**options), language)
        assert (ended.code, ended.said) == (code, said)
        assert Words(language)(f"reason.{named}") in " ".join(ended.err.split())
        assert "s3cr3t" not in ended.out + ended.err
        assert ("Kiểm tra" in ended.err) is (language == "vi")


def test_a_server_without_encryption_is_said(postgres_server: PostgresServer, workspace: Path) -> None:
    ended = listed(workspace, postgres_server.address(sslmode="require"))
    assert (ended.code, ended.said) == (6, "server-tls")


def test_the_password_may_stand_in_a_file(
    secured: Secured, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pgpass"
    file.write_text(f"localhost:*:*:an:{_PASSWORD}\n", "utf-8")
    monkeypatch.setenv("PGPASSFILE", str(file))
    at = secured.address(sslmode="require").replace(f":{_PASSWORD}", "")
    file.chmod(0o600)
    ended = listed(workspace, at)
    assert (ended.said, "pgpass" in ended.err) == ("server-empty", False)
    file.chmod(0o644)  # libpq itself warns of it, on the stderr of the process, and does not read it
    ended = listed(workspace, at)
    assert (ended.code, ended.said) == (4, "server-login")
    assert "PGPASSFILE" in ended.err
