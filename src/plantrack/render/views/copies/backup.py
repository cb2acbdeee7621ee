"""A backup that was made."""

from plantrack.model.views.workspace import DbBackup
from plantrack.render.layout.json_object import Object


def data(view: DbBackup) -> Object:
    """Return what was made, for JSON."""
    told = {**view._asdict(), "removed": list(view.removed), "recorded": view.unrecorded is None}
    told.pop("unrecorded")
    return told
