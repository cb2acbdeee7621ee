"""How an answer goes out: into a file, a pipe or a device, whole or not at all."""

import os
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.plan_edits import PLAN, SHORT, swap
from tests.support.processes import go, shell
from tests.support.terminal import on_terminal


@pytest.mark.no_cover
def test_names_of_files_are_shown_as_in_errors(run: Run, workspace: Path) -> None:
    name = "a\x1b[31m\nb.md"
    ended = run("progress", "--output", name)
    assert ended.code == 0
    assert "a\\x1b[31m\\nb.md" in ended.err
    assert len(ended.err.splitlines()) == 1
    folder = workspace.parent / "c\x1b[2Jd"
    ended = run("init", str(folder))
    assert ended.code == 0
    assert "\x1b" not in ended.err
    for args in (
        ["demo", "d\x1be"],
        ["plan", "new", "e\x1bf.yaml", "--from", "kh-468-2024", "--year", "2025"],
    ):
        ended = run("-C", str(folder), *args)
        assert ended.code == 0
        assert "\x1b" not in ended.err


def test_output_goes_whole_into_a_file_named_by_its_ending(run: Run, workspace: Path) -> None:
    for name, start in (("a.json", "{"), ("a.md", "# "), ("a.txt", "Tiến độ")):
        ended = run("progress", "--output", name)
        assert (ended.code, ended.out) == (0, "")
        assert (workspace / name).read_text("utf-8").startswith(start)
    assert run("weekly", "--week", "2024-W29", "--output", "w-{period}.md").code == 0
    assert (workspace / "w-2024-W29.md").is_file()


def test_a_file_that_cannot_be_written_stays_as_it_was(run: Run, workspace: Path) -> None:
    (workspace / "d.md").mkdir()
    ended = run("progress", "--output", "d.md")
    assert ended.code == 7
    assert "[output-failed]" in ended.err
    assert os.listdir(workspace / "d.md") == []
    assert not [p for p in workspace.iterdir() if p.name.startswith(".d.md")]


@pytest.mark.no_cover
def test_the_same_report_twice_is_the_same_bytes(run: Run) -> None:
    run("add", "--from-plan")
    run("update", "3", "-p", "40", "-r", "đã họp", "-o", "18/7/2024")
    for form in ("plain", "table", "md", "json"):
        args = ["weekly", "--week", "2024-W29", "--format", form]
        assert run(*args).out == run(*args).out


def test_output_to_stdout_is_stdout(workspace: Path) -> None:
    plain = go("-C", str(workspace), "list", "--format", "md").stdout
    assert shell("$P list --format md --output /dev/stdout | cat", workspace).stdout == plain
    done = shell("echo trước > a.md; $P list --format md --output /dev/stdout >> a.md; cat a.md", workspace)
    assert done.stdout == "trước\n" + plain
    done = shell("$P list --output b.md > b.md; cat b.md", workspace)
    assert (done.stdout, done.stderr) == (plain, "")
    for_eyes = go("-C", str(workspace), "list").stdout
    done = shell("$P list --output /dev/stdout > c; cat c", workspace)
    assert (done.stdout, done.stderr) == (for_eyes, "")


def test_output_to_a_pipe_or_a_device_is_written_through(workspace: Path) -> None:
    plain = go("-C", str(workspace), "list", "--format", "md").stdout
    done = shell("exec 3>&1; $P list --format md --output >(cat >&3) >&2; wait $!", workspace)
    assert (done.returncode, done.stdout) == (0, plain)
    line = "mkfifo p; cat p & $P list --format md --output p >&2; code=$?; wait; exit $code"
    done = shell(line, workspace)
    assert (done.returncode, done.stdout) == (0, plain)
    assert (workspace / "p").is_fifo()
    done = shell("$P list --output /dev/null", workspace)
    assert (done.returncode, done.stdout) == (0, "")
    assert Path("/dev/null").is_char_device()


def test_who_reads_only_the_first_of_it_has_a_list_and_no_export(workspace: Path) -> None:
    for args, code in ((("list", "--format", "csv"), 0), (("export",), 7)):
        reader, writer = os.pipe()
        os.close(reader)
        done = go("-C", str(workspace), *args, stdout=writer)
        os.close(writer)
        assert done.returncode == code
        assert ("[output-failed]" in done.stderr) == (code == 7)


def test_a_newer_file_is_said_once_on_a_terminal(workspace: Path) -> None:
    assert "plan diff" not in on_terminal(workspace, "list")
    swap(workspace, *SHORT)
    said = " ".join(on_terminal(workspace, "list").split())
    assert said.count("plan diff") == 1
    assert PLAN in said
    assert "plan diff" not in on_terminal(workspace, "list", "--quiet")
    assert "plan diff" not in on_terminal(workspace, "list", "--known-at", "2024-04-01")


def test_a_pipe_hears_nothing_of_it(workspace: Path, run: Run) -> None:
    swap(workspace, *SHORT)
    assert run("list").err == ""


def test_a_file_is_named_from_the_folder_that_is_worked_in(run: Run, workspace: Path) -> None:
    (workspace / "a").mkdir()
    assert run("-C", "a", "list", "--output", "b.md").code == 0
    assert (workspace / "a" / "b.md").is_file()


def test_a_file_has_the_width_of_a_page_whatever_the_screen(run: Run, workspace: Path) -> None:
    run("add", "Việc có tên dài " * 8, "--area", "3")
    for width in ("40", "300"):
        assert run("list", "--format", "table", "--width", width, "--output", f"{width}.txt").code == 0
    assert (workspace / "40.txt").read_bytes() == (workspace / "300.txt").read_bytes()


def test_what_is_no_text_is_not_printed_on_a_terminal(workspace: Path) -> None:
    seen = on_terminal(workspace, "list", "--format", "xlsx")
    assert "[binary-on-terminal]" in seen
    assert "PK" not in seen


@pytest.mark.parametrize("args", [("list", "--output", "w-{period}.md"), ("log", "--output", "{period}.csv")])
def test_what_has_no_period_is_not_written_into_a_file_that_is_named_by_one(
    run: Run, workspace: Path, args: tuple[str, ...]
) -> None:
    before = sorted(workspace.iterdir())
    ended = run(*args)
    assert (ended.code, "[no-period]" in ended.err) == (2, True)
    assert sorted(workspace.iterdir()) == before


def test_of_many_links_in_a_template_five_are_named(run: Run, workspace: Path) -> None:
    docx = pytest.importorskip("docx")
    template = docx.Document()
    for n in range(7):
        template.part.relate_to(
            f"https://example.org/{n}",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
    template.save(str(workspace / "mau.docx"))
    said = run("report", "--period", "2024-07", "--template", "mau.docx", "--output", "a.docx").err
    assert said.count("https://example.org/") == 5
    assert "… (+2)" in said


def test_a_document_is_the_same_however_its_database_was_named(run: Run, workspace: Path) -> None:
    """Others read it: what is to be typed here is of no use to them."""
    run("filter", "save", "gấp", "area:3")
    for place, file in (((), "a.md"), (("--db", str(workspace / "plantrack.db")), "b.md")):
        assert run(*place, "filter", "list", "--output", file).code == 0
    assert (workspace / "a.md").read_bytes() == (workspace / "b.md").read_bytes()
    assert "plantrack person set" in (workspace / "a.md").read_text("utf-8")
