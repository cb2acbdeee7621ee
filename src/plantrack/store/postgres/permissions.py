"""What each group may write on a server, and under which condition: grants say which tables, policies which rows."""

from collections.abc import Iterator, Sequence
from typing import Final

from plantrack.model.named_tuple import NamedTuple
from plantrack.store.columns import CHANGEABLE
from plantrack.store.postgres.clock import LATEST
from plantrack.store.schema.text import made_names
from plantrack.store.server.roles import OF_REPORTERS
from plantrack.store.task_rows import DERIVED


class Permission(NamedTuple):
    """What a group may do with a table: which rights it is given, and for which rows."""

    table: str
    rights: Sequence[str]
    #: Of new rows, and of what is derived also as it is changed.
    new: str = "true"
    #: Of rows that are changed or deleted.
    old: str = "true"


#: What a role of a database may be only as long as `member` says so.
_IS: Final = "(SELECT member_role()) = '{role}'"
_ALL: Final = ("INSERT", "UPDATE", "DELETE")
_UNDER_WAY: Final = "is_under_way(command)"
_SIGNED: Final = "site = own_site() AND login = session_user"
_OWN: Final = f"{_SIGNED} AND author = session_user AND entered_by IS NULL"
#: Facts that stand under a command by its uid.
_UNDER_COMMANDS: Final = (
    *("seal", "arrival", "member_fact", "withdrawal", "plan_revision", "organisation_fact", "person"),
    *("person_fact", "task", "status_update", "deadline", "assignment", "part", "change"),
    *("indicator_value", "saved_filter", "imported_row", "import_mapping", "form_reading"),
)
_NOT_AHEAD: Final = f"recorded_at <= (SELECT {LATEST})"
_WITH_MOMENT: Final = {*_UNDER_COMMANDS, "command", "form", "delivery"} - {"seal"}
_MIRRORS: Final = ("plan", "area", "activity", "organisation", "member")
_OF_TASKS: Final = ("withdrawn_command", "task_past", "holder", "search")
_OPENED: Final = f"{_UNDER_WAY} AND EXISTS (SELECT 1 FROM task AS t WHERE t.uid = {{table}}.task AND t.command = {{table}}.command)"


def _derives(table: str) -> str:
    """Return who may write what is derived of a task: who may report on it, and who opened it with a report of theirs.

    Who takes that report back takes back its roles too. It is no function: inside one, another is planned for each row.
    """
    return (
        f"(may_report({table}.task, NULL, NULL) OR EXISTS (SELECT 1 FROM task AS t "
        f"WHERE t.uid = {table}.task AND is_own_report(t.command)))"
    )


_REPORTER: Final = (
    Permission("counter", ("INSERT", "UPDATE (used)"), "used BETWEEN 0 AND 1000", "may_count(name, used)"),
    Permission("salt", ("INSERT",)),
    Permission("command", ("INSERT",), f"{_OWN} AND verb IN ({{reports}}) AND is_taken('command', number)"),
    Permission("seal", ("INSERT",), _UNDER_WAY),
    Permission("withdrawal", ("INSERT",), f"{_UNDER_WAY} AND is_own_report(target)"),
    *(
        Permission(table, ("INSERT",), f"{_UNDER_WAY} AND may_report(task, on_day, command)")
        for table in ("status_update", "part")
    ),
    Permission(
        "change",
        ("INSERT",),
        f"{_UNDER_WAY} AND field IN ('opened_on', 'fell_out') AND may_report(task, NULL, command)",
    ),
    # The next task of a series comes with its deadline and its roles.
    *(
        Permission(table, ("INSERT",), f"on_day IS NULL AND {_OPENED.format(table=table)}")
        for table in ("deadline", "assignment")
    ),
    Permission(
        "task",
        ("INSERT", f"UPDATE ({', '.join([*DERIVED, 'opened_on', 'fell_out'])})"),
        f"{_UNDER_WAY} AND occurrence_of IS NOT NULL AND may_go_on(occurrence_of, command) "
        "AND is_taken('task', number)",
        "(may_report(uid, NULL, NULL) OR is_own_report(command))",  # as `_derives`
    ),
    Permission("withdrawn_command", _ALL, "is_own_report(command)", "is_own_report(command)"),
    Permission("holder", _ALL, f"was_given(task, role, party) AND {_derives('holder')}", _derives("holder")),
    *(Permission(table, _ALL, _derives(table), _derives(table)) for table in ("task_past", "search")),
)
_COORDINATOR: Final = (
    Permission("counter", ("INSERT", "UPDATE (used)")),
    Permission("salt", ("INSERT",)),
    Permission(
        "command",
        ("INSERT",),
        f"({_OWN} OR {_SIGNED} AND author <> session_user AND entered_by = session_user OR site <> own_site())",
    ),
    *(
        Permission(table, ("INSERT",), _UNDER_WAY)
        for table in _UNDER_COMMANDS
        if table not in ("task", "person")
    ),
    Permission(
        "plan_include",
        ("INSERT",),
        "is_under_way((SELECT r.command FROM plan_revision AS r "
        "WHERE r.plan = plan_include.plan AND r.revision = plan_include.revision))",
    ),
    *(Permission(table, ("INSERT",)) for table in ("form", "delivery")),
    Permission("task", ("INSERT", f"UPDATE ({', '.join([*sorted(CHANGEABLE), *DERIVED])})"), _UNDER_WAY),
    Permission("person", ("INSERT", "UPDATE (label, merged_into)"), _UNDER_WAY),
    *(Permission(table, _ALL) for table in (*_OF_TASKS, *_MIRRORS)),
    Permission(
        "meta",
        ("INSERT", "UPDATE (value, row_hash)"),
        "name IN ('last_backup', 'last_check')",
        "name IN ('last_backup', 'last_check')",
    ),
)
PERMISSIONS: Final = {"reporter": _REPORTER, "coordinator": _COORDINATOR}


def quoted(names: Sequence[str]) -> str:
    """Return texts as a list in SQL."""
    return ", ".join(f"'{name}'" for name in names)


def permissions() -> Iterator[str]:
    """Yield what gives the groups their rights, one statement at a time."""
    yield f"GRANT SELECT ON {', '.join(sorted(made_names('TABLE', 'VIEW')))} TO plantrack_viewer"
    for table in sorted(made_names("TABLE")):
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"CREATE POLICY {table}_is_read ON {table} FOR SELECT USING (true)"
    for role, given in PERMISSIONS.items():
        for one in given:
            yield f"GRANT {', '.join(one.rights)} ON {one.table} TO plantrack_{role}"
            yield from _policies(role, one)


def _policies(role: str, given: Permission) -> Iterator[str]:
    is_role = _IS.format(role=role)
    new = f"{is_role} AND {given.new.format(reports=quoted(OF_REPORTERS))}".removesuffix(" AND true")
    old = f"{is_role} AND {given.old}".removesuffix(" AND true")
    changed = new if "DELETE" in given.rights else old
    added = f"{new} AND {_NOT_AHEAD}" if given.table in _WITH_MOMENT else new
    texts = {
        "INSERT": f"WITH CHECK ({added})",
        "UPDATE": f"USING ({old}) WITH CHECK ({changed})",
        "DELETE": f"USING ({old})",
    }
    for verb in (right.split()[0] for right in given.rights):
        name = f"{given.table}_{verb.lower()}_by_{role}"
        yield f"CREATE POLICY {name} ON {given.table} FOR {verb} TO plantrack_{role} {texts[verb]}"
