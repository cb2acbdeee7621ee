"""What the server itself refuses whoever goes past the program: no right is the program's alone."""

import contextlib
from typing import Any

import pytest

from tests.support.offices import Office

#: Denied by a right that is missing, or by a policy; and by what keeps facts, whoever asks.
DENIED, KEPT = "42501", "23001"
#: The history, and what would change it.
HISTORY = (
    "command",
    "status_update",
    "assignment",
    "deadline",
    "change",
    "seal",
    "member_fact",
    "withdrawal",
)
CHANGES = ("UPDATE {0} SET recorded_at = recorded_at", "DELETE FROM {0}", "TRUNCATE {0} CASCADE")


def attempt(driver: Any, *statements: str) -> str:
    """Run statements in a transaction that is taken back; return the error's SQLSTATE, or how many rows the last one changed."""
    import psycopg

    try:
        for statement in (*([TAKE] if NUMBER in statements[0] else []), *statements):
            cursor = driver.execute(statement)
        return str(cursor.rowcount)
    except psycopg.Error as error:
        return error.sqlstate or str(error)
    finally:
        driver.rollback()


def command(
    login: str, verb: str = "update", author: str = "", entered_by: str = "NULL", site: str = ""
) -> str:
    """Return what records a command under a uid that all of these tests know."""
    return (
        "INSERT INTO command (uid, site, number, verb, author, entered_by, login, recorded_at) "
        f"VALUES ('{UID}', '{site}', {NUMBER}, '{verb}', '{author or login}', {entered_by}, '{login}', '{MOMENT}')"
    )


def update(number: int, day: str = "2024-07-20", by: str = "'01J1RJQ58MFXD3J03H355ZCV95'") -> str:
    """Return what reports on a task, under that command or another one."""
    return (
        "INSERT INTO status_update (uid, command, task, on_day, recorded_at, result) "
        f"SELECT '{UID}', {by}, t.uid, '{day}', '{MOMENT}', 'x' FROM task AS t WHERE t.number = {number}"
    )


