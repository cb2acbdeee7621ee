"""What is different in a plan file, part by part, and what becomes of the tasks."""

from typing import Any

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Activity, Plan, Text
from plantrack.model.plan_diff import FieldChange, differences
from plantrack.model.views.plan import Against, Obstacle, PlanDiff, TaskEffect, TouchedPart
from plantrack.render.formats import render
from plantrack.render.layout.blocks import Heading, ItemList, text_of
from plantrack.render.views.plan.diff import count_kinds, count_tasks, data, documents
from tests.support.factory import make_plan, make_task
from tests.support.plan_files import changed, with_activity, without

VI, EN = Words("vi"), Words("en")
OLD = make_plan()
#: A title, a deadline, an activity that goes and one that comes.
NEW = with_activity(
    without(changed(OLD, "ND1.1", title=Text("Tên mới")), "ND3.2"), "ND7", Activity("ND7.9", Text("Việc mới"))
)
TASK = make_task(9, "ND3.1", "in_progress", due="2024-06-30", due_text="2024-Q2")


def make_diff(new: Plan = NEW, tasks: tuple[TaskEffect, ...] = (), **more: Any) -> PlanDiff:
    """Return the differences of a plan from the example's; each task under the part of its code."""
    parts = tuple(
        TouchedPart(change, tuple(t for t in tasks if t.code == change.code))
        for change in differences(OLD, new)
    )
    made = PlanDiff(new, OLD, "plans/kh.yaml", Against("applied", "2"), False, parts, (), ())
    return made._replace(**more)


def printed(*views: PlanDiff, words: Words = VI) -> list[str]:
    return render(documents(views, words), "plain", words, width=80, colour=False).split("\n")


def test_each_part_stands_under_its_area_with_its_sign() -> None:
    blocks = documents([make_diff()], EN).blocks
    headings = [text_of(b.said).split()[0] for b in blocks if isinstance(b, Heading)]
    entries = [entry for b in blocks if isinstance(b, ItemList) for entry in b.entries]
    assert headings == ["ND1", "ND3", "ND7"]
    assert [e.marker for e in entries if e.depth == 0] == ["~ ND1.1", "- ND3.2", "+ ND7.9"]
    assert "In all: 1 added, 1 changed, 0 moved, 0 retired, 1 removed." in printed(make_diff(), words=EN)


def test_the_deadline_of_a_task_and_its_words_are_one_thing() -> None:
    both = TaskEffect(
        TASK, "ND1.1", (FieldChange("due", "2024-06-30", "2024-09-30"), FieldChange("time", "2024-Q2", "2024-Q3")),
        (), (),
    )  # fmt: skip
    (line,) = [line for line in printed(make_diff(tasks=(both,))) if "Nhiệm vụ 9 " in line]
    assert line.endswith("Quý II/2024 (30/06/2024) → Quý III/2024 (30/09/2024)")
    lifted = both._replace(
        changes=(FieldChange("due", "2024-06-30", None), FieldChange("time", "2024-Q2", None))
    )
    (line,) = [line for line in printed(make_diff(tasks=(lifted,)), words=EN) if "Task 9 " in line]
    assert line.endswith("→ not stated")


def test_what_a_task_keeps_and_what_stands_in_the_way() -> None:
    keeps = TaskEffect(TASK, "ND1.1", (), ("title", "lead"), ())
    closed = TaskEffect(make_task(2, status="done"), "ND1.1", (), ("code",), ())
    blocks = TaskEffect(TASK._replace(number=10), "ND3.2", (), (), ("ND3.2",))
    view = make_diff(
        tasks=(keeps, closed, blocks), obstacles=(Obstacle("activity", "ND3.2", (blocks.task,)),)
    )
    lines = printed(view, words=EN)
    assert any(line.endswith("keeps its own title, lead") for line in lines)
    assert any(line.endswith("is closed and stays under its old code in reports") for line in lines)
    assert any(line.endswith("is open, so ND3.2 cannot go") for line in lines)
    at = lines.index("In the way: open tasks")
    assert lines[at + 1].split() == ["ND3.2", "10"]
    assert lines[-2] == "Tasks: 0 follow the plan, 2 keep values of their own, 1 stand in the way."


@pytest.mark.parametrize(
    ("against", "said"),
    [
        (Against("applied", "2"), "Compared with revision 2, as it was carried in."),
        (Against("git", "main", "a" * 40), "Compared with main in git (aaaaaaaaaa)."),
        (Against("nothing", "main", "b" * 40), "The file was not in main (bbbbbbbbbb); all of it is new."),
        (Against("nothing", ""), "This plan was never carried in; all of it is new."),
    ],
)
def test_what_it_is_compared_with_is_said(against: Against, said: str) -> None:
    assert said in printed(make_diff(against=against), words=EN)


def test_no_difference_says_whether_the_file_is_the_same() -> None:
    assert printed(make_diff(OLD, same_document=True), words=EN)[-2] == "There is no difference."
    assert "only remarks or the layout" in printed(make_diff(OLD), words=EN)[-2]


def test_a_title_under_another_code_is_asked_about() -> None:
    activity = next(a for area in OLD.areas for a in area.activities if a.code == "ND3.2")
    renamed = with_activity(without(OLD, "ND3.2"), "ND3", activity._replace(code="ND3.9"))
    (line,) = [line for line in printed(make_diff(renamed), words=EN) if "ND3.2 → ND3.9" in line]
    assert "under another code" in line
    assert not any("under another code" in line for line in printed(make_diff(), words=EN))


def test_several_files_stand_under_one_another_a_level_lower() -> None:
    view = make_diff()
    both = [b for b in documents([view, view], VI).blocks if isinstance(b, Heading)]
    alone = [b for b in documents([view], VI).blocks if isinstance(b, Heading)]
    title = documents([view], VI).title
    assert [text_of(b.said) for b in both] == [title, *(text_of(b.said) for b in alone)] * 2
    assert {b.level for b in alone} == {1}
    assert [b.level for b in both if text_of(b.said) != title] == [2] * 2 * len(alone)


def test_counts_are_of_parts_by_kind_and_of_tasks_each_once() -> None:
    effect = TaskEffect(TASK, "ND1.1", (FieldChange("title", "a", "b"),), ("lead",), ())
    view = make_diff(tasks=(effect,))
    assert sum(count_kinds(view).values()) == len(view.parts)
    assert count_tasks(view) == {"changing": 1, "keeping": 1, "blocking": 0}


def test_json_has_every_part_with_its_tasks() -> None:
    effect = TaskEffect(TASK, "ND1.1", (FieldChange("title", "a", "b"),), ("lead",), ())
    (shown,) = data([make_diff(tasks=(effect,))], VI)
    assert (shown["plan"], shown["file"], shown["differs"]) == ("kh-468-2024", "plans/kh.yaml", True)
    assert [part["code"] for part in shown["changes"]] == ["ND1.1", "ND3.2", "ND7.9"]
    (task,) = shown["changes"][0]["tasks"]
    assert (task["task"], task["status"], task["kept"]) == ("9", "in_progress", ["lead"])
    assert shown["counts"]["tasks"] == {"changing": 1, "keeping": 1, "blocking": 0}
