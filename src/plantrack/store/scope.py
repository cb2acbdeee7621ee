"""Which facts to read: every condition that a service may ask for has its name and its SQL here."""

from collections.abc import Collection, Sequence

from plantrack.model.named_tuple import NamedTuple

#: Whether a fact `f` was taken back, as is known now.
TAKEN_BACK = "EXISTS (SELECT 1 FROM withdrawn_command AS w WHERE w.command = f.command)"


def among(column: str, prefix: str, values: Collection[object]) -> tuple[str, dict[str, object]]:
    """Return the condition that a column has one of some values, and its parameters; only SQLite knows an empty list."""
    names = {f"{prefix}{n}": value for n, value in enumerate(values)}
    return f"{column} IN ({', '.join(':' + name for name in names)})" if names else "1 = 0", names


class NewsPeriod(NamedTuple):
    """What is news of a period: of a day in it, or of an earlier day and recorded in it."""

    first: str
    last: str
    #: The moments between which it was recorded.
    after: str
    until: str

    def covers(self, moment: str) -> bool:
        """Return whether something was recorded in it."""
        return self.after < moment <= self.until

    def has(self, on: str | None, recorded_at: str) -> bool:
        """Return whether a fact is news of it; one without a day of its own is of an earlier one."""
        return self.covers(recorded_at) if on is None or on < self.first else on <= self.last


class Scope(NamedTuple):
    """A condition on facts `f`, where `{task}` is the column of their task, with its parameters; known by when."""

    condition: str
    params: dict[str, object]
    known_at: str | None = None

    @classmethod
    def of(cls, uids: Sequence[str], known_at: str | None = None) -> "Scope":
        """Take the facts of some tasks."""
        return cls(*among("{task}", "u", uids), known_at)

    @classmethod
    def of_tasks_where(
        cls, condition: str, params: dict[str, object], known_at: str | None = None
    ) -> "Scope":
        """Take the facts of the tasks `t` that meet a condition of the store's own."""
        return cls(f"{{task}} IN (SELECT t.uid FROM task AS t WHERE {condition})", params, known_at)

    @classmethod
    def of_plan(cls, plan: str, known_at: str | None = None) -> "Scope":
        """Take the facts of all tasks of a plan."""
        return cls.of_tasks_where("t.plan = :plan", {"plan": plan}, known_at)

    @classmethod
    def of_commands(cls, uids: Sequence[str]) -> "Scope":
        """Take the facts of some commands."""
        return cls(*among("f.command", "c", uids))

    def standing(self, also: Collection[str] = ()) -> "Scope":
        """Leave out the facts that were taken back, but for those of some commands."""
        kept, params = among("f.command", "k", also)
        stands = f"(NOT {TAKEN_BACK} OR {kept})" if params else f"NOT {TAKEN_BACK}"
        return self._replace(condition=f"({self.condition}) AND {stands}", params={**self.params, **params})

    @classmethod
    def of_words_since(cls, uids: Sequence[str], moment: str) -> "Scope":
        """Take the facts of some tasks that stand and were recorded after a moment, but for those of an undo."""
        theirs, params = among("{task}", "u", uids)
        of_undo = "EXISTS (SELECT 1 FROM withdrawal AS n WHERE n.command = f.command)"
        condition = f"{theirs} AND f.recorded_at > :moment AND NOT {of_undo}"
        return cls(condition, {**params, "moment": moment}).standing()

    @classmethod
    def up_to(cls, uid: str, day: str, known_at: str | None) -> "Scope":
        """Take the updates of a task up to a day."""
        return cls("{task} = :uid AND f.on_day <= :day", {"uid": uid, "day": day}, known_at)

    @classmethod
    def of_news(cls, span: NewsPeriod, known_at: str | None) -> "Scope":
        """Take the updates that are news of a period; each side of the OR has an index of its own.

        What a carry-over writes is no news: it is in both plans what was known before.
        """
        condition = (
            "((f.on_day >= :first AND f.on_day <= :last) "
            "OR (f.recorded_at > :after AND f.recorded_at <= :until AND f.on_day <= :last)) "
            "AND f.command NOT IN (SELECT n.command FROM task AS n WHERE n.carried_from IS NOT NULL)"
        )
        return cls(condition, dict(span._asdict()), known_at)

    @classmethod
    def of_late_news(cls, span: NewsPeriod, known_at: str | None) -> "Scope":
        """Take the updates that are news of a period and of a day before it."""
        condition = (
            "f.recorded_at > :after AND f.recorded_at <= :until AND f.on_day < :first "
            "AND f.command NOT IN (SELECT n.command FROM task AS n WHERE n.carried_from IS NOT NULL)"
        )
        return cls(condition, {"after": span.after, "until": span.until, "first": span.first}, known_at)

    @classmethod
    def of_extended(cls, plan: str, known_at: str | None) -> "Scope":
        """Take all deadlines of the tasks of a plan whose deadline changed from a day on."""
        condition = (
            "{task} IN (SELECT d.task FROM deadline AS d JOIN task AS t ON t.uid = d.task "
            "WHERE d.on_day IS NOT NULL AND t.plan = :plan)"
        )
        return cls(condition, {"plan": plan}, known_at)

    @classmethod
    def of_deadline_news(cls, span: NewsPeriod, known_at: str | None) -> "Scope":
        """Take all deadlines of the tasks of which one is news of a period."""
        condition = (
            "{task} IN (SELECT d.task FROM deadline AS d WHERE d.on_day >= :first AND d.on_day <= :last "
            "OR d.recorded_at > :after AND d.recorded_at <= :until)"
        )
        return cls(condition, dict(span._asdict()), known_at)

    @classmethod
    def of_proposals(cls, day: str, known_at: str | None) -> "Scope":
        """Take the updates up to a day that propose or answer something."""
        condition = "(f.proposal IS NOT NULL OR f.answered IS NOT NULL) AND f.on_day <= :day"
        return cls(condition, {"day": day}, known_at)

    def where(self, task: str = "f.task") -> tuple[str, dict[str, object]]:
        """Return the SQL with the moment in it; `task` is the column that names a fact's task."""
        condition = f"({self.condition.format(task=task)})"
        if self.known_at is None:
            return condition, self.params
        return f"{condition} AND f.recorded_at <= :known", {**self.params, "known": self.known_at}
