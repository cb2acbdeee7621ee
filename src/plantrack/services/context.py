"""The context a command works in: an open database, the plan, the day, and who is at work."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from types import MappingProxyType

from plantrack.errors import Failure
from plantrack.model.counting import Cutoffs
from plantrack.model.days import period_last_day
from plantrack.model.moments import end_of_day, local_day, parse_moment, utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import Names, label_of, site_label
from plantrack.model.people.person import Person
from plantrack.model.plan import Plan
from plantrack.model.text import nearest
from plantrack.model.typed.days import parse_day
from plantrack.model.views.header import ViewHeader
from plantrack.store import commands, organisations, people, plans, tasks
from plantrack.store.carry_over_links import family_of
from plantrack.store.commands import NOBODY_TOLD, Typist, authors
from plantrack.store.connection import Asked, Connection
from plantrack.store.known import show_as_known
from plantrack.store.organisations import RecordedOrganisations
from plantrack.store.people import KnownPeople
from plantrack.store.plans import ForeseenPlan, Former, LoadedPlan
from plantrack.store.questions.task_counts import ACTIVITY, of_key
from plantrack.store.questions.task_source import BY_NUMBER, OPEN, TaskSource

DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
Clock = Callable[[], datetime]
#: Tasks by their sites and numbers: the uid and the plan of each.
NamedTasks = Mapping[tuple[str, int], tuple[str, str]]
_Beside = tuple[Asked[RecordedOrganisations], Asked[Former], Asked[KnownPeople]]
#: A plan that was asked for, with what is beside it.
_PlanAsked = tuple[Asked[LoadedPlan], _Beside | None]
#: How many tasks are named where one was meant, and how many labels that are near to no task's.
_NAMED, _NEAR = 9, 3
_TWO_FIGURES = 10


def utc_now() -> datetime:
    """Return the time; tests and the demonstration have another clock."""
    return datetime.now(UTC)


class AsOf(NamedTuple):
    """The state that is asked for: as of the end of a day, as known at a moment (none: now)."""

    day: str
    known_at: str | None = None


def _no_login() -> str:
    return ""


class ContextRequest(NamedTuple):
    """What a person asked of every command: which plan, as of when, as known when, and who they are."""

    plan: str | None = None
    as_of: str | None = None
    known_at: str | None = None
    author: str = ""
    typist: Typist = NOBODY_TOLD
    #: Asks as whom the machine knows who is at work.
    login: Callable[[], str] = _no_login
    #: Tasks that the command names: without `plan`, it is theirs.
    about: tuple[str, ...] = ()
    #: The languages to answer in; empty: the plan's.
    languages: tuple[str, ...] = ()
    #: The last day that is asked about, read in a context: of a summary that of its period. Else the as-of day.
    last_day: "Callable[[Context], str] | None" = None
    #: Whether a command that changes something is only tried.
    is_trial: bool = False


class Context(NamedTuple):
    """Everything a service needs besides its own request."""

    db: Connection
    #: With the organisations that were recorded beside it.
    plan: Plan
    names: Names
    now: datetime
    #: Today in the plan's time zone.
    today: str
    #: The state that reads are about.
    when: AsOf
    author: str
    #: The areas that left the plan and are kept for work that was done under them: their last titles.
    former_areas: Mapping[str, str] = MappingProxyType({})
    #: The plans that had been applied by the moment as known, each with its year.
    years: Sequence[tuple[str, int]] = ()
    #: The revision of the plan that was read, and the moment of the last command when it was, before people were.
    revision: int = 0
    read_at: str | None = None
    #: The tasks that were named and found, by site and number: uid and plan.
    named: NamedTasks = MappingProxyType({})
    #: The languages of the answer.
    languages: tuple[str, ...] = ()
    typist: Typist = NOBODY_TOLD
    #: Asks as whom the machine knows who is at work.
    login: Callable[[], str] = _no_login
    #: Whether the plan was named: all questions are then of it.
    plan_named: bool = False
    #: The ids of the organisations that were recorded and that the plan does not have yet.
    beside: frozenset[str] = frozenset()
    #: Whether a command that changes something is only tried: what it does is told, and taken back at its end.
    is_trial: bool = False

    @property
    def known_at(self) -> str | None:
        """Return the moment of a report: the one asked for, else that of the last recorded command."""
        return self.when.known_at or self.read_at

    @property
    def heading(self) -> ViewHeader:
        """Return the heading of a report made in this context."""
        asked, day = self.when.known_at, self.when.day
        several, is_example = len(self.years) > 1, self.db.told.is_example
        return ViewHeader(self.plan, day, self.known_at, is_example, self.today, asked is not None, several)

    @property
    def tasks(self) -> TaskSource:
        """Return the tasks of its plan that count, as they stood on its day."""
        return self.tasks_of(self.plan)

    def tasks_of(self, plan: Plan) -> TaskSource:
        """Return the tasks of a plan that count, as they stood on its day."""
        day, reporting = self.when.day, plan.reporting
        past = (self.known_at or "") > end_of_day(day, reporting.timezone)
        return TaskSource(self.db, plan.id, Cutoffs.at(day, reporting), past=past)

    def on(self, day: str) -> "Context":
        """Return the context of the same question as of another day, known by the same moment."""
        return self._replace(when=AsOf(day, self.when.known_at))

    def day(self, text: str | None) -> str:
        """Read the day a fact speaks of (default today); refuse one that has not come.

        Raises: day-after-today; those of `parse_day`.
        """
        if text is None:
            return self.today
        day = parse_day(text, today=self.today)
        if day > self.today:
            raise Failure("day-after-today", day=day, today=self.today)
        return day


def open_context(db: Connection, asked: ContextRequest, clock: Clock = utc_now) -> Context:
    """Choose the plan and read the days that a command speaks of.

    The plan is the one named; that of the tasks named; the only one; that of the year of the last day that is
    asked about, among those that had been applied by then (`known_at`); the latest started.

    Raises: no-plan, unknown-plan; those of `parse_day`, `parse_moment`.
    """
    now = clock()
    show_as_known(db, None)
    labels = _labels(asked.about)
    years_asked, tasks_asked = plans.ask_years(db), tasks.ask_labels(db, labels)
    foreseen = _ask_plan(db, asked.plan or _foreseen(asked, labels, now), asked)
    if not (years := years_asked()):
        raise Failure("no-plan")
    tasks_named = tasks_asked()
    named = _known(asked.plan, years) if asked.plan else _plan_of_tasks(tasks_named, asked.about)
    if named or len(years) == 1:
        return _context_at(db, named or years[0][0], asked, now, years, foreseen, tasks_named)
    first = _plan_of_day(years, _day_asked(asked, _today(now)))
    context = _context_at(db, first, asked, now, years, foreseen)
    last_day = asked.last_day(context) if asked.last_day else context.when.day
    chosen = _plan_of_day(context.years or years, last_day)
    return context if chosen == first else _context_at(db, chosen, asked, now, years)


def _context_at(
    db: Connection,
    chosen: str,
    asked: ContextRequest,
    now: datetime,
    years: Sequence[tuple[str, int]],
    foreseen: _PlanAsked | None = None,
    named: NamedTasks = MappingProxyType({}),
) -> Context:
    """Open the context of a plan: its time zone and its year read the days.

    `foreseen`: the plan that was asked for before it was chosen, perhaps another one; `named`: the tasks that were found.
    """
    plan_asked, known_asked = foreseen or _ask_plan(db, chosen, asked)
    plan, revision, read_at = plan_asked()
    if plan.id != chosen:
        return _context_at(db, chosen, asked, now, years, named=named)
    today = local_day(utc_moment(now), zone := plan.reporting.timezone)
    if known := asked.known_at and parse_moment(asked.known_at, timezone=zone, today=today):
        plan, years = plans.load_plan(db, chosen, known), plans.plan_years(db, known)
    show_as_known(db, known or None, _named_with_family(db, asked.about, named) if known else ())
    recorded_asked, former_asked, everybody = known_asked or _ask_known(db, chosen)
    recorded, former = recorded_asked(), former_asked()
    plan, beside = _with_recorded(plan, recorded)
    return Context(
        db=db,
        plan=plan,
        names=_names(db, plan, everybody().people, former, recorded),
        now=now,
        today=today,
        when=AsOf(_day_asked(asked, today), known or None),
        author=asked.author,
        typist=asked.typist,
        login=asked.login,
        former_areas=former.areas,
        years=years,
        revision=revision,
        read_at=read_at,
        languages=asked.languages or (plan.reporting.language,),
        plan_named=bool(asked.plan),
        named=named,
        beside=beside,
        is_trial=asked.is_trial,
    )


def _today(now: datetime) -> str:
    """Return the day before it is known in which time zone."""
    return local_day(utc_moment(now), DEFAULT_TIMEZONE)


def _foreseen(asked: ContextRequest, labels: Sequence[tuple[str, int]], now: datetime) -> ForeseenPlan:
    """Return which plan will be chosen, most probably; a day that cannot be read is told later on."""
    day = _today(now)
    with suppress(Failure):
        day = _day_asked(asked, day)
    return ForeseenPlan(int(day[:4]), *next(iter(labels), ()))


def _ask_plan(db: Connection, plan: str | ForeseenPlan, asked: ContextRequest) -> _PlanAsked:
    """Ask for a plan, and for what is beside it as it is known now."""
    return plans.ask_plan(db, plan), None if asked.known_at else _ask_known(db, plan)


def _named_with_family(db: Connection, about: Sequence[str], found: NamedTasks) -> Collection[str]:
    """Return the tasks that a command speaks of, with those that hang together with them; none: it may be any."""
    if not about or len(_labels(about)) < len(about):
        return ()
    return family_of(db, [uid for uid, _ in found.values()])


def _plan_of_tasks(found: NamedTasks, ids: Sequence[str]) -> str | None:
    """Return the plan of the first task that is named by its label."""
    return next((found[label][1] for label in _labels(ids) if label in found), None)


def _labels(ids: Sequence[str]) -> list[tuple[str, int]]:
    """Read the labels among the names of tasks."""
    return [label for text in ids if (label := site_and_number(text))]


def site_and_number(text: str) -> tuple[str, int] | None:
    """Read a task's label; None for what is none."""
    site, _, number = (label_of(text) or "").rpartition("-")
    return (site, int(number)) if number and len(number) <= tasks.LONGEST_NUMBER else None


