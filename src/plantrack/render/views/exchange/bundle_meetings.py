"""What of a bundle met something else that was recorded here, each with the command that mends it."""

from collections.abc import Iterator
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.grouping import grouped
from plantrack.model.moments import local_day
from plantrack.model.text import quoted, visible
from plantrack.model.views.bundle import (
    BundleTaken,
    FieldValue,
    GivenCommand,
    OrganisationAdded,
    PeopleMet,
    SameState,
    SameStateReport,
    TwoOpen,
    TwoOrganisations,
    TwoValues,
    WordsOnRemoved,
    site_after,
)
from plantrack.render.layout.field_value import own_value
from plantrack.render.layout.json_object import Object

#: Of what is gone so many commands are told, the newest.
_SHOWN: Final = 20
#: So much of a text is told.
_LONGEST: Final = 80
#: So many records of a removed task are told, the last ones.
_MOST: Final = 5
#: The option that sets a field, and whether it takes `none`.
_OPTIONS: Final = {
    "title": ("--title", False),
    "area": ("--area", False),
    "activity": ("--activity", False),
    "start_day": ("--start", True),
    "due": ("--due", True),
    "priority": ("--priority", False),
    "deliverable": ("--deliverable", False),
    "opened_on": ("--opened", False),
    "budget": ("--budget", True),
    "budget_source": ("--budget-source", True),
    "every": ("--every", True),
    "every_until": ("--until", True),
}


def met(view: BundleTaken, words: Words) -> Iterator[str]:
    """Say what met, and what to do about it; each command stands on a line of its own."""
    for series in view.two_open:
        yield from _two_open(series, words)
    for removed in view.on_removed:
        if removed.words:
            yield from _on_removed(removed, view, words)
    yield from _removed(view, words)
    for name in ("dropped", "moved"):
        if labels := getattr(view, name):
            yield words.plural(f"bundle.{name}", len(labels), tasks=words.counted_labels(labels))
    for field in view.two_values:
        yield from _two_values(field, view, words)
    yield from _people(view.people, words)
    for organisation in view.two_organisations:
        yield from _two_organisations(organisation, view, words)
    if view.gone_at_hub:
        yield from _gone_at_hub(view, words)


def _two_open(one: TwoOpen, words: Words) -> Iterator[str]:
    """Say that work recurs twice, and how one of the two goes."""
    stays, *others = one.tasks
    yield words.plural("bundle.two-open", len(one.tasks), title=_short(one.title.within(words.language)))
    for task in one.tasks:
        due = words.day(task.due) if task.due else words("log.nothing")
        yield f"  - {words('bundle.occurrence', task=task.task, place=_place(task.site, words), due=due)}"
    yield f"  {words('bundle.keep-one', task=stays.task)}"
    for task in others:
        reason = quoted(words("bundle.opened-twice", task=stays.task))
        yield f"    {words.command(f'plantrack remove {task.task} --reason {reason}')}"


def _on_removed(one: WordsOnRemoved, view: BundleTaken, words: Words) -> Iterator[str]:
    """Say who removed a task when, what was recorded of it elsewhere, and how it comes back."""
    went_on = words("bundle.went-on" if one.is_unseen else "bundle.before-or-after")
    gone = _gone(one, view, words)
    yield words("bundle.on-removed", gone=gone, went_on=went_on, **named_task(one, words))
    if earlier := len(one.words[:-_MOST]):
        yield f"  - {words.plural('bundle.earlier', earlier, task=one.task)}"
    for given in one.words[-_MOST:]:
        yield f"  - {_given(given, view, words)}"
    yield f"  {words('bundle.bring-back')}"
    yield f"    {words.command(f'plantrack undo {one.removal.command}')}"


def _gone(one: WordsOnRemoved, view: BundleTaken, words: Words) -> str:
    """Say who took a task away, when and why."""
    moment = words.moment(one.removal.recorded_at, view.timezone)
    told = {"who": who_and_where(one.removal, words), "moment": moment}
    if one.reason is None:
        return words("bundle.opening-undone", **told)
    return words("bundle.was-removed", reason=_short(one.reason), **told)


