"""A file copied into another one, page by page: people may work in both."""

from contextlib import closing
from pathlib import Path
from typing import Final

from plantrack.errors import Failure
from plantrack.model.views.workspace import DbCopy
from plantrack.services.checked_copy import checked_copy
from plantrack.services.verbs.copies.copy_target import Copier, CopyTarget, empty_place, full_name
from plantrack.store import commands
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import refuse_moved
from plantrack.store.copying.marks import copy_of, is_to_read, let_write, mark
from plantrack.store.exchange.fact_reading import fact_digest
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.store.sqlite.file_copy import log_in_memory

#: The share of the work that reading all facts of the source takes.
_OF_READING: Final = 0.3


def copy_file(source: Path, target: CopyTarget, copier: Copier, advance: Advance = unheard) -> DbCopy:
    """Copy a file; the facts of both are compared before the copy gets its name.

    The copy has an id of its own, so that neither database makes room among the backups of the other.

    Raises: copy-differs, database-moved, file-exists, output-failed; those of `checked_copy`, `empty_place`, `take`; what
    `connect` fails with.
    """
    with closing(connect(source)) as db:
        if not (copier.keep_source or is_to_read(db)):
            refuse_moved(db)
        place = empty_place(db, target, to_read=copier.keep_source)
        db.snapshot()
        facts = fact_digest(db, None, scaled(advance, 0, _OF_READING))

        def compare_and_finish(copied: SQLite) -> None:
            if fact_digest(copied) != facts:
                raise Failure("copy-differs", file=str(target.place))
            log_in_memory(copied)
            with copied.atomic(moved=True):
                let_write(copied, own_id=True)
                if copier.keep_source:
                    mark(copied, copy_of(db, full_name(source), copier.by, copier.now))

        place.take(
            checked_copy(db, scaled(advance, _OF_READING, 1), compare_and_finish, to_work_in=True), source
        )
        return DbCopy(
            source=full_name(source),
            target=full_name(target.place),
            size=place.file.stat().st_size,
            commands=commands.last_number(db),
            sha256=facts.sha256,
            to_read=copier.keep_source,
            site_of_both="" if copier.keep_source else db.told.site,
        )
