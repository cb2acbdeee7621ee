"""The mirrors of plans: made again from the revisions they are what applying them left, and nothing that is used goes."""

import pytest

from plantrack.store import plan_mirrors, plans
from plantrack.store.connection import Connection
from tests.support.steps import PLAN, OpenContext, opened


def kept(db: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(db.query(f"SELECT * FROM {table}"), key=repr) for table in plan_mirrors.MIRRORS}


def test_made_again_they_are_what_they_were(context_on: OpenContext, db: Connection) -> None:
    opened(context_on, "2024-07-01")
    before = kept(db)
    db.execute("UPDATE area SET title = 'khác'")
    db.execute("UPDATE organisation SET short = 'khác'")
    db.execute("INSERT INTO area SELECT plan, 'ND99', 99, title, 1 FROM area WHERE code = 'ND1'")
    assert kept(db) != before
    with db.atomic():
        plan_mirrors.derive_mirrors(db)
    assert kept(db) == before


@pytest.mark.parametrize("table", ["area", "activity", "organisation"])
def test_what_is_meant_is_told_of_each(context_on: OpenContext, db: Connection, table: str) -> None:
    (mirror,) = (one for one in plan_mirrors.mirrors(db) if one.table == table)
    assert sorted(mirror.rows, key=repr) == sorted(
        db.query(f"SELECT {', '.join(mirror.columns)} FROM {table}"), key=repr
    )


def test_the_year_of_a_plan_is_that_of_its_last_revision(db: Connection) -> None:
    ((year,),) = db.query("SELECT year FROM plan WHERE id = :id", {"id": PLAN})
    assert [(PLAN, year)] == plans.plan_years(db)
