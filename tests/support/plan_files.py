"""Plans as values, written to files that the program reads: JSON is YAML, so no writer of YAML is needed."""

import json
from pathlib import Path

from plantrack.model.plan import Activity, Area, Plan
from plantrack.model.plan_json import plan_to_json
from tests.support.steps import PLAN_FILE


def written(workspace: Path, plan: Plan, file: str = PLAN_FILE) -> Path:
    """Put a plan into a file of the workspace."""
    path = workspace / file
    data = {"format": 1, **json.loads(plan_to_json(plan))}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return path


def changed(plan: Plan, code: str, **fields: object) -> Plan:
    """Return the plan with other values in an area or an activity."""
    return plan._replace(areas=tuple(_changed(area, code, fields) for area in plan.areas))


def _changed(area: Area, code: str, fields: dict[str, object]) -> Area:
    if area.code == code:
        return area._replace(**fields)  # type: ignore[arg-type]
    own = tuple(a._replace(**fields) if a.code == code else a for a in area.activities)  # type: ignore[arg-type]
    return area._replace(activities=own)


def without(plan: Plan, code: str) -> Plan:
    """Return the plan without an area or an activity."""
    areas = (area for area in plan.areas if area.code != code)
    return plan._replace(
        areas=tuple(a._replace(activities=tuple(x for x in a.activities if x.code != code)) for a in areas)
    )


def with_activity(plan: Plan, area: str, activity: Activity) -> Plan:
    """Return the plan with one more activity in an area."""
    own = next(a for a in plan.areas if a.code == area).activities
    return changed(plan, area, activities=(*own, activity))
