"""The format of a plan file, declared once: its keys in the order of the file, each with the form of its value.

From this are made: what refuses a file (`planfile/format/models`), the JSON Schema, the order in which files are
written, and the reading of a plan from JSON. A new key is a line here and its field in the record.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from plantrack.model.plan import (
    Activity,
    Area,
    Budget,
    CitedDocument,
    Indicator,
    IntendedResult,
    Milestone,
    Organisation,
    Place,
    Plan,
    PlanSource,
    Reporting,
    Retired,
    Text,
)

#: The form of an id.
ID = re.compile("[a-z0-9][a-z0-9-]*")
#: What a single value is; "Text" is a line in Vietnamese, or a mapping of both languages.
Single = Literal[
    "Line", "Prose", "Text", "Id", "AreaCode", "ActivityCode", "Code", "Day", "Due", "Number", "Boolean", "Version"
]  # fmt: skip


class Section:
    """A mapping of a plan file: its keys, and the record that holds what they say."""

    def __init__(
        self, record: Any, keys: Mapping[str, "Form"], *, name: str = "", required: tuple[str, ...] = ()
    ) -> None:
        """Require what has no default in the record, and `required`; `name` is that in the schema."""
        self.record = record
        self.keys = keys
        self.name = name or record.__name__
        needed = {key for key in record._fields if key not in record._field_defaults} | set(required)
        self.required = tuple(key for key in keys if key in needed)

    def required_first(self) -> list[str]:
        """Return the keys as they are listed for people: lists that plans share, what must be there, the rest."""
        return sorted(self.keys, key=lambda key: (key not in LISTS.keys, key not in self.required))


#: A single value, one of several words, a whole number in a range, a list (`["Line"]`), keys that are not named here
#: with their values (`{"Code": "Code"}`), or a mapping whose keys are.
Form: TypeAlias = Single | tuple[str, ...] | range | list["Form"] | dict[Single, Single] | Section


def section_in(form: Form | None) -> Section | None:
    """Return the section that a value of a form is, or is a list of."""
    if isinstance(form, list):
        return section_in(form[0])
    if form == "Text":
        return TEXT
    return form if isinstance(form, Section) else None


def every_section(top: Section) -> Iterator[Section]:
    """Yield a section and those within it, one as often as it occurs."""
    yield top
    for form in top.keys.values():
        if inner := section_in(form):
            yield from every_section(inner)


TEXT = Section(Text, {"vi": "Line", "en": "Line"}, name="Both")

SOURCE = Section(
    PlanSource,
    {
        "publisher": "Line",
        "page_title": "Line",
        "author": "Line",
        "published": "Day",
        "retrieved": "Day",
        "url": "Line",
        "detail_url": "Line",
        "sha256": "Line",
    },
    name="Source",
)

PROGRAMME = Section(
    CitedDocument,
    {"title": "Text", "number": "Line", "date": "Day"},
    name="Programme",
    required=("title",),
)

GOAL = Section(CitedDocument, {"title": "Text"}, name="Goal", required=("title",))

REFERENCE = Section(
    CitedDocument,
    {"id": "Id", "number": "Line", "date": "Day", "issuer": "Line", "title": "Text"},
    name="Reference",
)

AMENDMENT = Section(
    CitedDocument,
    {"number": "Line", "date": "Day", "title": "Text"},
    name="Amendment",
    required=("number",),
)

REPORTING = Section(
    Reporting,
    {
        "language": ("vi", "en"),
        "timezone": "Line",
        "closing_day": range(1, 29),
        "due_soon_days": range(367),
        "stale_days": range(1, 367),
    },
)

ORGANISATION = Section(
    Organisation,
    {
        "id": "Id",
        "name": "Text",
        "short": "Text",
        "symbol": "Line",
        "level": ("central", "province", "unit"),
        "place": "Line",
        "parent": "Line",
        "valid_from": "Day",
        "valid_to": "Day",
        "successor": "Line",
    },
)

PLACE = Section(
    Place,
    {
        "id": "Id",
        "name": "Text",
        "region": "Text",
        "valid_from": "Day",
        "valid_to": "Day",
        "merged_from": ["Line"],
        "codes": {"Line": "Line"},
    },
)

BUDGET = Section(Budget, {"text": "Prose", "amount": "Number", "unit": "Line", "source": "Line"})

INDICATOR = Section(
    Indicator,
    {"id": "Id", "title": "Text", "unit": "Line", "baseline": "Number", "target": "Number"},
)

MILESTONE = Section(Milestone, {"due": "Due", "title": "Text"})

ACTIVITY = Section(
    Activity,
    {
        "code": "ActivityCode",
        "no": "Line",
        "title": "Text",
        "source_quote": "Prose",
        "topics": ["Line"],
        "lead": ["Line"],
        "coordinating": ["Line"],
        "place": ["Line"],
        "time": "Line",
        "start": "Day",
        "due": "Due",
        "ongoing": "Boolean",
        "priority": ("low", "normal", "high", "urgent"),
        "deliverable": "Text",
        "budget": BUDGET,
        "note": "Prose",
        "indicators": [INDICATOR],
        "milestones": [MILESTONE],
    },
)

INTENDED_RESULT = Section(IntendedResult, {"title": "Text", "source_quote": "Prose"})

AREA = Section(
    Area,
    {
        "code": "AreaCode",
        "title": "Text",
        "short": "Text",
        "source_text": "Prose",
        "lead": ["Line"],
        "coordinating": ["Line"],
        "intended_result": INTENDED_RESULT,
        "activities": [ACTIVITY],
    },
)

RETIRED = Section(Retired, {"code": "Code", "on": "Day", "reason": "Line"})

#: What a plan may include from a file of its own.
LISTS = Section(Plan, {"organisations": [ORGANISATION], "places": [PLACE]}, name="Lists")

#: `format` and `include` are of the file; the plan itself lacks them.
PLAN = Section(
    Plan,
    {
        "format": "Version",
        "id": "Id",
        "year": range(1900, 2200),
        "number": "Line",
        "date": "Day",
        "title": "Text",
        "purpose": "Text",
        "start": "Day",
        "end": "Day",
        "unstated": [("lead", "due")],
        "source": SOURCE,
        "programme": PROGRAMME,
        "contributes_to": [GOAL],
        "references": [REFERENCE],
        "amendments": [AMENDMENT],
        "reporting": REPORTING,
        "include": ["Line"],
        **LISTS.keys,
        "areas": [AREA],
        "moved": {"Code": "Code"},
        "retired": [RETIRED],
    },
    required=("format",),
)
