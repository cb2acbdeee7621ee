"""Forms made, filled in, read: what is recorded is what was filled in, once, and never over what changed since."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.problem import RowsFound
from plantrack.model.views.form import FormRead
from plantrack.render.formats.xlsx.form_workbook import form_workbook
from plantrack.render.views.exchange.form import form_page
from plantrack.services.verbs.edit import remove
from plantrack.services.verbs.exchange.form import (
    form_status,
    look_into,
    make_forms,
    open_form,
    put_form,
    read_form,
    refuse_places,
)
from plantrack.services.verbs.undo import undo
from plantrack.services.writing.command_rules import CommandResult
from plantrack.store.exchange import forms
from plantrack.store.sqlite.connection import SQLite
from tests.support.filled_forms import OfficeForm, Said, filled
from tests.support.steps import OpenContext, held, opened, refused, said, stood

Made = Callable[..., Path]
VI = Words("vi")


@pytest.fixture
def work(context_on: OpenContext) -> OpenContext:
    """Three tasks that the union leads, opened in July 2024; today is Thursday 18 July."""
    for title in ("Tập huấn", "Khảo sát", "Hội thảo"):
        opened(context_on, "2024-07-01", title, lead=("hlhpn",), due="2024-08-30")
    said(context_on, "2024-07-10", "2", percent="30", result="đã gửi phiếu", blocked="thiếu kinh phí")
    context_on("2024-07-18")
    return context_on


@pytest.fixture
def made(work: OpenContext, tmp_path: Path) -> Made:
    """Make the form of the union."""

    def make(*args: str, week: str = "this", name: str = "bieu.xlsx") -> Path:
        context = work()
        (view,) = make_forms(context, args or ("hlhpn",), week).forms
        path = tmp_path / name
        put_form(context, path, form_workbook(form_page(view, VI)), view.form)
        return path

    return make


def read(sit: OpenContext, path: Path, **how: Any) -> tuple[CommandResult, FormRead]:
    form = open_form(sit(), path, how.pop("told_by", None))
    return read_form(form, look_into(form), **how)


def bad(sit: OpenContext, path: Path) -> list[tuple[str, str]]:
    """Return the cells that are refused, and the codes of why."""
    with pytest.raises(RowsFound) as caught:
        look_into(open_form(sit(), path))
    return [(one.heading, one.failure.code) for one in caught.value.problems]


def test_what_was_filled_in_is_recorded_of_its_day_as_told_by_the_organisation(
    work: OpenContext, made: Made
) -> None:
    said_of: Said = {
        "1": {"result": "- đã họp", "percent": 40, "status": "Đang thực hiện", "on": "17/7/2024"},
        "2": {"blocked": "Không", "next": "=tổng hợp", "proposal": "không có"},
    }
    done, view = read(work, filled(made(), said_of))
    assert done.command is not None
    assert (done.command.verb, [row.label for row in view.news]) == ("form read", ["1", "2"])
    first, second = stood(work, "1"), stood(work, "2")
    assert (first.status, first.percent, first.updated_on) == ("in_progress", 40, "2024-07-17")
    assert (second.blocked, second.percent, second.updated_on) == (None, 30, "2024-07-18")
    assert stood(work, "3").updated_on is None


def test_a_form_shows_the_open_tasks_and_what_was_said_of_them(made: Made) -> None:
    form = OfficeForm(made())
    assert [label for label in form.rows() if not label.startswith("+")] == ["1", "2", "3"]
    assert form.shown("2", "now") == "Đang thực hiện 30%"
    assert form.shown("2", "said") == "10/07/2024: đã gửi phiếu\nVướng mắc 10/07/2024: thiếu kinh phí"
    assert form.shown("1", "due") == "30/08/2024"


def test_an_empty_day_is_the_closing_day_and_never_one_to_come(work: OpenContext, made: Made) -> None:
    _, view = read(work, filled(made(), {"1": {"percent": 10}}))
    assert (view.day_instead, stood(work, "1").updated_on) == ("2024-07-18", "2024-07-18")
    late = made(week="last", name="truoc.xlsx")
    _, view = read(work, filled(late, {"3": {"percent": 10}}))
    assert (view.day_instead, stood(work, "3").updated_on) == (None, "2024-07-14")


def test_a_form_read_twice_changes_nothing_and_one_with_more_adds_only_that(
    db: SQLite, work: OpenContext, made: Made
) -> None:
    path = filled(made(), {"1": {"result": "xong phần đầu"}})
    read(work, path)
    before = held(db)
    done, view = read(work, path)
    assert (done.command, view.same, view.news) == (None, 1, ())
    assert held(db) == before
    _, view = read(work, filled(path, {"3": {"status": "hoan thanh"}}))
    assert ([row.label for row in view.news], view.same) == (["3"], 1)
    _, view = read(work, filled(path, {"1": {"result": "xong cả hai phần"}}))
    assert ([row.label for row in view.corrected], view.same, view.changed) == (["1"], 1, ())


def test_what_was_taken_back_can_be_read_again(work: OpenContext, made: Made) -> None:
    path = filled(made(), {"1": {"percent": 50}, "+1": {"title": "Việc thêm", "area": "ND3"}})
    read(work, path, new_tasks=True)
    assert form_status(work()).answered == 1
    undo(work(), None)
    assert form_status(work()).answered == 0
    _, view = read(work, path, new_tasks=True)
    assert (len(view.news), len(view.new_tasks)) == (1, 1)
    assert stood(work, "1").percent == 50


def test_a_task_that_changed_since_is_not_overwritten(db: SQLite, work: OpenContext, made: Made) -> None:
    path = filled(made(), {"1": {"percent": 20}, "3": {"percent": 5}})
    said(work, "2024-07-18", "1", percent="60")
    seen = look_into(open_form(work(), path))
    (changed,) = seen.changed
    assert (changed.row.label, changed.now.percent) == ("1", 60)
    assert changed.then.startswith("Chưa thực hiện; 30/08/2024")
    before = held(db)
    with refused("form-rows-changed") as caught:
        read(work, path)
    assert str(caught.value.params["rows"]).startswith("('1 (")
    assert held(db) == before
    read(work, path, over_changed=True)
    assert (stood(work, "1").percent, stood(work, "3").percent) == (20, 5)


def test_rows_of_tasks_that_did_not_change_can_be_recorded_alone(work: OpenContext, made: Made) -> None:
    path = filled(made(), {"1": {"percent": 20}, "3": {"percent": 5}})
    said(work, "2024-07-18", "1", percent="60")
    seen = look_into(open_form(work(), path))
    assert seen.others == 1
    _, view = read(work, path, skip_changed=True)
    assert ([row.label for row in view.news], [row.label for row in view.skipped]) == (["3"], ["1"])
    assert (stood(work, "1").percent, stood(work, "3").percent) == (60, 5)
    done, view = read(work, path, skip_changed=True)
    assert (done.command, view.same, [row.label for row in view.skipped]) == (None, 1, ["1"])
    _, view = read(work, path, over_changed=True)
    assert (stood(work, "1").percent, view.skipped) == (20, ())


def test_what_changes_between_looking_and_recording_is_refused_too(work: OpenContext, made: Made) -> None:
    form = open_form(work(), filled(made(), {"1": {"percent": 20}}))
    seen = look_into(form)
    said(work, "2024-07-18", "1", percent="60")
    with refused("form-rows-changed"):
        read_form(form._replace(context=work()), seen, over_changed=True)
    assert stood(work, "1").percent == 60


def test_a_changed_row_that_changes_once_more_was_not_seen_so(work: OpenContext, made: Made) -> None:
    form = open_form(work(), filled(made(), {"1": {"percent": 20}}))
    said(work, "2024-07-18", "1", percent="60")
    seen = look_into(form._replace(context=work()))
    said(work, "2024-07-18", "1", percent="80")
    with refused("form-rows-changed"):
        read_form(form._replace(context=work()), seen, over_changed=True)
    assert stood(work, "1").percent == 80


def test_a_form_that_cannot_be_kept_does_not_lie_there(
    work: OpenContext, db: SQLite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = work()
    (view,) = make_forms(context, ["hlhpn"]).forms

    def locked(*_: object) -> None:
        raise Failure("database-locked", file="plantrack.db")

    monkeypatch.setattr(forms, "insert_form", locked)
    with refused("database-locked"):
        put_form(context, tmp_path / "bieu.xlsx", b"a form", view.form)
    assert not (tmp_path / "bieu.xlsx").exists()


def test_a_row_of_an_earlier_day_is_recorded_on_it_and_overwrites_nothing(
    work: OpenContext, made: Made
) -> None:
    path = filled(made(), {"1": {"percent": 20, "on": "12/7/2024"}})
    said(work, "2024-07-18", "1", percent="60")
    _, view = read(work, path)
    assert (view.changed, stood(work, "1").percent, stood(work, "1", "2024-07-13").percent) == ((), 60, 20)


@pytest.mark.parametrize(
    ("cells", "later"),
    [
        ({"status": "Hoàn thành"}, {"result": "đang làm tiếp"}),
        ({"percent": 90}, {"blocked": "thiếu kinh phí"}),
        ({"blocked": "Không"}, {"result": "đang làm tiếp"}),
    ],
)
def test_a_row_of_an_earlier_day_that_changes_what_is_so_today_is_asked_for(
    work: OpenContext, made: Made, cells: dict[str, Any], later: dict[str, str]
) -> None:
    said(work, "2024-07-11", "1", status="in-progress", percent="40", blocked="chờ văn bản")
    path = filled(made(), {"1": {**cells, "on": "12/7/2024"}})
    said(work, "2024-07-18", "1", **later)
    with refused("form-rows-changed"):
        read(work, path)
    before = stood(work, "1")
    _, view = read(work, path, over_changed=True)
    assert len(view.changed) == 1
    assert stood(work, "1") != before


def test_rows_of_tasks_that_are_done_dropped_or_removed_are_told(work: OpenContext, made: Made) -> None:
    path = filled(
        made(), {"1": {"percent": 20}, "2": {"status": "Đang thực hiện"}, "3": {"result": "thêm ý"}}
    )
    remove(work(), ["1"], "nhầm")
    said(work, "2024-07-18", "2", "drop", reason="thôi")
    said(work, "2024-07-18", "3", "done")
    seen = look_into(open_form(work(), path))
    assert [one.row.label for one in seen.changed] == ["1", "2", "3"]
    assert [(row.label, row.why and row.why.code) for row in seen.left] == [
        ("1", "task-removed"),
        ("2", "task-closed"),
    ]
    _, view = read(work, path, over_changed=True)
    assert ([row.label for row in view.news], [row.label for row in view.left]) == (["3"], ["1", "2"])


def test_new_rows_become_tasks_that_the_organisation_leads_when_that_is_wanted(
    work: OpenContext, made: Made
) -> None:
    new: dict[str, Any] = {
        "title": "Họp nhóm",
        "area": "ND2: Phối hợp",
        "due": "30/9",
        "result": "đã mời",
        "percent": 10,
    }
    path = filled(made(), {"+2": new})
    done, view = read(work, path)
    assert (done.command, view.new_tasks) == (None, ())
    done, view = read(work, path, new_tasks=True)
    task = stood(work, view.new_tasks[0].label)
    assert (task.title.vi, task.area, task.due, task.lead) == ("Họp nhóm", "ND2", "2024-09-30", ("hlhpn",))
    assert (task.percent, task.opened_on) == (10, "2024-07-18")
    assert read(work, path, new_tasks=True)[0].command is None
    done, view = read(work, filled(path, {"+2": {**new, "percent": 50}}), new_tasks=True)
    assert (stood(work, task.label).percent, [row.label for row in view.corrected]) == (50, [task.label])


def test_all_that_cannot_be_recorded_is_named_at_once_and_nothing_is(
    db: SQLite, work: OpenContext, made: Made
) -> None:
    wrong: Said = {
        "1": {"percent": 140, "status": "sắp xong", "on": "31/2/2024"},
        "2": {"status": "Hoàn thành", "blocked": "còn thiếu", "on": "30/7/2024"},
        "3": {"status": "Đã rút khỏi kế hoạch", "result": "tốt"},
        "+1": {"result": "không rõ việc gì"},
        "+2": {"title": "Việc không có nội dung"},
        "+3": {"title": "Việc", "area": "ND99"},
    }
    path = filled(made(), wrong)
    before = held(db)
    found = bad(work, path)
    assert found == [
        ("Tiến độ (%)", "percent-range"),
        ("Trạng thái", "unknown-status"),
        ("Ngày", "impossible-date"),
        ("Ngày", "day-after-today"),
        ("Trạng thái", "form-status-not-offered"),
        ("Nhiệm vụ", "form-row-nameless"),
        ("Nội dung", "area-needed"),
        ("Nội dung", "unknown-area"),
    ]
    assert held(db) == before


def test_done_with_a_difficulty_is_named_at_its_cell(work: OpenContext, made: Made) -> None:
    path = filled(made(), {"2": {"status": "Hoàn thành", "blocked": "còn thiếu"}})
    assert bad(work, path) == [("Khó khăn, vướng mắc", "done-and-blocked")]


@pytest.mark.parametrize("percent", [40, "40", "40%", " 40 %", "40％"])
def test_a_percentage_is_read_however_it_came(work: OpenContext, made: Made, percent: Any) -> None:
    read(work, filled(made(), {"1": {"percent": percent}}))
    assert stood(work, "1").percent == 40


@pytest.mark.parametrize(
    "text",
    ["Không có khó khăn", "Không vướng mắc", "Không có khó khăn, vướng mắc", "Chưa phát sinh.", "KHÔNG"],
)
def test_who_has_no_difficulty_says_so_in_many_ways(work: OpenContext, made: Made, text: str) -> None:
    _, view = read(work, filled(made(), {"1": {"blocked": text}, "2": {"blocked": text}}))
    assert [row.label for row in view.news] == ["2"]
    assert (stood(work, "1").blocked, stood(work, "2").blocked) == (None, None)


@pytest.mark.parametrize(
    "status", ["Hoàn thành", "hoan thanh", "HOÀN THÀNH", "xong", "Completed", "Hoàn  thành"]
)
def test_a_status_is_read_in_any_spelling(work: OpenContext, made: Made, status: str) -> None:
    read(work, filled(made(), {"1": {"status": status}}))
    assert stood(work, "1").status == "done"


@pytest.mark.parametrize("day", ["16/7", "16/7/2024", "2024-07-16", "16.7.2024", 45489, "16-7-2024"])
def test_a_day_is_read_however_it_came(work: OpenContext, made: Made, day: Any) -> None:
    read(work, filled(made(), {"1": {"result": "tốt", "on": day}}))
    assert stood(work, "1").updated_on == "2024-07-16"


def test_a_dash_or_a_day_alone_is_no_update(work: OpenContext, made: Made) -> None:
    path = filled(
        made(), {"1": {"result": "-", "blocked": "…"}, "2": {"on": "16/7"}, "3": {"blocked": "không"}}
    )
    done, view = read(work, path)
    assert (done.command, view.news) == (None, ())


def test_a_form_of_a_filter_and_one_for_each(work: OpenContext) -> None:
    (view,) = make_forms(work(), ["org:hlhpn", "text:hop"]).forms
    assert (view.form.tasks, view.form.selection) == (0, "hop")
    opened(work, "2024-07-18", lead=("ubdt",))
    made = make_forms(work(), [], for_each="level:central")
    assert [one.organisation.id for one in made.forms] == ["ubdt", "hlhpn"]
    with refused("form-no-organisation"):
        make_forms(work(), [])
    with refused("for-each-finds-nothing"):
        make_forms(work(), [], for_each="level:province")


def test_a_form_never_takes_the_place_of_a_file(
    work: OpenContext, made: Made, db: SQLite, tmp_path: Path
) -> None:
    path = made()
    before, forms = path.read_bytes(), held(db)
    with refused("file-exists"):
        made()
    assert (path.read_bytes(), held(db)) == (before, forms)
    with refused("file-exists"):
        refuse_places([path])
    with refused("form-same-file"):
        refuse_places([tmp_path / "a", tmp_path / "a"])


def test_a_form_that_could_not_be_written_is_not_kept(
    work: OpenContext, made: Made, db: SQLite, tmp_path: Path
) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(Failure):
        made(name="tep/bieu.xlsx")
    assert db.query("SELECT COUNT(*) FROM form")[0][0] == 0


def test_who_has_answered(work: OpenContext, made: Made, tmp_path: Path) -> None:
    assert form_status(work()).states == ()
    path = made()
    opened(work, "2024-07-18", lead=("ubdt",))
    made("ubdt", name="ubdt.xlsx")
    read(work, filled(path, {"1": {"percent": 20}, "2": {"percent": 50}}))
    view = form_status(work())
    assert (view.period.name, view.answered) == ("2024-W29", 1)
    states = {state.organisation.id: state for state in view.states}
    (answer,) = states["hlhpn"].answers
    assert (answer.file, answer.rows, states["ubdt"].answers) == ("bieu.xlsx", 2, ())
    assert form_status(work(), "2024-W20").states == ()
    work("2024-07-20")
    read(work, filled(tmp_path / "ubdt.xlsx", {"4": {"percent": 20}}))
    assert [form_status(work(as_of=day), "2024-W29").answered for day in ("2024-07-19", "2024-07-20")] == [
        1,
        2,
    ]
    assert form_status(work(known_at="2024-07-19"), "2024-W29").answered == 1
    assert form_status(work(known_at="2024-07-17"), "2024-W29").states == ()


def test_who_has_answered_is_asked_of_the_last_week_that_has_begun(work: OpenContext, made: Made) -> None:
    made(name="sau.xlsx", week="2024-W31")
    assert form_status(work()).period.name == "2024-W31"
    made(name="nay.xlsx", week="2024-W28")
    assert form_status(work()).period.name == "2024-W28"


def test_a_form_of_another_workspace_is_refused(work: OpenContext, made: Made, db: SQLite) -> None:
    path = made()
    db.execute("DROP TRIGGER form_no_delete")
    db.execute("DELETE FROM form")
    with refused("form-elsewhere"):
        open_form(work(), path)


def test_money_is_asked_where_it_is_followed_and_read_in_millions(work: OpenContext, made: Made) -> None:
    opened(work, "2024-07-18", "Mua sách", lead=("hlhpn",), budget="20 triệu")
    form = OfficeForm(made())
    form.fill("4", allocated="12,5", spent=3)
    form.fill("1", spent="500 nghìn")
    read(work, form.save())
    assert (stood(work, "4").allocated, stood(work, "4").spent, stood(work, "1").spent) == (
        12_500_000,
        3_000_000,
        500_000,
    )
    form = OfficeForm(made(name="b.xlsx"))
    assert form.shown("4", "now") == "Chưa thực hiện\nĐược giao: 12.500.000 đồng\nĐã chi: 3.000.000 đồng"
    assert bad(work, form.fill("4", spent="nhiều").save())[0][0] == "Đã chi (triệu đồng)"
    whole = OfficeForm(made(name="c.xlsx")).fill("4", allocated=12_500_000, spent="50.000.000")
    assert [code for _, code in bad(work, whole.save())] == ["money-two-ways"] * 2


def test_a_heading_of_forms_made_before_is_known(work: OpenContext, made: Made) -> None:
    opened(work, "2024-07-18", "Mua sách", lead=("hlhpn",), budget="20 triệu")
    form = OfficeForm(made()).fill("4", allocated=12.125)
    form.sheet.cell(form.headings, form.column("allocated")).value = "Đã phân bổ (triệu đồng)"
    read(work, form.save())
    assert stood(work, "4").allocated == 12_125_000
