"""Free texts in titles, names of people and what was said: where they are found, and how well.

`model/search.py` says what it means. Here it is asked: of the index of words, where few rows have them; else of one
task after the other, which finds the first ones at once where many have them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.search import MOST_RANKED, WORDS_AS_TYPED, rank_of, words_of
from plantrack.store.connection import Connection
from plantrack.store.questions.filter_fields import Bind
from plantrack.store.questions.task_source import ask_tasks
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
    ways = []
    for text in dict.fromkeys(texts):
        if (way := _way(db, place, words_of(text))) is None:
            return Sought(None)
        ways.append(way)
    return Sought(tuple(ways), place.english)


def _way(db: Connection, place: SearchPlace, words: str) -> _Way | None:
    """Return how some words are looked for: where a word begins; only where nothing is found so, inside one."""
    if not words:
        return None
    begun, inside = _walking(place, f" {words}"), _walking(place, words)
    if not place.indexed or not words.isascii():  # what other letters are to the index is the engine's affair
        return next((way for way in (begun, inside) if _count(db, place, way, 1)), None)
    named = begun._replace(match=f'"{words}" *')
    if number := _count(db, place, named, MOST_RANKED + 1):
        return named if number <= MOST_RANKED else begun._replace(is_common=True)
    if not _count(db, place, inside, 1):
        return None
    if _count(db, place, begun, 1):
        raise Failure("search-damaged", file=db.name, reason=f"no row for {words!r}")
    return inside


def _walking(place: SearchPlace, sought: str) -> _Way:
    """Return how it is looked for what stands in words, task by task."""
    return _Way(f"%{sought}%", "", tuple(name for name in place.people if sought in f" {words_of(name)}"))


def _count(db: Connection, place: SearchPlace, way: _Way, most: int) -> int:
    """Return in how many tasks of the plan a text is found; where there are more than `most`, that."""
    params: dict[str, object] = {"plan": place.plan, "day": place.day, "n": most}

    def bind(value: object) -> str:
        params[f"p{len(params)}"] = value
        return f":p{len(params) - 1}"

    if way.match:
        there = ask_tasks("1", f"t.uid = hit.task AND {_OPENED}", past=False)
        named = _named(way, bind, english=place.english)
        question = f"SELECT DISTINCT hit.task FROM ({named}) AS hit WHERE EXISTS ({there})"
    else:
        found = _found(way, bind, english=place.english)
        question = ask_tasks("t.uid", f"{found} AND {_OPENED}", past=False)
    return int(db.query(f"SELECT COUNT(*) FROM ({question} LIMIT :n) AS found", params)[0][0])


def ranks(db: Connection, place: SearchPlace, texts: Iterable[str], uids: Sequence[str]) -> dict[str, int]:
    """Return the rank of some tasks, no more than are put in order, among those in which texts are found.

    It is the worst of any text. What counts on the day is looked at.
    """
    named = _names(db, place, uids)
    of_each = [_ranks(db, place, text, named) for text in texts]
    if any(ranks.keys() < named.keys() for ranks in of_each):  # found by words that its texts do not have
        raise Failure("search-damaged", file=db.name, reason="no text for a row")
    return {uid: max((ranks[uid] for ranks in of_each), default=WORDS_AS_TYPED) for uid in uids}


def _ranks(db: Connection, place: SearchPlace, text: str, named: Mapping[str, list[str]]) -> dict[str, int]:
    """Return the best rank of one text in each task; what was said is read where the names are not as typed."""
    ranks = {uid: rank for uid, own in named.items() if (rank := rank_of(text, own)) is not None}
    rest = [uid for uid in named if ranks.get(uid) != WORDS_AS_TYPED]
    theirs, params = among("s.task", "u", rest)
    rows = db.query(
        f"SELECT s.task, {TEXTS} FROM search AS s JOIN status_update AS f ON f.uid = s.part "
        f"WHERE {theirs} AND s.words LIKE :pattern AND {_COUNTS}",
        {**params, "pattern": f"%{words_of(text)}%", "day": place.day},
    )
    for uid, *said in rows:
        rank = rank_of(text, filter(None, said))
        if rank is not None:
            ranks[uid] = min(rank, ranks.get(uid, rank))
    return ranks


def _names(db: Connection, place: SearchPlace, uids: Sequence[str]) -> dict[str, list[str]]:
    """Return the titles of tasks, the documents that gave them, and who is in charge of them on the day."""
    theirs, params = among("t.uid", "u", uids)
    document = "t.document_number, t.document_issuer, t.document_subject"
    rows = db.query(f"SELECT t.uid, t.title, {document}, t.title_en FROM task AS t WHERE {theirs}", params)
    named = {
        uid: [text for text in (*own, title_en if place.english else None) if text]
        for uid, *own, title_en in rows
    }
    theirs, params = among("h.task", "u", uids)
    held = f"SELECT h.task, h.party FROM holder AS h WHERE {theirs} AND {_IN_CHARGE}"
    for uid, party in db.query(held, {**params, "day": place.day}):
        named[uid].append(party)
    return named
