"""Which tasks a summary of a period tells of: each section's own condition on them."""

from plantrack.model.days import Period
from plantrack.store.connection import Asked, Row
from plantrack.store.questions.filter_fields import BLOCKED, OVERDUE, STALE
from plantrack.store.questions.task_source import OPEN, TaskSource
from plantrack.store.scope import NewsPeriod, Scope, stands


def _told(tasks: TaskSource, scope: Scope) -> TaskSource:
    """Return the tasks of which an update in a scope counts."""
    condition, params = scope.standing().where()
    return tasks.where(f"t.uid IN (SELECT f.task FROM status_update AS f WHERE {condition})", params)


def spoken_of(tasks: TaskSource, span: NewsPeriod) -> TaskSource:
    """Return the tasks of which something was said for a day of a period."""
    return _told(tasks, Scope.of_spoken(span))


def told_late(tasks: TaskSource, span: NewsPeriod) -> TaskSource:
    """Return the tasks of which something was recorded in a period that is of a day before it."""
    return _told(tasks, Scope.of_late_news(span))


def with_news(tasks: TaskSource, span: NewsPeriod) -> TaskSource:
    """Return the tasks of which there is any news of a period."""
    return _told(tasks, Scope.of_news(span))


def with_results(tasks: TaskSource, span: NewsPeriod) -> TaskSource:
    """Return the tasks of which a result was told for a day of a period."""
    return _told(tasks, Scope.of_spoken(span).saying("result"))


def overdue(tasks: TaskSource) -> TaskSource:
    """Return open work whose due day is over."""
    return tasks.where(OPEN).where(OVERDUE)


def due_today(tasks: TaskSource) -> TaskSource:
    """Return open work that is due on the day itself."""
    return tasks.where(OPEN).where("COALESCE(t.due, '9999') = :day")


def due_soon(tasks: TaskSource) -> TaskSource:
    """Return open work that is due soon, but not on the day itself."""
    return tasks.where(OPEN).where("COALESCE(t.due, '9999') > :day AND COALESCE(t.due, '9999') <= :soon")


def due_by(tasks: TaskSource, last_day: str) -> TaskSource:
    """Return open work that is due by a day, overdue too."""
    return tasks.where(OPEN).where("COALESCE(t.due, '9999') <= :due_by", {"due_by": last_day})


def without_due(tasks: TaskSource) -> TaskSource:
    """Return open work that has no due day."""
    return tasks.where(OPEN).where("t.due IS NULL")


def blocked(tasks: TaskSource) -> TaskSource:
    """Return open work in whose way something stands."""
    return tasks.where(OPEN).where(BLOCKED)


def stale(tasks: TaskSource) -> TaskSource:
    """Return open work of which nothing was said for long."""
    return tasks.where(OPEN).where(STALE)


def with_proposals(tasks: TaskSource) -> TaskSource:
    """Return the tasks of which something was proposed, or answered, by the day."""
    return _told(tasks, Scope.of_proposals(tasks.clock.as_of))


def going_on(tasks: TaskSource, after: Period) -> TaskSource:
    """Return work that goes on, has a next step, or starts or falls due in the period after."""
    said = (
        "SELECT 1 FROM status_update AS f WHERE f.task = t.uid AND f.next_step IS NOT NULL AND f.on_day <= :day "
        f"AND {stands()}"
    )
    ahead = " OR ".join(f"(t.{day} >= :next_first AND t.{day} <= :next_last)" for day in ("start_day", "due"))
    return tasks.where(OPEN).where(
        f"(t.status IN ('in_progress', 'submitted') OR {ahead} OR EXISTS ({said}))",
        {"next_first": after.first, "next_last": after.last},
    )


def with_deadline_news(tasks: TaskSource, span: NewsPeriod) -> TaskSource:
    """Return the tasks of which a deadline was moved from a day of a period on, or recorded in it."""
    condition, params = Scope.of_deadline_news(span).where("t.uid")
    return tasks.where(condition, params)


def extended(tasks: TaskSource) -> TaskSource:
    """Return the tasks whose deadline was ever moved from a day on."""
    moved = "SELECT d.task FROM deadline AS d WHERE d.on_day IS NOT NULL"
    return tasks.where(f"t.uid IN ({moved})")


def finished_in(tasks: TaskSource, period: Period) -> TaskSource:
    """Return the tasks that were finished in a period."""
    return tasks.where(*_finished_in(period))


def not_finished_in(tasks: TaskSource, period: Period) -> TaskSource:
    """Return the tasks that were not finished in a period."""
    finished, days = _finished_in(period)
    return tasks.where(f"NOT ({finished})", days)


def _finished_in(period: Period) -> tuple[str, dict[str, str]]:
    days = {"done_first": period.first, "done_last": period.last}
    return "t.status = 'done' AND t.completed_on >= :done_first AND t.completed_on <= :done_last", days


def opened_in(tasks: TaskSource, period: Period) -> TaskSource:
    """Return the tasks that were opened in a period."""
    days = {"opened_first": period.first, "opened_last": period.last}
    return tasks.where("t.opened_on >= :opened_first AND t.opened_on <= :opened_last", days)


def ask_places(tasks: TaskSource) -> Asked[list[Row]]:
    """Ask where tasks stand in the plan: (uid, activity or area, site, number), in no order."""
    return tasks.ask("t.uid, COALESCE(t.activity, t.area), t.site, t.number")


def last_spoken(tasks: TaskSource) -> str | None:
    """Return the last day of which something was said of tasks; what a carry-over wrote does not count."""
    return ask_last_spoken(tasks)()


def ask_last_spoken(tasks: TaskSource) -> Asked[str | None]:
    """Ask for what `last_spoken` returns."""
    own = tasks.where(
        "t.status <> 'carried_over' AND (t.carried_from IS NULL OR t.updated_on <> t.opened_on)"
    )
    rows = own.ask("MAX(t.updated_on)")

    def read() -> str | None:
        found: str | None = rows()[0][0]
        return found

    return read
