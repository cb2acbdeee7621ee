"""The report for JSON: what a weekly summary has, and what a longer period adds."""

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.days import days_between
from plantrack.model.views.report import Compared, Matrix, PeriodReport
from plantrack.model.views.weekly import DeadlineChange, SummaryItem
from plantrack.render.layout.json_object import Object
from plantrack.render.views.report_tables import crossing
from plantrack.render.views.task_fields import counts_object, text_in
from plantrack.render.views.weekly import changed_deadline, item_object, revision_object
from plantrack.render.views.weekly import data as shared_data


def data(view: PeriodReport, words: Words) -> Object:
    """Return the report for JSON; the next step of each task is under `next_period`."""
    shared = view.digest
    out = shared_data(shared, words)
    out["period"] |= {"calendar": view.calendar, "closing_day": view.closing_day, "is_closed": view.is_closed}
    out["next_period"] = {
        "first_day": shared.next_first,
        "last_day": shared.next_last,
        "tasks": out.pop("next_week"),
    }
    for name in ("overdue", "due_on_closing_day", "due_soon"):
        out[name] = [_deadline(item, view, words) for item in getattr(shared, name)]
    changes, source = shared.deadline_changes, out.pop("provenance")
    return {
        **out,
        "plan_changes": [revision_object(change) for change in shared.plan_changes],
        "deadline_changes": [_change(c, words) for c in changes if c.kind != "correction"],
        "deadline_corrections": [_change(c, words) for c in changes if c.kind == "correction"],
        "finished": [item.task.label for item in view.finished],
        "opened": view.opened,
        "deadlines": {row.name: dict(zip(row._fields[1:], row[1:], strict=True)) for row in crossing(view)},
        "comparison": {
            "before": view.before and _compared(view.before),
            "same_period_last_year": _compared(view.last_year),
        },
        "matrix": _matrix(view.matrix, words),
        "indicators": _indicators(view, words),
        "provenance": source,
    }


def _deadline(item: SummaryItem, view: PeriodReport, words: Words) -> Object:
    task, as_of = item.task, view.digest.heading.as_of
    late = days_between(task.due, as_of) if task.due and task.due < as_of else 0
    extensions = view.extensions.get(task.uid, 0)
    return {**item_object(item, view.digest, words), "days_late": late, "extensions": extensions}


def _change(change: DeadlineChange, words: Words) -> Object:
    return {**changed_deadline(change, words), "recorded_at": change.recorded}


def _compared(compared: Compared) -> Object:
    return {
        "period": {
            "name": compared.period,
            "first_day": compared.first_day,
            "last_day": compared.last_day,
        },
        "plan": compared.plan.id if compared.plan else None,
        "counts": counts_object(compared.counts) if compared.counts else None,
        "finished": compared.finished if compared.counts else None,
        "opened": compared.opened if compared.counts else None,
        "other_filter": compared.other_filter,
    }


def _matrix(view: Matrix, words: Words) -> Object:
    return {
        "organisations": list(view.organisations),
        "rows": [
            {
                "activity": row.code,
                "title": text_in(row.title, words),
                "cells": [_cell(org, counts) for org, counts in row.cells.items()],
                "total": counts_object(row.total),
            }
            for row in view.rows
        ],
        "totals": [_cell(org, counts) for org, counts in view.totals.items()],
        "total": counts_object(view.total),
    }


def _cell(org: str | None, counts: Counts) -> Object:
    return {"organisation": org, "counts": counts_object(counts)}


def _indicators(view: PeriodReport, words: Words) -> list[Object]:
    if view.indicators is None:
        return []
    from plantrack.render.views.indicator import data as indicator_data

    return indicator_data(view.indicators, words)
