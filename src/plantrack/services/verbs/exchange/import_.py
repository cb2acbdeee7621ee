"""Take in what a file has: a whole export, from which an empty database is restored."""

from contextlib import closing
from pathlib import Path

from plantrack.errors import Failure, failing_as
from plantrack.model.views.workspace import Restored
from plantrack.services.export_file import is_export, open_export
from plantrack.services.new_database import clean_up_on_failure, ignore_database, make_tables, open_or_create
from plantrack.services.workspace import Workspace
from plantrack.store.advance import Advance, unheard
from plantrack.store.commands import last_number
from plantrack.store.exchange.restoring import restore


def import_file(file: Path, workspace: Workspace, advance: Advance = unheard) -> Restored:
    """Restore a workspace's database from a whole export: each command as it was, and none more.

    The database may not be there yet, or must have no command; on failure it is as it was.

    Raises: import-unknown; those of `restore_database`.
    """
    if not is_export(file):
        raise Failure("import-unknown", file=str(file))
    return restore_database(file, workspace, advance)


def restore_database(file: Path, workspace: Workspace, advance: Advance) -> Restored:
    """Restore all facts of an export, in one transaction.

    Raises: database-not-empty, folder-not-writable, import-to-server; those of `open_export`, `open_or_create`.
    """
    if not isinstance(workspace.database, Path):
        raise Failure("import-to-server", file=str(file), address=str(workspace.database))
    target, folder = workspace.database, workspace.root
    with (
        open_export(file) as (head, lines),
        failing_as("folder-not-writable", folder=str(folder)),
        clean_up_on_failure(target) as made,
    ):
        db, _ = open_or_create(target, made)
        with closing(db), db.tables_apart(), db.atomic():
            if not make_tables(db) and last_number(db):
                raise Failure("database-not-empty", file=db.name)
            ignore_database(folder, made)
            restore(db, str(file), head, lines, advance)
    counts = head.counts
    return Restored(target, counts["command"], counts["task"], counts["status_update"], head.sha256)
