"""What a form asks: the open tasks that an organisation leads, by area and due day, with what was said of them."""

from plantrack.model.days import week_of
from plantrack.services.forms.asked_form import asked_forms
from tests.support.steps import OpenContext, opened, said

WEEK = week_of("2024-07-18")


def test_the_open_tasks_that_it_leads_by_area_and_due_day(context_on: OpenContext) -> None:
    for area, due in (("3", "none"), ("3", "2024-08-01"), ("2", "2024-09-01"), ("10", "2024-07-20")):
        if area != "10":
            opened(context_on, "2024-07-01", f"{area} {due}", area=area, due=due, lead=("hlhpn",))
    opened(context_on, "2024-07-01", "phối hợp", lead=("ubdt",), coordinating=("hlhpn",))
    said(context_on, "2024-07-02", opened(context_on, "2024-07-01", "xong", lead=("hlhpn",)), "done")
    (form,) = asked_forms(context_on("2024-07-18"), ["hlhpn"], WEEK).forms
    assert [one.task.title.vi for one in form.tasks] == ["2 2024-09-01", "3 2024-08-01", "3 none"]
    assert (form.form.closing_day, form.form.tasks, form.form.period) == ("2024-07-21", 3, "2024-W29")
    (form,) = asked_forms(context_on(), ["don-vi:hlhpn", "area:2"], WEEK).forms
    assert (len(form.tasks), form.form.selection) == (1, "area:ND2")


def test_for_each_leaves_out_who_leads_nothing(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",))
    made = asked_forms(context_on("2024-07-18"), [], WEEK, "level:central")
    assert [one.organisation.id for one in made.forms] == ["ubdt"]
    assert made.without_task == ("hlhpn",)
