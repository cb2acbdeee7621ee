"""A PostgreSQL server of the tests' own: started from the machine's programs on a loopback port, gone with the run."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

#: Where Debian and others put the server's programs, which are on nobody's path; the newest first.
_PROGRAMS: Final = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
#: A server that no power cut meets need not wait for a disk.
_SETTINGS: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "100",
    "logging_collector": "off",
    "listen_addresses": "127.0.0.1",
}


def programs() -> Path | None:
    """Return the folder of the server's programs, where there is one."""
    if named := os.environ.get("PLANTRACK_PG_BIN"):
        return Path(named)
    found = [path for pattern in _PROGRAMS for path in Path("/").glob(pattern.lstrip("/"))]
    found += [Path(there).resolve().parent for there in [shutil.which("initdb")] if there]
    return max((p for p in found if (p / "initdb").exists()), key=str, default=None)


def missing() -> str:
    """Return why no server can be started; empty where one can. Where one is required, that it is missing is an error."""
    why = "" if programs() else "no PostgreSQL server: apt-get install postgresql"
    if why and os.environ.get("PLANTRACK_REQUIRE_PG"):
        raise RuntimeError(why)
    return why


class PostgresServer:
    """A server in a folder of its own; it runs as somebody who is not root, as it wants to."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = {}) -> None:
        self.bin = programs() or Path()
        self.data = folder / "data"
        self.port = free_port()
        self.settings = {**_SETTINGS, "unix_socket_directories": str(folder), **settings}
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def initialise(self) -> None:
        """Make an empty cluster, which trusts whoever connects from this machine."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs to its end."""
        subprocess.run([*self.as_owner, str(self.bin / program), *arguments], check=True, capture_output=True)

    @property
    def as_owner(self) -> Sequence[str]:
        """Return what goes before a command of the server's owner: root may not run it."""
        return ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()

    def start(self, tries: int = 1500) -> None:
        """Start, and wait until it answers."""
        options = [f"--{name}={value}" for name, value in {**self.settings, "port": str(self.port)}.items()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.as_owner, str(self.bin / "postgres"), "-D", str(self.data), *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        import psycopg

        for left in reversed(range(tries)):
            try:
                psycopg.connect(self.address(), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if not left or self.process.poll() is not None:
                    raise
                time.sleep(0.02)

    def address(self, database: str = "postgres", user: str = "postgres", **options: str) -> str:
        """Return the address of a database."""
        rest = "&".join(f"{name}={value}" for name, value in options.items())
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}{rest and f'?{rest}'}"

    def admin(self) -> Any:
        """Connect as the server's owner."""
        import psycopg

        return psycopg.connect(self.address(), autocommit=True)

    @contextlib.contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Make a database like another one, else an empty one; yield its address. It is dropped at the end."""
        name = f"t{secrets.token_hex(6)}"
        with contextlib.closing(self.admin()) as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.address(name)
        finally:
            with contextlib.closing(self.admin()) as admin:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def postmaster(self) -> int:
        """Return the number of its process."""
        return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def kill(self) -> None:
        """Kill all its processes at once, as a machine dies."""
        number = self.postmaster()
        for one in (number, *_children(number)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def standby(self, folder: Path) -> "PostgresServer":
        """Make a server that follows this one, which says of nothing that it is written before both have it."""
        other = PostgresServer(folder, self.settings | {"unix_socket_directories": str(folder)})
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        source = f"host=127.0.0.1 port={self.port} user=postgres application_name=other"
        self.run(
            "pg_basebackup",
            "-D",
            str(other.data),
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "--no-sync",
            "-d",
            source,
        )
        other.start()
        with contextlib.closing(self.admin()) as admin:
            admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'other'")
            admin.execute("SELECT pg_reload_conf()")
        return other

    def promote(self) -> None:
        """Let a server that followed another one be written to."""
        self.run("pg_ctl", "-D", str(self.data), "promote", "-w")

    def stop(self) -> None:
        """Stop at once, whoever is connected."""
        if self.process is not None and self.process.poll() is None:
            self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")
            self.process.wait()


def _children(number: int) -> list[int]:
    """Return the processes that a process has started, as Linux tells them."""
    told = Path(f"/proc/{number}/task/{number}/children")
    return [int(one) for one in told.read_text().split()] if told.exists() else []


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running_server(settings: Mapping[str, str] = {}) -> Iterator[PostgresServer]:
    """Have a server for a while; skip the test where none can be started."""
    if why := missing():
        pytest.skip(why)
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="pt-pg-", dir=memory if memory.is_dir() else None))
    server = PostgresServer(folder, settings)
    try:
        server.initialise()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
