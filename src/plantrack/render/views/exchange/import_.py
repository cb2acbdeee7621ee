"""What was taken in from a file."""

from plantrack.model.views.workspace import Restored
from plantrack.render.layout.json_object import Object


def data(view: Restored) -> Object:
    """Return what was restored, for JSON."""
    return {**view._asdict(), "database": str(view.database)}