def _plan_of_day(years: Sequence[tuple[str, int]], day: str) -> str:
    """Return the plan of the year of a day, else the latest that had started, else the first to come."""
    year = int(day[:4])
    of_year = [plan for plan, y in years if y == year]
    started = [plan for plan, y in years if y <= year]
    return (of_year or started[-1:] or [years[0][0]])[0]


def _known(plan: str, years: list[tuple[str, int]]) -> str:
    ids = [known for known, _ in years]
    if plan not in ids:
        raise Failure("unknown-plan", plan=plan, near=nearest(plan, ids))
    return plan


def context_of_period(context: Context, period: str) -> Context:
    """Go to the context of the plan that a question about another civil period is of, unless a plan was named.

    Raises: those of `for_plan`.
    """
    last_day = period_last_day(period)
    if context.plan_named or last_day is None:
        return context
    meant = _plan_of_day(context.years, last_day)
    return context if meant == context.plan.id else for_plan(context, meant)


def for_plan(context: Context, plan: str) -> Context:
    """Go to the context of another plan, on the same days and knowing as much; fails with `unknown-plan`.

    Raises: unknown-plan.
    """
    _known(plan, plans.plan_years(context.db))
    plan_asked = plans.ask_plan(context.db, plan, context.when.known_at)
    recorded_asked, former_asked = organisations.ask_recorded(context.db), plans.ask_former(context.db, plan)
    found, revision, _ = plan_asked()
    recorded, former = recorded_asked(), former_asked()
    found, beside = _with_recorded(found, recorded)
    names = _names(context.db, found, [*context.names.known.values()], former, recorded)
    return context._replace(
        plan=found, names=names, revision=revision, beside=beside, former_areas=former.areas
    )


