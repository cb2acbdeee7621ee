"""The sheets of what was written out: tasks, and what was said of them; of a public copy nobody and nothing internal."""

from plantrack.i18n.words import Words
from plantrack.model.views.tasks import ExportedWork, TaskUpdate
from plantrack.render.formats import file_of
from plantrack.render.views.exchange.export import book
from tests.support.factory import make_heading, make_tasks, make_update
from tests.support.sheets import everything, named, rows

VI = Words("vi")


def work(*, public: bool) -> ExportedWork:
    tasks = tuple(make_tasks()[:3])
    update = make_update(
        tasks[0], told_by="Chị Kín", author="Anh Kín", note="ghi chú kín", evidence="tài liệu kín", percent=40,
        result="=1+1", reason="vì mưa", unblocked=True,
    )  # fmt: skip
    return ExportedWork(make_heading(), tasks, (TaskUpdate(tasks[0], update),), "org:ubdt", public)


def test_there_is_a_sheet_of_tasks_and_one_of_updates() -> None:
    made = book(work(public=False), VI)
    assert [sheet.title for sheet in made.sheets] == ["Nhiệm vụ", "Cập nhật"]
    assert len(rows(named(made, "Nhiệm vụ"))) == 3
    (said,) = rows(named(made, "Cập nhật"))
    assert said["Số"] == make_tasks()[0].number
    assert {"=1+1", "vì mưa", "Chị Kín", "Anh Kín", "ghi chú kín", "tài liệu kín", 0.4, "x"} <= {
        *said.values()
    }
    assert any("org:ubdt" in line for line in made.lines)


def test_a_public_copy_names_nobody_and_says_nothing_internal() -> None:
    made = book(work(public=True), VI)
    people = {name for task in make_tasks()[:3] for name in task.in_charge}
    assert people
    assert not [word for word in ("Kín", "kín", *people) if word in everything(made)]
    assert "=1+1" in everything(made)


def test_a_format_of_one_table_has_the_tasks_and_no_formula() -> None:
    made = book(work(public=False), VI)
    text = file_of(made, "csv", VI, width=80, colour=False).decode("utf-8-sig")
    assert len(text.split("\r\n")) == 1 + 3 + 1
    assert file_of(made, "xlsx", VI, width=80, colour=False)[:2] == b"PK"
