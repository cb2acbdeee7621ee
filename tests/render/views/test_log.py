"""History, command by command: who, when, what became of each field, and what was taken back."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.filters import parse_log_terms
from plantrack.model.names import Names
from plantrack.model.plan import Text
from plantrack.model.typed.vietnamese_fields import CHANGED_FIELDS
from plantrack.model.typed.vietnamese_names import COMMANDS
from plantrack.render.formats import render
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.views import log
from plantrack.render.views.log import value
from tests.support.factory import make_entry, make_heading, make_log, make_plan
from tests.support.sheets import rows

VI, EN = Words("vi"), Words("en")


#: Every field that the log may have an entry of.
FIELDS = [
    *("name", "short", "sort_name", "organisation", "email", "login", "left_on", "merged_into"),
    *("level", "place", "same_as", "budget", "budget_source", "allocated", "spent"),
    *(
        "title",
        "title_en",
        "area",
        "activity",
        "start_day",
        "priority",
        "deliverable",
        "deliverable_en",
        "tags",
    ),
    *(
        "places",
        "follows",
        "opened_on",
        "removed",
        "status",
        "percent",
        "blocked",
        "result",
        "next",
        "proposal",
    ),
    *(
        "answered",
        "reason",
        "told_by",
        "note",
        "evidence",
        "due",
        "lead",
        "coordinating",
        "in_charge",
        "carried_from",
        "plan",
        "undo",
        "restored",
        "kept",
    ),
    *("occurrence_of", "every", "every_until", "every_from", "fell_out", "after"),
    *("part", "part_done", "part_undone"),
    *("document_number", "document_day", "document_issuer", "document_subject"),
]


def logged(words: Words = VI) -> list[str]:
    return render(log.document(make_log(), words), "plain", words, width=80, colour=False).split("\n")


def test_the_log_goes_by_command() -> None:
    lines = logged()
    assert lines[2] == "c30 09:10 ngày 16/07/2024 · Ví dụ A · cập nhật tiến độ (đã được c31 hoàn tác)"
    assert lines[3].startswith("  - 9 Tổ chức hội thảo")
    assert lines[4] == "    - Vướng mắc: chưa có địa điểm / và kinh phí"
    assert "    - Trạng thái: Chưa thực hiện → Đang thực hiện" in lines
    assert "    - Tiến độ: 10% → 40%" in lines
    assert "    - Thời hạn: 15/06/2024 → 30/06/2024" in lines
    assert "    - Chủ trì: UBDT (ngày 28/06/2024)" in lines
    assert "    - Mở nhiệm vụ: Hội thảo (ngày 21/03/2024)" in lines
    assert lines[-2] == "  - Kế hoạch: bản 1"


def test_the_log_in_english() -> None:
    lines = logged(EN)
    assert lines[0] == "History of changes"
    assert "    - Lead: CEMA (on 28 Jun 2024)" in lines


def test_what_an_undo_took_back_and_what_follows_the_plan() -> None:
    entries = (
        make_entry("undo", None, "c12", command="c31", verb="undo", task=None, on=None),
        make_entry("follows", "title, lead, due", "title, places", command="c30", verb="edit", on=None),
        make_entry("follows", "", "lead", command="c29", verb="edit", on=None),
    )
    view = make_log(entries=entries)
    vi, en = (render(log.document(view, w), "plain", w, width=80, colour=False) for w in (VI, EN))
    assert "  - Hoàn tác lệnh c12\n" in vi
    assert "    - Không còn theo kế hoạch: Chủ trì, Thời hạn; Lại theo kế hoạch: Địa bàn\n" in vi
    assert "    - Lại theo kế hoạch: Chủ trì\n" in vi
    assert "  - Took back command c12\n" in en
    assert "    - No longer follows the plan: Lead, Deadline; Follows the plan again: Places\n" in en


def test_a_task_is_opened_under_its_title_in_the_readers_language() -> None:
    entry = make_entry("title", None, "Hội thảo", on=None, title=Text("Hội thảo", "Workshop"))
    view = make_log(entries=(entry,))
    assert "    - Opened: Workshop\n" in render(log.document(view, EN), "plain", EN, width=80, colour=False)
    renamed = make_log(entries=(entry._replace(title=Text("Toạ đàm", "Round table")),))
    assert "    - Opened: Hội thảo\n" in render(
        log.document(renamed, EN), "plain", EN, width=80, colour=False
    )


def test_an_empty_log_says_so() -> None:
    text = render(log.document(make_log(entries=()), VI), "plain", VI, width=80, colour=False)
    assert text.endswith("Chưa có thay đổi nào.\n")
    view = make_log(entries=(), filter="task:9")
    text = render(log.document(view, VI), "plain", VI, width=80, colour=False)
    assert text.endswith("Bộ lọc: task:9\nKhông có thay đổi nào khớp bộ lọc.\n")


@pytest.mark.parametrize(
    ("field", "text", "worded"),
    [
        ("status", "done", "Hoàn thành"),
        ("percent", "40", "40%"),
        ("due", "2024-06-30", "30/06/2024"),
        ("due", None, "không có"),
        ("start_day", "2024-06-01", "01/06/2024"),
        ("opened_on", "2024-03-21", "21/03/2024"),
        ("lead", "hlhpn", "Hội LHPN Việt Nam"),
        ("coordinating", "x", "x"),
        ("in_charge", "Trần Thị Ánh", "Trần Thị Ánh"),
        ("priority", "high", "Cao"),
        ("follows", "title, lead", "Tên nhiệm vụ, Chủ trì"),
        ("follows", "", "không có"),
        ("places", "kon-tum", "kon-tum"),
        ("area", "ND3", "ND3"),
        ("plan", "2", "bản 2"),
        ("note", "một\nhai", "một / hai"),
    ],
)
def test_values_are_worded(field: str, text: str | None, worded: str) -> None:
    assert value(field, text, FactFormatter(VI, make_heading())) == worded


@pytest.mark.parametrize(
    "field",
    FIELDS,
)
def test_every_field_of_the_log_has_a_name(field: str) -> None:
    days = (
        "due",
        "start_day",
        "opened_on",
        "left_on",
        "every_until",
        "every_from",
        "fell_out",
        "document_day",
    )
    words_of = {"status": "done", "priority": "low", "follows": "title", "level": "unit", "every": "month"}
    words_of |= dict.fromkeys(("budget", "allocated", "spent"), "12000000")
    entry = make_entry(field, None, "2024-07-01" if field in days else words_of.get(field, "x"))
    view = make_log(entries=(entry,))
    for words in (VI, EN):
        assert render(log.document(view, words), "plain", words, width=80, colour=False)


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_what_is_shown_is_what_the_filters_take(words: Words) -> None:
    """By their names in the history one asks for commands and for what they changed."""
    assert {*FIELDS, "indicator", "filter"} == {*CHANGED_FIELDS}
    verbs = [path for path in COMMANDS if words.has(f"verb.{path.replace(' ', '-')}")]
    assert len(verbs) > 15
    shown = {
        "verb": {verb: words(f"verb.{verb.replace(' ', '-')}") for verb in verbs},
        "field": {name: words(f"field.{name}") for name in CHANGED_FIELDS if name != "undo"},
    }
    for kind, names in shown.items():
        for name, text in names.items():
            typed = text.replace("(", "").replace(")", "")
            (term,) = parse_log_terms([f"{kind}:{typed}"], Names(make_plan()), "2024-07-21")
            assert term.values == (name,)


def test_the_last_line_says_that_there_is_more_and_how_to_see_it() -> None:
    view = make_log(cut_to=20, filter="task:9")
    for words, line in (
        (VI, "20 lệnh gần nhất; còn các lệnh cũ hơn. Xem tất cả: plantrack log task:9 -n all"),
        (EN, "The newest 20 commands; there are older ones. See all: plantrack log task:9 -n all"),
    ):
        text = render(log.document(view, words), "plain", words, width=80, colour=False)
        assert text.endswith(f"{line}\n")
    assert "Bộ lọc: task:9\n" in render(log.document(view, VI), "plain", VI, width=80, colour=False)


def test_the_book_has_a_row_for_each_change() -> None:
    (history,) = log.book(make_log(), VI).sheets
    assert len(history.rows) == len(make_log().entries)
    status = next(row for row in rows(history) if row["Trường"] == "Trạng thái")
    assert [status[name] for name in ("Số", "Giá trị cũ", "Giá trị mới", "Cho ngày")] == [
        9, "Chưa thực hiện", "Đang thực hiện", "2024-07-16"
    ]  # fmt: skip


def test_an_amount_is_told_in_full() -> None:
    view = make_log(entries=(make_entry("spent", "0", "12500000"),))
    text = render(log.document(view, VI), "plain", VI, width=80, colour=False)
    assert "Kinh phí đã chi: 0 đồng → 12.500.000 đồng" in text
