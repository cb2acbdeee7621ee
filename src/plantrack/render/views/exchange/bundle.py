"""What a bundle carried: how much, and what people should know of it."""

from collections.abc import Iterator, Mapping
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.bundle import BundleTaken, BundleWritten, Decider, SameState, site_after
from plantrack.render.layout.json_object import Object
from plantrack.render.views.exchange.bundle_meetings import (
    met,
    met_objects,
    named_task,
    said_state,
    told_report,
    who_and_where,
)

_DECIDED: Final[Mapping[Decider, str]] = {
    "day": "bundle.stands-day",
    "moment": "bundle.stands-moment",
    "uid": "bundle.stands-uid",
}
#: What is said of a bundle that came; and of one of which it is only told what would.
_TAKEN: Final = {"hub": "bundle.taken-hub", "site": "bundle.taken-site"}
_WOULD: Final = {
    "bundle.begun": "bundle.would-begin",
    "bundle.taken-hub": "bundle.would-take-hub",
    "bundle.taken-site": "bundle.would-take-site",
}


def bundle_written(view: BundleWritten, words: Words) -> Iterator[str]:
    """Say what was written, and what is to be done with it."""
    counts = _counts(view, words)
    key = {"hub": "bundle.written-hub", "site": "bundle.written-site"}[view.kind]
    yield words(key, file=visible(str(view.file)), site=view.site, **counts)


def bundle_taken(view: BundleTaken, words: Words) -> Iterator[str]:
    """Say what came, and what people should look at."""
    counts = _counts(view, words)
    names = {"file": visible(view.file), "site": view.site, "database": visible(view.database)}
    if view.command is None:
        empty = words("bundle.empty", **names)
        yield words.plural("bundle.nothing-new", view.known, **names) if view.known else empty
        return
    done = "bundle.begun" if view.is_new else _TAKEN[view.kind]
    yield words(_WOULD[done] if view.is_trial else done, command=view.command, **names, **counts)
    if view.recorded_there:
        following = site_after(view.site)
        yield words.plural("bundle.begun-again", view.recorded_there, site=view.site, next=following)
    for one in view.same_states:
        yield from _same_state(one, view, words)
    yield from met(view, words)
    if view.outside_plan:
        yield words.plural(
            "bundle.outside-plan", len(view.outside_plan), tasks=words.counted_labels(view.outside_plan)
        )


def _counts(view: BundleWritten | BundleTaken, words: Words) -> dict[str, str]:
    """Return what a bundle has, counted."""
    known = view.known if isinstance(view, BundleTaken) else 0
    return {
        "and_known": words.plural("bundle.and-known", known) if known else "",
        "commands": words.plural("bundle.count-commands", view.commands),
        "new_commands": words.plural("bundle.count-new-commands", view.commands),
        "tasks": words.plural("bundle.count-tasks", view.tasks),
        "new_tasks": words.plural("bundle.count-new-tasks", view.tasks),
        "updates": words.plural("bundle.count-updates", view.updates),
    }


def _same_state(one: SameState, view: BundleTaken, words: Words) -> Iterator[str]:
    """Say who reported on the same state of a task, and what stands now and why."""
    yield words.plural("bundle.same-state", len(one.reports), **named_task(one, words))
    for report in one.reports:
        yield f"  - {told_report(report, view, words)}"
    stands = f"{who_and_where(one.stands, words)}, {words.day(one.stands.on)}"
    state = said_state(one.status, one.percent, words)
    yield f"  {words(_DECIDED[one.by], state=state, report=stands)}"


def data_written(view: BundleWritten) -> Object:
    """Return what was written, for JSON."""
    return {**view._asdict(), "file": str(view.file)}


def data_taken(view: BundleTaken) -> Object:
    """Return what came, for JSON."""
    return {
        "file": view.file,
        "kind": view.kind,
        "site": view.site,
        "database": view.database,
        "new_database": view.is_new,
        "command": view.command,
        "commands": view.commands,
        "tasks": view.tasks,
        "updates": view.updates,
        "known": view.known,
        "same_states": [_object(one) for one in view.same_states],
        **met_objects(view),
        "outside_plan": [*view.outside_plan],
        "dry_run": view.is_trial,
    }


def _object(one: SameState) -> Object:
    return {
        "task": one.task,
        "title": one.title.vi,
        "reports": [report._asdict() for report in one.reports],
        "stands": one.stands._asdict(),
        "decided_by": one.by,
        "status": one.status,
        "percent": one.percent,
    }
