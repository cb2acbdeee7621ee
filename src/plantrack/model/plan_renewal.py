"""A plan of another year out of one that there is: what of it stays, and what a person must say anew.

What agencies agreed on once and go on with stays: areas, activities, who does what, organisations, places,
the programme. What is of the year or of the document goes; the tests have the list, key by key.
"""

import re
from collections.abc import Iterable

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Activity, Area, Budget, CitedDocument, Indicator, Plan, Text


class Mark(NamedTuple):
    """Something to be said of a key of the new plan; `path` as in a plan file: `areas/ND1/lead`."""

    path: str
    #: What is said, e.g. `number`.
    code: str
    #: Whether a person must fill the key in.
    fill: bool
    params: dict[str, str] = {}
    #: What stood there in the other year.
    was: str | None = None


class Renewal(NamedTuple):
    """The new plan, what is to be said in it, and the organisations and places that others took over from."""

    plan: Plan
    marks: tuple[Mark, ...]
    replaced: tuple[tuple[str, str], ...]


def renewed(plan: Plan, plan_id: str, year: int) -> Renewal:
    """Make a plan of `year` out of one of another year, or of the same."""
    return _Renewal(plan, year).whole(plan_id)


class _Line(NamedTuple):
    """Organisations or places that follow one another."""

    what: str
    #: The last day of each that ends.
    ends: dict[str, str]
    #: What comes after each, where that is one.
    after: dict[str, str]

    @classmethod
    def of_organisations(cls, plan: Plan) -> "_Line":
        """Return the organisations of a plan, with their successors."""
        ends = {o.id: o.valid_to for o in plan.organisations if o.valid_to}
        return cls("organisation", ends, {o.id: o.successor for o in plan.organisations if o.successor})

    @classmethod
    def of_places(cls, plan: Plan) -> "_Line":
        """Return the places of a plan, with what they became part of; of several, none is meant."""
        became: dict[str, list[str]] = {}
        for place in plan.places:
            for old in place.merged_from:
                became.setdefault(old, []).append(place.id)
        ends = {p.id: p.valid_to for p in plan.places if p.valid_to}
        return cls("place", ends, {old: new[0] for old, new in became.items() if len(new) == 1})

    def is_over(self, day: str, name: str) -> bool:
        """Return whether one ended before a day."""
        return name in self.ends and self.ends[name] < day

    def on(self, day: str, name: str) -> str:
        """Return what one has become by a day; the last that is known, where all ended before."""
        seen = {name}
        while self.is_over(day, name) and self.after.get(name, name) not in seen:
            name = self.after[name]
            seen.add(name)
        return name


