"""The tasks that a report is of: a question that can be asked again, narrowed, counted, and read a page at a time."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from plantrack.model.counting import Cutoffs
from plantrack.model.filters import Filter
from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.search import MOST_RANKED, PART, WORDS_AS_TYPED
from plantrack.model.task import Task, task_label
from plantrack.store import tasks
from plantrack.store.connection import Asked, Connection
from plantrack.store.connection import Row as Columns
from plantrack.store.questions.filter_fields import OPEN_STATUSES, Bind, condition
from plantrack.store.scope import among

Row = TypeVar("Row")

#: Returns what must be true of a column for it to name one of some tasks, and what is bound in that.
Which = Callable[[str], tuple[str, Mapping[str, object]]]

#: By due day (no day last), then label.
BY_LABEL = "t.site, t.number"
BY_DUE = f"COALESCE(t.due, '9999'), {BY_LABEL}"
BY_COMPLETION = f"t.completed_on, {BY_LABEL}"
BY_NUMBER = "t.number"
#: Behind what comes from its end.
BACKWARDS = " DESC"
#: How many tasks are ranked before it is asked whether they are enough.
RANKED_AT_ONCE = 100
#: Of the tasks `t`: work still to be done, and work that is not.
OPEN, CLOSED = "t.is_open = 1", "t.is_open = 0"
#: The columns of `task` that a day before the last facts may have had otherwise.
_MOVING = frozenset(tasks.STRETCH_COLUMNS)
_THERE = "o.plan = :plan AND o.counted = 1"


class TaskSource(NamedTuple):
    """The tasks `t` of a plan that count on a day and meet a condition, as they stood on it."""

    db: Connection
    plan: str
    clock: Cutoffs
    #: Whether the day is before the last fact: `t` then stands for what was true on it.
    past: bool
    condition: str = ""
    params: Mapping[str, object] = {}
    #: In which order they are read, unless it is said.
    order: str = BY_DUE
    #: Whether the condition names the tasks, which are few: each is looked up, the plan is not walked.
    is_named: bool = False
    #: Asks how well some of them fit the texts that are looked for (`model/search.py`); None: only the order counts.
    ask_ranks: Callable[["Which"], Asked[Mapping[str, int]]] | None = None
    #: Whether the best hits of texts come first: of too many nobody looks for the best one.
    is_ranked: bool = True

    def where(self, condition: str, params: Mapping[str, object] | None = None) -> "TaskSource":
        """Return those that meet another condition too; the names of its parameters are its own."""
        return self._replace(
            condition=_both(self.condition, condition), params={**self.params, **(params or {})}
        )

    def passing(self, wanted: Filter) -> "TaskSource":
        """Return those that pass each term of a filter."""
        return self.meeting(partial(condition, wanted)) if wanted.terms else self

    def meeting(self, condition: Callable[[Bind], str]) -> "TaskSource":
        """Return those that meet another condition, which names its parameters itself."""
        values: dict[str, object] = {}

        def bind(value: object) -> str:
            name = f"v{len(self.params) + len(values)}"
            values[name] = value
            return f":{name}"

        return self.where(condition(bind), values)

    def among(self, uids: Sequence[str]) -> "TaskSource":
        """Return some of them, by their uids."""
        return self.where(*among("t.uid", "w", uids))._replace(is_named=True)

    def ask_numbered(self, site: str, numbers: Collection[int]) -> Asked[list[tuple[int, str, bool]]]:
        """Ask for those of a place that have some numbers, in their order: number, uid, and whether it is open."""
        theirs, params = among("t.number", "w", numbers)
        there = self.where(f"t.site = :site AND {theirs}", {**params, "site": site})._replace(is_named=True)
        rows = there.ask("t.uid, t.number, t.is_open", f"ORDER BY {BY_NUMBER}")
        return lambda: [(number, uid, is_open == 1) for uid, number, is_open in rows()]

    def ask_one_labelled(self) -> Asked[dict[str, str]]:
        """Ask for one of them, whichever: its uid and its label."""
        rows = self.ask("t.uid, t.site, t.number", "LIMIT :n", n=1)
        return lambda: {uid: task_label(site, number) for uid, site, number in rows()}

    def query(self, columns: str, rest: str = "", joined: str = "", **params: object) -> list[Columns]:
        """Return what `ask` asks."""
        return self.ask(columns, rest, joined, **params)()

    def ask(self, columns: str, rest: str = "", joined: str = "", **params: object) -> Asked[list[Columns]]:
        """Ask for columns of the tasks, `rest`: in which groups, order or number, `joined`: with what."""
        return self.db.ask(*self._question(columns, rest, joined, **params))

    def _question(
        self, columns: str, rest: str = "", joined: str = "", **params: object
    ) -> tuple[str, dict[str, object]]:
        given: dict[str, object] = {"plan": self.plan, "day": self.clock.as_of, **self.params, **params}
        days = {"soon": self.clock.soon, "stale": self.clock.stale}
        sql = ask_tasks(columns, self.condition, rest, joined, past=self.past, named=self.is_named)
        return sql, given | {name: day for name, day in days.items() if f":{name}" in sql}

    def _first_of(self, most: int) -> "Which":
        """Return which are the first of them in their order."""
        sql, params = self._question("t.uid", f"ORDER BY {self.order} LIMIT :most", most=most)
        return lambda column: (f"{column} IN ({sql})", params)

    def size(self) -> int:
        """Count them."""
        return self.ask_size()()

    def ask_size(self) -> Asked[int]:
        """Ask how many they are."""
        counted = self.ask("COUNT(*)")
        return lambda: int(counted()[0][0])

    def some_uids(self, most: int) -> list[str]:
        """Return the uids of so many of them at most, whichever."""
        return self.ask_some(most)()

    def ask_some(self, most: int) -> Asked[list[str]]:
        """Ask for what `some_uids` returns."""
        rows = self.ask("t.uid", "LIMIT :n", n=most)
        return lambda: [r[0] for r in rows()]

    def is_empty(self) -> bool:
        """Return whether there are none."""
        return not self.some_uids(1)

    def uids(self, order: str = "", limit: int | None = None) -> Sequence[str]:
        """Return their uids in an order (else in their own), only so many as are asked for."""
        return self.rows(order, limit).uids

    def rows(self, order: str = "", limit: int | None = None) -> "TaskRows":
        """Return the tasks in an order (else in their own), to be read when they are needed."""
        if self.ask_ranks and not order:
            return TaskRows(self, partial(self._ask_best_first, self.ask_ranks, limit), limit)
        return TaskRows(self, lambda: self._ask_in_order(order or self.order, limit), limit)

    def _ask_in_order(self, order: str, limit: int | None) -> Asked[list[str]]:
        """Ask for their uids, one more than are asked for, which tells that there are more."""
        # What they are ordered by is asked for too: of a past day, SQLite then merges what stands on the rows, by
        # their index, with what stood before; else it would make one table of all tasks first.
        columns, rest = f"t.uid, {order.replace(BACKWARDS, '')}", f"ORDER BY {order}"
        if limit is None:
            rows = self.ask(columns, rest)
        else:
            rows = self.ask(columns, f"{rest} LIMIT :n", n=limit + 1)
        return lambda: [r[0] for r in rows()]

    def _ask_best_first(
        self, ask_ranks: Callable[[Which], Asked[Mapping[str, int]]], limit: int | None
    ) -> Asked[list[str]]:
        """Ask for all uids, the best hits first; when as many as are asked for have the best rank, no more are ranked.

        A server is asked for the first ranks, or for all where all are wanted, along with which tasks they are.
        """
        hits = self._ask_in_order(self.order, None)
        at_once = RANKED_AT_ONCE if limit is not None or not self.db.is_remote else MOST_RANKED
        first = ask_ranks(self._first_of(at_once)) if self.db.is_remote else None

        def read() -> list[str]:
            uids, ranked, asked = hits(), dict[str, int](), first
            for some in chunks(uids, at_once):
                ranks = (asked or ask_ranks(partial(among, prefix="u", values=some)))()
                asked = None
                ranked |= {uid: ranks.get(uid, PART) for uid in some}  # one may have come meanwhile
                if limit is not None and [*ranked.values()].count(WORDS_AS_TYPED) >= limit:
                    break
            return sorted(ranked, key=ranked.__getitem__) + uids[len(ranked) :]

        return read

    def read(self, uids: Sequence[str]) -> list[Task]:
        """Return some of them, few enough for one question, in the order given."""
        return self.ask_read(uids)()

    def ask_read(self, uids: Sequence[str]) -> Asked[list[Task]]:
        """Ask for some of them, as `read` returns them."""
        return tasks.ask_tasks_of(self.db, uids, self.clock, past=self.past)


class ReadRows(Generic[Row]):
    """Rows of tasks that can be read again and again: of which tasks is kept, they themselves are read in chunks."""

    def __init__(
        self,
        find: Callable[[], Asked[Sequence[str]]],
        ask: Callable[[Sequence[str]], Asked[Sequence[Row]]],
        limit: int | None = None,
    ) -> None:
        self.limit = limit
        self._find = find
        self._ask = ask
        self._first: Asked[Sequence[Row]] | None = None

    @cached_property
    def _asked(self) -> Asked[Sequence[str]]:
        return self._find()

    @cached_property
    def _found(self) -> Sequence[str]:
        return self._asked()

    @cached_property
    def uids(self) -> Sequence[str]:
        """Return the tasks' uids, in order, only so many as are asked for."""
        return self._found[: self.limit]

    def ask_which(self) -> None:
        """Ask which tasks they are of, along with what is asked next."""
        _ = self._asked

    def ask_first(self) -> None:
        """Ask for the first of them, along with what is asked next."""
        if self.uids:
            self._first = self._ask(next(chunks(self.uids)))

    def __len__(self) -> int:
        """Count them."""
        return len(self.uids)

    def __iter__(self) -> Iterator[Row]:
        """Read them, from the first."""
        for some in self.chunks():
            yield from some

    def chunks(self) -> Iterator[Sequence[Row]]:
        """Read them so many at a time as a question names."""
        for some in chunks(self.uids):
            first, self._first = self._first, None
            yield (first or self._ask(some))()


