"""A copy that was made of a database."""

from plantrack.model.views.workspace import DbCopy
from plantrack.render.layout.json_object import Object


def data(view: DbCopy) -> Object:
    """Return what was copied, for JSON."""
    return {**view._asdict()}
