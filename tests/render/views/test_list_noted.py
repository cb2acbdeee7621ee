"""A list that answers: how late, since when, how often extended, who leads, who said what last."""

from typing import Any

from plantrack.i18n.words import Words
from plantrack.model.views.tasks import NotedTask, TaskList
from plantrack.render.formats import render
from plantrack.render.layout.text_width import cell_width
from plantrack.render.views.list import book, data, document
from tests.support.factory import make_list, make_task, make_tasks, make_update
from tests.support.sheets import everything, rows

VI, EN = Words("vi"), Words("en")


def make_noted(**said: Any) -> TaskList:
    """Return the overdue tasks of the example, the first with something said of it, and extended twice."""
    overdue = (t for t in make_tasks() if t.deadline_state == "open_overdue")
    tasks = sorted(overdue, key=lambda t: t.due or "")
    first = tasks[0]
    facts = {"result": "chờ chốt địa điểm", "told_by": "Ví dụ B", "note": "số điện thoại mới", **said}
    noted = [NotedTask(first, make_update(first, **facts), 2), *(NotedTask(t, None, 0) for t in tasks[1:])]
    return make_list(tasks)._replace(noted=tuple(noted))


def printed(view: TaskList, width: int, words: Words = VI, form: str = "table") -> str:
    return render(document(view, words), form, words, width=width, colour=False)


def test_a_narrow_screen_holds_the_whole_answer() -> None:
    text = printed(make_noted(), 80)
    assert max(map(cell_width, text.split("\n"))) <= 80
    words = " ".join(text.split())
    for said in ("30/06/2024", "quá 21 ngày", "gia hạn 2 lần", "16/07, Ví dụ B:", "UBDT"):
        assert said in words or said in text, said
    assert "số điện thoại" in words


def test_eight_tasks_fit_a_screen() -> None:
    one, *_ = make_noted().noted or ()
    view = make_noted()._replace(tasks=(one.task,) * 8, noted=(one,) * 8)
    assert len(printed(view, 80).rstrip().split("\n")) <= 8 * 5 + 5


def test_a_wide_screen_and_other_forms_have_the_whole_title() -> None:
    view = make_noted()
    title = next(iter(view.tasks)).title.vi
    for text in (printed(view, 400), printed(view, 80, form="md"), printed(view, 80, form="plain")):
        assert title in " ".join(text.split())
    assert "extended 2 times" in " ".join(printed(view, 140, EN).split())


def test_who_only_recorded_is_named_as_such_and_silence_is_said() -> None:
    text = " ".join(printed(make_noted(told_by=None), 140).split())
    assert "16/07, Ví dụ A ghi: chờ chốt địa điểm" in text
    assert "chưa có cập nhật nào" in text


def test_json_has_the_days_late_the_update_and_the_extensions() -> None:
    view = make_noted()
    first, *others = data(view, VI)
    assert (first["days_late"], first["extensions"], first["update"]["note"]) == (21, 2, "số điện thoại mới")
    assert all((o["extensions"], o["update"]) == (0, None) for o in others)
    assert "update" not in next(iter(data(view._replace(noted=None), VI)))


def test_a_list_with_notes_has_the_last_words() -> None:
    task = make_task(9, due="2024-06-30")
    update = make_update(task, result="đã họp", note="nội bộ", told_by="Ví dụ B")
    view = make_list([task], noted=(NotedTask(task, update, 2),))
    row = rows(book(view, VI).sheets[0])[0]
    said = ("đã họp", "nội bộ", "Ví dụ B", 2)
    assert (
        tuple(row[name] for name in ("Kết quả", "Ghi chú", "Người cung cấp thông tin", "Số lần gia hạn"))
        == said
    )
    assert "nội bộ" not in everything(book(view._replace(noted=None), VI))