def _names(
    db: Connection,
    plan: Plan,
    known: Sequence[Person],
    former: Former,
    recorded: RecordedOrganisations,
) -> Names:
    gone = [*former.areas, *former.activities]
    return Names(plan, known, gone, lambda: authors(db), recorded.same_as, lambda: commands.sites(db))


def _ask_known(db: Connection, plan: str | ForeseenPlan) -> _Beside:
    """Ask for the organisations that were recorded, what left a plan, and everybody who is known."""
    return organisations.ask_recorded(db), plans.ask_former(db, plan), people.ask_known_people(db)


def _with_recorded(plan: Plan, recorded: RecordedOrganisations) -> tuple[Plan, frozenset[str]]:
    """Return a plan with the organisations that were recorded, and the ids of those that it does not have itself."""
    added = recorded.beside(plan.organisations)
    whole = plan._replace(organisations=plan.organisations + added) if added else plan
    return whole, frozenset(organisation.id for organisation in added)


def _day_asked(asked: ContextRequest, today: str) -> str:
    return parse_day(asked.as_of, today=today) if asked.as_of else today


def task_uids(context: Context, ids: Sequence[str]) -> list[str]:
    """Find the tasks that people mean, each once: by a label, or by an activity that has just one open task.

    Raises: task-of-other-plan, unknown-task.
    """
    missing = [label for label in _labels(ids) if label not in context.named]
    known = {**context.named, **tasks.find(context.db, missing)}
    return list(dict.fromkeys(_uid(context, text, known) for text in ids))


