"""The plan that a revision has, as JSON, read."""

from plantrack.errors import Failure
from plantrack.model.plan import Plan
from plantrack.model.plan_json import plan_from_json
from plantrack.store.connection import Connection


def read_content(db: Connection, plan: str, content: str) -> Plan:
    """Read the plan of a revision; one that calls itself otherwise was changed past the program."""
    found = plan_from_json(content)
    if found.id != plan:
        where = {"table": "plan_revision", "row": plan, "column": "content"}
        raise Failure("database-damaged", file=db.name, reason="", **where)
    return found
