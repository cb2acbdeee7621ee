"""Which plan a file says, whatever else is wrong with it."""

from plantrack.planfile.format import ID, PlanFile
from plantrack.planfile.nodes import scalar
from plantrack.planfile.read import read
from plantrack.planfile.report import Report


def plan_id(document: bytes) -> str | None:
    """Give the id that a plan file has, None where none can be read."""
    file = read(document, "", 0, PlanFile, Report())
    own = scalar(file.root, "id") if file else None
    return own.text if own else None


def is_plan_id(text: str) -> bool:
    """Say whether a text may be the id of a plan."""
    return ID.fullmatch(text) is not None
