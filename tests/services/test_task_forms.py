"""The fields of a task for whoever fills them in, and whether it changed meanwhile."""

import pytest

from plantrack.services.task_forms import (
    CORRECTION_FIELDS,
    UPDATE_FIELDS,
    FormField,
    TaskForm,
    correction_form,
    refuse_changed,
    task_now,
    update_form,
)
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.undo import undo
from tests.support.steps import OpenContext, opened, refused, said

DAY = "2024-07-10"


def fields(form: TaskForm) -> dict[str, FormField]:
    return {field.name: field for field in form.fields}


def test_an_update_has_what_stands_and_what_was_said_last(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", "1", percent="20", result="đã họp", blocked="thiếu kinh phí")
    said(context_on, "2024-07-05", "1", percent="30", result="đã gửi", told_by="Ví dụ B", on="2024-07-04")
    said(context_on, "2024-07-06", "1", result="nhầm")
    undo(context_on("2024-07-06"), None)
    found = fields(update_form(context_on(DAY), "1"))
    assert tuple(found) == UPDATE_FIELDS
    assert found["status"] == FormField("status", "in_progress")
    assert found["percent"] == FormField("percent", "30")
    assert found["result"] == FormField("result", "đã gửi", "2024-07-04")
    assert found["blocked"] == FormField("blocked", "thiếu kinh phí", "2024-07-02")
    assert found["told_by"] == FormField("told_by", "Ví dụ B", "2024-07-04")
    assert found["next"] == FormField("next")


def test_a_difficulty_that_is_over_does_not_stand(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", "1", blocked="thiếu kinh phí")
    said(context_on, "2024-07-03", "1", unblocked=True)
    assert fields(update_form(context_on(DAY), "1"))["blocked"] == FormField("blocked")


def test_a_correction_has_the_values_of_the_opening(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Họp", due="2024-Q3", start="2024-07-15", deliverable="Biên bản")
    found = {name: field.value for name, field in fields(correction_form(context_on(DAY), "1")).items()}
    assert found == {
        "title": "Họp", "area": "ND3", "activity": None, "due": "2024-Q3", "start": "2024-07-15",
        "priority": "normal", "deliverable": "Biên bản", "budget": None, "budget_source": None, "opened": "2024-07-01",
    }  # fmt: skip
    assert tuple(found) == CORRECTION_FIELDS
    extend(context_on(DAY), ["1"], "2024-10-31", "chờ")
    assert fields(correction_form(context_on(DAY), "1"))["due"].value == "2024-09-30"


def test_each_value_typed_again_changes_nothing(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Họp", due="2024-Q3", start="2024-07-15", deliverable="Biên bản")
    form = correction_form(context_on(DAY), "1")
    again = Corrections(*(field.value for field in form.fields))  # type: ignore[arg-type]
    assert edit(context_on(DAY), ["1"], again).command is None


@pytest.mark.parametrize("change", ["update", "edit", "undo", "remove"])
def test_whatever_touched_the_task_is_noticed(context_on: OpenContext, change: str) -> None:
    opened(context_on, "2024-07-01")
    opened(context_on, "2024-07-01", "Khác")
    said(context_on, "2024-07-02", "1", percent="20")
    form = update_form(context_on(DAY), "1")
    said(context_on, DAY, "2", percent="20")
    refuse_changed(context_on(DAY), form)
    if change == "update":
        said(context_on, DAY, "1", note="x")
    elif change == "edit":
        edit(context_on(DAY), ["1"], Corrections(title="Mới"))
    elif change == "undo":
        undo(context_on(DAY), "c4")
    else:
        remove(context_on(DAY), ["1"], "nhầm")
    with refused("task-changed-meanwhile"):
        refuse_changed(context_on(DAY), form)
    assert task_now(context_on(DAY), form).label == "1"


def test_a_removed_task_has_no_form(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    remove(context_on(DAY), ["1"], "nhầm")
    for form in (update_form, correction_form):
        with refused("task-removed"):
            form(context_on(DAY), "1")
