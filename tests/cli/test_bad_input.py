"""Bad input: one clear sentence with its code, the right exit code, in both languages, and nothing changed."""

import json
import sqlite3
from pathlib import Path

import pytest

from plantrack.errors import CODES
from tests.conftest import Run, dump
from tests.support.once import once

BAD: list[tuple[str, list[str], int]] = [
    ("unknown-task", ["show", "99"], 3),
    ("unknown-task", ["update", "99", "-p", "10"], 3),
    ("unknown-task", ["show", "99999999999999999999"], 3),
    ("unknown-task", ["show", "chín"], 3),
    ("unknown-area", ["add", "Họp", "--area", "8"], 3),
    ("unknown-area", ["list", "area:ND9"], 3),
    ("unknown-activity", ["add", "Họp", "--activity", "3.9"], 3),
    ("unknown-organisation", ["add", "Họp", "--area", "3", "--lead", "ubdtt"], 3),
    ("unknown-organisation", ["list", "org:xyz"], 3),
    ("unknown-person", ["list", "to:Không Ai"], 3),
    ("unknown-author", ["list", "author:Không Ai"], 3),
    ("unknown-site", ["list", "site:HN"], 3),
    ("unknown-site", ["log", "site:HN"], 3),
    ("filter-too-long", ["list", *(f"tag:{n}" for n in range(10_000))], 2),
    ("bad-range", ["list", "recorded:2024-07-02..2024-07-01"], 2),
    ("bad-range", ["list", "completed:today..yesterday"], 2),
    ("unknown-status", ["update", "1", "-s", "xng"], 2),
    ("unknown-status", ["list", "status:hoan-than"], 2),
    ("unknown-deadline-state", ["list", "deadline:tre"], 2),
    ("unknown-field", ["list", "statsu:done"], 2),
    ("filter-value", ["list", "overdue:maybe"], 2),
    ("filter-value", ["list", "area:"], 2),
    ("unknown-verb", ["log", "verb:zzz"], 2),
    ("unknown-changed-field", ["log", "field:zzz"], 2),
    ("unknown-priority", ["add", "Họp", "--area", "3", "--priority", "gấp gáp"], 2),
    ("organisation-not-person", ["assign", "1", "--to", "ubdt"], 2),
    ("impossible-date", ["add", "Họp", "--area", "3", "--due", "31/2/2024"], 2),
    ("impossible-date", ["update", "1", "-p", "5", "-o", "2024-13-01"], 2),
    ("bad-date", ["update", "1", "-p", "5", "-o", "hôm nào"], 2),
    ("day-after-today", ["update", "1", "-p", "5", "-o", "2/8/2024"], 2),
    ("day-after-today", ["add", "Họp", "--area", "3", "--on", "2025-01-01"], 2),
    ("day-after-today", ["extend", "1", "--due", "30/9", "--reason", "x", "--on", "2025-01-01"], 2),
    ("percent-range", ["update", "1", "-p", "101"], 2),
    ("percent-range", ["update", "1", "-p", "-1"], 2),
    ("percent-range", ["update", "1", "-p", "nửa"], 2),
    ("text-empty", ["add", "  ", "--area", "3"], 2),
    ("text-empty", ["edit", "1", "--title", "\u200b"], 2),
    ("text-control", ["add", "Họp\x1b[31m", "--area", "3"], 2),
    ("text-control", ["add", "Họp\nhai", "--area", "3"], 2),
    ("text-control", ["add", "Họp\x00", "--area", "3"], 2),
    ("text-control", ["add", "Họp\u202e", "--area", "3"], 2),
    ("text-control", ["update", "1", "-r", "xong\x07"], 2),
    ("text-not-utf8", ["add", "H\udce1p", "--area", "3"], 2),
    ("text-not-utf8", ["list", "h\udce1p"], 2),
    ("text-too-long", ["add", "dài " * 2500, "--area", "3"], 2),
    ("option-swallowed", ["update", "1", "--note", "--unblocked"], 2),
    ("option-swallowed", ["add", "Họp", "--area", "--lead=ubdt"], 2),
    ("text-torn", ["update", "1", "-r", "da", "4"], 2),
    ("text-torn", ["update", "1", "-r", "da", "xong"], 2),
    ("text-torn", ["update", "-r", "da", "xong", "1"], 2),
    ("text-torn", ["update", "1", "--result=da", "4"], 2),
    ("text-torn", ["update", "1", "-rda", "4"], 2),
    ("text-torn", ["update", "1", "-r", "da", "-p", "10", "4"], 2),
    ("text-torn", ["update", "1", "-p", "10", "--author", "Lê", "4"], 2),
    ("text-torn", ["done", "1", "--note", "da", "4"], 2),
    ("text-torn", ["drop", "1", "--reason", "da", "4"], 2),
    ("text-torn", ["extend", "1", "--due", "30/9", "--reason", "da", "4"], 2),
    ("text-torn", ["remove", "1", "--reason", "da", "4"], 2),
    ("text-torn", ["edit", "1", "--title", "da", "4"], 2),
    ("text-torn", ["assign", "1", "--to", "An", "4"], 2),
    ("text-torn", ["assign", "--lead", "ubdt", "xong"], 2),
    ("text-torn", ["add", "Họp", "--area", "3", "--place", "Phường", "5"], 2),
    ("text-torn", ["add", "Họp", "--area", "3", "--deliverable", "báo", "cáo"], 2),
    ("text-twice", ["update", "1", "-r", "đã họp", "--result=chờ"], 2),
    ("text-twice", ["extend", "1", "--due", "30/9", "--reason", "a", "--reason", "b"], 2),
    ("stdin-twice", ["update", "1", "-r", "-", "-n", "-"], 2),
    ("stdin-twice", ["assign", "1", "--to", "-", "--to", "-"], 2),
    ("stdin-twice", ["add", "-", "--area", "3", "--deliverable", "-"], 2),
    ("person-in-part", ["assign", "1", "--to", "thử"], 2),
    ("unknown-option", ["add", "Họp", "--areo", "3"], 2),
    ("missing-option", ["extend", "1", "--due", "30/9"], 2),
    ("missing-option", ["drop", "1"], 2),
    ("missing-argument", ["update"], 2),
    ("missing-argument", ["add", "--area", "3"], 2),
    ("unexpected-argument", ["undo", "c1", "c2"], 2),
    ("option-needs-value", ["add", "Họp", "--area"], 2),
    ("option-takes-no-value", ["list", "--all=yes"], 2),
    ("options-exclude", ["add", "Họp", "--from-plan"], 2),
    ("options-exclude", ["add", "--from-plan", "--lead", "ubdt"], 2),
    ("area-needed", ["add", "Họp"], 2),
    ("activity-of-other-area", ["add", "Họp", "--area", "1", "--activity", "3.1"], 2),
    ("status-of-short-form", ["done", "1", "-s", "paused"], 2),
    ("blocked-and-unblocked", ["update", "1", "-b", "kẹt", "--unblocked"], 2),
    ("nothing-to-record", ["update", "1"], 2),
    ("nothing-to-change", ["edit", "1"], 2),
    ("nobody-named", ["assign", "1"], 2),
    ("unknown-followed-field", ["edit", "1", "--follow", "tieude"], 2),
    ("done-and-blocked", ["done", "1", "-b", "kẹt"], 2),
    ("catch-up-not-recurring", ["done", "1", "--catch-up"], 4),
    ("range-backwards", ["assign", "5-3", "--to", "An"], 2),
    ("missing-argument", ["done", ""], 2),
    ("missing-argument", ["show", ","], 2),
    ("option-needs-value", ["list", "--format", ""], 2),
    ("option-needs-value", ["-C", "", "list"], 2),
    ("bad-number", ["list", "--width", "9" * 5000], 2),
    ("folder-not-readable", ["-C", "x" * 5000, "list"], 3),
    ("unknown-activity", ["plan", "show", "3.9"], 3),
    ("text-without-words", ["list", "\u0301"], 2),
    ("unknown-verb", ["lisst"], 2),
    ("unknown-verb", ["plan", "aply"], 2),
    ("missing-verb", ["plan"], 2),
    ("unknown-topic", ["help", "bộlọc"], 3),
    ("unknown-language", ["list", "--lang", "fr"], 2),
    ("unknown-grouping", ["progress", "--by", "màu"], 2),
    ("unknown-column", ["list", "--columns", "due,màu"], 2),
    ("unknown-column", ["list", "--sort", "màu"], 2),
    ("no-columns", ["list", "--columns", "due", "--format", "ics"], 2),
    ("bad-number", ["list", "--format", "plain", "--width", "chín"], 2),
    ("unknown-format", ["list", "--format", "pdf"], 2),
    ("unknown-ending", ["list", "--output", "x.pdf"], 2),
    ("unknown-ending", ["list", "--output", "x"], 2),
    ("no-period", ["list", "--output", "{period}.txt"], 2),
    ("percent-not-started", ["update", "1", "-p", "30", "-s", "not_started"], 2),
    ("undo-which", ["undo", "3"], 2),
    ("same-deadline", ["extend", "1", "--due", "31/8/2024", "--reason", "x"], 4),
    ("unknown-format", ["add", "Họp", "--area", "3", "--format", "md"], 2),
    ("task-not-recorded", ["show", "1", "--known-at", "2024-07-01"], 3),
    ("bad-week", ["weekly", "--week", "2024-W60"], 2),
    ("unknown-plan", ["list", "--plan", "kh-1"], 3),
    ("no-folder", ["-C", "không-có", "list"], 3),
    ("no-database", ["--db", "khác.db", "list"], 3),
    ("database-address", ["--db", "mysql://u:secret@h/db", "list"], 6),
    ("address-form", ["--db", "host=may dbname=kh password=secret", "list"], 2),
    ("plan-missing", ["plan", "check", "plans/không-có.yaml"], 5),
    ("plan-unreadable", ["plan", "check", "plans"], 5),
    ("task-not-closed", ["reopen", "1", "--reason", "nhầm"], 4),
    ("task-closed", ["update", "2", "-s", "in_progress"], 4),
    ("task-closed", ["extend", "2", "--due", "30/9", "--reason", "x"], 4),
    ("task-closed", ["update", "2", "-p", "50"], 4),
    ("not-assigned", ["unassign", "1", "--lead", "hlhpn"], 4),
    ("task-removed", ["show", "3"], 3),
    ("task-removed", ["update", "3", "-p", "1"], 3),
    ("activity-many-tasks", ["show", "3.2"], 4),
    ("activity-no-task", ["show", "7.2"], 3),
    ("no-activity-to-follow", ["edit", "5", "--follow", "title"], 4),
    ("opened-after-updates", ["edit", "2", "--opened", "1/8/2024"], 4),
    ("unknown-command", ["undo", "c99"], 3),
    ("unknown-command", ["undo", "mười"], 3),
    ("undo-plan", ["undo", "c1"], 4),
    ("nothing-to-undo", ["undo", "--author", "Người khác"], 4),
    ("undo-used", ["undo", "c3"], 4),
    ("already-withdrawn", ["undo", "c8"], 4),
    ("undo-overtaken", ["undo", "c10"], 4),
]


