"""What a form asks of an organisation: the open tasks that it leads, with what was last said of each."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.choosing.organisation_filter import organisations_passing
from plantrack.model.days import DueDay, Period
from plantrack.model.forms.form import Form, shown_state
from plantrack.model.moments import utc_moment
from plantrack.model.plan import Organisation
from plantrack.model.task import Task
from plantrack.model.text import natural_key
from plantrack.model.uid import UidMaker
from plantrack.model.views.form import AskedForm, AskedForms, AskedTask
from plantrack.services.context import Context
from plantrack.services.task_query import matching, read_filter
from plantrack.services.writing.status_updates import standing_updates
from plantrack.store.questions.task_source import OPEN

#: What may stand before the name of an organisation, as in a filter.
_FIELDS = ("org:", "don-vi:", "lead:", "chu-tri:")


def asked_forms(
    context: Context, args: Sequence[str], period: Period, for_each: str | None = None
) -> AskedForms:
    """Return the form of the organisation that is named first, or one for each that passes a filter and leads a task.

    Raises: for-each-finds-nothing, form-no-organisation; those of `read_filter`, `organisations_passing`,
    `Names.organisation_meant`.
    """
    make_uid = UidMaker()
    if for_each is None:
        if not args:
            raise Failure("form-no-organisation")
        return AskedForms((_asked(context, make_uid, _named(context, args[0]), args[1:], period),))
    found = organisations_passing(for_each, context.names, context.today)
    if not found:
        raise Failure("for-each-finds-nothing", filter=for_each, day=context.today)
    forms = [_asked(context, make_uid, organisation, args, period) for organisation in found]
    without = tuple(one.organisation.id for one in forms if not one.tasks)
    return AskedForms(tuple(one for one in forms if one.tasks), without)


def _named(context: Context, text: str) -> Organisation:
    """Find the organisation that is meant, also where it is typed as in a filter."""
    bare = next((text[len(field) :] for field in _FIELDS if text.lower().startswith(field)), text)
    return context.names.organisation_meant(bare, context.today)


def _asked(
    context: Context, make_uid: UidMaker, organisation: Organisation, args: Sequence[str], period: Period
) -> AskedForm:
    wanted = read_filter(context, args)
    whole = matching(context, read_filter(context, [*args, f"lead:{organisation.id}"]))
    source = whole if wanted.asks_status else whole.where(OPEN)
    tasks = sorted(source.rows(), key=_place)
    form = Form(
        uid=make_uid(context.now),
        plan=context.plan.id,
        organisation=organisation.id,
        period=period.name,
        closing_day=period.last,
        selection=wanted.spelled(),
        recorded_at=utc_moment(context.now),
        author=context.author or None,
        tasks=len(tasks),
    )
    return AskedForm(context.heading, form, organisation, period, _with_last_words(context, tasks))


def _place(task: Task) -> tuple[object, ...]:
    """Return where a task stands in a form: by area, then by due day, those without one last."""
    return natural_key(task.area), task.due or "9999", task.site, task.number


def _with_last_words(context: Context, tasks: Sequence[Task]) -> tuple[AskedTask, ...]:
    if not tasks:
        return ()
    known = standing_updates(context, [task.uid for task in tasks])
    asked = []
    for task in tasks:
        updates, day = known.get(task.uid, []), context.when.day
        state = shown_state(task.title.vi, DueDay(task.due, task.due_text), updates, day)
        asked.append(AskedTask(task, state))
    return tuple(asked)
