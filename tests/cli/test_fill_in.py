"""Fields filled in at a real terminal: asked for one by one, or in a form that an editor opens."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import Hands, Run, dump
from tests.support.answers import answered, task
from tests.support.once import once
from tests.support.terminal import on_terminal

Typing = Callable[..., str]
BREAK = "\x03"
PROMPTS = (
    "Trạng thái [Đang thực hiện]: ",
    "Tiến độ (%) [20]: ",
    "Kết quả: ",
    "Việc tiếp theo: ",
    "Vướng mắc: ",
)


@pytest.fixture
def later(clock: Hands, run: Run, workspace: Path) -> Run:
    """A task with a difficulty, looked at after what the process on a terminal records, whose clock is the real one."""

    def work() -> None:
        run("add", "Hội thảo", "--area", "3", "--due", "30/9/2024")
        run("update", "1", "-p", "20", "-r", "đã họp", "-b", "thiếu kinh phí")
        run("add", "Tập huấn", "--area", "3")

    once(workspace, work)
    clock.set("2099-01-01")
    return run


def last_update(run: Run) -> dict[str, object]:
    """Return what the last update of task 1 said."""
    changes = [entry for entry in answered(run, "log", "1") if entry["verb"] in ("update", "done")]
    last = max(int(entry["command"][1:]) for entry in changes)
    return {entry["field"]: entry["new"] for entry in changes if entry["command"] == f"c{last}"}


# --- asked for one by one ---


def asked(workspace: Path, *args: str, answers: Sequence[str]) -> str:
    """Run a command that asks for the fields of task 1, and type an answer to each.

    A program is broken off while it waits for a key: Python misses a signal that comes between a prompt and that.
    """
    turns = [
        ("" if answer == BREAK else prompt, answer) for prompt, answer in zip(PROMPTS, answers, strict=False)
    ]
    return on_terminal(workspace, *args, turns=turns)


def test_each_field_is_asked_for_and_enter_leaves_it(workspace: Path, later: Run) -> None:
    seen = asked(workspace, "update", "1", answers=["\n", "50\n", "đã gửi giấy mời\n", "\n", "\n"])
    assert "Hội thảo" in seen
    assert "[Đang thực hiện]" in seen
    assert "[20]" in seen
    assert "đã họp" in seen
    assert "thiếu kinh phí" in seen
    assert last_update(later) == {"percent": "50", "result": "đã gửi giấy mời"}
    assert task(later, "1")["blocked"] == "thiếu kinh phí"


def test_a_dash_ends_a_difficulty_and_a_status_is_typed_in_any_form(workspace: Path, later: Run) -> None:
    asked(workspace, "update", "1", answers=["tam dung\n", "\n", "\n", "họp lại\n", "-\n"])
    assert (task(later, "1")["status"], task(later, "1")["blocked"]) == ("paused", None)


def test_what_cannot_be_read_is_asked_for_again(workspace: Path, later: Run) -> None:
    turns = [(PROMPTS[0], "gì đó\n"), (PROMPTS[0], "\n"), (PROMPTS[1], "140\n"), (PROMPTS[1], "60\n")]
    seen = on_terminal(workspace, "update", "1", turns=[*turns, *((prompt, "\n") for prompt in PROMPTS[2:])])
    assert "“140” không phải" in seen
    assert task(later, "1")["percent"] == 60


@pytest.mark.parametrize("answers", [["\n"] * 5, ["\n", "40\n", "\x04"], ["\n", BREAK]])
def test_nothing_typed_or_broken_off_records_nothing(workspace: Path, later: Run, answers: list[str]) -> None:
    before = dump(workspace / "plantrack.db")
    seen = asked(workspace, "update", "1", answers=answers)
    assert ("[interrupted]" in seen) is (len(answers) < 5)
    assert dump(workspace / "plantrack.db") == before


def test_what_was_typed_is_given_back_where_it_is_refused(workspace: Path, later: Run) -> None:
    before = dump(workspace / "plantrack.db")
    seen = asked(
        workspace,
        "update",
        "1",
        answers=["not_started\n", "30\n", "đã họp với Sở\n", "\n", "\n"],
    )
    assert "[percent-not-started]" in seen
    assert "plantrack update 1 -s not_started -p 30 -r 'đã họp với Sở'" in seen
    assert dump(workspace / "plantrack.db") == before


def test_it_is_asked_only_where_nothing_else_was_said(workspace: Path, later: Run) -> None:
    assert "[nothing-to-record]" in later("update", "1").err
    assert "[nothing-to-record]" in on_terminal(workspace, "update", "1", "2")
    assert "Ctrl-D" not in on_terminal(workspace, "update", "1", "-p", "30")
    assert "Ctrl-D" not in on_terminal(workspace, "start", "1")
    turns = [("[c/K]", "c\n"), (PROMPTS[0], "\x04")]
    assert "Ctrl-D" in on_terminal(workspace, "update", "hoi thao", turns=turns)


def test_the_day_may_be_said_beforehand(workspace: Path, later: Run) -> None:
    asked(workspace, "update", "1", "-o", "31/7/2024", answers=["\n", "\n", "đã gửi\n", "\n", "\n"])
    assert any(entry["on"] == "2024-07-31" for entry in answered(later, "log", "1"))


# --- in an editor ---


@pytest.fixture
def editor(tmp_path: Path) -> Typing:
    """Make an editor that does with the text of a form what some lines of Python say."""

    def make(*lines: str) -> str:
        script = tmp_path / "editor.py"
        head = (
            "import pathlib, subprocess, sys",
            "path = pathlib.Path(sys.argv[1])",
            "text = path.read_text('utf-8')",
        )
        script.write_text("\n".join([*head, *lines]), "utf-8")
        return f"{sys.executable} '{script}'"

    return make


@pytest.fixture
def edit(workspace: Path, tmp_path: Path, editor: Typing) -> Typing:
    """Run a command whose form is edited so; the files that it leaves are in `tmp_path / "left"`."""
    (tmp_path / "left").mkdir()

    def go(*args: str, by: tuple[str, ...]) -> str:
        settings = {"EDITOR": editor(*by), "TMPDIR": str(tmp_path / "left"), "COLUMNS": "300"}
        return on_terminal(workspace, *args, settings=settings)

    return go


def replacing(*pairs: tuple[str, str]) -> tuple[str, ...]:
    """Return an editor that puts texts in the place of others."""
    return (
        *(f"text = text.replace({old!r}, {new!r})" for old, new in pairs),
        "path.write_text(text, 'utf-8')",
    )


def left(tmp_path: Path) -> list[Path]:
    return [*(tmp_path / "left").iterdir()]


def test_a_form_records_what_was_filled_in(edit: Typing, later: Run, tmp_path: Path) -> None:
    edit(
        "update",
        "1",
        "--edit",
        by=replacing(("\nKết quả:", "\nKết quả: một\nhai\n\n  ba"), ("Vướng mắc:", "Vướng mắc: -")),
    )
    said = last_update(later)
    assert said["result"] == "một\nhai\n\n  ba"
    assert task(later, "1")["blocked"] is None
    assert left(tmp_path) == []


def test_a_form_that_is_left_as_it_is_records_what_was_typed_before(edit: Typing, later: Run) -> None:
    edit("update", "1", "--edit", "-r", "đã gửi", by=("pass",))
    assert last_update(later)["result"] == "đã gửi"


def test_money_stands_in_full_and_is_typed_as_people_write_it(
    edit: Typing, later: Run, tmp_path: Path
) -> None:
    edit("edit", "1", "--edit", by=replacing(("dự kiến:", "dự kiến: 45 triệu")))
    copy = tmp_path / "copy"
    by = (f"pathlib.Path({str(copy)!r}).write_text(text, 'utf-8')", *replacing(("Sản phẩm:", "Sản phẩm: x")))
    edit("edit", "1", "--edit", by=by)
    assert "Kinh phí dự kiến: 45.000.000 đồng\n" in copy.read_text("utf-8")
    edit(
        "update",
        "1",
        "--edit",
        by=replacing(("Kinh phí đã chi (lũy kế):", "Kinh phí đã chi (lũy kế): 12,5tr")),
    )
    assert (task(later, "1")["budget"], task(later, "1")["spent"]) == (45_000_000, 12_500_000)


def test_a_title_is_corrected_in_its_own_language_whatever_the_answer_is_in(
    edit: Typing, later: Run, tmp_path: Path
) -> None:
    later("add", "--from-plan")
    before = next(t for t in answered(later, "list", "--lang", "vi") if t["activity"] == "ND4.2")
    copy = tmp_path / "copy"
    by = (f"pathlib.Path({str(copy)!r}).write_text(text, 'utf-8')", *replacing((before["title"], "Tên khác")))
    edit("--lang", "en", "edit", before["label"], "--edit", by=by)
    assert before["title"] in copy.read_text("utf-8")
    assert task(later, before["label"])["title"] == "Tên khác"


def test_a_form_tells_what_stands_and_takes_what_was_typed_before(
    edit: Typing, later: Run, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    by = (f"pathlib.Path({str(copy)!r}).write_text(text, 'utf-8')", *replacing(("%):", "%): 70")))
    edit("--lang", "en", "update", "1", "--edit", "-n", "họp\nlại", by=by)
    text = copy.read_text("utf-8")
    assert "# Last, 01 Aug 2024: đã họp" in text or "# Last, 1 Aug 2024: đã họp" in text
    assert "# Now: In progress." in text
    assert "\nNext: họp\nlại\n" in text
    assert last_update(later) == {"percent": "70", "next": "họp\nlại"}


def test_a_form_of_corrections_has_the_values_and_changes_what_became_otherwise(
    edit: Typing, later: Run
) -> None:
    edit("edit", "1", "--edit", by=replacing(("Hội thảo\n", "Hội nghị\n"), ("2024-09-30", "2024-10-31")))
    changed = task(later, "1")
    assert (changed["title"], changed["due"], changed["area"]) == ("Hội nghị", "2024-10-31", "ND3")
    fields = {entry["field"] for entry in answered(later, "log", "1") if entry["verb"] == "edit"}
    assert fields == {"title", "due"}


@pytest.mark.parametrize(
    "by",
    [
        ("pass",),
        ("path.write_text('')",),
        ("path.unlink()",),
        ("path.write_text('\\n  \\n')",),
        (
            "path.write_text(''.join(line for line in text.splitlines(True) if line.startswith('#')), 'utf-8')",
        ),
    ],
)
def test_nothing_filled_in_records_nothing(
    edit: Typing, later: Run, workspace: Path, tmp_path: Path, by: tuple[str, ...]
) -> None:
    before = dump(workspace / "plantrack.db")
    emptied = [("update", "1", "--edit", "-n", "x")] if by != ("pass",) else []
    for args in (("update", "1", "--edit"), ("edit", "1", "--edit"), *emptied):
        assert "không ghi gì" in edit(*args, by=by)
    assert dump(workspace / "plantrack.db") == before
    assert left(tmp_path) == []


def test_an_editor_that_fails_records_nothing_and_what_it_wrote_is_kept(
    edit: Typing, later: Run, workspace: Path, tmp_path: Path
) -> None:
    before = dump(workspace / "plantrack.db")
    assert "[editor-failed]" in edit("update", "1", "--edit", by=("sys.exit(3)",))
    assert left(tmp_path) == []
    seen = edit("update", "1", "--edit", by=(*replacing(("Kết quả:", "Kết quả: một")), "sys.exit(3)"))
    assert "[editor-failed]" in seen
    (kept,) = left(tmp_path)
    assert str(kept) in seen
    assert "Kết quả: một" in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o077 == 0
    assert dump(workspace / "plantrack.db") == before


@pytest.mark.parametrize(
    ("new", "code"), [("%): 140", "percent-range"), ("%): 5\n%): 6\nStatus:\nStatus:", "form-twice")]
)
def test_a_form_that_is_refused_is_kept(
    edit: Typing, later: Run, workspace: Path, tmp_path: Path, new: str, code: str
) -> None:
    before = dump(workspace / "plantrack.db")
    seen = edit("update", "1", "--edit", by=replacing(("%):", new)))
    assert f"[{code}]" in seen
    (kept,) = left(tmp_path)
    assert str(kept) in seen
    assert dump(workspace / "plantrack.db") == before


def test_bytes_that_are_no_text_are_refused_and_kept(edit: Typing, later: Run, tmp_path: Path) -> None:
    by = ("path.write_bytes(text.encode().replace('Kết quả:'.encode(), 'Kết quả: '.encode() + b'\\xff'))",)
    assert "[text-not-utf8]" in edit("update", "1", "--edit", by=by)
    assert len(left(tmp_path)) == 1


def test_a_task_that_changed_meanwhile_is_shown_and_the_form_is_kept(
    edit: Typing, later: Run, workspace: Path, tmp_path: Path
) -> None:
    other = (
        "run = [sys.executable, '-m', 'plantrack', 'update', '1', '-p', '90', '-q', '--author', 'Người khác']",
    )
    by = (*other, "subprocess.run(run, check=True)", *replacing(("Kết quả:", "Kết quả: của tôi")))
    seen = edit("update", "1", "--edit", by=by)
    assert "[task-changed-meanwhile]" in seen
    assert "90%" in seen
    (kept,) = left(tmp_path)
    assert str(kept) in seen
    assert "của tôi" in kept.read_text("utf-8")
    assert task(later, "1")["percent"] == 90, "the other command was not held up, and stands"
    assert last_update(later) == {"percent": "90"}


def test_a_form_is_of_one_task_and_for_somebody_at_a_terminal(edit: Typing, later: Run) -> None:
    assert "[edit-many]" in edit("update", "1", "2", "--edit", by=("pass",))
    assert "[edit-no-terminal]" in later("update", "1", "--edit").err
    assert "[edit-no-terminal]" in later("edit", "1", "--edit").err
