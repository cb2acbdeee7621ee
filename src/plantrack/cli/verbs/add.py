"""`plantrack add`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.feedback import reply
from plantrack.cli.params import (
    ActivityCode,
    After,
    Area,
    Deliverable,
    DueDay,
    Every,
    Leads,
    NewPerson,
    OnDay,
    People,
    Priority,
    StartDay,
    Until,
    Withs,
    listed,
)
from plantrack.cli.standard_input import confirm_people, read_titles
from plantrack.errors import Failure
from plantrack.services.verbs import add as service


def add(
    ctx: Context,
    title: Annotated[list[str] | None, Argument(metavar="[TITLE...]", help="arg.title")] = None,
    area: Area = None,
    activity: ActivityCode = None,
    lead: Leads = None,
    with_: Withs = None,
    to: People = None,
    due: DueDay = None,
    start: StartDay = None,
    priority: Priority = None,
    deliverable: Deliverable = None,
    place: Annotated[list[str] | None, Option("--place", metavar="PLACE", help="opt.place")] = None,
    tag: Annotated[list[str] | None, Option("--tag", metavar="TAG", help="opt.tag")] = None,
    on: OnDay = None,
    every: Every = None,
    until: Until = None,
    after: After = None,
    new_person: NewPerson = False,
    from_plan: Annotated[bool, Option("--from-plan", help="opt.from_plan")] = False,
) -> None:
    """Add tasks."""
    new = service.NewTask(
        title=" ".join(title or ()), area=area, activity=activity, lead=listed(lead),
        coordinating=listed(with_), in_charge=listed(to), due=due, start=start, priority=priority,
        deliverable=deliverable, places=listed(place), tags=listed(tag), on=on, every=every, until=until,
        after=listed(after), new_person=new_person,
    )  # fmt: skip
    if from_plan:
        if any(new):
            raise Failure("options-exclude", option="--from-plan", other=_first_given(new))
        reply(ctx.obj, "reply.add", service.add_from_plan(ctx.obj.context()))
        return
    if title is None:
        raise Failure("missing-argument", argument="TITLE")
    titles = read_titles(ctx.obj, title)
    if not new_person:
        new = new._replace(in_charge=confirm_people(ctx.obj, new.in_charge))
    reply(ctx.obj, "reply.add", service.add(ctx.obj.context(new.after), new, titles))


def _first_given(new: service.NewTask) -> str:
    name = next(name for name, value in new._asdict().items() if value)
    options = {
        "title": "TITLE",
        "coordinating": "--with",
        "in_charge": "--to",
        "places": "--place",
        "tags": "--tag",
    }
    return options.get(name, f"--{name.replace('_', '-')}")
