"""The machines of the page "Many offices": servers of a test's own stand in for those of Debian, folders for homes.

What the page has typed runs as it stands, by bash, with the names of these machines. The programs that only root on a
machine of its own may run are stood in for: `sudo` goes on as the server's owner, `pg_ctlcluster` starts these servers,
and nothing is installed.
"""

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.support.postgres_server import PostgresServer, free_port

#: What each of the people does at home.
EVERYBODY: Final = "everybody"
#: The password of each login; no name and no file has a space in it.
PASSWORD: Final = "bí mật"
#: What lan hands out to the others.
_HANDED_OUT: Final = ("ca.crt", "server.crt", "server.key")
#: What the files begin with that the page shows, and their names; the last is added to the first.
_FILES: Final = {"[plantrack]": ".pg_service.conf", "*:*:*:": ".pgpass", "[databases]": "", "host=": ""}
#: Each is a script of bash; what it asks of its machine is in the environment.
_STAND_INS: Final = {
    "sudo": """
while [ "$1" = -u ]; do shift 2; owner=$OWNER; done
if [ "$1" = install ] && [ "$(id -u)" != 0 ]; then set -- install "${@:4}"; fi
exec $owner "$@"
""",
    "pg_ctlcluster": """
case $3 in
  start|restart|stop) exec $OWNER pg_ctl -D "$DATA" -o "$SETTINGS" -l "$DATA.log" -w -s -m fast $3 ;;
  promote) exec $OWNER pg_ctl -D "$DATA" -w -s promote ;;
esac
exit 2
""",
    "systemctl": """
[ "$*" = "restart pgbouncer" ] || exit 2
setsid $OWNER pgbouncer "$POOLER/pgbouncer.ini" >"$POOLER/log" 2>&1 &
echo $! >"$POOLER/pid"
for try in {1..100}; do ! : >/dev/tcp/127.0.0.1/$POOLER_PORT || exit 0; sleep 0.05; done 2>/dev/null
cat "$POOLER/log"
exit 1
""",
    "createuser": 'printf "$PASSWORD\\n$PASSWORD\\n" | PATH=${PATH#*:} setsid createuser "$@"',
    "plantrack": f'exec {shlex.quote(sys.executable)} -m plantrack "$@"',
    "apt-get": "",
    "pip": "",
}


class Segment(NamedTuple):
    """What one types at one place, and how it ends."""

    place: str
    code: int
    text: str


def blocks(text: str) -> Iterator[str]:
    """Yield the indented blocks of a page."""
    for found in re.findall(r"(?:^    .*\n)+", text, re.MULTILINE):
        yield re.sub("^    ", "", found, flags=re.MULTILINE)


def segments(block: str) -> Iterator[Segment]:
    """Yield what a block has typed, by the lines that say where."""
    _, *parts = re.split(r"^# (\w+)(?: \(\D*(\d)\))?$\n", block, flags=re.MULTILINE)
    for place, code, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield Segment(place, int(code or 0), text)


def is_file(block: str) -> bool:
    """Return whether a block is what a file has."""
    return block.startswith(tuple(_FILES))