@pytest.fixture
def busy(run: Run, workspace: Path) -> Run:
    """A workspace in which every refusal can happen."""

    def work() -> None:
        for args in (
            ["add", "Một", "--activity", "3.1", "--lead", "ubdt", "--due", "31/8/2024"],  # c2, task 1
            ["add", "Hai", "--activity", "3.1"],  # c3, task 2
            ["add", "Ba", "--area", "3"],  # c4, task 3
            ["done", "2", "-o", "30/7/2024"],  # c5
            ["remove", "3", "--reason", "nhầm"],  # c6
            ["add", "Bốn", "--area", "1"],  # c7, task 4
            ["update", "1", "-r", "đã họp"],  # c8
            ["undo"],  # c9
            ["edit", "1", "--title", "Một a"],  # c10
            ["edit", "1", "--title", "Một b"],  # c11
            ["add", "Năm", "--area", "1"],  # c12, task 5
            ["add", "Sáu", "--activity", "3.2"],
            ["add", "Bảy", "--activity", "3.2", "--to", "Người Thử"],
        ):
            ended = run(*args)
            assert ended.code == 0, ended.err

    once(workspace, work)
    return run


@pytest.mark.parametrize(("code", "args", "exit_code"), BAD, ids=[f"{b[0]}-{i}" for i, b in enumerate(BAD)])
def test_bad_input_is_refused_and_changes_nothing(
    busy: Run, workspace: Path, code: str, args: list[str], exit_code: int
) -> None:
    assert CODES[code] == exit_code
    before = dump(workspace / "plantrack.db")
    for language in ("vi", "en"):
        asked = [] if "--lang" in args else ["--lang", language]
        ended = busy(*asked, *args)
        assert ended.code == exit_code, ended.err
        assert ended.out == ""
        assert f"[{code}]" in ended.err
        assert len(ended.err.splitlines()) <= 4, "a sentence, perhaps a caret, and a hint"
        assert "Traceback" not in ended.err
        assert "secret" not in ended.err
        assert "\x1b" not in ended.err
    assert dump(workspace / "plantrack.db") == before
    assert sorted(p.name for p in workspace.iterdir()) == [".gitignore", "plans", "plantrack.db"]


