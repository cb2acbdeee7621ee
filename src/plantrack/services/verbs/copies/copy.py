"""A database copied to another place: from file to file, to work in both; to or from a server, where it then is."""

from pathlib import Path

from plantrack.model.views.workspace import DbCopy
from plantrack.services.verbs.copies.copy_file import copy_file
from plantrack.services.verbs.copies.copy_rows import copy_to_or_from_server
from plantrack.services.verbs.copies.copy_target import Copier, CopyTarget
from plantrack.services.workspace import named_database
from plantrack.store.advance import Advance, unheard


def copy(here: Path, named: str, target_named: str, copier: Copier, advance: Advance = unheard) -> DbCopy:
    """Copy a database into a place that is not there yet, or empty.

    Raises: those of `copy_file`, `copy_to_or_from_server`, `named_database`.
    """
    source = named_database(here, named)
    target = CopyTarget(named_database(here, target_named), target_named)
    if isinstance(source, Path) and isinstance(target.place, Path):
        return copy_file(source, target, copier, advance)
    return copy_to_or_from_server(source, target, copier, advance)
