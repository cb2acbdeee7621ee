"""On which engines the tests of the store and of the services run (on both, but for what is said here), and how each is treated."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from plantrack.services.workspace import DatabasePlace
from plantrack.store.connection import Connection
from plantrack.store.postgres.connection import Postgres
from plantrack.store.sqlite.connection import SQLite

TESTS = Path(__file__).parents[1]
ENGINES = ("sqlite", "postgres")
#: The folders, files and tests that are about a file alone, each with what of it; all others have both engines.
ON_FILES: dict[str, str] = {
    "store/sqlite": "what only a file has",
    "store/place": "where a file lies",
    "store/copying": "both engines at once",
    **dict.fromkeys(
        (
            "store/test_indexes.py",
            "store/questions/test_plan_tasks.py::test_they_are_found_by_their_codes_and_their_holders",
            "store/questions/test_task_source.py::test_of_a_past_day_open_work_is_walked_by_its_index",
            "store/test_derived_rows.py::test_only_what_became_otherwise_is_written",
            "services/test_plan_effects.py::test_however_many_tasks_there_are_those_that_a_change_touches_are_asked_for",
            "services/test_task_order.py::test_an_order_of_the_store_reads_only_what_is_shown",
            "services/writing/test_command_writer.py",
            "services/writing/test_party_names.py::test_where_nobody_is_called_otherwise_nothing_is_written",
            "store/test_portable.py::test_updates_are_walked_by_task_and_not_looked_up_by_day",
        ),
        "how SQLite finds an answer, and which statements it is asked",
    ),
    **dict.fromkeys(
        (
            "store/exchange/test_restorations.py",
            "store/copying/test_marks.py",
            "store/copying/test_whole_tables.py::test_whatever_differs_is_seen",
            "store/copying/test_whole_tables.py::test_texts_come_in_the_order_of_their_code_points",
            "store/copying/test_whole_tables.py::test_a_nul_sign_is_named",
            "store/test_connection.py::test_a_database_that_was_moved_is_read_and_not_written",
            "store/test_deliveries.py::test_a_ledger_that_cannot_be_written_is_refused_and_any_other_stays_as_it_is",
            "store/test_known.py::test_a_database_that_may_only_be_read_is_shown_too",
            "store/test_known.py::test_another_connection_sees_nothing_of_it",
            "services/test_checked_copy.py",
            "services/test_rows_into_file.py",
            "services/forms/test_form_file.py",
            "services/test_new_database.py",
            "services/test_plan_files.py",
            "services/writing/test_run_command.py::test_a_body_that_runs_twice_leaves_the_same_facts",
            "services/test_odd_input.py::test_a_failure_half_way_leaves_nothing",
            "services/test_still_named.py",
            "services/verbs/copies",
            "services/verbs/exchange/test_form.py::test_a_form_of_another_workspace_is_refused",
            "services/verbs/exchange/test_import_table.py::test_rows_that_others_imported_meanwhile_are_not_written_twice",
            "services/verbs/exchange/test_import_table.py::test_rows_that_others_imported_while_the_file_was_read_are_not_written_twice",
            "services/verbs/plan/test_new.py",
            "services/verbs/plan/test_new_lists.py",
            "services/verbs/test_list.py::test_more_hits_than_are_put_in_order_come_by_due_day_and_say_so",
            "services/verbs/test_log.py::test_a_long_log_is_read_as_far_as_it_is_asked_for",
            "services/verbs/test_log.py::test_of_the_newest_commands_little_more_is_read_than_they_tell",
            "services/verbs/test_log_fields.py",
            "services/verbs/test_anonymise.py::test_the_bytes_are_gone_from_the_file_and_its_log",
            "services/verbs/test_anonymise.py::test_who_works_by_the_names_of_before_is_refused",
            "services/verbs/test_anonymise.py::test_while_others_read_it_is_said_that_something_is_left",
            "services/verbs/test_anonymise.py::test_killed_at_any_statement_all_is_as_before_or_done",
            "services/verbs/test_anonymise.py::test_a_database_that_was_upgraded_is_true_to_its_seals_too",
            "services/verbs/test_anonymise.py::test_what_still_holds_the_name_is_found",
            "services/verbs/test_db.py",
        ),
        "a second file, its bytes, or one that may not be written",
    ),
    **dict.fromkeys(
        (
            "store/schema/test_identity.py::test_what_is_made_otherwise_has_another_hash",
            "store/schema/test_identity.py::test_what_others_put_beside_it_is_theirs",
            "store/checks/test_quick_look.py::test_what_is_seen_at_a_glance",
            "store/checks/test_soundness.py::test_a_line_whose_name_is_no_text_is_made_good",
            "store/exchange/test_fact_reading.py::test_the_order_of_rows_in_the_file_does_not_matter",
            "services/verbs/test_db_check.py",
        ),
        "damage in the words of SQLite; that of a server is in tests/store/postgres",
    ),
    **dict.fromkeys(
        (
            "store/questions/test_search.py::test_postgresql_takes_the_rows_as_sqlite_does",
            "store/test_facts.py::test_nothing_is_written_of_nothing",
            "services/verbs/test_list.py::test_reading_changes_nothing",
            "store/test_known.py::test_what_is_shown_is_not_made_again_for_the_same_moment",
        ),
        "what the driver of SQLite counts, or both at once",
    ),
    **dict.fromkeys(
        (
            "services/verbs/test_anonymise.py::test_who_hides_their_own_name_is_not_named_by_that",
            "store/test_commands.py::test_a_command_is_found_by_its_number_and_its_author",
            "store/test_commands.py::test_who_typed_a_command_is_kept_beside_its_author",
        ),
        "who types, which a server tells itself: tests/store/postgres",
    ),
    **dict.fromkeys(
        (
            "store/questions/test_filter_fields.py::test_as_many_terms_as_a_filter_may_have_are_asked",
            "store/exchange/test_restoring.py",
            "store/test_plans.py::test_any_plan_is_read_as_it_was_applied",
            "services/verbs/test_report_property.py",
            "services/writing/test_occurrences_order.py::test_nothing_waits_for_itself",
        ),
        "slow: hundreds of statements, or of long ones, each planned anew on a server",
    ),
}


def engines_of(test: pytest.Function, fixtures: Collection[str]) -> tuple[str, ...]:
    """Return the engines that a test with a database runs on, by where it is and what it uses."""
    place = test.path.relative_to(TESTS)
    # What runs the program has its database where the program has it: in the file of the folder.
    if place.parts[0] not in ("store", "services") or "run" in fixtures:
        return ENGINES[:1]
    names = {str(place), f"{place}::{test.originalname}", *map(str, place.parents)}
    return ENGINES[:1] if names & ON_FILES.keys() else ENGINES


def once_more_on_a_server(tests: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield the tests of the services that have been on a server, with other values.

    Those change what is typed, and seldom what the database is asked: one value each time, and all where proofs are run.
    """
    seen = set[str]()
    for test in tests:
        values = getattr(test, "callspec", None)
        if values is None or values.params.get("engine") != ENGINES[1] or "services" not in test.path.parts:
            continue
        name = test.nodeid.split("[", 1)[0]
        if name in seen:
            yield test
        seen.add(name)


def home(db: Connection) -> DatabasePlace:
    """Return where a database is, as a workspace names it."""
    if isinstance(db, Postgres):
        return db.address
    assert isinstance(db, SQLite)
    return db.path


@contextmanager
def taken_back(db: Connection) -> Iterator[None]:
    """Take back what is written inside: the examples of a test share one database."""
    if isinstance(db, Postgres):
        db.snapshot()
        try:
            yield
        finally:
            db._roll_back(Exception())
        return
    db.execute("SAVEPOINT one")
    try:
        yield
    finally:
        db.execute("ROLLBACK TO one")
        db.execute("RELEASE one")


def let_past_the_schema(db: Connection) -> None:
    """Let from here on be done what no key of another table and no guard would have: by whoever owns all."""
    on_server = isinstance(db, Postgres)
    db.execute("SET session_replication_role = replica" if on_server else "PRAGMA foreign_keys = OFF")