class Machines:
    """The servers db1 and db2, a pooler, and the homes of people."""

    def __init__(self, homes: Path, servers: Path, people: tuple[str, ...]) -> None:
        self.homes = homes
        self.people = people
        self.servers = {name: PostgresServer(servers / name) for name in ("db1", "db2")}
        self.pooler, self.pooler_port = servers / "pooler", free_port()
        self.stand_ins = servers / "bin"
        for folder in (self.stand_ins, self.pooler, *map(self.home, (*people, *self.servers))):
            folder.mkdir(parents=True)

    def home(self, name: str) -> Path:
        return self.homes / name

    def start(self) -> None:
        """Start what Debian starts as it is installed."""
        for name, script in _STAND_INS.items():
            file = self.stand_ins / name
            file.write_text(f"#!/bin/bash\n{script}\n", "utf-8")
            file.chmod(0o755)
        (self.pooler / "userlist.txt").touch()
        _own(self.pooler)
        for name, server in self.servers.items():
            (server.folder / "etc").mkdir(parents=True)
            server.initialise()
            (server.folder / "etc/pg_hba.conf").write_text("local all postgres trust\n")
            _own(server.folder)
            self.run(Segment(name, 0, "pg_ctlcluster 15 main start"))

    def close(self) -> None:
        """Stop the servers, and the pooler."""
        if (pid := self.pooler / "pid").exists():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(pid.read_text()), signal.SIGTERM)
        for server in self.servers.values():
            if (server.data / "postmaster.pid").exists():
                server.run("pg_ctl", "-D", str(server.data), "-m", "immediate", "stop")

    def lacks(self, segment: Segment) -> bool:
        """Return whether what is typed is of a pooler that is not installed here."""
        return bool(re.search("pgbouncer|6432", segment.text)) and not shutil.which("pgbouncer", path=_PATH)

    def run(self, segment: Segment) -> str:
        """Run what is typed at a place, and hold how it ends; return what was printed."""
        home = self.home(segment.place)
        with (home / ".profile").open("a", encoding="utf-8") as profile:
            profile.writelines(re.findall("^export .*\n", segment.text, re.MULTILINE))
        done = subprocess.run(
            ["bash", "-c", f"set -e -o pipefail\n. ~/.profile\n{self._here(segment.text, segment.place)}"],
            cwd=home, env=self._environment(segment.place), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == segment.code, f"{segment.place}: {segment.text}\n{done.stdout}"
        return done.stdout

    def write(self, block: str) -> None:
        """Write a file that the page shows: the pooler's, or one that each has for the own login."""
        if block.startswith("[databases]"):
            (self.pooler / "pgbouncer.ini").write_text(self._here(block, "db1"), "utf-8")
            return
        (named,) = [file for begin, file in _FILES.items() if block.startswith(begin)]
        for who in self.people:
            own = self._here(block, who).replace("user=lan", f"user={who}").replace(":lan:", f":{who}:")
            file = self.home(who) / (named or _FILES["[plantrack]"])
            file.write_text(own if named else re.sub("host=.*\n", own, file.read_text("utf-8")), "utf-8")
            file.chmod(0o600)

    def hand_out(self) -> None:
        """Copy files of lan's to everybody, as far as they are there."""
        for file in (self.home("lan") / name for name in _HANDED_OUT):
            for other in {*self.people, *self.servers} - {"lan"}:
                if file.exists():
                    shutil.copy(file, self.home(other))

    def _here(self, text: str, place: str) -> str:
        """Return what is typed, or stands in a file, with the names of these machines."""
        first, second = self.servers.values()
        server = self.servers.get(place, first)
        names = {
            "host=db1.example.vn,db2.example.vn": f"host=localhost,localhost\nport={first.port},{second.port}",
            "db1.example.vn": "localhost",
            "db2.example.vn": "localhost",
            "/etc/postgresql/15/main": str(server.folder / "etc"),
            "/var/lib/postgresql/15/main": str(server.data),
            "/var/backups": str(first.folder),
            "/etc/pgbouncer": str(self.pooler),
            "/var/log/postgresql": str(self.pooler),
            "/var/run/postgresql": str(self.pooler),
            "host=127.0.0.1": f"host=127.0.0.1 port={first.port}",
            "6432": str(self.pooler_port),
            "PASSWORD": PASSWORD,
        }
        for name, here in names.items():
            text = text.replace(name, here)
        return text

    def _environment(self, place: str) -> dict[str, str]:
        first = self.servers["db1"]
        found = {
            "PATH": os.pathsep.join([str(self.stand_ins), str(first.bin), _PATH]),
            "HOME": str(self.home(place)),
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PGPORT": str(first.port),
            "PASSWORD": PASSWORD,
        }
        if server := self.servers.get(place):
            settings = {**server.settings, "port": str(server.port), "synchronous_commit": "on"}
            settings["hba_file"] = str(server.folder / "etc/pg_hba.conf")
            found |= {
                "PGHOST": str(server.folder),
                "DATA": str(server.data),
                "SETTINGS": " ".join(f"-c {name}={value}" for name, value in settings.items()),
                "OWNER": " ".join(server.as_owner),
                "POOLER": str(self.pooler),
                "POOLER_PORT": str(self.pooler_port),
            }
        return found


#: Where programs are that only root finds too.
_PATH: Final = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])


def _own(folder: Path) -> None:
    """Give a folder to whoever the servers run as."""
    if os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            shutil.chown(path, "postgres", "postgres")
