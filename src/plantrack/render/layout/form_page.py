"""A form to be filled in, worded: what stands above, the rows, the empty ones, the rules of the cells; no format."""

from collections.abc import Mapping
from typing import Final

from plantrack.model.forms.columns import AskedColumn
from plantrack.model.named_tuple import NamedTuple

#: The sheet that nobody needs to see, which says what the form is.
HIDDEN_SHEET: Final = "plantrack"


class FormColumn(NamedTuple):
    """A column, with its heading."""

    field: AskedColumn
    heading: str


class FormHint(NamedTuple):
    """What is told beside a cell with a rule, and of an entry that breaks it."""

    title: str
    text: str


class FormPage(NamedTuple):
    """All that stands in a form."""

    #: The name of the sheet, and the title; made-up data is labelled.
    name: str
    title: str
    label: str
    #: Which week it is of, until when, by whom; and how it is filled in.
    lines: tuple[str, ...]
    instructions: tuple[str, ...]
    code: str
    columns: tuple[FormColumn, ...]
    #: By row: its code, and what stands in each column.
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    #: What stands over the rows for new tasks, how many there are, and what the areas are called.
    new_title: str
    new_rows: int
    areas: tuple[str, ...]
    #: What may be chosen, and what is told, by the rule.
    choices: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, FormHint]
    #: What the hidden sheet says, line by line.
    marks: tuple[tuple[str, str], ...]
    footer: str
    language: str