def _removed(view: BundleTaken, words: Words) -> Iterator[str]:
    """Say which tasks are gone of which nothing else was recorded, of each command once."""
    bare = [((one.removal.command, one.reason), one) for one in view.on_removed if not one.words]
    for (command, _), own in grouped(bare).items():
        first = named_task(own[0], words)
        named = (
            words("bundle.task-named", **first)
            if len(own) == 1
            else words.counted_labels([o.task for o in own])
        )
        yield words.plural("bundle.removed", len(own), tasks=named, gone=_gone(own[0], view, words))
        yield f"    {words.command(f'plantrack undo {command}')}"


def _given(given: GivenCommand, view: BundleTaken, words: Words) -> str:
    if given.report:
        return told_report(given.report, view, words)
    return words(
        "bundle.command",
        who=who_and_where(given, words),
        verb=words(f"verb.{given.verb.replace(' ', '-')}"),
        moment=words.moment(given.recorded_at, view.timezone),
    )


def _two_values(one: TwoValues, view: BundleTaken, words: Words) -> Iterator[str]:
    """Say which values a field was given, which one stands, and how it gets another."""
    field = words(f"field.{one.field}")
    told = "bundle.two-leads" if one.field == "lead" else "bundle.two-values"
    yield words.plural(told, len(one.values), field=field, **named_task(one, words))
    for value in one.values:
        moment = words.moment(value.recorded_at, view.timezone)
        said = _value(one, value, words)
        yield f"  - {words('bundle.value', who=who_and_where(value, words), value=said, moment=moment)}"
    if one.field == "lead":
        yield f"  {words('bundle.one-lead')}"
        for value in one.values:
            yield f"    {words.command(f'plantrack unassign {one.task} --lead {value.value}')}"
        return
    *others, stands = one.values
    yield f"  {words('bundle.value-stands', value=_value(one, stands, words), who=who_and_where(stands, words))}"
    for value in others:
        if value.value != stands.value:
            yield f"    {words.command(_setting(one, value, view, words))}"


def _value(one: TwoValues, value: FieldValue, words: Words) -> str:
    """Return a value, whole: two that begin alike are two."""
    return visible(own_value(one.field, value.value, words))


def _setting(one: TwoValues, value: FieldValue, view: BundleTaken, words: Words) -> str:
    """Return the command that gives a field a value; where no option does, the one that shows both."""
    option, takes_none = _OPTIONS[one.field]
    if (value.value is None and not takes_none) or "\n" in (value.value or ""):
        return f"plantrack show {one.task} --history"
    given = "none" if value.value is None else quoted(value.value)
    if one.is_extended:
        # It goes to other places, where the command has another number.
        day = words.day(local_day(value.recorded_at, view.timezone))
        as_by = words("bundle.as-by", who=visible(value.author), place=_place(value.site, words), day=day)
        reason = quoted(as_by)
        return f"plantrack extend {one.task} {option} {given} --reason {reason}"
    return f"plantrack edit {one.task} {option} {given}"


def _people(met: PeopleMet, words: Words) -> Iterator[str]:
    """Say whose name was taken out or is another one now, whose is easily taken for whose, and how two become one."""
    for person in met.hidden:
        by = who_and_where(person.by, words)
        yield words("bundle.hidden", name=_short(person.name), who=by)
    for old, new in met.renamed:
        yield words("bundle.renamed", old=_short(old), new=_short(new))
    for alike in met.alike:
        yield words("bundle.alike", name=_short(alike.name), others=", ".join(map(_short, alike.others)))
    if met.merges:
        yield f"  {words('bundle.merge')}"
    for old, into in met.merges:
        yield f"    {words.command(f'plantrack person merge {quoted(old)} {quoted(into)}')}"


def _two_organisations(one: TwoOrganisations, view: BundleTaken, words: Words) -> Iterator[str]:
    """Say who added what under one id, which name and level stand, and how it gets others."""
    stands = _organisation(one.name, one.level, words)
    if one.in_plan:
        yield words("bundle.organisation-in-plan", id=one.organisation, organisation=stands)
    else:
        yield words("bundle.two-organisations", id=one.organisation)
    for added in one.added:
        moment, who = words.moment(added.recorded_at, view.timezone), who_and_where(added, words)
        said = _organisation(added.name, added.level, words)
        yield f"  - {words('bundle.organisation', who=who, organisation=said, moment=moment)}"
    if one.in_plan:
        yield f"  {words('bundle.organisation-of-plan')}"
        return
    yield f"  {words('bundle.organisation-stands', organisation=stands)}"
    for added in one.added:
        level = added.level or one.level
        if (added.name, level) != (one.name, one.level):
            given = f" --level {level}" if level != one.level else ""
            yield f"    plantrack org set {one.organisation} --name {quoted(added.name)}{given}"


