"""Which facts to read: every condition that a service may ask for has its name and its SQL here."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from plantrack.model.named_tuple import NamedTuple

#: Of a holder `h`: whoever it is has the role on `:day`.
HELD_ON_DAY = "h.first_day <= :day AND h.last_day >= :day"
#: The status of a task on `:day`, as it stands on its row or in the stretch that held then; NULL before its opening.
STATUS_THEN = (
    "CASE WHEN {task}.settled_on <= :day THEN {task}.status ELSE (SELECT p.status FROM task_past AS p "
    "WHERE p.task = {task}.uid AND p.first_day <= :day AND p.last_day >= :day) END"
)
#: What an update may say, by the column that holds it (any: `uid`).
Saying = Literal["uid", "result", "next_step", "blocked"]


def stands(command: str = "f.command") -> str:
    """Return the condition that a command (that of a fact `f`) was not taken back."""
    return f"NOT EXISTS (SELECT 1 FROM withdrawn_command AS w WHERE w.command = {command})"


def known_by(moment: str, command: str = "f.command", place: str = "") -> str:
    """Return the condition that a command had not come from another site later than a moment."""
    return f"NOT EXISTS (SELECT 1 FROM {place}arrival AS a WHERE a.arrived = {command} AND a.recorded_at > {moment})"


def among(column: str, prefix: str, values: Collection[object]) -> tuple[str, dict[str, object]]:
    """Return the condition that a column has one of some values, and its parameters; only SQLite knows an empty list."""
    names = {f"{prefix}{n}": value for n, value in enumerate(values)}
    return f"{column} IN ({', '.join(':' + name for name in names)})" if names else "1 = 0", names


#: Of a fact: it was recorded here in a period, or came from another site in it, whenever it was recorded there. Each side
#: of the OR has an index of its own.
_CAME = (
    "({fact}.recorded_at > :after AND {fact}.recorded_at <= :until "
    "AND NOT EXISTS (SELECT 1 FROM arrival AS a WHERE a.arrived = {fact}.command) OR {fact}.command IN "
    "(SELECT a.arrived FROM arrival AS a WHERE a.recorded_at > :after AND a.recorded_at <= :until))"
)
#: Of a fact `f`: no carry-over wrote it, which is no news, for both plans have what was known before.
NOT_CARRIED = "f.command NOT IN (SELECT n.command FROM task AS n WHERE n.carried_from IS NOT NULL)"


class NewsPeriod(NamedTuple):
    """What is news of a period: of a day in it, or of an earlier day and recorded in it, or come from a site in it."""

    first: str
    last: str
    #: The moments between which it was recorded.
    after: str
    until: str
    #: When commands came that another site had recorded, those since `after`.
    arrivals: Mapping[str, str] = MappingProxyType({})

    @property
    def bounds(self) -> dict[str, object]:
        """Return its days and moments by name."""
        return dict(zip(self._fields[:4], self[:4], strict=True))

    def covers(self, command: str, moment: str) -> bool:
        """Return whether what a command recorded at a moment is known here since some moment in it."""
        return self.after < self.arrivals.get(command, moment) <= self.until

    def has(self, on: str | None, command: str, moment: str) -> bool:
        """Return whether a fact is news of it; one without a day of its own is of an earlier one."""
        return self.covers(command, moment) if on is None or on < self.first else on <= self.last


class Scope(NamedTuple):
    """A condition on facts `f`, where `{task}` is the column of their task, with its parameters."""

    condition: str
    params: dict[str, object]

    @classmethod
    def of(cls, uids: Sequence[str]) -> "Scope":
        """Take the facts of some tasks."""
        return cls(*among("{task}", "u", uids))

    @classmethod
    def of_reassigned(cls, uids: Sequence[str], day: str) -> "Scope":
        """Take the facts of those of some tasks in which somebody was to take or leave a role after a day."""
        theirs, params = among("a.task", "u", uids)
        later = f"SELECT a.task FROM assignment AS a WHERE {theirs} AND COALESCE(a.on_day, '') > :day"
        return cls(f"{{task}} IN ({later})", {**params, "day": day})

    @classmethod
    def of_commands(cls, uids: Sequence[str]) -> "Scope":
        """Take the facts of some commands."""
        return cls(*among("f.command", "c", uids))

    def standing(self, also: Collection[str] = ()) -> "Scope":
        """Leave out the facts that were taken back, but for those of some commands."""
        kept, params = among("f.command", "k", also)
        counts = f"({stands()} OR {kept})" if params else stands()
        return self._replace(condition=f"({self.condition}) AND {counts}", params={**self.params, **params})

    def before(self, moment: str) -> "Scope":
        """Take those that were recorded before a moment."""
        condition = f"({self.condition}) AND f.recorded_at < :moment"
        return Scope(condition, {**self.params, "moment": moment})

    @classmethod
    def of_words_since(cls, uids: Sequence[str], moment: str) -> "Scope":
        """Take the facts of some tasks that stand and were recorded after a moment, but for those of an undo."""
        theirs, params = among("{task}", "u", uids)
        of_undo = "EXISTS (SELECT 1 FROM withdrawal AS n WHERE n.command = f.command)"
        condition = f"{theirs} AND f.recorded_at > :moment AND NOT {of_undo}"
        return cls(condition, {**params, "moment": moment}).standing()

    @classmethod
    def of_news(cls, span: NewsPeriod) -> "Scope":
        """Take the updates that are news of a period."""
        condition = (
            "((f.on_day >= :first AND f.on_day <= :last) "
            f"OR ({_CAME.format(fact='f')} AND f.on_day <= :last)) AND {NOT_CARRIED}"
        )
        return cls(condition, span.bounds)

    @classmethod
    def of_spoken(cls, span: NewsPeriod) -> "Scope":
        """Take the updates that are of a day of a period."""
        return cls(
            f"f.on_day >= :first AND f.on_day <= :last AND {NOT_CARRIED}",
            {"first": span.first, "last": span.last},
        )

    @classmethod
    def of_late_news(cls, span: NewsPeriod) -> "Scope":
        """Take the updates that are news of a period and of a day before it."""
        condition = f"{_CAME.format(fact='f')} AND f.on_day < :first AND {NOT_CARRIED}"
        return cls(condition, {"after": span.after, "until": span.until, "first": span.first})

    @classmethod
    def of_deadline_news(cls, span: NewsPeriod) -> "Scope":
        """Take all deadlines of the tasks of which one is news of a period."""
        condition = (
            "{task} IN (SELECT d.task FROM deadline AS d WHERE d.on_day >= :first AND d.on_day <= :last "
            f"OR {_CAME.format(fact='d')})"
        )
        return cls(condition, span.bounds)

    @classmethod
    def of_proposals(cls, day: str) -> "Scope":
        """Take the updates up to a day that propose or answer something."""
        # The index of proposals, and not that of days: nearly all days meet the condition.
        condition = "(f.proposal IS NOT NULL OR f.answered IS NOT NULL) AND (f.on_day || '') <= :day"
        return cls(condition, {"day": day})

    def saying(self, column: Saying) -> "Scope":
        """Take the updates that say something of a kind."""
        return self._replace(condition=f"({self.condition}) AND f.{column} IS NOT NULL")

    def among_tasks(self, uids: Sequence[str]) -> "Scope":
        """Take those of some tasks."""
        theirs, params = among("{task}", "u", uids)
        return Scope(f"({self.condition}) AND {theirs}", {**self.params, **params})

    def where(self, task: str = "f.task") -> tuple[str, dict[str, object]]:
        """Return the SQL; `task` is the column that names a fact's task."""
        return f"({self.condition.format(task=task)})", self.params