def ask_together(db: Connection, rows: Sequence[ReadRows[Any]]) -> None:
    """Ask a server of which tasks all of some rows are, and then for the first of each; a file is asked for what is read."""
    if db.is_remote:
        for each in rows:
            each.ask_which()
        for each in rows:
            each.ask_first()


class TaskRows(ReadRows[Task]):
    """Tasks that can be read again and again."""

    def __init__(
        self, source: TaskSource, find: Callable[[], Asked[Sequence[str]]], limit: int | None = None
    ) -> None:
        super().__init__(find, source.ask_read, limit)
        self.source = source
        self._size: Asked[int] | None = None

    def ask_which(self) -> None:
        """Ask which they are; a server at once how many there are, where not all are asked for."""
        super().ask_which()
        if self.limit is not None and self.source.is_ranked and self.source.db.is_remote:
            self._size = self.source.ask_size()

    def made(self, ask: Callable[[Sequence[str]], Asked[Sequence[Row]]]) -> ReadRows[Row]:
        """Return rows of the same tasks, of which more is asked than they themselves."""
        return ReadRows(self._find, ask, self.limit)

    @property
    def is_cut(self) -> bool:
        """Return whether there are more than are asked for."""
        return len(self._found) > len(self.uids)

    def total(self) -> int:
        """Count all there are, those too that are not asked for."""
        found = len(self._found)
        if found != len(self.uids) + 1:
            return found
        return self._size() if self._size else self.source.size()


