"""A database opened for a glance: to be read at once, or not at all."""

import os
from pathlib import Path

from plantrack.store.sqlite.connection import SQLite, check_identity, hear_what_it_tells
from plantrack.store.sqlite.file import exists, open_file, translate_errors


def glance_at_file(path: Path) -> SQLite:
    """Open a database only to read it: nothing is waited for, and nothing is made beside the file.

    What stands in a log is read with it. Without one the file is read as it lies, under no lock: whoever writes
    meanwhile writes into a log.

    Fails as `connect` does.
    """
    real = Path(os.path.realpath(path))
    log = real.with_name(f"{real.name}-wal")
    has_log = exists(log) and log.stat().st_size > 0
    options = "mode=ro&readonly_shm=1" if has_log else "mode=ro&immutable=1"
    with translate_errors(path):
        db = SQLite(open_file(real, options, timeout=0), path)
        try:
            check_identity(db)
            hear_what_it_tells(db)
        except BaseException:
            db.close()
            raise
    return db
