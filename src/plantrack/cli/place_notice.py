"""What is said of where a database lies: on a network, in a folder that a program synchronises, beside a copy of it."""

import os
from pathlib import Path

from plantrack.cli.session import Session
from plantrack.deliver.once_a_day import is_first_today
from plantrack.services.workspace import DatabasePlace
from plantrack.store.place import conflict_copies, place_of


def tell_place(session: Session, database: DatabasePlace, *, always: bool = False) -> None:
    """Tell it once a day to each login; `always`: also where that was done today.

    Where no talk is wanted, as in the lines of `cron`, the place is not told: the database may work there for years,
    and `db status` says it. A copy is: work may be in it that nobody sees here, until somebody looks.
    """
    if not isinstance(database, Path):  # whoever keeps a server knows where it is
        return
    place, copies = place_of(database), conflict_copies(database)
    if not place and not copies:
        return
    day, file = session.clock().astimezone().date().isoformat(), os.path.realpath(database)
    from plantrack.render.views import db as render  # mostly there is nothing to say

    words = session.words_for_failing
    if place and not session.options.get("quiet"):
        first = is_first_today("\0".join((file, *place)), day)
        if first or always:
            session.tell(render.place_said(place, words))
    for name in copies:
        if is_first_today(f"{file}\0{name}", day) or always:
            session.insist(render.copy_said(file, name, words))
