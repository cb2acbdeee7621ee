"""Each key of the records of a plan is declared once, with its form."""

from plantrack.model import plan as records
from plantrack.model.plan import Plan
from plantrack.model.plan_format import LISTS, PLAN, TEXT, every_section


def test_every_field_of_every_record_has_its_form() -> None:
    fields = {
        kind: set(vars(kind)["_fields"]) for kind in vars(records).values() if _is_record_of_a_plan(kind)
    }
    declared: dict[object, set[str]] = {}
    for section in every_section(PLAN):
        declared.setdefault(section.record, set()).update(section.keys)
    declared[Plan] -= {"format", "include"}
    assert declared == fields


def _is_record_of_a_plan(kind: object) -> bool:
    return isinstance(kind, type) and kind.__module__ == records.__name__


def test_what_has_no_default_is_required() -> None:
    assert PLAN.required == ("format", "id", "year", "title", "areas")
    assert TEXT.required == ("vi",)
    assert LISTS.required == ()
    assert {s.name: s.required for s in every_section(PLAN) if s.record.__name__ == "CitedDocument"} == {
        "Programme": ("title",),
        "Goal": ("title",),
        "Reference": (),
        "Amendment": ("number",),
    }
