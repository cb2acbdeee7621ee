"""What forms answer: where a cell is, whether money is followed, how many have answered."""

from typing import Any

from plantrack.errors import Failure
from plantrack.model.views.form import AskedForm, BadCell, BadCells, FormStatus


def test_a_cell_is_named_as_spreadsheets_do() -> None:
    why = Failure("form-cell-error")
    cells = (BadCell("Biểu", 12, 9, "I", "Kết quả", "#REF!", why), BadCell("Biểu", 13, 0, "", "", "", why))
    assert [cell.place for cell in cells] == ["I12", "13"]
    found = BadCells("form-bad-cells", cells, file="a.xlsx", count=2)
    assert (found.cells, found.exit_code) == (cells, 5)


def test_who_answered_is_counted() -> None:
    class State:
        def __init__(self, *answers: str) -> None:
            self.answers = answers

    made: Any = (State("a", "b"), State(), State("c"))
    heading: Any = None
    assert FormStatus(heading, heading, made).answered == 2


def test_money_is_followed_where_there_is_any() -> None:
    class Part:
        def __init__(self, **values: Any) -> None:
            self.__dict__.update(values)

    def asked(budget: int | None, spent: int | None) -> Any:
        return Part(task=Part(budget=budget), state=Part(allocated=None, spent=spent))

    nothing: Any = None
    forms = [
        AskedForm(nothing, nothing, nothing, nothing, tasks)
        for tasks in ((), (asked(None, None),), (asked(None, 0),), (asked(5, None),))
    ]
    assert [form.follows_money for form in forms] == [False, False, True, True]
