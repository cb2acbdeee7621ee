"""What forms answer: whether money is followed, how many have answered."""

from typing import Any

from plantrack.model.views.form import AskedForm, FormStatus


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
