"""Tasks counted by what rows of a table are by: one question, whose sums every number follows from."""

from collections.abc import Mapping

from plantrack.model.counting import Counts, Sums, Tally, tally
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import STATUSES, Role, Status
from plantrack.model.text import match_key
from plantrack.store.connection import Asked
from plantrack.store.questions.filter_fields import STALE
from plantrack.store.questions.task_source import TaskSource
from plantrack.store.scope import HELD_ON_DAY
from plantrack.store.task_rows import split

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
    #: The values that these name.
    params: Mapping[str, object] = {}

    @property
    def is_shared(self) -> bool:
        """Return whether a task may have several keys."""
        return bool(self.joined)

    def condition(self, key: str | None, name: str) -> str:
        """Return the condition on the tasks of a key, which stands under a name."""
        if key is None:
            return self.without or f"{self.key} IS NULL"
        return self.of.format(key=f":{name}") if self.of else f"{self.key} = :{name}"


def _on_day(role: str) -> str:
    return f"h.role = '{role}' AND {HELD_ON_DAY}"


def _held(role: str) -> Grouping:
    on_day = _on_day(role)
    return Grouping(
        "h.party",
        f"LEFT JOIN holder AS h ON h.task = t.uid AND {on_day}",
        f"t.uid IN (SELECT h.task FROM holder AS h WHERE h.party = {{key}} AND {on_day})",
        f"NOT EXISTS (SELECT 1 FROM holder AS h WHERE h.task = t.uid AND {on_day})",
    )


def rolled_up(role: str, above: Mapping[str, str]) -> Grouping:
    """Count tasks by what stands `above` whoever has a role; who has nothing above counts by themselves."""
    listed, params = _pairs(role, above)
    on_day = _on_day(role)
    return Grouping(
        "h.party",
        "LEFT JOIN (SELECT DISTINCT h.task, COALESCE(a.column2, h.party) AS party FROM holder AS h "
        f"LEFT JOIN {listed} ON a.column1 = h.party WHERE {on_day}) AS h ON h.task = t.uid",
        # The parties first: each is then found by its index.
        f"t.uid IN (SELECT h.task FROM holder AS h WHERE {on_day} AND h.party IN "
        f"(SELECT a.column1 FROM {listed} WHERE a.column2 = {{key}} UNION ALL SELECT {{key}}))",
        _held(role).without,
        params,
    )


def sorted_into(role: str, kinds: Mapping[str, str]) -> Grouping:
    """Count tasks by the kind of whoever has a role; who is of no kind does not count."""
    listed, params = _pairs(role, kinds)
    of_kind = f"holder AS h JOIN {listed} ON a.column1 = h.party WHERE {_on_day(role)}"
    return Grouping(
        "h.party",
        f"LEFT JOIN (SELECT DISTINCT h.task, a.column2 AS party FROM {of_kind}) AS h ON h.task = t.uid",
        f"t.uid IN (SELECT h.task FROM {of_kind} AND a.column2 = {{key}})",
        # Asked once: of each task, the table of kinds would be read again.
        f"t.uid NOT IN (SELECT h.task FROM {of_kind})",
        params,
    )


def _pairs(role: str, meaning: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    """Return what each party means as a table `a`, with its parameters; it begins with a row of nobody, for no table is empty."""
    params = {
        f"{role}_{n}_{side}": one for n, pair in enumerate(meaning.items()) for side, one in enumerate(pair)
    }
    rows = ["('', '')", *(f"(:{role}_{n}_0, :{role}_{n}_1)" for n in range(len(meaning)))]
    return f"(VALUES {', '.join(rows)}) AS a", dict(params)


AREA = Grouping("t.area")
#: Not the bare column, whose index would be walked, with a look at each task.
ACTIVITY = Grouping("(t.activity || '')", of="t.activity = {key}", without="t.activity IS NULL")
MONTH = Grouping("substr(t.due, 1, 7)")
LEAD, COORDINATING, PERSON = _held(Role.LEAD), _held(Role.COORDINATING), _held(Role.IN_CHARGE)
#: By its name as words are compared.
PLACE = _held("place")


def tallies(source: TaskSource, by: Grouping) -> dict[str | None, Tally]:
    """Return the numbers of the tasks of each key that has any."""
    return ask_tallies(source, by)()


def ask_tallies(source: TaskSource, by: Grouping) -> Asked[dict[str | None, Tally]]:
    """Ask for what `tallies` returns."""
    asked = ask_cross_tallies(source, by)
    return lambda: {key: found for (key,), found in asked().items()}


def ask_cross_tallies(source: TaskSource, *by: Grouping) -> Asked[dict[tuple[str | None, ...], Tally]]:
    """Ask for the numbers of the tasks of each combination of keys that has any."""
    groups, joined = ", ".join([*(each.key for each in by), "t.status"]), " ".join(each.joined for each in by)
    # A name of its own: a task that nobody leads has no party, which no row of `holder` may be without.
    columns = ", ".join([*(f"{each.key} AS key_{n}" for n, each in enumerate(by)), "t.status"])
    params = {name: value for each in by for name, value in each.params.items()}
    rows = source.ask(f"{columns}, {_SUMS}", f"GROUP BY {groups}", joined, **params)

    def read() -> dict[tuple[str | None, ...], Tally]:
        found: dict[tuple[str | None, ...], dict[Status, Sums]] = {}
        for row in rows():
            of_key = found.setdefault(row[: len(by)], {})
            of_key[STATUSES[row[len(by)]]] = Sums._make(row[len(by) + 1 :])
        return {key: tally(of_key) for key, of_key in found.items()}

    return read


def tally_of(source: TaskSource) -> Tally:
    """Return the numbers of all the tasks."""
    return ask_tally(source)()


def ask_tally(source: TaskSource) -> Asked[Tally]:
    """Ask for the numbers of all the tasks."""
    asked = ask_cross_tallies(source)
    return lambda: asked().get((), Tally())


def of_key(source: TaskSource, by: Grouping, key: str | None) -> TaskSource:
    """Return the tasks that are counted under a key."""
    name = f"k{len(source.params)}"
    return source.where(by.condition(key, name), {**by.params, **({} if key is None else {name: key})})


def with_key(source: TaskSource, by: Grouping) -> TaskSource:
    """Return the tasks that are counted under any key."""
    return source.where(f"NOT ({by.condition(None, '')})", by.params)


def places_written(source: TaskSource) -> dict[str, str]:
    """Return how the tasks write their places, by the words as they are compared."""
    # Of several ways one with tones is taken: these are the last in order.
    rows = source.query("t.places", "GROUP BY t.places")
    return {match_key(place): place for place in sorted({place for (row,) in rows for place in split(row)})}


def counts_of(found: Mapping[str | None, Tally], key: str | None) -> Counts:
    """Return the counts of a key; it may have no tasks."""
    return found.get(key, Tally()).counts