@pytest.mark.no_cover
@pytest.mark.parametrize("code", sorted({b[0] for b in BAD}))
def test_an_error_is_told_in_json_too(busy: Run, code: str) -> None:
    args = next(b[1] for b in BAD if b[0] == code)
    if args[0] in ("help", "plan", "lisst") or {"--format", "--output"} & set(args):
        pytest.skip("has no --format, or another one")
    ended = (
        busy(*args[:1], "--format", "json", *args[1:])
        if args[0] != "-C" and args[0] != "--db"
        else busy(*args, "--format", "json")
    )
    told = json.loads(ended.out)
    assert told["schema"] == "plantrack/1"
    assert told["data"] is None
    assert told["error"]["code"] == code
    assert told["error"]["exit_code"] == ended.code
    assert told["error"]["message"] in ended.err
    assert told["error"]["hint"] in ended.err


def test_nearest_names_are_offered(busy: Run) -> None:
    for args, near in (
        (["add", "x", "--area", "3", "--lead", "ubdtt"], "ubdt"),
        (["list", "status:hoan-than"], "Hoàn thành"),
        (["list", "statsu:done"], "status"),
        (["lisst"], "list"),
        (["add", "Họp", "--areo", "3"], "--area"),
    ):
        assert near in busy(*args).err


