"""What the answer to `plan diff` tells of itself."""

from plantrack.model.plan import Activity, Area, Plan, Text
from plantrack.model.plan_diff import differences
from plantrack.model.views.plan import Against, PlanDiff, TaskEffect, TouchedPart
from tests.support.factory import make_task


def made(*areas: Area) -> Plan:
    return Plan("kh-vi-du", 2024, Text("Ví dụ"), areas)


def diff(old: Plan | None, new: Plan, *parts: TouchedPart) -> PlanDiff:
    return PlanDiff(new, old, "a.yaml", Against("nothing", ""), False, parts, (), ())


def effect(number: int) -> TaskEffect:
    return TaskEffect(make_task(number), "ND1.1", (), (), ())


OLD = made(Area("ND1", Text("Truyền thông"), activities=(Activity("ND1.1", Text("Hội thảo")),)))


def test_codes_that_went_with_their_titles_are_named() -> None:
    new = made(Area("ND4", Text("Truyền thông"), activities=(Activity("ND4.2", Text("Hội thảo")),)))
    assert diff(OLD, new).renamed == {"ND1": "ND4", "ND1.1": "ND4.2"}
    assert diff(OLD, OLD).renamed == diff(None, new).renamed == {}


def test_there_is_something_to_tell_just_when_a_part_changed() -> None:
    changes = differences(None, OLD)
    parts = tuple(TouchedPart(change, (effect(n),)) for n, change in enumerate(changes, 1))
    assert diff(None, OLD, *parts).differs
    assert [one.task.number for one in diff(None, OLD, *parts).tasks] == list(range(1, len(changes) + 1))
    assert not diff(OLD, OLD).differs
    assert diff(OLD, OLD).tasks == ()
