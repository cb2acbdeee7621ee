"""One line of an annex as an activity of a plan, with what a person should look at."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from plantrack.model.days import civil_period
from plantrack.model.plan import Activity, Budget, Text
from plantrack.model.text import fold
from plantrack.planfile.annex import remark_texts
from plantrack.planfile.annex.annex_rows import AnnexLine, LineField
from plantrack.planfile.annex.column_roles import ColumnRole
from plantrack.planfile.annex.money_cells import read_money
from plantrack.planfile.annex.nesting import Leaf
from plantrack.planfile.annex.party_cells import SAME, Named, Parties, names_in
from plantrack.planfile.annex.time_cells import CellTime, of_day, read_start, read_time
from plantrack.planfile.annex.title_numbers import is_bullet, split_number

#: Columns in which "nt" means what the line above has.
_REPEATABLE: Final = (
    ColumnRole.LEAD,
    ColumnRole.COORDINATING,
    ColumnRole.PARTIES,
    ColumnRole.TIME,
    ColumnRole.START,
    ColumnRole.DELIVERABLE,
)
_PARTY_ROLES: Final = (ColumnRole.LEAD, ColumnRole.COORDINATING, ColumnRole.PARTIES)

Notes = dict[str, list[str]]


def one_line(text: str, between: str = " ") -> str:
    """Return a text of several lines as one: items are parted by ";", lines that only go on by a space."""
    line = ""
    for part in text.split("\n"):
        goes_on = part[:1].islower() and not split_number(part)[0]
        item = between if not split_number(part)[0] else "; "
        line += (
            (" " if goes_on or line.endswith((",", ";", ":", "-", "–")) else item) + part if line else part
        )
    return line.strip()


class Reader:
    """Reads the lines of one annex in order: a line may say "as above"."""

    def __init__(self, year: int, file: str, unit: str | None, parties: Parties) -> None:
        self.year = year
        self.file = file
        self.unit = unit
        self.parties = parties
        self._above: dict[ColumnRole, LineField] = {}

    def activity(self, leaf: Leaf, code: str) -> tuple[Activity, Notes]:
        """Return an activity, and remarks on it by key ("" for the whole)."""
        line = leaf.node.line
        heading = [remark_texts.HEADING_TOO] if leaf.node.inner else []
        notes: Notes = {"": [self.source(line), *line.remarks, *heading]}
        fields = self._resolved(line, notes)
        lead, coordinating, vague = self._parties(fields, leaf, notes)
        when = self._when(fields, notes)
        activity = Activity(
            code,
            Text(one_line(line.title) or remark_texts.ACTIVITY_TITLE),
            no=None if is_bullet(line.no) else line.no or None,
            lead=lead,
            coordinating=coordinating,
            time=_time(fields),
            start=when.start,
            due=when.due,
            ongoing=when.ongoing,
            deliverable=_text(fields.get(ColumnRole.DELIVERABLE)),
            budget=self._budget(fields, notes),
            note="\n".join(_note(leaf, fields, vague)) or None,
        )
        if not line.title:
            notes.setdefault("title", []).append(remark_texts.to_fill(remark_texts.ACTIVITY_TITLE_MISSING))
        return activity, self._with_left(leaf, activity, notes)

    def source(self, line: AnnexLine) -> str:
        """Say where a line stands in the annex."""
        form = remark_texts.SOURCE_NO if line.no else remark_texts.SOURCE
        return form.format(row=line.where, file=self.file, no=line.no)

    def named(self, line: AnnexLine, role: ColumnRole) -> Named:
        """Return the organisations of a column of a line."""
        return self._named(line.fields.get(role))

    def _named(self, field: LineField | None) -> Named:
        return self.parties.read(field.text) if field else Named()

    def _resolved(self, line: AnnexLine, notes: Notes) -> dict[ColumnRole, LineField]:
        """Put what the line above has where this one says "as above"."""
        fields = dict(line.fields)
        for role in _REPEATABLE:
            own, above = fields.get(role), self._above.get(role)
            if own and above and SAME.fullmatch(fold(own.text)):
                notes[""].append(remark_texts.AS_ABOVE.format(text=own.text, role=role))
                fields[role] = above
        self._above = fields
        for role, field in fields.items():
            if field.formula:
                notes.setdefault("", []).append(
                    remark_texts.to_fill(f"{role.lower()}: {remark_texts.NO_RESULT}")
                )
        return fields

    def _parties(
        self, fields: dict[ColumnRole, LineField], leaf: Leaf, notes: Notes
    ) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
        """Return who leads, who takes part, and what is no name, as lines of a note."""
        led, joined, both = (self._named(fields.get(role)) for role in _PARTY_ROLES)
        lead = [*(led.lead or led.plain), *joined.lead, *both.lead]
        coordinating = [*joined.plain, *joined.coordinating, *led.beside, *led.coordinating]
        coordinating += [*both.beside, *both.coordinating]
        vague = _vague(fields, dict(zip(_PARTY_ROLES, (led, joined, both), strict=True)), notes)
        if not both.lead and (both.coordinating or (len(both.plain) == 1 and not both.vague)):
            lead += both.plain
        elif both.plain and not both.beside:
            vague.append(f"{ColumnRole.PARTIES}: {one_line(fields[ColumnRole.PARTIES].text, '; ')}")
            notes.setdefault("lead", []).append(remark_texts.to_fill(remark_texts.PARTIES_UNCLEAR))
        lead = lead or self._of_group(leaf, "lead", notes)
        coordinating = coordinating or self._of_group(leaf, "coordinating", notes, but=lead)
        return tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(coordinating)), list(dict.fromkeys(vague))

    def _of_group(self, leaf: Leaf, key: str, notes: Notes, but: Sequence[str] = ()) -> list[str]:
        """Return the organisations of the nearest heading between the line and its area."""
        role = ColumnRole.LEAD if key == "lead" else ColumnRole.COORDINATING
        for node in reversed(leaf.between):
            found = self.named(node.line, role)
            names = (found.lead if key == "lead" else ()) or found.plain
            if others := [one for one in names if one not in but]:
                notes.setdefault(key, []).append(remark_texts.FROM_GROUP.format(row=node.line.where))
                return others
        return []

    def _when(self, fields: dict[ColumnRole, LineField], notes: Notes) -> CellTime:
        when = self._due(fields.get(ColumnRole.TIME), notes)
        begins = fields.get(ColumnRole.START)
        if begins:
            when = when._replace(start=begins.day or read_start(begins.text, self.year))
            if when.start is None:
                text = remark_texts.START_NOT_UNDERSTOOD.format(text=one_line(begins.text))
                notes.setdefault("start", []).append(remark_texts.to_fill(text))
        if when.start and when.due and when.start > _last_day(when.due):
            notes.setdefault("start", []).append(remark_texts.to_fill(remark_texts.START_AFTER_DUE))
            when = when._replace(start=None)
        return when

    def _due(self, field: LineField | None, notes: Notes) -> CellTime:
        if field is None:
            return CellTime()
        when = of_day(field.day, self.year) if field.day else read_time(field.text, self.year)
        doubts = notes.setdefault("due", [])
        doubts += when.doubts
        if not when.understood:
            doubts.append(remark_texts.to_fill(remark_texts.NOT_UNDERSTOOD.format(text=one_line(field.text))))
        return when

    def _budget(self, fields: dict[ColumnRole, LineField], notes: Notes) -> Budget | None:
        field, source = fields.get(ColumnRole.BUDGET), fields.get(ColumnRole.SOURCE)
        if (
            field is None
            and source
            and read_money(source.text, source.number, None).budget.amount is not None
        ):
            field, source = source, None
        if field is None:
            return Budget(source=one_line(source.text, "; ")) if source else None
        money = read_money(field.text, field.number, self.unit)
        if money.doubt:
            notes.setdefault("budget", []).append(money.doubt)
        return money.budget._replace(source=one_line(source.text, "; ") if source else None)

    def _with_left(self, leaf: Leaf, activity: Activity, notes: Notes) -> Notes:
        """Add what cells say that stands nowhere yet."""
        said = "\n".join([*_strings(activity), *(text for texts in notes.values() for text in texts)])
        names = "\n".join(self.parties.spellings((*activity.lead, *activity.coordinating)))
        for line in (leaf.node.line, *leaf.node.details):
            notes[""] += left(line, f"{said}\n{names}", remark_texts.LEFT)
        return notes


def _vague(fields: dict[ColumnRole, LineField], named: dict[ColumnRole, Named], notes: Notes) -> list[str]:
    """Return the cells that name somebody who is no organisation, as lines of a note."""
    lines = []
    for role, found in named.items():
        if found.vague:
            lines.append(f"{role}: {one_line(fields[role].text, '; ')}")
            key = "coordinating" if role is ColumnRole.COORDINATING else "lead"
            notes.setdefault(key, []).append(remark_texts.VAGUE.format(text="; ".join(found.vague)))
    return lines


def left(line: AnnexLine, said: str, form: str) -> Iterator[str]:
    """Yield remarks on the cells of a line that have text which is said nowhere."""
    for role, label, text in line.texts:
        if not (_are_named(text, said) if role in _PARTY_ROLES else _is_said(text, said)):
            yield form.format(
                label=label or remark_texts.NO_HEADING, text=text.replace("\n", " / "), row=line.where
            )


def _is_said(text: str, said: str) -> bool:
    for part in text.split("\n"):
        number, rest = split_number(part)
        if part not in said and not (number and rest in said):
            return False
    return True


def _are_named(text: str, said: str) -> bool:
    return text in said or all(name in said for name in names_in(text))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)


def _text(field: LineField | None) -> Text | None:
    return Text(one_line(field.text, "; ")) if field else None


def _time(fields: dict[ColumnRole, LineField]) -> str | None:
    texts = [
        one_line(fields[role].text, "; ") for role in (ColumnRole.START, ColumnRole.TIME) if role in fields
    ]
    return " – ".join(texts) or None


def _last_day(due: str) -> str:
    period = civil_period(due)
    return period.last if period else due


def _note(leaf: Leaf, fields: dict[ColumnRole, LineField], vague: Iterable[str]) -> Iterator[str]:
    if ColumnRole.NOTE in fields:
        yield fields[ColumnRole.NOTE].text
    yield from vague
    for label, text in leaf.node.line.extras:
        if text:
            yield f"{label or remark_texts.NO_HEADING}: {text}"
    if details := _named(leaf.node.details):
        yield remark_texts.DETAILS
        yield from details
    if titles := _named(node.line for node in leaf.between):
        yield remark_texts.WITHIN.format(titles=" / ".join(map(one_line, titles)))


def _named(lines: Iterable[AnnexLine]) -> list[str]:
    """Return lines by number and title; one that has neither names nothing."""
    return [name for line in lines if (name := f"{line.no} {line.title}".strip())]
