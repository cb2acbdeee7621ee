"""Tasks counted by what rows of a table are by: one question, whose sums every number follows from."""

from collections.abc import Mapping

from plantrack.model.counting import Counts, Sums, Tally, tally
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import STATUSES, Role, Status
from plantrack.store.questions.filter_fields import STALE
from plantrack.store.questions.task_source import TaskSource
from plantrack.store.scope import HELD_ON_DAY

#: In the order of `Sums`, of the tasks `t`.
_SUMS = (
    "COUNT(*), COUNT(t.due), COUNT(*) FILTER (WHERE t.due < :day), COUNT(*) FILTER (WHERE t.due <= :day), "
    "COUNT(*) FILTER (WHERE t.due <= :soon), COUNT(*) FILTER (WHERE t.completed_on > t.due), "
    f"COUNT(t.blocked_since), COUNT(*) FILTER (WHERE {STALE}), COUNT(t.occurrence_of)"
)


class Grouping(NamedTuple):
    """What tasks are counted by: those that have nothing of it have the key None."""

    #: The key of a task `t`, or of what is joined.
    key: str
    joined: str = ""
    #: The tasks of a key `:key`, and those without one, where the key is no column of theirs.
    of: str = ""
    without: str = ""

    @property
    def is_shared(self) -> bool:
        """Return whether a task may have several keys."""
        return bool(self.joined)

    def condition(self, key: str | None, name: str) -> str:
        """Return the condition on the tasks of a key, which stands under a name."""
        if key is None:
            return self.without or f"{self.key} IS NULL"
        return self.of.format(key=f":{name}") if self.of else f"{self.key} = :{name}"


def _held(role: Role) -> Grouping:
    on_day = f"h.role = '{role}' AND {HELD_ON_DAY}"
    return Grouping(
        "h.party",
        f"LEFT JOIN holder AS h ON h.task = t.uid AND {on_day}",
        f"t.uid IN (SELECT h.task FROM holder AS h WHERE h.party = {{key}} AND {on_day})",
        f"NOT EXISTS (SELECT 1 FROM holder AS h WHERE h.task = t.uid AND {on_day})",
    )


AREA = Grouping("t.area")
#: Not the bare column, whose index would be walked, with a look at each task.
ACTIVITY = Grouping("(t.activity || '')", of="t.activity = {key}", without="t.activity IS NULL")
MONTH = Grouping("substr(t.due, 1, 7)")
LEAD, COORDINATING, PERSON = _held(Role.LEAD), _held(Role.COORDINATING), _held(Role.IN_CHARGE)


def tallies(source: TaskSource, by: Grouping) -> dict[str | None, Tally]:
    """Return the numbers of the tasks of each key that has any."""
    return {key: found for (key,), found in cross_tallies(source, by).items()}


def cross_tallies(source: TaskSource, *by: Grouping) -> dict[tuple[str | None, ...], Tally]:
    """Return the numbers of the tasks of each combination of keys that has any."""
    groups, joined = ", ".join([*(each.key for each in by), "t.status"]), " ".join(each.joined for each in by)
    # A name of its own: a task that nobody leads has no party, which no row of `holder` may be without.
    columns = ", ".join([*(f"{each.key} AS key_{n}" for n, each in enumerate(by)), "t.status"])
    found: dict[tuple[str | None, ...], dict[Status, Sums]] = {}
    for row in source.ask(f"{columns}, {_SUMS}", f"GROUP BY {groups}", joined):
        of_key = found.setdefault(row[: len(by)], {})
        of_key[STATUSES[row[len(by)]]] = Sums._make(row[len(by) + 1 :])
    return {key: tally(of_key) for key, of_key in found.items()}


def tally_of(source: TaskSource) -> Tally:
    """Return the numbers of all the tasks."""
    return cross_tallies(source).get((), Tally())


def of_key(source: TaskSource, by: Grouping, key: str | None) -> TaskSource:
    """Return the tasks that are counted under a key."""
    name = f"k{len(source.params)}"
    return source.where(by.condition(key, name), {} if key is None else {name: key})


def with_key(source: TaskSource, by: Grouping) -> TaskSource:
    """Return the tasks that are counted under any key."""
    return source.where(f"NOT ({by.condition(None, '')})")


def counts_of(found: Mapping[str | None, Tally], key: str | None) -> Counts:
    """Return the counts of a key; it may have no tasks."""
    return found.get(key, Tally()).counts