def ask_tasks(
    columns: str, condition: str, rest: str = "", joined: str = "", *, past: bool, named: bool = False
) -> str:
    """Return the question for columns of the tasks `t` of `:plan` that count on `:day` and meet a condition.

    Of a `past` day, one before the last fact, `t` stands for the tasks as they stood on it: the same text asks both.
    Of any other day all that were ever opened were opened by then.
    `named`: few tasks meet the condition, by their uids. SQLite would still walk the plan, which it takes for small, and
    does not where it is denied that the plan is another one; to PostgreSQL that is the same, and it knows how many it has.
    """
    if past:
        source, where = _as_of(f"{columns} {joined} {condition} {rest}"), condition
    else:
        plan = "NOT (t.plan <> :plan)" if named else "t.plan = :plan"
        source, where = "task", _both(f"{plan} AND t.counted = 1", condition)
    parts = (f"SELECT {columns} FROM {source} AS t", joined, where and f"WHERE {where}", rest)
    return " ".join(filter(None, parts))


def _both(one: str, other: str) -> str:
    """Join two conditions, of which either may be nothing."""
    return f"{one} AND {other}" if one and other else one or other


def _as_of(question: str) -> str:
    """Return the tasks as they stood on `:day`: what stands on the row had begun by then, or a stretch before held.

    They have the columns that a question names and no others: each one would be read.
    """
    columns = sorted({*re.findall(r"\bt\.(\w+)", question)}) or ["uid"]
    own = ", ".join(f"o.{column}" for column in columns)
    before = ", ".join(_before(column) for column in columns)
    # CROSS JOIN: the stretches of the day are looked up first; SQLite would walk all tasks.
    return (
        f"(SELECT {own} FROM task AS o WHERE {_THERE} AND o.opened_on <= :day AND o.settled_on <= :day "
        f"UNION ALL SELECT {before} FROM task_past AS p CROSS JOIN task AS o "
        f"WHERE o.uid = p.task AND p.last_day >= :day AND p.first_day <= :day AND {_THERE})"
    )


def _before(column: str) -> str:
    """Return the SQL of what a column of `task` held in a stretch `p` of a task `o`."""
    if column == "is_open":
        # Of the type that it has on the row: else SQLite asks neither by its index.
        return f"CAST(CASE WHEN p.status IN ({OPEN_STATUSES}) THEN 1 ELSE 0 END AS INTEGER)"
    return f"{'p' if column in _MOVING else 'o'}.{column}"
