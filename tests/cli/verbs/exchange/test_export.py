"""`export`: what is typed, and where it goes."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Run
from tests.support.once import once
from tests.support.processes import go
from tests.support.terminal import on_terminal


@pytest.fixture
def work(run: Run, workspace: Path) -> None:
    def begin() -> None:
        person = ("--to", "Văn Kín", "--new-person")
        run("add", "Việc một", "--area", "3", "--lead", "ubdt", *person, "--on", "1/7/2024")
        run("add", "Việc hai", "--area", "2", "--lead", "hlhpn", "--on", "1/7/2024")
        run("done", "1", "-r", "xong", "--note", "ghi kín", "-o", "2/7/2024")

    once(workspace, begin)


def head(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text.split("\n")[0])
    return found


def test_everything_goes_to_stdout_or_into_a_file(run: Run, workspace: Path, work: None) -> None:
    ended = run("export")
    assert (ended.code, ended.err) == (0, "")
    assert head(ended.out)["kind"] == "whole"
    assert run("xuat", "--ra-tep", "all.jsonl").code == 0
    assert (workspace / "all.jsonl").read_text("utf-8") == ended.out
    assert run("export", "--format", "jsonl", "--output", "x.dat").code == 0
    assert (workspace / "x.dat").read_text("utf-8") == ended.out


@pytest.mark.parametrize(
    ("typed", "kind", "tasks"),
    [
        ("org:ubdt", "part", 1),
        ("--where 'area:3 status:done'", "part", 1),
        ("area:2,3 --where lead:hlhpn", "part", 1),
        ("--plan kh-468-2024", "part", 2),
        ("--public", "public", 2),
        ("--public --dieu-kien org:ubdt", "public", 1),
    ],
)
def test_a_filter_makes_a_part(run: Run, work: None, typed: str, kind: str, tasks: int) -> None:
    import shlex

    ended = run("export", *shlex.split(typed))
    found = head(ended.out)
    counts = found["counts"]
    assert isinstance(counts, dict)
    assert (ended.code, found["kind"], counts["task"]) == (0, kind, tasks)
    is_told = kind == "part" and "hlhpn" not in typed
    assert ("ghi kín" in ended.out, "Văn Kín" in ended.out) == (is_told, is_told)


def test_sheets_are_for_people(run: Run, workspace: Path, work: None) -> None:
    assert run("export", "--output", "x.xlsx").code == 0
    sheets = load_workbook(workspace / "x.xlsx").worksheets
    assert [sheet.title for sheet in sheets[1:]] == ["Nhiệm vụ", "Cập nhật"]
    assert [sheet.max_row for sheet in sheets[1:]] == [3, 2]
    table = run("export", "org:ubdt", "--format", "csv").out
    assert "Việc một" in table
    assert "Việc hai" not in table


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (["--format", "md"], 2, "unknown-format"),
        (["--output", "x.md"], 2, "unknown-format"),
        (["tag:x"], 3, "export-finds-nothing"),
        (["--where", ""], 2, "filter-empty"),
        (["org:không-có"], 3, "unknown-organisation"),
        (["--output", "plantrack.db"], 2, "output-is-source"),
        (["--as-of", "1/7/2024"], 2, "unknown-option"),
    ],
)
def test_what_cannot_be_is_refused_and_no_file_is_left(
    run: Run, workspace: Path, work: None, typed: list[str], code: int, said: str
) -> None:
    before = sorted(workspace.rglob("*"))
    ended = run("export", *typed)
    assert (ended.code, ended.out, f"[{said}]" in ended.err) == (code, "", True), ended.err
    assert sorted(workspace.rglob("*")) == before


def test_without_a_workspace_there_is_nothing_to_export(tmp_path: Path) -> None:
    ended = go("-C", str(tmp_path), "export", "--output", "x.jsonl")
    assert (ended.returncode, [*tmp_path.iterdir()]) == (3, [])


def test_on_a_terminal_a_file_is_named_and_nothing_else_is_said(workspace: Path, work: None) -> None:
    said = on_terminal(workspace, "export", "--output", "all.jsonl")
    assert said == "Đã ghi vào all.jsonl.\r\nToàn bộ dữ liệu: 4 lệnh, 2 nhiệm vụ, 1 cập nhật.\r\n"


def test_it_is_the_state_of_one_moment(workspace: Path, run: Run, work: None) -> None:
    """The head counts what stands below, whoever writes between the two readings."""
    from plantrack.services.verbs.exchange.export import export_whole
    from plantrack.store.sqlite.connection import connect

    db = connect(workspace / "plantrack.db")
    db.snapshot()
    lines = export_whole(db).pieces()
    first = next(lines)
    assert run("add", "Việc ba", "--area", "3").code == 0
    rest = b"".join(lines)
    db.close()
    assert "Việc ba" not in rest.decode()
    assert sum(json.loads(first)["counts"].values()) == rest.count(b"\n")
