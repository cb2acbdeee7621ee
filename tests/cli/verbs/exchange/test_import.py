"""`import`: a whole export is restored, in a folder or under `--db`."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.processes import go, shell
from tests.support.terminal import on_terminal


@pytest.fixture
def export(run: Run, workspace: Path) -> Path:
    run("add", "--from-plan")
    run("update", "3", "-p", "40", "-r", "đã họp", "-o", "18/7/2024")
    assert run("export", "--output", "../all.jsonl").code == 0
    return workspace.parent / "all.jsonl"


def test_a_new_folder_gets_all_of_it(run: Run, export: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    before = run("db", "digest").out
    ended = run("-C", str(new), "nhap", "../all.jsonl")
    assert (ended.code, ended.out) == (0, "")
    assert str(new / "plantrack.db") in ended.err
    assert str(new / "plans") in ended.err  # where plan files are to be put
    assert run("-C", str(new), "du-lieu", "ma-doi-chieu").out == before
    assert run("-C", str(new), "export").out == export.read_text("utf-8")
    for read in (["list", "--all"], ["progress"], ["log"], ["show", "3", "--history"], ["plan", "show"]):
        assert run("-C", str(new), *read).out == run(*read).out
    assert run("-C", str(new), "db", "check").code == 0


def test_the_digest_can_be_compared_by_a_script(run: Run, export: Path) -> None:
    told = json.loads(run("db", "digest", "--format", "json").out)["data"]
    head = json.loads(export.read_text("utf-8").split("\n")[0])
    assert told == {"sha256": head["sha256"], "counts": head["counts"]}


def test_another_database_of_the_workspace_is_made(run: Run, export: Path, workspace: Path) -> None:
    ended = run("import", str(export), "--db", "new.db", "--format", "json")
    assert json.loads(ended.out)["data"]["tasks"] == 12
    assert (workspace / "new.db").is_file()
    assert "plans" not in ended.err
    ended = run("import", str(export), "--db", "new.db")
    assert (ended.code, "[database-not-empty]" in ended.err) == (4, True)


def test_a_clone_with_plans_and_no_database_is_filled(run: Run, export: Path, workspace: Path) -> None:
    before = run("db", "digest").out
    (workspace / "plantrack.db").unlink()
    assert run("import", "../all.jsonl").code == 0
    assert run("db", "digest").out == before


def test_a_part_is_not_restored(run: Run, export: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    for option in ("area:3", "--public"):
        assert run("export", option, "--output", "../part.jsonl").code == 0
        ended = run("-C", str(tmp_path / "new"), "import", "../part.jsonl")
        assert (ended.code, "[export-not-whole]" in ended.err) == (5, True)
        assert "[export-not-whole]" in run("import", "../part.jsonl", "--kind", "tasks").err
        assert [*(tmp_path / "new").iterdir()] == []


def test_a_line_that_was_changed_is_named(run: Run, export: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    lines = export.read_text("utf-8").split("\n")
    lines[4], lines[5] = lines[5], lines[4]
    export.write_text("\n".join(lines), "utf-8")
    ended = run("-C", str(tmp_path / "new"), "import", "../all.jsonl", "--lang", "en")
    assert (ended.code, "Line 6 of" in ended.err) == (5, True)
    assert [*(tmp_path / "new").iterdir()] == []


def test_a_hostile_file_is_refused_and_takes_no_memory(tmp_path: Path, export: Path) -> None:
    """In a process of its own, which may reserve 400 MB, Python itself included."""
    (tmp_path / "new").mkdir()
    file, head = tmp_path / "x.jsonl", export.read_bytes().split(b"\n", 1)[0] + b"\n"
    long = 200 << 20
    for data, code in (
        (head, "export-line"),
        (b'{"type":"head",', "export-head"),
        (b'{"type":"head","a":' + b"[" * (1 << 20), "export-head"),
    ):
        file.write_bytes(data)
        with file.open("ab") as stream:
            stream.truncate(long)
        done = shell(f"ulimit -v 400000; $P -C {tmp_path / 'new'} import {file}", tmp_path)
        assert (done.returncode, f"[{code}]" in done.stderr) == (5, True), done.stderr
        assert [*(tmp_path / "new").iterdir()] == []


def test_in_a_process_of_its_own(export: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    done = go("-C", str(tmp_path / "new"), "import", str(export), "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    said = on_terminal(tmp_path / "new", "import", str(export))
    assert "[database-not-empty]" in said
