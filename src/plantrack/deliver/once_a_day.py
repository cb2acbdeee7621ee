"""What is told once a day: an empty file among the states of the user says that it was."""

import contextlib
import hashlib
import os
import re
from pathlib import Path

from plantrack.deliver.files import make_private

#: Under the folder that the system has for such things; each file is called by a day and by what was told.
_FOLDER = "told"
_NAME = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{32}")


def is_first_today(what: str, day: str) -> bool:
    """Return whether something was not told yet on a day, and remember that it is now.

    Of several commands at once only one is the first. Where nothing can be remembered, each is.
    """
    name = f"{day}-{hashlib.sha256(os.fsencode(what)).hexdigest()[:32]}"
    try:
        folder = _folder()
        _forget(folder, day)
        told = folder / name
        if told.exists():
            return False
        make_private(told)
    except FileExistsError:  # another command was quicker
        return False
    except (OSError, RuntimeError):  # it may not be written; the login has no home
        return True
    return True


def _folder() -> Path:
    """Return the folder, made where it was missing; it is nobody else's."""
    from platformdirs import user_state_path  # it is needed where something is wrong, and nowhere else

    folder = user_state_path("plantrack", appauthor=False) / _FOLDER
    if not folder.is_absolute():  # the same, as older versions have it
        raise NotADirectoryError(folder)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
    return folder


def _forget(folder: Path, day: str) -> None:
    """Take away what was told on other days."""
    for file in folder.iterdir():
        if _NAME.fullmatch(file.name) and not file.name.startswith(day):
            file.unlink(missing_ok=True)
