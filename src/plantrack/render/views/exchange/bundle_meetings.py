"""What of a bundle met something else that was recorded here, each with the command that mends it."""

from collections.abc import Iterator
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.text import quoted, visible
from plantrack.model.views.bundle import (
    AlikeNames,
    BundleTaken,
    FieldValue,
    GivenCommand,
    OrganisationAdded,
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
        yield from _on_removed(removed, view, words)
    for field in view.two_values:
        yield from _two_values(field, view, words)
    for alike in view.alike:
        yield from _alike(alike, words)
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
        yield f"    plantrack remove {task.task} --reason {reason}"


def _on_removed(one: WordsOnRemoved, view: BundleTaken, words: Words) -> Iterator[str]:
    """Say who removed a task when, what was recorded of it elsewhere, and how it comes back."""
    removal = one.removal
    moment = words.moment(removal.recorded_at, view.timezone)
    told = {"who": who_and_where(removal, words), "moment": moment, **named_task(one, words)}
    if one.reason is None:
        yield words("bundle.on-undone", **told)
    else:
        yield words("bundle.on-removed", reason=_short(one.reason), **told)
    for given in one.words:
        yield f"  - {_given(given, view, words)}"
    yield f"  {words('bundle.bring-back')}"
    yield f"    plantrack undo {removal.command}"


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
    yield words.plural("bundle.two-values", len(one.values), field=field, **named_task(one, words))
    for value in one.values:
        moment = words.moment(value.recorded_at, view.timezone)
        said = _value(one, value, words)
        yield f"  - {words('bundle.value', who=who_and_where(value, words), value=said, moment=moment)}"
    *others, stands = one.values
    yield f"  {words('bundle.value-stands', value=_value(one, stands, words), who=who_and_where(stands, words))}"
    for value in others:
        if value.value != stands.value:
            yield f"    {_setting(one, value, words)}"


def _value(one: TwoValues, value: FieldValue, words: Words) -> str:
    return _short(own_value(one.field, value.value, words))


def _setting(one: TwoValues, value: FieldValue, words: Words) -> str:
    """Return the command that gives a field a value; where no option does, the one that shows both."""
    option, takes_none = _OPTIONS[one.field]
    if value.value is None and not takes_none:
        return f"plantrack show {one.task} --history"
    given = "none" if value.value is None else quoted(value.value)
    if one.is_extended:
        reason = quoted(words("bundle.as-by", command=value.command))
        return f"plantrack extend {one.task} {option} {given} --reason {reason}"
    return f"plantrack edit {one.task} {option} {given}"


def _alike(one: AlikeNames, words: Words) -> Iterator[str]:
    """Say whose name is easily taken for whose, and how two become one."""
    yield words("bundle.alike", name=_short(one.name), others=", ".join(map(_short, one.others)))
    for old, into in one.merges:
        yield f"    plantrack person merge {quoted(old)} {quoted(into)}"


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
        said.append(f"“{_short(report.text)}”")
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
                "merges": [{"person": old, "into": into} for old, into in one.merges],
            }
            for one in view.alike
        ],
        "two_organisations": [
            {**one._asdict(), "added": [added._asdict() for added in one.added]}
            for one in view.two_organisations
        ],
        "gone_at_hub": [_command_object(one) for one in view.gone_at_hub],
    }


def _command_object(given: GivenCommand) -> Object:
    return {**given._asdict(), "report": given.report and given.report._asdict()}