#: A number is taken first, as the program does it.
NUMBER = "(SELECT k.used FROM counter AS k WHERE k.name = 'command')"
TAKE = "UPDATE counter SET used = used + 1 WHERE name = 'command'"
MOMENT = "2024-07-20T01:23:45.678Z"
UID = "01J1RJQ58MFXD3J03H355ZCV95"
LAST = "(SELECT c.uid FROM command AS c ORDER BY c.number DESC LIMIT 1)"
MINE = command("binh")
NEW_TASK = (
    "INSERT INTO task (uid, number, plan, command, recorded_at, area, title, opened_on, settled_on) "
    f"VALUES ('{UID}', 1, 'kh-1', '{UID}', '{MOMENT}', 'ND1', 'x', '2024-07-20', '2024-07-20')"
)
OF_SERIES = (
    "INSERT INTO task (uid, number, plan, command, recorded_at, area, title, opened_on, settled_on, "
    f"occurrence_of) SELECT '{UID}', 1, 'kh-1', '{UID}', '{MOMENT}', 'ND1', 'x', '2024-07-20', "
    "'2024-07-20', t.uid FROM task AS t WHERE t.number = 3"
)
LEAD = (
    "INSERT INTO assignment (uid, command, task, role, organisation, recorded_at, holds) "
    f"SELECT '{UID}', '{UID}', t.uid, 'lead', 'hn', '{MOMENT}', 1 FROM task AS t WHERE t.number = 3"
)
TASK = "(SELECT t.uid FROM task AS t WHERE t.number ="
PAST = (
    "INSERT INTO task_past (task, first_day, last_day, status) "
    "SELECT t.uid, '2023-01-01', '2023-01-02', 'done' FROM task AS t WHERE t.number = {}"
)
HOLDER = (
    "INSERT INTO holder (task, role, party, first_day, last_day) "
    "SELECT t.uid, 'lead', 'hn', '2024-07-01', '9999-12-31' FROM task AS t WHERE t.number = 3"
)
PUBLIC_COMMAND = (
    "INSERT INTO public.command (uid, number, verb, author, login, recorded_at) "
    f"VALUES ('{UID}', {NUMBER}, 'update', 'binh', 'binh', '{MOMENT}')"
)
WITHDRAWAL = (
    f"INSERT INTO withdrawal (command, target, recorded_at) SELECT '{UID}', c.uid, '{MOMENT}' "
    "FROM command AS c WHERE c.number = 2"
)
#: Who, what they run, and what comes of it.
CASES: dict[str, tuple[str, tuple[str, ...], str]] = {
    **{
        f"{who} {change.split()[0]} {table}": (who, (change.format(table),), KEPT if who == "chu" else DENIED)
        for who in ("binh", "lan", "xem", "chu")
        for table in HISTORY
        for change in CHANGES
        if table != "seal" or not change.startswith("UPDATE")
    },
    "a reporter reports on its own": ("binh", (MINE, update(1)), "1"),
    "of a unit of it": ("binh", (MINE, update(2)), "1"),
    "where it coordinates": ("binh", (MINE, update(4)), "1"),
    "of days when it led": ("binh", (MINE, update(5, "2024-07-05")), "1"),
    "and no longer": ("binh", (MINE, update(5)), DENIED),
    "of another's": ("binh", (MINE, update(3)), DENIED),
    "a unit's parent is not its own": ("chi", (command("chi"), update(2)), DENIED),
    "signing as another": ("binh", (command("binh", author="chi"),), DENIED),
    "under another login": ("binh", (command("chi"),), DENIED),
    "for somebody else": ("binh", (command("binh", author="chi", entered_by="'binh'"),), DENIED),
    "as if from another site": ("binh", (command("binh", site="HN"),), DENIED),
    "ahead of everybody": ("binh", (MINE.replace("2024-07-20T", "9998-07-20T"),), DENIED),
    "a fact ahead of everybody": ("binh", (MINE, update(1).replace("2024-07-20T", "9998-07-20T")), DENIED),
    "a coordinator ahead of everybody": (
        "lan",
        (command("ba", site="HN").replace("2024-07-20T", "9998-07-20T"),),
        DENIED,
    ),
    "what an owner brings back": ("chu", (command("chu").replace("2024-07-20T", "9998-07-20T"),), "1"),
    "as another verb": ("binh", (command("binh", verb="add"),), DENIED),
    "under another's command": ("binh", (update(1, by=LAST),), DENIED),
    "a number that was not taken": ("binh", (MINE.replace(NUMBER, "99999"),), DENIED),
    "numbers by the million": ("binh", ("UPDATE counter SET used = 2000000000",), DENIED),
    "numbers given back": ("binh", ("UPDATE counter SET used = 1",), DENIED),
    "the title": ("binh", ("UPDATE task SET title = 'x' WHERE number = 1",), DENIED),
    "what is derived of its own": ("binh", ("UPDATE task SET percent = 5 WHERE number = 1",), "1"),
    "what is derived of another's": ("binh", ("UPDATE task SET percent = 5 WHERE number = 3",), "0"),
    "what is found of its own": (
        "binh",
        (f"UPDATE search SET words = 'x' WHERE task = {TASK} 1) AND part = 'title'",),
        "1",
    ),
    "what is found of another's": ("binh", (f"UPDATE search SET words = 'x' WHERE task = {TASK} 3)",), "0"),
    "who holds another's": ("binh", (f"DELETE FROM holder WHERE task = {TASK} 3)",), "0"),
    "another's past, added": ("binh", (PAST.format(3),), DENIED),
    "its own past, added": ("binh", (PAST.format(1),), "1"),
    "a task": (
        "binh",
        (
            command("binh"),
            NEW_TASK,
        ),
        DENIED,
    ),
    "a task of another's series": (
        "binh",
        (
            command("binh"),
            OF_SERIES,
        ),
        DENIED,
    ),
    "the lead": (
        "binh",
        (
            MINE,
            LEAD,
        ),
        DENIED,
    ),
    "the lead, derived": (
        "binh",
        (HOLDER,),
        DENIED,
    ),
    "another's holder made its own": ("binh", ("UPDATE holder SET party = 'hn' WHERE party = 'th'",), DENIED),
    "its own holder made to last": (
        "binh",
        (
            "UPDATE holder SET last_day = '9999-12-31' WHERE party = 'hn' AND last_day = '2024-07-09'",
            TAKE,
            MINE,
            update(5),
        ),
        DENIED,
    ),
    "of days when it led, whatever holders say": (
        "binh",
        ("DELETE FROM holder", TAKE, MINE, update(5, "2024-07-05")),
        "1",
    ),
    "that unassigning was taken back": (
        "binh",
        ("INSERT INTO withdrawn_command SELECT a.command, 1 FROM assignment AS a WHERE a.holds = 0",),
        DENIED,
    ),
    "joining another organisation": ("binh", ("UPDATE member SET organisation = 'th'",), DENIED),
    "a role of its own": ("binh", ("UPDATE member SET server_role = 'coordinator'",), DENIED),
    "a member": ("binh", ("INSERT INTO member VALUES ('la', 'viewer', NULL)",), DENIED),
    "the function that lets in": ("binh", ("SELECT set_member('binh', 'coordinator')",), DENIED),
    "the groups": ("binh", ("GRANT plantrack_coordinator TO binh",), DENIED),
    "becoming a coordinator": ("binh", ("SET ROLE plantrack_coordinator",), DENIED),
    "becoming another": ("binh", ("SET SESSION AUTHORIZATION lan",), DENIED),
    "the parents": ("binh", ("UPDATE organisation SET parent = 'hn' WHERE id = 'th'",), DENIED),
    "the guards": ("binh", ("ALTER TABLE command DISABLE TRIGGER ALL",), DENIED),
    "replication": ("binh", ("SET session_replication_role = replica",), DENIED),
    "a table in the way": (
        "binh",
        (
            "CREATE TEMP TABLE member AS SELECT 'binh' AS login, 'coordinator' AS server_role, 'th' AS organisation",
            "CREATE TEMP TABLE organisation AS SELECT 'th' AS id, NULL AS same_as, 'hn' AS parent",
            TAKE,
            PUBLIC_COMMAND,
            update(3),
        ),
        DENIED,
    ),
    "a function in the way": (
        "chu",
        (
            "CREATE FUNCTION format(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT 'DROP TABLE salt' $$",
            "SELECT set_member('la', 'viewer')",
        ),
        "1",
    ),
    "a function of its own": (
        "lan",
        ("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT '' $$",),
        DENIED,
    ),
    "taking back another's command": (
        "binh",
        (
            command("binh", verb="undo"),
            WITHDRAWAL,
        ),
        DENIED,
    ),
    "another's command counts no more": (
        "binh",
        ("INSERT INTO withdrawn_command SELECT c.uid, 1 FROM command AS c WHERE c.number = 2",),
        DENIED,
    ),
    "what a database says of itself": ("binh", ("UPDATE meta SET value = 'x'",), DENIED),
    "reading is for members": ("la", ("SELECT 1 FROM command",), DENIED),
    "a viewer signs nothing": ("xem", (command("xem"),), DENIED),
    "a viewer holds up nobody": ("xem", ("SELECT used FROM counter FOR UPDATE",), DENIED),
    "a viewer derives nothing": ("xem", ("DELETE FROM holder",), DENIED),
    "a coordinator": ("lan", (command("lan", verb="add"),), "1"),
    "for whom a coordinator records": ("lan", (command("lan", author="chi", entered_by="'lan'"),), "1"),
    "a coordinator as another": ("lan", (command("lan", author="chi"),), DENIED),
    "a coordinator under another login": ("lan", (command("chi"),), DENIED),
    "what came from a site": ("lan", (command("ba", site="HN"),), "1"),
    "under a sealed command": ("lan", (update(1, by=LAST),), DENIED),
    "a coordinator's guards": ("lan", ("ALTER TABLE command DISABLE TRIGGER ALL",), DENIED),
    "a coordinator as the owner": ("lan", ("SET ROLE chu",), DENIED),
    "where the data went": ("lan", ("UPDATE meta SET value = 'x' WHERE name = 'version'",), "0"),
    "that it went": ("lan", ("INSERT INTO meta VALUES ('moved', '{}', repeat('0', 64))",), DENIED),
}


@pytest.mark.no_cover
@pytest.mark.parametrize(("who", "statements", "outcome"), CASES.values(), ids=CASES)
def test_what_the_server_allows(
    office: Office, drivers: dict[str, Any], who: str, statements: tuple[str, ...], outcome: str
) -> None:
    """Rights are the server's: whoever has psql has no more of them."""
    if who == "la":
        import psycopg

        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            office.connect("la")
        return
    assert attempt(drivers[who], *statements) == outcome


@pytest.fixture(scope="module")
def drivers(office_made: Office) -> Any:
    """A connection for each of those who may come in, past the program."""
    with contextlib.ExitStack() as stack:
        yield {
            login: stack.enter_context(office_made.connect(login))
            for login in ("chu", "lan", "binh", "chi", "xem")
        }
