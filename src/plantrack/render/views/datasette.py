"""What Datasette shows beside the views of the database: what each is, and what stands in its columns."""

from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.render.layout.json_object import Object

_STATUSES: Final = tuple(name for name in Counts._fields if name in (
    "not_started", "in_progress", "submitted", "done", "paused", "dropped", "carried_over"
))  # fmt: skip
_TEXTS: Final = (
    "result",
    "next",
    "blocked",
    "proposal",
    "answered",
    "reason",
    "allocated",
    "spent",
    "told_by",
)


def _fields(*names: str) -> dict[str, str]:
    return {name: f"field.{name}" for name in names}


#: By view, the words for each of its columns.
VIEWS: Final[dict[str, dict[str, str]]] = {
    "v_task": {
        "label": "datasette.label",
        **_fields("plan", "area"),
        "area_title": "datasette.area_title",
        **_fields("activity", "title", "status", "percent", "start_day", "due", "first_due", "completed_on"),
        **_fields(
            "lead", "coordinating", "in_charge", "blocked", "priority", "deliverable", "tags", "places"
        ),
        **_fields("opened_on", "updated_on", "budget", "budget_source", "allocated", "spent"),
        **_fields("document_number", "document_day", "document_issuer", "document_subject"),
    },
    "v_assignment": {name: f"datasette.{name}" for name in ("task", "role", "party", "name")},
    "v_status_update": {
        "label": "datasette.label",
        **_fields("title"),
        "on_day": "sheet.said_on",
        "status": "sheet.said_status",
        **_fields("percent"),
        **{"next_step" if name == "next" else name: f"field.{name}" for name in _TEXTS},
        "unblocked": "datasette.unblocked",
        "author": "column.author",
        "recorded_at": "datasette.recorded_at",
        "command": "sheet.command",
        "withdrawn_by": "sheet.withdrawn",
    },
    "v_progress_by_area": {
        **_fields("plan", "area"),
        "title": "datasette.area_title",
        "total": "column.total",
        **{status: f"status.{status}" for status in _STATUSES},
        "blocked": "column.blocked",
    },
}


def data(words: Words) -> Object:
    """Return the metadata that Datasette takes (`--metadata`); the database is called `plantrack` there."""
    tables = {
        view: {
            "description": words(f"datasette.{view}"),
            "columns": {column: words(key) for column, key in columns.items()},
        }
        for view, columns in VIEWS.items()
    }
    about = {"title": "plantrack", "description": words("datasette.about")}
    return {**about, "databases": {"plantrack": {"tables": tables}}}
