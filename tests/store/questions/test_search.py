"""Search: what the store finds is what `model/search.py` means, on every day, on either engine, however it is looked for."""

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.plan import CitedDocument
from plantrack.model.text import clean_line
from plantrack.services.context import AsOf
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store import facts, people, search_rows
from plantrack.store.connection import Connection
from plantrack.store.derived_rows import rebuild
from plantrack.store.postgres.connection import Postgres, connect_server
from plantrack.store.questions import search
from plantrack.store.questions.search import SearchPlace
from plantrack.store.scope import among
from plantrack.store.sqlite.connection import SQLite
from tests.support.oracle import stood, whole_plan, withdrawn_commands
from tests.support.postgres import database_with_tables
from tests.support.postgres_server import PostgresServer
from tests.support.random_work import DAYS, IDS, Do, day, worked
from tests.support.searched import found, ranks_of
from tests.support.steps import PLAN, OpenContext, opened, said

LAST = day(12)


def place(db: SQLite, on: str = LAST, *, english: bool = False, indexed: bool = True) -> SearchPlace:
    return SearchPlace(PLAN, on, [person.name for person in people.people(db)], english, indexed)


def meant(db: SQLite, texts: list[str], where: SearchPlace) -> dict[str, int]:
    """Return the tasks in which each text is found, with their ranks, as `model/search.py` says it."""
    there = stood(db, PLAN, AsOf(where.day))
    own = {
        t.uid: [text for text in (*t.title[: 1 + where.english], *_said_of(t.document)) if text]
        + [*t.in_charge]
        for t in there
    }
    gone = withdrawn_commands(db)
    for u in facts.updates_in(db, whole_plan(PLAN)):
        if u.command not in gone and u.on <= where.day and u.task in own:
            own[u.task] += [
                x
                for x in (u.result, u.next, u.blocked, u.proposal, u.answered, u.reason, u.note, u.told_by)
                if x
            ]
    of_each = [ranks_of(text, own) for text in texts]
    return {
        uid: max(ranks[uid] for ranks in of_each) for uid in own if all(uid in ranks for ranks in of_each)
    }


def _said_of(document: CitedDocument | None) -> tuple[str | None, ...]:
    return (document.number, document.issuer, document.title and document.title.vi) if document else ()


def answered(db: Connection, texts: list[str], where: SearchPlace) -> dict[str, int]:
    """Return the same as the store answers it."""
    hits = found(db, where, texts)
    which = partial(among, prefix="u", values=sorted(hits))
    return search.ask_ranks(db, where, texts, which)() if hits else {}


# --- random texts ---

PIECES = (
    *("Hội", "hoi", "thảo", "HỘI", "đánh", "Đánh giá", "Đ", "d", "á", "a", "ơ̆", "tập huấn", "tâ\u0323p huấn", "uyền"),
    *(" ", " ", " ", "-", "_", "%", "'", "’", '"', "*", "^", "|", "+", "(", ")", ":", ";", "\\", "/", ".", "!", "–"),
    *("AND", "OR", "NOT", "NEAR(", "3", "15/7", "1e5", "12a", "0x", "\u0301", "\u0323", "ß", "ﬁ", "Ω", "中文", "й", "²", "½", "ʼ", "ñ"),
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)


def _is_typed(text: str) -> bool:
    try:
        return bool(clean_line(text, what="title"))
    except Failure:
        return False


