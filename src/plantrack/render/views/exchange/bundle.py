"""What a bundle carried: how much, and what people should know of it."""

from collections.abc import Iterator, Mapping
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.bundle import (
    BundleTaken,
    BundleWritten,
    Decider,
    SameState,
    SameStateReport,
    site_after,
)
from plantrack.render.layout.json_object import Object

#: So much of a text is told.
_LONGEST = 80
_DECIDED: Final[Mapping[Decider, str]] = {
    "day": "bundle.stands-day",
    "moment": "bundle.stands-moment",
    "uid": "bundle.stands-uid",
}


def bundle_written(view: BundleWritten, words: Words) -> Iterator[str]:
    """Say what was written, and what is to be done with it."""
    counts = {name: words.number(getattr(view, name)) for name in ("commands", "tasks", "updates")}
    key = {"hub": "bundle.written-hub", "site": "bundle.written-site"}[view.kind]
    yield words(key, file=visible(str(view.file)), site=view.site, **counts)


def bundle_taken(view: BundleTaken, words: Words) -> Iterator[str]:
    """Say what came, and what people should look at."""
    counts = {name: words.number(getattr(view, name)) for name in ("commands", "tasks", "updates", "known")}
    names = {"file": visible(view.file), "site": view.site, "database": visible(view.database)}
    if view.command is None:
        yield words("bundle.nothing-new", **names, **counts)
        return
    came = {"hub": "bundle.taken-hub", "site": "bundle.taken-site"}[view.kind]
    yield words("bundle.begun" if view.is_new else came, command=view.command, **names, **counts)
    if view.recorded_there:
        yield words.plural(
            "bundle.begun-again", view.recorded_there, site=view.site, next=site_after(view.site)
        )
    for one in view.same_states:
        yield from _same_state(one, view, words)
    for name, others in view.alike:
        told = [visible(other, limit=_LONGEST) for other in others]
        yield words("bundle.alike", name=visible(name, limit=_LONGEST), others=", ".join(told))
    if view.outside_plan:
        yield words.plural(
            "bundle.outside-plan", len(view.outside_plan), tasks=words.counted_labels(view.outside_plan)
        )


def _same_state(one: SameState, view: BundleTaken, words: Words) -> Iterator[str]:
    """Say who reported on the same state of a task, and what stands now and why."""
    title = visible(one.title.within(words.language), limit=_LONGEST)
    yield words.plural("bundle.same-state", len(one.reports), task=one.task, title=title)
    for report in one.reports:
        yield f"  - {_report(report, view, words)}"
    stands = f"{_from(one.stands, words)}, {words.day(one.stands.on)}"
    state = _state(one.status, one.percent, words)
    yield f"  {words(_DECIDED[one.by], state=state, report=stands)}"


def _report(report: SameStateReport, view: BundleTaken, words: Words) -> str:
    said = [_state(report.status, report.percent, words)]
    if report.text is not None:
        said.append(f"“{visible(report.text, limit=_LONGEST)}”")
    return words(
        "bundle.report",
        who=_from(report, words),
        day=words.day(report.on),
        moment=words.moment(report.recorded_at, view.timezone),
        said=", ".join(filter(None, said)),
    )


def _from(report: SameStateReport, words: Words) -> str:
    """Return who reported, where, and by which command."""
    place = words("bundle.at-site", site=report.site) if report.site else words("bundle.at-hub")
    return f"{visible(report.author, limit=60)} ({report.command}, {place})"


def _state(status: str | None, percent: int | None, words: Words) -> str:
    parts = [words(f"status.{status}")] if status is not None else []
    return " ".join([*parts, *([f"{percent}%"] if percent is not None else [])])


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
        "alike": [{"name": name, "others": [*others]} for name, others in view.alike],
        "outside_plan": [*view.outside_plan],
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
