"""`plantrack add`."""

from typing import Annotated

from typer import Argument, Context, Option

from plantrack.cli.choice import expected
from plantrack.cli.confirmed_names import confirm_organisations, confirm_people
from plantrack.cli.feedback import reply
from plantrack.cli.params import (
    ActivityCode,
    After,
    Area,
    Budget,
    BudgetSource,
    Deliverable,
    Document,
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
from plantrack.cli.session import Session
from plantrack.cli.standard_input import confirm, read_titles
from plantrack.errors import Failure
from plantrack.services.chosen_tasks import UNASKED, refuse_unexpected
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
    document: Document = None,
    budget: Budget = None,
    budget_source: BudgetSource = None,
    place: Annotated[list[str] | None, Option("--place", metavar="PLACE", help="opt.place")] = None,
    tag: Annotated[list[str] | None, Option("--tag", metavar="TAG", help="opt.tag")] = None,
    on: OnDay = None,
    every: Every = None,
    until: Until = None,
    after: After = None,
    new_person: NewPerson = False,
    for_each: Annotated[str | None, Option("--for-each", metavar="FILTER", help="opt.for_each")] = None,
    from_plan: Annotated[bool, Option("--from-plan", help="opt.from_plan")] = False,
) -> None:
    """Add tasks."""
    new = service.NewTask(
        title=" ".join(title or ()), area=area, activity=activity, lead=listed(lead),
        coordinating=listed(with_), in_charge=listed(to), due=due, start=start, priority=priority,
        deliverable=deliverable, budget=budget, budget_source=budget_source, places=listed(place), tags=listed(tag), on=on,
        every=every, until=until, after=listed(after), document=document, new_person=new_person,
    )  # fmt: skip
    if from_plan:
        _add_from_plan(ctx.obj, "--for-each" if for_each is not None else _first_given(new))
        return
    titles = _titles(ctx.obj, title, led_twice=for_each is not None and lead is not None)
    context = ctx.obj.context(new.after)
    new = _with_full_names(ctx.obj, new)
    leads = _leads(ctx.obj, for_each, new, len(titles))
    reply(ctx.obj, "reply.add", service.add(context, new, titles, leads), roles=bool(leads))


def _titles(session: Session, title: list[str] | None, *, led_twice: bool) -> list[str]:
    if title is None:
        raise Failure("missing-argument", argument="TITLE")
    if led_twice:
        raise Failure("options-exclude", option="--for-each", other="--lead")
    return read_titles(session, title)


def _with_full_names(session: Session, new: service.NewTask) -> service.NewTask:
    return new._replace(
        lead=confirm_organisations(session, new.lead),
        coordinating=confirm_organisations(session, new.coordinating),
        in_charge=new.in_charge if new.new_person else confirm_people(session, new.in_charge),
    )


def _add_from_plan(session: Session, other: str) -> None:
    if other:
        raise Failure("options-exclude", option="--from-plan", other=other)
    context = session.context()
    refuse_unexpected(len(service.activities_without_task(context)), expected(session))
    reply(session, "reply.add", service.add_from_plan(context))


def _leads(session: Session, line: str | None, new: service.NewTask, titles: int) -> list[str]:
    """Return the organisations that lead a task of each title, once a person who must be asked said yes."""
    context, words = session.context(), session.words
    leads = [] if line is None else service.leads_passing(context, line, new.on)
    count = titles * max(len(leads), 1)
    refuse_unexpected(count, expected(session))
    if leads and count > UNASKED and not context.is_trial:
        names = ", ".join(organisation.label(words.language) for organisation in leads)
        question = words.plural("ask.for-each", count, names=names)
        confirm(session, [question], Failure("many-tasks", count=count, command=session.command))
    return [organisation.id for organisation in leads]


def _first_given(new: service.NewTask) -> str:
    """Return what was typed of a task, empty where nothing was."""
    name = next((name for name, value in new._asdict().items() if value), "")
    options = {
        "title": "TITLE",
        "coordinating": "--with",
        "in_charge": "--to",
        "places": "--place",
        "tags": "--tag",
    }
    return options.get(name, name and f"--{name.replace('_', '-')}")
