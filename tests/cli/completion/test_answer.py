"""What a shell is told; and that it is told nothing where anything is wrong."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from plantrack import cli
from plantrack.cli.app import main
from plantrack.cli.completion import answer
from plantrack.cli.completion.answer import completion_lines
from plantrack.store.sqlite.connection import connect
from tests.test_startup import HEAVY

SOURCE = Path(cli.__file__).parents[2]
BREAKS = " \t\n\"'@><=;|&(:"


@pytest.fixture
def here(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A worked example of one's own."""
    folder = tmp_path / "w"
    shutil.copytree(example, folder)
    monkeypatch.chdir(folder)
    return folder


def in_bash(line: str, way: str = "9") -> list[str]:
    return completion_lines("bash", [line, BREAKS, way]).splitlines()


def in_zsh(*words: str) -> list[str]:
    return completion_lines("zsh", words).splitlines()


def in_fish(*words: str) -> list[str]:
    return completion_lines("fish", words).splitlines()


def test_bash_shows_what_words_mean_and_puts_in_the_only_one(here: Path) -> None:
    assert in_bash("plantrack xo") == ["xong  -- ghi: hoàn thành", "xoa   -- gỡ nhiệm vụ nhập nhầm"]
    assert in_bash("plantrack xo", "37") == ["xong", "xoa"]
    assert in_bash("plantrack xon") == ["xong"]
    assert in_bash("./plantrack list are") == ["area:", "\tnospace"]
    assert in_bash("plantrack list area:ND3") == ["ND3"]
    assert in_bash("plantrack list to:vi") == [rf"Ví\ dụ\ {x}" for x in "ABCDEF"]
    assert in_bash('plantrack list "to:ví dụ c') == ["to:Ví dụ C"]
    assert in_bash("plantrack plan check x") == ["\tfiles"]
    assert in_bash("plantrack -C x") == ["\tfolders"]
    assert in_bash("plantrack plan new x --from kh") == ["kh-468-2024", "\tfiles"]


