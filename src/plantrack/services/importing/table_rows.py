"""The rows of a sheet as they are meant: each with the text of its fields, groups and totals told from work."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from plantrack.model.importing.cell_values import (
    is_group_number,
    is_total,
    meant,
    money_text,
    number_text,
    percent_in_heading,
    sure_percent,
    without_number,
)
from plantrack.model.importing.fields import FIELDS, SAID, ImportKind
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed.money import unit_in_heading
from plantrack.services.importing.columns import SheetColumns
from plantrack.tables.table_file import Cell, SheetRow

#: The fields that hold a day: a real date is taken as one, however it is shown.
_DAYS = frozenset({"due", "start", "opened", "on"})
_MONEY = ("budget", "allocated", "spent")
#: What is news of a task.
_REPORTED = frozenset(field.name for field in SAID) - {"on", "told_by"}
#: The fields whose texts may have several lines.
_OF_LINES = frozenset({"result", "next", "blocked", "proposal", "note"})
#: What a table has that has no column for them: the area and the activity of a group of rows.
Group = tuple[str, str]
FindGroup = Callable[[str], Group | None]


class TypedRow(NamedTuple):
    """A row of a file: its number, what its fields say (those that say nothing are not there), and what names it."""

    number: int
    texts: Mapping[str, str]
    #: Of all that it says, in the order of the fields.
    sha256: str
    #: The value of the key column, empty where there is none.
    key: str
    #: The field of a formula whose result the file does not have.
    unsolved: str = ""
    #: The heading of its group, where that means no area.
    group: str = ""


class RowReader:
    """Reads the rows of a sheet under its columns; `find_group`: what a heading between rows means, if anything."""

    def __init__(self, columns: SheetColumns, find_group: FindGroup) -> None:
        self._sheet = columns.sheet
        self._below = columns.below
        self._find_group = find_group
        own = columns.fields
        self._places = [(f, own[f]) for f in (field.name for field in FIELDS[columns.kind]) if f in own]
        self._meaning = [
            (field.name, own.get(field.name)) for field in FIELDS[columns.kind] if not field.is_outside
        ]
        self._headings = {use.column: use.heading for use in columns.uses}
        units = {field: unit_in_heading(columns.heading_of(field)) for field in _MONEY}
        self._units = {field: unit.name if unit else "" for field, unit in units.items()}
        self._is_report = columns.kind is ImportKind.UPDATE and not _REPORTED.isdisjoint(own)
        self.has_groups = columns.kind is ImportKind.TASK and not {"area", "activity"} & own.keys()
        #: How many rows were only headings of groups, or sums.
        self.others = 0
        #: How many name a task and report nothing of it.
        self.empty = 0
        self._in_percents = percent_in_heading(columns.heading_of("percent"))

    def rows(self) -> Iterator[tuple[SheetRow, TypedRow]]:
        """Yield the rows that say something, as they stand in the file and as they are meant."""
        self.others = self.empty = 0
        group, unknown = None, ""
        for row in self._sheet.rows():
            if row.number <= self._below:
                continue
            texts = self._texts(row)
            said = texts.keys() - {"no", "key", "error"}
            if not said and not texts.get("key"):
                self.others += bool(row.own())
                continue
            if self._is_other(row, texts):
                self.others += 1
                continue
            if self._is_report and not said & _REPORTED:
                self.empty += 1
                continue
            if self.has_groups and said == {"title"} and (found := self._group(texts)) is not None:
                group, unknown = found, "" if any(found) else texts["title"]
                self.others += 1
                continue
            yield row, self._typed(row, texts, group)._replace(group=unknown)

    def _texts(self, row: SheetRow) -> dict[str, str]:
        texts = {}
        covered = self._covered(row) if row.merged else {}
        for field, place in self._places:
            cell = row.at(covered.get(place, place))
            if not cell.text or covered.get(place, place) < 0:
                continue
            if cell.day is not None and field in _DAYS:
                texts[field] = cell.day
            elif text := meant(field, cell.text):
                texts[field] = self._as_typed(field, text, cell)
        return texts

    def _as_typed(self, field: str, text: str, cell: Cell) -> str:
        if field == "percent":
            return sure_percent(text, cell.number, in_percents=self._in_percents)
        if field == "value":
            return number_text(text, cell.number)
        if unit := self._units.get(field):
            return money_text(text, cell.number, unit)
        return text if field in _OF_LINES or "\n" not in text else " ".join(text.split())

    def _covered(self, row: SheetRow) -> dict[int, int]:
        """Return where the text of each column stands: below a wide cell in one of them, and in the others nowhere (-1)."""
        found: dict[int, int] = {}
        own = dict(self._places)
        for span in row.merged:
            if span.last > span.first:
                columns = range(span.first, span.last + 1)
                keeps = own["title"] if own.get("title", -1) in columns else span.first
                found.update((column, span.first if column == keeps else -1) for column in columns)
        return found

    def _is_other(self, row: SheetRow, texts: Mapping[str, str]) -> bool:
        """Return whether a row sums up, or has the headings again, as pages do."""
        first = next((cell.text for _, cell in row.own()), "")
        if is_total(first) or is_total(texts.get("title", "")):
            return True
        own = {column: cell.text for column, cell in row.own()}
        return all(
            text == self._headings.get(column, "").rpartition(" – ")[2] for column, text in own.items()
        )

    def _group(self, texts: Mapping[str, str]) -> Group | None:
        """Return the area and the activity that a heading between rows means; ("", "") where it means neither."""
        title = texts["title"]
        if found := self._find_group(title) or self._find_group(without_number(title)):
            return found
        number = texts.get("no") or title.split()[0]
        return ("", "") if is_group_number(number) and number != title else None

    def _typed(self, row: SheetRow, texts: dict[str, str], group: Group | None) -> TypedRow:
        key = texts.pop("key", "")
        texts.pop("no", None)
        texts.pop("error", None)
        if group is not None:
            texts.update((field, code) for field, code in zip(("area", "activity"), group) if code)
        said = "\x1f".join([f"{field}={texts[field]}" for field, _ in self._meaning if field in texts])
        unsolved = next((f for f, place in self._places if f in texts and row.at(place).formula), "")
        return TypedRow(row.number, texts, sha256(said.encode()).hexdigest(), key, unsolved)