def test_markup_is_text(busy: Run) -> None:
    for title in ("[/khu vực] họp", "[bold]đậm[/bold]", "{tiêu đề} %s"):
        label = busy("add", title, "--area", "3").out.strip()
        for form in ("table", "plain", "json"):
            assert title in busy("show", label, "--format", form, "--width", "140").out


def test_a_database_of_another_program_is_left_alone(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as driver:
        driver.execute("CREATE TABLE stamps (country TEXT)")
    before = other.read_bytes()
    for args in (["list"], ["add", "x", "--area", "1"], ["init", "."]):
        ended = run("--db", str(other), *args)
        assert ended.code == 6
        assert "[database-foreign]" in ended.err
    assert other.read_bytes() == before


def test_nfd_is_the_same_input(run: Run) -> None:
    import unicodedata

    nfd = unicodedata.normalize("NFD", "Họp với đơn vị")
    assert run("add", nfd, "--area", "3", "--to", unicodedata.normalize("NFD", "Lê Thị Ánh")).code == 0
    found = json.loads(
        run("list", unicodedata.normalize("NFD", "với"), "to:le thi anh", "--format", "json").out
    )
    assert [t["title"] for t in found["data"]] == ["Họp với đơn vị"]
    assert found["data"][0]["in_charge"] == ["Lê Thị Ánh"]