def test_what_is_shown_fits_the_terminal(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = [*in_bash("plantrack xong "), *(line.partition("\t")[2] for line in in_zsh("xong", ""))]
    assert max(map(len, lines)) == 58
    assert min(map(len, lines)) > 10


def test_where_words_share_less_than_was_typed_it_stays(here: Path) -> None:
    assert main(["-q", "add", "Họp", "--area", "3", "--to", "Vị Dụ", "--new-person"]) == 0
    assert in_bash("plantrack list to:vi") == [*(rf"Ví\ dụ\ {x}" for x in "ABCDEF"), r"Vị\ Dụ", " "]
    assert in_zsh("list", "to:vi")[-1] == "\tkeep"
    assert "\tkeep" not in in_zsh("list", "to:")


def test_zsh_is_given_what_to_show_and_fish_what_it_means(here: Path) -> None:
    assert in_zsh("xo") == ["xong\txong  ghi: hoàn thành", "xoa\txoa   gỡ nhiệm vụ nhập nhầm"]
    assert in_fish("xo") == ["xong\tghi: hoàn thành", "xoa\tgỡ nhiệm vụ nhập nhầm"]
    assert in_fish("list", "ar") == ["area:\t"]


def test_fish_finds_a_name_that_was_typed_without_tones(here: Path) -> None:
    assert in_fish("giao", "3", "-t", "ví dụ b") == ["Ví dụ B\t"]
    assert in_fish("giao", "3", "-t", "b") == ["Ví dụ B\t"]
    (line,) = in_fish("giao", "3", "-t", "'vi du b")
    assert unicodedata.normalize("NFC", line) == "ví dụ b\t"
    assert unicodedata.normalize("NFD", line) == line


def test_the_language_is_that_of_help(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_bash("plantrack hoan")[0] == "hoan-tac"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert in_bash("plantrack --lang=vi progress --by or")[0] == "org"
    assert in_zsh("und")[0] == "undo\tundo  take back a whole command"
    monkeypatch.setenv("PLANTRACK_LANG", "vi")
    assert in_zsh("hoan-t")[0].startswith("hoan-tac\t")
    assert in_zsh("--lang", "en", "und")[0] == "undo\tundo  take back a whole command"


@pytest.mark.parametrize("nfd", ["Ví dụ A", "vi du a", "VÍ DỤ A"])
def test_what_is_typed_in_nfd_is_completed(here: Path, nfd: str) -> None:
    typed = unicodedata.normalize("NFD", nfd)
    assert in_zsh("list", f"to:{typed}") == ["to:Ví dụ A\tto:Ví dụ A"]


# As a process.


def asked(
    folder: Path, *args: str, shell: str = "zsh", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {"PLANTRACK_COMPLETE": shell, "PYTHONPATH": str(SOURCE), "PATH": "", **variables}
    command = [sys.executable, "-m", "plantrack", *args]
    return subprocess.run(command, check=False, capture_output=True, cwd=folder, env=environment)


def is_silent(done: subprocess.CompletedProcess[bytes]) -> bool:
    return (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_process_answers_and_writes_nothing(here: Path) -> None:
    before = contents(here)
    done = asked(here, "xong", "19")
    assert done.stdout.decode() == "19\t19  Ví dụ: lấy ý kiến góp ý bằng văn bản\n"
    assert (done.returncode, done.stderr, contents(here)) == (0, b"", before)


def test_without_a_workspace_commands_are_completed_and_values_are_not(tmp_path: Path) -> None:
    assert asked(tmp_path, "khoi").stdout.decode().startswith("khoi-tao\t")
    assert is_silent(asked(tmp_path, "xong", ""))
    assert is_silent(asked(tmp_path, "-C", "khong-co", "xong", ""))
    assert is_silent(asked(tmp_path, "xong", "", PLANTRACK_DB="postgresql://localhost/x"))


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + b"x" * 4096])
def test_a_damaged_database_is_no_news(here: Path, content: bytes) -> None:
    (here / "plantrack.db").write_bytes(content)
    assert is_silent(asked(here, "xong", ""))


def test_a_database_in_the_midst_of_damage_is_no_news(here: Path) -> None:
    file = here / "plantrack.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    assert is_silent(asked(here, "xong", ""))


def test_an_older_database_is_no_news(here: Path) -> None:
    with sqlite3.connect(here / "plantrack.db") as driver:
        driver.execute("PRAGMA user_version = 3")
    driver.close()
    assert is_silent(asked(here, "xong", ""))


def test_a_locked_database_is_not_waited_for(here: Path) -> None:
    writer = connect(here / "plantrack.db")
    writer.execute("PRAGMA locking_mode = EXCLUSIVE")
    writer.execute("BEGIN EXCLUSIVE")
    writer.execute("INSERT INTO meta VALUES ('a', 'b', printf('%064d', 0))")
    done = asked(here, "xong", "1")
    assert (done.returncode, done.stderr) == (0, b"")
    writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize(
    "args",
    [
        ["add", "-area", ""], ["khong-co", ""], ["list", "x:y:"], ["\udc80", "\udc80"], ["list", "\udc80"],
        ["done", "1" * 4000], ["list", "to:" + "x" * 9000], [], ["list", "--limit", ""], ["list", "due:x..y"],
    ],
)  # fmt: skip
def test_nothing_that_is_typed_makes_it_fail(here: Path, args: list[str]) -> None:
    done = asked(here, *args)
    assert (done.returncode, done.stderr) == (0, b"")


def test_too_few_words_are_no_news(here: Path) -> None:
    assert is_silent(asked(here, shell="bash"))


LOADED = """
import json, os, sys
from plantrack.cli.completion.answer import completion_lines
assert completion_lines("zsh", sys.argv[1:])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("args", [["xo"], ["add", "--"], ["xong", ""], ["list", "to:"]])
def test_it_loads_nothing_heavy(here: Path, args: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *args], capture_output=True, text=True, check=True, cwd=here,
        env={"PYTHONPATH": str(SOURCE), "PATH": ""},
    )  # fmt: skip
    assert not {*json.loads(done.stdout)} & {*HEAVY, "typer"}


def test_a_shell_that_asks_for_it_is_one_that_has_a_script() -> None:
    folder = Path(answer.__file__).parent
    for shell, file in answer.SCRIPTS.items():
        assert f"PLANTRACK_COMPLETE={shell} " in (folder / file).read_text("utf-8")
    assert answer.ASKED_BY == "PLANTRACK_COMPLETE" not in os.environ
