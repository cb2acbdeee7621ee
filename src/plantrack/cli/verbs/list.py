"""`plantrack list`."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from plantrack.cli import params
from plantrack.cli.calendar_options import Alarm, Todo, made_so, refuse_elsewhere
from plantrack.cli.output import output_view
from plantrack.cli.params import Terms, listed
from plantrack.cli.session import Session
from plantrack.cli.summary_options import FailOn, conditions, fail_when, tell_taken
from plantrack.errors import Failure
from plantrack.model.views.tasks import TaskList
from plantrack.render.layout.fields import Field
from plantrack.render.views import list as render
from plantrack.services.task_order import TaskOrder
from plantrack.services.task_query import revisions
from plantrack.services.verbs import list as service

if TYPE_CHECKING:
    from plantrack.render.layout.calendar import Calendar


Columns = Annotated[list[str] | None, Option("--columns", metavar="FIELD,...", help="opt.columns")]
Sort = Annotated[str | None, Option("--sort", metavar="FIELD", help="opt.sort")]
Reverse = Annotated[bool, Option("--reverse", help="opt.reverse")]
Full = Annotated[bool, Option("--full", help="opt.full")]


def list_tasks(
    ctx: Context,
    filter: Terms = None,
    all: Annotated[bool, Option("--all", help="opt.all")] = False,
    full: Full = False,
    columns: Columns = None,
    sort: Sort = None,
    reverse: Reverse = False,
    limit: Annotated[str | None, Option("-n", "--limit", metavar="N|all", help="opt.limit")] = None,
    with_notes: Annotated[bool, Option("--with-notes", help="opt.list_notes")] = False,
    fail_on: FailOn = None,
    milestones: Annotated[bool, Option("--milestones", help="opt.milestones")] = False,
    todo: Todo = False,
    alarm: Alarm = None,
) -> None:
    """List tasks, or the milestones of the plan."""
    session: Session = ctx.obj
    refuse_elsewhere(session, todo=todo, alarm=alarm)
    made = partial(made_so, todo=todo, alarm=alarm)
    if milestones:
        _refuse_of_tasks({"--columns": columns, "--sort": sort, "--reverse": reverse, "--limit": limit})
        _list_milestones(session, filter or (), made)
        return
    wanted, chosen = conditions(fail_on), _columns(session, columns, with_notes=with_notes)
    view = service.list_tasks(
        session.context(),
        filter or (),
        everything=all,
        with_notes=with_notes,
        limit=None if limit is None else params.limit(limit),
        order=_order(session, sort, backwards=reverse),
        counted=bool(wanted),
    )
    _output(session, view, chosen, made, full=full)
    tell_taken(session, view.taken)
    if view.counts is not None:
        fail_when(session, wanted, view.counts)


def _refuse_of_tasks(options: Mapping[str, object]) -> None:
    """Refuse options that only a list of tasks has."""
    if given := next((option for option, value in options.items() if value), None):
        raise Failure("options-exclude", option="--milestones", other=given)


def _output(
    session: Session,
    view: TaskList,
    chosen: list[Field[Any]],
    made: "Callable[[Calendar], Calendar]",
    *,
    full: bool,
) -> None:
    in_lines = session.format == "table" and not full
    output_view(
        session,
        view.heading,
        lambda w: render.document(view, w, chosen, one_line=in_lines),
        lambda w: render.data(view, w, chosen),
        total=view.total,
        truncated=view.is_cut,
        book=lambda w: render.book(view, w, chosen),
        calendar=lambda w: made(render.calendar(view, w, revisions(session.context(), view.tasks))),
    )


def _list_milestones(session: Session, filter: Sequence[str], made: "Callable[[Calendar], Calendar]") -> None:
    from plantrack.render.views import milestones as render_milestones

    view = service.list_milestones(session.context(), filter)
    output_view(
        session,
        view.heading,
        lambda w: render_milestones.document(view, w),
        lambda w: render_milestones.data(view, w),
        book=lambda w: render_milestones.book(view, w),
        calendar=lambda w: made(render_milestones.calendar(view, w)),
    )


def _columns(session: Session, names: list[str] | None, *, with_notes: bool) -> list[Field[Any]]:
    """Return the columns that were asked for, or none where the form's own were not to be others.

    Raises: no-columns, unknown-column.
    """
    if names is None:
        return []
    from plantrack.render.formats import CALENDARS

    if session.format in CALENDARS:
        raise Failure("no-columns", format=session.format)
    return render.columns_named(listed(names) or ("",), with_notes=with_notes)


def _order(session: Session, field: str | None, *, backwards: bool) -> TaskOrder | None:
    """Return the order that was asked for; from its end, without a field, is that of due days.

    Raises: unknown-column.
    """
    if field is None:
        if not backwards:
            return None
        field = "due"
    context = session.context()
    key, value = render.sorted_by(field, session.words, context.heading)
    return TaskOrder(key, backwards, value)
