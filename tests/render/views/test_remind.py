"""Reminders in words: short lines for a chat, whole ones elsewhere."""

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.tasks import Reminder, ReminderGroup
from plantrack.render.formats import file_of
from plantrack.render.views import remind as render
from tests.support.factory import make_heading, make_task

LONG = "Tổ chức hội thảo rà soát, xác định vấn đề xã hội cấp thiết đối với phụ nữ"
TASK = make_task()._replace(title=Text(LONG), due="2024-07-18")
AN = ReminderGroup("Lê An", Text("Lê An"), (TASK,), 0, "an@example.org")
NOBODY = ReminderGroup(None, None, (TASK._replace(title=Text("=1+1\nhai dòng")),), 1)
VIEW = Reminder(make_heading(), "person", 3, "2024-07-21", (AN, NOBODY), 2, 1, "area:ND3")
VI, EN = Words("vi"), Words("en")


def written(form: str, words: Words = VI, *, brief: bool = False, view: Reminder = VIEW) -> str:
    content = render.book(view, words) if form == "csv" else render.document(view, words, brief=brief)
    return file_of(content, form, words, width=80, colour=False).decode("utf-8")


def test_a_chat_gets_a_short_line_for_each_task() -> None:
    lines = written("plain", brief=True).splitlines()
    assert LONG not in "\n".join(lines)
    assert max(map(len, lines)) < 110
    (line,) = (line for line in lines if line.startswith(f"- {TASK.label} {TASK.heading} Tổ chức"))
    assert "… (18/07" in line
    assert "Lê An (1)" in lines
    assert VI("remind.nobody.person") + " (1)" in lines


def test_elsewhere_titles_are_whole_and_on_one_line() -> None:
    assert LONG in written("plain")
    assert LONG in written("html")
    assert "=1+1 / hai dòng" in written("plain")


def test_nothing_due_is_a_sentence() -> None:
    empty = VIEW._replace(groups=(), total=0, overdue=0)
    assert "nothing is overdue or due by 21 Jul 2024" in written("plain", EN, view=empty)
    assert len(written("csv", view=empty).splitlines()) == 1


def test_programs_get_whole_tasks_by_group() -> None:
    data = render.data(VIEW, VI)
    assert (data["by"], data["days"], data["last_day"], data["total"], data["overdue"]) == (
        *("person", 3, "2024-07-21", 2, 1),
    )
    assert [(group["key"], group["title"]) for group in data["groups"]] == [("Lê An", "Lê An"), (None, None)]
    assert [task["title"] for task in data["groups"][0]["tasks"]] == [LONG]


def test_a_sheet_has_a_row_for_each_and_no_formula() -> None:
    rows = written("csv").splitlines()
    assert rows[0].lstrip("\ufeff").startswith("Người phụ trách;")
    assert rows[1].startswith("Lê An;")
    assert ";'=1+1" in rows[2]


def test_a_letter_counts_what_is_its_readers_and_no_more() -> None:
    letter = render.letter(VIEW._replace(groups=(AN,), total=9, overdue=9), EN)
    assert "1 overdue, 0 due" in str(letter.blocks[0])