TYPED = TEXTS.filter(_is_typed)
SAID = st.fixed_dictionaries(
    {"on": DAYS}, optional=dict.fromkeys(("result", "next", "proposal", "note", "told_by"), TYPED)
)
NAMES = st.sampled_from(["Lê Thảo", "Y Hội", "Hoi-An", "Đánh Ω"])
WORK = st.lists(
    st.one_of(
        st.builds(lambda t, on: Do(f"add {t}", lambda c: add(c, NewTask(t, area="3", on=on))), TYPED, DAYS),
        st.builds(lambda i, t: Do(f"edit {t}", lambda c: edit(c, [i], Corrections(title=t))), IDS, TYPED),
        st.builds(lambda i, t: Do(f"edit {t}", lambda c: edit(c, [i], Corrections(document=t and f"số 3 về việc {t}"))), IDS, st.just("") | TYPED),
        st.builds(lambda i, x: Do(f"update {i} {x}", lambda c: update(c, [i], TypedUpdate(**x))), IDS, SAID),
        st.builds(
            lambda i, p, on: Do(f"assign {i} {p}", lambda c: assign(c, [i], Roles(in_charge=(p,), on=on, instead=True, new_person=True))),
            IDS, NAMES, DAYS,
        ),
        st.just(Do("undo", lambda c: undo(c, None))),
    ),
    min_size=3,
    max_size=12,
)  # fmt: skip
#: Beginnings, middles and ends of what stands somewhere, and what stands nowhere.
SOUGHT = st.lists(TEXTS | st.sampled_from([p for p in PIECES if p.strip()]), min_size=1, max_size=6)


def cuts(db: SQLite, at: int) -> list[str]:
    """Return pieces of texts that are there, from a place on."""
    texts = [
        r[0]
        for r in db.query("SELECT title FROM task UNION SELECT result FROM status_update ORDER BY 1")
        if r[0]
    ]
    return [piece for text in texts for piece in (text[at % len(text) :][:4], text[: 1 + at % len(text)])][:6]


@given(WORK, SOUGHT, st.integers(0, 20))
def test_what_is_found_is_what_is_meant(made_once: Path, work: list[Do], sought: list[str], at: int) -> None:
    db = worked(made_once / "plantrack.db", work).db
    _compare(db, db, [[text] for text in (*sought, *cuts(db, at))] + [sought[:2]])


def _compare(db: SQLite, engine: Connection, filters: list[list[str]]) -> None:
    """Compare the answers of an engine, which has what `db` has, with what is meant."""
    for texts in filters:
        for on in (day(5), LAST):
            where = place(db, on)
            own = meant(db, texts, where)
            assert answered(engine, texts, where) == own, (texts, on)
            with (
                pytest.MonkeyPatch.context() as patch
            ):  # of none too many: every question is asked of the tasks
                patch.setattr(search, "MOST_RANKED", 0)
                assert answered(engine, texts, where) == own, (texts, on)
        assert answered(engine, texts, place(db, indexed=False)) == meant(db, texts, place(db)), texts
        english = place(db, english=True)
        assert answered(engine, texts, english) == meant(db, texts, english), texts


@given(WORK)
def test_made_again_it_is_what_was_written(made_once: Path, work: list[Do]) -> None:
    db = worked(made_once / "plantrack.db", work).db
    rows = "SELECT task, part, words FROM search ORDER BY task, part"
    written = db.query(rows)
    db.execute("UPDATE search SET words = ' gone'")
    rebuild(db)
    assert db.query(rows) == written
    assert {r[0] for r in db.query("SELECT COUNT(*) FROM task")} == {
        sum(part == "title" for _, part, _ in written)
    }


# --- PostgreSQL ---


@pytest.fixture(scope="module")
def postgres(postgres_server: PostgresServer) -> Iterator[Postgres]:
    with (
        database_with_tables(postgres_server) as address,
        contextlib.closing(connect_server(address)) as db,
    ):
        db.execute("SET session_replication_role = replica")  # rows are copied whole, in any order
        yield db


def _copy(db: SQLite, to: Postgres) -> None:
    for table in (
        "plan",
        "command",
        "withdrawn_command",
        "task",
        "task_past",
        "holder",
        "status_update",
        "search",
    ):
        to.driver.execute(f"DELETE FROM {table}")
        names = [r[0] for r in db.query("SELECT name FROM pragma_table_info(:table)", {"table": table})]
        rows = [dict(zip(names, row, strict=True)) for row in db.query(f"SELECT * FROM {table}")]
        if rows:
            to.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + n for n in names)})", rows
            )


