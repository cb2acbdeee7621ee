"""PgBouncer before a server, as offices run it: a transaction has a line of the server for itself, a session has not."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres_server import PostgresServer, free_port

_SETTINGS = """
[databases]
* = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {lines}
max_client_conn = 200
"""


@contextlib.contextmanager
def pooled(server: PostgresServer, lines: int = 2) -> Iterator[int]:
    """Have a pooler before a server, with so many lines to it; yield its port. Skips where there is none."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no pooler: apt-get install pgbouncer")
    folder, port = Path(tempfile.mkdtemp(prefix="pt-pool-")), free_port()
    (folder / "users").write_text('"postgres" ""\n', "utf-8")
    settings = folder / "pooler.ini"
    settings.write_text(_SETTINGS.format(server=server.port, port=port, folder=folder, lines=lines), "utf-8")
    if os.geteuid() == 0:
        for file in (folder, *folder.iterdir()):
            shutil.chown(file, "postgres")
    command = [*server.as_owner, program, "-q", str(settings)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _wait(port: int, tries: int = 1000) -> None:
    for left in reversed(range(tries)):
        try:
            return psycopg.connect(
                f"postgresql://postgres@127.0.0.1:{port}/postgres", prepare_threshold=None
            ).close()
        except psycopg.OperationalError:
            if not left:
                raise
            time.sleep(0.02)
