"""How the program was called, for hints that are to be typed again as they stand."""

import os
import shlex
import shutil
import sys

from plantrack.model.typed.database_address import SCHEMES, DatabaseAddress


def program_call(folder: str | None = None, database: str | None = None) -> str:
    """Return what to type to call the program again, for the workspace in `folder` and a database that is named."""
    return " ".join([program_name(), *place_options(folder, database)])


def place_options(folder: str | None, database: str | None) -> list[str]:
    """Return the options that name a workspace and a database, as they are typed; no password is among them."""
    if database and database.startswith(SCHEMES):
        database = DatabaseAddress(database).without_password
    named = (("-C", folder), ("--db", database))
    return [f"{option} {shlex.quote(value)}" for option, value in named if value]


def program_name() -> str:
    """Return the program's name, or its path where the shell would not find it by name."""
    called = sys.argv[0]
    folder, name = os.path.split(called.removesuffix(".exe"))
    if name == "__main__.py" and os.path.basename(folder) == "plantrack":
        return f"{shlex.quote(os.path.basename(sys.executable))} -m plantrack"
    if name != "plantrack":  # not a process of its own
        return "plantrack"
    found = shutil.which(name)
    return name if found and os.path.realpath(found) == os.path.realpath(called) else shlex.quote(called)