class _Renewal:
    def __init__(self, plan: Plan, year: int) -> None:
        self.old = plan
        self.year = year
        self.end = f"{year}-12-31"
        self.marks: list[Mark] = []
        self.organisations = _Line.of_organisations(plan)
        self.places = _Line.of_places(plan)
        self.replaced: dict[tuple[str, str], None] = {}

    def whole(self, plan_id: str) -> Renewal:
        """Make the plan."""
        old = self.old
        self._mark("", "about", fill=False, plan=old.id, year=str(old.year))
        for key in ("number", "date"):
            self._fill(key, key, getattr(old, key), always=True)
        self._check_year("title", old.title)
        self._fill("purpose", "purpose", old.purpose and old.purpose.vi)
        for key in ("start", "end"):
            self._fill(key, key, getattr(old, key))
        if old.source is not None:
            self._mark("source", "source")
        self._check_period("programme/title", old.programme)
        for place, goal in enumerate(old.contributes_to):
            self._check_period(f"contributes_to/{place}/title", goal)
        plan = Plan(
            id=plan_id, year=self.year, title=old.title, areas=tuple(map(self._area, old.areas)),
            programme=old.programme, contributes_to=old.contributes_to, references=old.references,
            reporting=old.reporting, organisations=old.organisations, places=old.places,
        )  # fmt: skip
        return Renewal(plan, tuple(self.marks), tuple(self.replaced))

    # What is said.

    def _mark(
        self, path: str, code: str, /, *, fill: bool = True, was: str | None = None, **params: str
    ) -> None:
        self.marks.append(Mark(path, code, fill, params, was))

    def _fill(self, path: str, code: str, was: str | None, *, always: bool = False) -> None:
        """Mark a key that the old plan has, so that the new one will have it too."""
        if was or always:
            self._mark(path, code, was=was or None)

    def _check_year(self, path: str, *texts: Text | str | None) -> None:
        """Mark texts that name the year of the old plan, or the one after it."""
        if self.year == self.old.year:
            return
        told = " ".join(t for text in texts if text for t in ([text] if isinstance(text, str) else text) if t)
        years = [
            y for y in (self.old.year, self.old.year + 1) if re.search(rf"(?<![0-9–-]){y}(?![0-9])", told)
        ]
        if years:
            self._mark(path, "year", years=", ".join(map(str, years)))

    def _check_period(self, path: str, document: CitedDocument | None) -> None:
        """Mark a programme whose title names only years that are over."""
        title = document.title.vi if document and document.title else ""
        years = [int(year) for year in re.findall(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])", title)]
        if years and max(years) < self.year:
            self._mark(path, "period", year=str(max(years)))

    # Areas and activities.

    def _area(self, area: Area) -> Area:
        path = f"areas/{area.code}"
        self._check_year(f"{path}/title", area.title)
        self._check_year(f"{path}/short", area.short)
        result = area.intended_result
        if result:
            self._check_year(f"{path}/intended_result/title", result.title)
        roles = self._roles(path, area)
        if not area.lead and not (area.activities and all(a.lead for a in area.activities)):
            self._mark(f"{path}/lead", "lead")
        return Area(
            area.code, area.title, area.short, None, *roles, result and result._replace(source_quote=None),
            tuple(self._activity(path, activity) for activity in area.activities),
        )  # fmt: skip

    def _activity(self, area: str, old: Activity) -> Activity:
        path = f"{area}/activities/{old.code}"
        self._check_year(f"{path}/title", old.title)
        self._check_year(f"{path}/topics", *old.topics)
        self._check_year(f"{path}/deliverable", old.deliverable)
        lead, coordinating = self._roles(path, old)
        if not old.ongoing:
            self._fill(f"{path}/due", "due", _list((old.time, old.due)), always=True)
        self._fill(f"{path}/start", "start", old.start)
        self._fill(f"{path}/budget", "budget", old.budget and _money(old.budget))
        self._fill(f"{path}/milestones", "milestones", _list(f"{m.due} {m.title.vi}" for m in old.milestones))
        return Activity(
            old.code, old.title, topics=old.topics, lead=lead, coordinating=coordinating,
            place=self._now(f"{path}/place", old.place, self.places),
            ongoing=old.ongoing, priority=old.priority, deliverable=old.deliverable,
            indicators=tuple(self._indicator(path, i) for i in old.indicators),
        )  # fmt: skip

    def _indicator(self, activity: str, indicator: Indicator) -> Indicator:
        was = _list(str(n) for n in (indicator.baseline, indicator.target) if n is not None)
        self._fill(f"{activity}/indicators/{indicator.id}/target", "target", was)
        return indicator._replace(baseline=None, target=None)

    # Who and where.

    def _roles(self, path: str, old: Area | Activity) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return who leads and who coordinates; who has come to lead does not coordinate too."""
        lead = self._now(f"{path}/lead", old.lead, self.organisations)
        others = self._now(f"{path}/coordinating", old.coordinating, self.organisations)
        both = set(old.lead) & set(old.coordinating)
        return lead, tuple(o for o in others if o not in lead or o in both)

    def _now(self, path: str, names: Iterable[str], line: _Line) -> tuple[str, ...]:
        """Return what there is at the end of the year in the place of each of `names`, each once."""
        found = dict[str, None]()
        for name in names:
            now = line.on(self.end, name)
            found[now] = None
            if now != name:
                self.replaced[name, now] = None
                self._mark(path, f"{line.what}-replaced", fill=False, old=name, new=now, day=line.ends[name])
            if line.is_over(self.end, now):
                self._mark(path, f"{line.what}-ended", old=now, day=line.ends[now])
        return tuple(found)


def _list(parts: Iterable[str | None]) -> str:
    return "; ".join(part for part in parts if part)


def _money(budget: Budget) -> str:
    amount = "" if budget.amount is None else f"{budget.amount} {budget.unit or ''}".strip()
    return _list((budget.text, amount, budget.source))
