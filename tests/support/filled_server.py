"""A server's database with thousands of tasks, made of one with few; and how the server answers what a command asks."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import pytest

from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.store.connection import Params
from plantrack.store.postgres.connection import Postgres
from plantrack.store.postgres.spelling import spelled

#: What grows with the work. What each of its columns names is made anew with it, but for people and organisations.
GROWING = (
    *(
        "command",
        "task",
        "status_update",
        "deadline",
        "assignment",
        "change",
        "holder",
        "task_past",
        "search",
    ),
    *("seal", "part"),
)
_NUMBERED = {"number": 1000, "id": 1000}
_NAMES = ("uid", "command", "task", "part", "base")
#: One word more in each text, by which few tasks are found.
_NAMED_ANEW = {
    "title": "x.title || ' s' || n",
    "title_key": "x.title_key || ' s' || n",
    "words": "x.words || ' s' || n",
}
#: By so many days each time is before the last one.
_APART = 3


def multiply(db: Postgres, times: int) -> None:
    """Add all the work so many times more, each time of days before, and let the server count."""
    with db.one_by_one() as driver, driver.transaction():
        driver.execute("SET LOCAL session_replication_role = replica")
        for table in GROWING:
            columns = [column.name for column in db.columns(table)]
            values = ", ".join(map(_made_anew, columns))
            names = ", ".join(columns)
            driver.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS x CROSS JOIN generate_series(1, {times}) AS n"
            )
        driver.execute(
            "INSERT INTO part (uid, command, task, nth, on_day, recorded_at, text, is_done) "
            "SELECT t.uid, t.command, t.uid, 1, t.opened_on, t.recorded_at, 'Phần', 0 FROM task AS t"
        )
    with db.one_by_one() as driver:
        # What is not on the disk yet counts as seen by nobody, and an index alone does not answer for it.
        driver.execute("SET synchronous_commit = on")
        driver.execute("CHECKPOINT")
        driver.execute("VACUUM ANALYZE")


def _made_anew(column: str) -> str:
    if column in _NUMBERED:
        return f"x.{column} + n * {_NUMBERED[column]}"
    if column in _NAMES:
        other = f"upper(left(md5(x.{column} || n), 26))"
        return f"CASE WHEN length(x.{column}) = 26 THEN {other} ELSE x.{column} END"
    if column == "recorded_at":
        earlier = f"x.recorded_at::timestamp - n * interval '{_APART} days' + n * interval '0.2 seconds'"
        return f'to_char({earlier}, \'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\')'
    if column in ("due", "first_due", "blocked_since") or column.endswith(("_on", "_day")):
        earlier = f"to_char(x.{column}::date - n * {_APART}, 'YYYY-MM-DD')"
        return f"CASE WHEN x.{column} < '3000' THEN {earlier} ELSE x.{column} END"
    return _NAMED_ANEW.get(column, f"x.{column}")


class Found(NamedTuple):
    """How a server finds the answer to a statement."""

    #: The indexes of growing tables that it goes by; those of keys end in `key`.
    indexes: frozenset[str]
    #: The growing tables that it reads whole.
    scanned: frozenset[str]


def found(db: Postgres, sql: str, params: Params) -> Found:
    """Ask a server how it finds the answer to a statement."""
    with db.one_by_one() as driver:
        ((plans,),) = driver.execute(f"EXPLAIN (FORMAT JSON) {spelled(sql)}", params or ()).fetchall()
    nodes = [*_nodes(plans[0]["Plan"])]
    scanned = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
    named = {node["Index Name"] for node in nodes if "Index Name" in node}
    return Found(
        frozenset(index for index in named if index.startswith(GROWING)),
        frozenset(scanned.intersection(GROWING)),
    )


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def statements(
    db: Postgres, asked: ContextRequest, now: datetime, call: Callable[[Context], object]
) -> list[tuple[str, Params]]:
    """Return what a command asks of a server, from the opening of its context on."""
    heard: list[tuple[str, Params]] = []
    sent = db._sent

    def listen(sql: str, params: Params | None = None) -> Any:
        if sql.startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            heard.append((sql, params or {}))
        return sent(sql, params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_sent", listen)
        call(open_context(db, asked, lambda: now))
    return heard
