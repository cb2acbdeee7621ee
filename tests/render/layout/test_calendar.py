"""Due days of tasks as events: each once, under a name that stays, marked when nothing is due any more."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.history import TaskRevision
from plantrack.model.plan import Text
from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.render.layout.calendar import Event, calendar_of
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.views import weekly
from tests.support.factory import KNOWN_AT, make_heading, make_list, make_task
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")


def events(
    *tasks: Task, words: Words = VI, revisions: dict[str, TaskRevision] | None = None
) -> tuple[Event, ...]:
    return tuple(calendar_of(FactFormatter(words, make_heading()), tasks, revisions or {}).events)


@pytest.mark.parametrize(
    ("status", "vi", "en"),
    [
        (Status.DONE, "✓ Hoàn thành: ND1.1 ", "✓ Completed: ND1.1 "),
        (Status.DROPPED, "✗ Đã rút khỏi kế hoạch: ", "✗ "),
        (Status.CARRIED_OVER, "→ Chuyển tiếp sang kế hoạch sau: ", "→ "),
        (Status.SUBMITTED, "ND1.1 ", "ND1.1 "),
    ],
)
def test_what_is_closed_is_marked(status: Status, vi: str, en: str) -> None:
    task = make_task(1, due="2024-08-01", status=status)
    for words, title in ((VI, vi), (EN, en)):
        (found,) = events(task, words=words)
        assert found.title.startswith(title)
        assert found.cancelled is not task.is_open


def test_each_task_with_a_due_day_is_there_once() -> None:
    tasks = make_list().tasks
    found = events(*tasks)
    assert [(e.uid, e.day) for e in found] == [(f"{t.uid}@plantrack", t.due) for t in tasks if t.due]
    assert len(found) < len(tasks)


def test_an_event_says_who_leads_and_what_is_known() -> None:
    first = events(*make_list().tasks)[0]
    assert first.title.startswith("ND3.1 Tổ chức hội thảo rà soát, xác định")
    assert first.title.endswith("(chủ trì: UBDT)")
    assert "Thời hạn: Quý II/2024 (30/06/2024)" in first.description.split("\n")
    assert first.description.startswith("SỐ LIỆU VÍ DỤ, không có thật\nNhiệm vụ: 9\n")
    assert first.categories == ("ND3",)


def test_an_extended_deadline_says_which_was_first() -> None:
    (event,) = events(make_task(4, due="2024-08-15", first_due="2024-07-15"), words=EN)
    assert "First deadline: 15 Jul 2024" in event.description.split("\n")
    (event,) = events(make_task(4, due="2024-08-15"), words=EN)
    assert "First deadline" not in event.description


def test_each_fact_of_the_description_is_one_line() -> None:
    task = make_task(1, due="2024-08-01", title=Text("Họp\nsơ kết"), blocked="kẹt\nkinh phí")
    (event,) = events(task)
    assert all(": " in line for line in event.description.split("\n")[1:])
    assert "Vướng mắc: kẹt / kinh phí" in event.description


def test_how_often_and_when_it_was_changed() -> None:
    task = make_task(1, due="2024-08-01")
    (event,) = events(task, revisions={task.uid: TaskRevision(3, "2024-07-18T02:53:00.123Z")})
    assert (event.sequence, event.modified_at) == (2, "2024-07-18T02:53:00.123Z")
    (event,) = events(task)
    assert (event.sequence, event.modified_at, event.changed_at) == (0, None, KNOWN_AT)


def test_a_calendar_is_named_by_its_plan_and_made_up_data_is_labelled() -> None:
    real = FactFormatter(VI, make_heading(is_example=False, known_at=None))
    calendar = calendar_of(real, [make_task(1, due="2024-08-01")], {})
    assert calendar.title == "Kế hoạch số 468/KH-HLHPNVN-UBDT"
    (event,) = calendar.events
    assert "VÍ DỤ" not in event.description
    assert event.changed_at == "2024-07-21T00:00:00.000Z"


def test_the_week_has_open_tasks_only() -> None:
    view = make_weekly()
    found = weekly.calendar(view, VI, {}).events
    assert len(found) == sum(task.is_open and task.due is not None for task in view.progress.tasks)
