"""What is said of where a database lies: on a network, in a folder that a program synchronises, beside a copy of it.

Of a server: that the way to it is unsafe, and that its password was typed where others see it. And that the data is
worked on elsewhere.
"""

import os
from pathlib import Path

from plantrack.cli.session import Session
from plantrack.deliver.once_a_day import is_first_today
from plantrack.model.typed.database_address import DatabaseAddress
from plantrack.services.workspace import DatabasePlace
from plantrack.store.place import conflict_copies, place_of


def tell_password(session: Session) -> None:
    """Warn whoever typed a password where others see it."""
    if DatabaseAddress(session.options["db"]).has_password:
        session.say("reply.password-typed")


def tell_elsewhere(session: Session) -> None:
    """Tell whoever read a database that is worked on elsewhere: what it answers looks right, and is not."""
    if place := session.elsewhere:
        from plantrack.render.layout.elsewhere import elsewhere_said, where_to_look

        words = session.words_for_failing
        session.insist(f"{elsewhere_said(place, words)} {where_to_look(place, words)}")


def tell_place(session: Session, database: DatabasePlace, *, always: bool = False) -> None:
    """Tell it once a day to each login; `always`: also where that was done today.

    Where no talk is wanted, as in the lines of `cron`, the place is not told: the database may work there for years,
    and `db status` says it. A copy is: work may be in it that nobody sees here, until somebody looks.
    """
    if isinstance(database, Path):
        place, copies, file = place_of(database), conflict_copies(database), os.path.realpath(database)
    else:
        place, copies, file = session.server_place, (), str(database)
    if not place and not copies:
        return
    day = session.clock().astimezone().date().isoformat()
    from plantrack.render.views import db as render  # mostly there is nothing to say

    words = session.words_for_failing
    if place and not session.options.get("quiet"):
        first = is_first_today("\0".join((file, *place)), day)
        if first or always:
            session.tell(render.place_said(place, words))
    for name in copies:
        if is_first_today(f"{file}\0{name}", day) or always:
            session.insist(render.copy_said(file, name, words))