def _organisation(name: str, level: str | None, words: Words) -> str:
    said = f"“{_short(name)}”"
    return f"{said} ({words(f'level.{level}')})" if level else said


def _gone_at_hub(view: BundleTaken, words: Words) -> Iterator[str]:
    """Say what the hub lost, the newest of it, and how both come to know the same again."""
    yield words.plural("bundle.gone-at-hub", len(view.gone_at_hub))
    shown = view.gone_at_hub[-_SHOWN:]
    if more := len(view.gone_at_hub) - len(shown):
        yield words.plural("bundle.gone-more", more)
    yield from (f"  - {_given(one, view, words)}" for one in shown)
    yield f"  {words('bundle.back-at-hub', site=site_after(view.site))}"


def _short(text: str) -> str:
    return visible(text, limit=_LONGEST)


def named_task(one: SameState | WordsOnRemoved | TwoValues, words: Words) -> dict[str, str]:
    """Return what names a task in a sentence."""
    return {"task": one.task, "title": _short(one.title.within(words.language))}


def told_report(report: SameStateReport, view: BundleTaken, words: Words) -> str:
    """Say who reported what, for which day."""
    said = [said_state(report.status, report.percent, words)]
    if report.text is not None:
        label = "" if report.said in (None, "result") else f"{words(f'field.{report.said}')}: "
        said.append(f"{label}“{_short(report.text)}”")
    return words(
        "bundle.report",
        who=who_and_where(report, words),
        day=words.day(report.on),
        moment=words.moment(report.recorded_at, view.timezone),
        said=", ".join(filter(None, said)),
    )


def who_and_where(one: SameStateReport | GivenCommand | FieldValue | OrganisationAdded, words: Words) -> str:
    """Return who recorded something, where, and by which command."""
    return f"{visible(one.author, limit=60)} ({one.command}, {_place(one.site, words)})"


def _place(site: str, words: Words) -> str:
    return words("bundle.at-site", site=site) if site else words("bundle.at-hub")


def said_state(status: str | None, percent: int | None, words: Words) -> str:
    """Return a status and a percent in words."""
    parts = [words(f"status.{status}")] if status is not None else []
    return " ".join([*parts, *([f"{percent}%"] if percent is not None else [])])


def met_objects(view: BundleTaken) -> Object:
    """Return what met, for JSON."""
    return {
        "two_open": [
            {"title": one.title.vi, "tasks": [task._asdict() for task in one.tasks]} for one in view.two_open
        ],
        "on_removed": [
            {
                **one._asdict(),
                "title": one.title.vi,
                "removal": _command_object(one.removal),
                "words": [_command_object(given) for given in one.words],
            }
            for one in view.on_removed
        ],
        "two_values": [
            {**one._asdict(), "title": one.title.vi, "values": [value._asdict() for value in one.values]}
            for one in view.two_values
        ],
        "alike": [
            {
                "name": one.name,
                "others": [*one.others],
                "merges": [
                    {"person": old, "into": into}
                    for old, into in view.people.merges
                    if one.name in (old, into)
                ],
            }
            for one in view.people.alike
        ],
        "two_organisations": [
            {**one._asdict(), "added": [added._asdict() for added in one.added]}
            for one in view.two_organisations
        ],
        "gone_at_hub": [_command_object(one) for one in view.gone_at_hub],
        "renamed": [{"before": old, "now": new} for old, new in view.people.renamed],
        "hidden": [_command_object(one.by) for one in view.people.hidden],
        "dropped": [*view.dropped],
        "moved": [*view.moved],
    }


def _command_object(given: GivenCommand) -> Object:
    return {**given._asdict(), "report": given.report and given.report._asdict()}
