"""Free texts in titles, names of people and what was said: where they are found, and how well.

`model/search.py` says what it means. Here it is asked: of the index of words, where few rows have them; else of one
task after the other, which finds the first ones at once where many have them.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.search import MOST_RANKED, WORDS_AS_TYPED, rank_of, words_of
from plantrack.store.connection import Asked, Connection, Row
from plantrack.store.questions.filter_fields import Bind
from plantrack.store.questions.task_source import Which, ask_tasks
from plantrack.store.scope import HELD_ON_DAY, among, stands
from plantrack.store.search_rows import TEXTS

#: Of a task `t`, which is looked for as it stands now, also on a past day: it was there on `:day`.
_OPENED = "t.opened_on <= :day"
#: Of an update `f`: it counts on `:day`. Of a holder `h`: a person who is in charge then.
_COUNTS = f"f.on_day <= :day AND {stands()}"
_IN_CHARGE = f"h.role = 'in_charge' AND {HELD_ON_DAY}"


class _Way(NamedTuple):
    """How one text is looked for."""

    #: What the words are like that it is found in.
    pattern: str
    #: What the index of words is asked for; empty: each task is looked at.
    match: str
    #: The people in whose names it is.
    people: tuple[str, ...]
    #: Whether it is found in more tasks than are put in order.
    is_common: bool = False


class Sought(NamedTuple):
    """How the texts of a filter are looked for, decided once, so that it is the same question on every day."""

    #: None: one of the texts is nowhere.
    ways: tuple[_Way, ...] | None
    english: bool = False

    @property
    def is_named(self) -> bool:
        """Return whether the index of words names the tasks: they are no more than are put in order."""
        return any(way.match for way in self.ways or ())

    @property
    def is_common(self) -> bool:
        """Return whether it is known that more tasks are found than are put in order."""
        return [way.is_common for way in self.ways or ()] == [True]

    def condition(self, bind: Bind) -> str:
        """Return what must be true of a task `t` on `:day` in which each text is found."""
        if self.ways is None:
            return "1 = 0"
        return " AND ".join(_found(way, bind, english=self.english) for way in self.ways) or "1 = 1"


def _found(way: _Way, bind: Bind, *, english: bool) -> str:
    if way.match:
        return f"t.uid IN ({_named(way, bind, english=english)})"
    said = f"EXISTS (SELECT 1 FROM search AS s WHERE s.task = t.uid AND {_in_row(bind(way.pattern), english=english)})"
    held = _held(way, bind)
    return f"({said} OR t.uid IN ({held}))" if held else said


def _named(way: _Way, bind: Bind, *, english: bool) -> str:
    """Return the question for the tasks `task` that the index of words names, and those of the people; some come twice."""
    # CROSS JOIN: the index is asked first.
    said = (
        f"SELECT s.task FROM search_fts({bind(way.match)}) AS i CROSS JOIN search AS s "
        f"WHERE s.id = i.rowid AND {_in_row(bind(way.pattern), english=english)}"
    )
    held = _held(way, bind)
    return f"{said} UNION ALL {held}" if held else said


def _held(way: _Way, bind: Bind) -> str:
    """Return the question for the tasks of the people in whose names a text is; of none it is empty."""
    people = ", ".join(map(bind, way.people))
    return people and f"SELECT h.task FROM holder AS h WHERE h.party IN ({people}) AND {_IN_CHARGE}"


def _in_row(pattern: str, *, english: bool) -> str:
    """Return whether words are like a pattern in a row `s` that counts on `:day`: of the task, or what was said by then."""
    title = "s.part IN ('title', 'document', 'title_en')" if english else "s.part IN ('title', 'document')"
    said = f"EXISTS (SELECT 1 FROM status_update AS f WHERE f.uid = s.part AND {_COUNTS})"
    return f"s.words LIKE {pattern} AND ({title} OR {said})"


class SearchPlace(NamedTuple):
    """Where texts are looked for: the tasks of a plan on a day, the names of all people."""

    plan: str
    day: str
    people: Collection[str]
    #: In English titles too.
    english: bool = False
    #: Whether the index is of what stands in `search`.
    indexed: bool = True


def look_for(db: Connection, place: SearchPlace, texts: Iterable[str]) -> Sought:
    """Decide how texts are looked for; fails with `search-damaged` where the index cannot be read, or lacks a word."""
    asked = [_ask_way(db, place, words_of(text)) for text in dict.fromkeys(texts)]
    ways = [way() for way in asked]
    return Sought(None if None in ways else tuple(filter(None, ways)), place.english)


def _ask_way(db: Connection, place: SearchPlace, words: str) -> Asked[_Way | None]:
    """Ask how some words are looked for: where a word begins; only where nothing is found so, inside one."""
    if not words:
        return lambda: None
    begun, inside = _walking(place, f" {words}"), _walking(place, words)
    indexed = place.indexed and words.isascii()  # what other letters are to the index is the engine's affair
    named = begun._replace(match=f'"{words}" *') if indexed else None
    asked = _ask_found(db, place, named, begun, inside)

    def read() -> _Way | None:
        in_index, is_begun, is_inside = asked()
        if in_index:
            return named if in_index <= MOST_RANKED else begun._replace(is_common=True)
        if is_begun and named:
            raise Failure("search-damaged", file=db.name, reason=f"no row for {words!r}")
        return begun if is_begun else inside if is_inside else None

    return read


def _walking(place: SearchPlace, sought: str) -> _Way:
    """Return how it is looked for what stands in words, task by task."""
    return _Way(f"%{sought}%", "", tuple(name for name in place.people if sought in f" {words_of(name)}"))


def _ask_found(
    db: Connection, place: SearchPlace, named: _Way | None, begun: _Way, inside: _Way
) -> Asked[tuple[int, bool, bool]]:
    """Ask in how many tasks of the plan the index finds a text, at most one more than are ranked.

    Where in none: whether walking finds it at the beginning of a word, and inside one.
    """
    params: dict[str, object] = {"plan": place.plan, "day": place.day}

    def bind(value: object) -> str:
        params[f"p{len(params)}"] = value
        return f":p{len(params) - 1}"

    def walked(way: _Way) -> str:
        found = _found(way, bind, english=place.english)
        return ask_tasks("t.uid", f"{found} AND {_OPENED}", past=False)

    number = f"({_in_index(named, bind, english=place.english)})" if named else "(SELECT 0 AS number)"
    rows = db.ask(
        f"SELECT n.number, CASE WHEN n.number > 0 OR NOT EXISTS ({walked(inside)}) THEN 0 "
        f"WHEN EXISTS ({walked(begun)}) THEN 2 ELSE 1 END AS walked FROM {number} AS n",
        params,
    )

    def read() -> tuple[int, bool, bool]:
        ((in_index, by_walking),) = rows()
        return in_index, by_walking > 1, by_walking > 0

    return read


def _in_index(way: _Way, bind: Bind, *, english: bool) -> str:
    there = ask_tasks("1", f"t.uid = hit.task AND {_OPENED}", past=False)
    hits = (
        f"SELECT DISTINCT hit.task FROM ({_named(way, bind, english=english)}) AS hit WHERE EXISTS ({there})"
    )
    return f"SELECT COUNT(*) AS number FROM ({hits} LIMIT {bind(MOST_RANKED + 1)}) AS found"


def ask_ranks(
    db: Connection, place: SearchPlace, texts: Sequence[str], which: Which
) -> Asked[dict[str, int]]:
    """Ask for the rank of some tasks, no more than are put in order, among those in which texts are found.

    It is the worst of any text. What counts on the day is looked at. What was said is asked of a file only where the
    names are not as typed.
    """
    names = _ask_names(db, place, which)
    said = [_ask_said(db, place, text, which) for text in texts] if db.is_remote else []

    def read() -> dict[str, int]:
        named = names()
        of_each = []
        for n, text in enumerate(texts):
            ranks = {uid: rank for uid, own in named.items() if (rank := rank_of(text, own)) is not None}
            if said:  # of the same tasks, but for what others recorded between two questions
                ranks = _with_said(ranks, text, said[n]())
                rest = [uid for uid in named if uid not in ranks]
            else:
                rest = [uid for uid in named if ranks.get(uid) != WORDS_AS_TYPED]
            if rest:
                asked = _ask_said(db, place, text, partial(among, prefix="u", values=rest))
                ranks = _with_said(ranks, text, asked())
            of_each.append(ranks)
        if any(named.keys() - ranks.keys() for ranks in of_each):  # found by words that its texts do not have
            raise Failure("search-damaged", file=db.name, reason="no text for a row")
        return {uid: max((ranks[uid] for ranks in of_each), default=WORDS_AS_TYPED) for uid in named}

    return read


def _ask_said(db: Connection, place: SearchPlace, text: str, which: Which) -> Asked[list[Row]]:
    """Ask for what was said of each task in which one text stands."""
    theirs, params = which("s.task")
    return db.ask(
        f"SELECT s.task, {TEXTS} FROM search AS s JOIN status_update AS f ON f.uid = s.part "
        f"WHERE {theirs} AND s.words LIKE :pattern AND {_COUNTS}",
        {**params, "pattern": f"%{words_of(text)}%", "day": place.day},
    )


def _with_said(ranks: dict[str, int], text: str, rows: Iterable[Row]) -> dict[str, int]:
    """Return the best rank of one text in each task, with what was said of it."""
    for uid, *said in rows:
        rank = rank_of(text, filter(None, said))
        if rank is not None:
            ranks[uid] = min(rank, ranks.get(uid, rank))
    return ranks


def _ask_names(db: Connection, place: SearchPlace, which: Which) -> Asked[dict[str, list[str]]]:
    """Ask for the titles of tasks, the documents that gave them, and who is in charge of them on the day.

    It is one question: of two, each would choose the first tasks for itself, others perhaps where somebody records.
    """
    theirs, params = which("t.uid")
    texts = f"t.title, t.document_number, t.document_issuer, t.document_subject, {'t.title_en' if place.english else 'NULL'}"
    rows = db.ask(
        # A task without anybody has an empty name: a party that is none would be taken for damage.
        f"SELECT t.uid, {texts}, COALESCE(h.party, '') FROM task AS t LEFT JOIN holder AS h ON h.task = t.uid AND {_IN_CHARGE} "
        f"WHERE {theirs}",
        {**params, "day": place.day},
    )

    def read() -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for uid, *own in rows():
            named.setdefault(uid, []).extend(filter(None, own))
        return named

    return read
