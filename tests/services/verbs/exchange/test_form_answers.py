"""What rows of a form come to: who has no difficulty, what comes again, recurring work, a day before the opening."""

from plantrack.store.sqlite.connection import SQLite
from tests.services.verbs.exchange.test_form import Made, made, read, work
from tests.support.filled_forms import filled
from tests.support.steps import OpenContext, opened, stood

__all__ = ["made", "work"]


def test_no_difficulty_ends_one_and_is_else_nothing(work: OpenContext, made: Made) -> None:
    path = filled(made(), {"1": {"blocked": "Không có."}, "2": {"blocked": "không"}})
    done, view = read(work, path)
    assert (done.command is not None, [row.label for row in view.news]) == (True, ["2"])
    assert stood(work, "2").blocked is None


def test_done_recurring_work_opens_the_next(work: OpenContext, made: Made) -> None:
    opened(work, "2024-07-02", "Giao ban", lead=("hlhpn",), due="2024-07-19", every="week")
    read(work, filled(made(), {"4": {"status": "Hoàn thành"}}))
    assert (stood(work, "4").status, stood(work, "5").due) == ("done", "2024-07-26")


def test_an_empty_day_never_moves_an_opening_back(work: OpenContext, made: Made) -> None:
    opened(work, "2024-07-17", "Mới mở", lead=("hlhpn",))
    work("2024-07-18")
    read(work, filled(made(week="last"), {"4": {"percent": 10}}))
    task = stood(work, "4")
    assert (task.opened_on, task.updated_on) == ("2024-07-17", "2024-07-17")


def test_who_told_it_is_the_organisation_unless_somebody_is_named(
    db: SQLite, work: OpenContext, made: Made
) -> None:
    path = filled(made(), {"1": {"percent": 10}})
    read(work, path)
    read(work, filled(path, {"1": {"percent": 20}}), told_by="chị Ví dụ")
    told = db.query("SELECT told_by FROM status_update WHERE percent IN (10, 20) ORDER BY percent")
    assert [tuple(row) for row in told] == [("Hội LHPN Việt Nam",), ("chị Ví dụ",)]


def test_one_new_task_in_two_rows_is_one(work: OpenContext, made: Made) -> None:
    new = {"title": "Họp nhóm", "area": "ND2"}
    _, view = read(work, filled(made(), {"+1": new, "+2": new}), new_tasks=True)
    assert len(view.new_tasks) == 1
