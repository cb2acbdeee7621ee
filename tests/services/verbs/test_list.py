"""Lists and the filter language: which tasks, in which order, and what is said when there are none."""

import unicodedata

import pytest

from plantrack.model.views.tasks import TaskList
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.programme import programme
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.report import report
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.weekly import weekly
from plantrack.store.connection import SQLite
from tests.support.steps import OpenContext, labels, opened, refused, said, tasks_of

DAY = "2024-07-20"


def found(sit: OpenContext, *terms: str, everything: bool = False, **asked: str) -> list[str]:
    """Return the labels of the tasks that pass a filter on 20/7/2024."""
    return labels(listed(sit, *terms, everything=everything, **asked).tasks)


def listed(sit: OpenContext, *terms: str, everything: bool = False, **asked: str) -> TaskList:
    """List on 20/7/2024."""
    return list_tasks(sit(DAY, **asked), terms, everything=everything)


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make 1: overdue; 2: due soon, blocked; 3: due later, paused; 4: no due day; 5: done; 6: dropped."""
    opened(
        context_on,
        "2024-07-01",
        "Hội thảo",
        area="3",
        due="10/7/2024",
        lead=("ubdt",),
        in_charge=("Lê Văn An",),
    )
    opened(
        context_on,
        "2024-07-01",
        "Tập huấn",
        area="2",
        due="25/7/2024",
        lead=("hlhpn",),
        coordinating=("ubdt",),
    )
    opened(context_on, "2024-07-01", "Giám sát", activity="5.1", due="30/9/2024", lead=("hlhpn", "ubdt"))
    opened(context_on, "2024-07-01", "Sơ kết: công tác", area="7")
    opened(context_on, "2024-07-01", "Tuyên truyền", activity="1.1", due="15/7/2024")
    opened(context_on, "2024-07-01", "Tờ rơi", area="2", due="Q2/2024")
    said(context_on, "2024-07-18", "2", blocked="kẹt")
    said(context_on, "2024-07-18", "3", "pause")
    said(context_on, "2024-07-16", "5", "done")
    said(context_on, "2024-07-18", "6", "drop", reason="không in nữa")


# --- which tasks, in which order ---


@pytest.mark.usefixtures("tasks")
def test_open_tasks_are_listed_by_due_day_none_last_then_number(context_on: OpenContext) -> None:
    opened(context_on, DAY, due="25/7/2024")
    assert found(context_on) == ["1", "2", "7", "3", "4"]


@pytest.mark.usefixtures("tasks")
def test_closed_tasks_are_listed_when_all_or_a_status_is_asked_for(context_on: OpenContext) -> None:
    assert found(context_on, everything=True) == ["6", "1", "5", "2", "3", "4"]
    assert found(context_on, "status:done,dropped") == ["6", "5"]
    assert found(context_on, "deadline:done_late") == ["5"]


@pytest.mark.usefixtures("tasks")
def test_the_view_says_how_many_more_all_would_show(context_on: OpenContext) -> None:
    assert listed(context_on).closed == 2
    assert listed(context_on, "area:ND2").closed == 1
    assert listed(context_on, everything=True).closed == 0


def test_numbers_count_as_numbers(context_on: OpenContext) -> None:
    for _ in range(11):
        opened(context_on, "2024-07-01")
    assert found(context_on)[-2:] == ["10", "11"]


# --- fields ---


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["area:ND3,ND5"], "1 3"),
        (["area:3"], "1"),
        (["area:nd3,nd2"], "1 2"),
        (["area:-ND3"], "2 3 4"),
        (["activity:5.1"], "3"),
        (["activity:ND5.1,ND1.1", "status:-dropped"], "5 3"),
        (["status:paused"], "3"),
        (["status:tam-dung"], "3"),
        (["status:Tạm dừng,Hoàn thành"], "5 3"),
        (["status:-done,-dropped"], "1 2 3 4"),
        (["status:-hoan-thanh,-đã rút"], "1 2 3 4"),
        (["deadline:overdue"], "1"),
        (["deadline:trong han,sap den han"], "2 3"),
        (["lead:ubdt"], "1 3"),
        (["lead:hội lhpn việt nam"], "2 3"),
        (["with:ubdt"], "2"),
        (["org:ubdt"], "1 2 3"),
        (["org:-hlhpn"], "1 4"),
        (["to:le van an"], "1"),
        (["due:2024-07-10"], "1"),
        (["due:2024-07-01..2024-09-30"], "1 2 3"),
        (["due:..2024-07-25"], "1 2"),
        (["due:26/7.."], "3"),
        (["due:2024-Q3"], "1 2 3"),
        (["due:T7"], "1 2"),
        (["due:T8..T9"], "3"),
        (["due:2024-W28"], "1"),
        (["due:none"], "4"),
        (["due:..today"], "1"),
        (["lead:hlhpn", "area:ND2"], "2"),
        (["lead:hlhpn", "lead:ubdt"], "3"),
        (["AREA:nd3"], "1"),
    ],
)
@pytest.mark.usefixtures("tasks")
def test_a_field_takes_the_tasks_it_says(context_on: OpenContext, terms: list[str], expected: str) -> None:
    assert found(context_on, *terms) == expected.split()


@pytest.mark.parametrize(
    ("name", "spellings", "expected"),
    [
        (
            "overdue",
            ["qua-han", "quá hạn", "QUÁ HẠN", "qua han", unicodedata.normalize("NFD", "quá hạn")],
            "1",
        ),
        ("due-soon", ["sap-den-han", "sắp đến hạn", "due soon"], "2"),
        ("blocked", ["vuong-mac", "vướng mắc"], "2"),
        ("stale", ["lau-chua-cap-nhat", "lâu chưa cập nhật"], "1 4"),
        ("unassigned", ["chua-phan-cong", "chưa phân công"], "4"),
        ("no-due", ["khong-han", "không hạn"], "4"),
    ],
)
@pytest.mark.usefixtures("tasks")
def test_a_flag_is_read_in_both_languages_and_any_spelling(
    context_on: OpenContext, name: str, spellings: list[str], expected: str
) -> None:
    for spelling in (name, *spellings):
        assert found(context_on, spelling) == expected.split()
        assert listed(context_on, spelling).filter == name


@pytest.mark.usefixtures("tasks")
def test_a_flag_is_turned_round(context_on: OpenContext) -> None:
    for no in ("overdue:no", "qua-han:khong", "quá hạn:không", "overdue:No"):
        assert found(context_on, no) == ["2", "3", "4"]
    assert found(context_on, "overdue:yes") == found(context_on, "qua-han:co") == ["1"]


@pytest.mark.usefixtures("tasks")
def test_due_on_the_as_of_day_is_not_overdue_but_due_soon(context_on: OpenContext) -> None:
    assert found(context_on, "overdue", "due:2024-Q3", as_of="2024-07-10") == []
    assert found(context_on, "due-soon", as_of="2024-07-10") == ["1", "5"]
    assert found(context_on, "due-soon", as_of="2024-07-03") == ["1"]
    assert found(context_on, "due-soon", as_of="2024-07-02") == []


@pytest.mark.usefixtures("tasks")
def test_terms_are_joined_by_and(context_on: OpenContext) -> None:
    assert found(context_on, "lead:ubdt", "due:2024-Q3", "overdue:no") == ["3"]


# --- how a filter was read ---


@pytest.mark.usefixtures("tasks")
def test_a_filter_is_given_back_in_a_form_that_can_be_typed_again(context_on: OpenContext) -> None:
    typed = [
        "area:3,nd2",
        "status:-xong",
        "due:quý III",
        "quá hạn:không",
        "hội thảo",
        "lead:-hội lhpn việt nam",
    ]
    view = listed(context_on, *typed)
    assert view.filter == (
        'area:ND3,ND2 status:-done due:2024-07-01..2024-09-30 overdue:no lead:-hlhpn "hội thảo"'
    )
    again = [
        "area:ND3,ND2",
        "status:-done",
        "due:2024-07-01..2024-09-30",
        "overdue:no",
        "lead:-hlhpn",
        "hội thảo",
    ]
    assert listed(context_on, *again).filter == view.filter


@pytest.mark.parametrize(
    ("term", "code", "exit_code"),
    [
        ("statsu:done", "unknown-field", 2),
        ("overdue:maybe", "filter-value", 2),
        ("area: ", "filter-value", 2),
        ("due:31/2/2024", "impossible-date", 2),
        ("due:2024-09-30..2024-07-01", "bad-range", 2),
        ("due:..", "bad-range", 2),
        ("due:0000-00-00", "impossible-date", 2),
        ("status:xng", "unknown-status", 2),
        ("deadline:tre", "unknown-deadline-state", 2),
        ("area:ND9", "unknown-area", 3),
        ("area:ND3,ND9", "unknown-area", 3),
        ("activity:9.9", "unknown-activity", 3),
        ("lead:xyz", "unknown-organisation", 3),
        ("org:-xyz", "unknown-organisation", 3),
        ("to:Không Ai", "unknown-person", 3),
        ("", "text-empty", 2),
    ],
)
def test_what_cannot_be_read_is_refused(
    context_on: OpenContext, term: str, code: str, exit_code: int
) -> None:
    with refused(code) as caught:
        found(context_on, term)
    assert caught.value.exit_code == exit_code


def test_a_bad_term_says_where_it_is_bad(context_on: OpenContext) -> None:
    with refused("filter-value") as caught:
        found(context_on, "overdue:maybe")
    assert (caught.value.params["excerpt"], caught.value.params["column"]) == ("overdue:maybe", 9)
    with refused("unknown-field") as caught:
        found(context_on, "statsu:done")
    assert (caught.value.params["column"], caught.value.params["near"]) == (1, ("status",))


# --- free text ---


@pytest.mark.usefixtures("tasks")
def test_free_text_is_found_in_titles_report_texts_notes_and_people_without_tones(
    context_on: OpenContext,
) -> None:
    said(context_on, "2024-07-19", "3", result="Đã gửi công văn", next="mời Đắk Lắk", told_by="Siu Thanh")
    said(context_on, "2024-07-19", "4", note="gọi lại sau", proposal="bổ sung kinh phí")
    assert found(context_on, "hoi thao") == ["1"]
    assert found(context_on, "LE VAN") == ["1"]
    assert found(context_on, "ket") == ["2", "4"]  # a difficulty; a title
    for word in ("cong van", "đak lak", "siu thanh"):
        assert found(context_on, word) == ["3"]
    for word in ("goi lai", "kinh phi"):
        assert found(context_on, word) == ["4"]
    assert found(context_on, "khong in nua", everything=True) == ["6"]


@pytest.mark.usefixtures("tasks")
def test_words_with_a_colon_that_are_no_field_are_words(context_on: OpenContext) -> None:
    assert found(context_on, "Sơ kết: công tác") == ["4"]
    said(context_on, "2024-07-19", "1", result="họp lúc 12:30, xem https://ubdt.gov.vn/a")
    assert found(context_on, "12:30") == found(context_on, "https://ubdt.gov.vn/a") == ["1"]


def test_what_was_typed_with_its_tones_comes_first(context_on: OpenContext) -> None:
    for title, due in (("má", "5/7/2024"), ("ma", "6/7/2024"), ("mà", "7/7/2024"), ("mạ", "8/7/2024")):
        opened(context_on, "2024-07-01", title, due=due)
    assert found(context_on, "mạ") == ["4", "1", "2", "3"]
    assert found(context_on, "ma") == ["2", "1", "3", "4"]
    said(context_on, "2024-07-19", "3", result="đã gặt mạ")
    assert found(context_on, "mạ") == ["3", "4", "1", "2"]


@pytest.mark.usefixtures("tasks")
def test_text_said_of_a_later_day_is_not_found_on_an_earlier_one(context_on: OpenContext) -> None:
    said(context_on, "2024-07-19", "3", result="đã gửi công văn")
    assert found(context_on, "cong van", as_of="2024-07-18") == []
    assert found(context_on, "cong van", as_of="2024-07-19") == ["3"]


@pytest.mark.usefixtures("tasks")
def test_text_recorded_later_is_not_found_as_known_before(context_on: OpenContext) -> None:
    said(context_on, "2024-07-19", "3", result="đã gửi công văn", on="10/7")
    edit(context_on("2024-07-19"), ["4"], Corrections(title="Tổng kết"))
    assert found(context_on, "cong van", as_of="2024-07-12", known_at="18/7/2024") == []
    assert found(context_on, "sơ kết", known_at="18/7/2024") == ["4"]
    assert found(context_on, "tổng kết", known_at="18/7/2024") == []


@pytest.mark.usefixtures("tasks")
def test_text_that_was_withdrawn_is_not_found(context_on: OpenContext) -> None:
    said(context_on, "2024-07-19", "3", result="đã gửi công văn")
    undo(context_on(DAY), None)
    assert found(context_on, "cong van") == []
    assert found(context_on, "cong van", known_at="19/7/2024") == ["3"]


@pytest.mark.usefixtures("tasks")
def test_text_is_not_found_across_two_texts(context_on: OpenContext) -> None:
    said(context_on, "2024-07-19", "3", result="đã gửi công", next="văn phòng họp")
    assert found(context_on, "cong van") == []


@pytest.mark.parametrize("text", ["100%", "a_b", "!", "'", '"', "%", "_", "\\", "*"])
@pytest.mark.usefixtures("tasks")
def test_signs_of_the_database_are_signs(context_on: OpenContext, text: str) -> None:
    assert found(context_on, text) == []
    said(context_on, "2024-07-19", "1", result=f"chữ {text} ở đây")
    assert found(context_on, text) == ["1"]


@pytest.mark.usefixtures("tasks")
def test_every_free_text_must_be_there(context_on: OpenContext) -> None:
    assert found(context_on, "hội", "thảo") == ["1"]
    assert found(context_on, "hội", "huấn") == []


@pytest.mark.usefixtures("tasks")
def test_no_hit_names_the_nearest_flag_or_person(context_on: OpenContext) -> None:
    assert listed(context_on, "quahan").near == ("qua-han",)
    assert "Lê Văn An" in listed(context_on, "Lê Vân Anh").near
    assert listed(context_on, "hội thảo").near == ()


# --- on a day ---


@pytest.mark.usefixtures("tasks")
def test_a_list_is_of_the_as_of_day(context_on: OpenContext) -> None:
    assign(context_on(DAY), ["4"], Roles(lead=("ubdt",)))
    assert found(context_on, as_of="2024-07-15") == ["6", "1", "5", "2", "3", "4"]
    assert found(context_on, "unassigned", as_of="2024-07-19") == ["4"]
    assert found(context_on, "blocked", as_of="2024-07-17") == []
    assert found(context_on, as_of="2024-06-30") == []


def test_a_list_of_nothing_is_a_list(context_on: OpenContext) -> None:
    assert listed(context_on).tasks == ()


def test_reading_changes_nothing(context_on: OpenContext, db: SQLite) -> None:
    before = db.driver.total_changes
    found(context_on, "hội thảo", "overdue", known_at="2024-07-10")
    assert (db.driver.total_changes, db.driver.in_transaction) == (before, False)


def test_areas_that_are_named_narrow_what_is_read_and_nothing_else(context_on: OpenContext) -> None:
    for n in range(1, 8):
        opened(context_on, DAY, area=str(n))
    for terms, areas in (
        (["area:3,5"], "35"),
        (["area:-3"], "124567"),
        (["area:3,5", "area:5,6"], "5"),
        (["area:3,-5"], "3"),
        (["area:3", "area:-3"], ""),
    ):
        assert {task.area for task in listed(context_on, *terms).tasks} == {f"ND{n}" for n in areas}


# --- with notes ---


def test_with_notes_each_task_has_its_last_words_and_its_extensions(context_on: OpenContext) -> None:
    for _ in range(3):
        opened(context_on, "2024-07-01", due="10/7/2024")
    said(context_on, "2024-07-02", "1", result="một", told_by="chị Hoa")
    said(context_on, "2024-07-03", "1", note="gọi lại")
    extend(context_on("2024-07-04"), ["1", "2"], "11/7/2024", "chờ")
    extend(context_on("2024-07-05"), ["1"], "12/7/2024", "chờ nữa")
    extend(context_on("2024-07-25"), ["2"], "30/8/2024", "sau ngày xem", "22/7/2024")
    view = list_tasks(context_on(DAY), ("overdue",), with_notes=True)
    by_label = {t.label: t.uid for t in view.tasks}
    assert view.updates is not None
    assert view.extensions is not None
    assert [u.note for u in view.updates.values()] == ["gọi lại"]
    assert {label: view.extensions.get(uid, 0) for label, uid in by_label.items()} == {"3": 0, "2": 1, "1": 2}


def test_extensions_that_were_taken_back_do_not_count(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="10/7/2024")
    extend(context_on("2024-07-04"), ["1"], "11/7/2024", "nhầm")
    undo(context_on("2024-07-04"), None)
    assert list_tasks(context_on(DAY), (), with_notes=True).extensions == {}


def test_without_notes_nothing_more_is_read(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    view = listed(context_on)
    assert (view.with_notes, view.updates, view.extensions) == (False, None, None)


# --- free words ---


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["qua", "han"], "1"),
        (["nd5"], "3"),
        (["5.1"], "3"),
        (["HLHPN"], "2 3"),
        (["hội", "lhpn", "việt", "nam"], "2 3"),
        (["ubdt", "quá hạn"], "1"),
    ],
)
@pytest.mark.usefixtures("tasks")
def test_free_words_are_the_filter_that_they_name(
    context_on: OpenContext, terms: list[str], expected: str
) -> None:
    assert found(context_on, *terms) == found(context_on, " ".join(terms)) == expected.split()
    done = progress(context_on(DAY), (*terms, "status:-done,-dropped"))
    assert set(labels(done.tasks)) == set(expected.split())
    assert done.taken == listed(context_on, *terms).taken != ()


@pytest.mark.parametrize("typed", ["3", "2024-W29", "W29", "thang 7", "21/7/2024", "hôm qua"])
@pytest.mark.usefixtures("tasks")
def test_every_reading_command_refuses_a_lone_number_day_or_period(
    context_on: OpenContext, typed: str
) -> None:
    for read in (list_tasks, progress, weekly, report, programme):
        with refused("bare-value"):
            read(context_on(DAY), typed.split())


@pytest.mark.usefixtures("tasks")
def test_relative_days_count_from_the_as_of_day(context_on: OpenContext) -> None:
    assert found(context_on, "due:-7d..", as_of="2024-07-18") == ["2", "3"]
    assert listed(context_on, "due:-7d..", as_of="2024-07-18").filter == "due:2024-07-11.."
    made = weekly(context_on("2024-08-20"), ["due:..today"], "2024-W29")
    assert made.progress.filter == "due:..2024-07-21"


def test_whole_words_come_first_in_every_command_that_searches(context_on: OpenContext) -> None:
    for title, due in (
        ("Đánh giá", "21/7/2024"),
        ("Khóa", "22/7/2024"),
        ("anh", "23/7/2024"),
        ("Ánh", "24/7/2024"),
    ):
        opened(context_on, "2024-07-01", title, due=due)
    opened(context_on, "2024-07-01", "Việc", due="25/7/2024")
    said(context_on, "2024-07-19", "5", result="gặp chị Ánh")
    in_order = ["4", "5", "3", "1"]
    assert found(context_on, "ánh") == labels(progress(context_on(DAY), ["ánh"]).tasks) == in_order
    assert labels(weekly(context_on(DAY), ["ánh"], "this").progress.tasks) == in_order
    assert tasks_of(weekly(context_on(DAY), ["ánh"], "this").due_soon) == in_order
    assert labels(report(context_on(DAY), ["ánh"], "2024-08").digest.progress.tasks) == in_order
    opened(context_on, "2024-07-01", "Hóa đơn", due="30/7/2024")
    assert found(context_on, "hóa") == ["6", "2"]


def test_english_titles_are_searched_in_english(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-07-01"))
    assert found(context_on, "workshop") == []
    english = found(context_on, "workshop", languages=("en",))  # type: ignore[arg-type]
    assert english == found(context_on, "hội thảo rà soát") != []


@pytest.mark.usefixtures("tasks")
def test_no_hit_names_the_nearest_in_every_reading_command(context_on: OpenContext) -> None:
    assert progress(context_on(DAY), ["quahan"]).near == ("qua-han",)
    assert weekly(context_on(DAY), ["hlhpm"]).progress.near == ("hlhpn",)
    assert programme(context_on(DAY), ["quahan"]).progress.near == ("qua-han",)
    assert progress(context_on(DAY), ["hội thảo"]).near == ()


@pytest.mark.usefixtures("tasks")
def test_a_sign_like_d_is_found_as_d(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Ðánh giá")
    said(context_on, "2024-07-19", "1", result="Ɖã họp")
    assert found(context_on, "danh gia") == found(context_on, "Đánh giá") == ["7"]
    assert found(context_on, "đã họp") == ["1"]
