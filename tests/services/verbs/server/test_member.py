"""Members: recorded like anything else, taken back like anything else, and known to the server."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from plantrack.errors import Failure
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs.log import log
from plantrack.services.verbs.server.init import init_server
from plantrack.services.verbs.server.member import add_member, list_members, remove_member
from plantrack.services.verbs.undo import undo
from plantrack.store.checks.soundness import differences
from plantrack.store.connection import Connection
from plantrack.store.derived_rows import rebuild
from plantrack.store.opening import open_database
from plantrack.store.postgres.logins import set_member
from plantrack.store.postgres.new_database import script_for_keeper
from plantrack.store.server.members import Member, members
from plantrack.store.sqlite.connection import connect
from tests.conftest import Hands
from tests.support.offices import Office


@pytest.fixture
def db(office: Office) -> Iterator[Connection]:
    with contextlib.closing(open_database(DatabaseAddress(office.address("lan")))) as found:
        yield found


def sit(db: Connection, office: Office) -> Any:
    return open_context(db, ContextRequest(author=db.told.login), office.clock)


def groups_of(office: Office, login: str) -> set[str]:
    """Return the groups of a login, and whether it may open the database."""
    with contextlib.closing(office.server.admin()) as admin:
        rows = admin.execute(
            "SELECT g.rolname FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid "
            "JOIN pg_roles AS r ON r.oid = m.member WHERE r.rolname = %s "
            "UNION SELECT 'connect' WHERE has_database_privilege(%s, %s, 'CONNECT')",
            (login, login, office.name),
        ).fetchall()
    return {name.removeprefix("plantrack_") for (name,) in rows}


def test_a_role_is_given_changed_taken_back_and_removed(office: Office, db: Connection) -> None:
    assert groups_of(office, "la") == set()
    done = add_member(sit(db, office), "la", "báo cáo", "Tỉnh HN")
    assert (done.line[:3], done.before) == (("la", "reporter", "hn"), None)
    assert groups_of(office, "la") == {"reporter", "connect"}
    changed = add_member(sit(db, office), "la", "viewer")
    assert changed.before == Member("la", "reporter", "hn")
    assert groups_of(office, "la") == {"viewer", "connect"}
    undo(sit(db, office), None)
    assert groups_of(office, "la") == {"reporter", "connect"}
    assert Member("la", "reporter", "hn") in members(db)
    remove_member(sit(db, office), "la")
    assert groups_of(office, "la") == set()
    assert "la" not in [line.login for line in list_members(sit(db, office)).members]
    told = [(e.field, e.old, e.new) for e in log(sit(db, office)).entries if e.field == "member"]
    assert told[-3:] == [
        ("member", None, "la: reporter (hn)"),
        ("member", "la: reporter (hn)", "la: viewer"),
        ("member", "la: reporter (hn)", None),
    ]
    assert list(differences(db)) == []


def test_the_same_again_records_nothing_and_gives_the_rights_again(office: Office, db: Connection) -> None:
    with contextlib.closing(office.server.admin()) as admin:
        admin.execute("REVOKE plantrack_viewer FROM xem")
    done = add_member(sit(db, office), "xem", "viewer")
    assert done.written.command is None
    assert groups_of(office, "xem") == {"viewer", "connect"}


def test_whoever_makes_the_database_again_gives_all_their_rights_again(office: Office) -> None:
    with contextlib.closing(office.server.admin()) as admin:
        admin.execute("SET ROLE chu")
        admin.execute(f"REVOKE CONNECT ON DATABASE {office.name} FROM binh")
        admin.execute("RESET ROLE")
        admin.execute("REVOKE plantrack_reporter FROM binh")
    assert groups_of(office, "binh") == set()
    assert not init_server(DatabaseAddress(office.address("xem")), office.folder, str).renewed
    made = init_server(DatabaseAddress(office.address("chu")), office.folder, str, office.clock)
    assert (made.is_new, made.renewed) == (False, ("binh", "chi", "lan", "xem"))
    assert groups_of(office, "binh") == {"reporter", "connect"}


def test_who_owns_one_database_of_a_server_is_nobody_in_another(office: Office, tmp_path: Path) -> None:
    with contextlib.closing(office.server.admin()) as admin:
        admin.execute("CREATE ROLE ma LOGIN")
        admin.execute(script_for_keeper("ma"))
        admin.execute("CREATE DATABASE elsewhere TEMPLATE template0 OWNER ma")
        try:
            assert init_server(
                DatabaseAddress(office.server.address("elsewhere", "ma")), tmp_path, str
            ).is_new
            with pytest.raises(Failure, match="not-member"):
                open_database(DatabaseAddress(office.address("ma")))
            admin.execute(f"GRANT CONNECT ON DATABASE {office.name} TO ma")
            with (
                contextlib.closing(psycopg.connect(office.address("ma"))) as driver,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                driver.execute("SELECT set_member('ma', 'coordinator')")
        finally:
            admin.execute(f"REVOKE CONNECT ON DATABASE {office.name} FROM ma")
            admin.execute("DROP DATABASE elsewhere WITH (FORCE)")
            admin.execute("DROP ROLE ma")


def test_the_owner_is_shown_as_such_and_has_no_role(office: Office, db: Connection) -> None:
    found = [(one.login, one.server_role) for one in list_members(sit(db, office)).members]
    assert found[:3] == [("chu", "owner"), ("binh", "reporter"), ("chi", "reporter")]
    with pytest.raises(Failure, match="member-is-owner"):
        add_member(sit(db, office), "chu", "viewer")
    with pytest.raises(Failure, match="member-is-owner"):
        remove_member(sit(db, office), "chu")


def test_nobody_takes_away_their_own_role(office: Office, db: Connection) -> None:
    (first,) = db.query(
        "SELECT 'c' || number AS label FROM command WHERE verb = 'member add' ORDER BY number LIMIT 1"
    )
    works: tuple[Callable[[Any], object], ...] = (
        lambda at: remove_member(at, "lan"),
        lambda at: add_member(at, "lan", "viewer"),
        lambda at: undo(at, *first),
    )
    for work in works:
        with pytest.raises(Failure, match="member-oneself"):
            work(sit(db, office))
    assert groups_of(office, "lan") == {"coordinator", "connect"}


def test_an_owner_keeps_what_it_gives_away(office: Office, db: Connection) -> None:
    for role in ("viewer", ""):
        with db.atomic():
            set_member(db, "chu", role)
    assert groups_of(office, "chu") == {"viewer", "reporter", "coordinator", "connect"}


def test_a_group_is_no_login(office: Office, db: Connection) -> None:
    with db.atomic():
        set_member(db, "plantrack_reporter", "coordinator")
    assert groups_of(office, "plantrack_reporter") == {"viewer"}


def test_a_group_that_another_database_needs_stays(office: Office, db: Connection) -> None:
    with contextlib.closing(office.server.admin()) as admin, office.server.database() as other:
        admin.execute(f"GRANT CONNECT ON DATABASE {other.rpartition('/')[2]} TO la")
        add_member(sit(db, office), "la", "viewer")
        remove_member(sit(db, office), "la")
        assert groups_of(office, "la") == {"viewer"}
    add_member(sit(db, office), "la", "viewer")
    remove_member(sit(db, office), "la")
    assert groups_of(office, "la") == set()


def test_what_was_written_past_the_program_is_found_and_made_again(office: Office) -> None:
    own = DatabaseAddress(office.address("chu"))
    with (
        contextlib.closing(open_database(own)) as db,
        contextlib.suppress(ZeroDivisionError),
        db.atomic(),
    ):
        db.execute("UPDATE member SET server_role = 'viewer', organisation = NULL WHERE login = 'binh'")
        db.execute("INSERT INTO member VALUES ('ma', 'coordinator', NULL)")
        found = {(one.kind, one.of, one.name) for one in differences(db)}
        assert found == {("other", "member", "binh"), ("extra", "member", "ma")}
        rebuild(db)
        assert list(differences(db)) == []
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("login", "role", "organisation", "code"),
    [
        ("khong-co", "viewer", None, "login-missing"),
        ("la", "giám đốc", None, "unknown-role"),
        ("la", "reporter", None, "member-needs-organisation"),
        ("la", "viewer", "hn", "member-without-organisation"),
        ("la", "reporter", "xyz", "unknown-organisation"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, db: Connection, login: str, role: str, organisation: str | None, code: str
) -> None:
    with pytest.raises(Failure, match=code):
        add_member(sit(db, office), login, role, organisation)


def test_nobody_is_removed_who_is_no_member(office: Office, db: Connection) -> None:
    with pytest.raises(Failure, match="unknown-member"):
        remove_member(sit(db, office), "la")


def test_a_file_has_no_members(workspace: Path, clock: Hands) -> None:
    with contextlib.closing(connect(workspace / "plantrack.db")) as file:
        context = open_context(file, ContextRequest(author="Người thử"), clock)
        for work in (
            list_members,
            lambda at: add_member(at, "la", "viewer"),
            lambda at: remove_member(at, "la"),
        ):
            with pytest.raises(Failure, match="server-only"):
                work(context)
