"""The plan as a tree, or one area or activity in full."""

import json
import re
from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.days import period_last_day
from plantrack.model.plan import Activity, Area, Budget, Plan, due_of
from plantrack.model.plan import CitedDocument as Named
from plantrack.model.plan_json import plan_to_json
from plantrack.model.views.plan import PlanTree
from plantrack.render.layout.blocks import (
    Block,
    Definition,
    DefinitionList,
    Document,
    Heading,
    ItemList,
    ListItem,
    Said,
    StyledText,
)
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.json_object import Object

#: A number as people write it, and what other people write in the place of its separators.
_NUMBER, _SEPARATORS = re.compile(r"\d+(?:[.,]\d+)*"), str.maketrans(".,", ",.")


def document(view: PlanTree, words: Words) -> Document:
    """Word the whole plan as a tree, or one area or activity in full."""
    formatter = FactFormatter(words, view.heading)
    blocks = _whole(view, formatter) if view.code is None else _part(view.code, formatter)
    return Document(formatter.plan, (*formatter.lines(), *_retired(view, words)), tuple(blocks))


def _retired(view: PlanTree, words: Words) -> Iterator[Said]:
    """Say of a part that was taken out of new work when that was, and why."""
    if view.retired:
        day, reason = words.day(view.retired.on), one_line(view.retired.reason)
        yield (StyledText(words("plan.retired", code=view.retired.code, day=day, reason=reason), "warning"),)


def _whole(view: PlanTree, formatter: FactFormatter) -> Iterator[Block]:
    words, plan = formatter.words, view.heading.plan
    yield _fields(_plan_facts(plan, formatter), formatter)
    yield Heading(words("plan.areas", areas=len(plan.areas), activities=len(formatter.names.activities)))
    yield ItemList(tuple(entry for area in plan.areas for entry in _branch(area, formatter)))
    if view.former:
        yield Heading(words("plan.former"))
        yield ItemList(tuple(ListItem(title, code) for code, title in view.former))


def _plan_facts(plan: Plan, formatter: FactFormatter) -> Iterator[tuple[str, str | None]]:
    yield "title", formatter.text(plan.title)
    yield "date", formatter.day(plan.date) if plan.date else None
    yield "start", formatter.day(plan.start) if plan.start else None
    yield "end", formatter.day(plan.end) if plan.end else None
    if plan.unstated:
        yield "unstated", ", ".join(formatter.words(f"diff.field.{key}") for key in plan.unstated)
    yield "programme", _named(plan.programme, formatter) if plan.programme else None
    for other in plan.contributes_to:
        yield "contributes_to", _named(other, formatter)
    for other in (*plan.references, *plan.amendments):
        yield "reference", _named(other, formatter)
    source = plan.source
    yield (
        "source",
        ", ".join(t for t in (source.publisher, source.page_title, source.url) if t) if source else None,
    )


def _named(document: Named, formatter: FactFormatter) -> str:
    """Name a document: number, day, title, as far as they are known."""
    day = formatter.day(document.date) if document.date else None
    title = formatter.text(document.title) if document.title else None
    return ", ".join(part for part in (document.number, day, title) if part)


def _fields(facts: Iterator[tuple[str, str | None]], formatter: FactFormatter) -> DefinitionList:
    """Name facts; one that the plan does not state is said to be so."""
    unknown: Said = (StyledText(formatter.words("unknown.alone"), "quiet"),)
    return DefinitionList(
        tuple(Definition(formatter.words(f"plan.field.{name}"), said or unknown) for name, said in facts)
    )


def _branch(area: Area, formatter: FactFormatter) -> Iterator[ListItem]:
    title = StyledText(formatter.text(area.title), "strong")
    roles = f"\n{_role('lead', area.lead, formatter)} · {_role('coordinating', area.coordinating, formatter)}"
    yield ListItem((title, StyledText(roles, "quiet")), area.code)
    for activity in area.activities:
        facts = [_role("lead", activity.lead, formatter)] if activity.lead else []
        facts.append(formatter.words("plan.due", due=_due(activity, formatter) or formatter.unknown))
        yield ListItem(
            (StyledText(formatter.text(activity.title)), StyledText(f" · {' · '.join(facts)}", "quiet")),
            activity.code,
            1,
        )


