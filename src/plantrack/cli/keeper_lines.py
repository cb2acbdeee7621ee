"""The lines of SQL that whoever keeps a server has to run first, where whoever fills a database may not make the groups."""

import contextlib
from collections.abc import Iterator

from plantrack.cli.session import Session
from plantrack.errors import Failure


@contextlib.contextmanager
def keeper_lines(session: Session) -> Iterator[None]:
    """Print them where what is done inside fails for want of the groups."""
    try:
        yield
    except Failure as failure:
        if failure.code == "server-groups":
            from plantrack.services.verbs.server.init import keeper_script

            session.put(keeper_script(str(failure.params["login"])))
        raise
