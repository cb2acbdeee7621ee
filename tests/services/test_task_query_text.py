"""Free text: where it is found, in which order, and what it is near to when it is not."""

import pytest

from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.programme import programme
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.report import report
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.weekly import weekly
from tests.support.listing import DAY, found, listed, open_six
from tests.support.steps import OpenContext, labels, opened, refused, said, tasks_of


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make 1: overdue; 2: due soon, blocked; 3: due later, paused; 4: no due day; 5: done; 6: dropped."""
    open_six(context_on)


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


@pytest.mark.parametrize("text", ["100%", "a_b", "!zq", "z'q", 'z"q', "%zq", "_zq", "z\\q", "zq*"])
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
    in_order = ["4", "5", "3"]  # and not inside a word, as words are found
    assert found(context_on, "ánh") == labels(progress(context_on(DAY), ["ánh"]).tasks) == in_order
    assert labels(weekly(context_on(DAY), ["ánh"], "this").progress.tasks) == in_order
    assert tasks_of(weekly(context_on(DAY), ["ánh"], "this").due_soon) == in_order
    assert labels(report(context_on(DAY), ["ánh"], "2024-08").digest.progress.tasks) == in_order
    opened(context_on, "2024-07-01", "Hóa đơn", due="30/7/2024")
    assert found(context_on, "hóa") == ["6"]


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
