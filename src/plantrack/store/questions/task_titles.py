"""Tasks by their titles: a few of many, as a shell completes a line, and the open ones of a title."""

from collections.abc import Collection

from plantrack.model.grouping import chunks
from plantrack.model.task import task_label
from plantrack.store.connection import Connection
from plantrack.store.questions.task_source import BY_NUMBER, TaskSource

#: Numbers of so many figures at most are looked for.
_FIGURES = 7


def titles(tasks: TaskSource, most: int, language: str, order: str = "") -> list[tuple[str, str]]:
    """Return so many at most, in an order (else in their own): the label and the title of each."""
    order = order or tasks.order
    rows = tasks.query(
        f"t.site, t.number, t.title, t.title_en, {order}", f"ORDER BY {order} LIMIT :most", most=most
    )
    return [(task_label(r[0], r[1]), (r[3] if language == "en" else None) or r[2]) for r in rows]


def titles_of_site(tasks: TaskSource, site: str, most: int, language: str) -> list[tuple[str, str]]:
    """Return those of a site, the lowest number first."""
    own = tasks.where("t.site = :site", {"site": site})
    return titles(own._replace(is_named=True), most, language, BY_NUMBER)


def titles_by_number(
    tasks: TaskSource, typed: str, most: int, language: str, site: str = ""
) -> list[tuple[str, str]]:
    """Return those whose number begins with some figures, the lowest first: a stretch of numbers for each number of figures.

    `site`: of which their numbers are; else the hub's.
    """
    found: list[tuple[str, str]] = []
    for more in range(_FIGURES + 1 - len(typed)):
        first = int(typed) * 10**more
        if first and len(found) < most:
            numbers = {"site": site, "first": first, "last": first + 10**more - 1}
            some = tasks.where("t.site = :site AND t.number BETWEEN :first AND :last", numbers)
            found += titles(some._replace(is_named=True), most - len(found), language, BY_NUMBER)
    return found


#: The first and the second open task of a title, which an index gives without the others.
_FIRST_OF_TITLE = (
    "SELECT (SELECT x.uid FROM task AS x WHERE x.plan = :plan AND x.is_open = 1 AND x.title_key = k.title_key "
    "ORDER BY x.site, x.number LIMIT :one{}) AS uid FROM asked AS k"
)
_FIRST_TWO = f"{_FIRST_OF_TITLE.format('')} UNION ALL {_FIRST_OF_TITLE.format(' OFFSET :one')}"


def open_titles(db: Connection, plan: str, titles: Collection[str]) -> list[tuple[str, str, str]]:
    """Return open tasks of a plan that have some titles (as `fold` gives them): uid, label and title.

    Of each title the two with the lowest labels.
    """
    found = []
    for some in chunks(sorted(titles)):
        params = {f"k{n}": key for n, key in enumerate(some)}
        rows = db.query(
            f"WITH asked (title_key) AS (VALUES {', '.join(f'(:{name})' for name in params)}) "
            f"SELECT t.uid, t.site, t.number, t.title FROM ({_FIRST_TWO}) AS two JOIN task AS t ON t.uid = two.uid",
            {**params, "plan": plan, "one": 1},
        )
        found += [(site, number, uid, title) for uid, site, number, title in rows]
    return [(uid, task_label(site, number), title) for site, number, uid, title in sorted(found)]