def _role(role: str, parties: tuple[str, ...], formatter: FactFormatter) -> str:
    return formatter.words(f"plan.{role}", names=formatter.organisations(parties) or formatter.unknown)


def _due(activity: Activity, formatter: FactFormatter) -> str | None:
    """Say when an activity is due, in the words of the document and as a day."""
    if activity.due is None and not activity.ongoing:
        return activity.time
    return formatter.due(*due_of(activity))


def _part(code: str, formatter: FactFormatter) -> Iterator[Block]:
    area = formatter.names.areas.get(code)
    if area is None:
        activity = formatter.names.activities[code]
        yield Heading(f"{code} {formatter.text(activity.title)}")
        yield _fields(_activity_facts(activity, formatter), formatter)
        return
    yield Heading(f"{code} {formatter.text(area.title)}")
    yield _fields(_area_facts(area, formatter), formatter)
    for activity in area.activities:
        yield Heading(f"{activity.code} {formatter.text(activity.title)}", 2)
        yield _fields(_activity_facts(activity, formatter), formatter)


def _area_facts(area: Area, formatter: FactFormatter) -> Iterator[tuple[str, str | None]]:
    yield "short", formatter.text(area.short) if area.short else None
    yield "source_text", area.source_text
    yield "lead", formatter.organisations(area.lead)
    yield "coordinating", formatter.organisations(area.coordinating)
    if area.intended_result:
        yield "intended_result", formatter.text(area.intended_result.title)


def _activity_facts(activity: Activity, formatter: FactFormatter) -> Iterator[tuple[str, str | None]]:
    area = formatter.names.area_of(activity)
    yield "area", f"{area.code} {area.label(formatter.words.language)}"
    if activity.no:
        yield "no", activity.no
    yield "source_quote", activity.source_quote
    if activity.topics:
        yield "topics", "; ".join(activity.topics)
    yield "lead", formatter.organisations(activity.lead or area.lead)
    yield "coordinating", formatter.organisations(activity.coordinating or area.coordinating)
    yield "place", formatter.places(activity.place)
    yield "start", formatter.day(activity.start) if activity.start else None
    yield "due", _due(activity, formatter)
    yield "priority", formatter.words(f"priority.{activity.priority}") if activity.priority else None
    yield "deliverable", formatter.text(activity.deliverable) if activity.deliverable else None
    yield from _more_facts(activity, formatter)


def _more_facts(activity: Activity, formatter: FactFormatter) -> Iterator[tuple[str, str | None]]:
    """Yield what few activities have."""
    number, budget = formatter.words.number, activity.budget
    if budget:
        amount = f"{number(budget.amount)} {budget.unit or ''}".strip() if budget.amount is not None else None
        parts = (budget.text, None if _states(budget) else amount, budget.source)
        yield "budget", ", ".join(part for part in parts if part)
    for indicator in activity.indicators:
        target = formatter.unknown if indicator.target is None else number(indicator.target)
        yield "indicator", f"{formatter.text(indicator.title)}: {target} {indicator.unit or ''}".rstrip()
    for milestone in activity.milestones:
        last = period_last_day(milestone.due)
        due = formatter.due(last or milestone.due, milestone.due if last else None)
        yield "milestone", f"{due}: {formatter.text(milestone.title)}"
    if activity.note:
        yield "note", activity.note


def _states(budget: Budget) -> bool:
    """Return whether the text of a budget has its amount and its unit already, in whatever way numbers are written."""
    if not budget.text or budget.amount is None:
        return False
    written = {f"{budget.amount:{form}}" for form in ("", ",")} | {str(budget.amount)}
    written |= {number.translate(_SEPARATORS) for number in written}
    text = budget.text.casefold()
    return (budget.unit or "").casefold() in text and not written.isdisjoint(_NUMBER.findall(text))


def data(view: PlanTree, words: Words) -> Object:
    """Return the plan, or a part of it, with the keys of the plan file."""
    plan: Object = json.loads(plan_to_json(view.heading.plan))
    if view.code is None:
        return {**plan, "former": [{"code": code, "title": title} for code, title in view.former]}
    parts = [part for area in plan["areas"] for part in (area, *area.get("activities", ()))]
    found: Object = next(part for part in parts if part["code"] == view.code)
    return found