def _uid(context: Context, text: str, known: NamedTasks) -> str:
    label = label_of(text)
    if label is None:
        return _only_task_of(context, text)
    named = site_and_number(text)
    found = known.get(named or ("", 0))
    if found is None:
        raise Failure("unknown-task", task=text, near=_going_on(context, named))
    uid, plan = found
    if plan != context.plan.id:  # its areas, its year and its organisations are others
        raise Failure("task-of-other-plan", task=label, plan=plan)
    return uid


def _going_on(context: Context, named: tuple[str, int] | None) -> tuple[str, ...]:
    """Return labels that go on after what was typed, unless that is a single figure."""
    site, number = named or ("", 0)
    return tuple(tasks.labels_going_on(context.db, site, number, _NEAR)) if number >= _TWO_FIGURES else ()


def near_label(context: Context, text: str) -> tuple[str, ...]:
    """Return the label of a site's task that was typed without its hyphen, where there is one."""
    label = site_label(text)
    named = label and site_and_number(label)
    return (label,) if label and named and tasks.find(context.db, [named]) else ()


def _only_task_of(context: Context, text: str) -> str:
    activity = activity_code(context, text)
    if not activity:
        near = near_label(context, text) or nearest(text, context.names.activities)
        raise Failure("unknown-task", task=text, near=near)
    here = of_key(context.tasks, ACTIVITY, activity)
    found = here.where(OPEN).uids(BY_NUMBER, _NAMED) or here.uids(BY_NUMBER, _NAMED)
    if len(found) == 1:
        return found[0]
    labels = tuple(task.label for task in here.read(found))
    raise Failure("activity-many-tasks" if labels else "activity-no-task", activity=activity, near=labels)


def activity_code(context: Context, text: str) -> str:
    """Return the code of the activity that a text names, empty where it names none."""
    try:
        return context.names.activity_code(text)
    except Failure:
        return ""