@given(WORK, SOUGHT, st.integers(0, 20))
def test_postgresql_finds_the_same(
    made_once: Path, postgres: Postgres, work: list[Do], sought: list[str], at: int
) -> None:
    db = worked(made_once / "plantrack.db", work).db
    _copy(db, postgres)
    _compare(db, postgres, [[text] for text in (*sought, *cuts(db, at))] + [sought[:2]])


def test_postgresql_takes_the_rows_as_sqlite_does(
    db: SQLite, context_on: OpenContext, postgres: Postgres
) -> None:
    opened(context_on, "2024-07-01", "Tập huấn")
    _copy(db, postgres)
    for to in (db, postgres):
        ((task, *_),) = to.query("SELECT task FROM search")
        search_rows.insert_rows(
            to,
            [
                search_rows.SearchRow(task, "title", " hoi thao"),
                search_rows.SearchRow(task, "title_en", " workshop"),
            ],
        )
        assert to.query("SELECT id, part, words FROM search ORDER BY id") == [
            (1, "title", " hoi thao"),
            (3, "title_en", " workshop"),
        ]


# --- what is found ---


def words_found(db: SQLite, *texts: str, on: str = LAST, **how: Any) -> list[str]:
    """Return the titles of the tasks in which texts are found."""
    hits = found(db, place(db, on, **how), texts)
    return sorted(title for uid, title in db.query("SELECT uid, title FROM task") if uid in hits)


@pytest.mark.parametrize(
    "text", ["", "%", "_", "'", '"', "*", "!", "\u0301", "🎉", "NEAR(", "-", "a_b", "100%"]
)
def test_signs_of_an_engine_are_signs(db: SQLite, context_on: OpenContext, text: str) -> None:
    opened(context_on, "2024-07-01", "không có gì")
    said(context_on, "2024-07-02", "1", note="axb 1000")
    assert words_found(db, text) == (["không có gì"] if text == "100%" else [])


def test_people_are_those_of_the_day(db: SQLite, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Một", in_charge=("Lê Ánh",))
    assign(context_on("2024-07-05"), ["1"], Roles(in_charge=("Y Ban",), on="2024-07-05", instead=True))
    assert words_found(db, "anh", on="2024-07-04") == ["Một"]
    assert words_found(db, "anh", on="2024-07-05") == []
    assert words_found(db, "y ban", on="2024-07-05") == ["Một"]


def test_a_part_of_a_word_counts_only_where_nothing_begins_so(db: SQLite, context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Tuyên truyền")
    assert words_found(db, "yên") == ["Tuyên truyền"]
    opened(context_on, "2024-07-03", "Yên Bái", on="3/7/2024")
    assert words_found(db, "yên") == ["Yên Bái"]
    assert words_found(db, "yên", on="2024-07-02") == ["Tuyên truyền"]
    assert words_found(db, "tuyen t") == ["Tuyên truyền"]
    assert words_found(db, "yen tr") == ["Tuyên truyền"]


def test_the_index_is_asked_where_few_rows_have_the_words(
    db: SQLite, context_on: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        opened(context_on, "2024-07-01", f"Việc {n}")
    monkeypatch.setattr(search, "MOST_RANKED", 3)
    assert not search.look_for(db, place(db), ["viec"]).is_named
    assert search.look_for(db, place(db), ["viec", "viec 2"]).is_named
    assert not search.look_for(db, place(db), []).is_named
    assert not search.look_for(db, place(db), ["iệc"]).is_named
    assert search.look_for(db, place(db), ["viec 2", "không đâu"]).ways is None
    monkeypatch.setattr(search, "MOST_RANKED", 4)
    assert search.look_for(db, place(db), ["viec", "viec"]) == search.look_for(db, place(db), ["viec"])
    assert search.look_for(db, place(db), ["viec"]).is_named
