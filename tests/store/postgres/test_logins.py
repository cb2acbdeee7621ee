"""The logins that a server has, and on which tasks each may report."""

import contextlib

from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.store.opening import open_database
from plantrack.store.postgres.logins import has_login, not_to_report
from tests.support.offices import Office


def test_groups_are_no_logins(office: Office) -> None:
    with contextlib.closing(open_database(DatabaseAddress(office.address("xem")))) as db:
        found = [has_login(db, name) for name in ("binh", "Binh", "plantrack_viewer", "khong-co", "")]
    assert found == [True, False, False, False, False]


def test_what_is_not_to_be_reported_is_named_by_its_day(office: Office) -> None:
    with contextlib.closing(open_database(DatabaseAddress(office.address("binh")))) as db:
        uids: dict[int, str] = dict(db.query("SELECT number, uid FROM task"))
        for day, foreign in (("2024-07-05", [("", 3)]), ("2024-07-20", [("", 3), ("", 5)])):
            assert not_to_report(db, {uids[n]: day for n in range(1, 6)}) == foreign
        assert not_to_report(db, {}) == []
