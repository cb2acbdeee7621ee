"""A change of a plan in words: what became of an area or an activity, and each field as it was and as it is."""

from plantrack.i18n.words import Words
from plantrack.model.days import valid_day
from plantrack.model.names import Names, place_label
from plantrack.model.plan import Plan
from plantrack.model.plan_diff import FieldChange, Leaf, PartChange
from plantrack.render.layout.blocks import StyledText
from plantrack.render.layout.fact_formatter import one_line, time_said
from plantrack.render.layout.json_object import Object

#: Fields whose values are ids of organisations, of places.
_ORGANISATIONS = ("lead", "coordinating", "parent", "successor")
_PLACES = ("place", "places", "merged_from")


class Changes:
    """Words the changes from one state of a plan to the next."""

    def __init__(self, old: Plan | None, new: Plan, words: Words) -> None:
        self.words = words
        self.names = Names(new)
        self.before = Names(old or new)

    def line(self, change: PartChange) -> tuple[StyledText, ...]:
        """Say in a line what changed: the code and the title, what became of it, its fields."""
        title = f"“{self._title(change)}”"
        home = "" if change.what in ("area", "activity") else f"{self.words(f'diff.home.{change.what}')}: "
        named = title if change.what == "plan" else f"{change.code} {title}"
        fields = [span for field in change.fields for span in (StyledText("; "), *self.field(field))]
        return (StyledText(f"{home}{named}: {self.kind(change)}"), *fields, StyledText("."))

    def _title(self, change: PartChange) -> str:
        """Return the title that reports have: of an area the short one."""
        area = self.names.areas.get(change.code) or self.before.areas.get(change.code)
        language = self.words.language
        return one_line(area.label(language) if area else change.title.within(language))

    def kind(self, change: PartChange) -> str:
        """Say what became of a part."""
        words = self.words
        if change.kind == "moved":
            return words("diff.moved", old=change.old_code)
        if change.retired is not None:
            return words("diff.retired", day=words.day(change.retired.on), reason=change.retired.reason)
        if not change.fields and change.kind == "changed":
            return words("diff.catching-up")
        return words(f"diff.{change.kind}")

    def field(self, field: FieldChange) -> tuple[StyledText, ...]:
        """Say what a field was and what it is."""
        return (StyledText(f"{self.name(field.name)}: "), *self.step(field))

    def step(self, field: FieldChange) -> tuple[StyledText, ...]:
        """Return the old value and the new one."""
        return arrow(self._value(field.name, field.old), self._value(field.name, field.new))

    def name(self, path: str) -> str:
        """Name a field by its path."""
        head, _, rest = path.partition(".")
        name = self.words(f"diff.field.{head}")
        if not rest:
            return name
        detail = {"en": "diff.in-english", "order": "diff.order"}.get(rest)
        return f"{name} ({self.words(detail) if detail else one_line(rest)})"

    def _value(self, path: str, value: Leaf) -> str:
        """Word a value of a field, for the reader: names for ids, days and periods as they are written."""
        words, head = self.words, path.partition(".")[0]
        if value is None or value == ():
            return words("unknown.said")
        if isinstance(value, tuple):
            return ", ".join(self._value(path, one) for one in value)
        if isinstance(value, bool):
            return words("yes.alone") if value else words("no.alone")
        if not isinstance(value, str):
            return words.number(value)
        return self._text(head, value)

    def _text(self, head: str, value: str) -> str:
        words, language = self.words, self.words.language
        if head in _ORGANISATIONS:
            known = value if value in self.names.organisations else None
            return (self.names if known else self.before).party_label(value, language)
        if head in _PLACES:
            return place_label({**self.before.places, **self.names.places}, value, language)
        if head == "priority":
            return words(f"priority.{value}")
        if valid_day(value):
            return words.day(value)
        return time_said(value, words) if head in ("due", "time") else f"“{one_line(value)}”"


def arrow(old: str, new: str) -> tuple[StyledText, ...]:
    """Lead from one value to another."""
    return StyledText(old, "quiet"), StyledText(" → "), StyledText(new, "strong")


def part_change_object(change: PartChange) -> Object:
    """Return a change of a plan for JSON."""
    return {
        "kind": change.kind,
        "what": change.what,
        "code": change.code,
        "old_code": change.old_code,
        "area": change.area,
        "title": change.title._asdict(),
        "fields": [field._asdict() for field in change.fields],
        "retired": change.retired._asdict() if change.retired else None,
    }
