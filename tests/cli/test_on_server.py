"""A season of work is told alike on either engine: the program is run on a file, and on a server."""

import contextlib
import random
import re
import shlex
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.store.opening import open_database
from plantrack.store.postgres.connection import Postgres
from tests.conftest import Hands, Run
from tests.support.mail_server import serving
from tests.support.postgres import FilledAgain, database_with_tables, fill
from tests.support.postgres_server import PostgresServer
from tests.support.season import ASIDE, DATABASE, FILTERS, SESSION

#: What is done beside the program to a file, what is made only as one, and the example, which has its own.
LEFT_OUT = ("rebuild", "twins", "demo ví-dụ")
#: What a database says of itself: a file and a server each in lines of their own.
OWN_LINES = re.compile(
    r"^ *(?:Tệp|Địa chỉ|Mã cơ sở dữ liệu|Dung lượng|Máy chủ|Đường truyền|Tài khoản đang dùng|Chủ sở hữu|Chế độ nhật ký|"
    r"Kiểm tra)  .*\n?",
    re.MULTILINE,
)
#: How it is called; and hashes, for a workbook says when it was written.
OWN = re.compile(r"postgresql://[^\s”]*|[^\s“]*/plantrack\.db|\b[0-9a-f]{8,}\b")


def told(run: Run, clock: Hands, folder: Path) -> Iterator[tuple[str, str]]:
    """Play the season, and yield each line with what was answered."""
    for line in SESSION.strip().splitlines()[2:]:
        if line.startswith("20"):
            clock.set(line)
        elif line in LEFT_OUT:
            continue
        elif line in ASIDE:
            ASIDE[line](folder)
        else:
            for one in lines_of(line):
                ended = run(*shlex.split(one))
                answer = OWN_LINES.sub(
                    "", f"{ended.code}\n{ended.out.rstrip()}\n{ended.err}".replace(str(folder), ".")
                )
                yield one, OWN.sub("…", answer)


def lines_of(line: str) -> list[str]:
    """Return the lines that one of the season stands for; of many like one another, a few."""
    if line == "undo-all":
        return [f"undo c{number}" for number in range(60, 40, -1)]
    for word, values in (
        ("{filter}", FILTERS),
        ("{field}", ("due", "title", "activity")),
        ("{by}", GROUPINGS),
    ):
        if word in line:
            return [line.replace(word, shlex.quote(value)) for value in values]
    return [line]


@pytest.mark.no_cover
def test_a_season_is_told_alike(
    run: Run, clock: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_server: PostgresServer
) -> None:
    for name in ("PLANTRACK_USER", "LOGNAME"):  # as the server knows them
        monkeypatch.setenv(name, "postgres")
    with database_with_tables(postgres_server) as address, serving() as mail:
        mail.handler.ways = {"khong-co": "refuse"}
        monkeypatch.setenv("PLANTRACK_SMTP_URL", f"smtp://127.0.0.1:{mail.port}")
        monkeypatch.setenv("PLANTRACK_MAIL_FROM", "kh@example.org")
        answers = []
        for place in ("file", "server"):
            folder = tmp_path / place
            folder.mkdir()
            monkeypatch.chdir(folder)
            monkeypatch.setattr("os.urandom", random.Random(468).randbytes)
            clock.set("2024-03-25")
            assert run("init", ".").code == 0
            if place == "server":
                with contextlib.closing(open_database(address)) as db:
                    assert isinstance(db, Postgres)
                    fill(db, folder / DATABASE)
                (folder / DATABASE).unlink()
                monkeypatch.setenv("PLANTRACK_DB", address.text)
            answers.append(list(told(run, clock, folder)))
    on_file, on_server = answers
    other = [(line, a, b) for (line, a), (_, b) in zip(on_file, on_server, strict=True) if a != b]
    assert other == [], "\n\n".join(
        "\n".join([line, *unified_diff(a.split("\n"), b.split("\n"), "file", "server", lineterm="", n=0)])
        for line, a, b in other
    )


def test_the_lines_of_cron_name_the_server_and_no_password(run: Run, filled_again: FilledAgain) -> None:
    address = filled_again.address.text
    ended = run("--db", address.replace("postgres@", "postgres:bi-mat@"), "cron", "--lang", "en")
    assert (ended.code, "bi-mat" in ended.out + ended.err) == (0, False)
    assert f"--db {address} weekly" in ended.out
    assert "~/.pgpass" in ended.err


def test_a_whole_export_is_taken_in_by_a_file(run: Run, workspace: Path, filled_again: FilledAgain) -> None:
    assert run("export", "--output", "e.jsonl").code == 0
    ended = run("--db", filled_again.address.text, "import", "e.jsonl", "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert "[import-to-server]" in ended.err and "plantrack db copy FILE ADDRESS" in ended.err.replace(
        "\n", " "
    )
