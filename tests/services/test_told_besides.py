"""What the history tells of commands besides tasks: it is read where it is asked for."""

from plantrack.services.told_besides import plan_facts
from plantrack.services.verbs.org import OrgParticulars, add
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, command_uids, opened


def test_what_commands_did_besides_tasks(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",))
    add(context_on("2024-07-02"), "so", OrgParticulars("Sở"))
    (applied, _, third) = command_uids(db, 1, 2, 3)
    told = plan_facts(context_on(), besides=True)
    assert list(told.revisions) == [applied]
    assert [change[:2] for change in told.parties[third]] == [("so", "name")]
    assert (told.measured, told.meant) == ({}, {})


def test_of_a_task_only_what_is_told_of_tasks_is_read(context_on: OpenContext) -> None:
    add(context_on("2024-07-02"), "so", OrgParticulars("Sở"))
    told = plan_facts(context_on(), besides=False)
    assert (told.parties, told.measured, told.meant) == ({}, {}, {})
